/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements that take values from registers: marks, headers, translation, refusals. */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */

#include <linux/if_ether.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_nat.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/render_parts.h"
#include "lib/own.h"

/* Numbers for the kernel itself are in its own byte order. */
static const struct term *host_value(struct render *render, const struct fw_op *op)
{
	struct term *term = render_at(render, op->sreg);

	if (term && term->is_constant)
		term->is_host_order = true;
	return term;
}

void render_meta_set(struct render *render, const struct fw_op *op)
{
	struct buf *out = render_statement(render);
	uint8_t type = render_meta_name(out, op->key);

	buf_text(out, " set ");
	render_term(render, out, host_value(render, op), type);
	render_acted(render);
}

void render_ct_set(struct render *render, const struct fw_op *op)
{
	struct buf *out = render_statement(render);
	uint8_t type = render_ct_name(render, out, op);

	buf_text(out, " set ");
	render_term(render, out, host_value(render, op), type);
	render_acted(render);
}

/* A part of a byte is written by changing it in what was loaded. */
static bool put_part(struct render *render, struct buf *out, const struct fw_op *op,
		     const struct term *term)
{
	const struct render_field *field = NULL;
	struct value_format format = {.ruleset = render->ruleset};

	if (term && term->load && term->mask && term->load->key == op->key &&
	    term->load->offset == op->offset && term->load->len == op->len)
		field = render_part(render, op, term->mask, true, &format.shift);
	if (!field)
		return false;
	format.type = field->type;
	buf_printf(out, "%s %s set ", render_protocol_name(field->protocol), field->name);
	render_value(out, &format, term->mask->b);
	return true;
}

void render_payload_set(struct render *render, const struct fw_op *op)
{
	uint8_t protocol = render_protocol_at(render, op->key, op->offset * 8);
	const struct render_field *field =
	    render_field_find(protocol, op->offset * 8, op->len * 8U);
	const struct term *term = render_at(render, op->sreg);
	struct buf *out;

	if (field && render_protocol_layer(protocol) < LAYERS)
		render_forget(render, render_protocol_layer(protocol));
	out = render_statement(render);
	if (!put_part(render, out, op, term)) {
		if (field)
			buf_printf(out, "%s %s", render_protocol_name(protocol), field->name);
		else
			buf_printf(out, "[ payload %u,%u,%u ]", op->key, op->offset * 8,
				   op->len * 8U);
		buf_text(out, " set ");
		render_term(render, out, term, field ? field->type : TYPE_HEX);
	}
	render_acted(render);
}

/* An ICMP code, unless it is the usual one of a family that the table tells. */
static void put_icmp_code(const struct render *render, struct buf *out, uint32_t code)
{
	bool is_ip6 = render->layers[LAYER_NETWORK] == ETH_P_IPV6;
	bool is_usual = code == (is_ip6 ? 4U : 3U) &&
			(render->family == NFPROTO_IPV4 || render->family == NFPROTO_IPV6);
	const char *name = render_symbol(is_ip6 ? TYPE_ICMPV6_CODE : TYPE_ICMP_CODE, code);

	if (!is_usual)
		buf_printf(out, " with %s %s", is_ip6 ? "icmpv6" : "icmp", name ? name : "?");
}

/* net/netfilter/nft_reject.c. What nft says nothing about is the port that cannot be reached. */
void render_reject(struct render *render, const struct fw_op *op)
{
	const char *name = render_symbol(TYPE_ICMPX_CODE, op->flags);
	struct buf *out;

	if (op->key == NFT_REJECT_ICMP_UNREACH) /* icmp is of one family */
		render_forget(render, LAYER_NETWORK);
	out = render_statement(render);
	buf_text(out, "reject");
	if (op->key == NFT_REJECT_TCP_RST)
		buf_text(out, " with tcp reset");
	else if (op->key == NFT_REJECT_ICMP_UNREACH)
		put_icmp_code(render, out, op->flags);
	else if (op->key != NFT_REJECT_ICMPX_UNREACH || op->flags != NFT_REJECT_ICMPX_PORT_UNREACH)
		buf_printf(out, " with icmpx %s", name ? name : "?");
	render_acted(render);
}

/* ---- translation ---- */

static void put_nat_flags(struct buf *out, uint32_t flags)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} names[] = {{NF_NAT_RANGE_PROTO_RANDOM, "random"},
		     {NF_NAT_RANGE_PROTO_RANDOM_FULLY, "fully-random"},
		     {NF_NAT_RANGE_PERSISTENT, "persistent"}};
	const char *join = " ";

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (!(flags & names[i].flag))
			continue;
		buf_printf(out, "%s%s", join, names[i].name);
		join = ",";
	}
}

/* "1", "1-9", a prefix, or the words of a map; nothing for a register inside of a map's value. */
static void put_pair(struct render *render, struct buf *out, const uint8_t *reg, uint8_t type,
		     const char *before)
{
	const struct term *low = render_at(render, reg[0]);
	const struct term *high = reg[1] == FW_NO_REGISTER ? low : render_at(render, reg[1]);
	struct value_format format = {.ruleset = render->ruleset, .type = type};

	buf_text(out, before);
	if (low && high && low != high && low->is_constant && high->is_constant) {
		render_range(out, &format, low->constant, high->constant);
		return;
	}
	render_term(render, out, low, type);
	if (high && high != low) {
		buf_text(out, "-");
		render_term(render, out, high, type);
	}
}

static bool is_inside(struct render *render, const uint8_t *reg, uint8_t other)
{
	const struct term *term = reg[0] == FW_NO_REGISTER ? NULL : render_at(render, reg[0]);

	return term && !term->is_constant && other > reg[0] && other < reg[0] + term->len;
}

static void put_target(struct render *render, struct buf *out, const struct fw_op *op, uint8_t type)
{
	const struct term *address =
	    op->reg[0] == FW_NO_REGISTER ? NULL : render_at(render, op->reg[0]);
	bool has_address = op->reg[0] != FW_NO_REGISTER;
	bool has_port = op->reg[2] != FW_NO_REGISTER && !is_inside(render, op->reg, op->reg[2]);
	bool is_bracketed = type == TYPE_IP6ADDR && has_port && address && address->is_constant;
	uint8_t reg[2] = {op->reg[0], op->reg[1]};

	if (!has_address && !has_port)
		return;
	if (is_inside(render, op->reg, op->reg[1]))
		reg[1] = FW_NO_REGISTER;
	buf_text(out, " to ");
	if (has_address)
		put_pair(render, out, reg, type, is_bracketed ? "[" : "");
	if (is_bracketed)
		buf_text(out, "]");
	if (has_port)
		put_pair(render, out, &op->reg[2], TYPE_INET_SERVICE, ":");
}

/* nft says the family in tables of several, and where a map tells address and port, or a prefix. */
static bool is_family_said(struct render *render, const struct fw_op *op, bool is_prefix)
{
	return op->reg[0] != FW_NO_REGISTER &&
	       (render->family == NFPROTO_INET || is_prefix ||
		(op->reg[2] != FW_NO_REGISTER && is_inside(render, op->reg, op->reg[2])));
}

void render_nat(struct render *render, const struct fw_op *op)
{
	bool is_ip6 = op->offset == NFPROTO_IPV6;
	const struct term *address =
	    op->reg[0] == FW_NO_REGISTER ? NULL : render_at(render, op->reg[0]);
	bool is_prefix = (op->flags & NF_NAT_RANGE_NETMAP) && address && !address->is_constant;
	struct buf *out = render_statement(render);

	buf_text(out, op->key == NFT_NAT_SNAT ? "snat" : "dnat");
	if (is_family_said(render, op, is_prefix))
		buf_text(out, is_ip6 ? " ip6" : " ip");
	buf_text(out, is_prefix ? " prefix" : "");
	put_target(render, out, op, is_ip6 ? TYPE_IP6ADDR : TYPE_IPADDR);
	put_nat_flags(out, op->flags);
	render_acted(render);
}

void render_masquerade(struct render *render, const struct fw_op *op)
{
	struct buf *out = render_statement(render);

	buf_text(out, "masquerade");
	put_target(render, out, op, TYPE_IPADDR);
	put_nat_flags(out, op->flags);
	render_acted(render);
}

void render_redirect(struct render *render, const struct fw_op *op)
{
	struct buf *out = render_statement(render);

	buf_text(out, "redirect");
	put_target(render, out, op, TYPE_IPADDR);
	put_nat_flags(out, op->flags);
	render_acted(render);
}

/* "tproxy ip to 127.0.0.1:8080" */
void render_tproxy(struct render *render, const struct fw_op *op)
{
	bool is_ip6 = op->offset == NFPROTO_IPV6;
	struct buf *out = render_statement(render);

	buf_text(out, op->text);
	if (render->family == NFPROTO_INET && op->offset != NFPROTO_UNSPEC)
		buf_text(out, is_ip6 ? " ip6" : " ip");
	put_target(render, out, op, is_ip6 ? TYPE_IP6ADDR : TYPE_IPADDR);
	render_acted(render);
}

/* "dup to 10.0.0.1 device "eth0"", "fwd to "eth0"" */
void render_device(struct render *render, const struct fw_op *op)
{
	bool is_ip6 = op->offset == NFPROTO_IPV6 || render->family == NFPROTO_IPV6;
	bool has_address = op->reg[0] != FW_NO_REGISTER;
	struct buf *out = render_statement(render);

	buf_text(out, op->text);
	if (has_address && op->offset != NFPROTO_UNSPEC)
		buf_text(out, is_ip6 ? " ip6" : " ip");
	buf_text(out, " to ");
	if (has_address)
		render_term(render, out, render_at(render, op->reg[0]),
			    is_ip6 ? TYPE_IP6ADDR : TYPE_IPADDR);
	if (op->reg[1] != FW_NO_REGISTER) {
		buf_text(out, has_address ? " device " : "");
		render_term(render, out, render_at(render, op->reg[1]), TYPE_IFINDEX);
	}
	render_acted(render);
}
