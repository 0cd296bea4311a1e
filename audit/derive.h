/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] A table that is made of another one by its input alone: no need, and nothing to parse.
 */
#ifndef AUDIT_DERIVE_H
#define AUDIT_DERIVE_H

#include "audit/probe.h"

/* The reverse of text_escape(), which writes \\ and \xNN and no other escape. */
void derive_unescape(struct span escaped, struct buf *out);

/*
 * Hands the rows of the probe's input on as its own, which must have as many columns in the same
 * order. Facts are escaped already, and row_span() would escape their backslashes once more: so
 * they are taken back to what they were, first.
 */
int derive_rows(struct host *host, const struct probe *probe, struct err *err) MUST_CHECK;

#endif
