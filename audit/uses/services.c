/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The certificates of MySQL, PostgreSQL and Redis, where their settings say. What is on the
 * command line counts more than what is in a file.
 */
#include <string.h>

#include "audit/uses/settings.h"
#include "lib/own.h"

static void from_command_line(struct arena *arena, struct span cmdline, const char *option,
			      const char **value)
{
	struct span found;

	if (uses_option(cmdline, option, &found))
		*value = arena_text(arena, found);
}

static bool has_word(struct span cmdline, const char *wanted)
{
	struct span word;

	while (span_word(&cmdline, &word))
		if (span_is(word, wanted))
			return true;
	return false;
}

static void add(struct uses *uses, const struct uses_process *process, const struct use *paths,
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

/* dev.mysql.com/doc/refman/8.0/en/option-files.html and encrypted-connections there. */
int uses_mysql(struct uses *uses, const struct uses_process *process, struct err *err)
{
	enum { CERT, KEY, DATADIR };
	static const char *const keys[] = {"ssl-cert", "ssl-key", "datadir", NULL};
	static const char *const sections[] = {"mysqld",   "server",    "mariadb", "mariadbd",
					       "mariadb-", "mariadbd-", "mysqld-", NULL};
	static const struct settings_dialect dialect = {.keys = keys,
							.sections = sections,
							.include = "!include",
							.include_folder = "!includedir",
							.folder_pattern = "*.cnf",
							.has_dashes = true};
	static const char *const usual[] = {"/etc/my.cnf", "/etc/mysql/my.cnf"};
	struct arena *arena = host_arena(uses->host);
	struct settings settings = {.is_found = true};
	struct use use = {.used_by = "mysql"};
	struct span file;

	if (uses_option(process->cmdline, "--defaults-file", &file)) {
		if (settings_read(uses, process, &dialect, uses_join(arena, "/", file), &settings,
				  err) < 0)
			return -1;
	} else if (!has_word(process->cmdline, "--no-defaults")) {
		for (unsigned i = 0; i < ARRAY_LEN(usual); i++)
			if (settings_read(uses, process, &dialect, usual[i], &settings, err) < 0)
				return -1;
	}
	from_command_line(arena, process->cmdline, "--ssl-cert", &settings.values[CERT]);
	from_command_line(arena, process->cmdline, "--ssl-key", &settings.values[KEY]);
	from_command_line(arena, process->cmdline, "--datadir", &settings.values[DATADIR]);
	if (!settings.values[DATADIR])
		settings.values[DATADIR] = "/var/lib/mysql";
	use.certificate = settings.values[CERT];
	use.key = settings.values[KEY];
	if (!use.certificate && strcmp(process->name, "mysqld") == 0) {
		/* MySQL makes them at its first start, and uses what is there (auto_generate_certs)
		 */
		use.certificate = "server-cert.pem";
		use.key = "server-key.pem";
		use.is_optional = true;
	}
	add(uses, process, &use, settings.values[DATADIR]);
	return 0;
}

/* www.postgresql.org/docs/15/runtime-config-connection.html#RUNTIME-CONFIG-CONNECTION-SSL
 */
int uses_postgres(struct uses *uses, const struct uses_process *process, struct err *err)
{
	enum { ON, CERT, KEY, DATADIR };
	static const char *const keys[] = {"ssl", "ssl_cert_file", "ssl_key_file", "data_directory",
					   NULL};
	static const struct settings_dialect dialect = {.keys = keys,
							.include = "include",
							.include_folder = "include_dir",
							.folder_pattern = "*.conf"};
	static const char *const yes[] = {"on", "true", "yes", "1", "t", "y"};
	struct arena *arena = host_arena(uses->host);
	struct settings settings = {.is_found = true};
	struct use use = {.used_by = "postgres"};
	const char *folder = NULL;
	const char *file = NULL;
	bool is_on = false;

	from_command_line(arena, process->cmdline, "-D", &folder);
	if (folder)
		file = arena_printf(arena, "%s/postgresql.conf", folder);
	from_command_line(arena, process->cmdline, "config_file", &file);
	if (file && settings_read(uses, process, &dialect, file, &settings, err) < 0)
		return -1;
	if (!folder)
		folder = settings.values[DATADIR];
	if (!file || !settings.is_found || !folder) {
		host_incomplete(uses->host, COVERAGE_PARTIAL,
				"where a running PostgreSQL has its settings cannot be told");
		return 0;
	}
	if (settings_read(uses, process, &dialect,
			  arena_printf(arena, "%s/postgresql.auto.conf", folder), &settings,
			  err) < 0)
		return -1;
	from_command_line(arena, process->cmdline, "ssl", &settings.values[ON]);
	from_command_line(arena, process->cmdline, "ssl_cert_file", &settings.values[CERT]);
	from_command_line(arena, process->cmdline, "ssl_key_file", &settings.values[KEY]);
	for (unsigned i = 0; settings.values[ON] && i < ARRAY_LEN(yes); i++)
		is_on = is_on || strcasecmp(settings.values[ON], yes[i]) == 0;
	use.certificate = settings.values[CERT] ? settings.values[CERT] : "server.crt";
	use.key = settings.values[KEY] ? settings.values[KEY] : "server.key";
	if (is_on)
		add(uses, process, &use, folder);
	return 0;
}

/* redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/ */
int uses_redis(struct uses *uses, const struct uses_process *process, struct err *err)
{
	enum { CERT, KEY, CLIENT_CERT, CLIENT_KEY, FOLDER };
	static const char *const keys[] = {
	    "tls-cert-file",       "tls-key-file", "tls-client-cert-file",
	    "tls-client-key-file", "dir",          NULL};
	static const struct settings_dialect dialect = {.keys = keys, .include = "include"};
	/* it overwrites its command line, where its settings are */
	static const char *const usual[] = {"/etc/redis/redis.conf", "/etc/redis.conf",
					    "/usr/local/etc/redis/redis.conf"};
	struct arena *arena = host_arena(uses->host);
	struct settings settings = {.is_found = true};

	for (unsigned i = 0; i < ARRAY_LEN(usual); i++)
		if (settings_read(uses, process, &dialect, usual[i], &settings, err) < 0)
			return -1;
	from_command_line(arena, process->cmdline, "--tls-cert-file", &settings.values[CERT]);
	from_command_line(arena, process->cmdline, "--tls-key-file", &settings.values[KEY]);
	add(uses, process,
	    &(struct use){.used_by = "redis",
			  .certificate = settings.values[CERT],
			  .key = settings.values[KEY]},
	    settings.values[FOLDER]);
	add(uses, process,
	    &(struct use){.used_by = "redis",
			  .certificate = settings.values[CLIENT_CERT],
			  .key = settings.values[CLIENT_KEY]},
	    settings.values[FOLDER]);
	return 0;
}
