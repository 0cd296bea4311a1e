/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table legacy_tables: see the spec at the end. Names, a line for each, as
 * net/netfilter/x_tables.c: xt_table_seq_ops writes them.
 */
#include <errno.h>

#include "audit/probe.h"

static const char *family_of(const char *path)
{
	struct span name = span_of(path);

	return span_ends(name, "/ip6_tables_names")   ? "ip6"
	       : span_ends(name, "/arp_tables_names") ? "arp"
						      : "ip";
}

static int collect(struct host *host, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(host, 0, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		struct span name;

		if (item.error == ENOENT) /* a kernel without that module */
			continue;
		if (item.error) {
			host_item_failed(host, &item, "legacy tables of some network namespace");
			continue;
		}
		while (span_cut(&item.data, '\n', &name)) {
			row_int(host, (int64_t)item.inode);
			row_text(host, family_of(item.path));
			row_span(host, name);
			row_end(host);
		}
	}
	return got;
}

const struct probe probe_legacy_tables = {
    .about = "Tables of legacy iptables that are loaded: nft(8) does not list them, and they drop",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"family", TEXT, "ip, ip6 or arp"},
	    {"name", TEXT, "filter, nat, mangle, raw or security"}),
    NEEDS({READ_EACH, "/proc/net/{ip_tables_names,ip6_tables_names,arp_tables_names}"}),
    .collect = collect,
};
