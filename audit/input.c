/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The input of a probe: see input.h. */
#include "audit/input.h"

#include <string.h>

#include "audit/message.h"
#include "lib/own.h"

static int prepare(struct store *store, const char *sql, sqlite3_stmt **out, struct err *err)
{
	if (sqlite3_prepare_v2(store->db, sql, -1, out, NULL) != SQLITE_OK)
		return err_set(err, "%s", sqlite3_errmsg(store->db));
	return 0;
}

static void note_table(struct buf *tables, const char *table)
{
	buf_text(tables, table);
	buf_text(tables, "\n");
}

static int note_read(void *context, int action, const char *table, const char *column,
		     const char *database, const char *view)
{
	(void)column, (void)database, (void)view;
	if (action == SQLITE_READ)
		note_table(context, table);
	return SQLITE_OK;
}

/* The tables whose b-trees the program opens that SQL is compiled to. */
static int note_opened(struct store *store, const char *sql, struct buf *tables, struct err *err)
{
	char *explain =
	    sqlite3_mprintf("EXPLAIN %s", sql); /* address, opcode, P1, P2: root, P3: database */
	sqlite3_stmt *program = NULL;
	sqlite3_stmt *page = NULL;
	int result = prepare(store, explain, &program, err);

	if (result == 0)
		result = prepare(store, "SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?",
				 &page, err);
	while (result == 0 && sqlite3_step(program) == SQLITE_ROW) {
		if (strcmp((const char *)sqlite3_column_text(program, 1), "OpenRead") != 0 ||
		    sqlite3_column_int(program, 4) != 0)
			continue;
		(void)sqlite3_bind_int64(page, 1, sqlite3_column_int64(program, 3)); /* exists */
		while (sqlite3_step(page) == SQLITE_ROW)
			note_table(tables, (const char *)sqlite3_column_text(page, 0));
		(void)sqlite3_reset(page); /* repeats the error of the step */
	}
	(void)sqlite3_finalize(program); /* as above */
	(void)sqlite3_finalize(page);
	sqlite3_free(explain);
	return result;
}

int sql_tables(struct store *store, const char *sql, struct buf *tables, struct err *err)
{
	sqlite3_stmt *statement;
	int result;

	buf_text(tables, "\n");
	(void)sqlite3_set_authorizer(store->db, note_read, tables); /* always SQLITE_OK */
	result = prepare(store, sql, &statement, err);
	(void)sqlite3_set_authorizer(store->db, NULL, NULL);
	(void)sqlite3_finalize(statement); /* never stepped */
	/* the authorizer is not asked about the columns of NATURAL JOIN and USING */
	if (result < 0 || note_opened(store, sql, tables, err) < 0)
		return -1;
	return tables->overflowed ? err_set(err, "it reads too many tables") : 0;
}

bool sql_tables_have(struct buf *tables, const char *table)
{
	auto_free char *name = xasprintf("\n%s\n", table);

	return strstr(buf_string(tables), name) != NULL;
}

static void put_value(struct wire *message, sqlite3_stmt *row, int column)
{
	switch (sqlite3_column_type(row, column)) {
	case SQLITE_INTEGER:
		wire_put_u8(message, VALUE_INTEGER);
		wire_put_u64(message, (uint64_t)sqlite3_column_int64(row, column));
		break;
	case SQLITE_TEXT:
		wire_put_u8(message, VALUE_TEXT);
		wire_put_span(message, (struct span){(const char *)sqlite3_column_text(row, column),
						     (size_t)sqlite3_column_bytes(row, column)});
		break;
	default:
		wire_put_u8(message, VALUE_NULL);
	}
}

static void put_message(struct buf *out, const struct wire *message)
{
	uint32_t len = (uint32_t)message->len;

	if (len <= 1) /* the type alone */
		return;
	buf_put(out, &len, sizeof(len));
	buf_put(out, message->data, len);
}

static void put_row(struct wire *message, sqlite3_stmt *row)
{
	for (int i = 0; i < sqlite3_column_count(row); i++)
		put_value(message, row, i);
}

/* Adds the rows of one SELECT to the message; full ones go out. */
static int encode(struct store *store, const char *sql, struct wire *message, struct buf *out,
		  unsigned *columns, struct err *err)
{
	sqlite3_stmt *row;
	int result;

	if (prepare(store, sql, &row, err) < 0)
		return -1;
	if (*columns > 0 && *columns != (unsigned)sqlite3_column_count(row)) {
		(void)sqlite3_finalize(row); /* never stepped */
		return err_set(err, "hints: not as many columns as the input has");
	}
	*columns = (unsigned)sqlite3_column_count(row);
	while ((result = sqlite3_step(row)) == SQLITE_ROW) {
		size_t before = message->len;

		put_row(message, row);
		if (message->bad) { /* full: again, in the next one */
			message->len = before;
			put_message(out, message);
			wire_begin(message, MESSAGE_INPUT);
			put_row(message, row);
		}
	}
	if (result != SQLITE_DONE)
		(void)err_set(err, "input: %s", sqlite3_errmsg(store->db));
	(void)sqlite3_finalize(row); /* repeats the error of the step */
	return result == SQLITE_DONE ? 0 : -1;
}

int input_encode(struct store *store, const struct probe *probe, struct buf *out, unsigned *columns,
		 struct err *err)
{
	struct wire message;
	int result = 0;

	*columns = 0;
	wire_init(&message);
	wire_begin(&message, MESSAGE_INPUT);
	if (probe->input)
		result = encode(store, probe->input, &message, out, columns, err);
	if (result == 0 && probe->hints)
		result = encode(store, probe->hints, &message, out, columns, err);
	put_message(out, &message);
	if (result == 0 && (out->overflowed || message.bad))
		result = err_set(err, "input: too much of it");
	wire_done(&message);
	return result;
}
