/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Base chains in the kernel's order, with what it does between them: connection tracking and
 * translation (include/uapi/linux/netfilter_ipv4.h: nf_ip_hook_priorities). Where the order rests
 * on what was registered when, and that makes a difference, the answer is unknown.
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <stdlib.h>
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/run.h"
#include "lib/own.h"

static bool is_nat(const struct fw_chain *chain)
{
	return chain->type == FW_CHAIN_NAT;
}

/* Later chains of the same table and priority run first: net/netfilter/core.c:
 * nf_hook_entries_grow() */
static int compare_chains(const void *a, const void *b)
{
	const struct fw_chain *x = *(const struct fw_chain *const *)a;
	const struct fw_chain *y = *(const struct fw_chain *const *)b;

	if (x->priority != y->priority)
		return x->priority < y->priority ? -1 : 1;
	if (x->table != y->table)
		return (x->table->handle < y->table->handle) -
		       (x->table->handle > y->table->handle);
	return (x->handle < y->handle) - (x->handle > y->handle);
}

static int stage_of(const struct fw_chain *chain)
{
	static const struct {
		uint32_t hook;
		enum fw_stage stage;
	} stages[] = {{NF_INET_PRE_ROUTING, FW_PREROUTING},
		      {NF_INET_LOCAL_IN, FW_INPUT},
		      {NF_INET_FORWARD, FW_FORWARD},
		      {NF_INET_POST_ROUTING, FW_POSTROUTING},
		      {NF_INET_INGRESS, FW_INGRESS}};

	if (chain->table->family == NFPROTO_NETDEV)
		return chain->hook == NF_NETDEV_INGRESS ? FW_INGRESS : -1;
	for (size_t i = 0; i < ARRAY_LEN(stages); i++) {
		if (stages[i].hook == chain->hook)
			return (int)stages[i].stage;
	}
	return -1;
}

static void add_chain(struct fw_model *model, unsigned family, struct fw_chain *chain)
{
	int stage = stage_of(chain);
	struct fw_hook *hook;

	if (stage < 0)
		return;
	hook = &model->hooks[family][stage];
	if (hook->count == FW_MAX_BASE_CHAINS)
		model->incomplete = "too many base chains";
	else
		hook->chains[hook->count++] = chain;
}

void model_init(struct fw_model *model, const struct fw_ruleset *ruleset,
		const struct fw_host *host, struct arena *arena)
{
	memset(model, 0, sizeof(*model));
	model->ruleset = ruleset;
	model->host = host;
	model->incomplete = ruleset->incomplete ? ruleset->incomplete : host->incomplete;
	scratch_init(&model->scratch, arena, FW_QUERY_MAX_BYTES);
	for (const struct fw_table *table = ruleset->tables; table; table = table->next) {
		bool is_both = table->family == NFPROTO_INET || table->family == NFPROTO_NETDEV;

		if (table->flags & NFT_TABLE_F_DORMANT)
			continue;
		for (struct fw_chain *chain = table->chains; chain; chain = chain->next) {
			if (chain->is_base && (is_both || table->family == NFPROTO_IPV4))
				add_chain(model, 0, chain);
			if (chain->is_base && (is_both || table->family == NFPROTO_IPV6))
				add_chain(model, 1, chain);
		}
	}
	for (unsigned family = 0; family < 2; family++) {
		for (unsigned stage = 0; stage < FW_STAGES; stage++) {
			struct fw_hook *hook = &model->hooks[family][stage];

			qsort(hook->chains, hook->count, sizeof(struct fw_chain *), compare_chains);
		}
	}
}

void run_give_up_all(struct run *run, struct flow **flows, const char *reason)
{
	for (const struct flow *at = *flows; at; at = at->next)
		run_give_up(run, at, FW_NOT_MODELLED, reason);
	*flows = NULL;
}

static const struct fw_hook *hook_of(const struct run *run)
{
	return &run->model->hooks[run->query->family == AF_INET6][run->stage];
}

static bool is_tracked(const struct run *run)
{
	return run->query->family == AF_INET ? run->model->ruleset->tracks_ip4
					     : run->model->ruleset->tracks_ip6;
}

static bool has_nat_chain(const struct fw_hook *hook)
{
	for (unsigned i = 0; i < hook->count; i++) {
		if (is_nat(hook->chains[i]))
			return true;
	}
	return false;
}

/* A chain that is asked, as all are until one has set up a translation. */
static void run_nat_chain(struct run *run, const struct fw_chain *chain, struct flow **flows)
{
	bool is_source = run->stage != FW_PREROUTING;
	struct flow *asked = NULL;
	struct flow *done = NULL;

	for (const struct flow *at = *flows; at; at = at->next) {
		bool is_set = is_source ? at->has_snat_setup : at->has_dnat_setup;

		run_push(run, at->tracking != TRACK_NEW || is_set ? &done : &asked, at);
	}
	*flows = asked ? chain_run_base(run, chain, asked) : NULL;
	for (const struct flow *at = done; at; at = at->next)
		run_push(run, flows, at);
	run_merge(run, flows);
}

static void run_filter_chain(struct run *run, const struct fw_chain *chain, struct flow **flows)
{
	*flows = chain_run_base(run, chain, *flows);
}

/* The first chain behind those of the priority. */
static unsigned behind(const struct fw_hook *hook, unsigned first)
{
	unsigned i = first;

	while (i < hook->count && hook->chains[i]->priority == hook->chains[first]->priority)
		i++;
	return i;
}

/* What stands at one priority, with room for what the kernel itself does there. */
struct group {
	struct entry *entries;
	unsigned count;
};

/* The chains from `first` on that have its priority, nat chains or all but those. */
static struct group gather(struct run *run, const struct fw_hook *hook, unsigned first, bool nat)
{
	unsigned end = behind(hook, first);
	struct group group = {scratch_alloc(run->scratch, end - first + 1, sizeof(struct entry)),
			      0};

	for (unsigned i = first; group.entries && i < end; i++) {
		const struct fw_chain *chain = hook->chains[i];

		if (is_nat(chain) == nat)
			group.entries[group.count++] =
			    (struct entry){nat ? run_nat_chain : run_filter_chain, chain,
					   nat || chain->has_effects};
	}
	return group;
}

/* Of a nat hook all chains are asked until one has set up a translation. */
void run_nat(struct run *run, const struct fw_chain *none, struct flow **flows)
{
	const struct fw_hook *hook = hook_of(run);

	(void)none;
	if (!has_nat_chain(hook) || !is_tracked(run))
		return;
	for (unsigned i = 0; i < hook->count && *flows; i = behind(hook, i)) {
		struct group group = gather(run, hook, i, true);

		run_at_once(run, group.entries, group.count, flows);
	}
}

/* nf_conntrack_proto_tcp.c: tcp_valid_flags and what a first packet may be; -1: not known */
static int tcp_is_new(const struct run *run)
{
	uint8_t flags = run->query->tcp_flags & 0x37; /* without PSH, ECE, CWR */

	if (flags == 0x02 || flags == 0x22) /* SYN, SYN+URG */
		return 1;
	if (flags == 0x10 || flags == 0x30) /* ACK: picked up in the middle, if that is on */
		return run->model->host->tcp_loose;
	return 0;
}

void run_tracking(struct run *run, const struct fw_chain *none, struct flow **flows)
{
	int is_new = run->query->protocol == IPPROTO_TCP ? tcp_is_new(run) : 1;

	(void)none;
	if (!is_tracked(run))
		return;
	if (is_new < 0) {
		run_give_up_all(run, flows, "whether connections are picked up midway");
		return;
	}
	for (struct flow *at = *flows; at; at = at->next) {
		if (at->tracking == TRACK_NOT_YET)
			at->tracking = is_new ? TRACK_NEW : TRACK_INVALID;
	}
	run_merge(run, flows);
}

/* Does the kernel do it at all on this hook? */
static bool is_done_here(const struct run *run, const struct between *between)
{
	return is_tracked(run) && (between->act == run_tracking || has_nat_chain(hook_of(run)));
}

void run_hook(struct run *run, struct flow **flows, enum fw_stage stage,
	      const struct between *between, unsigned count)
{
	const struct fw_hook *hook;
	unsigned done = 0;

	run->stage = stage;
	hook = hook_of(run);
	for (unsigned i = 0; i < hook->count && *flows; i = behind(hook, i)) {
		int priority = hook->chains[i]->priority;
		struct group group = gather(run, hook, i, false);

		if (group.count == 0)
			continue;
		while (done < count && between[done].priority < priority)
			between[done++].act(run, NULL, flows);
		if (done < count && between[done].priority == priority &&
		    is_done_here(run, &between[done]))
			group.entries[group.count++] =
			    (struct entry){between[done++].act, NULL, true};
		run_at_once(run, group.entries, group.count, flows);
	}
	while (done < count)
		between[done++].act(run, NULL, flows);
}

static bool has_device(const struct fw_chain *chain, const char *name)
{
	for (unsigned i = 0; i < chain->device_count; i++) {
		if (strncmp(chain->devices[i], name, FW_NAME_BYTES) == 0)
			return true;
	}
	return false;
}

static bool is_below(const struct fw_host *host, const struct fw_link *in, const char *name)
{
	const struct fw_link *other = host_link_named(host, name);

	return other && host_is_below(host, in, other);
}

void run_ingress(struct run *run, struct flow **flows)
{
	const struct fw_link *in = run->query->in;
	const struct fw_hook *hook;

	run->stage = FW_INGRESS;
	hook = hook_of(run);
	for (unsigned i = 0; i < hook->count && *flows; i++) {
		const struct fw_chain *chain = hook->chains[i];

		for (unsigned j = 0; j < chain->device_count; j++) {
			if (is_below(run->model->host, in, chain->devices[j])) {
				run_give_up_all(run, flows, "an ingress chain of a link below");
				return;
			}
		}
		if (has_device(chain, in->name))
			*flows = chain_run_base(run, chain, *flows);
	}
}
