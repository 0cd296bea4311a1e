/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A network namespace's nftables ruleset as the model sees it: tables, base chains, rules as lists
 * of operations on registers, sets. It is decoded from the kernel's own messages and not from a
 * listing, since the listing leaves out what xt targets (DNAT and so on) were told. An expression
 * that is not known is kept by its name: whatever follows from it is then unknown, never "blocked".
 */
#ifndef AUDIT_FIREWALL_RULESET_H
#define AUDIT_FIREWALL_RULESET_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/span.h"

#define FW_REGISTER_BYTES                                                                          \
	64 /* include/net/netfilter/nf_tables.h: struct nft_regs without verdict */
#define FW_NO_REGISTER 0xff
#define FW_MAX_FIELDS 16 /* of a concatenation: NFT_REG32_COUNT */

/* Ceilings; what lies beyond makes the ruleset incomplete, and answers unknown. */
#define FW_MAX_OPS_PER_RULE 1024U
#define FW_MAX_DEVICES 64U

enum fw_op_type {
	FW_UNKNOWN,       /* could do anything, and have any verdict */
	FW_INERT,         /* counter, log: always goes on */
	FW_TEMPORAL,      /* limit, quota: goes on or breaks, by time or traffic */
	FW_LOAD_TEMPORAL, /* numgen: a value that traffic or chance makes */
	FW_LOAD_UNKNOWN,
	FW_HASH,   /* a value that the packet and a seed make */
	FW_EXTHDR, /* an option or extension header */
	FW_IMMEDIATE,
	FW_VERDICT,
	FW_PAYLOAD,
	FW_PAYLOAD_SET,
	FW_CMP,
	FW_RANGE,
	FW_BITWISE,
	FW_SHIFT,
	FW_BYTEORDER,
	FW_META,
	FW_META_SET,
	FW_CT,
	FW_CT_SET,
	FW_LOOKUP,
	FW_DYNSET,
	FW_FIB,
	FW_NOTRACK,
	FW_REJECT,
	FW_NAT,
	FW_MASQUERADE,
	FW_REDIRECT,
	FW_XT_MATCH,
	FW_XT_TARGET,
};

/* What a lookup is for: the key of FW_LOOKUP. */
enum { FW_LOOKUP_SET, FW_LOOKUP_MAP, FW_LOOKUP_OBJECT };

struct fw_link; /* host.h */

struct fw_verdict {
	int32_t code; /* NF_DROP, NF_ACCEPT, NF_QUEUE, NFT_JUMP … */
	const char *chain_name;
	struct fw_chain *chain; /* NULL when the verdict has none, or names one that is not there */
};

struct fw_op {
	enum fw_op_type type;
	const char *name; /* the kernel's name of the expression, xt match or xt target */
	uint8_t sreg;     /* registers as offsets in bytes, or FW_NO_REGISTER */
	uint8_t dreg;
	uint8_t len;
	uint8_t reg[4]; /* nat: address min, max, port min, max */
	uint32_t key;   /* meta and ct: key; payload: base; cmp: op; xt: revision; … */
	uint32_t flags;
	uint32_t offset; /* payload: offset; byteorder: size; ct: direction + 1, 0 for none */
	struct span a;   /* data: cmp value, range from, mask, xt blob */
	struct span b;   /* range to, xor */
	const char *set_name;
	struct fw_set *set;
	struct fw_verdict verdict;
	const char *text;    /* of `shown`: nft's words (describe.c); or NULL */
	struct fw_op *shown; /* as it is written and not as it is run; NULL: it is one */
};

struct fw_rule {
	struct fw_rule *next;
	struct fw_chain *chain;
	uint64_t handle;
	struct fw_op *ops;
	unsigned op_count;
	struct span comment; /* empty: none */

	unsigned number; /* in its chain */
	bool is_idle;    /* it changes nothing and decides nothing: a counter, a log */
	bool has_port;   /* without a destination port in this range it does nothing at all */
	uint16_t first_port;
	uint16_t last_port;
};

/* Of a long chain the rules that a port is about, for the last port that was asked for. */
struct fw_port_index {
	int port; /* -1: none yet */
	const struct fw_rule **rules;
	unsigned count;
};

enum fw_chain_type { FW_CHAIN_FILTER, FW_CHAIN_NAT, FW_CHAIN_ROUTE, FW_CHAIN_OTHER };

struct fw_chain {
	struct fw_chain *next; /* in its table's order */
	struct fw_chain *next_hashed;
	struct fw_table *table;
	const char *name;
	uint64_t handle;
	bool is_base;
	bool has_policy;
	uint32_t policy; /* NF_ACCEPT or NF_DROP */
	uint32_t hook;
	int32_t priority;
	enum fw_chain_type type;
	const char **devices;
	unsigned device_count;
	struct fw_rule *rules;
	struct fw_rule **rules_end;
	unsigned rule_count;
	struct fw_port_index *index; /* NULL: a short one */
	bool has_effects; /* own rules or those of called chains change marks, packets, tracking */
	bool is_visited;  /* for has_effects */
};

struct fw_element {
	const uint8_t *key;
	const uint8_t *key_end; /* inclusive; NULL: the key alone */
	uint32_t flags;         /* NFT_SET_ELEM_… */
	bool is_temporal;       /* it has a timeout, or an expression that may break */
	struct span data;
	struct fw_verdict verdict;
	bool has_verdict;
};

struct fw_element_block {
	struct fw_element_block *next;
	size_t count;
	struct fw_element items[];
};

struct fw_set {
	struct fw_set *next_hashed;
	struct fw_table *table;
	const char *name;
	uint32_t flags;    /* NFT_SET_… */
	uint32_t key_type; /* enum datatype: nft's own, nothing to the kernel */
	uint32_t key_len;
	uint32_t data_len;
	uint32_t data_type;   /* the same */
	uint32_t object_type; /* NFT_OBJECT_…, of a map of objects */
	bool is_cut;          /* there are more elements than were kept */
	bool has_unknown;     /* an attribute of the set or of an element was not understood */
	unsigned field_count;
	uint8_t field_len[FW_MAX_FIELDS];
	struct fw_element_block *blocks;
	/* after ruleset_link(): sorted by key if there is one field, intervals as key and key_end
	 */
	struct fw_element *elements;
	size_t element_count;
	size_t counted; /* elements, an interval as one, if none was to be kept */
	const struct fw_element *catchall;
	struct fw_index **indexes; /* of a concatenation, by field; NULL: not made yet */
	unsigned scans;            /* how often it was looked through without one */
};

struct fw_table {
	struct fw_table *next;
	const struct fw_ruleset *ruleset;
	const char *name;
	uint8_t family;
	uint32_t flags;
	uint64_t handle;
	struct fw_chain *chains;
	struct fw_chain **chains_end;
};

#define FW_BUCKETS 1024U

struct fw_ruleset {
	struct arena *arena;
	struct fw_table *tables;
	const struct fw_link *links; /* for the names of interfaces in text; or NULL */
	size_t max_elements;         /* of a set that are kept; 0: all */
	bool only_counts;            /* no element is kept, only how many there are */
	struct fw_chain *chain_buckets[FW_BUCKETS];
	struct fw_set *set_buckets[FW_BUCKETS];
	const char *incomplete; /* why not all of it is known, or NULL */
	bool tracks_ip4;        /* some rule makes the kernel track connections of the family */
	bool tracks_ip6;
	bool has_bridge; /* a table of the bridge family has base chains */
	size_t rule_count;
};

void ruleset_init(struct fw_ruleset *ruleset, struct arena *arena);

/*
 * Takes one message (NFT_MSG_NEWTABLE, NEWCHAIN, NEWRULE, NEWSET, NEWSETELEM; others are passed
 * over): tables before chains and sets, those before rules and elements. The message is whole;
 * its bytes are copied. What it says and is not understood, or makes no sense, is noted in
 * ruleset->incomplete or in the object.
 */
void ruleset_message(struct fw_ruleset *ruleset, const struct nlmsghdr *message);

/* Resolves names and sorts sets; call once, after the last message. */
void ruleset_link(struct fw_ruleset *ruleset);

/* Between the files of the decoder. */
struct fw_chain *ruleset_chain(const struct fw_ruleset *ruleset, uint8_t family, const char *table,
			       const char *chain);
struct fw_set *ruleset_set(const struct fw_ruleset *ruleset, uint8_t family, const char *table,
			   const char *set);
void ruleset_decode_expressions(struct fw_ruleset *ruleset, struct fw_rule *rule,
				const struct nlattr *list);
void ruleset_decode_elements(struct fw_ruleset *ruleset, struct fw_set *set,
			     const struct nlattr *list);
void ruleset_sort_set(struct fw_ruleset *ruleset, struct fw_set *set);
/*
 * Smaller concatenations are looked through, and larger ones as often as this: to sort one takes
 * about as long (300,000 elements 0.5 s, against 10 ms to look through them).
 */
#define FW_INDEX_MIN 64U
#define FW_INDEX_SCANS 32U

/* The elements order[first] … order[last - 1]: all that may have the value in the field. */
struct fw_candidates {
	const uint32_t *order;
	size_t first;
	size_t last;
};
/*
 * How long the fields are that may be asked for. The kernel tells them of concatenations with
 * intervals alone; the keys of others are as good word by word.
 */
unsigned index_fields(const struct fw_set *set, uint8_t *lens);
/* False: there is no index of that field. */
bool index_find(struct arena *arena, struct fw_set *set, unsigned field, const uint8_t *value,
		struct fw_candidates *out);
/* NFTA_DATA_…: a value or a verdict. False when it is neither. */
bool ruleset_decode_data(struct fw_ruleset *ruleset, const struct nlattr *nest, struct span *value,
			 struct fw_verdict *verdict, bool *is_verdict);

#endif
