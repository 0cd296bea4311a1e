/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Views that several rules read are made into tables: empty ones before rules are compiled, which
 * is quicker than to compile such a view anew with each rule; they are filled once the facts are
 * all there. vocabulary.sql marks them by a comment behind AS.
 */
#include <string.h>

#include "lib/own.h"
#include "rules/stage.h"

#define MARK " AS -- kept"

static int find_marked(struct kept_views *out, struct store *store, struct arena *arena,
		       struct err *err)
{
	auto_stmt sqlite3_stmt *query = NULL;
	int more;

	out->count = 0;
	if (stmt_prepare(store,
			 "SELECT name, sql FROM sqlite_temp_schema WHERE type = 'view'"
			 " AND instr(sql, '" MARK "') ORDER BY rowid",
			 &query, err) < 0)
		return -1;
	while ((more = stmt_step(query, err)) > 0) {
		/* ours, and not escaped: it goes back to SQLite */
		const char *sql =
		    arena_text(arena, span_of((const char *)sqlite3_column_text(query, 1)));

		if (out->count == KEPT_MAX)
			return err_set(err, "vocabulary: more than %u views to keep", KEPT_MAX);
		out->views[out->count++] = (struct kept){.name = stmt_text(query, 0, arena),
							 .body = strstr(sql, MARK) + strlen(" AS")};
	}
	return more;
}

static int make_table(const struct kept *view, struct store *store, struct err *err)
{
	auto_free char *sql = xasprintf("DROP VIEW temp.%s; CREATE TEMP TABLE %s AS %s", view->name,
					view->name, view->body);

	return store_exec(store, sql, err) < 0 ? err_in(err, "view %s", view->name) : 0;
}

/* False: it reads tables that are not there, and stays a view; a rule that reads it is told so. */
static bool find_reads(struct kept *view, struct store *store, struct arena *arena,
		       const struct schema *schema)
{
	auto_compiled struct compiled compiled = {.store = store, .arena = arena, .schema = schema};
	struct err err;

	if (reads_find(&compiled, view->body, &err) < 0)
		return false;
	view->tables = reads_list(&compiled.reads, arena);
	view->kept = compiled.reads.kept;
	return true;
}

int views_keep(struct kept_views *kept, struct store *store, struct arena *arena,
	       struct schema *schema, struct err *err)
{
	struct kept_views *marked = arena_alloc(arena, 1, sizeof(*marked));
	unsigned pages = schema->page_count;

	if (find_marked(marked, store, arena, err) < 0 ||
	    schema_add_pages(store, arena, 1, schema, err) < 0)
		return -1;
	for (unsigned i = 0; i < marked->count; i++) {
		struct kept *view = &marked->views[i];

		if (!find_reads(view, store, arena, schema))
			continue;
		if (make_table(view, store, err) < 0)
			return -1;
		kept->views[kept->count++] = *view;
		schema->page_count = pages;
		if (schema_add_pages(store, arena, 1, schema, err) < 0)
			return -1;
	}
	return 0;
}

int views_fill(const struct rule_set *set, struct store *store, struct err *err)
{
	uint64_t needed = 0;

	for (size_t i = 0; i < set->count; i++)
		needed |= set->rules[i]->is_selected ? set->rules[i]->kept : 0;
	for (unsigned i = 0; i < set->kept->count; i++) {
		const struct kept *view = &set->kept->views[i];
		auto_free char *sql = xasprintf("DELETE FROM temp.%s; INSERT INTO temp.%s %s",
						view->name, view->name, view->body);

		if (needed >> i & 1 && store_exec(store, sql, err) < 0)
			return err_in(err, "view %s", view->name);
	}
	return 0;
}
