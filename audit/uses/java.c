/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Key stores of Java that a command line names: the jar that is run, which may hold some,
 * and the properties that JSSE and Spring Boot have for others.
 */
#include <string.h>

#include "audit/uses/spring.h"
#include "audit/uses/uses.h"
#include "lib/own.h"

static const struct {
	const char *path;
	const char *password;
} options[] = {
    {"-Djavax.net.ssl.keyStore", "-Djavax.net.ssl.keyStorePassword"},
    {"-Dserver.ssl.key-store", "-Dserver.ssl.key-store-password"},
    {"--server.ssl.key-store", "--server.ssl.key-store-password"},
};

static int add(struct uses *uses, const struct uses_process *process, const struct use *like,
	       struct span path, struct err *err)
{
	struct use use = *like;

	if (uses_resolve(uses, process, path, &use.certificate, err) < 0)
		return -1;
	if (use.certificate)
		uses_add(uses, &use);
	else
		host_incomplete(uses->host, COVERAGE_PARTIAL,
				"where the files of a program of Java are cannot be told");
	return 0;
}

int uses_key_store(struct uses *uses, const struct use *like, const char *written, struct err *err)
{
	const struct uses_process process = {.pid = like->pid};
	bool is_variable;
	struct span path = spring_path(span_of(written), &is_variable);

	if (is_variable)
		host_incomplete(
		    uses->host, COVERAGE_PARTIAL,
		    "the settings of a program of Java have its key store in a variable");
	return path.len > 0 ? add(uses, &process, like, path, err) : 0;
}

/* What Spring Boot reads beside the jar, where it was started. */
static int read_beside(struct uses *uses, const struct uses_process *process, struct use use,
		       struct err *err)
{
	static const char *const patterns[] = {"application*.properties", "application*.y*ml",
					       "config/application*.properties",
					       "config/application*.y*ml"};
	struct arena *arena = host_arena(uses->host);
	struct spring spring = {0};
	const char *folder;

	if (uses_resolve(uses, process, span_of("."), &folder, err) < 0)
		return -1;
	for (unsigned i = 0; folder && i < ARRAY_LEN(patterns); i++) {
		struct uses_file *file;

		if (uses_read(uses, process->pid, arena_printf(arena, "%s/%s", folder, patterns[i]),
			      &file, err) < 0)
			return -1;
		for (; file; file = file->next)
			spring_read(arena, file->data, &spring);
	}
	use.is_optional = true; /* the file may be of a profile that is not active */
	if (spring.password)
		use.password = spring.password;
	for (unsigned i = 0; i < spring.count; i++)
		if (uses_key_store(uses, &use, spring.key_stores[i], err) < 0)
			return -1;
	return 0;
}

int uses_java(struct uses *uses, const struct uses_process *process, struct err *err)
{
	struct arena *arena = host_arena(uses->host);
	struct use use = {.used_by = "java",
			  .pid = process->pid,
			  .uid = process->uid,
			  .gid = process->gid,
			  .place = process->place};
	struct span path;

	for (unsigned i = 0; i < ARRAY_LEN(options); i++) {
		struct span password = {"", 0};
		struct span written;

		if (uses_option(process->cmdline, options[i].password, &password))
			use.password = arena_text(arena, password);
		if (!uses_option(process->cmdline, options[i].path, &written))
			continue;
		use.is_served = strstr(options[i].path, "server.ssl") != NULL;
		if (uses_key_store(uses, &use, arena_text(arena, written), err) < 0)
			return -1;
	}
	if (!uses_option(process->cmdline, "-jar", &path))
		return 0;
	use.is_served = true;
	if (read_beside(uses, process, use, err) < 0)
		return -1;
	use.is_served = false; /* it may be: which of its files is, nobody knows */
	use.is_archive = true;
	return add(uses, process, &use, path, err);
}
