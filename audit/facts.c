/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Facts that --save kept: see facts.h. */
#include "audit/facts.h"

#include <string.h>

#include "lib/buf.h"
#include "lib/own.h"
#include "lib/text.h"

int facts_note_run(struct store *store, const char *host, int64_t time, struct err *err)
{
	struct store_value values[] = {
	    {.type = STORE_TEXT, .text = span_of(host)},
	    {.type = STORE_INTEGER, .integer = time},
	};
	sqlite3_stmt *insert;
	int result;

	if (store_exec(store, "CREATE TABLE run (host TEXT, time INTEGER) STRICT", err) < 0 ||
	    store_prepare_insert(store, "run", ARRAY_LEN(values), &insert, err) < 0)
		return -1;
	result = store_insert(insert, values, ARRAY_LEN(values), err);
	(void)sqlite3_finalize(insert); /* repeats the error of the step */
	return result;
}

/* Attaches the bytes as schema "kept". SQLite frees its copy of them. */
static int attach(struct store *store, struct span bytes, struct err *err)
{
	unsigned char *copy;
	int result;

	if (store_exec(store, "ATTACH ':memory:' AS kept", err) < 0)
		return -1;
	copy = sqlite3_malloc64(bytes.len ? bytes.len : 1);
	if (!copy)
		die("out of memory");
	memcpy(copy, bytes.data, bytes.len);
	result = sqlite3_deserialize(store->db, "kept", copy, (sqlite3_int64)bytes.len,
				     (sqlite3_int64)bytes.len,
				     SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
	if (result != SQLITE_OK)
		return err_set(err, "%s", sqlite3_errstr(result));
	return store_exec(store, "SELECT count(*) FROM kept.sqlite_schema", err);
}

/* Is it a table (no view, whose SQL would be the file's) of the file? */
static int is_kept(struct store *store, const char *table, struct err *err)
{
	sqlite3_stmt *query;
	int result;

	if (sqlite3_prepare_v2(store->db,
			       "SELECT 1 FROM kept.sqlite_schema WHERE type = 'table' AND name = ?",
			       -1, &query, NULL) != SQLITE_OK ||
	    sqlite3_bind_text(query, 1, table, -1, SQLITE_STATIC) != SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(store->db));
	result = sqlite3_step(query);
	(void)sqlite3_finalize(query); /* its error is in `result` */
	if (result != SQLITE_ROW && result != SQLITE_DONE)
		return err_set(err, "%s", sqlite3_errmsg(store->db));
	return result == SQLITE_ROW;
}

static int copy_table(struct store *store, const struct probe_entry *entry, struct err *err)
{
	struct buf sql auto_buf;
	int kept = is_kept(store, entry->name, err);

	if (kept < 0)
		return -1;
	buf_init(&sql, 64U << 10);
	if (kept == 0) {
		buf_printf(&sql,
			   "INSERT OR REPLACE INTO main.coverage VALUES "
			   "('%s', 'denied', 'the facts file does not hold it', 0)",
			   entry->name);
		return store_exec(store, buf_string(&sql), err);
	}
	buf_printf(&sql, "INSERT INTO main.\"%s\" SELECT ", entry->name);
	for (unsigned i = 0; i < entry->probe->column_count; i++)
		buf_printf(&sql, "%s\"%s\"", i ? ", " : "", entry->probe->columns[i].name);
	buf_printf(&sql, " FROM kept.\"%s\"", entry->name);
	return store_exec(store, buf_string(&sql), err) < 0 ? err_in(err, "table %s", entry->name)
							    : 0;
}

static int read_run(struct store *store, char *host, size_t host_size, int64_t *time,
		    struct err *err)
{
	struct buf safe auto_buf;
	sqlite3_stmt *query;

	buf_init(&safe, host_size);
	if (sqlite3_prepare_v2(store->db, "SELECT host, time FROM kept.run", -1, &query, NULL) !=
	    SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(store->db));
	if (sqlite3_step(query) == SQLITE_ROW && sqlite3_column_type(query, 0) == SQLITE_TEXT) {
		text_escape(&safe,
			    (struct span){(const char *)sqlite3_column_text(query, 0),
					  (size_t)sqlite3_column_bytes(query, 0)},
			    host_size - 4);
		memcpy(host, buf_string(&safe), safe.len + 1);
		*time = sqlite3_column_int64(query, 1);
	}
	(void)sqlite3_finalize(query); /* no row: the name and time of now stay */
	return 0;
}

int facts_import(struct store *store, const struct probe_entry *registry, struct span bytes,
		 char *host, size_t host_size, int64_t *time, struct err *err)
{
	if (attach(store, bytes, err) < 0 || is_kept(store, "coverage", err) <= 0)
		return err_set(err, "not a facts file of harden");
	if (store_exec(store,
		       "INSERT INTO main.coverage SELECT \"table\", status, detail, ms "
		       "FROM kept.coverage",
		       err) < 0)
		return err_in(err, "table coverage");
	for (; registry->name; registry++)
		if (copy_table(store, registry, err) < 0)
			return -1;
	if (is_kept(store, "run", err) > 0 && read_run(store, host, host_size, time, err) < 0)
		return -1;
	return store_exec(store, "DETACH kept", err);
}
