/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `harden reach`: one question to the firewall model. It is a probe like the others, in a registry
 * of its own, since its table is an answer and no fact of the host; the question comes by its
 * input.
 */
#ifndef AUDIT_REACH_H
#define AUDIT_REACH_H

#include "audit/probe.h"

/* Holds the one probe, "reach". */
extern const struct probe_entry reach_registry[];

/* The table that its input reads: one row. NULL: not given. */
#define REACH_QUESTION                                                                             \
	"CREATE TABLE question (namespace INTEGER, address TEXT NOT NULL, port INTEGER NOT NULL, " \
	"protocol TEXT NOT NULL, source TEXT, interface TEXT) STRICT"

#endif
