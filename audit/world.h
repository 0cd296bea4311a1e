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

#include "audit/rulesets.h"

/* it would take the last brace for a block */
/* clang-format off */
#define WORLD_NEEDS                                                                                \
	RULESETS_NEEDS, {DUMP, "links"}, {DUMP, "addresses"}, {DUMP, "routes"},                    \
	    {DUMP, "route_rules"}, {DUMP, "qdiscs"},                                               \
	    {READ_EACH, "/proc/sys/net/ipv4/conf/*/{forwarding,rp_filter,route_localnet,"          \
			"accept_local,src_valid_mark,bc_forwarding}"},                             \
	    {READ_EACH, "/proc/sys/net/ipv6/conf/*/{forwarding,force_forwarding}"},                \
	    {READ_EACH, "/proc/sys/net/netfilter/nf_conntrack_tcp_loose"},                         \
	    /* dump.c knows the one that follows by its beginning */                            \
	    {READ_EACH, "/proc/net/{ip_tables_names,ip6_tables_names,arp_tables_names,ip_vs}"}
/* clang-format on */

/* Asks for all of it. -1: root broke off; what was not seen is in the namespaces themselves. */
int world_read(struct host *host, struct world *out, struct err *err) MUST_CHECK;

#endif
