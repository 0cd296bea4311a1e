/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The certificates of Redis and Valkey:
 * redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
 *
 * Where its settings are it tells whom it serves (INFO). Others do not see it: it puts its address
 * over its command line (proc-title-template of redis.conf). Then it is the file, where
 * distributions have them, whose port is the one that stands there.
 */
#include <string.h>

#include "audit/uses/settings.h"
#include "lib/own.h"

enum { CERT, KEY, CLIENT_CERT, CLIENT_KEY, FOLDER, PORT, TLS_PORT };
static const char *const keys[] = {"tls-cert-file",
				   "tls-key-file",
				   "tls-client-cert-file",
				   "tls-client-key-file",
				   "dir",
				   "port",
				   "tls-port",
				   NULL};
static const struct settings_dialect dialect = {.keys = keys, .include = "include"};

static const char *const usual[] = {"/etc/redis/redis.conf", "/etc/redis.conf",
				    "/usr/local/etc/redis/redis.conf"};
static const char *const folders[] = {"/etc/redis/*.conf", "/etc/valkey/*.conf",
				      "/usr/local/etc/valkey/*.conf"};

/* The word behind the program's name; nothing: there is none. */
static struct span second_word(struct span cmdline)
{
	struct span first;
	struct span second = {"", 0};

	if (span_word(&cmdline, &first))
		(void)span_word(&cmdline, &second); /* stays empty */
	return second;
}

/* "redis-server /etc/redis/redis.conf", where it leaves its command line as it was */
static int find_argument(struct uses *uses, const struct uses_process *process, const char **out,
			 struct err *err)
{
	struct span word = second_word(process->cmdline);

	*out = NULL;
	return span_ends(word, ".conf") ? uses_resolve(uses, process, word, out, err) : 0;
}

/* The port of "redis-server 127.0.0.1:6379 [cluster]"; 0: none stands there. */
static uint64_t shown_port(struct span cmdline)
{
	struct span word = second_word(cmdline);
	const char *colon = memrchr(word.data, ':', word.len);
	uint64_t port = 0;

	if (colon)
		(void)span_uint(
		    (struct span){colon + 1, word.len - (size_t)(colon + 1 - word.data)}, 65535,
		    &port); /* stays 0 */
	return port;
}

static bool is_port(const char *value, uint64_t usually, uint64_t port)
{
	uint64_t number = usually;

	if (value && span_uint(span_of(value), 65535, &number) < 0)
		return false;
	return number == port;
}

/* Whose port cannot be told, any of the first files is. */
static bool fits(const struct settings *settings, uint64_t port)
{
	return port == 0 || is_port(settings->values[PORT], 6379, port) ||
	       is_port(settings->values[TLS_PORT], 0, port);
}

static int try_file(struct uses *uses, const struct uses_process *process, const char *path,
		    struct settings *out, struct err *err)
{
	struct settings settings = {.is_found = true};

	if (settings_read(uses, process, &dialect, path, &settings, err) < 0)
		return -1;
	if (settings.is_found && !out->is_found && fits(&settings, shown_port(process->cmdline)))
		*out = settings;
	return 0;
}

static int guess(struct uses *uses, const struct uses_process *process, struct settings *out,
		 struct err *err)
{
	for (unsigned i = 0; i < ARRAY_LEN(usual); i++)
		if (try_file(uses, process, usual[i], out, err) < 0)
			return -1;
	for (unsigned i = 0; i < ARRAY_LEN(folders) && !out->is_found; i++) {
		struct uses_file *files;

		if (uses_read(uses, process->pid, folders[i], &files, err) < 0)
			return -1;
		for (; files && !out->is_found; files = files->next)
			if (!files->error && try_file(uses, process, files->path, out, err) < 0)
				return -1;
	}
	return 0;
}

static int find_settings(struct uses *uses, const struct uses_process *process,
			 struct settings *out, struct err *err)
{
	const char *path;

	if (find_argument(uses, process, &path, err) < 0)
		return -1;
	if (!path && process->settings && process->settings[0] == '/')
		path = process->settings;
	if (!path)
		return guess(uses, process, out, err);
	out->is_found = true;
	return settings_read(uses, process, &dialect, path, out, err);
}

static void override(struct arena *arena, struct span cmdline, const char *option,
		     const char **value)
{
	struct span found;

	if (uses_option(cmdline, option, &found))
		*value = arena_text(arena, found);
}

/* Relative paths are so to `dir`, where it then runs; else to where it was started. */
static int find_folder(struct uses *uses, const struct uses_process *process,
		       struct settings *settings, struct err *err)
{
	const char **folder = &settings->values[FOLDER];

	if (*folder || !settings->values[CERT] || settings->values[CERT][0] == '/')
		return 0;
	if (uses_resolve(uses, process, span_of("."), folder, err) < 0)
		return -1;
	if (!*folder)
		host_incomplete(uses->host, COVERAGE_PARTIAL,
				"where the files of a running Redis are cannot be told");
	return 0;
}

int uses_redis(struct uses *uses, const struct uses_process *process, struct err *err)
{
	struct arena *arena = host_arena(uses->host);
	struct settings settings = {.is_found = false};

	if (find_settings(uses, process, &settings, err) < 0)
		return -1;
	override(arena, process->cmdline, "--tls-cert-file", &settings.values[CERT]);
	override(arena, process->cmdline, "--tls-key-file", &settings.values[KEY]);
	if (!settings.values[CERT] && process->is_tls)
		host_incomplete(
		    uses->host, COVERAGE_PARTIAL,
		    "where a running Redis that speaks TLS has its settings cannot be told");
	if (!settings.values[CERT] && !settings.is_found && process->is_unseen)
		host_incomplete(uses->host, COVERAGE_PARTIAL,
				"where a running Redis has its settings, and whether it speaks "
				"TLS, cannot be told");
	if (find_folder(uses, process, &settings, err) < 0)
		return -1;
	settings_add(uses, process,
		     &(struct use){.used_by = "redis",
				   .is_served = true,
				   .certificate = settings.values[CERT],
				   .key = settings.values[KEY]},
		     settings.values[FOLDER]);
	settings_add(uses, process,
		     &(struct use){.used_by = "redis",
				   .certificate = settings.values[CLIENT_CERT],
				   .key = settings.values[CLIENT_KEY]},
		     settings.values[FOLDER]);
	return 0;
}
