/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a process has mounted: lines of /proc/PID/mountinfo, proc_pid_mountinfo(5), as the kernel
 * writes them in show_mountinfo() (fs/proc_namespace.c).
 */
#ifndef AUDIT_MOUNTINFO_H
#define AUDIT_MOUNTINFO_H

#include <stdbool.h>

#include "lib/arena.h"
#include "lib/span.h"

struct mountinfo {
	struct span device; /* major:minor of the file system */
	struct span root;   /* which part of that is mounted */
	struct span target; /* where */
	struct span type;
	bool is_writable; /* the mount and the file system both are */
	bool is_deleted;  /* what was mounted is there no longer */
};

/*
 * One line. False where it is none. Texts are borrowed from the line, or where they have escapes
 * from the arena.
 */
bool mountinfo_read(struct span line, struct arena *arena, struct mountinfo *out);

/*
 * The path that mount `inner` shows, seen by way of mount `outer` of the same file system:
 * "" when it does not show there. In the arena.
 */
struct span mountinfo_source(const struct mountinfo *outer, const struct mountinfo *inner,
			     struct arena *arena);

#endif
