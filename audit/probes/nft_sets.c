/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table nft_sets: see the spec at the end. */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/render.h"
#include "audit/rulesets.h"

#define MAX_TYPE 1024U

static void put_set(struct host *host, uint64_t namespace, const struct fw_set *set)
{
	struct buf type auto_buf;
	struct buf flags auto_buf;

	buf_init(&type, MAX_TYPE);
	buf_init(&flags, MAX_TYPE);
	render_set_type(&type, set);
	render_set_flags(&flags, set);
	row_int(host, (int64_t) namespace);
	row_text(host, render_family(set->table->family));
	row_text(host, set->table->name);
	row_text(host, set->name);
	row_span(host, buf_span(&type));
	row_span(host, buf_span(&flags));
	row_int(host, (set->flags & (NFT_SET_MAP | NFT_SET_OBJECT)) != 0);
	row_int(host, (int64_t)set->counted);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	struct world world;

	if (rulesets_read(host, RULESETS_COUNTS, &world, err) < 0)
		return -1;
	rulesets_check(&world);
	for (const struct world_namespace *at = world.first; at; at = at->next)
		for (unsigned i = 0; i < FW_BUCKETS; i++)
			for (const struct fw_set *set = at->ruleset.set_buckets[i]; set;
			     set = set->next_hashed)
				put_set(host, at->id, set);
	return 0;
}

const struct probe probe_nft_sets = {
    .about = "Sets and maps of nftables of every network namespace",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"family", TEXT, "ip, ip6, inet, arp, bridge or netdev"},
	    {"table_name", TEXT, "name of the table"},
	    {"name", TEXT, "name of the set; __set1, __map1 … stand in a rule"},
	    {"type", TEXT, "of its keys, and of a map behind \" : \" what they lead to"},
	    {"flags", TEXT, "anonymous, constant, interval, timeout, dynamic; or empty"},
	    {"is_map", INTEGER, "1: keys lead to something"},
	    {"elements", INTEGER, "how many there are; an interval is one"}),
    NEEDS(RULESETS_NEEDS),
    .collect = collect,
};
