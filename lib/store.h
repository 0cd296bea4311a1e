/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The facts: an SQLite database in memory. STRICT tables, one for each probe, and coverage.
 */
#ifndef LIB_STORE_H
#define LIB_STORE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "lib/buf.h"
#include "lib/err.h"
#include "lib/span.h"

struct store {
	sqlite3 *db; /* rules/ prepares its statements on it */
};

struct store_column {
	const char *name;
	bool is_text; /* else INTEGER; either may be NULL */
};

/* A value to insert. */
struct store_value {
	enum { STORE_NULL, STORE_INTEGER, STORE_TEXT } type;
	int64_t integer;
	struct span text;
};

/* An empty database in memory, with temporary data in memory too (no file is ever opened). */
int store_open(struct store *store, struct err *err) MUST_CHECK;
void store_close(struct store *store);

/* One or several statements without results. */
int store_exec(struct store *store, const char *sql, struct err *err) MUST_CHECK;

int store_create_table(struct store *store, const char *table, const struct store_column *columns,
		       unsigned count, struct err *err) MUST_CHECK;

/* A prepared INSERT of `count` values; the caller finalizes it with sqlite3_finalize(). */
int store_prepare_insert(struct store *store, const char *table, unsigned count, sqlite3_stmt **out,
			 struct err *err) MUST_CHECK;
/* Binds, steps and resets; the text of the values is borrowed for the call only. */
int store_insert(sqlite3_stmt *insert, const struct store_value *values, unsigned count,
		 struct err *err) MUST_CHECK;

/* The whole database as the bytes of an SQLite file, and back (for --save and --facts). */
int store_serialize(struct store *store, struct buf *out, struct err *err) MUST_CHECK;
/*
 * Replaces the contents by a copy of those bytes. They are foreign: the schema is not trusted
 * (SQLITE_DBCONFIG_DEFENSIVE, TRUSTED_SCHEMA off), and a quick_check must pass.
 */
int store_deserialize(struct store *store, struct span bytes, struct err *err) MUST_CHECK;

#endif
