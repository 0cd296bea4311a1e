/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The other operations: sets and maps, limits, routing questions, translation, xtables; and the
 * table of them all.
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/execution.h"
#include "audit/firewall/expressions.h"
#include "lib/own.h"

/* Values of numgen and hashes up to which each is followed by itself. */
#define MAX_CHOICES 16U

static void op_verdict(struct execution *exec, const struct fw_op *op)
{
	exec_verdict(exec, &op->verdict);
}

static void hit_element(struct execution *exec, const struct fw_op *op,
			const struct fw_element *element)
{
	if (exec->is_done)
		return;
	exec->at++;
	if (element->has_verdict) {
		exec_verdict(exec, &element->verdict);
	} else if (op->dreg == FW_NO_REGISTER || element->data.len == 0 ||
		   op->dreg + ((element->data.len + 3) & ~(size_t)3) > FW_REGISTER_BYTES) {
		exec_give_up(exec, FW_NOT_MODELLED, "a map's value that is not understood");
	} else {
		sym_bytes(&exec->registers[op->dreg], element->data.data, element->data.len);
		sym_pad(&exec->registers[op->dreg], element->data.len);
	}
	exec_go_on(exec);
}

/* What was found is an object, which does what it does. */
static void use_object(struct execution *exec, const struct fw_op *op)
{
	switch ((int)decode_object_type(op->set ? op->set->object_type : NFT_OBJECT_UNSPEC)) {
	case FW_INERT:
		break;
	case FW_TEMPORAL:
		exec_match(exec, match_doubt(exec->run, &exec->flow, FW_BY_TIME, "a limit"));
		break;
	default:
		exec_give_up(exec, FW_NOT_MODELLED, op->name);
		break;
	}
}

static void op_lookup(struct execution *exec, const struct fw_op *op)
{
	struct lookup found;
	struct flow rest = exec->flow;

	lookup_set(exec->run, &exec->flow, op, &exec->registers[op->sreg], &found);
	if (op->key != FW_LOOKUP_MAP) {
		struct match match = {found.hit, found.miss};

		if (found.is_doubtful)
			match = (struct match){exec->flow.sources, exec->flow.sources};
		exec_match(exec, op->flags & NFT_LOOKUP_F_INV ? match_not(match) : match);
		if (op->key == FW_LOOKUP_OBJECT && !exec->is_done)
			use_object(exec, op);
		return;
	}
	exec->is_done = true;
	if (found.is_doubtful || op->flags) {
		run_give_up(exec->run, &exec->flow, found.doubt, "a map asked in doubt");
		return;
	}
	for (const struct branch *at = found.hits; at; at = at->next) {
		struct execution fork;

		exec_fork(exec, at->sources, &fork);
		hit_element(&fork, op, at->element);
	}
	rest.sources = found.miss;
	run_push(exec->run, &exec->results->next, &rest);
}

static void op_temporal(struct execution *exec, const struct fw_op *op)
{
	(void)op;
	exec_match(exec, match_doubt(exec->run, &exec->flow, FW_BY_TIME, "a limit"));
}

static void op_dynset(struct execution *exec, const struct fw_op *op)
{
	(void)op;
	exec_match(exec,
		   match_doubt(exec->run, &exec->flow, FW_BY_TIME, "a set that traffic fills"));
}

void exec_load_doubt(struct execution *exec, const struct fw_op *op, enum fw_doubt doubt)
{
	unsigned len = op->len > 16U ? op->len : 16U;

	for (unsigned i = op->dreg; i < FW_REGISTER_BYTES && i < op->dreg + len; i++)
		exec->registers[i] = sym_doubt(doubt);
	/* the load itself may fail, and so end the rule */
	if (doubt != FW_BY_TIME)
		exec_match(exec, match_doubt(exec->run, &exec->flow, doubt, op->name));
}

void exec_put_number(struct execution *exec, const struct fw_op *op, uint32_t number)
{
	if (op->dreg + 4 <= FW_REGISTER_BYTES)
		sym_bytes(&exec->registers[op->dreg], &number, sizeof(number));
}

/* One of op->key values from op->offset on: if they are few, the rule goes on with each of them. */
static void load_one_of(struct execution *exec, const struct fw_op *op, enum fw_doubt doubt)
{
	if (op->key == 0 || op->key > MAX_CHOICES) {
		exec_load_doubt(exec, op, doubt);
		return;
	}
	if (op->key > 1)
		run_doubt(exec->run, exec->flow.sources, doubt, op->name);
	for (uint32_t i = 0; i < op->key; i++) {
		struct execution fork;

		exec_fork(exec, exec->flow.sources, &fork);
		exec_put_number(&fork, op, op->offset + i);
		fork.at++;
		exec_go_on(&fork);
	}
	exec->is_done = true;
}

static void op_load_temporal(struct execution *exec, const struct fw_op *op)
{
	load_one_of(exec, op, FW_BY_TIME);
}

/*
 * A hash whose seed is not told. What the sender may choose of what is hashed (the symmetric one
 * takes the ports) makes its value the sender's choice.
 */
static void op_hash(struct execution *exec, const struct fw_op *op)
{
	enum fw_doubt doubt = op->flags == NFT_HASH_SYM ? FW_BY_CHOICE : FW_NOT_MODELLED;

	for (unsigned i = 0; i < op->len && op->sreg + i < FW_REGISTER_BYTES; i++) {
		const struct sym *byte = &exec->registers[op->sreg + i];

		if (byte->kind == SYM_DOUBT && byte->value != FW_NOT_MODELLED)
			doubt = byte->value;
	}
	load_one_of(exec, op, doubt);
}

/* Options and extension headers are the sender's to choose, where its protocol has them. */
static void op_exthdr(struct execution *exec, const struct fw_op *op)
{
	const struct fw_query *query = exec->run->query;
	bool is_possible = (op->key == NFT_EXTHDR_OP_TCPOPT && query->protocol == IPPROTO_TCP) ||
			   (op->key == NFT_EXTHDR_OP_IPV6 && query->family == AF_INET6) ||
			   (op->key == NFT_EXTHDR_OP_IPV4 && query->family == AF_INET);

	if (is_possible)
		exec_load_doubt(exec, op, FW_BY_CHOICE);
	else if (op->flags & NFT_EXTHDR_F_PRESENT)
		exec_put_number(exec, op, 0);
	else
		exec_break(exec);
}

static void op_load_unknown(struct execution *exec, const struct fw_op *op)
{
	exec_load_doubt(exec, op, FW_NOT_MODELLED);
}

static void op_notrack(struct execution *exec, const struct fw_op *op)
{
	(void)op;
	/* nft_ct.c: nft_notrack_eval(): not where the packet has a connection already; what
	 * tracking found invalid has none */
	if (exec->flow.tracking != TRACK_NEW)
		exec->flow.tracking = TRACK_UNTRACKED;
}

static void op_reject(struct execution *exec, const struct fw_op *op)
{
	(void)op;
	exec_end(exec, FW_REJECTED);
}

/* The flow, and what a translation may have made of it as well. */
static void accept_all(struct execution *exec)
{
	const struct flow *others = exec->flow.next;

	exec_accept(exec);
	for (; others; others = others->next) {
		exec->flow = *others;
		exec_accept(exec);
	}
}

static void op_nat(struct execution *exec, const struct fw_op *op)
{
	uint32_t family = exec->run->query->family == AF_INET ? NFPROTO_IPV4 : NFPROTO_IPV6;

	/* nft_nat.c: nft_nat_inet_eval(): nothing is done to a packet of the other family */
	if (op->type == FW_NAT && op->offset != family && op->offset != NFPROTO_INET)
		return;
	exec->is_done = true;
	if (nat_expression(exec->run, &exec->flow, op, exec->registers))
		accept_all(exec);
}

static void op_xt_match(struct execution *exec, const struct fw_op *op)
{
	exec_match(exec, xt_match(exec->run, &exec->flow, op));
}

static void op_xt_target(struct execution *exec, const struct fw_op *op)
{
	switch (xt_target(exec->run, &exec->flow, op)) {
	case XT_CONTINUE:
		break;
	case XT_ACCEPT:
		accept_all(exec);
		break;
	case XT_DROP:
		exec_end(exec, FW_DROPPED);
		break;
	case XT_REJECT:
		exec_end(exec, FW_REJECTED);
		break;
	case XT_DONE:
	default:
		exec->is_done = true;
		break;
	}
}

static void op_inert(struct execution *exec, const struct fw_op *op)
{
	(void)exec;
	(void)op;
}

static void op_unknown(struct execution *exec, const struct fw_op *op)
{
	exec_give_up(exec, FW_NOT_MODELLED, op->name);
}

static void (*const operations[])(struct execution *exec, const struct fw_op *op) = {
    [FW_UNKNOWN] = op_unknown,
    [FW_INERT] = op_inert,
    [FW_TEMPORAL] = op_temporal,
    [FW_LOAD_TEMPORAL] = op_load_temporal,
    [FW_LOAD_UNKNOWN] = op_load_unknown,
    [FW_HASH] = op_hash,
    [FW_EXTHDR] = op_exthdr,
    [FW_IMMEDIATE] = op_immediate,
    [FW_VERDICT] = op_verdict,
    [FW_PAYLOAD] = op_payload,
    [FW_PAYLOAD_SET] = op_payload_set,
    [FW_CMP] = op_cmp,
    [FW_RANGE] = op_range,
    [FW_BITWISE] = op_bitwise,
    [FW_SHIFT] = op_shift,
    [FW_BYTEORDER] = op_byteorder,
    [FW_META] = op_meta,
    [FW_META_SET] = op_meta_set,
    [FW_CT] = op_ct,
    [FW_CT_SET] = op_ct_set,
    [FW_LOOKUP] = op_lookup,
    [FW_DYNSET] = op_dynset,
    [FW_FIB] = op_fib,
    [FW_NOTRACK] = op_notrack,
    [FW_REJECT] = op_reject,
    [FW_NAT] = op_nat,
    [FW_MASQUERADE] = op_nat,
    [FW_REDIRECT] = op_nat,
    [FW_XT_MATCH] = op_xt_match,
    [FW_XT_TARGET] = op_xt_target,
};

void op_run(struct execution *exec, const struct fw_op *op)
{
	operations[op->type](exec, op);
}
