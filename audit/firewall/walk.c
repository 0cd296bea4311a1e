/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A packet's way: ingress, prerouting, the routing decision, input or forward, postrouting; and
 * what the kernel refuses in between, whatever the rules say.
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter_ipv4.h>

#include "audit/firewall/run.h"
#include "lib/own.h"

/* Drops the sources that the kernel takes for forged. */
static struct flow *check_sources(struct run *run, const struct flow *flow)
{
	const struct packet_way way = {
	    run->query->family, run->query->in, run->out, run->is_out_unknown,
	    run->query->family == AF_INET &&
		(flow->daddr == 0xffffffffU || flow->daddr >> 28 == 0xe)};
	struct source_check check = route_check_sources(run->model->host, run->scratch, &way);
	struct flow *part =
	    run_copy(run, flow, ranges_intersect(run->scratch, flow->sources, check.refused));
	struct flow *rest =
	    run_copy(run, flow, ranges_subtract(run->scratch, flow->sources, check.refused));

	if (!part || !rest)
		return NULL;
	run_end(run, part, FW_DROPPED, NULL, "martian source");
	part->sources = ranges_intersect(run->scratch, rest->sources, check.unknown);
	/* dropped perhaps, and else the rules decide: what they drop is dropped either way */
	if (part->sources.count > 0) {
		struct fw_answer *answer = run->answer;

		run_doubt(run, part->sources, FW_NOT_MODELLED, "whether the source is valid");
		answer->may_drop = ranges_union(run->scratch, answer->may_drop, part->sources);
	}
	return rest;
}

static void deliver(struct run *run, const struct flow *flow, struct flow **local)
{
	struct flow *rest = check_sources(run, flow);

	if (rest)
		run_push(run, local, rest);
}

static int forwards(const struct run *run)
{
	const struct fw_host *host = run->model->host;
	const struct fw_link *in = run->query->in;

	if (!in->settings || !host->all)
		return -1;
	if (run->query->family == AF_INET)
		return host_setting(host, in, FW_FORWARDING) != 0;
	return host->all->ip6_forwarding != 0 || in->settings->ip6_force_forwarding != 0;
}

/* The chain may see what leaves by the link, or by one that it sits on; NULL: any. */
static bool is_on_the_way(const struct run *run, const struct fw_chain *chain,
			  const struct fw_link *out)
{
	for (unsigned i = 0; out && i < chain->device_count; i++) {
		const struct fw_link *at = host_link_named(run->model->host, chain->devices[i]);

		if (at && (at == out || host_is_below(run->model->host, out, at)))
			return true;
	}
	return !out;
}

static bool has_egress(const struct run *run, const struct fw_link *out)
{
	for (const struct fw_table *table = run->model->ruleset->tables; table;
	     table = table->next) {
		for (const struct fw_chain *chain = table->chains;
		     chain && table->family == NFPROTO_NETDEV; chain = chain->next) {
			if (chain->is_base && chain->hook != NF_NETDEV_INGRESS &&
			    is_on_the_way(run, chain, out))
				return true;
		}
	}
	return false;
}

static const struct between nat_out[] = {{NF_IP_PRI_NAT_SRC, run_nat}};

/* Through the hooks of forwarding, and out. */
static void pass_on(struct run *run, const struct flow *flow, const struct fw_way *way)
{
	struct flow *flows;

	run->base = NULL;
	run->out = way->out;
	run->is_out_unknown = !way->out;
	flows = check_sources(run, flow);
	run_hook(run, &flows, FW_FORWARD, NULL, 0);
	run_hook(run, &flows, FW_POSTROUTING, nat_out, 1);
	run->base = NULL;
	if (has_egress(run, way->out) ||
	    (run->model->ruleset->has_bridge &&
	     (!way->out || host_is_on_bridge(run->model->host, way->out))))
		run_give_up_all(run, &flows, "chains of bridges or at egress");
	for (const struct flow *at = flows; at; at = at->next)
		run_end(run, at, FW_FORWARDED, NULL, NULL);
	run->out = NULL;
	run->is_out_unknown = false;
}

static void forward(struct run *run, const struct flow *flow, const struct fw_way *way)
{
	int is_on = forwards(run);

	run->base = NULL;
	if (is_on < 0)
		run_give_up(run, flow, FW_NOT_MODELLED, "whether packets are forwarded");
	else if (!is_on)
		run_end(run, flow, FW_DROPPED, NULL, "forwarding is off");
	else
		pass_on(run, flow, way);
}

/* To 0.0.0.0: refused, unless it comes from there, which is a broadcast of old. */
static void deliver_to_nobody(struct run *run, const struct flow *flow, struct flow **local)
{
	struct match match =
	    match_set(run, flow, ranges_of(run->scratch, range_prefix(AF_INET, 0, 32)));
	struct flow part = *flow;

	part.sources = match.yes;
	run_push(run, local, &part);
	part.sources = match.no;
	run_end(run, &part, FW_DROPPED, NULL, "martian destination");
}

/* Destinations that are refused, or not modelled, before any route is looked for. */
static bool is_odd_destination(struct run *run, const struct flow *flow)
{
	int family = run->query->family;
	u128 daddr = flow->daddr;
	bool is_loopback = inet_is_loopback(family, daddr);

	if (family == AF_INET && is_loopback &&
	    host_setting(run->model->host, run->query->in, FW_ROUTE_LOCALNET))
		return false;
	if (is_loopback) {
		run_end(run, flow, FW_DROPPED, NULL, "martian destination");
		return true;
	}
	return false;
}

/*
 * To a group: it comes in if a socket has joined the group on that link, and is passed on if there
 * is a multicast router; neither is known, but either is for the rules to refuse.
 */
static void route_to_group(struct run *run, const struct flow *flow, struct flow **local)
{
	static const struct fw_way anywhere = {FW_ROUTED_FORWARD, NULL, NULL};

	run_doubt(run, flow->sources, FW_NOT_MODELLED, "whether the multicast group is joined");
	run_end(run, flow, FW_DROPPED, NULL, "a multicast group that nobody has joined");
	pass_on(run, flow, &anywhere);
	deliver(run, flow, local);
}

static void route(struct run *run, const struct flow *flow, struct flow **local)
{
	bool has_mark = sym_is_const(flow->mark, 4);
	struct fw_way way;
	uint32_t mark;

	run->base = NULL;
	if (is_odd_destination(run, flow))
		return;
	if (addrtype_is_multicast(run->query->family, flow->daddr)) {
		route_to_group(run, flow, local);
		return;
	}
	sym_read(flow->mark, 4, &mark);
	if (run->query->family == AF_INET && flow->daddr == 0) {
		deliver_to_nobody(run, flow, local);
		return;
	}
	if (run->query->family == AF_INET && flow->daddr == 0xffffffffU) {
		deliver(run, flow, local);
		return;
	}
	way = route_find(run->model->host, run->query->family, flow->daddr, run->query->in,
			 has_mark ? &mark : NULL);
	switch (way.kind) {
	case FW_ROUTED_LOCAL:
	case FW_ROUTED_BROADCAST:
		deliver(run, flow, local);
		break;
	case FW_ROUTED_FORWARD:
		forward(run, flow, &way);
		break;
	case FW_ROUTED_NOWHERE:
		run_end(run, flow, FW_DROPPED, NULL, "no route");
		break;
	case FW_ROUTED_UNKNOWN:
	default:
		run_give_up(run, flow, FW_NOT_MODELLED, "where it is routed to");
		break;
	}
}

/* A program on the link, or on one that the packet passes before. */
static bool is_before_xdp(const struct fw_host *host, const struct fw_link *in)
{
	for (const struct fw_link *at = host->links; at; at = at->next) {
		if (at->has_xdp && (at == in || host_is_below(host, in, at)))
			return true;
	}
	return false;
}

/* What stands in the way before the first hook. */
static const char *first_obstacle(const struct run *run)
{
	const struct fw_link *in = run->query->in;

	if (run->model->incomplete)
		return run->model->incomplete;
	if (is_before_xdp(run->model->host, in))
		return "an XDP program";
	if (in->flags & 0x8 /* IFF_LOOPBACK */)
		return "the host's own packets";
	if (in->master != 0)
		return "a link that belongs to another";
	if (strcmp(in->kind, "vrf") == 0)
		return "a VRF";
	if (run->model->ruleset->has_bridge && host_is_on_bridge(run->model->host, in))
		return "chains of bridges";
	if (run->query->protocol != IPPROTO_TCP && run->query->protocol != IPPROTO_UDP)
		return "a protocol that is not modelled";
	return NULL;
}

static const struct between before_routing[] = {{NF_IP_PRI_CONNTRACK, run_tracking},
						{NF_IP_PRI_NAT_DST, run_nat}};

static void run_all(struct run *run, struct flow *flows)
{
	struct flow *local = NULL;

	run_ingress(run, &flows);
	run_hook(run, &flows, FW_PREROUTING, before_routing, ARRAY_LEN(before_routing));
	for (const struct flow *at = flows; at; at = at->next)
		route(run, at, &local);
	run_hook(run, &local, FW_INPUT, nat_out, 1);
	run->base = NULL;
	for (const struct flow *at = local; at; at = at->next)
		run_end(run, at, FW_LOCAL, NULL, NULL);
}

/* IPv6 refuses some addresses as it takes the packet up: net/ipv6/ip6_input.c: ip6_rcv_core() */
static void refuse_early(struct run *run, struct flow *flow)
{
	const struct packet_way way = {run->query->family, run->query->in, NULL, false, false};
	struct source_check check = {{0}, {0}};
	struct flow refused = *flow;

	if (run->query->family != AF_INET6)
		return;
	check = route_check_sources(run->model->host, run->scratch, &way);
	if (run->query->daddr == 1) /* ::1, which no translation gets to see */
		check.refused = flow->sources;
	refused.sources = check.refused;
	run_end(run, &refused, FW_DROPPED, NULL, "martian");
	flow->sources = ranges_subtract(run->scratch, flow->sources, check.refused);
}

void model_ask(struct fw_model *model, const struct fw_query *query, struct fw_answer *answer)
{
	const struct fw_link *in = host_arrival(model->host, query->in);
	struct fw_query arrived = *query;
	struct run run = {
	    .model = model, .query = &arrived, .answer = answer, .scratch = &model->scratch};
	struct flow first = {.daddr = query->daddr, .dport = query->dport};
	const char *obstacle;
	struct flow *flows = NULL;

	if (in)
		arrived.in = in;
	scratch_reset(&model->scratch);
	*answer = (struct fw_answer){0};
	run.outcomes_end = &answer->outcomes;
	run.steps_end = &answer->steps;
	first.sources = ranges_of(&model->scratch, range_all(query->family));
	for (unsigned i = 0; i < 4; i++) {
		first.mark[i] = sym_const(0);
		first.ct_mark[i] = sym_const(0);
	}
	obstacle = first_obstacle(&run);
	if (obstacle) {
		run_give_up(&run, &first, FW_NOT_MODELLED, obstacle);
		return;
	}
	refuse_early(&run, &first);
	run_push(&run, &flows, &first);
	run_all(&run, flows);
	if (!run.is_over && !model->scratch.is_exhausted)
		return;
	/* what was not looked at any more could have gone either way */
	scratch_reset(&model->scratch);
	*answer = (struct fw_answer){0};
	run.outcomes_end = &answer->outcomes;
	run.steps_end = &answer->steps;
	first.sources = ranges_of(&model->scratch, range_all(query->family));
	run_give_up(&run, &first, FW_NOT_MODELLED, "more rules and sets than the model looks at");
}

struct ranges answer_reachable(struct fw_model *model, const struct fw_answer *answer)
{
	return ranges_subtract(&model->scratch, answer->may_accept, answer->may_drop);
}

struct ranges answer_unknown(struct fw_model *model, const struct fw_answer *answer)
{
	return ranges_intersect(&model->scratch, answer->may_accept, answer->may_drop);
}
