/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stage 1: runs the probes, as many side by side as their inputs allow, and puts their rows into
 * the store. What became of each is a row of coverage("table", status, detail, ms).
 */
#ifndef AUDIT_COLLECT_H
#define AUDIT_COLLECT_H

#include <stdbool.h>

#include "audit/given.h"
#include "audit/probe.h"
#include "audit/trial.h"
#include "lib/store.h"

/* How many probes run at the same time; each is two processes. */
#define COLLECT_PARALLEL 6
/* Bytes of text in one table; beyond them the probe floods, and is ended. */
#define COLLECT_MAX_BYTES ((size_t)256 << 20)

struct collect {
	const struct probe_entry *registry;
	const struct given *given;
	const struct trial *trial; /* a ruleset that stands for a live one; NULL: none */
	int timeout_ms;            /* of each probe */
	int record_fd;             /* folder to record into; -1: none */
	int replay_fd; /* folder of a recording that stands for the host; -1: the live host */
};

/* Creates the table of each probe of the registry, and `coverage`. */
int collect_create_tables(const struct probe_entry *registry, struct store *store,
			  struct err *err) MUST_CHECK;

/*
 * Collects the tables whose wanted[i] is true (i counts the registry), and those that they have
 * as input. A probe that fails is no error: coverage says so. -1: the run itself cannot go on.
 */
int collect_run(const struct collect *collect, struct store *store, const bool *wanted,
		struct err *err) MUST_CHECK;

#endif
