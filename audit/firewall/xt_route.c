/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matches that ask where the packet comes from or where routing would send an answer: see xt.c. */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/xt_addrtype.h>
#include <linux/netfilter/xt_mac.h>
#include <linux/netfilter/xt_owner.h>
#include <linux/netfilter/xt_physdev.h>
#include <linux/netfilter/xt_rpfilter.h>

#include "audit/firewall/xt.h"

/* ---- addrtype (net/netfilter/xt_addrtype.c) ---- */

static struct match in_doubt(const struct asked *at, const char *reason)
{
	return match_doubt(at->run, at->flow, FW_NOT_MODELLED, reason);
}

/* Addresses of one of the types. */
static struct ranges of_types_ip4(const struct asked *at, uint16_t mask, const struct fw_link *link)
{
	struct scratch *scratch = at->run->scratch;
	struct ranges found = {0};
	const struct addrtypes *types = addrtype_all(at->run, link);

	for (unsigned type = 0; type < ADDRTYPES; type++) {
		if (mask & 1U << type)
			found = ranges_union(scratch, found, types->sets[type]);
	}
	return found;
}

/* Addresses of any link under fe80::/10, which a question without a link is about. */
static struct ranges scoped_addresses(const struct asked *at)
{
	struct scratch *scratch = at->run->scratch;
	struct ranges found = {0};

	for (const struct fw_address *own = at->run->model->host->addresses; own; own = own->next) {
		struct range here = {own->address, own->address};

		if (own->family == AF_INET6 && own->address >> 118 == 0x3fa)
			found = ranges_union(scratch, found, ranges_of(scratch, here));
	}
	return found;
}

/* match_lookup_rt6(): whatever refuses is unreachable. */
static struct ranges routed_ip6(const struct asked *at, uint16_t mask, const struct fw_link *link,
				struct ranges *unknown)
{
	struct scratch *scratch = at->run->scratch;
	struct ranges scoped = ranges_of(scratch, range_prefix(AF_INET6, (u128)0xfe80 << 112, 10));
	struct ranges multicast = ranges_of(scratch, range_prefix(AF_INET6, (u128)0xff << 120, 8));
	struct ranges found = {0};
	const struct addrtypes *types = addrtype_all(at->run, link);

	*unknown = types->unknown;
	if (mask & XT_ADDRTYPE_LOCAL)
		found = types->sets[RTN_LOCAL];
	if ((mask & XT_ADDRTYPE_LOCAL) && !link)
		found = ranges_union(scratch, ranges_subtract(scratch, found, scoped),
				     scoped_addresses(at));
	if (mask & XT_ADDRTYPE_ANYCAST)
		found = ranges_union(scratch, found, types->sets[RTN_ANYCAST]);
	if (mask & XT_ADDRTYPE_UNREACHABLE) {
		found = ranges_union(scratch, found, types->sets[RTN_UNREACHABLE]);
		found = ranges_union(scratch, found, types->sets[RTN_BLACKHOLE]);
		found = ranges_union(scratch, found, types->sets[RTN_PROHIBIT]);
	}
	if (mask & (XT_ADDRTYPE_ANYCAST | XT_ADDRTYPE_UNREACHABLE)) {
		*unknown = ranges_union(scratch, *unknown, multicast);
		if (!link)
			*unknown = ranges_union(scratch, *unknown, scoped);
	}
	return found;
}

/*
 * match_type6(): multicast, unicast and unspecified go by the address alone and must all hold, the
 * others by a route.
 */
static struct ranges of_types_ip6(const struct asked *at, uint16_t mask, const struct fw_link *link,
				  struct ranges *unknown)
{
	struct scratch *scratch = at->run->scratch;
	struct ranges multicast = ranges_of(scratch, range_prefix(AF_INET6, (u128)0xff << 120, 8));
	struct ranges zero = ranges_of(scratch, range_prefix(AF_INET6, 0, 128));
	struct ranges found = ranges_of(scratch, range_all(AF_INET6));

	if (mask & (XT_ADDRTYPE_LOCAL | XT_ADDRTYPE_ANYCAST | XT_ADDRTYPE_UNREACHABLE))
		found = routed_ip6(at, mask, link, unknown);
	if (mask & XT_ADDRTYPE_MULTICAST)
		found = ranges_intersect(scratch, found, multicast);
	if (mask & XT_ADDRTYPE_UNICAST)
		found = ranges_subtract(scratch, ranges_subtract(scratch, found, multicast), zero);
	if (mask & XT_ADDRTYPE_UNSPEC)
		found = ranges_intersect(scratch, found, zero);
	return found;
}

static struct match source_is(const struct asked *at, struct ranges found, struct ranges unknown)
{
	struct scratch *scratch = at->run->scratch;
	struct match match = match_set(at->run, at->flow, ranges_subtract(scratch, found, unknown));

	if (at->flow->is_source_changed)
		return in_doubt(at, "the type of a source that was changed");
	unknown = ranges_intersect(scratch, at->flow->sources, unknown);
	if (unknown.count > 0)
		run_doubt(at->run, unknown, FW_NOT_MODELLED, "the route to the source");
	match.yes = ranges_union(scratch, match.yes, unknown);
	return match;
}

static struct match has_type(const struct asked *at, uint16_t mask, const struct fw_link *link,
			     bool is_source)
{
	struct ranges unknown = {0};
	struct ranges found = at->run->query->family == AF_INET
				  ? of_types_ip4(at, mask, link)
				  : of_types_ip6(at, mask, link, &unknown);

	if (is_source)
		return source_is(at, found, unknown);
	if (ranges_has(unknown, at->flow->daddr))
		return in_doubt(at, "the route to the destination");
	return match_const(at->flow, ranges_has(found, at->flow->daddr));
}

struct match xt_match_addrtype(const struct asked *at)
{
	struct xt_addrtype_info_v1 info;
	struct match match = match_const(at->flow, true);
	const struct fw_link *link;

	memcpy(&info, at->info, sizeof(info));
	if (info.flags & XT_ADDRTYPE_LIMIT_IFACE_OUT)
		return in_doubt(at, "addrtype of a link");
	link = info.flags & XT_ADDRTYPE_LIMIT_IFACE_IN ? at->run->query->in : NULL;
	if (info.source)
		match = xt_invert_if(has_type(at, info.source, link, true),
				     info.flags & XT_ADDRTYPE_INVERT_SOURCE);
	if (info.dest)
		match = match_and(at->run, match,
				  xt_invert_if(has_type(at, info.dest, link, false),
					       info.flags & XT_ADDRTYPE_INVERT_DEST));
	return match;
}

/* ---- rpfilter (net/ipv4/netfilter/ipt_rpfilter.c, net/ipv6/netfilter/ip6t_rpfilter.c) ---- */

/* Sources to which an answer would go out by the link that they came in by. */
static struct ranges reverse_ip4(const struct asked *at, const struct reverse *reverse,
				 uint8_t flags)
{
	struct scratch *scratch = at->run->scratch;
	struct ranges found = reverse->sets[FW_REVERSE_UNICAST];
	u128 daddr = at->flow->daddr;

	if (flags & XT_RPFILTER_ACCEPT_LOCAL)
		found = ranges_union(scratch, found, reverse->sets[FW_REVERSE_LOCAL]);
	if (!(flags & XT_RPFILTER_LOOSE))
		found = ranges_intersect(scratch, found, reverse->by_link);
	if (daddr == 0xffffffffU || daddr >> 8 == 0xe00000U)
		found =
		    ranges_union(scratch, found, ranges_of(scratch, range_prefix(AF_INET, 0, 32)));
	return found;
}

/* IPv6 prefers the route by that link, be its metric what it may: rt6_device_match() */
static struct ranges reverse_ip6(const struct asked *at, const struct reverse *reverse,
				 uint8_t flags)
{
	struct scratch *scratch = at->run->scratch;
	struct ranges found = reverse->sets[FW_REVERSE_UNICAST];

	if (!(flags & XT_RPFILTER_LOOSE))
		found = ranges_intersect(scratch, found, reverse->some_by_link);
	if (flags & XT_RPFILTER_ACCEPT_LOCAL)
		found = ranges_union(scratch, found, reverse->sets[FW_REVERSE_LOCAL]);
	return ranges_union(scratch, found, ranges_of(scratch, range_prefix(AF_INET6, 0, 128)));
}

struct match xt_match_rpfilter(const struct asked *at)
{
	struct scratch *scratch = at->run->scratch;
	int family = at->run->query->family;
	struct xt_rpfilter_info info;
	const struct reverse *reverse = addrtype_reverse(at->run);
	struct ranges found;
	struct ranges unknown;

	memcpy(&info, at->info, sizeof(info));
	found = family == AF_INET ? reverse_ip4(at, reverse, info.flags)
				  : reverse_ip6(at, reverse, info.flags);
	unknown = ranges_subtract(scratch, reverse->sets[FW_REVERSE_UNKNOWN], found);
	return xt_invert_if(source_is(at, found, unknown), info.flags & XT_RPFILTER_INVERT);
}

/* ---- of the link ---- */

/*
 * net/netfilter/xt_mac.c. Who is on the link chooses its own address; what comes from behind a
 * router has the router's, which nobody here knows.
 */
struct match xt_match_mac(const struct asked *at)
{
	struct run *run = at->run;
	struct scratch *scratch = run->scratch;
	const struct reverse *reverse = addrtype_reverse(run);
	struct ranges here;

	if (run->query->in->type != 1) /* ARPHRD_ETHER */
		return match_const(at->flow, false);
	here = ranges_intersect(scratch, at->flow->sources,
				ranges_subtract(scratch, reverse->by_link, reverse->by_gateway));
	run_doubt(run, here, FW_BY_CHOICE, "the hardware address");
	run_doubt(run, ranges_subtract(scratch, at->flow->sources, here), FW_NOT_MODELLED,
		  "the hardware address of a router");
	return (struct match){at->flow->sources, at->flow->sources};
}

/* net/netfilter/xt_owner.c: owner_mt() without a socket, which only packets of this host have */
struct match xt_match_owner(const struct asked *at)
{
	struct xt_owner_match_info info;

	memcpy(&info, at->info, sizeof(info));
	return match_const(at->flow, (info.match ^ info.invert) == 0);
}

/*
 * net/netfilter/xt_physdev.c: physdev_mt() of a packet that no bridge has seen; on one,
 * br_netfilter may have left notes on it.
 */
struct match xt_match_physdev(const struct asked *at)
{
	struct xt_physdev_info info;

	memcpy(&info, at->info, sizeof(info));
	if (host_is_on_bridge(at->run->model->host, at->run->query->in))
		return in_doubt(at, "a bridge's port");
	return match_const(at->flow,
			   (info.bitmask & (uint8_t)~info.invert & XT_PHYSDEV_OP_MASK) == 0);
}
