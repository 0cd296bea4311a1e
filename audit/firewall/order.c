/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands at one priority. Of one table the chain that was made last runs first; of several
 * tables, or beside the kernel's own doings, it is the one that was registered last
 * (net/netfilter/core.c: nf_hook_entries_grow()), which nobody tells. So each order is tried, and
 * where they come to different ends the answer holds all of them.
 */
#include "audit/firewall/run.h"

#define MAX_ENTRIES 4U /* whose orders are tried */

static void run_entry(struct run *run, const struct entry *entry, struct flow **flows)
{
	entry->act(run, entry->chain, flows);
}

static bool is_free(const struct entry *entries, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		for (unsigned j = i + 1; j < count; j++) {
			bool is_known = entries[i].chain && entries[j].chain &&
					entries[i].chain->table == entries[j].chain->table;

			if (!is_known && (entries[i].has_effects || entries[j].has_effects))
				return true;
		}
	}
	return false;
}

/* What came of one order. */
struct result {
	struct flow *flows;
	struct ranges may_accept;
	struct ranges may_drop;
};

static struct flow *copy_of(struct run *run, const struct flow *flows)
{
	struct flow *copy = NULL;

	for (; flows; flows = flows->next)
		run_push(run, &copy, flows);
	return copy;
}

static struct result try_order(struct run *run, const struct entry *entries, const unsigned *order,
			       unsigned count, const struct flow *flows)
{
	struct fw_answer *answer = run->answer;
	struct ranges accepted = answer->may_accept;
	struct ranges dropped = answer->may_drop;
	struct result result = {.flows = copy_of(run, flows)};

	answer->may_accept = (struct ranges){0};
	answer->may_drop = (struct ranges){0};
	for (unsigned i = 0; i < count && result.flows; i++)
		run_entry(run, &entries[order[i]], &result.flows);
	run_merge(run, &result.flows);
	result.may_accept = answer->may_accept;
	result.may_drop = answer->may_drop;
	answer->may_accept = ranges_union(run->scratch, accepted, result.may_accept);
	answer->may_drop = ranges_union(run->scratch, dropped, result.may_drop);
	return result;
}

static bool has_flow(const struct flow *flows, const struct flow *wanted)
{
	for (; flows; flows = flows->next) {
		if (run_is_same(flows, wanted) && ranges_equal(flows->sources, wanted->sources))
			return true;
	}
	return false;
}

static bool has_all(const struct flow *flows, const struct flow *others)
{
	for (; others; others = others->next) {
		if (!has_flow(flows, others))
			return false;
	}
	return true;
}

static bool is_equal(const struct result *a, const struct result *b)
{
	return ranges_equal(a->may_accept, b->may_accept) &&
	       ranges_equal(a->may_drop, b->may_drop) && has_all(a->flows, b->flows) &&
	       has_all(b->flows, a->flows);
}

/* Entries of one table keep their order: those before `candidate` must have been. */
static bool may_be_next(const struct entry *entries, unsigned candidate, unsigned done)
{
	if (done & 1U << candidate)
		return false;
	for (unsigned i = 0; i < candidate; i++) {
		if (!(done & 1U << i) && entries[i].chain && entries[candidate].chain &&
		    entries[i].chain->table == entries[candidate].chain->table)
			return false;
	}
	return true;
}

struct orders {
	unsigned items[24][MAX_ENTRIES];
	unsigned count;
};

static void list_orders(const struct entry *entries, unsigned count, unsigned *order,
			unsigned length, struct orders *out)
{
	unsigned done = 0;

	for (unsigned i = 0; i < length; i++)
		done |= 1U << order[i];
	if (length == count) {
		for (unsigned i = 0; i < count; i++)
			out->items[out->count][i] = order[i];
		out->count++;
		return;
	}
	for (unsigned i = 0; i < count; i++) {
		order[length] = i;
		if (may_be_next(entries, i, done))
			list_orders(entries, count, order, length + 1, out);
	}
}

static void try_all(struct run *run, const struct entry *entries, unsigned count,
		    struct flow **flows)
{
	struct orders orders = {.count = 0};
	unsigned order[MAX_ENTRIES];
	struct result first;
	struct flow *all;

	list_orders(entries, count, order, 0, &orders);
	first = try_order(run, entries, orders.items[0], count, *flows);
	all = copy_of(run, first.flows);
	for (unsigned i = 1; i < orders.count && !run->is_over; i++) {
		struct fw_outcome **outcomes_end = run->outcomes_end;
		struct fw_step **steps_end = run->steps_end;
		struct result other = try_order(run, entries, orders.items[i], count, *flows);

		if (is_equal(&first, &other)) { /* it need not be told twice */
			*outcomes_end = NULL;
			*steps_end = NULL;
			run->outcomes_end = outcomes_end;
			run->steps_end = steps_end;
			continue;
		}
		for (const struct flow *at = *flows; at; at = at->next)
			run_doubt(run, at->sources, FW_NOT_MODELLED, "the order at one priority");
		for (const struct flow *at = other.flows; at; at = at->next)
			run_push(run, &all, at);
	}
	*flows = all;
	run_merge(run, flows);
}

void run_at_once(struct run *run, const struct entry *entries, unsigned count, struct flow **flows)
{
	if (!is_free(entries, count)) {
		for (unsigned i = 0; i < count && *flows; i++)
			run_entry(run, &entries[i], flows);
		return;
	}
	if (count > MAX_ENTRIES)
		run_give_up_all(run, flows, "many chains of the same priority");
	else if (*flows)
		try_all(run, entries, count, flows);
}
