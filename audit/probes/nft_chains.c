/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table nft_chains: see the spec at the end. */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/render.h"
#include "audit/rulesets.h"
#include "lib/own.h"

#define MAX_DEVICES 4096U /* bytes of their names */

static const char *type_name(const struct fw_chain *chain)
{
	static const char *const names[] = {
	    [FW_CHAIN_FILTER] = "filter", [FW_CHAIN_NAT] = "nat", [FW_CHAIN_ROUTE] = "route"};

	return (size_t)chain->type < ARRAY_LEN(names) ? names[chain->type] : "?";
}

static const char *hook_name(const struct fw_chain *chain)
{
	static const char *const names[] = {
	    [NF_INET_PRE_ROUTING] = "prerouting",   [NF_INET_LOCAL_IN] = "input",
	    [NF_INET_FORWARD] = "forward",          [NF_INET_LOCAL_OUT] = "output",
	    [NF_INET_POST_ROUTING] = "postrouting", [NF_INET_INGRESS] = "ingress"};
	static const char *const netdev[] = {
	    [NF_NETDEV_INGRESS] = "ingress", [NF_NETDEV_EGRESS] = "egress"};
	static const char *const arp[] = {"input", "output"}; /* linux/netfilter_arp.h */

	if (chain->table->family == NFPROTO_NETDEV)
		return chain->hook < ARRAY_LEN(netdev) ? netdev[chain->hook] : "?";
	if (chain->table->family == NFPROTO_ARP)
		return chain->hook < ARRAY_LEN(arp) ? arp[chain->hook] : "?";
	return chain->hook < ARRAY_LEN(names) ? names[chain->hook] : "?";
}

static void put_devices(struct host *host, const struct fw_chain *chain)
{
	struct buf out auto_buf;

	buf_init(&out, MAX_DEVICES);
	if (chain->device_count == 0) {
		row_null(host);
		return;
	}
	for (unsigned i = 0; i < chain->device_count; i++)
		buf_printf(&out, "%s%s", i ? ", " : "", chain->devices[i]);
	row_span(host, buf_span(&out));
}

static void put_base(struct host *host, const struct fw_chain *chain)
{
	if (!chain->is_base) {
		for (unsigned i = 0; i < 5; i++)
			row_null(host);
		return;
	}
	row_text(host, type_name(chain));
	row_text(host, hook_name(chain));
	row_int(host, chain->priority);
	if (chain->has_policy)
		row_text(host, chain->policy == NF_ACCEPT ? "accept" : "drop");
	else
		row_text(host, "?");
	put_devices(host, chain);
}

static void put_chain(struct host *host, uint64_t namespace, const struct fw_chain *chain)
{
	row_int(host, (int64_t) namespace);
	row_text(host, render_family(chain->table->family));
	row_text(host, chain->table->name);
	row_text(host, chain->name);
	row_int(host, (int64_t)chain->handle);
	put_base(host, chain);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	struct world world;

	if (rulesets_read(host, RULESETS_CHAINS, &world, err) < 0)
		return -1;
	rulesets_check(&world);
	for (const struct world_namespace *at = world.first; at; at = at->next)
		for (const struct fw_table *table = at->ruleset.tables; table; table = table->next)
			for (const struct fw_chain *chain = table->chains; chain;
			     chain = chain->next)
				put_chain(host, at->id, chain);
	return 0;
}

const struct probe probe_nft_chains = {
    .about = "Chains of nftables, those of iptables-nft among them, of every network namespace",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"family", TEXT, "ip, ip6, inet, arp, bridge or netdev"},
	    {"table_name", TEXT, "name of the table"}, {"chain", TEXT, "name of the chain"},
	    {"handle", INTEGER, "number of the chain in its table"},
	    {"type", TEXT, "filter, nat or route; this and what follows: NULL unless on a hook"},
	    {"hook", TEXT, "where packets come to it: input, forward …"},
	    {"priority", INTEGER, "chains of a hook run in this order"},
	    {"policy", TEXT, "accept or drop: what becomes of packets that no rule decides"},
	    {"devices", TEXT, "interfaces that an ingress or egress chain is bound to; or NULL"}),
    NEEDS(RULESETS_NEEDS),
    .collect = collect,
};
