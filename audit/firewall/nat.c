/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Network address translation of a connection's first packet (net/netfilter/nf_nat_core.c:
 * nf_nat_setup_info()). A destination that is one of several makes a flow for each of them.
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */

#include <linux/if_addr.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_nat.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/run.h"

/* More than these, and nobody can tell any more what becomes of all of them. */
#define MAX_TARGETS 32U

static void set_target(struct flow *flow, const struct nat_target *target, u128 address,
		       uint16_t port)
{
	flow->has_dnat_setup = true;
	if (target->has_address) {
		flow->is_dnat |= address != flow->daddr;
		flow->daddr = address;
	}
	if (target->has_port) {
		flow->is_dnat |= port != flow->dport;
		flow->dport = port;
	}
}

/*
 * Which of several is a hash of the source and its port, and for the port what connections there
 * are already (nf_nat_core.c: find_best_ips_proto(), nf_nat_l4proto_unique_tuple()): a sender that
 * tries its ports gets to all of them.
 */
bool nat_apply(struct run *run, struct flow *flow, const struct nat_target *target)
{
	struct flow before = *flow;
	u128 addresses = target->has_address ? target->addresses.last - target->addresses.first : 0;
	unsigned ports =
	    target->has_port ? (unsigned)target->last_port - target->first_port + 1U : 1U;

	if (flow->has_dnat_setup)
		return true;
	if ((target->has_address && target->addresses.last < target->addresses.first) ||
	    (target->has_port && target->last_port < target->first_port) ||
	    addresses >= MAX_TARGETS || ports > MAX_TARGETS ||
	    ((unsigned)addresses + 1) * ports > MAX_TARGETS) {
		run_give_up(run, flow, FW_NOT_MODELLED, "translation to one of many");
		return false;
	}
	set_target(flow, target, target->addresses.first, target->first_port);
	if (addresses > 0 || ports > 1)
		run_doubt(run, flow->sources, FW_BY_CHOICE, "translation to one of several");
	for (unsigned i = 1; i < ((unsigned)addresses + 1) * ports; i++) {
		struct flow other = before;

		set_target(&other, target, target->addresses.first + i / ports,
			   (uint16_t)(target->first_port + i % ports));
		run_push(run, &flow->next, &other);
	}
	return true;
}

struct range nat_netmap(int family, u128 daddr, struct range network)
{
	u128 mask = range_all(family).last & ~(network.first ^ network.last);
	u128 address = (daddr & ~mask) | (network.first & mask);

	return (struct range){address, address};
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

bool nat_redirect(struct run *run, struct flow *flow, const struct nat_target *ports)
{
	const struct fw_address *address = redirect_target(run, flow);
	struct nat_target target = *ports;

	if (!address) {
		run_give_up(run, flow, FW_NOT_MODELLED, "redirect to one of several addresses");
		return false;
	}
	target.has_address = true;
	target.addresses = (struct range){address->address, address->address};
	return nat_apply(run, flow, &target);
}

static bool give_up_of(struct run *run, const struct flow *flow, const struct sym *at)
{
	enum fw_doubt doubt = at->kind == SYM_DOUBT ? at->value : FW_NOT_MODELLED;

	run_give_up(run, flow, doubt, "an address or port of the translation is not known");
	return false;
}

/* The first and the last value, which one register or two hold; false: they are not known. */
static bool read_range(const struct sym *registers, const uint8_t *reg, size_t len,
		       struct range *out)
{
	u128 *ends[] = {&out->first, &out->last};
	uint8_t bytes[16];

	for (unsigned i = 0; i < 2; i++) {
		uint8_t from = reg[i] == FW_NO_REGISTER ? reg[0] : reg[i];

		if (from + len > FW_REGISTER_BYTES || !sym_is_const(&registers[from], len))
			return false;
		sym_read(&registers[from], len, bytes);
		*ends[i] = inet_number(bytes, len);
	}
	return true;
}

static bool read_ports(const struct sym *registers, const struct fw_op *op, struct nat_target *out)
{
	struct range ports;

	out->has_port = op->reg[2] != FW_NO_REGISTER;
	if (!out->has_port)
		return true;
	if (!read_range(registers, &op->reg[2], 2, &ports))
		return false;
	out->first_port = (uint16_t)ports.first;
	out->last_port = (uint16_t)ports.last;
	return true;
}

static bool destination(struct run *run, struct flow *flow, const struct fw_op *op,
			const struct sym *registers)
{
	int family = run->query->family;
	struct nat_target target = {.has_address = op->reg[0] != FW_NO_REGISTER};

	if (target.has_address) {
		if (op->offset != (family == AF_INET ? NFPROTO_IPV4 : NFPROTO_IPV6) ||
		    !read_range(registers, &op->reg[0], inet_bits(family) / 8, &target.addresses))
			return give_up_of(run, flow, &registers[op->reg[0]]);
		if (op->flags & NF_NAT_RANGE_NETMAP)
			target.addresses = nat_netmap(family, flow->daddr, target.addresses);
	}
	if (!read_ports(registers, op, &target))
		return give_up_of(run, flow, &registers[op->reg[2]]);
	return nat_apply(run, flow, &target);
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
	struct nat_target target = {0};

	if (!read_ports(registers, op, &target))
		return give_up_of(run, flow, &registers[op->reg[2]]);
	return nat_redirect(run, flow, &target);
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
