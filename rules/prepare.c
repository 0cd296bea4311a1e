/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compiles rules. SQLite's authorizer is asked about each thing that a statement would do, before
 * it runs: it lets through what reads facts, refuses the rest, and so learns which tables are read.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lib/text.h"
#include "rules/stage.h"

/* Functions whose value is not made of facts alone, or that reach out of the database. */
static const char *const refused_functions[] = {
    "load_extension",    "fts3_tokenizer",    "random",
    "randomblob",        "current_date",      "current_time",
    "current_timestamp", "sqlite_log",        "changes",
    "total_changes",     "last_insert_rowid", NULL};

void stmt_finalize(sqlite3_stmt **statement)
{
	(void)sqlite3_finalize(*statement); /* repeats the error of the last step */
	*statement = NULL;
}

int stmt_prepare(struct store *store, const char *sql, sqlite3_stmt **out, struct err *err)
{
	if (sqlite3_prepare_v2(store->db, sql, -1, out, NULL) != SQLITE_OK)
		return err_set(err, "facts: %s", sqlite3_errmsg(store->db));
	return 0;
}

int stmt_step(sqlite3_stmt *statement, struct err *err)
{
	int status = sqlite3_step(statement);

	if (status == SQLITE_ROW)
		return 1;
	if (status == SQLITE_DONE)
		return 0;
	return err_set(err, "facts: %s", sqlite3_errmsg(sqlite3_db_handle(statement)));
}

const char *stmt_text(sqlite3_stmt *statement, int column, struct arena *arena)
{
	const unsigned char *data = sqlite3_column_text(statement, column);
	struct span text = {(const char *)data, (size_t)sqlite3_column_bytes(statement, column)};
	auto_buf struct buf safe;

	buf_init(&safe, 4 * text.len);
	if (!data)
		return NULL;
	if (text_is_printable(text))
		return arena_text(arena, text);
	text_escape(&safe, text, safe.ceiling);
	return arena_text(arena, buf_span(&safe));
}

static bool is_in(const char *const *list, const char *name)
{
	for (; *list; list++) {
		if (sqlite3_stricmp(*list, name) == 0)
			return true;
	}
	return false;
}

/* "reads "x", which is no fact": `before` and `after` stand around the name that SQLite gave. */
static int refuse(struct compiled *compiled, const char *before, const char *name,
		  const char *after)
{
	if (!compiled->refused)
		compiled->refused = arena_printf(compiled->arena, "%s%.64s%s", before, name, after);
	return SQLITE_DENY;
}

static int note_table(struct compiled *compiled, const char *table)
{
	if (reads_add(&compiled->reads, compiled->schema, table) < 0)
		return refuse(compiled, "reads too many tables: ", table, "");
	return SQLITE_OK;
}

/*
 * What is neither table nor view of the facts is a common table expression, which comes without
 * database or without column, or a virtual table that SQLite makes up, and which is no fact.
 */
static int authorize_read(struct compiled *compiled, const char *table, const char *column)
{
	static const char *const table_functions[] = {"json_each", "json_tree", NULL};
	const struct schema *schema = compiled->schema;
	const char *known = schema_find(schema->tables, schema->table_count, table);

	if (known)
		return note_table(compiled, known);
	if (schema_find_kept(schema, table))
		return note_table(compiled, table);
	if (schema_find(schema->views, schema->view_count, table) || is_in(table_functions, table))
		return SQLITE_OK;
	if (column[0] != '\0' || sqlite3_strnicmp(table, "sqlite_", 7) == 0 ||
	    sqlite3_strnicmp(table, "pragma_", 7) == 0)
		return refuse(compiled, "reads ", table, ", which is no fact");
	return SQLITE_OK;
}

static int authorize(void *data, int action, const char *first, const char *second,
		     const char *database, const char *view)
{
	struct compiled *compiled = data;

	(void)database; /* there is one */
	(void)view;     /* what a view reads counts like what the rule reads */
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_READ:
		return authorize_read(compiled, first, second);
	case SQLITE_FUNCTION:
		if (is_in(refused_functions, second))
			return refuse(compiled, "calls ", second, "(), whose answer is no fact");
		if (sqlite3_stricmp(second, "setting") == 0)
			return note_table(compiled, "settings");
		return SQLITE_OK;
	case SQLITE_PRAGMA:
		return refuse(compiled, "PRAGMA ", first, " is refused: a rule only reads facts");
	case SQLITE_ATTACH:
		return refuse(compiled, "ATTACH", "", " is refused: a rule only reads facts");
	default:
		return refuse(compiled, "not a SELECT", "", ": a rule only reads facts");
	}
}

/* The line of the rule's file where SQLite found the fault. */
static unsigned error_line(sqlite3 *db, const struct rule *rule)
{
	int offset = sqlite3_error_offset(db);
	unsigned line = rule->sql_line;

	for (int i = 0; i < offset && rule->sql[i]; i++)
		line += rule->sql[i] == '\n';
	return line;
}

static int check_column(const struct rule *rule, const char *name, struct err *err)
{
	static const char *const known[] = {"subject", "detail", "file", "line", NULL};

	if (is_in(known, name) || strncmp(name, "fix_", 4) == 0)
		return 0;
	return err_set(err,
		       "rule %s:%u: result column \"%.64s\" is not one of subject, detail, file, "
		       "line, fix_*",
		       rule->origin, rule->sql_line, name);
}

static int check_columns(const struct rule *rule, sqlite3_stmt *query, struct err *err)
{
	int count = sqlite3_column_count(query);
	unsigned required = 0;
	unsigned fixes = 0;

	for (int i = 0; i < count; i++) {
		const char *name = sqlite3_column_name(query, i);

		if (check_column(rule, name, err) < 0)
			return -1;
		for (int j = 0; j < i; j++) {
			if (strcmp(sqlite3_column_name(query, j), name) == 0)
				return err_set(err, "rule %s:%u: two result columns \"%.64s\"",
					       rule->origin, rule->sql_line, name);
		}
		required += strcmp(name, "subject") == 0 || strcmp(name, "detail") == 0;
		fixes += strncmp(name, "fix_", 4) == 0;
	}
	if (required != 2)
		return err_set(err, "rule %s:%u: result columns subject and detail are required",
			       rule->origin, rule->sql_line);
	if (fixes > FINDING_MAX_PARAMS || (fixes > 0 && !rule->fix))
		return err_set(err, "rule %s:%u: %s", rule->origin, rule->sql_line,
			       rule->fix ? "too many columns fix_*"
					 : "columns fix_*, but no header key \"fix\"");
	return 0;
}

/* What may stand behind the SELECT: blanks, semicolons, comments. */
static int check_tail(struct compiled *compiled, const struct rule *rule, const char *tail,
		      struct err *err)
{
	while (*tail) {
		auto_stmt sqlite3_stmt *second = NULL;
		const char *start = tail;

		if (sqlite3_prepare_v2(compiled->store->db, start, -1, &second, &tail) !=
			SQLITE_OK ||
		    second)
			return err_set(err, "rule %s:%u: more than one statement", rule->origin,
				       rule->sql_line);
		if (tail == start)
			break;
	}
	return 0;
}

static int compile(struct compiled *compiled, const struct rule *rule, struct err *err)
{
	sqlite3 *db = compiled->store->db;
	const char *tail = rule->sql;

	if (sqlite3_prepare_v2(db, rule->sql, -1, &compiled->query, &tail) != SQLITE_OK)
		return err_set(err, "rule %s:%u: %s", rule->origin, error_line(db, rule),
			       compiled->refused ? compiled->refused : sqlite3_errmsg(db));
	if (!compiled->query)
		return err_set(err, "rule %s:%u: no SELECT", rule->origin, rule->sql_line);
	if (check_tail(compiled, rule, tail, err) < 0)
		return -1;
	if (!sqlite3_stmt_readonly(compiled->query) || sqlite3_stmt_isexplain(compiled->query) ||
	    sqlite3_bind_parameter_count(compiled->query) > 0)
		return err_set(err, "rule %s:%u: not a SELECT without parameters", rule->origin,
			       rule->sql_line);
	return check_columns(rule, compiled->query, err);
}

int rule_compile(struct compiled *compiled, const struct rule *rule, struct err *err)
{
	compiled->reads = (struct reads){0};
	compiled->refused = NULL;
	(void)sqlite3_set_authorizer(compiled->store->db, authorize, compiled); /* cannot fail */
	return compile(compiled, rule, err);
}

void rule_release(struct compiled *compiled)
{
	stmt_finalize(&compiled->query);
	(void)sqlite3_set_authorizer(compiled->store->db, NULL, NULL); /* cannot fail */
}

int reads_find(struct compiled *compiled, const char *select, struct err *err)
{
	compiled->reads = (struct reads){0};
	(void)sqlite3_set_authorizer(compiled->store->db, authorize, compiled); /* cannot fail */
	return reads_complete(&compiled->reads, compiled->store, compiled->schema, select, err);
}

static int prepare_rule(struct rule_set *set, struct rule *rule, struct store *store,
			const struct schema *schema, struct err *err)
{
	auto_compiled struct compiled compiled = {
	    .store = store, .arena = &set->arena, .schema = schema};

	if (rule_compile(&compiled, rule, err) < 0)
		return -1;
	rule_release(&compiled); /* what follows is ours, not the rule's */
	if (reads_complete(&compiled.reads, store, schema, rule->sql, err) < 0)
		return err_in(err, "rule %s", rule->origin);
	rule->tables = reads_list(&compiled.reads, &set->arena);
	rule->kept = compiled.reads.kept;
	return 0;
}

int rules_prepare(struct rule_set *set, struct store *store, struct err *err)
{
	struct schema *schema = arena_alloc(&set->arena, 1, sizeof(*schema));
	bool is_first = !set->kept;

	if (is_first)
		set->kept = arena_alloc(&set->arena, 1, sizeof(*set->kept));
	if (schema_load(store, &set->arena, set->kept, schema, err) < 0 ||
	    (is_first ? views_keep(set->kept, store, &set->arena, schema, err)
		      : schema_add_pages(store, &set->arena, 1, schema, err)) < 0)
		return -1;
	for (size_t i = 0; i < set->count; i++) {
		if (set->rules[i]->is_selected &&
		    prepare_rule(set, set->rules[i], store, schema, err) < 0)
			return -1;
	}
	return 0;
}

static bool reads_table(const struct rule *rule, const char *table)
{
	assert(rule->tables); /* rules_prepare() was called */
	for (const char *const *at = rule->tables; *at; at++) {
		if (strcmp(*at, table) == 0)
			return true;
	}
	return false;
}

bool rules_read(const struct rule_set *set, const char *table)
{
	static const char *const judges_own[] = {"waivers", "settings", "baseline", NULL};

	if (is_in(judges_own, table))
		return true;
	for (size_t i = 0; i < set->count; i++) {
		if (set->rules[i]->is_selected && reads_table(set->rules[i], table))
			return true;
	}
	return false;
}
