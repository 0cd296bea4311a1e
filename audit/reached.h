/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The way of a connection's first packet through the network namespaces of this host: into
 * one, and where that forwards it to a container, through the container's own rules too. Which
 * sources get to where they wanted, for certain or perhaps; and how that is written.
 */
#ifndef AUDIT_REACHED_H
#define AUDIT_REACHED_H

#include "audit/world.h"

#define REACHED_TCP_SYN 0x02 /* the flags of a connection's first segment */

/* What counts as having got there. */
struct reached_target {
	bool is_anywhere; /* delivered to whomever; else to the address and port here, as they are
			     after the translations of the first namespace */
	u128 daddr;
	uint16_t dport;
	bool is_translated_behind; /* further namespaces may translate as they like */
};

/* Called for each namespace on the way, in order, before the next one is asked: the answer's memory
 * lasts as long. `sources` get as far as there. */
struct reached_watch {
	void (*call)(void *context, const struct world_namespace *at, const struct fw_query *query,
		     const struct fw_answer *answer, struct ranges sources);
	void *context;
};

struct reached_question {
	struct world_namespace *entry;
	struct fw_query query;
	struct reached_target target;
	const u128 *source;                /* whose end `stopped` tells; NULL: any */
	const struct reached_watch *watch; /* or NULL */
};

/* Its sets last until the next question. */
struct reached {
	struct ranges sources;  /* for certain, or if the sender so chooses (its port, its TTL) */
	struct ranges temporal; /* now and then: limits, chance, sets that traffic fills */
	struct ranges unknown;  /* perhaps: what is not modelled decides */
	struct ranges blocked;  /* rules stop these; the kernel refuses others by itself */
	const char *reason;     /* why perhaps; else why now and then; else NULL */
	bool is_stopped;
	struct fw_outcome stopped; /* what others end at, a rule before all else; without sources */
	bool is_got_there;
	struct fw_outcome end;            /* how it gets there, or may, in the first namespace */
	const struct world_namespace *at; /* where it is delivered; NULL: beyond this host */
};

struct reached reached_ask(struct world *world, const struct reached_question *question);

/* fe80::/10 (RFC 4291 section 2.5.6) means another address on each link. */
bool reached_is_link_local(int family, u128 address);

/* The next value of a row: "10.0.0.0/8, 192.0.2.1-192.0.2.9". One that is cut is said. */
void reached_row_ranges(struct host *host, int family, struct ranges set);

/*
 * The same for those who compare: a set of very many ranges is rounded, up by filling its smallest
 * gaps, or down by leaving out its smallest ranges, and so never cut.
 */
void reached_row_rounded(struct host *host, struct scratch *scratch, int family, struct ranges set,
			 bool is_up);

/* "ip filter INPUT handle 7: drop", "inet filter input policy", "martian source". */
void reached_put_outcome(struct buf *out, const struct fw_outcome *outcome);

/* " handle 7: tcp dport 22 drop": behind the chain; the text is cut when it is long. */
void reached_put_rule(struct buf *out, const struct fw_rule *rule);

/* "ip filter INPUT", with the family's name as nft(8) writes it. */
void reached_put_chain(struct buf *out, const struct fw_chain *chain);

#endif
