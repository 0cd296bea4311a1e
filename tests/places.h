/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recorded hosts of one to three network namespaces for the probes that begin with WORLD_NEEDS:
 * what a place answers to each dump, and play_places(), which hands it out need by need.
 */
#ifndef TESTS_PLACES_H
#define TESTS_PLACES_H

#include <arpa/inet.h>
#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include "tests/datagram.h"
#include "tests/play.h"

enum { HOST = 7, WEB = 8, TWIN = 9, NEST = 10 };
enum { LOOPBACK = 1, ETH0, BRIDGE, PORT };

/* What a namespace answers to each dump. */
struct place {
	uint64_t id;
	const char *forwarding;
	struct datagram ruleset;
	struct datagram links;
	struct datagram addresses;
	struct datagram routes;
	int ruleset_error;
};

/* ---- what the kernel would say ---- */

static void nft_message(struct datagram *datagram, unsigned type, uint8_t family)
{
	struct nfgenmsg *info =
	    add_message(datagram, (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type), sizeof(*info));

	info->nfgen_family = family;
	info->version = NFNETLINK_V0;
}

static void add_generation(struct datagram *datagram)
{
	nft_message(datagram, NFT_MSG_NEWGEN, AF_UNSPEC);
	datagram->last->nlmsg_flags = 0;
	mnl_attr_put_u32(datagram->last, NFTA_GEN_ID, htonl(1));
	end_message(datagram);
}

/* table inet filter { chain input { type filter hook input priority 0; policy drop; } }, or none */
static void add_ruleset(struct datagram *datagram, bool is_closed)
{
	struct nlattr *hook;

	add_generation(datagram);
	if (is_closed) {
		nft_message(datagram, NFT_MSG_NEWTABLE, NFPROTO_INET);
		mnl_attr_put_strz(datagram->last, NFTA_TABLE_NAME, "filter");
		end_message(datagram);
	}
	add_done(datagram);
	if (is_closed) {
		nft_message(datagram, NFT_MSG_NEWCHAIN, NFPROTO_INET);
		mnl_attr_put_strz(datagram->last, NFTA_CHAIN_TABLE, "filter");
		mnl_attr_put_strz(datagram->last, NFTA_CHAIN_NAME, "input");
		mnl_attr_put_strz(datagram->last, NFTA_CHAIN_TYPE, "filter");
		mnl_attr_put_u32(datagram->last, NFTA_CHAIN_POLICY, htonl(NF_DROP));
		hook = mnl_attr_nest_start(datagram->last, NFTA_CHAIN_HOOK);
		mnl_attr_put_u32(datagram->last, NFTA_HOOK_HOOKNUM, htonl(NF_INET_LOCAL_IN));
		mnl_attr_put_u32(datagram->last, NFTA_HOOK_PRIORITY, 0);
		mnl_attr_nest_end(datagram->last, hook);
		end_message(datagram);
	}
	add_done(datagram);
	add_done(datagram);
	add_done(datagram);
}

struct link {
	int index;
	const char *name;
	const char *kind;
	uint32_t master;
	uint32_t peer; /* in another namespace */
};

static void add_link(struct datagram *datagram, const struct link *link)
{
	struct ifinfomsg *info = add_message(datagram, RTM_NEWLINK, sizeof(*info));
	struct nlattr *nested;

	info->ifi_index = link->index;
	info->ifi_flags = link->index == LOOPBACK ? IFF_UP | IFF_LOOPBACK : IFF_UP;
	mnl_attr_put_strz(datagram->last, IFLA_IFNAME, link->name);
	if (link->master)
		mnl_attr_put_u32(datagram->last, IFLA_MASTER, link->master);
	if (link->peer) {
		mnl_attr_put_u32(datagram->last, IFLA_LINK, link->peer);
		mnl_attr_put_u32(datagram->last, IFLA_LINK_NETNSID, 0);
	}
	if (link->kind) {
		nested = mnl_attr_nest_start(datagram->last, IFLA_LINKINFO);
		mnl_attr_put_strz(datagram->last, IFLA_INFO_KIND, link->kind);
		mnl_attr_nest_end(datagram->last, nested);
	}
	end_message(datagram);
}

static void add_route(struct datagram *datagram, const char *to, uint8_t bits, uint32_t link)
{
	struct rtmsg *info = add_message(datagram, RTM_NEWROUTE, sizeof(*info));
	bool is_local = bits == 32;

	*info = (struct rtmsg){.rtm_family = AF_INET,
			       .rtm_dst_len = bits,
			       .rtm_table = is_local ? RT_TABLE_LOCAL : RT_TABLE_MAIN,
			       .rtm_type = is_local ? RTN_LOCAL : RTN_UNICAST,
			       .rtm_protocol = RTPROT_KERNEL};
	if (bits > 0)
		mnl_attr_put_u32(datagram->last, RTA_DST, inet_addr(to));
	else
		mnl_attr_put_u32(datagram->last, RTA_GATEWAY, inet_addr(to));
	mnl_attr_put_u32(datagram->last, RTA_OIF, link);
	end_message(datagram);
}

static void add_address(struct place *place, const char *address, uint32_t link)
{
	struct ifaddrmsg *info = add_message(&place->addresses, RTM_NEWADDR, sizeof(*info));

	*info = (struct ifaddrmsg){.ifa_family = AF_INET, .ifa_prefixlen = 24, .ifa_index = link};
	mnl_attr_put_u32(place->addresses.last, IFA_LOCAL, inet_addr(address));
	end_message(&place->addresses);
	add_route(&place->routes, address, 32, link);
}

/* ---- hosts ---- */

static void end_place(struct place *place)
{
	add_done(&place->links);
	add_done(&place->addresses);
	add_done(&place->routes);
	add_done(&place->routes);
}

/* eth0 with 192.0.2.10, and the internet behind it. */
static void begin_host(struct place *place, bool is_closed)
{
	*place = (struct place){.id = HOST, .forwarding = "0\n"};
	add_ruleset(&place->ruleset, is_closed);
	add_link(&place->links, &(struct link){.index = LOOPBACK, .name = "lo"});
	add_link(&place->links, &(struct link){.index = ETH0, .name = "eth0"});
	add_address(place, "192.0.2.10", ETH0);
	add_route(&place->routes, "192.0.2.0", 24, ETH0);
	add_route(&place->routes, "192.0.2.1", 0, ETH0);
}

/* A bridge with 172.17.0.1 and one port, whose other end has the index ETH0 elsewhere. */
static void add_bridge(struct place *host)
{
	host->forwarding = "1\n";
	add_link(&host->links, &(struct link){.index = BRIDGE, .name = "br0", .kind = "bridge"});
	add_link(&host->links,
		 &(struct link){PORT, "veth0", .kind = "veth", .master = BRIDGE, .peer = ETH0});
	add_address(host, "172.17.0.1", BRIDGE);
	add_route(&host->routes, "172.17.0.0", 24, BRIDGE);
}

/* A namespace that has the same bridge and port as the host, and nothing else. */
static void make_nest(struct place *place)
{
	*place = (struct place){.id = NEST};
	add_ruleset(&place->ruleset, false);
	add_bridge(place);
	end_place(place);
}

static void make_container(struct place *place, uint64_t id, const char *address)
{
	*place = (struct place){.id = id, .forwarding = "0\n"};
	add_ruleset(&place->ruleset, false);
	add_link(&place->links, &(struct link){ETH0, "eth0", .kind = "veth", .peer = PORT});
	add_address(place, address, ETH0);
	add_route(&place->routes, "172.17.0.0", 24, ETH0);
	add_route(&place->routes, "172.17.0.1", 0, ETH0);
	end_place(place);
}

/* ---- playing them ---- */

static void play_setting(struct play *play, const struct place *place, const char *path,
			 const char *value)
{
	play_item(play,
		  &(struct broker_item){.path = path, .inode = place->id, .data = span_of(value)});
}

static void play_each(struct play *play, const struct place *places, size_t count, size_t dump)
{
	for (size_t i = 0; i < count; i++)
		play_datagram(play, places[i].id,
			      (const struct datagram *)((const char *)&places[i] + dump));
	play_next_need(play);
}

static void play_ruleset(struct play *play, const struct place *place)
{
	if (place->ruleset_error)
		play_item(play, &(struct broker_item){.path = "/proc/1/ns/net",
						      .inode = place->id,
						      .error = place->ruleset_error});
	else
		play_datagram(play, place->id, &place->ruleset);
}

static void add_policy(struct datagram *datagram, uint32_t priority, uint8_t table)
{
	struct fib_rule_hdr *info = add_message(datagram, RTM_NEWRULE, sizeof(*info));

	*info = (struct fib_rule_hdr){.family = AF_INET, .table = table, .action = FR_ACT_TO_TBL};
	mnl_attr_put_u32(datagram->last, FRA_PRIORITY, priority);
	mnl_attr_put_u32(datagram->last, FRA_TABLE, table);
	end_message(datagram);
}

/* The policy rules that the kernel makes itself (fib_default_rules_init()), and no queueing
 * disciplines: the same for each namespace. */
static void play_policies(struct play *play, const struct place *places, size_t count)
{
	struct datagram datagram = {.len = 0};
	struct datagram none = {.len = 0};

	add_policy(&datagram, 0, RT_TABLE_LOCAL);
	add_policy(&datagram, 32766, RT_TABLE_MAIN);
	add_policy(&datagram, 32767, RT_TABLE_DEFAULT);
	add_done(&datagram);
	add_done(&datagram);
	add_done(&none);
	for (size_t i = 0; i < count; i++)
		play_datagram(play, places[i].id, &datagram);
	play_next_need(play);
	for (size_t i = 0; i < count; i++)
		play_datagram(play, places[i].id, &none);
	play_next_need(play);
}

static void play_settings(struct play *play, const struct place *places, size_t count)
{
	static const char *const names[] = {
	    "/proc/sys/net/ipv4/conf/all/forwarding", "/proc/sys/net/ipv4/conf/eth0/forwarding",
	    "/proc/sys/net/ipv4/conf/br0/forwarding", "/proc/sys/net/ipv4/conf/veth0/forwarding"};

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < ARRAY_LEN(names); j++)
			play_setting(play, &places[i], names[j], places[i].forwarding);
	play_next_need(play);
	play_next_need(play); /* no IPv6 */
	for (size_t i = 0; i < count; i++)
		play_setting(play, &places[i], "/proc/sys/net/netfilter/nf_conntrack_tcp_loose",
			     "1\n");
	play_next_need(play);
	play_next_need(play); /* nothing beside nftables */
}

/* All that the world is made of. */
static void play_places(struct play *play, const struct place *places, size_t count)
{
	struct datagram generation = {.len = 0};

	for (size_t i = 0; i < count; i++)
		play_item(play,
			  &(struct broker_item){.path = i ? "/proc/9/ns/net" : "/proc/1/ns/net",
						.inode = places[i].id});
	play_next_need(play);
	for (size_t i = 0; i < count; i++)
		play_ruleset(play, &places[i]);
	play_next_need(play);
	add_generation(&generation);
	for (size_t i = 0; i < count; i++)
		play_datagram(play, places[i].id, &generation);
	play_next_need(play);
	play_each(play, places, count, offsetof(struct place, links));
	play_each(play, places, count, offsetof(struct place, addresses));
	play_each(play, places, count, offsetof(struct place, routes));
	play_policies(play, places, count);
	play_settings(play, places, count);
}

#endif
