/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Where files of certificates are found out: see uses.h. */
#include "audit/uses/uses.h"

#include <errno.h>
#include <string.h>

#include "audit/intent.h"
#include "lib/own.h"

#define MAX_SETTINGS (1U << 20) /* bytes of a file of settings */

static bool is_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

void uses_add(struct uses *uses, const struct use *use)
{
	struct use *added;

	for (const struct use *at = uses->first; at; at = at->next)
		if ((at->pid == use->pid || !uses->is_by_process) &&
		    is_text(at->place, use->place) && is_text(at->used_by, use->used_by) &&
		    is_text(at->certificate, use->certificate) && is_text(at->key, use->key))
			return;
	if (uses->count == USES_MAX) {
		host_incomplete(uses->host, COVERAGE_PARTIAL,
				"too many certificates are configured");
		return;
	}
	added = arena_alloc(host_arena(uses->host), 1, sizeof(*added));
	*added = *use;
	added->next = NULL;
	*uses->end = added;
	uses->end = &added->next;
	uses->count++;
}

static bool is_pattern(const char *path)
{
	return strpbrk(path, "*?[") != NULL;
}

static int ask(struct host *host, unsigned need, int64_t pid, const char *path, struct err *err)
{
	return is_pattern(path) ? host_ask_glob(host, need, pid, span_of(path), err)
				: host_ask_file(host, need, pid, span_of(path), err);
}

int uses_is_there(struct host *host, int64_t pid, const char *path, bool *out, struct err *err)
{
	struct item item;
	int got;

	*out = false;
	if (ask(host, USES_STAT, pid, path, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0)
		*out = *out || item.error != ENOENT;
	return got;
}

int uses_read(struct uses *uses, int64_t pid, const char *path, struct uses_file **out,
	      struct err *err)
{
	struct arena *arena = host_arena(uses->host);
	struct item item;
	bool is_there;
	int got;

	*out = NULL;
	if (uses_is_there(uses->host, pid, path, &is_there, err) < 0)
		return -1;
	if (!is_there)
		return 0;
	/* such files have passwords in them: my.cnf and redis.conf do */
	if (ask(uses->host, USES_SECRET, pid, path, err) < 0)
		return -1;
	while ((got = host_next(uses->host, &item, err)) > 0) {
		struct uses_file *file;

		if (uses->files++ >= USES_MAX_FILES || item.data.len > MAX_SETTINGS) {
			host_incomplete(uses->host, COVERAGE_PARTIAL,
					"there are too many settings of services, or too large");
			continue;
		}
		file = arena_alloc(arena, 1, sizeof(*file));
		file->path = arena_text(arena, span_of(item.path));
		file->error = item.error;
		file->data = (struct span){arena_text(arena, item.data), item.data.len};
		*out = file;
		out = &file->next;
		if (item.error && item.error != ENOENT)
			host_item_failed(uses->host, &item, item.path[0] ? item.path : path);
	}
	return got;
}

bool uses_option(struct span cmdline, const char *name, struct span *out)
{
	size_t len = strlen(name);
	struct span word;
	bool is_found = false;

	while (span_word(&cmdline, &word)) {
		if (!span_starts(word, name))
			continue;
		if (word.len == len && span_word(&cmdline, out))
			is_found = true;
		else if (word.len > len && word.data[len] == '=') {
			*out = (struct span){word.data + len + 1, word.len - len - 1};
			is_found = true;
		}
	}
	return is_found;
}

const char *uses_join(struct arena *arena, const char *folder, struct span path)
{
	if (path.len > 0 && path.data[0] == '/')
		return arena_text(arena, path);
	if (!folder)
		return NULL;
	return arena_printf(arena, "%s/%.*s", folder, (int)path.len, path.data);
}

static bool has_end(const char *path, const char *const *ends)
{
	for (; path && *ends; ends++)
		if (strlen(path) >= strlen(*ends) &&
		    strcasecmp(path + strlen(path) - strlen(*ends), *ends) == 0)
			return true;
	return false;
}

/* What could be a key as well: nobody knows what a pattern of nginx's or a policy names. */
bool uses_is_secret(const struct use *use)
{
	static const char *const ends[] = {".p12", ".pfx", ".jks", ".jceks", ".ks", ".key", ".jar",
					   ".keystore", "-current.pem",
					   /* kubeconfigs, which have keys and tokens */
					   ".conf", "kubeconfig", "/.kube/config", ".yaml", NULL};
	bool is_nginx = strcmp(use->used_by, "nginx") == 0;

	return strcmp(use->used_by, "java") == 0 || strcmp(use->used_by, "policy") == 0 ||
	       (is_nginx && use->is_pattern) || use->is_archive ||
	       is_text(use->certificate, use->key) || has_end(use->certificate, ends);
}

/* ---- nginx, whose table has it all ---- */

/* What stands for a variable is only known when somebody connects: any file counts. */
static const char *without_variables(struct arena *arena, struct span path)
{
	char *out = arena_alloc(arena, path.len + 1, 1);
	size_t len = 0;

	for (size_t i = 0; i < path.len;) {
		if (path.data[i] != '$') {
			out[len++] = path.data[i++];
			continue;
		}
		if (len == 0 || out[len - 1] != '*')
			out[len++] = '*';
		i++;
		if (i < path.len && path.data[i] == '{') {
			while (i < path.len && path.data[i] != '}')
				i++;
			i++;
			continue;
		}
		while (i < path.len &&
		       (path.data[i] == '_' || (path.data[i] >= '0' && path.data[i] <= '9') ||
			((path.data[i] | 32) >= 'a' && (path.data[i] | 32) <= 'z')))
			i++;
	}
	return out;
}

static const char *text_or_null(struct arena *arena, struct span text)
{
	return text.data && text.len > 0 && text.data[0] == '/' ? arena_text(arena, text) : NULL;
}

static void add_nginx(struct uses *uses, const struct value *row)
{
	struct arena *arena = host_arena(uses->host);
	struct use use = {.used_by = "nginx",
			  .pid = row[1].integer,
			  .place = arena_text(arena, row[2].text),
			  .is_served = true,
			  .key = text_or_null(arena, row[4].text),
			  .password_file = text_or_null(arena, row[5].text)};

	if (row[3].text.len == 0 || row[3].text.data[0] != '/')
		return; /* nginx_servers says so */
	use.certificate = without_variables(arena, row[3].text);
	use.is_pattern = strchr(use.certificate, '*') != NULL;
	if (use.key && strchr(use.key, '$'))
		use.key = NULL;
	uses_add(uses, &use);
}

/* ---- processes ---- */

static int add_process(struct uses *uses, const struct uses_process *process, struct err *err)
{
	if (strcmp(process->name, "mysqld") == 0 || strcmp(process->name, "mariadbd") == 0)
		return uses_mysql(uses, process, err);
	if (strcmp(process->name, "redis-server") == 0 ||
	    strcmp(process->name, "valkey-server") == 0)
		return uses_redis(uses, process, err);
	if (strcmp(process->name, "dockerd") == 0)
		return uses_docker(uses, process, err);
	if (strcmp(process->name, "java") == 0)
		return uses_java(uses, process, err);
	return uses_postgres(uses, process, err);
}

struct queued {
	struct queued *next;
	struct uses_process process;
};

static void take_settings(struct queued *queued, struct arena *arena, const struct value *row)
{
	while (queued && queued->process.pid != row[1].integer)
		queued = queued->next;
	if (!queued)
		return;
	queued->process.is_tls = row[6].integer != 0;
	queued->process.is_unseen = row[7].integer != 0;
	if (row[3].text.len > 0)
		queued->process.settings = arena_text(arena, row[3].text);
}

/* All rows first: asking for a file ends them. */
static int read_input(struct uses *uses, struct queued **first, struct err *err)
{
	struct queued **out = first;
	struct arena *arena = host_arena(uses->host);
	struct value row[USES_COLUMNS];
	int got;

	while ((got = host_input(uses->host, row, ARRAY_LEN(row), err)) > 0) {
		struct queued *queued;

		if (span_is(row[0].text, "nginx")) {
			add_nginx(uses, row);
			continue;
		}
		if (span_is(row[0].text, "settings")) {
			take_settings(*first, arena, row);
			continue;
		}
		queued = arena_alloc(arena, 1, sizeof(*queued));
		*queued = (struct queued){0};
		queued->process.name = arena_text(arena, row[0].text);
		queued->process.pid = row[1].integer;
		queued->process.uid = (uint32_t)row[6].integer;
		queued->process.gid = (uint32_t)row[7].integer;
		queued->process.place = arena_text(arena, row[2].text);
		queued->process.cmdline =
		    (struct span){arena_text(arena, row[3].text), row[3].text.len};
		*out = queued;
		out = &queued->next;
	}
	return got;
}

/* ---- the policy ---- */

static int add_given(const struct intent_reader *reader, const char *path, struct err *err)
{
	struct uses *uses = reader->context;

	(void)err;
	uses_add(uses, &(struct use){.used_by = "policy",
				     .place = "",
				     .certificate = path,
				     .is_pattern = is_pattern(path)});
	return 0;
}

static int add_password(const struct intent_reader *reader, const char *password, struct err *err)
{
	struct uses *uses = reader->context;

	(void)err;
	if (uses->password_count < USES_MAX_PASSWORDS)
		uses->passwords[uses->password_count++] = password;
	return 0;
}

int uses_find(struct uses *uses, struct err *err)
{
	struct intent_reader reader = {
	    .context = uses, .certificate = add_given, .password = add_password};
	struct queued *queued = NULL;

	uses->end = &uses->first;
	if (read_input(uses, &queued, err) < 0)
		return -1;
	for (; queued; queued = queued->next)
		if (add_process(uses, &queued->process, err) < 0)
			return -1;
	uses_folders(uses);
	return intent_read_files(uses->host, USES_INTENT, &reader, err);
}
