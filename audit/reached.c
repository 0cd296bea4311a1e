/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What an answer of the firewall model means: see reached.h. */
#include "audit/reached.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <string.h>

#define MAX_SOURCES 7000 /* bytes of a list of sources */

bool reached_is_link_local(int family, u128 address)
{
	return family == AF_INET6 && address >> 118 == 0xfe80 >> 6;
}

/* The namespace of this host, other than the model's own, that has the address; or NULL. */
static const struct world_namespace *
owner_of(const struct world *world, const struct fw_model *model, int family, u128 address)
{
	for (const struct world_namespace *at = world->first; at; at = at->next)
		for (const struct fw_address *own = at->host.addresses; own; own = own->next)
			if (&at->model != model && own->family == family && own->address == address)
				return at;
	return NULL;
}

/* Nothing in the way behind the forwarding: no namespace of ours, or one without rules. */
static bool is_open_behind(const struct world *world, const struct fw_model *model,
			   const struct fw_query *query, const struct fw_outcome *outcome)
{
	const struct world_namespace *owner = owner_of(world, model, query->family, outcome->daddr);

	return !owner || (owner->ruleset.rule_count == 0 && !owner->model.incomplete);
}

static bool is_wanted(const struct fw_query *query, const struct fw_outcome *outcome,
		      bool follows_forward)
{
	if (outcome->fate == FW_FORWARDED)
		return follows_forward;
	return outcome->fate == FW_LOCAL && (follows_forward || (outcome->daddr == query->daddr &&
								 outcome->dport == query->dport));
}

static bool is_drop(const struct fw_outcome *outcome)
{
	return outcome->fate == FW_DROPPED || outcome->fate == FW_REJECTED;
}

/*
 * Of what is not known, that which rests on time alone comes in now and then, and that which rests
 * on the sender's choice comes in if he likes. Only where it may come in at all: `here`.
 */
static void sort_doubts(struct scratch *scratch, const struct fw_answer *answer, struct ranges here,
			struct reached *reached)
{
	struct ranges soft =
	    ranges_subtract(scratch, ranges_intersect(scratch, reached->unknown, here),
			    answer->doubts[FW_NOT_MODELLED]);
	struct ranges chosen;

	reached->temporal = ranges_intersect(scratch, soft, answer->doubts[FW_BY_TIME]);
	chosen = ranges_intersect(scratch, ranges_subtract(scratch, soft, reached->temporal),
				  answer->doubts[FW_BY_CHOICE]);
	reached->sources = ranges_union(scratch, reached->sources, chosen);
	reached->unknown = ranges_subtract(scratch, reached->unknown,
					   ranges_union(scratch, chosen, reached->temporal));
}

static void set_reason(const struct fw_answer *answer, struct reached *reached, bool is_behind)
{
	if (reached->unknown.count > 0)
		reached->reason = answer->reasons[FW_NOT_MODELLED];
	else if (reached->temporal.count > 0)
		reached->reason = answer->reasons[FW_BY_TIME];
	if (reached->unknown.count > 0 && !reached->reason)
		reached->reason = is_behind ? "rules of the namespace behind are not walked"
					    : "rules may lead to more than one place";
}

struct reached reached_of(struct world *world, struct fw_model *model, const struct fw_query *query,
			  const struct fw_answer *answer, bool follows_forward)
{
	struct scratch *scratch = &model->scratch;
	struct ranges here = {0};
	struct ranges elsewhere = {0};
	struct ranges behind = {0}; /* gets as far as another namespace's rules */
	struct reached reached = {0};

	for (const struct fw_outcome *at = answer->outcomes; at; at = at->next) {
		bool wanted = is_wanted(query, at, follows_forward);
		struct ranges *which = wanted ? &here : &elsewhere;

		*which = ranges_union(scratch, *which, at->sources);
		if (is_drop(at) && (!reached.blocked || (!reached.blocked->chain && at->chain)))
			reached.blocked = at;
		if (wanted && at->fate == FW_FORWARDED) {
			reached.forwarded = at;
			if (!is_open_behind(world, model, query, at))
				behind = ranges_union(scratch, behind, at->sources);
		}
	}
	reached.sources = ranges_intersect(
	    scratch, answer_reachable(model, answer),
	    ranges_subtract(scratch, ranges_subtract(scratch, here, elsewhere), behind));
	reached.unknown = ranges_subtract(
	    scratch, ranges_union(scratch, here, answer_unknown(model, answer)), reached.sources);
	sort_doubts(scratch, answer, ranges_subtract(scratch, here, behind), &reached);
	set_reason(answer, &reached, behind.count > 0);
	return reached;
}

/* ---- as text ---- */

static bool is_prefix(const struct range *range, unsigned bits, unsigned *length)
{
	for (*length = 0; *length <= bits; (*length)++) {
		u128 rest =
		    *length == 0 ? ~(u128)0 >> (128 - bits) : ((u128)1 << (bits - *length)) - 1;

		if ((range->first & rest) == 0 && (range->first | rest) == range->last)
			return true;
	}
	return false;
}

static void put_range(struct buf *out, int family, const struct range *range)
{
	char first[INET_TEXT_SIZE];
	char last[INET_TEXT_SIZE];
	unsigned length;

	(void)inet_text(family, range->first, first);
	(void)inet_text(family, range->last, last);
	if (is_prefix(range, inet_bits(family), &length))
		buf_printf(out, "%s/%u", first, length);
	else
		buf_printf(out, "%s-%s", first, last);
}

/* False when it was too long and has been cut. */
static bool put_ranges(struct buf *out, int family, struct ranges set)
{
	size_t start = out->len;

	for (size_t i = 0; i < set.count; i++) {
		if (out->len - start > MAX_SOURCES) {
			buf_text(out, ", \xe2\x80\xa6");
			return false;
		}
		if (i > 0)
			buf_text(out, ", ");
		put_range(out, family, &set.items[i]);
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

void reached_put_outcome(struct buf *out, const struct fw_outcome *outcome)
{
	if (outcome->chain)
		reached_put_chain(out, outcome->chain);
	if (outcome->rule)
		buf_printf(out, " handle %llu", (unsigned long long)outcome->rule->handle);
	else if (outcome->chain && !outcome->reason)
		buf_text(out, " policy");
	if (outcome->reason)
		buf_printf(out, "%s%s", outcome->chain ? ": " : "", outcome->reason);
}
