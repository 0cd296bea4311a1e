/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of addresses: see intervals.h. */
#include "audit/firewall/intervals.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES ((size_t)64 << 10)

struct scratch_chunk {
	struct scratch_chunk *next;
	size_t size;
	size_t used;
	alignas(max_align_t) unsigned char bytes[];
};

void scratch_init(struct scratch *scratch, struct arena *arena, size_t limit)
{
	*scratch = (struct scratch){.arena = arena, .limit = limit};
}

void scratch_reset(struct scratch *scratch)
{
	for (struct scratch_chunk *at = scratch->first; at; at = at->next)
		at->used = 0;
	scratch->current = scratch->first;
	scratch->is_exhausted = false;
}

/* The next chunk with room for `bytes`: one from an earlier query, or a new one. */
static struct scratch_chunk *next_chunk(struct scratch *scratch, size_t bytes)
{
	struct scratch_chunk **link = scratch->current ? &scratch->current->next : &scratch->first;
	size_t size = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
	struct scratch_chunk *chunk;

	for (; *link; link = &(*link)->next) {
		if ((*link)->used == 0 && (*link)->size >= bytes)
			return *link;
	}
	if (size > scratch->limit - scratch->taken) {
		scratch->is_exhausted = true;
		return NULL;
	}
	chunk = arena_alloc(scratch->arena, 1, sizeof(*chunk) + size);
	chunk->size = size;
	scratch->taken += size;
	*link = chunk;
	return chunk;
}

void *scratch_alloc(struct scratch *scratch, size_t count, size_t size)
{
	struct scratch_chunk *chunk = scratch->current;
	unsigned char *at;
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > scratch->limit) {
		scratch->is_exhausted = true;
		return NULL;
	}
	bytes = (bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (!chunk || bytes > chunk->size - chunk->used) {
		chunk = next_chunk(scratch, bytes);
		if (!chunk)
			return NULL;
		scratch->current = chunk;
	}
	at = chunk->bytes + chunk->used;
	chunk->used += bytes;
	memset(at, 0, bytes);
	return at;
}

struct range range_all(int family)
{
	return (struct range){0, ~(u128)0 >> (128 - inet_bits(family))};
}

struct range range_prefix(int family, u128 address, unsigned length)
{
	u128 all = range_all(family).last;
	u128 host = length == 0 ? all : (all >> (length - 1)) >> 1;

	return (struct range){address & ~host, address | host};
}

struct ranges ranges_of(struct scratch *scratch, struct range range)
{
	struct range *items = scratch_alloc(scratch, 1, sizeof(*items));

	if (!items)
		return (struct ranges){0};
	*items = range;
	return (struct ranges){items, 1};
}

static int compare(const void *a, const void *b)
{
	const struct range *left = a;
	const struct range *right = b;

	if (left->first != right->first)
		return left->first < right->first ? -1 : 1;
	return (left->last > right->last) - (left->last < right->last);
}

/* Puts a range that begins at or behind the last one behind it, or lengthens that one. */
static size_t append(struct range *items, size_t count, struct range range)
{
	struct range *last = count > 0 ? &items[count - 1] : NULL;

	if (last && (last->last == ~(u128)0 || range.first <= last->last + 1)) {
		if (range.last > last->last)
			last->last = range.last;
		return count;
	}
	items[count] = range;
	return count + 1;
}

struct ranges ranges_from(struct scratch *scratch, struct range *items, size_t count)
{
	struct range *out = scratch_alloc(scratch, count, sizeof(*out));
	size_t used = 0;

	if (!out)
		return (struct ranges){0};
	qsort(items, count, sizeof(*items), compare);
	for (size_t i = 0; i < count; i++)
		used = append(out, used, items[i]);
	return (struct ranges){out, used};
}

struct ranges ranges_union(struct scratch *scratch, struct ranges a, struct ranges b)
{
	struct range *out;
	size_t used = 0;
	size_t i = 0;
	size_t j = 0;

	if (a.count == 0 || b.count == 0)
		return a.count == 0 ? b : a;
	out = scratch_alloc(scratch, a.count + b.count, sizeof(*out));
	if (!out)
		return (struct ranges){0};
	while (i < a.count || j < b.count) {
		if (j == b.count || (i < a.count && a.items[i].first <= b.items[j].first))
			used = append(out, used, a.items[i++]);
		else
			used = append(out, used, b.items[j++]);
	}
	return (struct ranges){out, used};
}

/* The first of the set's ranges that does not end before `address`. */
static size_t seek(struct ranges set, u128 address)
{
	size_t low = 0;
	size_t high = set.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (set.items[middle].last < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct ranges ranges_intersect(struct scratch *scratch, struct ranges a, struct ranges b)
{
	struct range *out;
	size_t used = 0;
	size_t i;
	size_t j;

	if (a.count == 0 || b.count == 0)
		return (struct ranges){0};
	out = scratch_alloc(scratch, a.count + b.count, sizeof(*out));
	if (!out)
		return (struct ranges){0};
	i = seek(a, b.items[0].first);
	j = seek(b, a.items[0].first);
	while (i < a.count && j < b.count) {
		struct range x = a.items[i];
		struct range y = b.items[j];
		struct range both = {x.first > y.first ? x.first : y.first,
				     x.last < y.last ? x.last : y.last};

		if (both.first <= both.last)
			out[used++] = both;
		if (x.last < y.last)
			i++;
		else
			j++;
	}
	return (struct ranges){out, used};
}

struct ranges ranges_subtract(struct scratch *scratch, struct ranges a, struct ranges b)
{
	struct range *out;
	size_t used = 0;
	size_t j;

	if (a.count == 0 || b.count == 0)
		return a;
	out = scratch_alloc(scratch, a.count + b.count, sizeof(*out));
	if (!out)
		return (struct ranges){0};
	j = seek(b, a.items[0].first);
	for (size_t i = 0; i < a.count; i++) {
		struct range rest = a.items[i];
		bool is_used_up = false;

		while (j < b.count && b.items[j].last < rest.first)
			j++;
		for (size_t k = j; k < b.count && b.items[k].first <= rest.last; k++) {
			if (b.items[k].first > rest.first)
				out[used++] = (struct range){rest.first, b.items[k].first - 1};
			is_used_up = b.items[k].last >= rest.last;
			if (is_used_up)
				break;
			rest.first = b.items[k].last + 1;
		}
		if (!is_used_up)
			out[used++] = rest;
	}
	return (struct ranges){out, used};
}

bool ranges_has(struct ranges set, u128 address)
{
	size_t at = seek(set, address);

	return at < set.count && set.items[at].first <= address;
}

bool ranges_equal(struct ranges a, struct ranges b)
{
	if (a.count != b.count)
		return false;
	for (size_t i = 0; i < a.count; i++) {
		if (a.items[i].first != b.items[i].first || a.items[i].last != b.items[i].last)
			return false;
	}
	return true;
}
