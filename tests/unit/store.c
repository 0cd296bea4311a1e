/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts: tables, values, and what a foreign database may not bring along. */
#include "lib/store.h"

#include "tests/tap.h"

static const struct store_column columns[] = {{"na\"me", true}, {"size", false}};

static struct store_value text(const char *value)
{
	return (struct store_value){.type = STORE_TEXT, .text = span_of(value)};
}

static struct store_value integer(int64_t value)
{
	return (struct store_value){.type = STORE_INTEGER, .integer = value};
}

/* The single number that the query gives, or -1. */
static int number(struct store *store, const char *sql)
{
	sqlite3_stmt *query;
	int result = -1;

	if (sqlite3_prepare_v2(store->db, sql, -1, &query, NULL) != SQLITE_OK)
		return -1;
	if (sqlite3_step(query) == SQLITE_ROW)
		result = sqlite3_column_int(query, 0);
	sqlite3_finalize(query);
	return result;
}

static void test_rows(void)
{
	struct store store;
	struct err err = {""};
	sqlite3_stmt *insert = NULL;
	struct store_value row[] = {text("it's"), integer(7)};
	struct store_value empty[] = {text(""), {.type = STORE_NULL}};
	struct store_value wrong[] = {text("a"), text("many")};

	(void)ok(store_open(&store, &err) == 0, "opens");
	(void)ok(store_create_table(&store, "ta\"ble", columns, 2, &err) == 0,
		 "names are quoted: %s", err.text);
	(void)ok(store_prepare_insert(&store, "ta\"ble", 2, &insert, &err) == 0 &&
		     store_insert(insert, row, 2, &err) == 0 &&
		     store_insert(insert, empty, 2, &err) == 0,
		 "rows go in: %s", err.text);
	(void)ok(store_insert(insert, wrong, 2, &err) < 0, "a text is no INTEGER: %s", err.text);
	(void)ok(store_insert(insert, row, 2, &err) == 0, "and the next row goes in: %s", err.text);
	sqlite3_finalize(insert);
	(void)ok(number(&store, "SELECT count(*) FROM \"ta\"\"ble\" WHERE \"na\"\"me\" = ''"
				" AND size IS NULL") == 1,
		 "an empty text is not NULL");
	(void)ok(store_exec(&store, "SELECT \"no such column\" FROM \"ta\"\"ble\"", &err) < 0,
		 "double quotes make no text: %s", err.text);
	(void)ok(store_exec(&store, "ATTACH '/tmp/harden-no-such' AS other", &err) < 0,
		 "nothing can be attached: %s", err.text);
	store_close(&store);
}

static void test_round_trip(void)
{
	struct store store;
	struct store other;
	struct err err = {""};
	auto_buf struct buf bytes;
	auto_buf struct buf small;

	buf_init(&bytes, (size_t)1 << 20);
	buf_init(&small, 100);
	(void)ok(store_open(&store, &err) == 0 && store_open(&other, &err) == 0, "two stores");
	(void)ok(store_exec(&store,
			    "CREATE TABLE t(x TEXT) STRICT; INSERT INTO t VALUES ('1');"
			    "CREATE VIEW v AS SELECT x FROM t;"
			    "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END",
			    &err) == 0,
		 "facts with a view and a trigger: %s", err.text);
	(void)ok(store_serialize(&store, &bytes, &err) == 0, "serialized: %s", err.text);
	(void)ok(store_serialize(&store, &small, &err) < 0, "the ceiling holds: %s", err.text);
	(void)ok(store_deserialize(&other, buf_span(&bytes), &err) == 0, "read back: %s", err.text);
	memset(bytes.data, 0, bytes.len);
	(void)ok(number(&other, "SELECT count(*) FROM t") == 1, "as a copy");
	(void)ok(number(&other, "SELECT count(*) FROM sqlite_schema WHERE type <> 'table'") == 0,
		 "without the view and the trigger");
	(void)ok(store_exec(&other, "INSERT INTO t VALUES ('2')", &err) == 0 &&
		     number(&other, "SELECT count(*) FROM t") == 2,
		 "and can be written");
	(void)ok(store_deserialize(&other, (struct span){bytes.data, bytes.len}, &err) < 0,
		 "zeros are no database: %s", err.text);
	(void)ok(store_deserialize(&other, span_of(""), &err) < 0, "nor is nothing: %s", err.text);
	store_close(&store);
	store_close(&other);
}

static void test_damaged(void)
{
	struct store store;
	struct err err = {""};
	auto_buf struct buf bytes;

	buf_init(&bytes, (size_t)4 << 20);
	(void)ok(store_open(&store, &err) == 0 &&
		     store_exec(&store,
				"CREATE TABLE t(x TEXT) STRICT;"
				"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
				" WHERE i < 3000) INSERT INTO t SELECT 'row ' || i FROM n",
				&err) == 0 &&
		     store_serialize(&store, &bytes, &err) == 0,
		 "a larger database: %s", err.text);
	memset(bytes.data + 8192, 0xff, 4096);
	(void)ok(store_deserialize(&store, buf_span(&bytes), &err) < 0, "a bad page: %s", err.text);
	(void)ok(store_deserialize(&store, (struct span){bytes.data, 5000}, &err) < 0,
		 "a cut file: %s", err.text);
	store_close(&store);
	(void)ok(store_open(&store, &err) == 0, "again");
	(void)ok(store_exec(&store, "CREATE VIRTUAL TABLE f USING fts5(x)", &err) == 0,
		 "a virtual table: %s", err.text);
	buf_clear(&bytes);
	(void)ok(store_serialize(&store, &bytes, &err) == 0 &&
		     store_deserialize(&store, buf_span(&bytes), &err) < 0,
		 "is refused: %s", err.text);
	store_close(&store);
}

int main(void)
{
	test_rows();
	test_round_trip();
	test_damaged();
	return done();
}
