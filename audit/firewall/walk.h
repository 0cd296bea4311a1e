/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What becomes of a connection's first packet: the abstract run. All of the packet is given but
 * its source, which is every address at once: a set that the rules split. What the model cannot
 * decide goes both ways, so that an answer is reachable = may_accept without may_drop, blocked =
 * all that is not in may_accept, and unknown = both; for the unknown ones it says why.
 */
#ifndef AUDIT_FIREWALL_WALK_H
#define AUDIT_FIREWALL_WALK_H

#include "audit/firewall/host.h"
#include "audit/firewall/intervals.h"
#include "audit/firewall/ruleset.h"

/* Bytes that a query may use for sets, and rules that it may look at, before it is unknown. */
#define FW_QUERY_MAX_BYTES ((size_t)64 << 20)
#define FW_QUERY_MAX_STEPS 4000000U

#define FW_MAX_BASE_CHAINS 256U /* on one hook */

enum fw_stage { FW_INGRESS, FW_PREROUTING, FW_INPUT, FW_FORWARD, FW_POSTROUTING, FW_STAGES };

/* The base chains of a hook in the order that the kernel runs them. */
struct fw_hook {
	struct fw_chain *chains[FW_MAX_BASE_CHAINS];
	unsigned count;
};

struct fw_model {
	const struct fw_ruleset *ruleset;
	const struct fw_host *host;
	struct fw_hook hooks[2][FW_STAGES]; /* IPv4, IPv6 */
	struct scratch scratch;             /* of the query at hand */
	const char *incomplete;             /* why every answer is unknown, or NULL */
};

struct fw_query {
	int family;
	const struct fw_link *in; /* of a bridge's port the bridge is asked about */
	u128 daddr;
	uint16_t dport;
	int sport;         /* -1: any, the sender's choice */
	uint8_t protocol;  /* IPPROTO_TCP or IPPROTO_UDP */
	uint8_t tcp_flags; /* as in the header: 0x02 SYN, 0x10 ACK */
	bool explains;     /* keep the steps */
};

enum fw_fate { FW_LOCAL, FW_FORWARDED, FW_DROPPED, FW_REJECTED };

/* Sources for which the packet ended so: possibly, if they are in the answer's unknown ones. */
struct fw_outcome {
	struct fw_outcome *next;
	enum fw_fate fate;
	struct ranges sources;
	u128 daddr; /* as it was then: after DNAT */
	uint16_t dport;
	bool is_dnat;
	bool is_source_changed;    /* by SNAT: who comes next sees another one */
	const struct fw_link *out; /* of FW_FORWARDED; NULL: not known which */
	const struct fw_chain
	    *chain; /* that dropped: by its rule, or by its policy if that is NULL */
	const struct fw_rule *rule;
	const char *reason; /* where no rule did it: "martian source", "no route" */
};

/* A rule's verdict or a base chain's policy, for these sources, in the order of the walk. */
struct fw_step {
	struct fw_step *next;
	enum fw_stage stage;
	const struct fw_chain *chain;
	const struct fw_rule *rule; /* NULL: the policy */
	int32_t verdict;
	struct ranges sources;
	u128 daddr; /* afterwards */
	uint16_t dport;
};

/* Why an answer is unknown. */
enum fw_doubt {
	FW_NOT_MODELLED,
	FW_BY_TIME,   /* limits, random choice, sets that traffic fills: it is so now and then */
	FW_BY_CHOICE, /* source port, TTL, TOS …: the sender may choose */
	FW_DOUBTS
};

struct fw_answer {
	struct ranges may_accept;
	struct ranges may_drop;
	struct ranges doubts[FW_DOUBTS]; /* where some branch rested on that */
	const char *reasons[FW_DOUBTS];  /* the first reason of each */
	struct fw_outcome *outcomes;
	struct fw_step *steps;
};

/* Sorts base chains by hook. The ruleset, the host and the arena outlive the model. */
void model_init(struct fw_model *model, const struct fw_ruleset *ruleset,
		const struct fw_host *host, struct arena *arena);

/* The answer's memory is the model's, until the next query. */
void model_ask(struct fw_model *model, const struct fw_query *query, struct fw_answer *answer);

struct ranges answer_reachable(struct fw_model *model, const struct fw_answer *answer);
struct ranges answer_unknown(struct fw_model *model, const struct fw_answer *answer);

#endif
