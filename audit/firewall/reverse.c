/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the routing tables would send an answer to each source: what `fib saddr`, xt rpfilter and
 * the address types of IPv6 ask (net/ipv4/fib_rules.c, net/ipv6/fib6_rules.c: without rules of
 * one's own the tables local, main and default, in that order).
 */
#include <linux/rtnetlink.h>

#include "audit/firewall/host.h"
#include "lib/own.h"

bool route_is_by(const struct fw_route *route, const struct fw_link *link)
{
	for (unsigned i = 0; i < route->link_count; i++) {
		if (route->links[i] == link->index)
			return true;
	}
	return false;
}

static bool is_same_prefix(const struct fw_route *a, const struct fw_route *b)
{
	return b && a->family == b->family && a->table == b->table && a->prefix == b->prefix &&
	       a->to.first == b->to.first;
}

/* Routes to one prefix, best first: does one of them go out by the link? */
static bool is_some_by(const struct fw_route *first, const struct fw_link *link)
{
	for (const struct fw_route *at = first; is_same_prefix(first, at); at = at->next) {
		if (route_is_by(at, link))
			return true;
	}
	return false;
}

/* IPv6 takes one of equal routes by a hash. */
static bool has_equal(const struct fw_route *route)
{
	return is_same_prefix(route, route->next) && route->metric == route->next->metric &&
	       route->to.first >> 118 != 0x3fa; /* fe80::/64 is of each link once */
}

static enum fw_reverse kind_of(const struct fw_route *route)
{
	if (route->has_unknown)
		return FW_REVERSE_UNKNOWN;
	switch (route->type) {
	case RTN_UNICAST:
		if (route->family == AF_INET6 && (route->link_count > 1 || has_equal(route)))
			return FW_REVERSE_UNKNOWN;
		return FW_REVERSE_UNICAST;
	case RTN_LOCAL:
		return FW_REVERSE_LOCAL;
	case RTN_ANYCAST:
		return FW_REVERSE_ANYCAST;
	case RTN_BROADCAST:
	case RTN_MULTICAST:
		return FW_REVERSE_OTHER;
	case RTN_UNREACHABLE:
		return FW_REVERSE_NONE;
	case RTN_BLACKHOLE:
		return FW_REVERSE_BLACKHOLE;
	case RTN_PROHIBIT:
		return FW_REVERSE_PROHIBIT;
	default: /* throw: the next table, as if there were none; and whatever comes */
		return FW_REVERSE_UNKNOWN;
	}
}

static void add(struct scratch *scratch, struct ranges *set, struct ranges more)
{
	*set = ranges_union(scratch, *set, more);
}

/* The destinations that the route is for: for fe80::/10 only a route by that link counts. */
static struct ranges destinations(struct scratch *scratch, const struct fw_route *route,
				  const struct fw_link *link)
{
	struct ranges all = ranges_of(scratch, route->to);

	if (route->family == AF_INET || route_is_by(route, link))
		return all;
	return ranges_subtract(scratch, all,
			       ranges_of(scratch, range_prefix(AF_INET6, (u128)0xfe80 << 112, 10)));
}

/* net/ipv6/route.c: ipv6_anycast_destination() */
static bool has_network_address(const struct fw_route *route)
{
	return route->family == AF_INET6 && route->type == RTN_UNICAST && route->prefix < 127 &&
	       !route->has_gateway;
}

/* The sources that this route is the best one to. */
static void note(struct scratch *scratch, struct reverse *out, const struct fw_route *route,
		 const struct fw_link *link, struct ranges here)
{
	struct range network = {route->to.first, route->to.first};

	add(scratch, &out->sets[kind_of(route)], here);
	if (route_is_by(route, link))
		add(scratch, &out->by_link, here);
	if (is_some_by(route, link))
		add(scratch, &out->some_by_link, here);
	if (route->has_gateway)
		add(scratch, &out->by_gateway, here);
	if (route->link_count > 1)
		add(scratch, &out->by_several, here);
	if (has_network_address(route))
		add(scratch, &out->networks,
		    ranges_intersect(scratch, here, ranges_of(scratch, network)));
}

void route_reverse(const struct fw_host *host, struct scratch *scratch, int family,
		   const struct fw_link *link, struct reverse *out)
{
	static const uint32_t tables[] = {RT_TABLE_LOCAL, RT_TABLE_MAIN, RT_TABLE_DEFAULT};
	struct ranges rest = ranges_of(scratch, range_all(family));

	*out = (struct reverse){0};
	if (host->has_policies[family == AF_INET6]) {
		out->sets[FW_REVERSE_UNKNOWN] = rest;
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		for (const struct fw_route *at = host->routes; at; at = at->next) {
			struct ranges here;

			if (at->family != family || at->table != tables[i])
				continue;
			here = ranges_intersect(scratch, destinations(scratch, at, link), rest);
			rest = ranges_subtract(scratch, rest, here);
			note(scratch, out, at, link, here);
		}
	}
	add(scratch, &out->sets[FW_REVERSE_NONE], rest);
}
