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

int uses_java(struct uses *uses, const struct uses_process *process, struct err *err)
{
	struct arena *arena = host_arena(uses->host);
	struct use use = {.used_by = "java", .pid = process->pid, .place = process->place};
	const char *jar_password = NULL;
	struct span path;

	(void)err;
	for (unsigned i = 0; i < ARRAY_LEN(options); i++) {
		struct span password = {"", 0};

		if (uses_option(process->cmdline, options[i].password, &password))
			use.password = arena_text(arena, password);
		if (use.password)
			jar_password = use.password;
		if (!uses_option(process->cmdline, options[i].path, &path))
			continue;
		path = without_scheme(path);
		if (span_starts(path, "classpath:"))
			continue;
		use.certificate = uses_join(arena, NULL, path);
		if (use.certificate)
			uses_add(uses, &use);
		else
			host_incomplete(uses->host, COVERAGE_PARTIAL,
					"a key store of Java has a path that is relative");
	}
	if (!uses_option(process->cmdline, "-jar", &path))
		return 0;
	use.certificate = uses_join(arena, NULL, path);
	use.password = jar_password;
	use.is_archive = true;
	if (use.certificate)
		uses_add(uses, &use);
	else
		host_incomplete(uses->host, COVERAGE_PARTIAL,
				"a program of Java is run by a path that is relative");
	return 0;
}
