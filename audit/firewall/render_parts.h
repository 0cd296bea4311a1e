/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Between the files that write rules as text. A rule is run once over registers that hold words in
 * place of values: what a load put there ("ip saddr"), or the bytes of a constant.
 */
#ifndef AUDIT_FIREWALL_RENDER_PARTS_H
#define AUDIT_FIREWALL_RENDER_PARTS_H

#include "audit/firewall/datatypes.h"
#include "audit/firewall/render.h"

#define RENDER_SLOTS (FW_REGISTER_BYTES / 4U)
#define RENDER_POOL_BYTES 16384U

/* A part of a header; `bit` counts from the beginning of the header. */
struct render_field {
	uint8_t protocol; /* enum render_protocol */
	uint8_t type;
	uint16_t bit;
	uint16_t bits;
	const char *name;
};

enum render_protocol {
	RENDER_ETHER,
	RENDER_VLAN,
	RENDER_ARP,
	RENDER_IP,
	RENDER_IP6,
	RENDER_TH,
	RENDER_TCP,
	RENDER_UDP,
	RENDER_UDPLITE,
	RENDER_SCTP,
	RENDER_DCCP,
	RENDER_ICMP,
	RENDER_ICMPV6,
	RENDER_IGMP,
	RENDER_ESP,
	RENDER_AH,
	RENDER_COMP,
	RENDER_NO_PROTOCOL,
};

/* What a comparison of the value tells about the headers behind. */
enum render_layer { LAYER_LINK, LAYER_NETWORK, LAYER_TRANSPORT, LAYERS };

/* What a register holds, from its first byte on. */
struct term {
	bool is_there;
	bool is_constant;
	bool is_host_order;
	uint8_t len; /* bytes of the register that it takes */
	uint8_t type;
	uint8_t shift;   /* of a part of a byte: how many bits lie behind it */
	uint8_t names;   /* enum render_layer, or LAYERS */
	bool is_implied; /* the comparison need not be written before a field of that layer */
	size_t start;    /* the words, in render.pool */
	size_t words;
	struct span constant;
	const struct fw_op *load; /* of a payload: that it was loaded by */
	const struct fw_op *mask; /* that is still to be written */
	const struct render_field *field;
};

/* A comparison that can be left out once a field of that protocol is written. */
struct dependency {
	bool is_there;
	size_t start; /* in render.text */
	size_t len;
};

struct render {
	const struct fw_rule *rule;
	const struct fw_ruleset *ruleset;
	uint8_t family;
	unsigned at; /* the operation at hand */
	struct buf text;
	struct buf pool;
	struct term slots[RENDER_SLOTS];
	uint32_t layers[LAYERS]; /* ARPHRD_…, ETH_P_…, IPPROTO_…; NO_LAYER: not known */
	struct dependency dependencies[LAYERS];
	bool is_tagged; /* the link header has a VLAN tag */
	size_t guard;   /* where the last statement that is no comparison ends, in render.text */
};

#define NO_LAYER UINT32_MAX

/* render.c */
/* The term whose first byte is in the register; or NULL. */
struct term *render_at(struct render *render, uint8_t offset);
/* A new term in the register, in place of all that its bytes belonged to; its words follow. */
struct term *render_load(struct render *render, uint8_t offset, uint8_t len);
/* Ends its words, which were written to the pool. */
void render_loaded(struct render *render, struct term *term);
/* Begins a statement: a blank if there is another before it. */
struct buf *render_statement(struct render *render);
/* Ends one that is no comparison: what was asked before stays before it. */
void render_acted(struct render *render);
/* Leaves a comparison out: a field that was just written says the same. */
void render_forget(struct render *render, enum render_layer layer);

/* render_term.c: to `out`, which may be the pool */
void render_words(struct render *render, struct buf *out, const struct term *term);
/* With its mask; a constant as a value of `type`. NULL: an unknown register. */
void render_term(struct render *render, struct buf *out, const struct term *term, uint8_t type);
/* The terms from the register on that take `len` bytes: at most `max`; how many there are. */
unsigned render_terms(struct render *render, uint8_t offset, uint32_t len, struct term **out,
		      unsigned max);
void render_concatenation(struct render *render, struct buf *out, struct term *const *terms,
			  unsigned count);
/* The bitwise operation on what stands before it, unless it does nothing. */
void render_mask(struct render *render, struct buf *out, const struct term *term);

/* render_fields.c */
/* 0 bits: of whatever length */
const struct render_field *render_field_find(uint8_t protocol, uint32_t bit, uint32_t bits);
/* Whose header lies at the base, as far as the rule has told. */
uint8_t render_protocol_at(const struct render *render, uint32_t base, uint32_t bit);
const char *render_protocol_name(uint8_t protocol);
/* LAYERS: its fields tell nothing that a comparison before them did. */
enum render_layer render_protocol_layer(uint8_t protocol);

/* render_value.c */
struct value_format {
	const struct fw_ruleset *ruleset; /* for names of interfaces; may be NULL */
	uint8_t type;
	uint8_t shift;
	bool is_host_order;
};
struct value_format render_format(const struct render *render, const struct term *term);
uint64_t render_number(struct span bytes, bool is_host_order);
void render_value(struct buf *out, const struct value_format *format, struct span bytes);
/* "10.0.0.0/8", "1-9", "eth*" or one value. */
void render_range(struct buf *out, const struct value_format *format, struct span low,
		  struct span high);
/* Bits joined by `join`, as "syn,ack". */
void render_flags(struct buf *out, uint8_t type, uint64_t bits, const char *join);
/* NF_LOG_…, each with a blank before it */
void render_log_flags(struct buf *out, uint32_t flags);
bool render_is_flags(uint8_t type);
bool render_is_address(uint8_t type);
/* The number of leading bits that are set, if no other is; -1: no prefix. */
int render_prefix_of(struct span mask);
void render_quoted(struct buf *out, struct span text);
/* A name as nft writes it; one that could be taken for something else is quoted. */
void render_name(struct buf *out, const char *name);

/* render_symbols.c */
/* NULL: the number has no name in that type. */
const char *render_symbol(uint8_t type, uint64_t number);
const char *render_flag(uint8_t type, unsigned bit);
const char *render_type_name(uint8_t type);
/* In bytes; 0: not known. */
uint8_t render_type_len(uint8_t type);
bool render_type_is_host_order(uint8_t type);

/* render_load.c */
void render_payload(struct render *render, const struct fw_op *op);
void render_meta(struct render *render, const struct fw_op *op);
void render_ct(struct render *render, const struct fw_op *op);
void render_fib(struct render *render, const struct fw_op *op);
/* numgen, socket … and others whose words the decoder left. */
void render_described(struct render *render, const struct fw_op *op);
/* Gives the term the words of the field. */
void render_name_field(struct render *render, struct term *term, const struct render_field *field);

/* render_register.c */
void render_bitwise(struct render *render, const struct fw_op *op);
void render_shift(struct render *render, const struct fw_op *op);
void render_byteorder(struct render *render, const struct fw_op *op);
/*
 * The field that the ones of a mask cut out of a load, or that a write leaves to be changed: where
 * the mask has zeros. The bits behind it go to *shift.
 */
const struct render_field *render_part(const struct render *render, const struct fw_op *load,
				       const struct fw_op *mask, bool is_write, uint8_t *shift);
/* "meta mark", and the type of its value. */
uint8_t render_meta_name(struct buf *out, uint32_t key);
uint8_t render_ct_name(const struct render *render, struct buf *out, const struct fw_op *op);

/* render_match.c */
void render_cmp(struct render *render, const struct fw_op *op);
void render_range_match(struct render *render, const struct fw_op *op);

/* render_set.c */
void render_lookup(struct render *render, const struct fw_op *op);
void render_dynset(struct render *render, const struct fw_op *op);
void render_object_map(struct render *render, const struct fw_op *op);
void render_verdict(struct buf *out, const struct fw_verdict *verdict);

/* render_statement.c */
void render_meta_set(struct render *render, const struct fw_op *op);
void render_ct_set(struct render *render, const struct fw_op *op);
void render_payload_set(struct render *render, const struct fw_op *op);
void render_reject(struct render *render, const struct fw_op *op);
void render_nat(struct render *render, const struct fw_op *op);
void render_masquerade(struct render *render, const struct fw_op *op);
void render_redirect(struct render *render, const struct fw_op *op);
void render_tproxy(struct render *render, const struct fw_op *op);
void render_device(struct render *render, const struct fw_op *op);

/* render_xt.c, render_xt_target.c: false when the blob is not decoded */
bool render_xt_match(struct render *render, struct buf *out, const struct fw_op *op);
bool render_xt_target(struct render *render, struct buf *out, const struct fw_op *op);

#endif
