/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Address types (RTN_LOCAL, RTN_BROADCAST …) as `fib … type` and xt addrtype see them:
 * net/ipv4/fib_frontend.c: __inet_dev_addr_type(), net/ipv6/netfilter/nft_fib_ipv6.c.
 */
#include <linux/rtnetlink.h>

#include "audit/firewall/run.h"

static bool is_multicast(int family, u128 address)
{
	return family == AF_INET ? address >> 28 == 0xe : address >> 120 == 0xff;
}

/* IPv4 asks the table local alone; what it does not have is unicast, be there a route or not. */
static unsigned type_ip4(struct run *run, u128 address, const struct fw_link *link)
{
	static const unsigned types[] = {RTN_LOCAL, RTN_BROADCAST};

	if (address == 0 || address == 0xffffffffU)
		return RTN_BROADCAST;
	if (is_multicast(AF_INET, address))
		return RTN_MULTICAST;
	for (unsigned i = 0; i < 2; i++) {
		struct ranges set =
		    route_sources_of_type(run->model->host, run->scratch, AF_INET, types[i], link);

		if (ranges_has(set, address))
			return types[i];
	}
	return RTN_UNICAST;
}

unsigned addrtype_of(struct run *run, int family, u128 address, const struct fw_link *link,
		     bool *is_known)
{
	struct ranges local;

	*is_known = true;
	if (family == AF_INET)
		return type_ip4(run, address, link);
	if (is_multicast(family, address))
		return RTN_MULTICAST;
	*is_known = !link;
	local = route_sources_of_type(run->model->host, run->scratch, family, RTN_LOCAL, NULL);
	if (ranges_has(local, address))
		return RTN_LOCAL;
	*is_known = false;
	return RTN_UNICAST;
}

struct ranges addrtype_sources(struct run *run, unsigned type, const struct fw_link *link)
{
	int family = run->query->family;
	struct scratch *scratch = run->scratch;
	bool is_ip4 = family == AF_INET;
	struct ranges multicast =
	    ranges_of(scratch, is_ip4 ? range_prefix(family, 0xe0000000U, 4)
				      : range_prefix(family, (u128)0xff << 120, 8));
	struct ranges found;

	if (type == RTN_MULTICAST)
		return multicast;
	found = route_sources_of_type(run->model->host, scratch, family, type, link);
	if (is_ip4 && type == RTN_BROADCAST) {
		found =
		    ranges_union(scratch, found, ranges_of(scratch, range_prefix(family, 0, 32)));
		found = ranges_union(scratch, found,
				     ranges_of(scratch, range_prefix(family, 0xffffffffU, 32)));
	}
	return ranges_subtract(scratch, found, multicast);
}
