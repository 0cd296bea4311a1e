/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be said of probes without running them: see probe.h. */
#include "audit/probe.h"

#include <string.h>

#include "lib/own.h"

unsigned probe_count(const struct probe_entry *registry)
{
	unsigned count = 0;

	while (registry[count].name)
		count++;
	return count;
}

bool probe_wants_namespaces(const struct probe *probe)
{
	for (unsigned i = 0; i < probe->need_count; i++) {
		enum need_kind kind = probe->needs[i].kind;

		if (kind == READ_EACH || kind == DUMP || kind == NAMESPACES || kind == CALL)
			return true;
	}
	return false;
}

int probe_find(const struct probe_entry *registry, const char *table)
{
	for (int i = 0; registry[i].name; i++)
		if (strcmp(registry[i].name, table) == 0)
			return i;
	return -1;
}

/* What such a need is for, a file that was given has said. */
static bool is_named(const struct need *need)
{
	return need->kind == READ_NAMED || need->kind == STAT_NAMED || need->kind == SECRET_NAMED ||
	       need->kind == VARIABLE;
}

bool probe_reads_given_only(const struct probe *probe)
{
	for (unsigned i = 0; i < probe->need_count; i++)
		if (probe->needs[i].pattern[0] != '@' && (i == 0 || !is_named(&probe->needs[i])))
			return false;
	return probe->need_count > 0;
}

const char *coverage_name(enum coverage status)
{
	static const char *const names[] = {
	    [COVERAGE_COMPLETE] = "complete", [COVERAGE_ABSENT] = "absent",
	    [COVERAGE_PARTIAL] = "partial",   [COVERAGE_DENIED] = "denied",
	    [COVERAGE_TIMEOUT] = "timeout",   [COVERAGE_CRASHED] = "crashed",
	    [COVERAGE_ERROR] = "error",
	};

	return (size_t)status < ARRAY_LEN(names) ? names[status] : NULL;
}
