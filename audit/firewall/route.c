/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a packet goes, and which sources the kernel refuses on the way (net/ipv4/route.c:
 * ip_route_input_slow(), net/ipv4/fib_frontend.c, net/ipv6/ip6_input.c). What rests on policy
 * rules that the model does not have is unknown.
 */
#include <linux/rtnetlink.h>
#include <net/if_arp.h>
#include <stdlib.h>
#include <string.h>

#include "audit/firewall/host.h"
#include "lib/own.h"

static int compare_routes(const void *a, const void *b)
{
	const struct fw_route *x = *(const struct fw_route *const *)a;
	const struct fw_route *y = *(const struct fw_route *const *)b;

	if (x->prefix != y->prefix)
		return x->prefix > y->prefix ? -1 : 1;
	if (x->to.first != y->to.first)
		return x->to.first < y->to.first ? -1 : 1;
	return (x->metric > y->metric) - (x->metric < y->metric);
}

static int compare_policies(const void *a, const void *b)
{
	const struct fw_policy *x = *(const struct fw_policy *const *)a;
	const struct fw_policy *y = *(const struct fw_policy *const *)b;

	return (x->priority > y->priority) - (x->priority < y->priority);
}

static void sort_routes(struct fw_host *host)
{
	const struct fw_route **all;
	size_t count = 0;
	size_t i = 0;

	for (const struct fw_route *at = host->routes; at; at = at->next)
		count++;
	all = arena_alloc(host->arena, count + 1, sizeof(struct fw_route *));
	for (const struct fw_route *at = host->routes; at; at = at->next)
		all[i++] = at;
	qsort(all, count, sizeof(all[0]), compare_routes);
	host->routes = NULL;
	while (i > 0) {
		struct fw_route *route = arena_alloc(host->arena, 1, sizeof(*route));

		*route = *all[--i];
		route->next = host->routes;
		host->routes = route;
	}
}

static void sort_policies(struct fw_host *host)
{
	struct fw_policy **all;
	size_t count = 0;
	size_t i = 0;

	for (struct fw_policy *at = host->policies; at; at = at->next)
		count++;
	all = arena_alloc(host->arena, count + 1, sizeof(struct fw_policy *));
	for (struct fw_policy *at = host->policies; at; at = at->next)
		all[i++] = at;
	qsort(all, count, sizeof(struct fw_policy *), compare_policies);
	host->policies = NULL;
	while (i > 0) {
		all[--i]->next = host->policies;
		host->policies = all[i];
	}
}

/* The kernel's own rules: everything looks into local, main, and (IPv4) default. */
static bool is_own_policy(const struct fw_policy *policy)
{
	struct range all = range_all(policy->family);

	return !policy->has_unknown && !policy->has_iif && !policy->has_mark &&
	       policy->from.last - policy->from.first == all.last &&
	       policy->to.last - policy->to.first == all.last &&
	       ((policy->priority == 0 && policy->table == RT_TABLE_LOCAL) ||
		(policy->priority == 32766 && policy->table == RT_TABLE_MAIN) ||
		(policy->priority == 32767 && policy->table == RT_TABLE_DEFAULT));
}

static bool is_own_address(const struct fw_host *host, const struct fw_route *route)
{
	if (route->to.first >> 24 == 127 && route->family == AF_INET)
		return true;
	for (const struct fw_address *at = host->addresses; at; at = at->next) {
		if (at->family == route->family && at->address == route->to.first)
			return true;
	}
	return false;
}

/*
 * Without policy rules of one's own the tables local and main are one trie, where the longest
 * prefix of either wins; once there has been such a rule they are two (net/ipv4/fib_frontend.c:
 * fib_unmerge()), and local goes first. Which it is now, nobody tells.
 */
static bool is_split_unclear(const struct fw_host *host)
{
	for (const struct fw_route *local = host->routes; local; local = local->next) {
		if (local->family != AF_INET || local->table != RT_TABLE_LOCAL ||
		    local->prefix == 32)
			continue;
		for (const struct fw_route *at = host->routes; at; at = at->next) {
			if (at->family == AF_INET && at->table == RT_TABLE_MAIN &&
			    at->prefix > local->prefix && at->to.first >= local->to.first &&
			    at->to.last <= local->to.last)
				return true;
		}
	}
	return false;
}

void host_model_link(struct fw_host *host)
{
	sort_routes(host);
	sort_policies(host);
	for (const struct fw_policy *at = host->policies; at; at = at->next)
		host->has_policies[at->family == AF_INET6] |= !is_own_policy(at);
	for (const struct fw_route *at = host->routes; at; at = at->next)
		host->has_more_local |=
		    at->family == AF_INET && at->type == RTN_LOCAL && !is_own_address(host, at);
	if (!host->has_policies[0] && is_split_unclear(host))
		host->incomplete =
		    "routes of the table main that lie within one of the table local";
	for (const struct fw_settings *at = host->settings; at; at = at->next) {
		if (strcmp(at->name, "all") == 0)
			host->all = at;
		for (struct fw_link *link = host->links; link; link = link->next) {
			if (strncmp(link->name, at->name, FW_NAME_BYTES) == 0)
				link->settings = at;
		}
	}
}

int host_setting(const struct fw_host *host, const struct fw_link *link, enum fw_setting setting)
{
	int own = link->settings ? link->settings->ip4[setting] : 0;
	int all = host->all ? host->all->ip4[setting] : 0;

	/* include/linux/inetdevice.h: IN_DEV_FORWARD() looks at the link alone */
	if (setting == FW_FORWARDING)
		return own;
	return own > all ? own : all;
}

/* fe80::/10 and ff00::/8: the same address is on every link */
static bool is_link_scoped(int family, u128 address)
{
	return family == AF_INET6 && (address >> 118 == 0x3fa || address >> 120 == 0xff);
}

static const struct fw_route *find_in_table(const struct fw_host *host, int family, uint32_t table,
					    u128 daddr, const struct fw_link *in)
{
	for (const struct fw_route *at = host->routes; at; at = at->next) {
		if (at->family != family || at->table != table || daddr < at->to.first ||
		    daddr > at->to.last)
			continue;
		if (!is_link_scoped(family, daddr) || route_is_by(at, in))
			return at;
	}
	return NULL;
}

/* IPv6 has equal routes one by one, where IPv4 has one with several next hops. */
static bool has_equal(const struct fw_route *route)
{
	const struct fw_route *next = route->next;

	return next && next->family == route->family && next->table == route->table &&
	       next->prefix == route->prefix && next->to.first == route->to.first &&
	       next->metric == route->metric;
}

static struct fw_way way_of(const struct fw_host *host, const struct fw_route *route)
{
	struct fw_way way = {FW_ROUTED_NOWHERE, route, NULL};

	if (route->has_unknown) {
		way.kind = FW_ROUTED_UNKNOWN;
		return way;
	}
	switch (route->type) {
	case RTN_LOCAL:
	case RTN_ANYCAST:
		way.kind = FW_ROUTED_LOCAL;
		break;
	case RTN_BROADCAST:
		way.kind = FW_ROUTED_BROADCAST;
		break;
	case RTN_UNICAST:
		way.kind = FW_ROUTED_FORWARD;
		if (route->link_count == 1 && !has_equal(route))
			way.out = host_link(host, route->links[0]);
		break;
	case RTN_UNREACHABLE:
	case RTN_PROHIBIT:
	case RTN_BLACKHOLE:
		break;
	default: /* throw, and whatever comes */
		way.kind = FW_ROUTED_UNKNOWN;
		break;
	}
	return way;
}

/* 1: applies, 0: does not, -1: nobody knows */
static int policy_applies(const struct fw_policy *policy, u128 daddr, const struct fw_link *in,
			  const uint32_t *mark)
{
	struct range all = range_all(policy->family);

	if (policy->has_iif && strncmp(policy->iif, in->name, FW_NAME_BYTES) != 0)
		return 0;
	if (daddr < policy->to.first || daddr > policy->to.last)
		return 0;
	if (policy->has_mark && mark && ((*mark ^ policy->mark) & policy->mask))
		return 0;
	if (policy->has_unknown || policy->from.last - policy->from.first != all.last ||
	    (policy->has_mark && !mark))
		return -1;
	return 1;
}

struct fw_way route_find(const struct fw_host *host, int family, u128 daddr,
			 const struct fw_link *in, const uint32_t *mark)
{
	bool has_any = false;

	for (const struct fw_policy *at = host->policies; at; at = at->next) {
		const struct fw_route *route;
		int applies;

		if (at->family != family)
			continue;
		has_any = true;
		applies = policy_applies(at, daddr, in, mark);
		if (applies < 0)
			return (struct fw_way){FW_ROUTED_UNKNOWN, NULL, NULL};
		route = applies ? find_in_table(host, family, at->table, daddr, in) : NULL;
		if (route)
			return way_of(host, route);
	}
	return (struct fw_way){has_any ? FW_ROUTED_NOWHERE : FW_ROUTED_UNKNOWN, NULL, NULL};
}

struct ranges route_sources_of_type(const struct fw_host *host, struct scratch *scratch, int family,
				    unsigned type, const struct fw_link *link)
{
	struct ranges rest = ranges_of(scratch, range_all(family));
	struct ranges found = {0};

	/* longest prefix first: what a longer one took is not there for a shorter one */
	for (const struct fw_route *at = host->routes; at; at = at->next) {
		struct ranges here;

		if (at->family != family || at->table != RT_TABLE_LOCAL)
			continue;
		here = ranges_intersect(scratch, ranges_of(scratch, at->to), rest);
		rest = ranges_subtract(scratch, rest, here);
		if (at->type == type && (!link || route_is_by(at, link)))
			found = ranges_union(scratch, found, here);
	}
	return found;
}

static void refuse(struct scratch *scratch, struct source_check *check, struct ranges set)
{
	check->refused = ranges_union(scratch, check->refused, set);
}

static void refuse_prefix(struct scratch *scratch, struct source_check *check, int family,
			  u128 address, unsigned length)
{
	refuse(scratch, check, ranges_of(scratch, range_prefix(family, address, length)));
}

/* The reverse path filter, modes 1 (strict) and 2 (loose), with the kernel's own policy rules. */
static void check_reverse_path(const struct fw_host *host, struct scratch *scratch,
			       struct source_check *check, const struct fw_link *in, int mode)
{
	static const uint32_t tables[] = {RT_TABLE_LOCAL, RT_TABLE_MAIN, RT_TABLE_DEFAULT};
	struct ranges rest = ranges_of(scratch, range_all(AF_INET));

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		for (const struct fw_route *at = host->routes; at; at = at->next) {
			struct ranges here;

			if (at->family != AF_INET || at->table != tables[i])
				continue;
			here = ranges_intersect(scratch, ranges_of(scratch, at->to), rest);
			rest = ranges_subtract(scratch, rest, here);
			if (at->has_unknown || at->type == RTN_THROW ||
			    (at->type == RTN_LOCAL && host_setting(host, in, FW_ACCEPT_LOCAL)))
				check->unknown = ranges_union(scratch, check->unknown, here);
			else if (at->type != RTN_UNICAST || (mode == 1 && !route_is_by(at, in)))
				refuse(scratch, check, here);
		}
	}
	refuse(scratch, check, rest);
}

static struct source_check check_ip6(struct scratch *scratch, const struct packet_way *way)
{
	struct source_check check = {{0}, {0}};
	struct ranges scoped =
	    ranges_union(scratch, ranges_of(scratch, range_prefix(AF_INET6, 0, 128)),
			 ranges_of(scratch, range_prefix(AF_INET6, (u128)0xfe80 << 112, 10)));

	/* net/ipv6/ip6_input.c: ip6_rcv_core() */
	refuse_prefix(scratch, &check, AF_INET6, (u128)0xff << 120, 8);
	refuse_prefix(scratch, &check, AF_INET6, 1, 128);
	/* ::ffff:0:0/96: later kernels refuse it only where TCP would answer, tcp_v6_conn_request()
	 */
	check.unknown = ranges_of(scratch, range_prefix(AF_INET6, (u128)0xffff << 32, 96));
	/* net/ipv6/ip6_output.c: ip6_forward(): but not where it goes out as it came in */
	if (way->is_out_unknown)
		check.unknown = ranges_union(scratch, check.unknown, scoped);
	else if (way->out && way->out != way->in)
		refuse(scratch, &check, scoped);
	return check;
}

/* Without a reverse path filter: only addresses that are there (inet_lookup_ifaddr_rcu()). */
static void refuse_own(const struct fw_host *host, struct scratch *scratch,
		       struct source_check *check)
{
	for (const struct fw_address *at = host->addresses; at; at = at->next) {
		if (at->family == AF_INET)
			refuse_prefix(scratch, check, AF_INET, at->address, 32);
	}
}

static struct source_check check_ip4(const struct fw_host *host, struct scratch *scratch,
				     const struct packet_way *way)
{
	struct source_check check = {{0}, {0}};
	int mode = host_setting(host, way->in, FW_RP_FILTER);
	struct ranges special =
	    ranges_union(scratch, route_sources_of_type(host, scratch, AF_INET, RTN_LOCAL, NULL),
			 route_sources_of_type(host, scratch, AF_INET, RTN_BROADCAST, NULL));

	refuse_prefix(scratch, &check, AF_INET, 0xe0000000U, 4);
	refuse_prefix(scratch, &check, AF_INET, 0xffffffffU, 32);
	if (!way->is_to_everyone) { /* as DHCP asks; what is looked at later is not, then */
		refuse_prefix(scratch, &check, AF_INET, 0, 32);
		if (!host_setting(host, way->in, FW_ROUTE_LOCALNET))
			refuse_prefix(scratch, &check, AF_INET, 0x7f000000U, 8);
	}
	if (!way->in->settings || !host->all || host->has_policies[0] || host->has_more_local)
		check.unknown = mode ? ranges_of(scratch, range_all(AF_INET)) : special;
	else if (mode != 0)
		check_reverse_path(host, scratch, &check, way->in, mode);
	else if (!host_setting(host, way->in, FW_ACCEPT_LOCAL))
		refuse_own(host, scratch, &check);
	/* out of where it came in: the full look-up, if redirects are sent */
	if (way->out == way->in || way->is_out_unknown)
		check.unknown = ranges_union(scratch, check.unknown, special);
	check.unknown = ranges_subtract(scratch, check.unknown, check.refused);
	if (way->is_to_everyone) { /* 0.0.0.0 is not validated at all */
		struct ranges zero = ranges_of(scratch, range_prefix(AF_INET, 0, 32));

		check.refused = ranges_subtract(scratch, check.refused, zero);
		check.unknown = ranges_subtract(scratch, check.unknown, zero);
	}
	return check;
}

struct source_check route_check_sources(const struct fw_host *host, struct scratch *scratch,
					const struct packet_way *way)
{
	return way->family == AF_INET6 ? check_ip6(scratch, way) : check_ip4(host, scratch, way);
}
