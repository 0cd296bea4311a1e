/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The rows of earlier tables that a probe has as its input. */
#ifndef AUDIT_INPUT_H
#define AUDIT_INPUT_H

#include "audit/probe.h"
#include "lib/buf.h"
#include "lib/store.h"

/*
 * The tables that a statement reads, also by way of a view: their names, for sql_tables_have().
 * `tables` is empty before. -1 when the statement is wrong. SQLite takes a millisecond to compile a
 * long one, so whoever wants to know of many tables asks once.
 */
#define SQL_TABLES_MAX (32U << 20) /* bytes of all names, each as often as it is read */
int sql_tables(struct store *store, const char *sql, struct buf *tables,
	       struct err *err) MUST_CHECK;
bool sql_tables_have(struct buf *tables, const char *table);

/* What a table is to a probe: only the gaps of one that is needed leave gaps in the probe's own. */
enum input_use { INPUT_UNUSED, INPUT_HINT, INPUT_NEEDED };

/*
 * Runs the probe's input, then its hints, and writes their rows as MESSAGE_INPUT messages, and how
 * many columns they have: see struct broker.
 */
int input_encode(struct store *store, const struct probe *probe, struct buf *out, unsigned *columns,
		 struct err *err) MUST_CHECK;

#endif
