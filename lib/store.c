/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The facts, in memory: see store.h.
 *
 * A jailed child uses the database that it inherited and cannot open a file, so SQLite must never
 * want one: no journal, temporary b-trees and sorters in memory, and its random generator (which
 * reads /dev/urandom at first use) seeded here.
 */
#include "lib/store.h"

#include <string.h>

#include "lib/own.h"

/* Bytes of one value or row: bounds what a rule's group_concat() or printf() can build. */
#define STORE_MAX_VALUE (32 << 20)

static int db_error(sqlite3 *db, struct err *err)
{
	return err_set(err, "facts: %s", sqlite3_errmsg(db));
}

int store_exec(struct store *store, const char *sql, struct err *err)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_error(store->db, err);
	return 0;
}

/* Settings that belong to the opened database, so that sqlite3_deserialize() loses them. */
static int configure(struct store *store, struct err *err)
{
	return store_exec(store, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;", err);
}

int store_open(struct store *store, struct err *err)
{
	unsigned char seed;

	/* One thread, and nobody asks for its memory figures. Refused once SQLite is in use: then
	 * it was said before. */
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_open_v2(":memory:", &store->db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY |
				SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK) {
		(void)err_set(err, "facts: %s",
			      store->db ? sqlite3_errmsg(store->db) : "no memory");
		store_close(store);
		return -1;
	}
	sqlite3_randomness(1, &seed);
	(void)sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, STORE_MAX_VALUE);
	(void)sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
	if (sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK ||
	    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) != SQLITE_OK ||
	    /* Else a mistyped "column" in double quotes would silently be a text. */
	    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL) != SQLITE_OK ||
	    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) != SQLITE_OK ||
	    store_exec(store, "PRAGMA temp_store = MEMORY;", err) < 0 ||
	    configure(store, err) < 0) {
		(void)db_error(store->db, err);
		store_close(store);
		return -1;
	}
	return 0;
}

void store_close(struct store *store)
{
	(void)sqlite3_close_v2(
	    store->db); /* waits for statements that are still open: cannot fail */
	store->db = NULL;
}

/* Runs `sql`, which sqlite3_mprintf() made (NULL: no memory), and frees it. */
static int exec_made(struct store *store, char *sql, struct err *err)
{
	int result = sql ? store_exec(store, sql, err) : err_set(err, "facts: out of memory");

	sqlite3_free(sql);
	return result;
}

int store_create_table(struct store *store, const char *table, const struct store_column *columns,
		       unsigned count, struct err *err)
{
	sqlite3_str *sql = sqlite3_str_new(store->db);

	sqlite3_str_appendf(sql, "CREATE TABLE \"%w\"(", table);
	for (unsigned i = 0; i < count; i++)
		sqlite3_str_appendf(sql, "%s\"%w\" %s", i ? ", " : "", columns[i].name,
				    columns[i].is_text ? "TEXT" : "INTEGER");
	sqlite3_str_appendall(sql, ") STRICT");
	return exec_made(store, sqlite3_str_finish(sql), err);
}

int store_prepare_insert(struct store *store, const char *table, unsigned count, sqlite3_stmt **out,
			 struct err *err)
{
	sqlite3_str *sql = sqlite3_str_new(store->db);
	char *text;
	int status;

	sqlite3_str_appendf(sql, "INSERT INTO \"%w\" VALUES (", table);
	for (unsigned i = 0; i < count; i++)
		sqlite3_str_appendall(sql, i ? ", ?" : "?");
	sqlite3_str_appendall(sql, ")");
	text = sqlite3_str_finish(sql);
	if (!text)
		return err_set(err, "facts: out of memory");
	status = sqlite3_prepare_v3(store->db, text, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
	sqlite3_free(text);
	return status == SQLITE_OK ? 0 : db_error(store->db, err);
}

static int bind_value(sqlite3_stmt *insert, int at, const struct store_value *value)
{
	switch (value->type) {
	case STORE_INTEGER:
		return sqlite3_bind_int64(insert, at, value->integer);
	case STORE_TEXT: /* a NULL pointer would bind NULL, even of length 0 */
		return sqlite3_bind_text64(insert, at, value->text.data ? value->text.data : "",
					   value->text.len, SQLITE_STATIC, SQLITE_UTF8);
	case STORE_NULL:
	default:
		return sqlite3_bind_null(insert, at);
	}
}

int store_insert(sqlite3_stmt *insert, const struct store_value *values, unsigned count,
		 struct err *err)
{
	sqlite3 *db = sqlite3_db_handle(insert);
	int result = 0;

	for (unsigned i = 0; i < count; i++) {
		if (bind_value(insert, (int)i + 1, &values[i]) != SQLITE_OK)
			return db_error(db, err);
	}
	if (sqlite3_step(insert) != SQLITE_DONE)
		result = db_error(db, err);
	(void)sqlite3_reset(insert);          /* repeats the error of the step */
	(void)sqlite3_clear_bindings(insert); /* the texts are borrowed no longer; cannot fail */
	return result;
}

int store_serialize(struct store *store, struct buf *out, struct err *err)
{
	sqlite3_int64 size = 0;
	unsigned char *bytes = sqlite3_serialize(store->db, "main", &size, 0);

	if (!bytes)
		return err_set(err, "facts: out of memory");
	buf_put(out, bytes, (size_t)size);
	sqlite3_free(bytes);
	if (out->overflowed)
		return err_set(err, "facts: larger than %zu MiB", out->ceiling >> 20);
	return 0;
}

/* The first column of the first row of `sql`, which the caller frees; NULL: no row. */
static int first_text(struct store *store, const char *sql, char **out, struct err *err)
{
	sqlite3_stmt *query;
	int status;

	*out = NULL;
	if (sqlite3_prepare_v2(store->db, sql, -1, &query, NULL) != SQLITE_OK)
		return db_error(store->db, err);
	status = sqlite3_step(query);
	if (status == SQLITE_ROW) {
		const unsigned char *text = sqlite3_column_text(query, 0);

		*out = xstrdup(text ? (const char *)text : "");
	}
	(void)sqlite3_finalize(query); /* repeats the error of the step */
	return status == SQLITE_ROW || status == SQLITE_DONE ? 0 : db_error(store->db, err);
}

/*
 * Leaves nothing of a foreign schema but tables and their indexes: triggers and views would run
 * when we write and read, and a virtual table is code chosen by the file.
 */
static int strip_schema(struct store *store, struct err *err)
{
	auto_free char *check = NULL;
	auto_free char *virtual_table = NULL;

	if (first_text(store, "PRAGMA quick_check(1)", &check, err) < 0)
		return -1;
	if (!check || strcmp(check, "ok") != 0)
		return err_set(err, "facts: damaged: SQLite's quick_check does not pass");
	if (first_text(store,
		       "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage = 0",
		       &virtual_table, err) < 0)
		return -1;
	if (virtual_table)
		return err_set(err, "facts: virtual table \"%.64s\"", virtual_table);
	for (;;) {
		auto_free char *drop = NULL;

		if (first_text(store,
			       "SELECT format('DROP %s main.\"%w\"', type, name)"
			       "  FROM sqlite_schema WHERE type IN ('view', 'trigger')",
			       &drop, err) < 0)
			return -1;
		if (!drop)
			return 0;
		if (store_exec(store, drop, err) < 0)
			return -1;
	}
}

int store_deserialize(struct store *store, struct span bytes, struct err *err)
{
	unsigned char *copy;

	if (bytes.len == 0)
		return err_set(err, "facts: empty");
	copy = sqlite3_malloc64(bytes.len);
	if (!copy)
		return err_set(err, "facts: out of memory");
	memcpy(copy, bytes.data, bytes.len);
	/* Takes `copy` over, also when it fails. */
	if (sqlite3_deserialize(
		store->db, "main", copy, (sqlite3_int64)bytes.len, (sqlite3_int64)bytes.len,
		SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) != SQLITE_OK)
		return db_error(store->db, err);
	if (configure(store, err) < 0)
		return -1;
	return strip_schema(store, err);
}
