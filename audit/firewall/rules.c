/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules and chains on flows (net/netfilter/nf_tables_core.c: nft_do_chain()). A match splits a
 * flow: what does not match goes on to the next rule, what does goes on in this one. A failed
 * load ends the rule, whatever it would have compared (NFT_BREAK).
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/execution.h"

/* The kernel allows 16 nested calls; a recorded ruleset may hold more, or a loop. */
#define MAX_DEPTH 32U

static void run_chain(struct run *run, const struct fw_chain *chain, struct flow *flows,
		      struct results *results);

static void append(struct flow **list, struct flow *more)
{
	while (*list)
		list = &(*list)->next;
	*list = more;
}

void exec_break(struct execution *exec)
{
	run_push(exec->run, &exec->results->next, &exec->flow);
	exec->is_done = true;
}

void exec_match(struct execution *exec, struct match match)
{
	struct flow rest = exec->flow;

	rest.sources = match.no;
	run_push(exec->run, &exec->results->next, &rest);
	exec->flow.sources = match.yes;
	exec->is_done = match.yes.count == 0;
}

void exec_accept(struct execution *exec)
{
	run_step(exec->run, &exec->flow, exec->rule, NF_ACCEPT);
	run_push(exec->run, &exec->results->accepted, &exec->flow);
	exec->is_done = true;
}

void exec_end(struct execution *exec, enum fw_fate fate)
{
	run_step(exec->run, &exec->flow, exec->rule, NF_DROP);
	run_end(exec->run, &exec->flow, fate, exec->rule, NULL);
	exec->is_done = true;
}

void exec_give_up(struct execution *exec, enum fw_doubt doubt, const char *reason)
{
	run_give_up(exec->run, &exec->flow, doubt, reason);
	exec->is_done = true;
}

static void call_chain(struct execution *exec, const struct fw_verdict *verdict)
{
	struct run *run = exec->run;
	struct results called = {0};

	exec->is_done = true;
	run_step(run, &exec->flow, exec->rule, verdict->code);
	if (!verdict->chain || run->depth >= MAX_DEPTH) {
		run_give_up(run, &exec->flow, FW_NOT_MODELLED, "calls that are too deep");
		return;
	}
	run->depth++;
	run_chain(run, verdict->chain, run_copy(run, &exec->flow, exec->flow.sources), &called);
	run->depth--;
	append(&exec->results->accepted, called.accepted);
	append(verdict->code == NFT_JUMP ? &exec->results->next : &exec->results->returned,
	       called.returned);
}

void exec_verdict(struct execution *exec, const struct fw_verdict *verdict)
{
	switch (verdict->code) {
	case NF_ACCEPT:
		exec_accept(exec);
		break;
	case NF_DROP:
		exec_end(exec, FW_DROPPED);
		break;
	case NFT_CONTINUE:
		break;
	case NFT_BREAK:
		exec_break(exec);
		break;
	case NFT_RETURN:
		run_step(exec->run, &exec->flow, exec->rule, NFT_RETURN);
		run_push(exec->run, &exec->results->returned, &exec->flow);
		exec->is_done = true;
		break;
	case NFT_JUMP:
	case NFT_GOTO:
		call_chain(exec, verdict);
		break;
	default:
		exec_give_up(exec, FW_NOT_MODELLED, "a verdict that the model does not have");
		break;
	}
}

void exec_fork(const struct execution *exec, struct ranges sources, struct execution *out)
{
	*out = *exec;
	out->flow.sources = sources;
	out->is_done = sources.count == 0;
}

void exec_go_on(struct execution *exec)
{
	for (; !exec->is_done && exec->at < exec->rule->op_count; exec->at++)
		op_run(exec, &exec->rule->ops[exec->at]);
	if (!exec->is_done)
		run_push(exec->run, &exec->results->next, &exec->flow);
}

static void run_rule(struct run *run, const struct fw_rule *rule, const struct flow *flow,
		     struct results *results)
{
	struct execution exec = {.run = run, .rule = rule, .flow = *flow, .results = results};

	exec.flow.next = NULL;
	if (++run->steps > FW_QUERY_MAX_STEPS || run->scratch->is_exhausted)
		run->is_over = true;
	if (!run->is_over)
		exec_go_on(&exec);
}

/* Most rules are about another port: passing those by is what makes a long chain cheap. */
static bool is_about(const struct fw_rule *rule, uint16_t port)
{
	return !rule->is_idle &&
	       (!rule->has_port || (port >= rule->first_port && port <= rule->last_port));
}

static void index_port(const struct fw_chain *chain, uint16_t port)
{
	struct fw_port_index *index = chain->index;

	if (index->port == port)
		return;
	index->port = port;
	index->count = 0;
	for (const struct fw_rule *rule = chain->rules; rule; rule = rule->next)
		if (is_about(rule, port))
			index->rules[index->count++] = rule;
}

/* The first of the indexed rules that is not before `from`. */
static const struct fw_rule *find_indexed(const struct fw_port_index *index,
					  const struct fw_rule *from)
{
	unsigned low = 0;
	unsigned high = index->count;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (index->rules[middle]->number < from->number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < index->count ? index->rules[low] : NULL;
}

/* The first rule from here on that may do something to the flows. */
static const struct fw_rule *next_rule(const struct fw_chain *chain, const struct fw_rule *from,
				       const struct flow *flows)
{
	bool is_one = flows && !flows->next;

	if (from && is_one && chain->index) {
		index_port(chain, flows->dport);
		return find_indexed(chain->index, from);
	}
	while (from && (from->is_idle || (is_one && !is_about(from, flows->dport))))
		from = from->next;
	return flows ? from : NULL;
}

/* What falls off the end of the chain comes back as returned. */
static void run_chain(struct run *run, const struct fw_chain *chain, struct flow *flows,
		      struct results *results)
{
	struct flow *current = flows;
	const struct fw_rule *rule = next_rule(chain, chain->rules, current);

	while (rule) {
		results->next = NULL;
		for (const struct flow *at = current; at; at = at->next)
			run_rule(run, rule, at, results);
		current = results->next;
		run_merge(run, &current);
		rule = next_rule(chain, rule->next, current);
	}
	results->next = NULL;
	append(&results->returned, current);
}

struct flow *chain_run_base(struct run *run, const struct fw_chain *chain, struct flow *flows)
{
	struct results results = {0};

	run->base = chain;
	run_chain(run, chain, flows, &results);
	run_merge(run, &results.returned);
	for (const struct flow *at = results.returned; at; at = at->next) {
		run_step(run, at, NULL, (int32_t)chain->policy);
		if (chain->policy == NF_ACCEPT)
			run_push(run, &results.accepted, at);
		else
			run_end(run, at, FW_DROPPED, NULL, "policy");
	}
	run_merge(run, &results.accepted);
	return results.accepted;
}
