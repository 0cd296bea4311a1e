/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The certificates of MySQL and PostgreSQL, where their settings say. What is on the command
 * line counts more than what is in a file.
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

/* dev.mysql.com/doc/refman/8.0/en/option-files.html and encrypted-connections there. */
int uses_mysql(struct uses *uses, const struct uses_process *process, struct err *err)
{
	enum { CERT, KEY, DATADIR, ADMIN_CERT, ADMIN_KEY };
	static const char *const keys[] = {"ssl-cert",       "ssl-key",       "datadir",
					   "admin-ssl-cert", "admin-ssl-key", NULL};
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
	struct use use = {.used_by = "mysql", .is_served = true};
	struct span file;
	struct span extra;

	if (uses_option(process->cmdline, "--defaults-file", &file)) {
		if (settings_read(uses, process, &dialect, uses_join(arena, "/", file), &settings,
				  err) < 0)
			return -1;
	} else if (!has_word(process->cmdline, "--no-defaults")) {
		for (unsigned i = 0; i < ARRAY_LEN(usual); i++)
			if (settings_read(uses, process, &dialect, usual[i], &settings, err) < 0)
				return -1;
		if (uses_option(process->cmdline, "--defaults-extra-file", &extra) &&
		    settings_read(uses, process, &dialect, uses_join(arena, "/", extra), &settings,
				  err) < 0)
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
	settings_add(uses, process, &use, settings.values[DATADIR]);
	/* of the port for administration, which MySQL alone has */
	use.certificate = settings.values[ADMIN_CERT];
	use.key = settings.values[ADMIN_KEY];
	use.is_optional = false;
	settings_add(uses, process, &use, settings.values[DATADIR]);
	return 0;
}

/* Where -D says, or PGDATA said when it was started: it runs there (ChangeToDataDir()). */
static int find_folder(struct uses *uses, const struct uses_process *process, const char **out,
		       struct err *err)
{
	struct span rest = process->cmdline;
	struct span path = {".", 1};
	struct span word;

	while (span_word(&rest, &word)) {
		if (!span_starts(word, "-D"))
			continue;
		if (word.len > 2)
			path = (struct span){word.data + 2, word.len - 2};
		else
			(void)span_word(&rest, &path); /* it would not have started without */
	}
	return uses_resolve(uses, process, path.data[0] == '/' ? path : span_of("."), out, err);
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
	struct use use = {.used_by = "postgres", .is_served = true};
	const char *folder = NULL;
	const char *file = NULL;
	bool is_on = false;

	if (find_folder(uses, process, &folder, err) < 0)
		return -1;
	if (folder)
		file = arena_printf(arena, "%s/postgresql.conf", folder);
	from_command_line(arena, process->cmdline, "config_file", &file);
	from_command_line(arena, process->cmdline, "--config_file", &file);
	from_command_line(arena, process->cmdline, "--config-file", &file);
	if (file && settings_read(uses, process, &dialect, file, &settings, err) < 0)
		return -1;
	if (settings.values[DATADIR]) /* then -D is where its settings are alone */
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
		settings_add(uses, process, &use, folder);
	return 0;
}
