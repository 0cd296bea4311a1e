/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The chains that a file declares, and where its includes lead: see boot.h. */
#include <string.h>

#include "audit/boot/boot.h"

void boot_begin(struct boot_ruleset *ruleset, const struct boot_files *files)
{
	*ruleset = (struct boot_ruleset){.files = files};
	ruleset->end = &ruleset->first;
}

struct boot_row *boot_add(struct boot_ruleset *ruleset, const char *file, unsigned line)
{
	struct boot_row *row = arena_alloc(host_arena(ruleset->files->host), 1, sizeof(*row));

	row->file = file;
	row->line = line;
	*ruleset->end = row;
	ruleset->end = &row->next;
	return row;
}

struct boot_row *boot_add_chain(struct boot_ruleset *ruleset, const struct boot_row *chain)
{
	struct boot_row *row;

	if (ruleset->chains == BOOT_MAX_CHAINS) {
		host_incomplete(ruleset->files->host, COVERAGE_PARTIAL,
				"%s declares more than %u chains", chain->file, BOOT_MAX_CHAINS);
		return NULL;
	}
	ruleset->chains++;
	row = boot_add(ruleset, chain->file, chain->line);
	*row = *chain;
	row->next = NULL;
	return row;
}

static bool is_any_or(const char *wanted, const char *name)
{
	return !wanted || strcmp(wanted, name) == 0;
}

void boot_remove(struct boot_ruleset *ruleset, const char *family, const char *table,
		 const char *chain)
{
	struct boot_row **at = &ruleset->first;

	while (*at) {
		const struct boot_row *row = *at;

		if (row->chain && is_any_or(family, row->family) && is_any_or(table, row->table) &&
		    is_any_or(chain, row->chain))
			*at = row->next;
		else
			at = &(*at)->next;
	}
	ruleset->end = at;
}

bool boot_is_pattern(const char *path)
{
	return strpbrk(path, "*?[") != NULL;
}

/* Folders that root hands out whole; and the files above them, by name. */
static bool is_read(const char *path)
{
	static const char *const folders[] = {"/etc/nftables/", "/etc/nftables.d/"};
	static const char *const files[] = {"/etc/nftables.conf", "/etc/nftables.nft",
					    "/etc/sysconfig/nftables.conf",
					    "/var/lib/nftables/rules-save"};

	for (unsigned i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		size_t len = strlen(folders[i]);

		if (strncmp(path, folders[i], len) == 0 && !strchr(path + len, '/'))
			return true;
	}
	for (unsigned i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(path, files[i]) == 0)
			return true;
	return false;
}

/*
 * nft searches below /etc unless the path begins with a slash or a point (src/scanner.l:
 * search_in_include_path()); then from the working directory, which at boot is / (systemd.exec(5):
 * WorkingDirectory=).
 */
const char *boot_include_path(const struct boot_files *files, struct span written)
{
	struct arena *arena = host_arena(files->host);
	const char *path;

	if (span_starts(written, "/"))
		path = arena_text(arena, written);
	else if (span_starts(written, "./"))
		path = arena_text(arena, (struct span){written.data + 1, written.len - 1});
	else
		path = arena_printf(arena, "/etc/%.*s", (int)written.len, written.data);
	if (strlen(path) != (size_t)(span_starts(written, "/")    ? written.len
				     : span_starts(written, "./") ? written.len - 1
								  : written.len + 5))
		return NULL; /* a NUL in it */
	return is_read(path) ? path : NULL;
}
