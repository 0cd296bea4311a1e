/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Where foreign bytes are read. jail_enter() gives up everything for good: user nobody, no
 * capability, no_new_privs, resource limits, and a seccomp filter that kills the process at the
 * first system call that is not on the list in jail.c. What was open stays open.
 */
#ifndef AUDIT_JAIL_H
#define AUDIT_JAIL_H

#include "lib/err.h"

/*
 * Not to be root any more: uid and gid nobody, no groups, no capability in any set,
 * no_new_privs. Without the rights of root to begin with, only no_new_privs is new.
 */
int jail_drop_root(struct err *err) MUST_CHECK;

/*
 * Closes what the caller of the program left open: all but 0 to 2 and what is close-on-exec, as
 * everything of ours is. For a process that goes to jail without an exec.
 */
void jail_close_inherited(void);

/* jail_drop_root(), the limits and the filter. There is no way back. */
int jail_enter(struct err *err) MUST_CHECK;

/*
 * main() of the jailed process that the nursery forks: descriptors 3 and 4 are its channels.
 * `registry` holds the probe `name`. Returns the exit status.
 */
struct probe_entry;
int jail_main(const struct probe_entry *registry, const char *name);

#endif
