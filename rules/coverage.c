/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the tables were collected, and so whether the silence of a rule means anything. */
#include <string.h>

#include "rules/stage.h"

#define COVERAGE_MAX_TABLES 512U
#define REASON_MAX 2048U /* bytes of a reason; the report has the coverage itself too */

int coverage_load(struct store *store, struct arena *arena, struct audit *out, struct err *err)
{
	auto_stmt sqlite3_stmt *query = NULL;
	struct table_coverage *list = arena_alloc(arena, COVERAGE_MAX_TABLES, sizeof(*list));
	size_t count = 0;
	int more;

	if (stmt_prepare(store,
			 "SELECT \"table\", status, detail, ms FROM coverage"
			 " WHERE \"table\" IS NOT NULL ORDER BY \"table\"",
			 &query, err) < 0)
		return -1;
	while ((more = stmt_step(query, err)) > 0) {
		const char *status = stmt_text(query, 1, arena);

		if (count == COVERAGE_MAX_TABLES)
			return err_set(err, "facts: more than %u rows of coverage",
				       COVERAGE_MAX_TABLES);
		list[count++] = (struct table_coverage){
		    .table = stmt_text(query, 0, arena),
		    .status = status ? status : "error",
		    .detail = stmt_text(query, 2, arena),
		    .ms = sqlite3_column_int64(query, 3),
		};
	}
	if (more < 0)
		return -1;
	out->coverage = list;
	out->coverage_count = count;
	return 0;
}

static const struct table_coverage *find_table(const struct audit *audit, const char *table)
{
	for (size_t i = 0; i < audit->coverage_count; i++) {
		if (strcmp(audit->coverage[i].table, table) == 0)
			return &audit->coverage[i];
	}
	return NULL;
}

static bool is_whole(const struct table_coverage *coverage)
{
	return coverage && (strcmp(coverage->status, "complete") == 0 ||
			    strcmp(coverage->status, "absent") == 0);
}

const char *coverage_reason(const struct audit *audit, const struct rule *rule, struct arena *arena)
{
	auto_buf struct buf reason;

	buf_init(&reason, REASON_MAX);
	for (const char *const *table = rule->tables; *table; table++) {
		const struct table_coverage *coverage = find_table(audit, *table);

		/* The judge's own: it says how the others were collected, and is always there. */
		if (is_whole(coverage) || strcmp(*table, "coverage") == 0)
			continue;
		if (reason.len > 0)
			buf_text(&reason, "; ");
		buf_printf(&reason, "%s: %s", *table,
			   coverage ? coverage->status : "not collected");
		if (coverage && coverage->detail && coverage->detail[0])
			buf_printf(&reason, ": %s", coverage->detail);
	}
	return reason.len > 0 ? arena_text(arena, buf_span(&reason)) : NULL;
}
