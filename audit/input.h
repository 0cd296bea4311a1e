/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The rows of earlier tables that a probe has as its input. */
#ifndef AUDIT_INPUT_H
#define AUDIT_INPUT_H

#include "audit/probe.h"
#include "lib/buf.h"
#include "lib/store.h"

/* 1 when the statement reads the table, also by way of a view, 0 when not, -1 when it is wrong. */
int sql_reads(struct store *store, const char *sql, const char *table, struct err *err) MUST_CHECK;

/* What a table is to a probe: only the gaps of one that is needed leave gaps in the probe's own. */
enum input_use { INPUT_UNUSED, INPUT_HINT, INPUT_NEEDED };

/* 1 when the probe's statement of that use reads the table, 0 when not, -1 when its SQL is wrong.
 */
int input_reads(struct store *store, const struct probe *probe, enum input_use use,
		const char *table, struct err *err) MUST_CHECK;

/*
 * Runs the probe's input, then its hints, and writes their rows as MESSAGE_INPUT messages, and how
 * many columns they have: see struct broker.
 */
int input_encode(struct store *store, const struct probe *probe, struct buf *out, unsigned *columns,
		 struct err *err) MUST_CHECK;

#endif
