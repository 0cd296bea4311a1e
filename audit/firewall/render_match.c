/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comparisons as nft writes them, and what they tell about the headers behind: `meta l4proto tcp`
 * makes two bytes of the transport header a `tcp dport`, and then need not be written itself.
 */
#include <linux/if_ether.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <string.h>

#include "audit/firewall/render_parts.h"
#include "lib/own.h"

static const char *operator_word(uint32_t op)
{
	static const char *const words[] = {
	    [NFT_CMP_EQ] = "",     [NFT_CMP_NEQ] = "!= ", [NFT_CMP_LT] = "< ",
	    [NFT_CMP_LTE] = "<= ", [NFT_CMP_GT] = "> ",   [NFT_CMP_GTE] = ">= ",
	};

	return op < ARRAY_LEN(words) ? words[op] : "? ";
}

/* ---- what a comparison tells ---- */

static uint32_t layer_number(const struct term *term, uint64_t number)
{
	if (term->type != TYPE_NFPROTO)
		return (uint32_t)number;
	switch (number) {
	case NFPROTO_IPV4:
		return ETH_P_IP;
	case NFPROTO_IPV6:
		return ETH_P_IPV6;
	default:
		return NO_LAYER;
	}
}

/* After `term` was found equal to the value; `start` is where the comparison begins. */
static void learn(struct render *render, const struct term *term, struct span value, size_t start)
{
	uint32_t number =
	    layer_number(term, render_number(value, term->is_host_order) >> term->shift);

	if (term->names >= LAYERS || term->mask)
		return;
	render->layers[term->names] = number;
	if (term->names == LAYER_NETWORK && (number == ETH_P_8021Q || number == ETH_P_8021AD))
		render->is_tagged = true;
	render->dependencies[term->names].is_there = term->is_implied;
	render->dependencies[term->names].start = start;
	render->dependencies[term->names].len = render->text.len - start;
}

/* ---- equal to, less than ---- */

static bool is_zero(struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.data[i])
			return false;
	}
	return true;
}

/* "tcp flags syn / fin,syn,rst,ack", "ct state established,related", "ct state ! new" */
static bool put_masked_flags(struct render *render, struct buf *out, const struct term *term,
			     const struct fw_op *op)
{
	uint64_t mask = render_number(term->mask->a, term->is_host_order);
	uint64_t value = render_number(op->a, term->is_host_order);

	if (!render_is_flags(term->type) || !is_zero(term->mask->b) || op->key > NFT_CMP_NEQ ||
	    op->a.len != term->mask->a.len)
		return false;
	render_words(render, out, term);
	if (value == 0) {
		buf_text(out, op->key == NFT_CMP_EQ ? " ! " : " ");
		render_flags(out, term->type, mask, ",");
		return true;
	}
	buf_printf(out, " %s", operator_word(op->key));
	render_flags(out, term->type, value, ",");
	buf_text(out, " / ");
	render_flags(out, term->type, mask, ",");
	return true;
}

static bool put_masked_label(struct render *render, struct buf *out, const struct term *term,
			     const struct fw_op *op)
{
	struct value_format format = render_format(render, term);

	if (term->type != TYPE_CT_LABEL || op->key > NFT_CMP_NEQ || !is_zero(op->a))
		return false;
	render_words(render, out, term);
	buf_text(out, op->key == NFT_CMP_EQ ? " ! " : " ");
	render_value(out, &format, term->mask->a);
	return true;
}

/* "ip saddr 10.0.0.0/9" */
static bool put_masked_prefix(struct render *render, struct buf *out, const struct term *term,
			      const struct fw_op *op)
{
	struct value_format format = render_format(render, term);
	int prefix = render_prefix_of(term->mask->a);

	if (!render_is_address(term->type) || !is_zero(term->mask->b) || op->key > NFT_CMP_NEQ ||
	    prefix < 0 || op->a.len != term->mask->a.len ||
	    op->a.len != render_type_len(term->type))
		return false;
	render_words(render, out, term);
	buf_printf(out, " %s", operator_word(op->key));
	render_value(out, &format, op->a);
	buf_printf(out, "/%d", prefix);
	return true;
}

static void put_masked(struct render *render, const struct term *term, const struct fw_op *op)
{
	struct value_format format = render_format(render, term);
	struct buf *out = render_statement(render);

	if (put_masked_flags(render, out, term, op) || put_masked_label(render, out, term, op) ||
	    put_masked_prefix(render, out, term, op))
		return;
	render_term(render, out, term, term->type);
	buf_printf(out, " %s", op->key == NFT_CMP_EQ ? "== " : operator_word(op->key));
	render_value(out, &format, op->a);
}

/* The front of an address: "ip saddr 10.0.0.0/8" from one byte. */
static bool put_short(struct render *render, const struct term *term, const struct fw_op *op)
{
	struct value_format format = render_format(render, term);
	char whole[FW_REGISTER_BYTES] = {0};
	uint8_t len = render_type_len(term->type);
	struct buf *out;

	if (!term->load || !term->field || op->a.len >= len || !render_is_address(term->type) ||
	    op->key > NFT_CMP_NEQ)
		return false;
	memcpy(whole, op->a.data, op->a.len);
	out = render_statement(render);
	render_words(render, out, term);
	buf_printf(out, " %s", operator_word(op->key));
	render_value(out, &format, (struct span){whole, len});
	buf_printf(out, "/%zu", op->a.len * 8);
	return true;
}

/*
 * nft makes one comparison of fields that lie side by side (nftables: src/rule.c,
 * stmt_reduce()): taken apart again, if all of it is fields and the last one ends where it ends.
 */
static bool has_parts(uint8_t protocol, uint32_t bit, size_t len)
{
	size_t at = 0;

	while (at < len) {
		const struct render_field *field =
		    render_field_find(protocol, bit + (uint32_t)at * 8, 0);

		if (!field || field->bits % 8)
			return false;
		at += field->bits / 8U;
	}
	return at == len;
}

static bool put_parts(struct render *render, const struct term *whole, const struct fw_op *op)
{
	const struct fw_op *load = whole->load;
	uint32_t bit = load ? load->offset * 8 : 0;
	uint8_t protocol;

	if (!load || whole->field || op->key != NFT_CMP_EQ || op->a.len != load->len)
		return false;
	protocol = render_protocol_at(render, load->key, bit);
	if (!has_parts(protocol, bit, op->a.len))
		return false;
	for (size_t at = 0; at < op->a.len;) {
		uint32_t here = bit + (uint32_t)at * 8;
		const struct render_field *field = render_field_find(protocol, here, 0);
		struct fw_op part = {.type = FW_PAYLOAD,
				     .name = load->name,
				     .key = load->key,
				     .offset = here / 8,
				     .len = (uint8_t)(field->bits / 8),
				     .dreg = op->sreg};
		struct fw_op cmp = *op;

		cmp.a = (struct span){op->a.data + at, part.len};
		render_payload(render, &part);
		render_cmp(render, &cmp);
		at += part.len;
	}
	return true;
}

/* nft writes flags that are compared as a whole with an operator, unless it is only one. */
static void put_value(struct render *render, struct buf *out, const struct term *term,
		      const struct fw_op *op)
{
	struct value_format format = render_format(render, term);
	uint64_t number = render_number(op->a, term->is_host_order) >> term->shift;
	bool is_flags = render_is_flags(term->type);

	buf_printf(out, " %s", is_flags && op->key == NFT_CMP_EQ ? "== " : operator_word(op->key));
	if (is_flags) {
		render_flags(out, term->type, number, " | ");
	} else if (term->type == TYPE_IFNAME && !memchr(op->a.data, 0, op->a.len)) {
		/* not as far as its NUL: what begins so */
		buf_text(out, "\"");
		buf_put(out, op->a.data, op->a.len);
		buf_text(out, "*\"");
	} else {
		render_value(out, &format, op->a);
	}
}

/* A range is two comparisons of the same register: `>= 1` and `<= 9` are "1-9". */
static bool put_range(struct render *render, const struct term *term, const struct fw_op *op)
{
	const struct fw_op *next =
	    render->at + 1 < render->rule->op_count ? op + 1 : NULL; /* op is in rule->ops */
	struct value_format format = render_format(render, term);
	struct buf *out;

	if (op->key != NFT_CMP_GTE || op != &render->rule->ops[render->at] || !next ||
	    next->type != FW_CMP || next->key != NFT_CMP_LTE || next->sreg != op->sreg ||
	    next->a.len != op->a.len || term->mask)
		return false;
	out = render_statement(render);
	render_words(render, out, term);
	buf_text(out, " ");
	render_value(out, &format, op->a);
	buf_text(out, "-");
	render_value(out, &format, next->a);
	render->at++;
	return true;
}

void render_cmp(struct render *render, const struct fw_op *op)
{
	struct term *term = render_at(render, op->sreg);
	struct buf *out;
	size_t start;

	if (!term || term->is_constant) {
		out = render_statement(render);
		buf_printf(out, "[ %s ]", op->name);
		return;
	}
	if (term->mask) {
		put_masked(render, term, op);
		return;
	}
	if (put_range(render, term, op) || put_parts(render, term, op) ||
	    put_short(render, term, op))
		return;
	out = render_statement(render);
	start = out->len;
	render_words(render, out, term);
	put_value(render, out, term, op);
	if (op->key == NFT_CMP_EQ)
		learn(render, term, op->a, start);
}

void render_range_match(struct render *render, const struct fw_op *op)
{
	const struct term *term = render_at(render, op->sreg);
	struct buf *out = render_statement(render);
	struct value_format format;

	if (!term) {
		buf_printf(out, "[ %s ]", op->name);
		return;
	}
	format = render_format(render, term);
	render_term(render, out, term, term->type);
	buf_text(out, op->key == NFT_RANGE_EQ ? (term->mask ? " == " : " ") : " != ");
	render_value(out, &format, op->a);
	buf_text(out, "-");
	render_value(out, &format, op->b);
}
