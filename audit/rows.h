/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] The only decoder in the process that holds the facts: what a jailed probe sends is
 * checked for type, count and size of everything before it becomes a row.
 */
#ifndef AUDIT_ROWS_H
#define AUDIT_ROWS_H

#include <sqlite3.h>

#include "audit/probe.h"
#include "lib/store.h"
#include "lib/wire.h"

struct rows {
	const struct probe *probe;
	sqlite3_stmt *insert; /* of the probe's table; NULL: check only */
	unsigned count;
	size_t bytes;
	bool is_done; /* DONE has come: nothing may follow */
	enum coverage status;
	char detail[512];
};

/* Takes one message of the jail. -1: it broke the protocol, and err says how. */
int rows_take(struct rows *rows, struct wire *message, uint8_t type, struct err *err) MUST_CHECK;

#endif
