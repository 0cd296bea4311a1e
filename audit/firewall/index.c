/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Elements of a concatenation in the order of one of its fields, so that a key with a constant in
 * that field need not be compared with a million of them. Made when it is first asked for.
 */
#include <linux/netfilter/nf_tables.h>
#include <stdlib.h>
#include <string.h>

#include "audit/firewall/ruleset.h"

struct fw_index {
	uint32_t *order; /* elements by the beginning of their range in the field */
	uint32_t *reach; /* of those up to here the one whose range ends last */
};

struct field {
	const struct fw_set *set;
	size_t at;
	size_t len;
};

static const uint8_t *low_of(const struct field *field, uint32_t element)
{
	return field->set->elements[element].key + field->at;
}

static const uint8_t *high_of(const struct field *field, uint32_t element)
{
	const struct fw_element *at = &field->set->elements[element];

	return (at->key_end ? at->key_end : at->key) + field->at;
}

static int compare(const void *a, const void *b, void *context)
{
	const struct field *field = context;
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;
	int order = memcmp(low_of(field, x), low_of(field, y), field->len);

	return order != 0 ? order : (x > y) - (x < y);
}

static struct fw_index *make(struct arena *arena, struct field *field)
{
	struct fw_index *index = arena_alloc(arena, 1, sizeof(*index));
	size_t count = field->set->element_count;

	index->order = arena_alloc(arena, count, sizeof(*index->order));
	index->reach = arena_alloc(arena, count, sizeof(*index->reach));
	for (size_t i = 0; i < count; i++)
		index->order[i] = (uint32_t)i;
	qsort_r(index->order, count, sizeof(*index->order), compare, field);
	for (size_t i = 0; i < count; i++) {
		uint32_t best = i > 0 ? index->reach[i - 1] : index->order[0];
		bool is_further =
		    memcmp(high_of(field, index->order[i]), high_of(field, best), field->len) > 0;

		index->reach[i] = is_further ? index->order[i] : best;
	}
	return index;
}

/* How many elements begin at the value or before. */
static size_t count_up_to(const struct fw_index *index, const struct field *field,
			  const uint8_t *value)
{
	size_t low = 0;
	size_t high = field->set->element_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memcmp(low_of(field, index->order[middle]), value, field->len) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

unsigned index_fields(const struct fw_set *set, uint8_t *lens)
{
	bool has_words =
	    !(set->flags & NFT_SET_INTERVAL) && set->key_len > 4 && set->key_len % 4 == 0;
	unsigned count = 0;

	if (set->field_count >= 2) {
		memcpy(lens, set->field_len, set->field_count);
		return set->field_count;
	}
	while (has_words && count < set->key_len / 4)
		lens[count++] = 4;
	return count;
}

bool index_find(struct arena *arena, struct fw_set *set, unsigned number, const uint8_t *value,
		struct fw_candidates *out)
{
	struct field field = {set, 0, 0};
	uint8_t lens[FW_MAX_FIELDS];
	struct fw_index *index;
	size_t first;

	if (set->element_count < FW_INDEX_MIN || number >= index_fields(set, lens))
		return false;
	for (unsigned i = 0; i < number; i++)
		field.at += (lens[i] + 3U) & ~(size_t)3;
	field.len = lens[number];
	if (field.at + field.len > set->key_len)
		return false;
	if (!set->indexes)
		set->indexes = arena_alloc(arena, FW_MAX_FIELDS, sizeof(struct fw_index *));
	if (!set->indexes[number])
		set->indexes[number] = make(arena, &field);
	index = set->indexes[number];
	*out = (struct fw_candidates){.order = index->order};
	out->last = count_up_to(index, &field, value);
	first = out->last;
	while (first > 0 && memcmp(high_of(&field, index->reach[first - 1]), value, field.len) >= 0)
		first--;
	out->first = first;
	return true;
}
