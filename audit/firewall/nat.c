/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Network address translation of a connection's first packet (net/netfilter/nf_nat_core.c:
 * nf_nat_setup_info()). A destination that is one of several, by hash or chance, is not modelled.
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/if_addr.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_nat.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/run.h"

bool nat_apply(struct run *run, struct flow *flow, const u128 *address, const uint16_t *port)
{
	bool is_changed = (address && *address != flow->daddr) || (port && *port != flow->dport);

	(void)run;
	if (flow->has_dnat_setup)
		return true;
	flow->has_dnat_setup = true;
	flow->is_dnat |= is_changed;
	if (address)
		flow->daddr = *address;
	if (port)
		flow->dport = *port;
	return true;
}

/* An IPv6 packet goes to an address of the link with its scope; which of several is not modelled */
static const struct fw_address *redirect_target(struct run *run, const struct flow *flow)
{
	bool is_link_local = flow->daddr >> 118 == 0x3fa;
	const struct fw_address *found = NULL;

	for (const struct fw_address *at = run->model->host->addresses; at; at = at->next) {
		if (at->family != run->query->family || at->link != run->query->in->index)
			continue;
		/* nf_nat_redirect.c: the first address of the list is the primary one */
		if (at->family == AF_INET)
			return at;
		if ((at->address >> 118 == 0x3fa) != is_link_local)
			continue;
		if (found || (at->flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED)))
			return NULL;
		found = at;
	}
	return found;
}

bool nat_redirect(struct run *run, struct flow *flow, const uint16_t *port)
{
	const struct fw_address *target = redirect_target(run, flow);

	if (!target) {
		run_give_up(run, flow, FW_NOT_MODELLED, "redirect to one of several addresses");
		return false;
	}
	return nat_apply(run, flow, &target->address, port);
}

static bool give_up_of(struct run *run, const struct flow *flow, const struct sym *at)
{
	enum fw_doubt doubt = at->kind == SYM_DOUBT ? at->value : FW_NOT_MODELLED;

	run_give_up(run, flow, doubt, "an address or port of the translation is not known");
	return false;
}

/* The one value that both registers hold; false when there are several or it is not known. */
static bool read_one(const struct sym *registers, const uint8_t *reg, size_t len, uint8_t *out)
{
	uint8_t other[16];

	if (reg[0] + len > FW_REGISTER_BYTES || !sym_is_const(&registers[reg[0]], len))
		return false;
	sym_read(&registers[reg[0]], len, out);
	if (reg[1] == FW_NO_REGISTER || reg[1] == reg[0])
		return true;
	if (reg[1] + len > FW_REGISTER_BYTES || !sym_is_const(&registers[reg[1]], len))
		return false;
	sym_read(&registers[reg[1]], len, other);
	return memcmp(out, other, len) == 0;
}

static bool destination(struct run *run, struct flow *flow, const struct fw_op *op,
			const struct sym *registers)
{
	size_t len = inet_bits(run->query->family) / 8;
	uint8_t bytes[16];
	u128 address = 0;
	uint16_t port = 0;
	bool has_address = op->reg[0] != FW_NO_REGISTER;
	bool has_port = op->reg[2] != FW_NO_REGISTER;

	if (has_address) {
		if (op->offset != (run->query->family == AF_INET ? NFPROTO_IPV4 : NFPROTO_IPV6) ||
		    (op->flags & NF_NAT_RANGE_NETMAP) ||
		    !read_one(registers, &op->reg[0], len, bytes))
			return give_up_of(run, flow, &registers[op->reg[0]]);
		address = inet_number(bytes, len);
	}
	if (has_port) {
		if (!read_one(registers, &op->reg[2], 2, bytes))
			return give_up_of(run, flow, &registers[op->reg[2]]);
		port = (uint16_t)inet_number(bytes, 2);
	}
	return nat_apply(run, flow, has_address ? &address : NULL, has_port ? &port : NULL);
}

static bool source(struct run *run, struct flow *flow, bool has_port)
{
	if (has_port) {
		run_give_up(run, flow, FW_NOT_MODELLED, "source ports may run out");
		return false;
	}
	flow->has_snat_setup = true;
	flow->is_source_changed = true;
	return true;
}

static bool redirect(struct run *run, struct flow *flow, const struct fw_op *op,
		     const struct sym *registers)
{
	uint8_t bytes[2];
	uint16_t port;

	if (op->reg[2] == FW_NO_REGISTER)
		return nat_redirect(run, flow, NULL);
	if (!read_one(registers, &op->reg[2], 2, bytes))
		return give_up_of(run, flow, &registers[op->reg[2]]);
	port = (uint16_t)inet_number(bytes, 2);
	return nat_redirect(run, flow, &port);
}

bool nat_expression(struct run *run, struct flow *flow, const struct fw_op *op,
		    const struct sym *registers)
{
	if (run->base->type != FW_CHAIN_NAT || flow->tracking != TRACK_NEW) {
		run_give_up(run, flow, FW_NOT_MODELLED, "translation out of its place");
		return false;
	}
	if (op->type == FW_MASQUERADE)
		return source(run, flow, op->reg[2] != FW_NO_REGISTER);
	if (op->type == FW_NAT && op->key == NFT_NAT_SNAT)
		return source(run, flow, op->reg[2] != FW_NO_REGISTER);
	if (op->type == FW_REDIRECT)
		return redirect(run, flow, op, registers);
	return destination(run, flow, op, registers);
}
