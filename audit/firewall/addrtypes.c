/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Address types (RTN_LOCAL, RTN_BROADCAST …) as `fib … type` and xt addrtype see them:
 * net/ipv4/fib_frontend.c: __inet_dev_addr_type(), net/ipv6/netfilter/nft_fib_ipv6.c.
 */
#include <linux/if_addr.h>

#include "audit/firewall/run.h"

static void take(struct scratch *scratch, struct ranges *rest, struct ranges *set,
		 struct ranges more)
{
	more = ranges_intersect(scratch, *rest, more);
	*rest = ranges_subtract(scratch, *rest, more);
	*set = ranges_union(scratch, *set, more);
}

/* IPv4 asks the table local alone; what it does not have is unicast, be there a route or not. */
static void types_ip4(struct run *run, const struct fw_link *link, struct addrtypes *out)
{
	struct scratch *scratch = run->scratch;
	struct ranges rest = ranges_of(scratch, range_all(AF_INET));

	take(scratch, &rest, &out->sets[RTN_MULTICAST],
	     ranges_of(scratch, range_prefix(AF_INET, 0xe0000000U, 4)));
	take(scratch, &rest, &out->sets[RTN_BROADCAST],
	     ranges_of(scratch, range_prefix(AF_INET, 0, 32)));
	take(scratch, &rest, &out->sets[RTN_BROADCAST],
	     ranges_of(scratch, range_prefix(AF_INET, 0xffffffffU, 32)));
	/* longest prefix first */
	for (const struct fw_route *at = run->model->host->routes; at; at = at->next) {
		unsigned type = at->type < ADDRTYPES ? at->type : RTN_UNICAST;

		if (at->family != AF_INET || at->table != RT_TABLE_LOCAL)
			continue;
		if (link && !route_is_by(at, link))
			type = RTN_UNICAST;
		take(scratch, &rest, &out->sets[type], ranges_of(scratch, at->to));
	}
	out->sets[RTN_UNICAST] = ranges_union(scratch, out->sets[RTN_UNICAST], rest);
}

static struct ranges addresses_of(struct run *run, const struct fw_link *link)
{
	struct ranges found = {0};

	for (const struct fw_address *at = run->model->host->addresses; at; at = at->next) {
		struct range here = {at->address, at->address};

		if (at->family == AF_INET6 && at->link == link->index &&
		    !(at->flags & IFA_F_TENTATIVE))
			found = ranges_union(run->scratch, found, ranges_of(run->scratch, here));
	}
	return found;
}

/* IPv6 looks for a route; with a link only its own addresses are local. */
static void types_ip6(struct run *run, const struct fw_link *link, struct addrtypes *out)
{
	struct scratch *scratch = run->scratch;
	struct ranges rest = ranges_of(scratch, range_all(AF_INET6));
	const struct reverse *reverse = addrtype_reverse(run);

	/* the unspecified address has a type of its own, and may not be asked for at all */
	take(scratch, &rest, &out->unknown, ranges_of(scratch, range_prefix(AF_INET6, 0, 128)));
	take(scratch, &rest, &out->unknown, reverse->sets[FW_REVERSE_UNKNOWN]);
	take(scratch, &rest, &out->sets[RTN_ANYCAST], reverse->networks);
	take(scratch, &rest, &out->sets[RTN_ANYCAST], reverse->sets[FW_REVERSE_ANYCAST]);
	take(scratch, &rest, &out->sets[RTN_LOCAL],
	     link ? addresses_of(run, link) : reverse->sets[FW_REVERSE_LOCAL]);
	take(scratch, &rest, &out->sets[RTN_UNREACHABLE], reverse->sets[FW_REVERSE_NONE]);
	take(scratch, &rest, &out->sets[RTN_BLACKHOLE], reverse->sets[FW_REVERSE_BLACKHOLE]);
	take(scratch, &rest, &out->sets[RTN_PROHIBIT], reverse->sets[FW_REVERSE_PROHIBIT]);
	take(scratch, &rest, &out->sets[RTN_MULTICAST],
	     ranges_of(scratch, range_prefix(AF_INET6, (u128)0xff << 120, 8)));
	out->sets[RTN_UNICAST] = rest;
}

bool addrtype_is_multicast(int family, u128 address)
{
	return family == AF_INET ? address >> 28 == 0xe : address >> 120 == 0xff;
}

const struct reverse *addrtype_reverse(struct run *run)
{
	static const struct reverse none;
	struct reverse *made;

	if (run->reverse)
		return run->reverse;
	made = scratch_alloc(run->scratch, 1, sizeof(*made));
	if (!made)
		return &none; /* nothing that follows counts any more */
	route_reverse(run->model->host, run->scratch, run->query->family, run->query->in, made);
	run->reverse = made;
	return made;
}

static struct addrtypes *work_out(struct run *run, const struct fw_link *link)
{
	struct addrtypes *made = scratch_alloc(run->scratch, 1, sizeof(*made));

	if (made && run->query->family == AF_INET)
		types_ip4(run, link, made);
	else if (made)
		types_ip6(run, link, made);
	return made;
}

/* `link` is NULL or the one that the packet comes in by. */
const struct addrtypes *addrtype_all(struct run *run, const struct fw_link *link)
{
	static const struct addrtypes none;
	const struct addrtypes **kept = &run->types[link != NULL];

	if (!*kept)
		*kept = work_out(run, link);
	return *kept ? *kept : &none; /* at the limit nothing that follows counts any more */
}

unsigned addrtype_of(const struct addrtypes *types, u128 address)
{
	for (unsigned type = 0; type < ADDRTYPES; type++) {
		if (ranges_has(types->sets[type], address))
			return type;
	}
	return ADDRTYPES;
}
