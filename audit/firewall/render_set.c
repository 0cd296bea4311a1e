/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sets and maps in rules: by name, or written out if they have none (nftables: src/expression.c,
 * set_expr_print()).
 */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <string.h>

#include "audit/firewall/describe.h"
#include "audit/firewall/render_parts.h"
#include "lib/own.h"

#define VERDICT_TYPE 0xffffff00U /* NFT_DATA_VERDICT */

void render_verdict(struct buf *out, const struct fw_verdict *verdict)
{
	static const struct {
		int32_t code;
		const char *word;
	} words[] = {{NF_DROP, "drop"},    {NF_ACCEPT, "accept"},     {NF_STOLEN, "stolen"},
		     {NFT_JUMP, "jump "},  {NFT_GOTO, "goto "},       {NFT_RETURN, "return"},
		     {NFT_BREAK, "break"}, {NFT_CONTINUE, "continue"}};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (words[i].code != verdict->code)
			continue;
		buf_text(out, words[i].word);
		if (verdict->code == NFT_JUMP || verdict->code == NFT_GOTO)
			render_name(out, verdict->chain_name ? verdict->chain_name : "?");
		return;
	}
	if ((verdict->code & 0xff) == NF_QUEUE)
		buf_printf(out, "queue to %u", (unsigned)verdict->code >> 16 & 0xffff);
	else
		buf_printf(out, "[ verdict %d ]", verdict->code);
}

/* The types of a concatenation, the first in the highest bits; how many there are. */
static unsigned split_type(uint32_t all, uint8_t *types)
{
	unsigned count = 0;

	for (unsigned shift = 5 * TYPE_BITS;; shift -= TYPE_BITS) {
		uint8_t type = all >> shift & TYPE_MASK;

		if (type != TYPE_INVALID || count > 0)
			types[count++] = type;
		if (shift == 0)
			return count;
	}
}

/* The bytes of one value behind `*at`, which moves on to the next register. */
static struct span take(struct span all, size_t *at, size_t len)
{
	struct span out = {all.data + *at, len};

	if (*at >= all.len)
		return (struct span){0};
	if (len == 0 || len > all.len - *at)
		out.len = all.len - *at;
	*at += (out.len + 3) & ~(size_t)3;
	return out;
}

/* An element's key, field after field, as wide as what is looked up. */
static void put_key(struct render *render, struct buf *out, const struct fw_set *set,
		    const struct fw_element *element, struct term *const *terms, unsigned count)
{
	struct span low = {(const char *)element->key, set->key_len};
	struct span high = {(const char *)(element->key_end ? element->key_end : element->key),
			    set->key_len};
	size_t at = 0;

	if (!element->key) {
		buf_text(out, "*");
		return;
	}
	for (unsigned i = 0; i < count && at < low.len; i++) {
		struct value_format format = render_format(render, terms[i]);
		size_t high_at = at;
		struct span to = take(high, &high_at, terms[i]->len);
		struct span from = take(low, &at, terms[i]->len);

		if (i > 0)
			buf_text(out, " . ");
		if (from.len > 0)
			render_range(out, &format, from, to);
	}
}

static void put_typed(struct render *render, struct buf *out, uint32_t type, struct span data)
{
	uint8_t types[6];
	unsigned count = split_type(type, types);
	size_t at = 0;

	if (count == 0) {
		types[0] = TYPE_HEX;
		count = 1;
	}
	for (unsigned i = 0; i < count && at < data.len; i++) {
		struct value_format format = {
		    .ruleset = render->ruleset,
		    .type = types[i],
		    .is_host_order = render_type_is_host_order(types[i]),
		};

		if (i > 0)
			buf_text(out, " . ");
		render_value(out, &format, take(data, &at, render_type_len(types[i])));
	}
}

/* What one element leads to. A map of addresses to ranges of addresses has both ends one behind
 * the other (nftables: EXPR_F_INTERVAL of map data).
 */
static void put_data(struct render *render, struct buf *out, const struct fw_set *set,
		     const struct fw_element *element)
{
	struct value_format format = {.ruleset = render->ruleset, .type = (uint8_t)set->data_type};
	size_t len = set->data_type < TYPES ? render_type_len(format.type) : 0;

	if (element->has_verdict) {
		render_verdict(out, &element->verdict);
	} else if (set->flags & NFT_SET_OBJECT) {
		render_quoted(out, element->data);
	} else if (len > 1 && element->data.len == 2 * len) {
		render_range(out, &format, (struct span){element->data.data, len},
			     (struct span){element->data.data + len, len});
	} else {
		put_typed(render, out, set->data_type, element->data);
	}
}

static void put_elements(struct render *render, struct buf *out, const struct fw_set *set,
			 struct term *const *terms, unsigned count)
{
	bool is_map = set->flags & (NFT_SET_MAP | NFT_SET_OBJECT);
	size_t shown = set->element_count;
	const char *join = "{ ";

	if (shown > RENDER_MAX_ELEMENTS)
		shown = RENDER_MAX_ELEMENTS;
	for (size_t i = 0; i <= shown; i++) {
		const struct fw_element *element = i < shown ? &set->elements[i] : set->catchall;

		if (!element)
			continue;
		buf_text(out, join);
		join = ", ";
		put_key(render, out, set, element, terms, count);
		if (is_map) {
			buf_text(out, " : ");
			put_data(render, out, set, element);
		}
	}
	if (shown < set->element_count || set->is_cut)
		buf_printf(out, "%s\xe2\x80\xa6", join); /* … */
	else if (*join == '{')
		buf_text(out, join);
	buf_text(out, " }");
}

static void put_set(struct render *render, struct buf *out, const struct fw_op *op,
		    struct term *const *terms, unsigned count)
{
	if (op->set && (op->set->flags & NFT_SET_ANONYMOUS) && op->set->elements && count > 0) {
		put_elements(render, out, op->set, terms, count);
		return;
	}
	buf_text(out, "@");
	render_name(out, op->set_name);
}

/* Keys of the lookup; the registers of a set that is not there are not known to their end. */
static unsigned terms_of(struct render *render, const struct fw_op *op, struct term **terms)
{
	return render_terms(render, op->sreg, op->set ? op->set->key_len : 1, terms, FW_MAX_FIELDS);
}

static bool is_masked(struct term *const *terms, unsigned count)
{
	return count == 1 && terms[0]->mask;
}

/* A map's value comes into a register, with the words of the whole lookup. */
static void load_map(struct render *render, const struct fw_op *op, struct term *const *terms,
		     unsigned count)
{
	size_t start = render->pool.len;
	struct term *term;

	render_concatenation(render, &render->pool, terms, count);
	buf_text(&render->pool, " map ");
	put_set(render, &render->pool, op, terms, count);
	term = render_load(
	    render, op->dreg,
	    (uint8_t)(op->set && op->set->data_len && op->set->data_len <= FW_REGISTER_BYTES
			  ? op->set->data_len
			  : 4));
	term->start = start;
	term->type = op->set && op->set->data_type < TYPES ? (uint8_t)op->set->data_type : TYPE_HEX;
	term->is_host_order = render_type_is_host_order(term->type);
	render_loaded(render, term);
}

void render_lookup(struct render *render, const struct fw_op *op)
{
	struct term *terms[FW_MAX_FIELDS];
	unsigned count = terms_of(render, op, terms);
	bool is_map = op->key != 0;
	struct buf *out;

	if (is_map && op->dreg != FW_NO_REGISTER) {
		load_map(render, op, terms, count);
		return;
	}
	out = render_statement(render);
	render_concatenation(render, out, terms, count);
	if (is_map)
		buf_text(out, " vmap ");
	else if (op->flags & NFT_LOOKUP_F_INV)
		buf_text(out, " != ");
	else
		buf_text(out, is_masked(terms, count) ? " == " : " ");
	put_set(render, out, op, terms, count);
	if (is_map)
		render_acted(render);
}

/* "update @seen { ip saddr timeout 1m limit rate 3/minute : 5 }" */
void render_dynset(struct render *render, const struct fw_op *op)
{
	static const char *const words[] = {"add", "update", "delete"};
	struct term *terms[FW_MAX_FIELDS];
	unsigned count = terms_of(render, op, terms);
	struct buf *out = render_statement(render);

	buf_printf(out, "%s @", op->key < ARRAY_LEN(words) ? words[op->key] : "?");
	render_name(out, op->set_name);
	buf_text(out, " { ");
	for (unsigned i = 0; i < count; i++) {
		uint8_t types[6];
		unsigned known = op->set ? split_type(op->set->key_type, types) : 0;

		buf_text(out, i ? " . " : "");
		render_term(render, out, terms[i], i < known ? types[i] : TYPE_HEX);
	}
	if (count == 0)
		buf_text(out, "[ register ]");
	if (op->text)
		buf_text(out, op->text);
	if (op->reg[0] != FW_NO_REGISTER) {
		buf_text(out, " : ");
		count = render_terms(render, op->reg[0], op->set ? op->set->data_len : 1, terms,
				     FW_MAX_FIELDS);
		if (count == 1 && op->set && op->set->data_type < TYPES)
			render_term(render, out, terms[0], (uint8_t)op->set->data_type);
		else
			render_concatenation(render, out, terms, count);
	}
	buf_text(out, " }");
	render_acted(render);
}

/* "counter name ip saddr map { 10.0.0.1 : "a" }": the object that a map has for the key */
void render_object_map(struct render *render, const struct fw_op *op)
{
	struct term *terms[FW_MAX_FIELDS];
	unsigned count = terms_of(render, op, terms);
	struct buf *out = render_statement(render);

	buf_printf(out, "%s ", describe_object(op->set ? op->set->object_type : 0));
	render_concatenation(render, out, terms, count);
	buf_text(out, " map ");
	put_set(render, out, op, terms, count);
	render_acted(render);
}

/* ---- sets by themselves ---- */

static void put_types(struct buf *out, uint32_t all)
{
	uint8_t types[6];
	unsigned count = split_type(all, types);

	if (count == 0)
		buf_text(out, "integer");
	for (unsigned i = 0; i < count; i++)
		buf_printf(out, "%s%s", i ? " . " : "", render_type_name(types[i]));
}

/* "counter": the words before an object's name without their last one */
static void put_object(struct buf *out, uint32_t type)
{
	const char *words = describe_object(type);
	const char *end = strrchr(words, ' ');

	buf_put(out, words, end ? (size_t)(end - words) : strlen(words));
}

void render_set_type(struct buf *out, const struct fw_set *set)
{
	put_types(out, set->key_type);
	if (set->flags & NFT_SET_OBJECT) {
		buf_text(out, " : ");
		put_object(out, set->object_type);
	} else if (set->flags & NFT_SET_MAP) {
		buf_text(out, " : ");
		if (set->data_type == VERDICT_TYPE)
			buf_text(out, "verdict");
		else
			put_types(out, set->data_type);
	}
}

void render_set_flags(struct buf *out, const struct fw_set *set)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} names[] = {{NFT_SET_ANONYMOUS, "anonymous"},
		     {NFT_SET_CONSTANT, "constant"},
		     {NFT_SET_INTERVAL, "interval"},
		     {NFT_SET_TIMEOUT, "timeout"},
		     {NFT_SET_EVAL, "dynamic"}};
	const char *join = "";

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (!(set->flags & names[i].flag))
			continue;
		buf_printf(out, "%s%s", join, names[i].name);
		join = ",";
	}
}
