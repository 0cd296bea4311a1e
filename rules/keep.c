/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Views that several rules read, made into tables once the facts are all there. vocabulary.sql
 * marks them by a comment behind AS; which tables a rule reads was found out before, through the
 * view.
 */
#include <string.h>

#include "lib/own.h"
#include "rules/stage.h"

#define MARK " AS -- kept"

struct kept {
	struct kept *next;
	const char *name;
	const char *body; /* the view's SELECT */
};

static int find_marked(struct store *store, struct arena *arena, struct kept **out, struct err *err)
{
	auto_stmt sqlite3_stmt *query = NULL;
	int more;

	*out = NULL;
	if (stmt_prepare(store,
			 "SELECT name, sql FROM sqlite_temp_schema WHERE type = 'view'"
			 " AND instr(sql, '" MARK "') ORDER BY rowid DESC",
			 &query, err) < 0)
		return -1;
	while ((more = stmt_step(query, err)) > 0) {
		struct kept *kept = arena_alloc(arena, 1, sizeof(*kept));
		/* ours, and not escaped: it goes back to SQLite */
		const char *sql =
		    arena_text(arena, span_of((const char *)sqlite3_column_text(query, 1)));

		kept->name = stmt_text(query, 0, arena);
		kept->body = strstr(sql, MARK) + strlen(" AS");
		kept->next = *out;
		*out = kept;
	}
	return more;
}

/* A view over tables that are not there stays one: a rule that reads it is told so. */
static bool is_usable(struct store *store, const char *name)
{
	auto_free char *sql = xasprintf("SELECT * FROM temp.%s", name);
	auto_stmt sqlite3_stmt *query = NULL;
	struct err err;

	return stmt_prepare(store, sql, &query, &err) == 0;
}

int views_keep(struct store *store, struct arena *arena, struct err *err)
{
	struct kept *marked;

	if (find_marked(store, arena, &marked, err) < 0)
		return -1;
	for (const struct kept *at = marked; at; at = at->next) {
		auto_free char *sql = xasprintf("DROP VIEW temp.%s; CREATE TEMP TABLE %s AS %s",
						at->name, at->name, at->body);

		if (is_usable(store, at->name) && store_exec(store, sql, err) < 0)
			return err_in(err, "view %s", at->name);
	}
	return 0;
}
