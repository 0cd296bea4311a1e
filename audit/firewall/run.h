/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inside of the abstract run: packets whose source is a set, registers whose bytes are constants,
 * masked bytes of the source address, or unknown.
 */
#ifndef AUDIT_FIREWALL_RUN_H
#define AUDIT_FIREWALL_RUN_H

#include <linux/rtnetlink.h>

#include "audit/firewall/walk.h"

/* Zero is "not modelled", so that a register that nothing was put into holds just that. */
enum sym_kind {
	SYM_DOUBT, /* value: enum fw_doubt */
	SYM_MASKED /* (source byte & mask) ^ value; a constant is one with mask 0 */
};

struct sym {
	uint8_t kind;
	uint8_t at; /* which byte of the source address */
	uint8_t mask;
	uint8_t value;
};

enum tracking { TRACK_NOT_YET, TRACK_NEW, TRACK_INVALID, TRACK_UNTRACKED };

/* A packet, as far as rules can tell one from another, and the sources that it may have. */
struct flow {
	struct flow *next;
	struct ranges sources;
	u128 daddr;
	uint16_t dport;
	enum tracking tracking;
	bool is_dnat;        /* the connection has a changed destination */
	bool has_dnat_setup; /* no further nat chain is asked for it */
	bool has_snat_setup;
	bool is_source_changed;
	struct sym mark[4];
	struct sym ct_mark[4];
};

struct run {
	struct fw_model *model;
	const struct fw_query *query;
	struct fw_answer *answer;
	struct scratch *scratch;
	struct fw_outcome **outcomes_end;
	struct fw_step **steps_end;
	enum fw_stage stage;
	const struct fw_chain *base; /* the base chain that runs */
	const struct fw_link *out;   /* NULL: not routed yet, or local */
	bool is_out_unknown;
	unsigned steps;
	unsigned depth;
	bool is_over; /* a ceiling was met */
	/* asked again and again in one query: without a link, and of the one it comes in by */
	const struct addrtypes *types[2];
	const struct reverse *reverse;
};

/* The yes and no of a match; in doubt a source is in both. */
struct match {
	struct ranges yes;
	struct ranges no;
};

/* run.c: what happens to flows */
struct flow *run_copy(struct run *run, const struct flow *flow, struct ranges sources);
void run_push(struct run *run, struct flow **list, const struct flow *flow);
void run_merge(struct run *run, struct flow **list);
/* All but the sources is equal. */
bool run_is_same(const struct flow *a, const struct flow *b);
void run_doubt(struct run *run, struct ranges sources, enum fw_doubt doubt, const char *reason);
/* The flow's fate is unknown from here on: it counts as accepted and as dropped. */
void run_give_up(struct run *run, const struct flow *flow, enum fw_doubt doubt, const char *reason);
void run_end(struct run *run, const struct flow *flow, enum fw_fate fate,
	     const struct fw_rule *rule, const char *reason);
void run_step(struct run *run, const struct flow *flow, const struct fw_rule *rule,
	      int32_t verdict);

/* symbols.c */
struct sym sym_const(uint8_t value);
struct sym sym_doubt(enum fw_doubt doubt);
void sym_bytes(struct sym *out, const void *data, size_t len);
/* Like the kernel's registers: what is behind the value up to four bytes is zero. */
void sym_pad(struct sym *at, size_t len);
bool sym_is_const(const struct sym *at, size_t len);
void sym_read(const struct sym *at, size_t len, void *out);

enum sym_test { SYM_NEVER, SYM_ALWAYS, SYM_SOMETIMES, SYM_UNDECIDED };
struct sym_found {
	struct ranges set;   /* of SYM_SOMETIMES */
	enum fw_doubt doubt; /* of SYM_UNDECIDED */
};

/* Are the bytes, as memcmp() sees them, from `low` to `high`? */
enum sym_test sym_within(struct run *run, const struct sym *at, size_t len, const uint8_t *low,
			 const uint8_t *high, struct sym_found *out);

struct match match_const(const struct flow *flow, bool is_true);
struct match match_set(struct run *run, const struct flow *flow, struct ranges set);
struct match match_doubt(struct run *run, const struct flow *flow, enum fw_doubt doubt,
			 const char *reason);
struct match match_not(struct match match);
struct match match_and(struct run *run, struct match a, struct match b);
struct match match_within(struct run *run, const struct flow *flow, const struct sym *at,
			  size_t len, const void *low, const void *high);

/* loads.c: payload, meta, ct into registers */
void load_payload(struct run *run, const struct flow *flow, const struct fw_op *op,
		  struct sym *out);
/* false: the kernel would break the rule */
bool load_meta(struct run *run, const struct flow *flow, const struct fw_op *op, struct sym *out);
bool load_ct(struct run *run, const struct flow *flow, const struct fw_op *op, struct sym *out);
void load_source(const struct flow *flow, int family, struct sym *out);
bool load_is_to_many(struct run *run);
/* as include/net/netfilter/nf_conntrack.h: NF_CT_STATE_BIT() has it */
uint32_t load_state_bits(const struct flow *flow);

/* addrtypes.c: fib and addrtype ask the same of the routing tables */
#define ADDRTYPES 12U /* RTN_UNSPEC … RTN_XRESOLVE */
struct addrtypes {
	struct ranges sets[ADDRTYPES]; /* apart from each other */
	struct ranges unknown;
};
const struct addrtypes *addrtype_all(struct run *run, const struct fw_link *link);
/* The routes back, as seen from the link that the packet comes in by. */
const struct reverse *addrtype_reverse(struct run *run);
bool addrtype_is_multicast(int family, u128 address);
unsigned addrtype_of(const struct addrtypes *types, u128 address); /* ADDRTYPES: not known */

/* lookup.c: the elements that a key may hit, elements with the same data together */
struct branch {
	struct branch *next;
	const struct fw_element *element;
	struct ranges sources;
	struct range *items;
	size_t count;
	size_t capacity;
	bool is_whole; /* all of the flow's sources may hit it */
};

/* Where it is in doubt what is hit, sources are in several branches, or in `miss` as well. */
struct lookup {
	struct branch *hits;
	struct ranges hit;  /* sources that hit some element, for certain or not */
	struct ranges miss; /* sources that may miss */
	bool is_doubtful;   /* nothing is known of what is hit: the doubt is written down */
	enum fw_doubt doubt;
};

void lookup_set(struct run *run, const struct flow *flow, const struct fw_op *op,
		const struct sym *key, struct lookup *out);

/* xt.c */
struct match xt_match(struct run *run, const struct flow *flow, const struct fw_op *op);

/*
 * nat.c: true when the flow goes on as accepted, with what it has become, and those that it may
 * have become as well behind it in flow->next; false when it is done.
 */
bool nat_expression(struct run *run, struct flow *flow, const struct fw_op *op,
		    const struct sym *registers);
/* xt targets */
enum xt_result { XT_CONTINUE, XT_ACCEPT, XT_DROP, XT_REJECT, XT_DONE };
enum xt_result xt_target(struct run *run, struct flow *flow, const struct fw_op *op);
struct nat_target { /* each address with each port */
	bool has_address;
	bool has_port;
	struct range addresses;
	uint16_t first_port;
	uint16_t last_port;
};
bool nat_apply(struct run *run, struct flow *flow, const struct nat_target *target);
bool nat_redirect(struct run *run, struct flow *flow, const struct nat_target *ports);
/* nft_nat.c: nft_nat_setup_netmap(): the network's bits, with the host's of the destination */
struct range nat_netmap(int family, u128 daddr, struct range network);

/* rules.c: all flows through a base chain; what it accepted comes back */
struct flow *chain_run_base(struct run *run, const struct fw_chain *chain, struct flow *flows);

/* order.c: what stands at one priority, those of one table in their order */
struct entry {
	void (*act)(struct run *run, const struct fw_chain *chain, struct flow **flows);
	const struct fw_chain *chain; /* NULL: none */
	bool has_effects;             /* that one behind it could notice */
};

void run_at_once(struct run *run, const struct entry *entries, unsigned count, struct flow **flows);

/* hooks.c */
/* What the kernel itself does on a hook, between the chains. */
struct between {
	int priority;
	void (*act)(struct run *run, const struct fw_chain *none, struct flow **flows);
};

void run_hook(struct run *run, struct flow **flows, enum fw_stage stage,
	      const struct between *between, unsigned count);
void run_ingress(struct run *run, struct flow **flows);
void run_tracking(struct run *run, const struct fw_chain *none, struct flow **flows);
void run_nat(struct run *run, const struct fw_chain *none, struct flow **flows);
void run_give_up_all(struct run *run, struct flow **flows, const char *reason);

#endif
