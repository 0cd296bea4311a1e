/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sets of addresses of one family, as sorted ranges that neither overlap nor touch. A query makes
 * many short-lived ones, so their memory is a scratch that each query starts anew; it has a limit,
 * and a query that meets it is answered "unknown" rather than ended.
 */
#ifndef AUDIT_FIREWALL_INTERVALS_H
#define AUDIT_FIREWALL_INTERVALS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/arena.h"
#include "lib/inet.h"

struct scratch {
	struct arena *arena;
	struct scratch_chunk *first;
	struct scratch_chunk *current;
	size_t taken; /* bytes of all chunks */
	size_t limit;
	bool is_exhausted; /* the limit was met: what was built since then is meaningless */
};

void scratch_init(struct scratch *scratch, struct arena *arena, size_t limit);
/* Forgets all that was handed out; the memory is used again. */
void scratch_reset(struct scratch *scratch);
/* Zeroed memory, or NULL at the limit. */
void *scratch_alloc(struct scratch *scratch, size_t count, size_t size);

struct range {
	u128 first;
	u128 last; /* inclusive */
};

struct ranges {
	const struct range *items;
	size_t count;
};

/* All addresses of the family, or of a prefix; the result is one range. */
struct range range_all(int family);
struct range range_prefix(int family, u128 address, unsigned length);

/* A set of one range, copied. */
struct ranges ranges_of(struct scratch *scratch, struct range range);
/* Any ranges in any order, as a set. Sorts `items` in place. */
struct ranges ranges_from(struct scratch *scratch, struct range *items, size_t count);

struct ranges ranges_union(struct scratch *scratch, struct ranges a, struct ranges b);
struct ranges ranges_intersect(struct scratch *scratch, struct ranges a, struct ranges b);
/* a without b */
struct ranges ranges_subtract(struct scratch *scratch, struct ranges a, struct ranges b);

bool ranges_has(struct ranges set, u128 address);
bool ranges_equal(struct ranges a, struct ranges b);

#endif
