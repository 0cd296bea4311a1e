/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The firewall model of each network namespace of the host, made of what root hands out:
 * nftables with the elements of its sets, links, addresses, routes, policy rules and settings. A
 * probe that wants it begins its needs with WORLD_NEEDS.
 *
 * What could not be read of a namespace makes every answer about it unknown (model.incomplete says
 * why); it is never taken for a firewall without rules.
 */
#ifndef AUDIT_WORLD_H
#define AUDIT_WORLD_H

#include "audit/firewall/walk.h"
#include "audit/probe.h"

/* it would take the last brace for a block */
/* clang-format off */
#define WORLD_NEEDS                                                                                \
	{NAMESPACES, ""}, {DUMP, "nft_ruleset"}, {DUMP, "nft_elements"}, {DUMP, "nft_generation"}, \
	    {DUMP, "links"}, {DUMP, "addresses"}, {DUMP, "routes"}, {DUMP, "route_rules"},         \
	    {DUMP, "qdiscs"},                                                                      \
	    {READ_EACH, "/proc/sys/net/ipv4/conf/*/{forwarding,rp_filter,route_localnet,"          \
			"accept_local,src_valid_mark,bc_forwarding}"},                             \
	    {READ_EACH, "/proc/sys/net/ipv6/conf/*/{forwarding,force_forwarding}"},                \
	    {READ_EACH, "/proc/sys/net/netfilter/nf_conntrack_tcp_loose"},                         \
	    {READ_EACH, "/proc/net/{ip_tables_names,ip6_tables_names,arp_tables_names,ip_vs}"}
/* clang-format on */

struct world_namespace {
	struct world_namespace *next;
	uint64_t id;      /* inode */
	const char *name; /* in /run/netns; NULL without one */
	bool is_host;
	struct fw_ruleset ruleset;
	struct fw_host host;
	struct fw_model model;
	uint32_t generation;
	const char *incomplete;
	bool is_outside; /* one of its links leads beyond this host: see audit/wires.h */
};

struct world {
	struct host *host;
	struct world_namespace *first;
	struct world_namespace *last_found; /* messages come namespace by namespace */
};

/* Asks for all of it. -1: root broke off; what was not seen is in the namespaces themselves. */
int world_read(struct host *host, struct world *out, struct err *err) MUST_CHECK;

/* NULL: there is no such namespace. */
struct world_namespace *world_find(struct world *world, uint64_t id);

#endif
