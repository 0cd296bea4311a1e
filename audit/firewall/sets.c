/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The elements of sets and maps, and what they mean: a hash set's elements are keys, an interval
 * set's are beginnings and ends (net/netfilter/nft_set_rbtree.c), a concatenation's with intervals
 * have two keys (nft_set_pipapo.c). All become ranges of keys here.
 */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <stdlib.h>
#include <string.h>

#include "audit/firewall/attributes.h"
#include "audit/firewall/ruleset.h"

/* Only a counter never breaks the rule (nft_set_elem_update_expr() runs them on a hit). */
static bool is_counter(const struct nlattr *expression)
{
	struct attributes all;
	struct span name;

	attributes_of_nest(&all, expression, NFTA_EXPR_DATA);
	name = attribute_span(all.at[NFTA_EXPR_NAME]);
	return span_is(name, "counter") || (name.len == 8 && memcmp(name.data, "counter", 8) == 0);
}

static bool has_breaking_expression(const struct attributes *all)
{
	struct span list = attribute_span(all->at[NFTA_SET_ELEM_EXPRESSIONS]);
	const struct nlattr *expression;

	if (all->at[NFTA_SET_ELEM_EXPR] && !is_counter(all->at[NFTA_SET_ELEM_EXPR]))
		return true;
	while ((expression = attribute_next(&list))) {
		if (!is_counter(expression))
			return true;
	}
	return false;
}

/* A key as bytes of the set's key length; NULL when it has another length. */
static const uint8_t *read_key(struct fw_ruleset *ruleset, const struct fw_set *set,
			       const struct nlattr *nest)
{
	struct attributes data;
	struct span value;

	if (!nest)
		return NULL;
	attributes_of_nest(&data, nest, NFTA_DATA_VERDICT);
	value = attribute_span(data.at[NFTA_DATA_VALUE]);
	if (value.len != set->key_len)
		return NULL;
	return (const uint8_t *)arena_text(ruleset->arena, value);
}

/* The object that a map of objects has for the key, without the NUL. */
static struct span decode_name(struct fw_ruleset *ruleset, const struct nlattr *attribute)
{
	return span_of(attribute_text(ruleset->arena, attribute));
}

static void read_element(struct fw_ruleset *ruleset, struct fw_set *set, const struct nlattr *nest,
			 struct fw_element *out)
{
	struct attributes all;

	attributes_of_nest(&all, nest, NFTA_SET_ELEM_EXPRESSIONS);
	out->flags = attribute_u32(all.at[NFTA_SET_ELEM_FLAGS], 0);
	out->key = read_key(ruleset, set, all.at[NFTA_SET_ELEM_KEY]);
	out->key_end = read_key(ruleset, set, all.at[NFTA_SET_ELEM_KEY_END]);
	out->is_temporal = all.at[NFTA_SET_ELEM_TIMEOUT] || all.at[NFTA_SET_ELEM_EXPIRATION] ||
			   has_breaking_expression(&all);
	if (all.at[NFTA_SET_ELEM_DATA] &&
	    !ruleset_decode_data(ruleset, all.at[NFTA_SET_ELEM_DATA], &out->data, &out->verdict,
				 &out->has_verdict))
		set->has_unknown = true;
	if (all.at[NFTA_SET_ELEM_OBJREF])
		out->data = decode_name(ruleset, all.at[NFTA_SET_ELEM_OBJREF]);
	if ((!out->key && !(out->flags & NFT_SET_ELEM_CATCHALL)) || all.has_unknown ||
	    (all.at[NFTA_SET_ELEM_KEY_END] && !out->key_end) ||
	    out->flags > (NFT_SET_ELEM_INTERVAL_END | NFT_SET_ELEM_CATCHALL))
		set->has_unknown = true;
}

/* How many there are as nft lists them: the end of an interval is none of its own. */
static void count_elements(struct fw_set *set, struct span rest)
{
	const struct nlattr *at;

	while ((at = attribute_next(&rest))) {
		struct attributes all;

		attributes_of_nest(&all, at, NFTA_SET_ELEM_EXPRESSIONS);
		if (!(attribute_u32(all.at[NFTA_SET_ELEM_FLAGS], 0) & NFT_SET_ELEM_INTERVAL_END))
			set->counted++;
	}
	set->has_unknown = true; /* to who would ask whether a key is in it */
}

void ruleset_decode_elements(struct fw_ruleset *ruleset, struct fw_set *set,
			     const struct nlattr *list)
{
	struct span rest = attribute_span(list);
	struct span count_rest = rest;
	struct fw_element_block *block;
	const struct nlattr *at;
	size_t count = 0;

	if (ruleset->only_counts) {
		count_elements(set, rest);
		return;
	}
	while (attribute_next(&count_rest))
		count++;
	if (ruleset->max_elements && set->element_count + count > ruleset->max_elements) {
		count = ruleset->max_elements - set->element_count;
		set->is_cut = true;
		set->has_unknown = true;
	}
	block = arena_alloc(ruleset->arena, 1, sizeof(*block) + count * sizeof(block->items[0]));
	while (block->count < count && (at = attribute_next(&rest)))
		read_element(ruleset, set, at, &block->items[block->count++]);
	block->next = set->blocks;
	set->blocks = block;
	set->element_count += block->count;
}

/* qsort() hands no context on: elements carry their length with them while they are sorted. */
struct sortable {
	struct fw_element element;
	size_t len;
};

static int compare(const void *a, const void *b)
{
	const struct sortable *x = a;
	const struct sortable *y = b;
	int order = memcmp(x->element.key, y->element.key, x->len);

	if (order != 0)
		return order;
	/* an interval that ends where the next begins: first the end */
	return (int)(y->element.flags & NFT_SET_ELEM_INTERVAL_END) -
	       (int)(x->element.flags & NFT_SET_ELEM_INTERVAL_END);
}

/* The key just below; the end of an interval in the kernel is the first key behind it. */
static const uint8_t *key_before(struct fw_ruleset *ruleset, const uint8_t *key, size_t len)
{
	uint8_t *out = arena_alloc(ruleset->arena, 1, len);

	memcpy(out, key, len);
	for (size_t i = len; i > 0; i--) {
		if (out[i - 1]-- != 0)
			break;
	}
	return out;
}

/* Beginnings and ends, in order, to closed ranges. */
static void pair_up(struct fw_ruleset *ruleset, struct fw_set *set, const struct sortable *all,
		    size_t count)
{
	uint8_t *last = arena_alloc(ruleset->arena, 1, set->key_len);
	size_t used = 0;

	memset(last, 0xff, set->key_len);
	for (size_t i = 0; i < count; i++) {
		const struct sortable *next = i + 1 < count ? &all[i + 1] : NULL;
		struct fw_element *out = &set->elements[used];

		if (all[i].element.flags & NFT_SET_ELEM_INTERVAL_END)
			continue;
		*out = all[i].element;
		if (next && memcmp(next->element.key, out->key, set->key_len) == 0)
			set->has_unknown = true;
		out->key_end = next ? key_before(ruleset, next->element.key, set->key_len) : last;
		used++;
	}
	set->element_count = used;
}

static bool is_end_marked(const struct fw_set *set)
{
	return (set->flags & NFT_SET_INTERVAL) && set->field_count < 2;
}

void ruleset_sort_set(struct fw_ruleset *ruleset, struct fw_set *set)
{
	struct sortable *all = arena_alloc(ruleset->arena, set->element_count, sizeof(*all));
	size_t count = 0;

	set->elements = arena_alloc(ruleset->arena, set->element_count, sizeof(*set->elements));
	for (const struct fw_element_block *block = set->blocks; block; block = block->next) {
		for (size_t i = 0; i < block->count; i++) {
			if (block->items[i].flags & NFT_SET_ELEM_CATCHALL)
				set->catchall = &block->items[i];
			else if (block->items[i].key)
				all[count++] = (struct sortable){block->items[i], set->key_len};
		}
	}
	if (count > 0)
		qsort(all, count, sizeof(*all), compare);
	if (is_end_marked(set)) {
		pair_up(ruleset, set, all, count);
		return;
	}
	for (size_t i = 0; i < count; i++)
		set->elements[i] = all[i].element;
	set->element_count = count;
}
