/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What routing says of an address: its type, or the link that it is reached by
 * (net/ipv4/netfilter/nft_fib_ipv4.c, net/ipv6/netfilter/nft_fib_ipv6.c). The rule goes on once
 * for each answer, with the sources that have it.
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */

#include <linux/netfilter/nf_tables.h>
#include <string.h>

#include "audit/firewall/execution.h"

/* As <linux/netfilter/nf_tables.h> of older systems does not have it. */
#define FIB_KNOWN_FLAGS                                                                            \
	(NFTA_FIB_F_SADDR | NFTA_FIB_F_DADDR | NFTA_FIB_F_MARK | NFTA_FIB_F_IIF |                  \
	 NFTA_FIB_F_PRESENT)

/* The flow's sources that the answer is for: the question may be about the destination. */
static struct ranges concerned(const struct execution *exec, const struct fw_op *op,
			       struct ranges set)
{
	if (op->flags & NFTA_FIB_F_SADDR)
		return ranges_intersect(exec->run->scratch, exec->flow.sources, set);
	return ranges_has(set, exec->flow.daddr) ? exec->flow.sources : (struct ranges){0};
}

static void go_on_with(const struct execution *exec, const struct fw_op *op, struct ranges set,
		       uint32_t number)
{
	struct execution fork;

	exec_fork(exec, concerned(exec, op, set), &fork);
	exec_put_number(&fork, op, number);
	fork.at++;
	exec_go_on(&fork);
}

static void go_on_in_doubt(const struct execution *exec, const struct fw_op *op, struct ranges set)
{
	struct execution fork;

	exec_fork(exec, concerned(exec, op, set), &fork);
	if (fork.is_done)
		return;
	exec_load_doubt(&fork, op, FW_NOT_MODELLED);
	fork.at++;
	exec_go_on(&fork);
}

static void ask_type(struct execution *exec, const struct fw_op *op, const struct fw_link *link)
{
	const struct addrtypes *types = addrtype_all(exec->run, link);

	for (unsigned type = 0; type < ADDRTYPES; type++)
		go_on_with(exec, op, types->sets[type], type);
	go_on_in_doubt(exec, op, types->unknown);
}

/* A name fills 16 bytes; without one the kernel may clear only the first four of them. */
static void go_on_with_name(const struct execution *exec, const struct fw_op *op, struct ranges set,
			    const struct fw_link *link)
{
	struct execution fork;

	exec_fork(exec, concerned(exec, op, set), &fork);
	for (unsigned i = 0; i < FW_NAME_BYTES && op->dreg + i < FW_REGISTER_BYTES; i++) {
		struct sym *byte = &fork.registers[op->dreg + i];

		if (link)
			*byte = sym_const((uint8_t)link->name[i]);
		else
			*byte = i < 4 ? sym_const(0) : sym_doubt(FW_NOT_MODELLED);
	}
	fork.at++;
	exec_go_on(&fork);
}

static void go_on_with_link(const struct execution *exec, const struct fw_op *op, struct ranges set,
			    const struct fw_link *link)
{
	if (op->key == NFT_FIB_RESULT_OIFNAME)
		go_on_with_name(exec, op, set, link);
	else if (op->flags & NFTA_FIB_F_PRESENT)
		go_on_with(exec, op, set, link != NULL);
	else
		go_on_with(exec, op, set, link ? (uint32_t)link->index : 0);
}

/* What has a link at all: not local addresses, and for IPv6 not anycast ones either. */
static struct ranges with_link(struct run *run, const struct reverse *reverse)
{
	struct ranges found = ranges_union(run->scratch, reverse->sets[FW_REVERSE_UNICAST],
					   reverse->sets[FW_REVERSE_OTHER]);

	if (run->query->family == AF_INET6)
		return found;
	return ranges_union(run->scratch, found, reverse->sets[FW_REVERSE_ANYCAST]);
}

/*
 * Who sends to all from 0.0.0.0 is taken to be on the link, whatever was asked (nft_fib4_eval());
 * the rule goes on with the others.
 */
static void answer_unnamed(struct execution *exec, const struct fw_op *op)
{
	bool is_to_all = exec->flow.daddr == 0xffffffffU || exec->flow.daddr >> 8 == 0xe00000U;
	struct scratch *scratch = exec->run->scratch;
	struct ranges unnamed;
	struct execution part;

	if (exec->run->query->family != AF_INET || !is_to_all)
		return;
	unnamed = ranges_of(scratch, range_prefix(AF_INET, 0, 32));
	part = *exec;
	part.flow.sources = ranges_intersect(scratch, exec->flow.sources, unnamed);
	exec->flow.sources = ranges_subtract(scratch, exec->flow.sources, unnamed);
	go_on_with_link(&part, op, ranges_of(scratch, range_all(AF_INET)), exec->run->query->in);
}

/* All that is left has no link. */
static void go_on_without(const struct execution *exec, const struct fw_op *op, struct ranges found,
			  struct ranges unknown)
{
	struct scratch *scratch = exec->run->scratch;
	struct ranges rest = ranges_of(scratch, range_all(exec->run->query->family));

	rest = ranges_subtract(scratch, ranges_subtract(scratch, rest, found), unknown);
	go_on_with_link(exec, op, rest, NULL);
	go_on_in_doubt(exec, op, unknown);
}

/* `fib saddr . iif oif`: that link or none. */
static void ask_link(struct execution *exec, const struct fw_op *op, const struct fw_link *link)
{
	struct run *run = exec->run;
	const struct reverse *reverse = addrtype_reverse(run);
	struct ranges found;

	found = ranges_intersect(run->scratch, reverse->by_link, with_link(run, reverse));
	go_on_with_link(exec, op, found, link);
	go_on_without(exec, op, found, reverse->sets[FW_REVERSE_UNKNOWN]);
}

/* Without a link that it is to be: whichever it is, or whether there is one. */
static void ask_any_link(struct execution *exec, const struct fw_op *op)
{
	struct run *run = exec->run;
	struct scratch *scratch = run->scratch;
	const struct fw_host *host = run->model->host;
	struct ranges scoped = {0};
	struct ranges found;
	struct reverse reverse;

	route_reverse(host, scratch, run->query->family, run->query->in, &reverse);
	found = with_link(run, &reverse);
	go_on_without(exec, op, found, reverse.sets[FW_REVERSE_UNKNOWN]);
	if (op->flags & NFTA_FIB_F_PRESENT) {
		go_on_with_link(exec, op, found, run->query->in);
		return;
	}
	if (run->query->family == AF_INET6)
		scoped = ranges_of(scratch, range_prefix(AF_INET6, (u128)0xfe80 << 112, 10));
	for (const struct fw_link *at = host->links; at && found.count > 0; at = at->next) {
		struct ranges here;

		route_reverse(host, scratch, run->query->family, at, &reverse);
		here = ranges_subtract(scratch, reverse.by_link, reverse.by_several);
		if (at != run->query->in) /* fe80::/10 is asked for on the packet's own link */
			here = ranges_subtract(scratch, here, scoped);
		here = ranges_intersect(scratch, found, here);
		go_on_with_link(exec, op, here, at);
		found = ranges_subtract(scratch, found, here);
	}
	go_on_in_doubt(exec, op, found);
}

void op_fib(struct execution *exec, const struct fw_op *op)
{
	struct run *run = exec->run;
	const struct fw_link *link = op->flags & NFTA_FIB_F_IIF ? run->query->in : NULL;
	bool is_by_source = op->flags & NFTA_FIB_F_SADDR;

	if ((op->flags & ~(uint32_t)FIB_KNOWN_FLAGS) || op->key > NFT_FIB_RESULT_ADDRTYPE ||
	    op->key == NFT_FIB_RESULT_UNSPEC || is_by_source == !!(op->flags & NFTA_FIB_F_DADDR) ||
	    (is_by_source && exec->flow.is_source_changed)) {
		exec_load_doubt(exec, op, FW_NOT_MODELLED);
		return;
	}
	if (op->key != NFT_FIB_RESULT_ADDRTYPE)
		answer_unnamed(exec, op);
	if (op->key == NFT_FIB_RESULT_ADDRTYPE)
		ask_type(exec, op, link);
	else if (link)
		ask_link(exec, op, link);
	else
		ask_any_link(exec, op);
	exec->is_done = true;
}
