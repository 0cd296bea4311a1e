/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table routes: see the spec at the end. Answers of rtnetlink(7), RTM_NEWROUTE. */
#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <stdio.h>

#include "audit/netlink.h"
#include "lib/inet.h"
#include "lib/own.h"

struct route {
	struct rtmsg info;
	uint32_t table;
	int64_t interface; /* 0: none, or several */
	int64_t metric;
	u128 destination;
	u128 gateway;
	bool has_gateway;
	bool is_multipath;
};

/* Reads with the family known: read_route() has set `info`. */
static int read_attribute(const struct nlattr *attribute, void *context)
{
	struct route *route = context;
	size_t len = inet_bits(route->info.rtm_family) / 8;
	size_t have = mnl_attr_get_payload_len(attribute);
	const void *data = mnl_attr_get_payload(attribute);

	switch (mnl_attr_get_type(attribute)) {
	case RTA_DST:
		if (have == len)
			route->destination = inet_number(data, len);
		break;
	case RTA_GATEWAY:
		if (have == len) {
			route->gateway = inet_number(data, len);
			route->has_gateway = true;
		}
		break;
	case RTA_OIF:
		if (have == sizeof(uint32_t))
			route->interface = mnl_attr_get_u32(attribute);
		break;
	case RTA_PRIORITY:
		if (have == sizeof(uint32_t))
			route->metric = mnl_attr_get_u32(attribute);
		break;
	case RTA_TABLE: /* rtm_table holds numbers up to 255 only */
		if (have == sizeof(uint32_t))
			route->table = mnl_attr_get_u32(attribute);
		break;
	case RTA_MULTIPATH:
		route->is_multipath = true;
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

static bool read_route(const struct nlmsghdr *message, void *row)
{
	struct route *route = row;

	route->info = *(const struct rtmsg *)mnl_nlmsg_get_payload(message);
	route->table = route->info.rtm_table;
	(void)mnl_attr_parse(message, sizeof(route->info), read_attribute, route); /* optional */
	return (route->info.rtm_family == AF_INET || route->info.rtm_family == AF_INET6) &&
	       !(route->info.rtm_flags & RTM_F_CLONED); /* a cached exception is no route */
}

/* Names as ip-route(8) prints them. */
static const char *type_name(unsigned type)
{
	static const char *const names[] = {
	    [RTN_UNICAST] = "unicast",
	    [RTN_LOCAL] = "local",
	    [RTN_BROADCAST] = "broadcast",
	    [RTN_ANYCAST] = "anycast",
	    [RTN_MULTICAST] = "multicast",
	    [RTN_BLACKHOLE] = "blackhole",
	    [RTN_UNREACHABLE] = "unreachable",
	    [RTN_PROHIBIT] = "prohibit",
	    [RTN_THROW] = "throw",
	    [RTN_NAT] = "nat",
	};

	return type < ARRAY_LEN(names) ? names[type] : NULL;
}

static void put_route(struct host *host, uint64_t namespace, const void *row)
{
	const struct route *route = row;
	int family = route->info.rtm_family;
	char address[INET_TEXT_SIZE];
	char prefix[INET_TEXT_SIZE + 4];

	(void)snprintf(prefix, sizeof(prefix), "%s/%u",
		       inet_text(family, route->destination, address), route->info.rtm_dst_len);
	row_int(host, (int64_t) namespace);
	row_text(host, family == AF_INET ? "ipv4" : "ipv6");
	row_int(host, route->table);
	row_text(host, prefix);
	row_text(host, type_name(route->info.rtm_type));
	row_text(host, route->has_gateway ? inet_text(family, route->gateway, address) : NULL);
	if (route->interface)
		row_int(host, route->interface);
	else
		row_null(host);
	row_int(host, route->metric);
	row_int(host, route->is_multipath);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	static const struct netlink_table table = {{0, 2, RTM_NEWROUTE, sizeof(struct rtmsg), NULL},
						   "routes",
						   sizeof(struct route),
						   read_route,
						   put_route};

	return netlink_collect(host, &table, err);
}

const struct probe probe_routes = {
    .about = "Routes of every network namespace, all tables",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"}, {"family", TEXT, "ipv4 or ipv6"},
	    {"route_table", INTEGER, "number of the routing table: 254 is main, 255 local"},
	    {"destination", TEXT, "prefix that it is for; 0.0.0.0/0 or ::/0 is the default route"},
	    {"type", TEXT, "unicast, local, broadcast, blackhole, unreachable …"},
	    {"gateway", TEXT, "next hop; NULL when the destination is on the link"},
	    {"ifindex", INTEGER, "index of the outgoing interface; NULL without one"},
	    {"metric", INTEGER, "the smallest counts, among routes to one prefix"},
	    {"is_multipath", INTEGER, "1: it has several next hops, which are not listed"}),
    NEEDS({DUMP, "routes"}),
    .collect = collect,
};
