/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that are constants, parts of the source address, or in doubt: see run.h. */
#include <string.h>

#include "audit/firewall/run.h"

/* A mask with holes becomes many ranges: beyond this many the answer is unknown. */
#define MAX_RANGES_OF_MASK 4096U

struct sym sym_const(uint8_t value)
{
	return (struct sym){SYM_MASKED, 0, 0, value};
}

struct sym sym_doubt(enum fw_doubt doubt)
{
	return (struct sym){SYM_DOUBT, 0, 0, (uint8_t)doubt};
}

void sym_bytes(struct sym *out, const void *data, size_t len)
{
	const uint8_t *bytes = data;

	for (size_t i = 0; i < len; i++)
		out[i] = sym_const(bytes[i]);
}

void sym_pad(struct sym *at, size_t len)
{
	for (size_t i = len; i % 4 != 0; i++)
		at[i] = sym_const(0);
}

bool sym_is_const(const struct sym *at, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (at[i].kind != SYM_MASKED || at[i].mask != 0)
			return false;
	}
	return true;
}

void sym_read(const struct sym *at, size_t len, void *out)
{
	uint8_t *bytes = out;

	for (size_t i = 0; i < len; i++)
		bytes[i] = at[i].value;
}

/* A condition on the source address: its bits under `mask` are `value`. */
struct condition {
	u128 mask;
	u128 value;
	bool is_impossible;
};

static void require(struct condition *condition, const struct sym *sym, unsigned bits, uint8_t byte)
{
	unsigned shift = bits - 8 - 8U * sym->at;
	u128 mask = (u128)sym->mask << shift;
	u128 value = (u128)(uint8_t)((byte ^ sym->value) & sym->mask) << shift;

	if (((byte ^ sym->value) & ~sym->mask & 0xff) != 0 ||
	    ((condition->value ^ value) & condition->mask & mask))
		condition->is_impossible = true;
	condition->mask |= mask;
	condition->value |= value;
}

/* The addresses that meet a condition, as ranges: the free bits above the last fixed one vary. */
static enum sym_test solve(struct run *run, struct condition condition, struct ranges *set)
{
	struct range all = range_all(run->query->family);
	u128 low = condition.mask & -condition.mask;
	u128 tail = low - 1;
	u128 free = all.last & ~condition.mask & ~tail;
	struct range *items;
	size_t count = 1;
	size_t used = 0;
	u128 varied = 0;

	if (condition.is_impossible)
		return SYM_NEVER;
	if (condition.mask == 0)
		return SYM_ALWAYS;
	for (u128 rest = free; rest != 0; rest &= rest - 1) {
		count *= 2;
		if (count > MAX_RANGES_OF_MASK)
			return SYM_UNDECIDED;
	}
	items = scratch_alloc(run->scratch, count, sizeof(*items));
	if (!items)
		return SYM_UNDECIDED;
	do {
		items[used++] =
		    (struct range){condition.value | varied, condition.value | varied | tail};
		varied = (varied - free) & free;
	} while (varied != 0 && used < count);
	*set = (struct ranges){items, used};
	return SYM_SOMETIMES;
}

static enum sym_test equals(struct run *run, const struct sym *at, size_t len,
			    const uint8_t *wanted, struct sym_found *out)
{
	unsigned bits = inet_bits(run->query->family);
	struct condition condition = {0};
	bool is_doubtful = false;
	enum sym_test result;

	out->doubt = FW_BY_CHOICE;
	for (size_t i = 0; i < len; i++) {
		if (at[i].kind == SYM_MASKED) {
			require(&condition, &at[i], bits, wanted[i]);
			continue;
		}
		if (!is_doubtful || at[i].value < out->doubt)
			out->doubt = at[i].value;
		is_doubtful = true;
	}
	if (condition.is_impossible)
		return SYM_NEVER;
	if (is_doubtful)
		return SYM_UNDECIDED;
	result = solve(run, condition, &out->set);
	if (result == SYM_UNDECIDED)
		out->doubt = FW_NOT_MODELLED;
	return result;
}

/* Do the bytes hold the front of the source address, whole but for a prefix mask's rest? */
static bool is_front_of_source(const struct sym *at, size_t len, unsigned bits, u128 *mask)
{
	*mask = 0;
	for (size_t i = 0; i < len; i++) {
		if (at[i].kind != SYM_MASKED || at[i].value != 0 || i * 8 >= bits)
			return false;
		if (at[i].mask != 0 && at[i].at != i)
			return false;
		*mask |= (u128)at[i].mask << (bits - 8 - 8 * i);
	}
	/* a prefix mask is ones above zeros */
	return ((~*mask & (~(u128)0 >> (128 - bits))) &
		((~*mask & (~(u128)0 >> (128 - bits))) + 1)) == 0;
}

/* Sources whose front, under a prefix mask, is from `low` to `high`. */
static enum sym_test front_within(struct run *run, struct range wanted, u128 mask,
				  struct ranges *set)
{
	u128 all = range_all(run->query->family).last;
	u128 free = ~mask & all;

	/* (s & mask) >= first: s is at least the first multiple of the mask's step from there on */
	if (wanted.first & free) {
		if ((wanted.first | free) == all)
			return SYM_NEVER;
		wanted.first = (wanted.first | free) + 1;
	}
	wanted.last |= free;
	if (wanted.first > wanted.last)
		return SYM_NEVER;
	*set = ranges_of(run->scratch, wanted);
	return SYM_SOMETIMES;
}

enum sym_test sym_within(struct run *run, const struct sym *at, size_t len, const uint8_t *low,
			 const uint8_t *high, struct sym_found *out)
{
	unsigned bits = inet_bits(run->query->family);
	uint8_t bytes[FW_REGISTER_BYTES];
	struct range wanted;
	u128 mask;

	if (memcmp(low, high, len) == 0)
		return equals(run, at, len, low, out);
	if (memcmp(low, high, len) > 0)
		return SYM_NEVER;
	if (sym_is_const(at, len)) {
		sym_read(at, len, bytes);
		return memcmp(low, bytes, len) <= 0 && memcmp(bytes, high, len) <= 0 ? SYM_ALWAYS
										     : SYM_NEVER;
	}
	out->doubt = at[0].kind == SYM_DOUBT ? (enum fw_doubt)at[0].value : FW_NOT_MODELLED;
	if (len * 8 > bits || !is_front_of_source(at, len, bits, &mask))
		return SYM_UNDECIDED;
	wanted.first = inet_number(low, len) << (bits - len * 8);
	wanted.last = inet_number(high, len) << (bits - len * 8);
	wanted.last |= ((u128)1 << (bits - len * 8)) - 1;
	return front_within(run, wanted, mask, &out->set);
}

struct match match_const(const struct flow *flow, bool is_true)
{
	return is_true ? (struct match){flow->sources, {0}} : (struct match){{0}, flow->sources};
}

struct match match_set(struct run *run, const struct flow *flow, struct ranges set)
{
	return (struct match){ranges_intersect(run->scratch, flow->sources, set),
			      ranges_subtract(run->scratch, flow->sources, set)};
}

struct match match_doubt(struct run *run, const struct flow *flow, enum fw_doubt doubt,
			 const char *reason)
{
	run_doubt(run, flow->sources, doubt, reason);
	return (struct match){flow->sources, flow->sources};
}

struct match match_not(struct match match)
{
	return (struct match){match.no, match.yes};
}

struct match match_and(struct run *run, struct match a, struct match b)
{
	return (struct match){ranges_intersect(run->scratch, a.yes, b.yes),
			      ranges_union(run->scratch, a.no, b.no)};
}

struct match match_within(struct run *run, const struct flow *flow, const struct sym *at,
			  size_t len, const void *low, const void *high)
{
	struct sym_found found = {{0}, FW_NOT_MODELLED};

	switch (sym_within(run, at, len, low, high, &found)) {
	case SYM_NEVER:
		return match_const(flow, false);
	case SYM_ALWAYS:
		return match_const(flow, true);
	case SYM_SOMETIMES:
		return match_set(run, flow, found.set);
	case SYM_UNDECIDED:
	default:
		return match_doubt(run, flow, found.doubt, "a value that the model does not have");
	}
}
