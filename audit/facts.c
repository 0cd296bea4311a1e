/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Facts that --save kept: see facts.h. */
#include "audit/facts.h"

#include <string.h>

#include "lib/buf.h"
#include "lib/own.h"
#include "lib/text.h"

int facts_note_run(struct store *store, const struct recording *run, struct err *err)
{
	struct store_value values[] = {
	    {.type = STORE_TEXT, .text = span_of(run->host)},
	    {.type = STORE_INTEGER, .integer = run->time},
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

/* Is it a table of the file? Views and triggers went when it was deserialized. */
static int is_kept(struct store *kept, const char *table, struct err *err)
{
	sqlite3_stmt *query;
	int result;

	if (sqlite3_prepare_v2(kept->db,
			       "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", -1,
			       &query, NULL) != SQLITE_OK ||
	    sqlite3_bind_text(query, 1, table, -1, SQLITE_STATIC) != SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(kept->db));
	result = sqlite3_step(query);
	(void)sqlite3_finalize(query); /* its error is in `result` */
	if (result != SQLITE_ROW && result != SQLITE_DONE)
		return err_set(err, "%s", sqlite3_errmsg(kept->db));
	return result == SQLITE_ROW;
}

static struct store_value value_of(sqlite3_stmt *row, int column)
{
	struct store_value value = {.type = STORE_NULL};

	if (sqlite3_column_type(row, column) == SQLITE_INTEGER) {
		value.type = STORE_INTEGER;
		value.integer = sqlite3_column_int64(row, column);
	} else if (sqlite3_column_type(row, column) != SQLITE_NULL) {
		value.type = STORE_TEXT; /* STRICT refuses it where a number belongs */
		value.text.data = (const char *)sqlite3_column_text(row, column);
		value.text.len = (size_t)sqlite3_column_bytes(row, column);
	}
	return value;
}

/* Runs the SELECT over the file and inserts what comes into our table of that name. */
static int copy_rows(struct store *store, struct store *kept, const char *table, const char *select,
		     struct err *err)
{
	struct store_value values[PROBE_MAX_COLUMNS];
	sqlite3_stmt *insert = NULL;
	sqlite3_stmt *row;
	int result = 0;
	int columns;

	if (sqlite3_prepare_v2(kept->db, select, -1, &row, NULL) != SQLITE_OK)
		return err_set(err, "table %s: %s", table, sqlite3_errmsg(kept->db));
	columns = sqlite3_column_count(row);
	result = store_prepare_insert(store, table, (unsigned)columns, &insert, err);
	while (result == 0 && (result = sqlite3_step(row)) == SQLITE_ROW) {
		for (int i = 0; i < columns; i++)
			values[i] = value_of(row, i);
		result = store_insert(insert, values, (unsigned)columns, err);
	}
	if (result > 0 && result != SQLITE_DONE)
		(void)err_set(err, "%s", sqlite3_errmsg(kept->db));
	(void)sqlite3_finalize(insert); /* each step was checked */
	(void)sqlite3_finalize(row);
	return result == SQLITE_DONE ? 0 : err_in(err, "table %s", table);
}

static int note_missing(struct store *store, const char *table, struct err *err)
{
	auto_free char *sql = xasprintf("INSERT OR REPLACE INTO coverage VALUES "
					"('%s', 'denied', 'the facts file does not hold it', 0)",
					table);

	return store_exec(store, sql, err);
}

static int copy_table(struct store *store, struct store *kept, const struct probe_entry *entry,
		      struct err *err)
{
	struct buf sql auto_buf;
	int found = is_kept(kept, entry->name, err);

	if (found <= 0)
		return found < 0 ? -1 : note_missing(store, entry->name, err);
	buf_init(&sql, 64U << 10);
	for (unsigned i = 0; i < entry->probe->column_count; i++)
		buf_printf(&sql, "%s \"%s\"", i ? "," : "SELECT", entry->probe->columns[i].name);
	buf_printf(&sql, " FROM \"%s\"", entry->name);
	return copy_rows(store, kept, entry->name, buf_string(&sql), err);
}

static int read_run(struct store *kept, struct recording *run, struct err *err)
{
	struct buf safe auto_buf;
	sqlite3_stmt *query;

	buf_init(&safe, sizeof(run->host));
	if (sqlite3_prepare_v2(kept->db, "SELECT host, time FROM run", -1, &query, NULL) !=
	    SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(kept->db));
	if (sqlite3_step(query) == SQLITE_ROW && sqlite3_column_type(query, 0) == SQLITE_TEXT) {
		text_escape(&safe,
			    (struct span){(const char *)sqlite3_column_text(query, 0),
					  (size_t)sqlite3_column_bytes(query, 0)},
			    sizeof(run->host) - 4);
		memcpy(run->host, buf_string(&safe), safe.len + 1);
		run->time = sqlite3_column_int64(query, 1);
	}
	(void)sqlite3_finalize(query); /* no row: the name and time of now stay */
	return 0;
}

/* What was collected in this run counts more than what the file has of it: 1, 0, or -1. */
static int is_collected(struct store *store, struct store *kept, const char *table, struct err *err)
{
	auto_free char *drop = xasprintf("DELETE FROM coverage WHERE \"table\" = '%s'", table);
	auto_free char *sql = xasprintf("SELECT 1 FROM coverage WHERE \"table\" = '%s'", table);
	sqlite3_stmt *query;
	int result;

	if (sqlite3_prepare_v2(store->db, sql, -1, &query, NULL) != SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(store->db));
	result = sqlite3_step(query) == SQLITE_ROW;
	(void)sqlite3_finalize(query); /* reads memory: cannot fail */
	return result && store_exec(kept, drop, err) < 0 ? -1 : result;
}

static int copy_all(struct store *store, struct store *kept, const struct probe_entry *registry,
		    struct err *err)
{
	auto_free bool *collected = xcalloc(probe_count(registry), sizeof(*collected));

	if (is_kept(kept, "coverage", err) <= 0 || is_kept(kept, "run", err) <= 0)
		return err_set(err, "not a facts file of harden");
	for (unsigned i = 0; registry[i].name; i++) {
		int found = is_collected(store, kept, registry[i].name, err);

		if (found < 0)
			return -1;
		collected[i] = found > 0;
	}
	if (copy_rows(store, kept, "coverage", "SELECT \"table\", status, detail, ms FROM coverage",
		      err) < 0)
		return -1;
	for (unsigned i = 0; registry[i].name; i++)
		if (!collected[i] && copy_table(store, kept, &registry[i], err) < 0)
			return -1;
	return 0;
}

int facts_import(struct store *store, const struct probe_entry *registry, struct span bytes,
		 struct recording *run, struct err *err)
{
	struct store kept;
	int result;

	if (store_open(&kept, err) < 0)
		return -1;
	result = store_deserialize(&kept, bytes, err);
	if (result == 0)
		result = copy_all(store, &kept, registry, err);
	if (result == 0)
		result = read_run(&kept, run, err);
	store_close(&kept);
	return result;
}
