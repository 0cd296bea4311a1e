/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] How the network namespaces of this host hang together: see wires.h. */
#include "audit/wires.h"

#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#define MAX_BRIDGES 16 /* one behind the other */

static bool is_kind(const struct fw_link *link, const char *kind)
{
	return strncmp(link->kind, kind, sizeof(link->kind)) == 0;
}

/* ---- pairs ---- */

/* The end in `at` of a pair whose other end has this index and names this one's. */
static struct fw_link *end_in(const struct world_namespace *at, const struct fw_link *link)
{
	for (struct fw_link *other = at->host.links; other; other = other->next)
		if (other != link && other->index == link->lower && other->lower == link->index &&
		    other->is_lower_elsewhere == link->is_lower_elsewhere && is_kind(other, "veth"))
			return other;
	return NULL;
}

static void find_peer(struct world *world, struct world_namespace *at, struct fw_link *link)
{
	if (!link->is_lower_elsewhere) {
		link->peer = end_in(at, link);
		return;
	}
	for (struct world_namespace *other = world->first; other; other = other->next) {
		struct fw_link *end = other == at ? NULL : end_in(other, link);

		if (end && link->peer) { /* it could be either */
			link->peer = NULL;
			return;
		}
		if (end)
			link->peer = end;
	}
}

/* Several may take one link for their other end, where it can see that it is not known whose it is:
 * then none of them has it. */
static void keep_mutual(struct world *world)
{
	for (struct world_namespace *at = world->first; at; at = at->next)
		for (struct fw_link *link = at->host.links; link; link = link->next)
			link->is_paired = link->peer && link->peer->peer == link;
	for (struct world_namespace *at = world->first; at; at = at->next)
		for (struct fw_link *link = at->host.links; link; link = link->next)
			if (!link->is_paired)
				link->peer = NULL;
}

/* ---- beyond this host ---- */

/* By itself: no bridge, and no pair that stays on this host. */
static bool touches_outside(const struct fw_link *link)
{
	return (link->flags & IFF_UP) && !(link->flags & IFF_LOOPBACK) && !is_kind(link, "dummy") &&
	       !is_kind(link, "bridge") && !link->peer;
}

/*
 * A bridge hands on what comes in by any of its ports; so does one at the other end of a pair.
 * Where other masters than a VRF send what their ports take in (Open vSwitch, a bond on a bridge),
 * nobody knows.
 */
static bool bridges_outside(const struct fw_link *link)
{
	const struct fw_link *bridge = link;

	if (link->peer)
		bridge = (link->peer->flags & IFF_UP) && link->peer->master
			     ? host_link(link->peer->owner, link->peer->master)
			     : NULL;
	if (!bridge || !(link->flags & IFF_UP))
		return false;
	if (!is_kind(bridge, "bridge"))
		return bridge != link && !is_kind(bridge, "vrf");
	for (const struct fw_link *port = bridge->owner->links; port; port = port->next)
		if (port->master == bridge->index && port->is_outside && port != link->peer)
			return true;
	return false;
}

/* Pairs between bridges make chains: until nothing is added. Of what is behind more of them than
 * anyone has, nobody knows. */
static void find_outside(struct world *world)
{
	bool is_more = true;

	for (unsigned round = 0; is_more && round < MAX_BRIDGES; round++) {
		is_more = false;
		for (struct world_namespace *at = world->first; at; at = at->next)
			for (struct fw_link *link = at->host.links; link; link = link->next)
				if (!link->is_outside && bridges_outside(link))
					is_more = link->is_outside = true;
	}
	for (struct world_namespace *at = world->first; is_more && at; at = at->next)
		for (struct fw_link *link = at->host.links; link; link = link->next)
			link->is_outside |= (link->flags & IFF_UP) && !(link->flags & IFF_LOOPBACK);
}

void wires_connect(struct world *world)
{
	for (struct world_namespace *at = world->first; at; at = at->next)
		for (struct fw_link *link = at->host.links; link; link = link->next) {
			link->owner = &at->host;
			if (is_kind(link, "veth"))
				find_peer(world, at, link);
		}
	keep_mutual(world);
	for (struct world_namespace *at = world->first; at; at = at->next)
		for (struct fw_link *link = at->host.links; link; link = link->next)
			link->is_outside = touches_outside(link);
	find_outside(world);
	for (struct world_namespace *at = world->first; at; at = at->next)
		for (const struct fw_link *link = at->host.links; link; link = link->next)
			at->is_outside |= link->is_outside;
}

bool wires_is_entry(const struct fw_link *link)
{
	const struct fw_link *master = link->master ? host_link(link->owner, link->master) : NULL;

	/* behind a VRF a packet still comes in by the link, as rules see it */
	return (link->flags & IFF_UP) && !(link->flags & IFF_LOOPBACK) &&
	       (!master || is_kind(master, "vrf"));
}

static bool goes_by(const struct fw_route *route, const struct fw_link *link)
{
	for (unsigned i = 0; i < route->link_count; i++)
		if (route->links[i] == link->index)
			return true;
	return route->has_unknown;
}

static bool is_same_prefix(const struct fw_route *a, const struct fw_route *b)
{
	return a && a->prefix == b->prefix && a->to.first == b->to.first;
}

/*
 * Of a table, what longer prefixes and earlier tables leave; the longest stand first. Of equal ones
 * each counts, whatever its metric: two uplinks have two default routes, and strangers come in by
 * either, though the answers all leave by the better one.
 */
static void add_table(const struct fw_link *in, int family, uint32_t table, struct scratch *scratch,
		      struct ranges *seen, struct ranges *answered)
{
	const struct fw_route *before = NULL;
	struct ranges part = {0};

	for (const struct fw_route *route = in->owner->routes; route; route = route->next) {
		if (route->family != family || route->table != table)
			continue;
		if (!is_same_prefix(before, route)) {
			part = ranges_subtract(scratch, ranges_of(scratch, route->to), *seen);
			*seen = ranges_union(scratch, *seen, part);
		}
		before = route;
		if (route->type == RTN_UNICAST && goes_by(route, in))
			*answered = ranges_union(scratch, *answered, part);
	}
}

struct ranges wires_answered(const struct fw_link *in, int family, struct scratch *scratch)
{
	struct ranges seen = {0};
	struct ranges answered = {0};

	if (in->owner->has_policies[family == AF_INET6])
		return ranges_of(scratch, range_all(family));
	if (family == AF_INET6) /* fe80::/10 is on each link: RFC 4291 section 2.5.6 */
		answered = ranges_of(scratch, range_prefix(family, (u128)0xfe80 << 112, 10));
	add_table(in, family, RT_TABLE_LOCAL, scratch, &seen, &answered);
	add_table(in, family, RT_TABLE_MAIN, scratch, &seen, &answered);
	add_table(in, family, RT_TABLE_DEFAULT, scratch, &seen, &answered);
	if (family == AF_INET6) /* ::ffff:0:0/96 never goes over a wire: RFC 4291 section 2.5.5.2 */
		answered = ranges_subtract(
		    scratch, answered,
		    ranges_of(scratch, range_prefix(family, (u128)0xffff << 32, 96)));
	return answered;
}

/* ---- the next namespace ---- */

/* The link of the namespace by which it gets what leaves by `out`: its end of a pair whose other
 * end is `out`, or a port of it. */
static const struct fw_link *fed_by(const struct world_namespace *at, const struct fw_link *out)
{
	for (const struct fw_link *link = at->host.links; link; link = link->next) {
		const struct fw_link *peer = link->peer;

		if (peer && (link->flags & IFF_UP) && (peer->flags & IFF_UP) &&
		    (peer == out || (peer->owner == out->owner && peer->master == out->index)))
			return link->master ? host_link(&at->host, link->master) : link;
	}
	return NULL;
}

static bool has_address(const struct world_namespace *at, int family, u128 address)
{
	for (const struct fw_address *own = at->host.addresses; own; own = own->next)
		if (own->family == family && own->address == address)
			return true;
	return false;
}

enum wires_behind wires_behind(const struct world *world, const struct world_namespace *from,
			       const struct fw_outcome *outcome, int family,
			       struct world_namespace **to, const struct fw_link **in)
{
	enum wires_behind result = WIRES_ELSEWHERE;

	for (struct world_namespace *at = world->first; at; at = at->next) {
		const struct fw_link *link;

		if (at == from || !has_address(at, family, outcome->daddr))
			continue;
		link = outcome->out ? fed_by(at, outcome->out) : NULL;
		if (!link) {
			if (result == WIRES_ELSEWHERE)
				result = WIRES_UNKNOWN;
			continue;
		}
		if (result == WIRES_INSIDE) /* two have it, on the same wire */
			return WIRES_UNKNOWN;
		result = WIRES_INSIDE;
		*to = at;
		*in = link;
	}
	return result;
}
