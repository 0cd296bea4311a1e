/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The way of a packet through the namespaces of this host: see reached.h. */
#include "audit/reached.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <string.h>

#include "audit/wires.h"

#define MAX_NAMESPACES 5 /* on one way: a container in a container in a container */

bool reached_is_link_local(int family, u128 address)
{
	return family == AF_INET6 && address >> 118 == 0xfe80 >> 6;
}

/* One way, from the namespace that it enters. */
struct walk {
	struct world *world;
	const struct reached_question *question;
	struct reached *reached;
	struct world_namespace *through[MAX_NAMESPACES];
	unsigned depth;
	u128 stopped_size; /* sources that reached->stopped stops */
	bool is_exhausted;
};

/* For which sources some branch gets there, or does not, and what those rested on. */
struct branches {
	struct ranges here;
	struct ranges elsewhere;
	struct ranges stopped; /* by a rule or a policy */
	struct ranges doubts[FW_DOUBTS];
	const char *reasons[FW_DOUBTS];
};

static struct branches walk_through(struct walk *walk, struct world_namespace *at,
				    const struct fw_query *query, struct ranges sources);

static void add(struct scratch *scratch, struct ranges *set, struct ranges more)
{
	*set = ranges_union(scratch, *set, more);
}

static void add_doubt(struct scratch *scratch, struct branches *branches, struct ranges sources,
		      const char *reason)
{
	add(scratch, &branches->here, sources);
	add(scratch, &branches->elsewhere, sources);
	add(scratch, &branches->doubts[FW_NOT_MODELLED], sources);
	if (!branches->reasons[FW_NOT_MODELLED])
		branches->reasons[FW_NOT_MODELLED] = reason;
}

static bool is_wanted(const struct walk *walk, const struct fw_query *query,
		      const struct fw_outcome *outcome)
{
	const struct reached_target *target = &walk->question->target;

	if (target->is_anywhere)
		return true;
	if (walk->depth == 1)
		return outcome->daddr == target->daddr && outcome->dport == target->dport;
	return target->is_translated_behind ||
	       (outcome->daddr == query->daddr && outcome->dport == query->dport);
}

static void got_there(struct walk *walk, const struct world_namespace *at,
		      const struct fw_outcome *outcome)
{
	struct reached *reached = walk->reached;

	if (walk->depth == 1 && !reached->is_got_there)
		reached->end = *outcome;
	if (!reached->is_got_there)
		reached->at = at;
	reached->is_got_there = true;
}

static u128 size_of(struct ranges set)
{
	u128 size = 0;

	for (size_t i = 0; i < set.count; i++)
		size += set.items[i].last - set.items[i].first; /* all of IPv6 would overflow */
	return size;
}

/* Of several, a rule before what the kernel does by itself, and then what stops the most. */
static void note_stop(struct walk *walk, const struct fw_outcome *outcome, struct ranges sources,
		      struct scratch *scratch)
{
	struct reached *reached = walk->reached;
	const u128 *source = walk->question->source;
	struct ranges stopped = ranges_intersect(scratch, outcome->sources, sources);
	u128 size = size_of(stopped);
	bool is_first = !reached->is_stopped || (!reached->stopped.chain && outcome->chain);

	if (source ? !ranges_has(outcome->sources, *source) : stopped.count == 0)
		return;
	if (!is_first &&
	    (size <= walk->stopped_size || (reached->stopped.chain && !outcome->chain)))
		return;
	walk->stopped_size = size;
	reached->stopped = *outcome;
	reached->is_stopped = true;
	reached->stopped.sources = (struct ranges){0};
}

/* What the rules of the next namespace make of it. They see the source as it is by then. */
static void go_on(struct walk *walk, struct world_namespace *next, const struct fw_query *query,
		  const struct fw_outcome *outcome, struct branches *branches,
		  struct scratch *scratch)
{
	struct branches behind;

	for (unsigned i = 0; i < walk->depth; i++)
		if (walk->through[i] == next) {
			add_doubt(scratch, branches, outcome->sources,
				  "it comes back to a namespace that it went through");
			return;
		}
	if (walk->depth == MAX_NAMESPACES) {
		add_doubt(scratch, branches, outcome->sources, "too many namespaces on the way");
		return;
	}
	if (outcome->is_source_changed &&
	    (next->ruleset.rule_count > 0 || next->model.incomplete)) {
		add_doubt(scratch, branches, outcome->sources,
			  "rules of the namespace behind see another source");
		return;
	}
	behind = walk_through(walk, next, query, outcome->sources);
	if (outcome->is_source_changed) { /* no rules that could tell one from another */
		add(scratch, &branches->here, outcome->sources);
		return;
	}
	add(scratch, &branches->here, ranges_intersect(scratch, outcome->sources, behind.here));
	add(scratch, &branches->elsewhere,
	    ranges_intersect(scratch, outcome->sources, behind.elsewhere));
	add(scratch, &branches->stopped,
	    ranges_intersect(scratch, outcome->sources, behind.stopped));
	for (unsigned i = 0; i < FW_DOUBTS; i++) {
		add(scratch, &branches->doubts[i],
		    ranges_intersect(scratch, outcome->sources, behind.doubts[i]));
		if (!branches->reasons[i])
			branches->reasons[i] = behind.reasons[i];
	}
}

static void forward(struct walk *walk, struct world_namespace *at, const struct fw_query *query,
		    const struct fw_outcome *outcome, struct branches *branches)
{
	struct scratch *scratch = &at->model.scratch;
	struct world_namespace *next;
	struct fw_query behind = *query;

	behind.daddr = outcome->daddr;
	behind.dport = outcome->dport;
	switch (wires_behind(walk->world, at, outcome, query->family, &next, &behind.in)) {
	case WIRES_ELSEWHERE:
		got_there(walk, NULL, outcome);
		add(scratch, &branches->here, outcome->sources);
		break;
	case WIRES_UNKNOWN:
		add_doubt(scratch, branches, outcome->sources,
			  "how it gets on to the namespace with that address is not known");
		break;
	case WIRES_INSIDE:
		go_on(walk, next, &behind, outcome, branches, scratch);
		break;
	}
}

static void take_outcome(struct walk *walk, struct world_namespace *at,
			 const struct fw_query *query, const struct fw_outcome *outcome,
			 struct branches *branches)
{
	struct scratch *scratch = &at->model.scratch;
	bool is_drop = outcome->fate == FW_DROPPED || outcome->fate == FW_REJECTED;

	if (is_drop && outcome->chain)
		add(scratch, &branches->stopped, outcome->sources);
	if (is_drop || !is_wanted(walk, query, outcome)) {
		add(scratch, &branches->elsewhere, outcome->sources);
	} else if (outcome->fate == FW_FORWARDED) {
		if (walk->depth == 1 && !walk->reached->is_got_there)
			walk->reached->end = *outcome;
		forward(walk, at, query, outcome, branches);
	} else {
		got_there(walk, at, outcome);
		add(scratch, &branches->here, outcome->sources);
	}
}

/* The result's memory is of the namespace's model. */
static struct branches walk_through(struct walk *walk, struct world_namespace *at,
				    const struct fw_query *query, struct ranges sources)
{
	const struct reached_watch *watch = walk->question->watch;
	struct scratch *scratch = &at->model.scratch;
	struct branches branches = {0};
	struct fw_answer answer;
	struct ranges undecided;

	walk->through[walk->depth++] = at;
	model_ask(&at->model, query, &answer);
	if (watch)
		watch->call(watch->context, at, query, &answer, sources);
	for (unsigned i = 0; i < FW_DOUBTS; i++) {
		branches.doubts[i] = answer.doubts[i];
		branches.reasons[i] = answer.reasons[i];
	}
	undecided = answer_unknown(&at->model, &answer);
	add(scratch, &branches.here, undecided);
	add(scratch, &branches.elsewhere, undecided);
	for (const struct fw_outcome *end = answer.outcomes; end; end = end->next) {
		if (end->fate == FW_DROPPED || end->fate == FW_REJECTED)
			note_stop(walk, end, sources, scratch);
		take_outcome(walk, at, query, end, &branches);
	}
	walk->is_exhausted |= scratch->is_exhausted;
	walk->depth--;
	return branches;
}

/*
 * Of what goes both ways, that which rests on time alone comes in now and then, and that which
 * rests on the sender's choice comes in if he likes.
 */
static void sort_doubts(struct scratch *scratch, const struct branches *branches,
			struct reached *reached)
{
	struct ranges both = ranges_intersect(scratch, branches->here, branches->elsewhere);
	struct ranges soft = ranges_subtract(scratch, both, branches->doubts[FW_NOT_MODELLED]);
	struct ranges chosen;

	reached->temporal = ranges_intersect(scratch, soft, branches->doubts[FW_BY_TIME]);
	chosen = ranges_intersect(scratch, ranges_subtract(scratch, soft, reached->temporal),
				  branches->doubts[FW_BY_CHOICE]);
	reached->sources = ranges_union(
	    scratch, ranges_subtract(scratch, branches->here, branches->elsewhere), chosen);
	reached->unknown =
	    ranges_subtract(scratch, both, ranges_union(scratch, chosen, reached->temporal));
	reached->blocked = ranges_subtract(scratch, branches->stopped, branches->here);
	if (reached->unknown.count > 0)
		reached->reason = branches->reasons[FW_NOT_MODELLED]
				      ? branches->reasons[FW_NOT_MODELLED]
				      : "rules may lead to more than one place";
	else if (reached->temporal.count > 0)
		reached->reason = branches->reasons[FW_BY_TIME];
}

struct reached reached_ask(struct world *world, const struct reached_question *question)
{
	struct scratch *scratch = &question->entry->model.scratch;
	struct reached reached = {0};
	struct walk first = {.world = world, .question = question, .reached = &reached};
	struct range all = range_all(question->query.family);
	struct branches branches =
	    walk_through(&first, question->entry, &question->query, (struct ranges){&all, 1});

	sort_doubts(scratch, &branches, &reached);
	reached.end.sources = (struct ranges){0};
	if (first.is_exhausted || scratch->is_exhausted) { /* the sets mean nothing */
		scratch_reset(scratch);
		reached = (struct reached){.unknown = ranges_of(scratch, all),
					   .reason = "more sets than the model keeps"};
	}
	return reached;
}
