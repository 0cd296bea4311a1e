/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules as text: see render.h. */
#include "audit/firewall/render.h"

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/netfilter.h>
#include <string.h>

#include "audit/firewall/render_parts.h"
#include "lib/own.h"

#define ELLIPSIS "\xe2\x80\xa6" /* … */

const char *render_family(uint8_t family)
{
	switch (family) {
	case NFPROTO_INET:
		return "inet";
	case NFPROTO_IPV4:
		return "ip";
	case NFPROTO_IPV6:
		return "ip6";
	case NFPROTO_ARP:
		return "arp";
	case NFPROTO_BRIDGE:
		return "bridge";
	case NFPROTO_NETDEV:
		return "netdev";
	default:
		return "?";
	}
}

/* ---- registers ---- */

struct term *render_at(struct render *render, uint8_t offset)
{
	struct term *term = &render->slots[offset / 4];

	return offset < FW_REGISTER_BYTES && term->is_there ? term : NULL;
}

struct term *render_load(struct render *render, uint8_t offset, uint8_t len)
{
	unsigned first = offset / 4;
	unsigned last = (offset + (len ? len : 1U) - 1) / 4;

	if (first >= RENDER_SLOTS)
		first = RENDER_SLOTS - 1;
	for (unsigned i = 0; i < RENDER_SLOTS; i++) {
		const struct term *old = &render->slots[i];
		unsigned end = i + (old->len ? old->len - 1U : 0) / 4;

		if (i <= last && end >= first)
			render->slots[i].is_there = false;
	}
	render->slots[first] =
	    (struct term){.is_there = true, .len = len, .names = LAYERS, .start = render->pool.len};
	return &render->slots[first];
}

void render_loaded(struct render *render, struct term *term)
{
	term->words = render->pool.len - term->start;
}

static void load_immediate(struct render *render, const struct fw_op *op)
{
	struct term *term = render_load(render, op->dreg, op->len);

	term->is_constant = true;
	term->constant = op->a;
}

/* ---- statements ---- */

struct buf *render_statement(struct render *render)
{
	if (render->text.len > 0)
		buf_text(&render->text, " ");
	return &render->text;
}

void render_acted(struct render *render)
{
	render->guard = render->text.len;
}

void render_forget(struct render *render, enum render_layer layer)
{
	struct dependency *gone = &render->dependencies[layer];
	struct buf *text = &render->text;
	size_t start = gone->start;
	size_t end = start + gone->len;

	if (!gone->is_there || start < render->guard)
		return;
	gone->is_there = false;
	if (start > 0) /* with the blank before it, or else the one behind */
		start--;
	else if (end < text->len)
		end++;
	memmove(text->data + start, text->data + end, text->len - end);
	text->len -= end - start;
	for (unsigned i = 0; i < LAYERS; i++) {
		struct dependency *other = &render->dependencies[i];

		if (other->is_there && other->start > gone->start)
			other->start -= end - start;
	}
}

static void put_verdict(struct render *render, const struct fw_op *op)
{
	render_verdict(render_statement(render), &op->verdict);
	render_acted(render);
}

static void put_unknown(struct render *render, const struct fw_op *op)
{
	struct buf *out = render_statement(render);

	buf_text(out, "[ ");
	render_name(out, op->name);
	buf_text(out, " ]");
	render_acted(render);
}

/* Words that the decoder left. */
static void put_described(struct render *render, const struct fw_op *op)
{
	if (op->dreg != FW_NO_REGISTER) {
		render_described(render, op);
	} else if (!op->text) {
		put_unknown(render, op);
	} else if (op->set_name) {
		render_object_map(render, op);
	} else if (strcmp(op->name, "tproxy") == 0) {
		render_tproxy(render, op);
	} else if (strcmp(op->name, "dup") == 0 || strcmp(op->name, "fwd") == 0) {
		render_device(render, op);
	} else {
		struct buf *out = render_statement(render);

		buf_text(out, op->text);
		if (op->sreg != FW_NO_REGISTER) { /* a header that is written to */
			buf_text(out, " set ");
			render_term(render, out, render_at(render, op->sreg), (uint8_t)op->key);
		}
		render_acted(render);
	}
}

static void put_notrack(struct render *render, const struct fw_op *op)
{
	(void)op;
	buf_text(render_statement(render), "notrack");
	render_acted(render);
}

static void put_xt(struct render *render, const struct fw_op *op)
{
	bool is_match = op->type == FW_XT_MATCH;
	struct buf *out = &render->text;
	size_t start = out->len;

	out = render_statement(render);
	if (!(is_match ? render_xt_match : render_xt_target)(render, out, op)) {
		out->len = start;
		out = render_statement(render);
		buf_text(out, is_match ? "xt match " : "xt target ");
		render_quoted(out, span_of(op->name));
	} else if (out->len == start + 1 || out->len == 0) {
		out->len = start; /* a match that has no words: a comment */
	}
	if (!is_match)
		render_acted(render);
}

static void (*const writers[])(struct render *render, const struct fw_op *op) = {
    [FW_UNKNOWN] = put_described,
    [FW_INERT] = put_described,
    [FW_TEMPORAL] = put_described,
    [FW_LOAD_TEMPORAL] = put_described,
    [FW_LOAD_UNKNOWN] = put_described,
    [FW_IMMEDIATE] = load_immediate,
    [FW_VERDICT] = put_verdict,
    [FW_PAYLOAD] = render_payload,
    [FW_PAYLOAD_SET] = render_payload_set,
    [FW_CMP] = render_cmp,
    [FW_RANGE] = render_range_match,
    [FW_BITWISE] = render_bitwise,
    [FW_SHIFT] = render_shift,
    [FW_BYTEORDER] = render_byteorder,
    [FW_META] = render_meta,
    [FW_META_SET] = render_meta_set,
    [FW_CT] = render_ct,
    [FW_CT_SET] = render_ct_set,
    [FW_LOOKUP] = render_lookup,
    [FW_DYNSET] = render_dynset,
    [FW_FIB] = render_fib,
    [FW_NOTRACK] = put_notrack,
    [FW_REJECT] = render_reject,
    [FW_NAT] = render_nat,
    [FW_MASQUERADE] = render_masquerade,
    [FW_REDIRECT] = render_redirect,
    [FW_XT_MATCH] = put_xt,
    [FW_XT_TARGET] = put_xt,
};

/* ---- a rule ---- */

/* What the family of the table tells before any rule does. */
static void begin(struct render *render, const struct fw_rule *rule)
{
	const struct fw_table *table = rule->chain->table;

	*render = (struct render){
	    .rule = rule, .ruleset = table->ruleset, .family = table->family, .layers = {0}};
	for (unsigned i = 0; i < LAYERS; i++)
		render->layers[i] = NO_LAYER;
	if (table->family == NFPROTO_IPV4)
		render->layers[LAYER_NETWORK] = ETH_P_IP;
	else if (table->family == NFPROTO_IPV6)
		render->layers[LAYER_NETWORK] = ETH_P_IPV6;
	else if (table->family == NFPROTO_ARP)
		render->layers[LAYER_NETWORK] = ETH_P_ARP;
	else if (table->family == NFPROTO_BRIDGE)
		render->layers[LAYER_LINK] = ARPHRD_ETHER;
	buf_init(&render->text, RENDER_MAX_BYTES);
	buf_init(&render->pool, RENDER_POOL_BYTES);
}

/* Values that nobody looks at leave no words: then the expressions are named. */
static void put_names(struct render *render)
{
	for (unsigned i = 0; i < render->rule->op_count && !render->text.overflowed; i++) {
		const struct fw_op *op = &render->rule->ops[i];

		if (op->type != FW_XT_MATCH) /* a comment */
			put_unknown(render, op);
	}
}

/* As much of the text as `max` bytes hold, and no half character at the end. */
static void put_cut(struct buf *out, struct span text, size_t max, bool is_cut)
{
	if (text.len > max) {
		text.len = max;
		while (text.len > 0 && ((uint8_t)text.data[text.len] & 0xc0) == 0x80)
			text.len--;
		is_cut = true;
	}
	buf_put(out, text.data, text.len);
	if (is_cut)
		buf_text(out, ELLIPSIS);
}

static void put_rule(struct buf *out, const struct fw_rule *rule, size_t max)
{
	struct render render;
	bool is_cut = false;

	begin(&render, rule);
	for (; render.at < rule->op_count && !is_cut; render.at++) {
		const struct fw_op *op = &rule->ops[render.at];

		if (op->shown)
			op = op->shown;
		if ((size_t)op->type < ARRAY_LEN(writers) && writers[op->type])
			writers[op->type](&render, op);
		else
			put_unknown(&render, op);
		is_cut = render.text.overflowed || render.pool.overflowed;
	}
	if (render.text.len == 0 && !is_cut)
		put_names(&render);
	is_cut = is_cut || render.text.overflowed;
	put_cut(out, buf_span(&render.text), max, is_cut);
	buf_done(&render.text);
	buf_done(&render.pool);
}

void render_rule(struct buf *out, const struct fw_rule *rule)
{
	put_rule(out, rule, RENDER_MAX_BYTES);
}

void render_rule_short(struct buf *out, const struct fw_rule *rule)
{
	put_rule(out, rule, RENDER_SHORT_BYTES);
}
