/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Which chains a file of iptables-restore declares. Lines, as iptables-save(8) writes them:
 * *TABLE, :CHAIN POLICY [COUNTERS], rules, COMMIT (iptables/xshared.c and xtables-restore.c).
 */
#include "audit/boot/boot.h"
#include "lib/own.h"

struct section {
	struct boot_ruleset *ruleset;
	const struct boot_file *file;
	const char *family;
	const char *table; /* NULL: outside of any */
	unsigned line;     /* of its beginning */
	unsigned built_in; /* those that it has declared, as built_in_bit() */
};

static int refuse(const struct section *section, unsigned line, const char *what)
{
	host_incomplete(section->ruleset->files->host, COVERAGE_ERROR, "%s:%u: %s",
			section->file->path, line, what);
	return -1;
}

/* A bit for each chain that a table brings along; 0: it is no such chain. */
static unsigned built_in_bit(struct span name)
{
	static const char *const names[] = {"PREROUTING", "INPUT", "FORWARD", "OUTPUT",
					    "POSTROUTING"};

	for (unsigned i = 0; i < ARRAY_LEN(names); i++)
		if (span_is(name, names[i]))
			return 1U << i;
	return 0;
}

static void add_chain(struct section *section, struct span name, unsigned line)
{
	struct arena *arena = host_arena(section->ruleset->files->host);
	unsigned bit = built_in_bit(name);

	if (section->built_in & bit)
		return;
	section->built_in |= bit;
	(void)boot_add_chain(section->ruleset, &(struct boot_row){.file = section->file->path,
								  .family = section->family,
								  .table = section->table,
								  .chain = arena_text(arena, name),
								  .line = line});
}

/*
 * The chains that a table brings along need no line of their own: who writes such a file by hand
 * may begin with -P or -A.
 */
static void use_chain(struct section *section, struct span rule, unsigned line)
{
	struct span option;
	struct span name;

	if (span_word(&rule, &option) && span_word(&rule, &name) && built_in_bit(name) &&
	    (span_is(option, "-A") || span_is(option, "-I") || span_is(option, "-P")))
		add_chain(section, name, line);
}

static struct span behind(struct span text, size_t len)
{
	return span_trim((struct span){text.data + len, text.len - len});
}

static int read_line(struct section *section, struct span text, unsigned line)
{
	struct arena *arena = host_arena(section->ruleset->files->host);
	struct span name;

	if (text.len == 0 || text.data[0] == '#')
		return 0;
	if (text.data[0] == '*') {
		if (section->table)
			return refuse(section, line, "a table begins before the last one's COMMIT");
		section->table = arena_text(arena, behind(text, 1));
		section->line = line;
		section->built_in = 0;
		return 0;
	}
	if (!section->table)
		return refuse(section, line, "this stands in no table");
	if (span_is(text, "COMMIT")) {
		section->table = NULL;
		return 0;
	}
	if (text.data[0] == ':') {
		text = behind(text, 1);
	} else if (span_starts(text, "-N ")) {
		text = behind(text, 3);
	} else {
		use_chain(section, text, line);
		return 0;
	}
	if (!span_word(&text, &name))
		return refuse(section, line, "a chain without a name");
	add_chain(section, name, line);
	return 0;
}

void boot_read_iptables(struct boot_ruleset *ruleset, const struct boot_file *file,
			const char *family)
{
	struct section section = {.ruleset = ruleset, .file = file, .family = family};
	struct span rest = file->data;
	struct span line;

	(void)boot_add(ruleset, file->path, 0);
	for (unsigned number = 1; span_cut(&rest, '\n', &line); number++)
		if (read_line(&section, span_trim(line), number) < 0) {
			/* what was committed before has been loaded, but nobody means to rely on it
			 */
			boot_remove(ruleset, NULL, NULL, NULL);
			return;
		}
	if (section.table && !file->is_cut) {
		(void)refuse(&section, section.line, "a table without COMMIT");
		boot_remove(ruleset, NULL, NULL, NULL);
	}
}
