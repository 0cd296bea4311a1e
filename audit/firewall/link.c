/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be said of rules once all is there: which chain or set a name means, which rules can be
 * passed by, and which chains leave something behind that a later one may notice.
 */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <string.h>

#include "audit/firewall/ruleset.h"
#include "lib/inet.h"
#include "lib/own.h"

#define LONG_CHAIN 64U /* rules above which a chain is indexed by port */

static void link_verdict(const struct fw_ruleset *ruleset, const struct fw_table *table,
			 struct fw_verdict *verdict)
{
	if (verdict->chain_name)
		verdict->chain =
		    ruleset_chain(ruleset, table->family, table->name, verdict->chain_name);
}

/* Does nothing but ask, so that a later mismatch in the same rule makes it as if it had not been.
 */
static bool only_asks(const struct fw_op *op)
{
	switch ((int)op->type) {
	case FW_INERT:
	case FW_IMMEDIATE:
	case FW_PAYLOAD:
	case FW_CMP:
	case FW_RANGE:
	case FW_BITWISE:
	case FW_META:
	case FW_CT:
	case FW_XT_MATCH:
		return true;
	case FW_LOOKUP:
		return op->key == FW_LOOKUP_SET;
	default:
		return false;
	}
}

/* `tcp dport 80`, `udp dport 1-9`: a load of two bytes and what they are compared with. */
static void find_port(struct fw_rule *rule)
{
	for (unsigned i = 0; i + 1 < rule->op_count && only_asks(&rule->ops[i]); i++) {
		const struct fw_op *load = &rule->ops[i];
		const struct fw_op *test = load + 1;
		bool is_range = test->type == FW_RANGE && test->key == NFT_RANGE_EQ;

		if (load->type != FW_PAYLOAD || load->key != NFT_PAYLOAD_TRANSPORT_HEADER ||
		    load->offset != 2 || load->len != 2 || test->sreg != load->dreg ||
		    test->a.len != 2 ||
		    !(is_range || (test->type == FW_CMP && test->key == NFT_CMP_EQ)))
			continue;
		rule->has_port = true;
		rule->first_port = (uint16_t)inet_number(test->a.data, 2);
		rule->last_port = (uint16_t)inet_number((is_range ? test->b : test->a).data, 2);
		return;
	}
}

static void link_rule(const struct fw_ruleset *ruleset, struct fw_rule *rule)
{
	const struct fw_table *table = rule->chain->table;

	rule->is_idle = true;
	find_port(rule);
	for (unsigned i = 0; i < rule->op_count; i++) {
		struct fw_op *op = &rule->ops[i];

		link_verdict(ruleset, table, &op->verdict);
		if (op->set_name)
			op->set = ruleset_set(ruleset, table->family, table->name, op->set_name);
		if (op->shown && op->shown->set_name)
			op->shown->set =
			    ruleset_set(ruleset, table->family, table->name, op->shown->set_name);
		switch ((int)op->type) {
		case FW_INERT:
		case FW_TEMPORAL:
		case FW_LOAD_TEMPORAL:
		case FW_LOAD_UNKNOWN:
		case FW_HASH:
		case FW_EXTHDR:
		case FW_IMMEDIATE:
		case FW_PAYLOAD:
		case FW_CMP:
		case FW_RANGE:
		case FW_BITWISE:
		case FW_SHIFT:
		case FW_BYTEORDER:
		case FW_META:
		case FW_CT:
		case FW_FIB:
		case FW_XT_MATCH:
			break;
		case FW_LOOKUP:
			rule->is_idle &= op->key == FW_LOOKUP_SET;
			break;
		default:
			rule->is_idle = false;
			break;
		}
	}
}

static void link_chain(const struct fw_ruleset *ruleset, struct fw_chain *chain)
{
	for (struct fw_rule *rule = chain->rules; rule; rule = rule->next) {
		link_rule(ruleset, rule);
		rule->number = chain->rule_count++;
	}
	if (chain->rule_count <= LONG_CHAIN)
		return;
	chain->index = arena_alloc(ruleset->arena, 1, sizeof(*chain->index));
	chain->index->port = -1;
	chain->index->rules = (const struct fw_rule **)arena_alloc(
	    ruleset->arena, chain->rule_count, sizeof(*chain->index->rules));
}

/* xt targets that neither mark nor change what later chains look at. */
static bool is_plain_target(const char *name)
{
	static const char *const plain[] = {"LOG",      "NFLOG", "REJECT",     "TCPMSS",
					    "CHECKSUM", "DNAT",  "MASQUERADE", "SNAT",
					    "REDIRECT", "AUDIT", "NETMAP"};

	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		if (strcmp(name, plain[i]) == 0)
			return true;
	}
	return false;
}

/* What a later chain of the same priority could notice. */
static bool op_has_effect(const struct fw_op *op)
{
	return op->type == FW_UNKNOWN || op->type == FW_META_SET || op->type == FW_CT_SET ||
	       op->type == FW_PAYLOAD_SET || op->type == FW_NOTRACK || op->type == FW_DYNSET ||
	       (op->type == FW_XT_TARGET && !is_plain_target(op->name));
}

static void find_effects(struct fw_chain *chain, unsigned depth);

static bool called_has_effects(const struct fw_verdict *verdict, unsigned depth)
{
	if (!verdict->chain)
		return false;
	find_effects(verdict->chain, depth + 1);
	return verdict->chain->has_effects;
}

static bool rule_has_effects(const struct fw_rule *rule, unsigned depth)
{
	bool has = false;

	for (unsigned i = 0; i < rule->op_count; i++) {
		const struct fw_op *op = &rule->ops[i];
		size_t count = op->type == FW_LOOKUP && op->set ? op->set->element_count : 0;

		has |= op_has_effect(op) || called_has_effects(&op->verdict, depth);
		for (size_t j = 0; j < count; j++)
			has |= called_has_effects(&op->set->elements[j].verdict, depth);
		if (count > 0 && op->set->catchall)
			has |= called_has_effects(&op->set->catchall->verdict, depth);
	}
	return has;
}

static void find_effects(struct fw_chain *chain, unsigned depth)
{
	if (chain->is_visited)
		return;
	chain->is_visited = true;
	chain->has_effects = depth > 64;
	for (const struct fw_rule *rule = chain->rules; rule && !chain->has_effects;
	     rule = rule->next)
		chain->has_effects = rule_has_effects(rule, depth);
}

static void link_set(struct fw_ruleset *ruleset, struct fw_set *set)
{
	for (struct fw_element_block *block = set->blocks; block; block = block->next) {
		for (size_t i = 0; i < block->count; i++)
			link_verdict(ruleset, set->table, &block->items[i].verdict);
	}
	ruleset_sort_set(ruleset, set);
}

void ruleset_link(struct fw_ruleset *ruleset)
{
	for (unsigned i = 0; i < FW_BUCKETS; i++) {
		for (struct fw_set *set = ruleset->set_buckets[i]; set; set = set->next_hashed)
			link_set(ruleset, set);
	}
	for (struct fw_table *table = ruleset->tables; table; table = table->next) {
		for (struct fw_chain *chain = table->chains; chain; chain = chain->next)
			link_chain(ruleset, chain);
	}
	for (struct fw_table *table = ruleset->tables; table; table = table->next) {
		for (struct fw_chain *chain = table->chains; chain; chain = chain->next)
			find_effects(chain, 0);
	}
}
