/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The two processes of one probe: the broker by fork, the jail from the nursery. */
#ifndef AUDIT_SPAWN_H
#define AUDIT_SPAWN_H

#include <sys/types.h>

#include "audit/broker.h"
#include "audit/nursery.h"

struct spawned {
	pid_t jail;
	pid_t broker;
	int rows_fd; /* main's end of the channel that rows come in by */
};

/*
 * Starts both. `broker` says what to serve; its jail_fd is set here.
 */
int spawn_probe(const struct nursery *nursery, struct broker *broker, const char *name,
		struct spawned *out, struct err *err) MUST_CHECK;

/* Ends both. Returns the wait status of the jail. */
int spawn_end(struct spawned *spawned);

#endif
