/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kinds of expressions and their cases: see tally.h. A packet that a rule has a verdict on has been
 * through all of the rule; on its way there it met the rules before it in the chain, of which it
 * certainly met what stands before their first condition, and that condition. Rules of a chain that
 * it left at the end are not counted, since no step tells of them.
 */
#include "tally.h"

#include <linux/netfilter/nf_tables.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/own.h"

#define MAX_KINDS 256U
#define SAMPLE 250U /* packets of a query that are looked at */

static struct kind {
	char name[48];
	unsigned long cases;
} kinds[MAX_KINDS];
static unsigned kind_count;

static const char *const meta_names[] = {
    [NFT_META_LEN] = "length",        [NFT_META_PROTOCOL] = "protocol",
    [NFT_META_PRIORITY] = "priority", [NFT_META_MARK] = "mark",
    [NFT_META_IIF] = "iif",           [NFT_META_OIF] = "oif",
    [NFT_META_IIFNAME] = "iifname",   [NFT_META_OIFNAME] = "oifname",
    [NFT_META_IFTYPE] = "iiftype",    [NFT_META_OIFTYPE] = "oiftype",
    [NFT_META_SKUID] = "skuid",       [NFT_META_SKGID] = "skgid",
    [NFT_META_NFPROTO] = "nfproto",   [NFT_META_L4PROTO] = "l4proto",
    [NFT_META_CPU] = "cpu",           [NFT_META_PKTTYPE] = "pkttype",
    [NFT_META_IIFGROUP] = "iifgroup", [NFT_META_OIFGROUP] = "oifgroup",
    [NFT_META_PRANDOM] = "random",    [NFT_META_IIFKIND] = "iifkind",
    [NFT_META_OIFKIND] = "oifkind",   [NFT_META_TIME_NS] = "time",
    [NFT_META_TIME_DAY] = "day",      [NFT_META_TIME_HOUR] = "hour",
};

static const char *const ct_names[] = {
    [NFT_CT_STATE] = "state",         [NFT_CT_DIRECTION] = "direction",
    [NFT_CT_STATUS] = "status",       [NFT_CT_MARK] = "mark",
    [NFT_CT_L3PROTOCOL] = "l3proto",  [NFT_CT_SRC] = "saddr",
    [NFT_CT_DST] = "daddr",           [NFT_CT_PROTOCOL] = "protocol",
    [NFT_CT_PROTO_SRC] = "proto-src", [NFT_CT_PROTO_DST] = "proto-dst",
    [NFT_CT_SRC_IP] = "ip saddr",     [NFT_CT_DST_IP] = "ip daddr",
    [NFT_CT_SRC_IP6] = "ip6 saddr",   [NFT_CT_DST_IP6] = "ip6 daddr",
    [NFT_CT_ZONE] = "zone",
};

static const char *const payload_names[] = {
    [NFT_PAYLOAD_LL_HEADER] = "link",
    [NFT_PAYLOAD_NETWORK_HEADER] = "network",
    [NFT_PAYLOAD_TRANSPORT_HEADER] = "transport",
};

static const char *name_at(const char *const *names, size_t count, uint32_t key)
{
	return key < count && names[key] ? names[key] : "other";
}

static const char *detail(const struct fw_op *op)
{
	if (op->type == FW_META || op->type == FW_META_SET)
		return name_at(meta_names, ARRAY_LEN(meta_names), op->key);
	if (op->type == FW_CT || op->type == FW_CT_SET)
		return name_at(ct_names, ARRAY_LEN(ct_names), op->key);
	if (op->type == FW_PAYLOAD || op->type == FW_PAYLOAD_SET)
		return name_at(payload_names, ARRAY_LEN(payload_names), op->key);
	if (op->type == FW_CMP)
		return op->key == NFT_CMP_EQ ? "==" : op->key == NFT_CMP_NEQ ? "!=" : "< >";
	return op->type == FW_LOOKUP && op->flags ? "inverted" : "";
}

static void add_op(const struct fw_op *op)
{
	bool is_set =
	    op->type == FW_META_SET || op->type == FW_CT_SET || op->type == FW_PAYLOAD_SET;
	bool is_xt = op->type == FW_XT_MATCH || op->type == FW_XT_TARGET;
	char name[sizeof(kinds->name)];
	unsigned i = 0;

	(void)snprintf(name, sizeof(name), "%s%.24s%s%s%s", is_xt ? "xt " : "", op->name,
		       detail(op)[0] ? " " : "", detail(op), is_set ? " set" : "");
	while (i < kind_count && strcmp(kinds[i].name, name) != 0)
		i++;
	if (i == MAX_KINDS)
		return;
	if (i == kind_count) {
		memcpy(kinds[i].name, name, sizeof(name));
		kind_count++;
	}
	kinds[i].cases++;
}

/* Goes on with the rule only if what it looks at is as it says. */
static bool is_condition(const struct fw_op *op)
{
	return op->type == FW_CMP || op->type == FW_RANGE || op->type == FW_LOOKUP ||
	       op->type == FW_XT_MATCH || op->type == FW_TEMPORAL || op->type == FW_CT ||
	       op->type == FW_UNKNOWN;
}

static void add_rules(const struct fw_chain *chain, const struct fw_rule *last)
{
	for (const struct fw_rule *rule = chain->rules; rule; rule = rule->next) {
		for (unsigned i = 0; i < rule->op_count; i++) {
			add_op(&rule->ops[i]);
			if (rule != last && is_condition(&rule->ops[i]))
				break;
		}
		if (rule == last)
			break;
	}
}

/* Is there a later step in the chain? It has what this one would tell. */
static bool is_last_of_chain(const struct fw_step *step, u128 source)
{
	for (const struct fw_step *at = step->next; at; at = at->next) {
		if (at->chain == step->chain && ranges_has(at->sources, source))
			return false;
	}
	return true;
}

void tally_add(const struct fw_answer *answer, const struct lab_probe *probes, unsigned count)
{
	for (unsigned i = 0; i < count && i < SAMPLE; i++) {
		u128 source = probes[i].source;

		if (ranges_has(answer->may_accept, source) && ranges_has(answer->may_drop, source))
			continue; /* unknown: nothing was checked */
		for (const struct fw_step *at = answer->steps; at; at = at->next) {
			if (ranges_has(at->sources, source) && is_last_of_chain(at, source))
				add_rules(at->chain, at->rule);
		}
	}
}

static int by_cases(const void *a, const void *b)
{
	const struct kind *left = a;
	const struct kind *right = b;

	if (left->cases != right->cases)
		return left->cases < right->cases ? 1 : -1;
	return strcmp(left->name, right->name);
}

void tally_print_rare(void)
{
	for (unsigned i = 0; i < kind_count; i++) {
		if (kinds[i].cases < TALLY_ENOUGH)
			printf("# few packets met \"%s\": %lu\n", kinds[i].name, kinds[i].cases);
	}
}

void tally_print(void)
{
	qsort(kinds, kind_count, sizeof(kinds[0]), by_cases);
	printf("# at least so many packets met the expression, and the kernel agreed:\n");
	for (unsigned i = 0; i < kind_count; i++)
		printf("# %10lu  %s\n", kinds[i].cases, kinds[i].name);
}
