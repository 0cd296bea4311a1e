/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Key stores of Java that a command line names: the jar that is run, which may hold some,
 * and the properties that JSSE and Spring Boot have for others.
 */
#include <string.h>

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

/* "file:/a", "file:///a" and "/a" are paths; "classpath:a" is in the jar. */
static struct span without_scheme(struct span path)
{
	if (span_starts(path, "file:"))
		path = (struct span){path.data + 5, path.len - 5};
	while (span_starts(path, "//"))
		path = (struct span){path.data + 1, path.len - 1};
	return path;
}

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

		if (uses_option(process->cmdline, options[i].password, &password))
			use.password = arena_text(arena, password);
		if (!uses_option(process->cmdline, options[i].path, &path))
			continue;
		use.is_served = strstr(options[i].path, "server.ssl") != NULL;
		path = without_scheme(path);
		if (!span_starts(path, "classpath:") && add(uses, process, &use, path, err) < 0)
			return -1;
	}
	use.is_served = false; /* it may be: which of its files is, nobody knows */
	use.is_archive = true;
	return uses_option(process->cmdline, "-jar", &path) ? add(uses, process, &use, path, err)
							    : 0;
}
