/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of addresses, against sets of small numbers as bits. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "audit/firewall/intervals.h"
#include "tests/tap.h"

#define MASK UINT64_C(0xffffffff)

static struct ranges of_bits(struct scratch *scratch, uint64_t bits)
{
	struct range items[64];
	size_t count = 0;

	for (unsigned i = 0; i < 64; i++) {
		if (bits >> i & 1)
			items[count++] = (struct range){i, i};
	}
	return ranges_from(scratch, items, count);
}

static uint64_t to_bits(struct ranges set)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < 64; i++)
		bits |= (uint64_t)ranges_has(set, i) << i;
	return bits;
}

static bool is_proper(struct ranges set)
{
	for (size_t i = 0; i < set.count; i++) {
		if (set.items[i].first > set.items[i].last ||
		    (i > 0 && set.items[i].first <= set.items[i - 1].last + 1))
			return false;
	}
	return true;
}

static void test_operations(struct scratch *scratch)
{
	bool is_right = true;

	for (unsigned i = 0; i < 2000; i++) {
		uint64_t x = ((uint64_t)rand() << 31 ^ (uint64_t)rand()) & MASK;
		uint64_t y = ((uint64_t)rand() << 31 ^ (uint64_t)rand()) & MASK;
		struct ranges a = of_bits(scratch, x & (uint64_t)rand());
		struct ranges b = of_bits(scratch, y | (uint64_t)rand() << 3);
		struct ranges both = ranges_intersect(scratch, a, b);
		struct ranges either = ranges_union(scratch, a, b);
		struct ranges without = ranges_subtract(scratch, a, b);

		is_right &= to_bits(both) == (to_bits(a) & to_bits(b)) && is_proper(both);
		is_right &= to_bits(either) == (to_bits(a) | to_bits(b)) && is_proper(either);
		is_right &= to_bits(without) == (to_bits(a) & ~to_bits(b)) && is_proper(without);
		scratch_reset(scratch);
	}
	(void)ok(is_right, "intersection, union and difference of 2000 pairs");
}

static void test_borders(struct scratch *scratch)
{
	struct ranges all6 = ranges_of(scratch, range_all(AF_INET6));
	struct ranges top = ranges_of(scratch, range_prefix(AF_INET6, ~(u128)0, 128));
	struct ranges bottom = ranges_of(scratch, range_prefix(AF_INET6, 0, 128));
	struct ranges rest = ranges_subtract(scratch, ranges_subtract(scratch, all6, top), bottom);

	(void)ok(rest.count == 1 && rest.items[0].first == 1 && rest.items[0].last == ~(u128)0 - 1,
		 "the first and the last IPv6 address are taken away");
	(void)ok(
	    ranges_equal(ranges_union(scratch, ranges_union(scratch, top, rest), bottom), all6),
	    "and put back");
	(void)ok(range_prefix(AF_INET, 0x0a010203, 0).last == 0xffffffffU &&
		     range_prefix(AF_INET, 0x0a010203, 8).first == 0x0a000000 &&
		     range_prefix(AF_INET, 0x0a010203, 32).last == 0x0a010203,
		 "prefixes of length 0, 8 and 32");
	(void)ok(range_all(AF_INET).last == 0xffffffffU && range_all(AF_INET6).last == ~(u128)0,
		 "all of a family");
	(void)ok(ranges_subtract(scratch, all6, all6).count == 0, "nothing is left of everything");
}

static void test_limit(struct arena *arena)
{
	struct scratch scratch;

	scratch_init(&scratch, arena, (size_t)200 << 10);
	while (scratch_alloc(&scratch, 1, 1000))
		;
	(void)ok(scratch.is_exhausted, "a scratch ends at its limit");
	scratch_reset(&scratch);
	(void)ok(!scratch.is_exhausted && scratch_alloc(&scratch, 1, 1000), "and begins anew");
	(void)ok(!scratch_alloc(&scratch, SIZE_MAX, 16) && scratch.is_exhausted,
		 "sizes that overflow are refused");
}

int main(void)
{
	struct scratch scratch;
	struct arena arena;

	arena_init(&arena, (size_t)64 << 20);
	scratch_init(&scratch, &arena, (size_t)16 << 20);
	test_operations(&scratch);
	test_borders(&scratch);
	test_limit(&arena);
	arena_done(&arena);
	return done();
}
