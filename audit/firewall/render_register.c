/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules make of a value in a register: masks, shifts, byte orders. */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/render_parts.h"

/* A copy of what is in `sreg`, with its mask written out if it has one. */
static struct term *copy_term(struct render *render, const struct fw_op *op)
{
	const struct term *from = render_at(render, op->sreg);
	struct term copy = from ? *from : (struct term){.type = TYPE_HEX};
	size_t start = render->pool.len;
	struct term *to;

	if (!from || from->mask || from->is_constant) {
		render_term(render, &render->pool, from, TYPE_HEX);
		copy.start = start;
		copy.words = render->pool.len - start;
		copy.is_constant = false;
		copy.mask = NULL;
	}
	to = render_load(render, op->dreg, op->len ? op->len : copy.len);
	copy.is_there = true;
	copy.len = to->len;
	copy.names = LAYERS; /* of a part of the number nothing is known */
	*to = copy;
	return to;
}

/* Where the ones of a mask begin and how many there are; false if there are several runs. */
static bool find_run(struct span mask, uint8_t flip, unsigned *first, unsigned *bits)
{
	unsigned max = (unsigned)mask.len * 8;
	unsigned at = 0;

#define IS_SET(bit) (((uint8_t)mask.data[(bit) / 8] ^ flip) >> (7 - (bit) % 8) & 1)
	while (at < max && !IS_SET(at))
		at++;
	*first = at;
	while (at < max && IS_SET(at))
		at++;
	*bits = at - *first;
	while (at < max && !IS_SET(at))
		at++;
#undef IS_SET
	return at == max && *bits > 0;
}

const struct render_field *render_part(const struct render *render, const struct fw_op *load,
				       const struct fw_op *mask, bool is_write, uint8_t *shift)
{
	unsigned first;
	unsigned bits;
	const struct render_field *field;
	uint32_t bit;

	if (mask->a.len != load->len || !find_run(mask->a, is_write ? 0xff : 0, &first, &bits))
		return NULL;
	bit = load->offset * 8 + first;
	field = render_field_find(render_protocol_at(render, load->key, bit), bit, bits);
	*shift = (uint8_t)(load->len * 8U - first - bits);
	return field;
}

static bool has_flips(const struct fw_op *op)
{
	for (size_t i = 0; i < op->b.len; i++) {
		if (op->b.data[i])
			return true;
	}
	return false;
}

void render_bitwise(struct render *render, const struct fw_op *op)
{
	struct term *term = copy_term(render, op);
	const struct render_field *field = NULL;
	uint8_t shift = 0;

	/* a part of a byte has a name of its own: `ip dscp` */
	if (term->load && !term->mask && !has_flips(op))
		field = render_part(render, term->load, op, false, &shift);
	if (field && (!term->field || term->field->bits != field->bits)) {
		render_name_field(render, term, field);
		term->shift = shift;
	} else {
		term->mask = op;
	}
}

void render_shift(struct render *render, const struct fw_op *op)
{
	struct term *term = copy_term(render, op);
	size_t start = render->pool.len;

	render_words(render, &render->pool, term);
	buf_printf(&render->pool, " %s %u", op->key == NFT_BITWISE_LSHIFT ? "<<" : ">>",
		   (unsigned)render_number(op->a, true));
	term->start = start;
	render_loaded(render, term);
	term->load = NULL;
}

/* To network order, so that numbers can be compared by their bytes. */
void render_byteorder(struct render *render, const struct fw_op *op)
{
	struct term *term = copy_term(render, op);

	term->is_host_order = !term->is_host_order;
}
