/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What to try on a ruleset: the addresses and ports that it mentions, one below, one above, and
 * between. Every four (or sixteen) bytes of its data may be an address, every two a port: it costs
 * nothing if they are not.
 */
#include "constants.h"

#include <stdlib.h>
#include <string.h>

#include <linux/netfilter/nf_tables.h>

static void add_address(struct constants *out, int family, u128 address)
{
	unsigned i = family == AF_INET6;

	if (out->address_count[i] < MAX_CONSTANTS)
		out->addresses[i][out->address_count[i]++] = address;
}

static void add_port(struct constants *out, unsigned port)
{
	if (out->port_count < MAX_CONSTANTS)
		out->ports[out->port_count++] = (uint16_t)port;
}

static void add_name(struct constants *out, const char *data, size_t len)
{
	size_t used = strnlen(data, len);

	if (used < 2 || used > 15 || out->name_count == MAX_NAMES)
		return;
	for (size_t i = 0; i < used; i++) {
		bool is_letter = (data[i] | 0x20) >= 'a' && (data[i] | 0x20) <= 'z';

		if (!is_letter && (i == 0 || !strchr("0123456789-_.", data[i])))
			return;
	}
	for (unsigned i = 0; i < out->name_count; i++) {
		if (strlen(out->names[i]) == used && strncmp(out->names[i], data, used) == 0)
			return;
	}
	memset(out->names[out->name_count], 0, 16);
	memcpy(out->names[out->name_count++], data, used);
}

/* A value of a comparison or an element's key: short ones are the front of an address. */
static void add_value(struct constants *out, struct span value)
{
	char padded[16] = {0};

	memcpy(padded, value.data, value.len < 16 ? value.len : 16);
	if (value.len <= 4)
		add_address(out, AF_INET, inet_number(padded, 4));
	if (value.len <= 16)
		add_address(out, AF_INET6, inet_number(padded, 16));
	if (value.len == 2 && out->compared_count < MAX_CONSTANTS)
		out->compared[out->compared_count++] = (uint16_t)inet_number(value.data, 2);
	if (value.len >= 2)
		add_port(out, (unsigned)inet_number(value.data, 2));
	if (value.len >= 3)
		add_name(out, padded, value.len < 16 ? value.len : 16);
}

/* A blob: a concatenated key, or what an xt module was told. */
static void add_blob(struct constants *out, struct span blob)
{
	for (size_t i = 0; i + 2 <= blob.len; i += 2) {
		unsigned port = (unsigned)inet_number(blob.data + i, 2);

		add_port(out, port);
		add_port(out, (port >> 8 | port << 8) & 0xffff);
	}
	for (size_t i = 0; i + 4 <= blob.len; i += 4)
		add_address(out, AF_INET, inet_number(blob.data + i, 4));
	for (size_t i = 0; i + 16 <= blob.len; i += 16)
		add_address(out, AF_INET6, inet_number(blob.data + i, 16));
}

static void add_rule(struct constants *out, const struct fw_rule *rule)
{
	for (unsigned i = 0; i < rule->op_count; i++) {
		const struct fw_op *op = &rule->ops[i];

		if (op->type == FW_XT_MATCH || op->type == FW_XT_TARGET) {
			add_blob(out, op->a);
			continue;
		}
		if (op->a.len > 0 && op->type != FW_BITWISE)
			add_value(out, op->a);
		if (op->b.len > 0 && op->type != FW_BITWISE)
			add_value(out, op->b);
	}
}

static void add_set(struct constants *out, const struct fw_set *set)
{
	for (size_t i = 0; i < set->element_count && i < 500; i++) {
		const struct fw_element *element = &set->elements[i];
		struct span key = {(const char *)element->key, set->key_len};
		struct span end = {(const char *)element->key_end, set->key_len};

		add_value(out, key);
		add_blob(out, key);
		if (element->key_end) {
			add_value(out, end);
			add_blob(out, end);
		}
		if (element->data.len > 0)
			add_blob(out, element->data);
	}
}

void constants_collect(struct constants *out, const struct fw_ruleset *ruleset)
{
	*out = (struct constants){0};
	for (const struct fw_table *table = ruleset->tables; table; table = table->next) {
		for (const struct fw_chain *chain = table->chains; chain; chain = chain->next) {
			for (unsigned i = 0; i < chain->device_count; i++)
				add_name(out, chain->devices[i], 16);
			for (const struct fw_rule *rule = chain->rules; rule; rule = rule->next)
				add_rule(out, rule);
		}
	}
	for (unsigned i = 0; i < FW_BUCKETS; i++) {
		for (const struct fw_set *set = ruleset->set_buckets[i]; set;
		     set = set->next_hashed)
			add_set(out, set);
	}
}

static u128 random_address(int family)
{
	u128 address = 0;

	for (unsigned i = 0; i < 5; i++)
		address = address << 31 ^ (u128)(unsigned)rand();
	if (family == AF_INET)
		return (uint32_t)address;
	/* mostly what is routed at all */
	return rand() % 4 ? ((u128)0x2001 << 112) | (address >> 16) : address;
}

u128 constants_address(const struct constants *constants, int family)
{
	unsigned i = family == AF_INET6;
	u128 mask = range_all(family).last;
	u128 address;

	if (constants->address_count[i] == 0 || rand() % 4 == 0)
		return random_address(family);
	address = constants->addresses[i][(unsigned)rand() % constants->address_count[i]];
	switch (rand() % 6) {
	case 0:
		return (address + 1) & mask;
	case 1:
		return (address - 1) & mask;
	case 2: /* somewhere in a prefix of it */
		return (address ^
			(random_address(family) >> (rand() % (family == AF_INET ? 32 : 128)))) &
		       mask;
	default:
		return address;
	}
}

uint16_t constants_port(const struct constants *constants)
{
	static const uint16_t usual[] = {22, 80, 443, 53, 8080, 3306, 6379, 1};
	unsigned port;

	if (constants->compared_count > 0 && rand() % 3) {
		port = constants->compared[(unsigned)rand() % constants->compared_count];
	} else {
		if (constants->port_count == 0 || rand() % 5 == 0)
			return usual[(unsigned)rand() % 8];
		port = constants->ports[(unsigned)rand() % constants->port_count];
	}
	return (uint16_t)(port + (rand() % 4 == 0 ? (unsigned)(rand() % 3) - 1U : 0U));
}
