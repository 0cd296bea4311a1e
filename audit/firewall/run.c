/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to flows in the abstract run, and what is written down of it: see run.h. */
#include "audit/firewall/run.h"

/* Flows that differ in more than their sources: a map of marks, a translation to many ports. */
#define MAX_FLOWS 128U
#define MAX_FLOWS_UNMERGED 2048U

struct flow *run_copy(struct run *run, const struct flow *flow, struct ranges sources)
{
	struct flow *copy = scratch_alloc(run->scratch, 1, sizeof(*copy));

	if (!copy)
		return NULL;
	*copy = *flow;
	copy->sources = sources;
	copy->next = NULL;
	return copy;
}

void run_push(struct run *run, struct flow **list, const struct flow *flow)
{
	struct flow *copy;

	if (flow->sources.count == 0)
		return;
	copy = run_copy(run, flow, flow->sources);
	if (!copy)
		return;
	copy->next = *list;
	*list = copy;
}

static bool sym_equal(const struct sym *a, const struct sym *b)
{
	for (unsigned i = 0; i < 4; i++) {
		if (a[i].kind != b[i].kind || a[i].at != b[i].at || a[i].mask != b[i].mask ||
		    a[i].value != b[i].value)
			return false;
	}
	return true;
}

bool run_is_same(const struct flow *a, const struct flow *b)
{
	return a->daddr == b->daddr && a->dport == b->dport && a->tracking == b->tracking &&
	       a->is_dnat == b->is_dnat && a->has_dnat_setup == b->has_dnat_setup &&
	       a->has_snat_setup == b->has_snat_setup &&
	       a->is_source_changed == b->is_source_changed && sym_equal(a->mark, b->mark) &&
	       sym_equal(a->ct_mark, b->ct_mark);
}

/* So many that comparing each with each would take its time: nobody can tell any more. */
static bool are_too_many(struct run *run, struct flow **list, unsigned limit)
{
	unsigned count = 0;

	for (const struct flow *at = *list; at; at = at->next)
		count++;
	if (count <= limit)
		return false;
	for (const struct flow *at = *list; at; at = at->next)
		run_give_up(run, at, FW_NOT_MODELLED, "too many ways to go");
	*list = NULL;
	return true;
}

void run_merge(struct run *run, struct flow **list)
{
	if (!*list || !(*list)->next || are_too_many(run, list, MAX_FLOWS_UNMERGED))
		return;
	for (struct flow *at = *list; at; at = at->next) {
		for (struct flow **link = &at->next; *link;) {
			if (run_is_same(at, *link)) {
				at->sources =
				    ranges_union(run->scratch, at->sources, (*link)->sources);
				*link = (*link)->next;
			} else {
				link = &(*link)->next;
			}
		}
	}
	(void)are_too_many(run, list, MAX_FLOWS);
}

void run_doubt(struct run *run, struct ranges sources, enum fw_doubt doubt, const char *reason)
{
	struct fw_answer *answer = run->answer;

	answer->doubts[doubt] = ranges_union(run->scratch, answer->doubts[doubt], sources);
	if (!answer->reasons[doubt])
		answer->reasons[doubt] = reason;
}

void run_end(struct run *run, const struct flow *flow, enum fw_fate fate,
	     const struct fw_rule *rule, const char *reason)
{
	struct fw_answer *answer = run->answer;
	struct fw_outcome *outcome;
	struct ranges *set =
	    fate == FW_LOCAL || fate == FW_FORWARDED ? &answer->may_accept : &answer->may_drop;

	if (flow->sources.count == 0)
		return;
	*set = ranges_union(run->scratch, *set, flow->sources);
	outcome = scratch_alloc(run->scratch, 1, sizeof(*outcome));
	if (!outcome)
		return;
	*outcome = (struct fw_outcome){.fate = fate,
				       .sources = flow->sources,
				       .daddr = flow->daddr,
				       .dport = flow->dport,
				       .is_dnat = flow->is_dnat,
				       .is_source_changed = flow->is_source_changed,
				       .out = run->out,
				       .chain = rule ? rule->chain : run->base,
				       .rule = rule,
				       .reason = reason};
	*run->outcomes_end = outcome;
	run->outcomes_end = &outcome->next;
}

void run_give_up(struct run *run, const struct flow *flow, enum fw_doubt doubt, const char *reason)
{
	struct fw_answer *answer = run->answer;

	run_doubt(run, flow->sources, doubt, reason);
	answer->may_accept = ranges_union(run->scratch, answer->may_accept, flow->sources);
	answer->may_drop = ranges_union(run->scratch, answer->may_drop, flow->sources);
}

void run_step(struct run *run, const struct flow *flow, const struct fw_rule *rule, int32_t verdict)
{
	struct fw_step *step;

	if (!run->query->explains || flow->sources.count == 0)
		return;
	step = scratch_alloc(run->scratch, 1, sizeof(*step));
	if (!step)
		return;
	*step = (struct fw_step){.stage = run->stage,
				 .chain = rule ? rule->chain : run->base,
				 .rule = rule,
				 .verdict = verdict,
				 .sources = flow->sources,
				 .daddr = flow->daddr,
				 .dport = flow->dport};
	*run->steps_end = step;
	run->steps_end = &step->next;
}
