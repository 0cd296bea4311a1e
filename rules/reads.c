/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which tables a rule reads, for the collector (what nobody reads is not collected) and for the
 * verdict (silence over a table that is not complete is no pass). A table too few here would make a
 * rule pass that has not seen anything, so two sources are joined: what the authorizer was asked,
 * and what the compiled program opens. The authorizer alone is not asked about the columns of
 * NATURAL JOIN and USING; the program alone lacks what the optimizer found no need for.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/own.h"
#include "rules/stage.h"

/* The table of each b-tree: its own, and those of its indexes. */
int schema_add_pages(struct store *store, struct arena *arena, int database, struct schema *out,
		     struct err *err)
{
	auto_stmt sqlite3_stmt *query = NULL;
	int more;

	if (stmt_prepare(store,
			 database == 0 ? "SELECT rootpage, tbl_name FROM sqlite_schema"
					 " WHERE rootpage > 0"
				       : "SELECT rootpage, tbl_name FROM sqlite_temp_schema"
					 " WHERE rootpage > 0",
			 &query, err) < 0)
		return -1;
	while ((more = stmt_step(query, err)) > 0) {
		if (out->page_count == SCHEMA_MAX)
			return err_set(err, "facts: more than %u tables and indexes", SCHEMA_MAX);
		out->pages[out->page_count++] =
		    (struct schema_page){.database = database,
					 .root = sqlite3_column_int64(query, 0),
					 .table = stmt_text(query, 1, arena)};
	}
	return more;
}

int schema_load(struct store *store, struct arena *arena, const struct kept_views *kept,
		struct schema *out, struct err *err)
{
	auto_stmt sqlite3_stmt *query = NULL;
	int more;

	*out = (struct schema){.kept = kept};
	/* SQLite declares these tables at their first use, and asks the authorizer about that. */
	if (store_exec(store, "SELECT 1 FROM json_each('[]'), json_tree('[]')", err) < 0 ||
	    stmt_prepare(store,
			 "SELECT name, 0 FROM sqlite_schema WHERE type = 'table'"
			 " UNION ALL SELECT name, 1 FROM sqlite_temp_schema",
			 &query, err) < 0)
		return -1;
	while ((more = stmt_step(query, err)) > 0) {
		const char *name = stmt_text(query, 0, arena);
		bool is_view = sqlite3_column_int(query, 1) != 0;
		unsigned *count = is_view ? &out->view_count : &out->table_count;

		if (!name || *count == SCHEMA_MAX)
			return err_set(err, "facts: more than %u tables or views", SCHEMA_MAX);
		(is_view ? out->views : out->tables)[(*count)++] = name;
	}
	return more < 0 ? -1 : schema_add_pages(store, arena, 0, out, err);
}

const char *schema_find(const char *const *list, unsigned count, const char *name)
{
	for (unsigned i = 0; i < count; i++) {
		if (sqlite3_stricmp(list[i], name) == 0)
			return list[i];
	}
	return NULL;
}

static int add_table(struct reads *reads, const char *table)
{
	for (unsigned i = 0; i < reads->count; i++) {
		if (strcmp(reads->tables[i], table) == 0)
			return 0;
	}
	if (reads->count == RULE_MAX_TABLES)
		return -1;
	reads->tables[reads->count++] = table;
	return 0;
}

const struct kept *schema_find_kept(const struct schema *schema, const char *name)
{
	for (unsigned i = 0; i < schema->kept->count; i++) {
		if (sqlite3_stricmp(schema->kept->views[i].name, name) == 0)
			return &schema->kept->views[i];
	}
	return NULL;
}

int reads_add(struct reads *reads, const struct schema *schema, const char *table)
{
	const struct kept *kept = schema_find_kept(schema, table);

	if (!kept)
		return add_table(reads, table);
	reads->kept |= UINT64_C(1) << (kept - schema->kept->views) | kept->kept;
	for (const char *const *at = kept->tables; *at; at++) {
		if (add_table(reads, *at) < 0)
			return -1;
	}
	return 0;
}

static int by_text(const void *a, const void *b)
{
	const char *const *first = a;
	const char *const *second = b;

	return strcmp(*first, *second);
}

/* The table that an instruction of a compiled program opens, or NULL. */
static const char *opened_table(sqlite3_stmt *program, const struct schema *schema)
{
	const unsigned char *opcode = sqlite3_column_text(program, 1); /* after its address */

	if (!opcode || strcmp((const char *)opcode, "OpenRead") != 0)
		return NULL;
	for (unsigned i = 0; i < schema->page_count; i++) {
		if (schema->pages[i].root == sqlite3_column_int64(program, 3) && /* P2 */
		    schema->pages[i].database == sqlite3_column_int(program, 4)) /* P3 */
			return schema->pages[i].table;
	}
	return NULL;
}

int reads_complete(struct reads *reads, struct store *store, const struct schema *schema,
		   const char *select, struct err *err)
{
	auto_stmt sqlite3_stmt *program = NULL;
	auto_free char *sql = xasprintf("EXPLAIN %s", select);
	int more;

	if (stmt_prepare(store, sql, &program, err) < 0)
		return -1;
	while ((more = stmt_step(program, err)) > 0) {
		const char *table = opened_table(program, schema);

		if (table && reads_add(reads, schema, table) < 0)
			return err_set(err, "reads too many tables: %s", table);
	}
	qsort(reads->tables, reads->count, sizeof(reads->tables[0]), by_text);
	return more;
}

const char *const *reads_list(const struct reads *reads, struct arena *arena)
{
	const char **list = arena_alloc(arena, reads->count + 1, sizeof(*list));

	if (reads->count > 0)
		memcpy(list, reads->tables, reads->count * sizeof(*list));
	return list;
}
