/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Findings that point at one place. Readers of reports tell findings of a rule apart by file and
 * line (Jenkins keeps their history that way), so a place that two of them share tells neither.
 */
#include <stdlib.h>
#include <string.h>

#include "rules/stage.h"

static int by_place(const void *left, const void *right)
{
	const struct finding *a = left;
	const struct finding *b = right;
	int order = strcmp(a->rule->id, b->rule->id);

	if (order == 0)
		order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
	return order ? order : (a->line > b->line) - (a->line < b->line);
}

void places_mark(struct finding *findings, size_t count)
{
	if (count > 1)
		qsort(findings, count, sizeof(*findings), by_place);
	for (size_t i = 1; i < count; i++)
		if (findings[i].file && by_place(&findings[i - 1], &findings[i]) == 0)
			findings[i - 1].shares_place = findings[i].shares_place = true;
}
