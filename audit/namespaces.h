/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] The network namespaces of this host, each once, as far as a path leads to them: the
 * host's own, named ones (/run/netns, as ip-netns(8) makes them), Docker's, and those of every
 * process. A namespace that only an open socket keeps alive has no path: nothing can list it.
 */
#ifndef AUDIT_NAMESPACES_H
#define AUDIT_NAMESPACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

struct namespaces {
	struct namespace
	{
		uint64_t inode;
		char path[64];
	}
	*items; /* the first one is the host's */
	size_t count;
	bool is_denied; /* some process would not show its namespace */
};

void namespaces_find(struct namespaces *out);
void namespaces_done(struct namespaces *namespaces);

/*
 * Moves this process into the namespace. The process that led to it may have ended; then another
 * one that lives in it will do. -1 with errno: ENOENT when the namespace has gone meanwhile, EACCES
 * when that cannot be told from one that some process hides.
 */
int namespaces_enter(const struct namespace *which);

#endif
