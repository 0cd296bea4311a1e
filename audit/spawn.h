/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The two processes of one probe: the broker by fork, the jail by fork and exec. */
#ifndef AUDIT_SPAWN_H
#define AUDIT_SPAWN_H

#include <sys/types.h>

#include "audit/broker.h"

struct spawned {
	pid_t jail;
	pid_t broker;
	int rows_fd; /* main's end of the channel that rows come in by */
};

/*
 * Starts both. `broker` says what to serve; its jail_fd is set here. The jail is this program
 * again, with a memory of its own (argv: harden --jail NAME), in an empty environment.
 */
int spawn_probe(struct broker *broker, const char *name, struct spawned *out,
		struct err *err) MUST_CHECK;

/* Ends both. Returns the wait status of the jail. */
int spawn_end(struct spawned *spawned);

#endif
