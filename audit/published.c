/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Which ports a ruleset may send on to somewhere else: see published.h. */
#include "audit/published.h"

#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/x_tables.h>
#include <linux/netfilter/xt_multiport.h>
#include <linux/netfilter/xt_tcpudp.h>
#include <string.h>

#include "lib/inet.h"
#include "lib/own.h"

#define WIDE 256U /* ports of a range that are all asked for */

void ports_add(struct ports *ports, unsigned first, unsigned last)
{
	for (unsigned port = first; port <= last && port <= 65535; port++)
		ports->bits[port / 8] |= (unsigned char)(1U << port % 8);
}

bool ports_has(const struct ports *ports, unsigned port)
{
	return ports->bits[port / 8] & 1U << port % 8;
}

static void add_range(struct ports *ports, unsigned first, unsigned last)
{
	if (last < first)
		return;
	if (last - first < WIDE) {
		ports_add(ports, first, last);
		return;
	}
	ports_add(ports, first, first);
	ports_add(ports, last, last);
}

/* TPROXY hands a packet to a socket on another port, and a header that is written over is a
 * translation, too. */
static bool translates(const struct fw_rule *rule)
{
	static const char *const targets[] = {"DNAT", "REDIRECT", "NETMAP", "TPROXY"};

	for (unsigned i = 0; i < rule->op_count; i++) {
		const struct fw_op *op = &rule->ops[i];

		if ((op->type == FW_NAT && op->key == NFT_NAT_DNAT) || op->type == FW_REDIRECT ||
		    op->type == FW_PAYLOAD_SET)
			return true;
		if (op->type == FW_UNKNOWN && op->name && strcmp(op->name, "tproxy") == 0)
			return true;
		for (size_t j = 0; op->type == FW_XT_TARGET && j < ARRAY_LEN(targets); j++)
			if (strcmp(op->name, targets[j]) == 0)
				return true;
	}
	return false;
}

static bool table_translates(const struct fw_table *table)
{
	for (const struct fw_chain *chain = table->chains; chain; chain = chain->next)
		for (const struct fw_rule *rule = chain->rules; rule; rule = rule->next)
			if (translates(rule))
				return true;
	return false;
}

/* What xt matches were told stands in their blobs, in the host's order. */
static void add_match(struct ports *ports, const struct fw_op *op)
{
	struct xt_multiport_v1 list;
	struct xt_tcp pair;

	if (strcmp(op->name, "multiport") == 0 && op->a.len >= sizeof(list)) {
		memcpy(&list, op->a.data, sizeof(list));
		for (unsigned i = 0; i < list.count && i < XT_MULTI_PORTS; i++) {
			bool is_range = list.pflags[i] && i + 1 < XT_MULTI_PORTS;

			add_range(ports, list.ports[i], list.ports[i + is_range]);
		}
	} else if (strcmp(op->name, "tcp") == 0 && op->a.len >= sizeof(pair)) {
		memcpy(&pair, op->a.data, sizeof(pair));
		add_range(ports, pair.dpts[0], pair.dpts[1]);
	} else if (strcmp(op->name, "udp") == 0 && op->a.len >= sizeof(struct xt_udp)) {
		struct xt_udp udp;

		memcpy(&udp, op->a.data, sizeof(udp));
		add_range(ports, udp.dpts[0], udp.dpts[1]);
	}
}

/* Any two bytes that a rule compares with may be a port. */
static void add_rule(struct ports *ports, const struct fw_rule *rule)
{
	for (unsigned i = 0; i < rule->op_count; i++) {
		const struct fw_op *op = &rule->ops[i];

		if (op->type == FW_RANGE && op->a.len == 2 && op->b.len == 2)
			add_range(ports, (unsigned)inet_number(op->a.data, 2),
				  (unsigned)inet_number(op->b.data, 2));
		else if (op->type == FW_CMP && op->a.len == 2)
			add_range(ports, (unsigned)inet_number(op->a.data, 2),
				  (unsigned)inet_number(op->a.data, 2));
		else if (op->type == FW_XT_MATCH)
			add_match(ports, op);
	}
	if (rule->has_port)
		add_range(ports, rule->first_port, rule->last_port);
}

/* A field of a concatenation takes up whole registers of four bytes. */
static void add_element(struct ports *ports, const struct fw_set *set,
			const struct fw_element *element)
{
	unsigned count = set->field_count ? set->field_count : 1;
	size_t at = 0;

	for (unsigned i = 0; i < count; i++) {
		size_t len = set->field_count ? set->field_len[i] : set->key_len;

		if (at + len > set->key_len)
			return;
		if (len == 2) {
			unsigned first = (unsigned)inet_number(element->key + at, 2);
			const uint8_t *end = element->key_end ? element->key_end : element->key;

			add_range(ports, first, (unsigned)inet_number(end + at, 2));
		}
		at += (len + 3) & ~(size_t)3;
	}
}

static void add_sets(struct ports *ports, const struct fw_ruleset *ruleset,
		     const struct fw_table *table)
{
	for (unsigned i = 0; i < FW_BUCKETS; i++)
		for (const struct fw_set *set = ruleset->set_buckets[i]; set;
		     set = set->next_hashed)
			for (size_t j = 0; set->table == table && j < set->element_count; j++)
				if (set->elements[j].key)
					add_element(ports, set, &set->elements[j]);
}

static void add_table(struct ports *ports, const struct fw_ruleset *ruleset,
		      const struct fw_table *table)
{
	add_sets(ports, ruleset, table);
	for (const struct fw_chain *chain = table->chains; chain; chain = chain->next)
		for (const struct fw_rule *rule = chain->rules; rule; rule = rule->next)
			add_rule(ports, rule);
}

/* The port may be named in another table, which leaves a mark for the one that translates. */
bool published_candidates(const struct fw_ruleset *ruleset, struct ports *out)
{
	bool found = false;

	for (const struct fw_table *table = ruleset->tables; table && !found; table = table->next)
		found = table_translates(table);
	if (!found)
		return false;
	ports_add(out, 1, 1); /* for rules that send on whatever comes */
	ports_add(out, 65535, 65535);
	ruleset_ports(ruleset, out);
	return true;
}

void ruleset_ports(const struct fw_ruleset *ruleset, struct ports *out)
{
	for (const struct fw_table *table = ruleset->tables; table; table = table->next)
		add_table(out, ruleset, table);
}
