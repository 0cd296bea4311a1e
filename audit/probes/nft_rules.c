/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table nft_rules: see the spec at the end. */
#include <string.h>

#include "audit/firewall/render.h"
#include "audit/rulesets.h"

/* iptables keeps a comment as a match (linux/netfilter/xt_comment.h). */
static struct span comment_of(const struct fw_rule *rule)
{
	if (rule->comment.len > 0)
		return rule->comment;
	for (unsigned i = 0; i < rule->op_count; i++) {
		const struct fw_op *op = &rule->ops[i];

		if (op->type == FW_XT_MATCH && strcmp(op->name, "comment") == 0 && op->a.len > 0)
			return (struct span){op->a.data, strnlen(op->a.data, op->a.len)};
	}
	return (struct span){0};
}

static void put_rule(struct host *host, uint64_t namespace, const struct fw_rule *rule,
		     int64_t position)
{
	struct span comment = comment_of(rule);
	struct buf text auto_buf;

	buf_init(&text, PROBE_MAX_TEXT);
	render_rule(&text, rule);
	row_int(host, (int64_t) namespace);
	row_text(host, render_family(rule->chain->table->family));
	row_text(host, rule->chain->table->name);
	row_text(host, rule->chain->name);
	row_int(host, (int64_t)rule->handle);
	row_int(host, position);
	row_span(host, buf_span(&text));
	if (comment.len > 0)
		row_span(host, comment);
	else
		row_null(host);
	row_end(host);
}

static void put_rules(struct host *host, uint64_t namespace, const struct fw_chain *chain)
{
	int64_t position = 1;

	for (const struct fw_rule *rule = chain->rules; rule; rule = rule->next)
		put_rule(host, namespace, rule, position++);
}

static int collect(struct host *host, struct err *err)
{
	struct world world;

	if (rulesets_read(host, RULESETS_ANONYMOUS, &world, err) < 0 ||
	    rulesets_read_links(&world, RULESETS_NEED_COUNT, err) < 0)
		return -1;
	rulesets_check(&world);
	for (const struct world_namespace *at = world.first; at; at = at->next)
		for (const struct fw_table *table = at->ruleset.tables; table; table = table->next)
			for (const struct fw_chain *chain = table->chains; chain;
			     chain = chain->next)
				put_rules(host, at->id, chain);
	return 0;
}

const struct probe probe_nft_rules = {
    .about = "Rules of nftables, those of iptables-nft among them, of every network namespace",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"family", TEXT, "ip, ip6, inet, arp, bridge or netdev"},
	    {"table_name", TEXT, "name of the table"}, {"chain", TEXT, "name of the chain"},
	    {"handle", INTEGER, "number of the rule in its table, as nft -a shows it"},
	    {"position", INTEGER, "place in the chain, from 1"},
	    {"text", TEXT, "the rule in nft's syntax; [ NAME ]: a part that is not known here"},
	    {"comment", TEXT, "its comment; NULL: none"}),
    NEEDS(RULESETS_NEEDS, {DUMP, "links"}),
    .collect = collect,
};
