/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What nftables.service loads: Debian's /etc/nftables.conf, Red Hat's
 * /etc/sysconfig/nftables.conf, or what the administrator has put there (systemd.service(5)).
 */
#include <string.h>

#include "audit/boot/boot.h"
#include "lib/own.h"

static const struct boot_file *find_unit(const struct boot_files *files)
{
	static const char *const paths[] = {"/etc/systemd/system/nftables.service",
					    "/usr/lib/systemd/system/nftables.service",
					    "/lib/systemd/system/nftables.service"};

	for (unsigned i = 0; i < ARRAY_LEN(paths); i++) {
		const struct boot_file *file = boot_find(files, paths[i]);

		if (file && !file->error)
			return file;
	}
	return NULL;
}

/* The next file behind -f of the lines ExecStart=; false at the end. */
static bool next_loaded(struct span *rest, struct span *words, struct span *out)
{
	for (;;) {
		struct span line;
		struct span word;

		while (span_word(words, &word))
			if ((span_is(word, "-f") || span_is(word, "--file")) &&
			    span_word(words, out))
				return true;
		if (!span_cut(rest, '\n', &line))
			return false;
		*words =
		    span_starts(span_trim(line), "ExecStart=") ? span_trim(line) : (struct span){0};
	}
}

bool boot_unit_loads(const struct boot_files *files, const char *path)
{
	const struct boot_file *unit = find_unit(files);
	struct span words = {0};
	struct span loaded;
	struct span rest;

	if (!unit)
		return true;
	rest = unit->data;
	while (next_loaded(&rest, &words, &loaded))
		if (span_is(loaded, path))
			return true;
	return false;
}

void boot_check_unit(const struct boot_files *files)
{
	const struct boot_file *unit = find_unit(files);
	struct span words = {0};
	struct span loaded;
	struct span rest;

	if (!unit)
		return;
	rest = unit->data;
	while (next_loaded(&rest, &words, &loaded))
		if (!span_is(loaded, "/etc/nftables.conf") &&
		    !span_is(loaded, "/etc/sysconfig/nftables.conf"))
			host_incomplete(files->host, COVERAGE_PARTIAL,
					"%s loads a file that is not read", unit->path);
}

/* Red Hat's: ExecReload=/sbin/nft 'flush ruleset; include "/etc/sysconfig/nftables.conf";' */
void boot_unit_flushes(struct boot_ruleset *ruleset)
{
	const struct boot_file *unit = find_unit(ruleset->files);
	struct span rest;
	struct span line;

	if (!unit)
		return;
	rest = unit->data;
	for (unsigned number = 1; span_cut(&rest, '\n', &line); number++)
		if (span_starts(span_trim(line), "ExecReload=") &&
		    memmem(line.data, line.len, "flush ruleset", strlen("flush ruleset"))) {
			boot_add(ruleset, unit->path, number)->flushes = true;
			return;
		}
}
