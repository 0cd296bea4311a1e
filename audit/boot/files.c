/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Files that are kept until it is known what loads them: see boot.h. */
#include <errno.h>
#include <string.h>

#include "audit/boot/boot.h"
#include "lib/own.h"

static void insert(struct boot_files *files, struct boot_file *file)
{
	struct boot_file **at = &files->first;

	while (*at && strcmp((*at)->path, file->path) < 0)
		at = &(*at)->next;
	file->next = *at;
	*at = file;
	files->count++;
}

static bool keep(struct boot_files *files, const struct item *item)
{
	struct arena *arena = host_arena(files->host);
	struct boot_file *file;

	if (files->count == BOOT_MAX_FILES || item->data.len > BOOT_MAX_BYTES - files->bytes)
		return false;
	file = arena_alloc(arena, 1, sizeof(*file));
	file->path = arena_text(arena, span_of(item->path));
	file->error = item->error;
	file->is_cut = item->is_cut;
	file->mode = item->mode;
	file->data = (struct span){arena_text(arena, item->data), item->data.len};
	files->bytes += item->data.len;
	insert(files, file);
	return true;
}

int boot_keep(struct boot_files *files, unsigned need, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(files->host, need, err) < 0)
		return -1;
	while ((got = host_next(files->host, &item, err)) > 0) {
		if (item.error == ENOENT || item.error == ENOTDIR)
			continue;
		if (!keep(files, &item))
			host_incomplete(files->host, COVERAGE_PARTIAL,
					"there are too many files that could be loaded at boot");
	}
	return got;
}

const struct boot_file *boot_find(const struct boot_files *files, const char *path)
{
	for (const struct boot_file *at = files->first; at; at = at->next)
		if (strcmp(at->path, path) == 0)
			return at;
	return NULL;
}

const struct boot_file *boot_readable(const struct boot_files *files, const char *path)
{
	const struct boot_file *file = boot_find(files, path);

	/* a folder on the way that could not be entered stands for all that is in it */
	for (const struct boot_file *at = files->first; !file && at; at = at->next) {
		size_t len = strlen(at->path);

		if (at->error && strncmp(at->path, path, len) == 0 && path[len] == '/')
			file = at;
	}
	if (!file)
		return NULL;
	if (file->error == ELOOP)
		host_incomplete(files->host, COVERAGE_PARTIAL,
				"%s is a symbolic link, which is not followed", file->path);
	else if (file->error)
		host_item_failed(files->host,
				 &(struct item){.path = file->path, .error = file->error},
				 file->path);
	if (file->is_cut)
		host_incomplete(files->host, COVERAGE_PARTIAL, "%s is longer than %u MiB",
				file->path, PROBE_MAX_ITEM >> 20);
	return file->error ? NULL : file;
}

static struct span unquote(struct span value)
{
	struct span out = span_trim(value);

	if (out.len >= 2 && (out.data[0] == '"' || out.data[0] == '\'') &&
	    out.data[out.len - 1] == out.data[0])
		out = (struct span){out.data + 1, out.len - 2};
	return out;
}

bool boot_setting(const struct boot_file *file, const char *key, struct span *out)
{
	struct span rest = file->data;
	bool is_set = false;
	struct span line;

	while (span_cut(&rest, '\n', &line)) { /* the last one counts */
		struct span value = span_trim(line);
		struct span name;

		if (value.len == 0 || value.data[0] == '#' || !span_cut(&value, '=', &name) ||
		    !span_is(span_trim(name), key))
			continue;
		*out = unquote(value);
		is_set = true;
	}
	return is_set;
}

static bool is_part(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.';
}

static bool contains(struct span word, const char *part)
{
	return memmem(word.data, word.len, part, strlen(part)) != NULL;
}

/* "/usr/sbin/nft", "ip6tables-restore", "/usr/local/sbin/firewall.sh". */
static bool names_loader(struct span line)
{
	static const char *const programs[] = {"nft", "ferm", "shorewall", "firehol"};
	static const char *const parts[] = {"iptables", "ip6tables", "nftables", "firewall"};

	while (line.len > 0) {
		struct span word = {line.data, 0};

		while (word.len < line.len && is_part(line.data[word.len]))
			word.len++;
		for (unsigned i = 0; i < ARRAY_LEN(programs); i++)
			if (span_is(word, programs[i]) || contains(word, parts[i]))
				return true;
		if (word.len == 0)
			word.len = 1;
		line = (struct span){line.data + word.len, line.len - word.len};
	}
	return false;
}

unsigned boot_loads_rules(struct span text, const char *prefix)
{
	struct span line;

	for (unsigned number = 1; span_cut(&text, '\n', &line); number++) {
		struct span code = span_trim(line);

		if (code.len > 0 && code.data[0] != '#' && code.data[0] != ';' &&
		    span_starts(code, prefix) && names_loader(code))
			return number;
	}
	return 0;
}
