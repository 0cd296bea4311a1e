/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Settings, line by line: "KEY=VALUE" of MySQL's option files, "KEY = 'VALUE'" of
 * postgresql.conf, "KEY VALUE" of redis.conf; see settings.h.
 */
#include "audit/uses/settings.h"

#include <errno.h>
#include <string.h>

struct reading {
	struct uses *uses;
	const struct uses_process *process;
	const struct settings_dialect *dialect;
	struct settings *out;
	unsigned depth;
};

static struct span unquote(struct span value)
{
	const char *end;

	value = span_trim(value);
	if (value.len > 0 && (value.data[0] == '\'' || value.data[0] == '"')) {
		end = memchr(value.data + 1, value.data[0], value.len - 1);
		if (end)
			return (struct span){value.data + 1, (size_t)(end - value.data) - 1};
	}
	end = value.len > 0 ? memchr(value.data, '#', value.len) : NULL;
	if (end && end > value.data && (end[-1] == ' ' || end[-1] == '\t'))
		value.len = (size_t)(end - value.data);
	return span_trim(value);
}

/* "KEY", and behind a blank or = "VALUE". */
static void cut_line(struct span line, struct span *key, struct span *value)
{
	size_t len = 0;

	while (len < line.len && !strchr(" \t=", line.data[len]))
		len++;
	*key = (struct span){line.data, len};
	line = span_trim((struct span){line.data + len, line.len - len});
	if (span_starts(line, "="))
		line = (struct span){line.data + 1, line.len - 1};
	*value = unquote(line);
}

static bool is_key(struct span key, const char *name, bool has_dashes)
{
	if (key.len != strlen(name))
		return false;
	for (size_t i = 0; i < key.len; i++) {
		char byte = has_dashes && key.data[i] == '_' ? '-' : key.data[i];

		/* keys of PostgreSQL and Redis are written in any case */
		if (byte >= 'A' && byte <= 'Z')
			byte = (char)(byte | 32);
		if (byte != name[i])
			return false;
	}
	return true;
}

static void set(const struct reading *reading, struct span key, struct span value)
{
	const struct settings_dialect *dialect = reading->dialect;

	for (unsigned i = 0; dialect->keys[i]; i++)
		if (is_key(key, dialect->keys[i], dialect->has_dashes))
			reading->out->values[i] =
			    arena_text(host_arena(reading->uses->host), value);
}

static bool is_section(const struct settings_dialect *dialect, struct span line)
{
	const char *end = memchr(line.data, ']', line.len);
	struct span name = {line.data + 1, end ? (size_t)(end - line.data) - 1 : line.len - 1};

	for (const char *const *at = dialect->sections; *at; at++)
		if (span_is(name, *at) || (span_ends(span_of(*at), "-") && span_starts(name, *at)))
			return true;
	return false;
}

static int read_path(struct reading *reading, const char *path, bool *found, struct err *err);

/* A path is relative to the folder of the file that has it. */
static int include(struct reading *reading, const char *from, struct span written,
		   const char *pattern, struct err *err)
{
	struct arena *arena = host_arena(reading->uses->host);
	const char *slash = strrchr(from, '/');
	const char *folder = arena_text(arena, (struct span){from, (size_t)(slash - from)});
	const char *path = uses_join(arena, folder, written);
	bool found;
	int result;

	if (pattern)
		path = arena_printf(arena, "%s/%s", path, pattern);
	if (reading->depth == USES_MAX_DEPTH) {
		host_incomplete(reading->uses->host, COVERAGE_PARTIAL,
				"%s: files include each other too deeply", from);
		return 0;
	}
	reading->depth++;
	result = read_path(reading, path, &found, err);
	reading->depth--;
	return result;
}

static int read_file(struct reading *reading, const struct uses_file *file, struct err *err)
{
	const struct settings_dialect *dialect = reading->dialect;
	struct span rest = file->data;
	bool counts = !dialect->sections;
	struct span line;

	while (span_cut(&rest, '\n', &line)) {
		struct span value;
		struct span key;

		line = span_trim(line);
		if (line.len == 0 || line.data[0] == '#' || line.data[0] == ';')
			continue;
		cut_line(line, &key, &value);
		if (dialect->sections && line.data[0] == '[')
			counts = is_section(dialect, line);
		else if (span_is(key, dialect->include) || span_is(key, "include_if_exists")) {
			if (include(reading, file->path, value, NULL, err) < 0)
				return -1;
		} else if (dialect->include_folder && span_is(key, dialect->include_folder)) {
			if (include(reading, file->path, value, dialect->folder_pattern, err) < 0)
				return -1;
		} else if (counts) {
			set(reading, key, value);
		}
	}
	return 0;
}

static int read_path(struct reading *reading, const char *path, bool *found, struct err *err)
{
	struct uses_file *files;

	*found = false;
	if (uses_read(reading->uses, reading->process->pid, path, &files, err) < 0)
		return -1;
	for (; files; files = files->next) {
		*found = *found || files->error != ENOENT;
		if (read_file(reading, files, err) < 0)
			return -1;
	}
	return 0;
}

int settings_read(struct uses *uses, const struct uses_process *process,
		  const struct settings_dialect *dialect, const char *path, struct settings *out,
		  struct err *err)
{
	struct reading reading = {.uses = uses, .process = process, .dialect = dialect, .out = out};

	return read_path(&reading, path, &out->is_found, err);
}

void settings_add(struct uses *uses, const struct uses_process *process, const struct use *paths,
		  const char *folder)
{
	struct arena *arena = host_arena(uses->host);
	struct use use = *paths;

	use.pid = process->pid;
	use.uid = process->uid;
	use.gid = process->gid;
	use.place = process->place;
	if (use.certificate)
		use.certificate = uses_join(arena, folder, span_of(use.certificate));
	if (use.key)
		use.key = uses_join(arena, folder, span_of(use.key));
	if (use.certificate || use.key)
		uses_add(uses, &use);
}
