/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What registers hold, as words: fields, constants, and what bitwise operations made of them. */
#include <string.h>

#include "audit/firewall/render_parts.h"

/* `out` may be the pool itself, which then moves while it grows. */
static void copy_words(struct render *render, struct buf *out, size_t start, size_t len)
{
	char *room = buf_reserve(out, len);

	if (!room || len == 0)
		return;
	memcpy(room, render->pool.data + start, len);
	out->len += len;
}

void render_words(struct render *render, struct buf *out, const struct term *term)
{
	copy_words(render, out, term->start, term->words);
}

struct value_format render_format(const struct render *render, const struct term *term)
{
	return (struct value_format){.ruleset = render->ruleset,
				     .type = term->type,
				     .shift = term->shift,
				     .is_host_order = term->is_host_order};
}

static bool is_all(struct span bytes, uint8_t value)
{
	for (size_t i = 0; i < bytes.len; i++) {
		if ((uint8_t)bytes.data[i] != value)
			return false;
	}
	return true;
}

/*
 * (value & mask) ^ flip as nft writes it (netlink_delinearize.c: netlink_parse_bitwise_mask_xor):
 * bits that are not in the mask and are flipped are those of an "or".
 */
void render_mask(struct render *render, struct buf *out, const struct term *term)
{
	const struct fw_op *op = term->mask;
	struct value_format format = render_format(render, term);
	char ands[FW_REGISTER_BYTES];
	char ors[FW_REGISTER_BYTES];
	char flips[FW_REGISTER_BYTES];
	size_t len = op->len;

	if (op->a.len != len || op->b.len != len || len > sizeof(ands))
		return;
	for (size_t i = 0; i < len; i++) {
		ors[i] = (char)(op->b.data[i] & ~op->a.data[i]);
		ands[i] = (char)(op->a.data[i] | ors[i]);
		flips[i] = (char)(op->b.data[i] & op->a.data[i]);
	}
	if (!is_all((struct span){ands, len}, 0xff)) {
		buf_text(out, " & ");
		render_value(out, &format, (struct span){ands, len});
	}
	if (!is_all((struct span){flips, len}, 0)) {
		buf_text(out, " ^ ");
		render_value(out, &format, (struct span){flips, len});
	}
	if (!is_all((struct span){ors, len}, 0)) {
		buf_text(out, " | ");
		render_value(out, &format, (struct span){ors, len});
	}
}

void render_term(struct render *render, struct buf *out, const struct term *term, uint8_t type)
{
	struct value_format format = {.ruleset = render->ruleset, .type = type};

	if (!term) {
		buf_text(out, "[ register ]");
		return;
	}
	if (!term->is_constant) {
		render_words(render, out, term);
		if (term->mask)
			render_mask(render, out, term);
		return;
	}
	format.is_host_order =
	    render_type_is_host_order(type) || (term->is_host_order && type == TYPE_INTEGER);
	render_value(out, &format, term->constant);
}

unsigned render_terms(struct render *render, uint8_t offset, uint32_t len, struct term **out,
		      unsigned max)
{
	unsigned count = 0;
	uint32_t at = offset;

	while (count < max && at < offset + len && at < FW_REGISTER_BYTES) {
		struct term *term = render_at(render, (uint8_t)at);

		if (!term)
			return 0;
		out[count++] = term;
		at += (term->len + 3U) & ~3U;
	}
	return count;
}

void render_concatenation(struct render *render, struct buf *out, struct term *const *terms,
			  unsigned count)
{
	if (count == 0)
		buf_text(out, "[ register ]");
	for (unsigned i = 0; i < count; i++) {
		if (i > 0)
			buf_text(out, " . ");
		render_term(render, out, terms[i], terms[i]->type);
	}
}
