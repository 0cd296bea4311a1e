/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The index of a Git repository: which files are in it. */
#ifndef AUDIT_COMPOSE_GIT_INDEX_H
#define AUDIT_COMPOSE_GIT_INDEX_H

#include <stdbool.h>

#include "lib/err.h"
#include "lib/span.h"

#define GIT_INDEX_MAX_PATH 4096U

/* Is the path, relative to the top of the working tree, an entry of the index file? */
int git_index_holds(struct span index, struct span path, bool *out, struct err *err) MUST_CHECK;

#endif
