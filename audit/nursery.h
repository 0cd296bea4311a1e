/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] Where jails come from. The nursery is this program once more (argv: harden --nursery), in
 * an empty environment: so it has no memory of main's, and nor have the processes that it forks,
 * one for each probe. To exec each of them would do the same, and takes two milliseconds for the
 * dynamic linker alone. It reads nothing but main's orders.
 */
#ifndef AUDIT_NURSERY_H
#define AUDIT_NURSERY_H

#include <sys/types.h>

#include "audit/probe.h"

struct nursery {
	pid_t pid;
	int fd; /* orders go out by it; -1: not started */
};

int nursery_start(struct nursery *nursery, struct err *err) MUST_CHECK;

/*
 * Starts the jail of the probe of that name, which gets copies of both descriptors. *out is a child
 * of the caller, for whom it is to wait.
 */
int nursery_spawn(const struct nursery *nursery, const char *name, int broker_fd, int main_fd,
		  pid_t *out, struct err *err) MUST_CHECK;

/* The jails live on. Nothing is done when it was not started. */
void nursery_end(struct nursery *nursery);

/* main() of the nursery, and of the jails: the probes of all `registries`, up to NULL. Returns the
 * exit status. */
int nursery_main(const struct probe_entry *const *registries);

#endif
