/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets and maps asked with a key that may hold bytes of the source address: see run.h. */
#include <string.h>

#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/run.h"

#define MAX_BRANCHES 256U

static bool is_same_data(const struct fw_element *a, const struct fw_element *b)
{
	return a->verdict.code == b->verdict.code && a->verdict.chain == b->verdict.chain &&
	       a->has_verdict == b->has_verdict && a->data.len == b->data.len &&
	       (a->data.len == 0 || memcmp(a->data.data, b->data.data, a->data.len) == 0);
}

static struct branch *branch_for(struct run *run, struct lookup *out,
				 const struct fw_element *element)
{
	struct branch *at = out->hits;
	unsigned count = 0;

	for (; at; at = at->next) {
		if (is_same_data(at->element, element))
			return at;
		count++;
	}
	at = count < MAX_BRANCHES ? scratch_alloc(run->scratch, 1, sizeof(*at)) : NULL;
	if (!at)
		return NULL;
	at->element = element;
	at->next = out->hits;
	out->hits = at;
	return at;
}

static bool gather(struct run *run, struct branch *branch, struct ranges set)
{
	if (set.count > branch->capacity - branch->count) {
		size_t capacity = branch->capacity * 2 + set.count + 8;
		struct range *items = scratch_alloc(run->scratch, capacity, sizeof(*items));

		if (!items)
			return false;
		if (branch->count > 0)
			memcpy(items, branch->items, branch->count * sizeof(*items));
		branch->items = items;
		branch->capacity = capacity;
	}
	for (size_t i = 0; i < set.count; i++)
		branch->items[branch->count++] = set.items[i];
	return true;
}

/* Fields of a key, and what is known so far of whether it hits an element. */
struct hit {
	enum sym_test test;
	struct ranges sources; /* that alone may hit, unless the test is SYM_ALWAYS */
	bool has_sources;
	enum fw_doubt doubt; /* of SYM_UNDECIDED */
};

static void add_field(struct run *run, struct hit *hit, enum sym_test test,
		      const struct sym_found *found)
{
	if (test == SYM_SOMETIMES) {
		hit->sources = hit->has_sources
				   ? ranges_intersect(run->scratch, hit->sources, found->set)
				   : found->set;
		hit->has_sources = true;
	}
	if (test == SYM_UNDECIDED && (hit->test != SYM_UNDECIDED || found->doubt < hit->doubt))
		hit->doubt = found->doubt;
	if (test == SYM_UNDECIDED || (test == SYM_SOMETIMES && hit->test == SYM_ALWAYS))
		hit->test = test;
}

/* Whether the key hits one element: a range of keys, for a concatenation field by field. */
static struct hit hits(struct run *run, const struct fw_set *set, const struct sym *key,
		       const struct fw_element *element)
{
	const uint8_t *high = element->key_end ? element->key_end : element->key;
	bool is_whole = !element->key_end || set->field_count < 2;
	unsigned count = is_whole ? 1 : set->field_count;
	struct hit hit = {.test = SYM_ALWAYS, .doubt = FW_NOT_MODELLED};
	size_t at = 0;

	for (unsigned i = 0; i < count; i++) {
		size_t len = is_whole ? set->key_len : set->field_len[i];
		struct sym_found found = {{0}, FW_NOT_MODELLED};
		enum sym_test test;

		if (at + len > set->key_len)
			return (struct hit){.test = SYM_UNDECIDED, .doubt = FW_NOT_MODELLED};
		test = sym_within(run, key + at, len, element->key + at, high + at, &found);
		if (test == SYM_NEVER)
			return (struct hit){.test = SYM_NEVER};
		add_field(run, &hit, test, &found);
		at += (len + 3) & ~(size_t)3;
	}
	return hit;
}

/* With a key of constants alone: the element it hits, or NULL. Not for fields with ranges. */
static const struct fw_element *search(const struct fw_set *set, const uint8_t *key)
{
	size_t low = 0;
	size_t high = set->element_count;
	const struct fw_element *found;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memcmp(set->elements[middle].key, key, set->key_len) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return NULL;
	found = &set->elements[low - 1];
	if (memcmp(found->key_end ? found->key_end : found->key, key, set->key_len) < 0)
		return NULL;
	return found;
}

/* The sources may miss the element all the same. */
static void may_miss(struct run *run, const struct flow *flow, struct lookup *out,
		     struct ranges sources, enum fw_doubt doubt, const char *reason)
{
	sources = ranges_intersect(run->scratch, flow->sources, sources);
	run_doubt(run, sources, doubt, reason);
	out->miss = ranges_union(run->scratch, out->miss, sources);
}

static void take(struct run *run, const struct flow *flow, struct lookup *out,
		 const struct fw_element *element, struct ranges sources)
{
	struct branch *branch = branch_for(run, out, element);
	bool is_whole = sources.items == flow->sources.items;

	if (element->is_temporal)
		may_miss(run, flow, out, sources, FW_BY_TIME,
			 "a set's element with a timeout or limit");
	if (branch && branch->is_whole)
		return;
	if (!branch || !gather(run, branch, sources)) {
		out->is_doubtful = true;
		run_doubt(run, flow->sources, FW_NOT_MODELLED, "a map with too many values");
		return;
	}
	branch->is_whole = is_whole;
}

static void scan_one(struct run *run, const struct flow *flow, const struct fw_set *set,
		     const struct sym *key, const struct fw_element *element, struct lookup *out)
{
	struct hit hit = hits(run, set, key, element);
	struct ranges sources = hit.has_sources ? hit.sources : flow->sources;

	if (hit.test == SYM_NEVER)
		return;
	if (hit.test == SYM_UNDECIDED)
		may_miss(run, flow, out, sources, hit.doubt,
			 "a set asked for what the model does not have");
	take(run, flow, out, element, sources);
}

/* The fewest elements that a constant field of the key leaves. */
static bool narrow(struct run *run, struct fw_set *set, const struct sym *key,
		   struct fw_candidates *out)
{
	uint8_t lens[FW_MAX_FIELDS];
	unsigned count = index_fields(set, lens);
	bool is_found = false;
	size_t at = 0;

	for (unsigned i = 0; i < count; i++) {
		size_t len = lens[i];
		uint8_t value[FW_REGISTER_BYTES];
		struct fw_candidates here;

		if (at + len > set->key_len)
			return false;
		if (sym_is_const(key + at, len)) {
			sym_read(key + at, len, value);
			if (!index_find(run->model->ruleset->arena, set, i, value, &here))
				return false;
			if (!is_found || here.last - here.first < out->last - out->first)
				*out = here;
			is_found = true;
		}
		at += (len + 3) & ~(size_t)3;
	}
	return is_found;
}

static void scan(struct run *run, const struct flow *flow, struct fw_set *set,
		 const struct sym *key, struct lookup *out)
{
	struct fw_candidates candidates = {NULL, 0, set->element_count};

	if (++set->scans <= FW_INDEX_SCANS || !narrow(run, set, key, &candidates))
		candidates = (struct fw_candidates){NULL, 0, set->element_count};
	for (size_t i = candidates.first; i < candidates.last && !out->is_doubtful && !run->is_over;
	     i++) {
		size_t element = candidates.order ? candidates.order[i] : i;

		if ((i & 0xf) == 0 && ++run->steps > FW_QUERY_MAX_STEPS)
			run->is_over = true;
		scan_one(run, flow, set, key, &set->elements[element], out);
	}
}

static bool is_unusable(struct run *run, const struct flow *flow, const struct fw_op *op,
			struct lookup *out)
{
	const struct fw_set *set = op->set;

	if (!set || set->has_unknown || op->sreg + set->key_len > FW_REGISTER_BYTES) {
		run_doubt(run, flow->sources, FW_NOT_MODELLED, "a set that is not understood");
		return true;
	}
	if (set->flags & NFT_SET_EVAL) {
		run_doubt(run, flow->sources, FW_BY_TIME, "a set that traffic fills");
		out->doubt = FW_BY_TIME;
		return true;
	}
	return false;
}

static bool first_doubt(const struct sym *key, size_t len, enum fw_doubt *doubt)
{
	bool has = false;

	for (size_t i = 0; i < len; i++) {
		if (key[i].kind == SYM_DOUBT && (!has || key[i].value < *doubt))
			*doubt = key[i].value;
		has |= key[i].kind == SYM_DOUBT;
	}
	return has;
}

void lookup_set(struct run *run, const struct flow *flow, const struct fw_op *op,
		const struct sym *key, struct lookup *out)
{
	struct fw_set *set = op->set;
	uint8_t bytes[FW_REGISTER_BYTES];
	enum fw_doubt doubt = FW_NOT_MODELLED;
	const struct fw_element *found;

	*out = (struct lookup){0};
	out->is_doubtful = is_unusable(run, flow, op, out);
	if (out->is_doubtful)
		return;
	if (sym_is_const(key, set->key_len) &&
	    !(set->field_count >= 2 && (set->flags & NFT_SET_INTERVAL))) {
		sym_read(key, set->key_len, bytes);
		found = search(set, bytes);
		if (found)
			take(run, flow, out, found, flow->sources);
	} else if (set->element_count > 0 && set->field_count < 2 && op->key == FW_LOOKUP_SET &&
		   first_doubt(key, set->key_len, &doubt)) {
		out->is_doubtful = true;
		out->doubt = doubt;
		run_doubt(run, flow->sources, doubt,
			  "a set asked for what the model does not have");
	} else {
		scan(run, flow, set, key, out);
	}
	for (struct branch *at = out->hits; at; at = at->next) {
		at->sources = ranges_intersect(run->scratch, flow->sources,
					       ranges_from(run->scratch, at->items, at->count));
		out->hit = ranges_union(run->scratch, out->hit, at->sources);
	}
	out->miss = ranges_union(run->scratch, out->miss,
				 ranges_subtract(run->scratch, flow->sources, out->hit));
	if (set->catchall && out->miss.count > 0) {
		take(run, flow, out, set->catchall, out->miss);
		for (struct branch *at = out->hits; at; at = at->next)
			at->sources =
			    ranges_intersect(run->scratch, flow->sources,
					     ranges_from(run->scratch, at->items, at->count));
		out->hit = flow->sources;
		out->miss = set->catchall->is_temporal ? out->miss : (struct ranges){0};
	}
}
