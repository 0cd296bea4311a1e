/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Sets of sources and outcomes as text: see reached.h. */
#include <linux/netfilter.h>
#include <stdlib.h>
#include <string.h>

#include "audit/firewall/render.h"
#include "audit/reached.h"

#define MAX_SOURCES 7000 /* bytes of a list of sources */
#define MAX_RANGES 75U   /* of a list that rules compare; each is at most 90 bytes */

/* False when it was too long and has been cut. */
static bool put_ranges(struct buf *out, int family, struct ranges set)
{
	char text[INET_RANGE_TEXT_SIZE];
	size_t start = out->len;

	for (size_t i = 0; i < set.count; i++) {
		if (out->len - start > MAX_SOURCES) {
			buf_text(out, ", \xe2\x80\xa6");
			return false;
		}
		if (i > 0)
			buf_text(out, ", ");
		buf_text(out, inet_range_text(&(struct inet_range){family, set.items[i].first,
								   set.items[i].last},
					      text));
	}
	return true;
}

void reached_row_ranges(struct host *host, int family, struct ranges set)
{
	struct buf out auto_buf;

	buf_init(&out, PROBE_MAX_TEXT);
	if (!put_ranges(&out, family, set))
		host_incomplete(host, COVERAGE_PARTIAL, "a list of sources is too long to be kept");
	row_span(host, buf_span(&out));
}

/* ---- rounded ---- */

/* By size, the largest first. */
static int by_size(const void *a, const void *b)
{
	const struct range *x = a;
	const struct range *y = b;
	u128 first = x->last - x->first;
	u128 second = y->last - y->first;

	return (second > first) - (second < first);
}

/* The gaps between the ranges of a set. */
static struct range *gaps_of(struct scratch *scratch, struct ranges set)
{
	struct range *gaps = scratch_alloc(scratch, set.count, sizeof(*gaps));

	for (size_t i = 0; gaps && i + 1 < set.count; i++)
		gaps[i] = (struct range){set.items[i].last + 1, set.items[i + 1].first - 1};
	return gaps;
}

static struct ranges round_up(struct scratch *scratch, struct ranges set)
{
	const struct range ends = {set.items[0].first, set.items[set.count - 1].last};
	struct range *gaps = gaps_of(scratch, set);

	if (!gaps)
		return set;
	qsort(gaps, set.count - 1, sizeof(*gaps), by_size);
	return ranges_subtract(scratch, ranges_of(scratch, ends),
			       ranges_from(scratch, gaps, MAX_RANGES - 1));
}

static struct ranges round_down(struct scratch *scratch, struct ranges set)
{
	struct range *items = scratch_alloc(scratch, set.count, sizeof(*items));

	if (!items)
		return set;
	memcpy(items, set.items, set.count * sizeof(*items));
	qsort(items, set.count, sizeof(*items), by_size);
	return ranges_from(scratch, items, MAX_RANGES);
}

void reached_row_rounded(struct host *host, struct scratch *scratch, int family, struct ranges set,
			 bool is_up)
{
	if (set.count > MAX_RANGES)
		set = is_up ? round_up(scratch, set) : round_down(scratch, set);
	reached_row_ranges(host, family, set);
}

/* ---- chains and rules ---- */

static const char *family_name(uint8_t family)
{
	switch (family) {
	case NFPROTO_INET:
		return "inet";
	case NFPROTO_IPV4:
		return "ip";
	case NFPROTO_IPV6:
		return "ip6";
	case NFPROTO_ARP:
		return "arp";
	case NFPROTO_BRIDGE:
		return "bridge";
	case NFPROTO_NETDEV:
		return "netdev";
	default:
		return "?";
	}
}

void reached_put_chain(struct buf *out, const struct fw_chain *chain)
{
	buf_printf(out, "%s %s %s", family_name(chain->table->family), chain->table->name,
		   chain->name);
}

void reached_put_rule(struct buf *out, const struct fw_rule *rule)
{
	buf_printf(out, " handle %llu: ", (unsigned long long)rule->handle);
	render_rule_short(out, rule);
}

void reached_put_outcome(struct buf *out, const struct fw_outcome *outcome)
{
	if (outcome->chain)
		reached_put_chain(out, outcome->chain);
	if (outcome->rule)
		reached_put_rule(out, outcome->rule);
	else if (outcome->chain && !outcome->reason)
		buf_text(out, " policy");
	if (outcome->reason)
		buf_printf(out, "%s%s", outcome->chain ? ": " : "", outcome->reason);
}
