/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts that --save kept, taken in again. The file is foreign: it is read only in the jail, and
 * only rows of known columns are copied out of it into tables of ours.
 */
#ifndef AUDIT_FACTS_H
#define AUDIT_FACTS_H

#include "audit/probe.h"
#include "audit/record.h"
#include "lib/store.h"

#define FACTS_MAX_BYTES ((size_t)256 << 20)

/* Notes whose facts these are, for facts_import(): the table run(host, time). */
int facts_note_run(struct store *store, const struct recording *run, struct err *err) MUST_CHECK;

/*
 * Copies the rows of each table of the registry and of coverage from the bytes of an SQLite file.
 * A table that the file does not hold is noted as denied; one that was collected in this run stays.
 * Whose facts they are goes to `run`.
 */
int facts_import(struct store *store, const struct probe_entry *registry, struct span bytes,
		 struct recording *run, struct err *err) MUST_CHECK;

#endif
