/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What an answer of the firewall model means for the one who asked: which sources get to
 * where they wanted, for certain or perhaps, and how that is written.
 */
#ifndef AUDIT_REACHED_H
#define AUDIT_REACHED_H

#include "audit/world.h"

#define REACHED_TCP_SYN 0x02 /* the flags of a connection's first segment */

struct reached {
	struct ranges sources;  /* for certain, or if the sender so chooses (its port, its TTL) */
	struct ranges temporal; /* now and then: limits, chance, sets that traffic fills */
	struct ranges unknown;  /* perhaps: what is not modelled decides */
	const char *reason;     /* why perhaps; else why now and then; else NULL */
	const struct fw_outcome *blocked; /* what others end at, a rule before all else; or NULL */
	const struct fw_outcome *forwarded; /* where it goes when it is not for this namespace */
};

/*
 * The outcomes that are what was asked for: local delivery to the address and port of the query;
 * with `follows_forward` also what is forwarded, after DNAT or not. A forwarded packet that meets
 * rules of another namespace of this host is of unknown fate, since they are not walked.
 */
struct reached reached_of(struct world *world, struct fw_model *model, const struct fw_query *query,
			  const struct fw_answer *answer, bool follows_forward);

/* fe80::/10 (RFC 4291 section 2.5.6) means another address on each link. */
bool reached_is_link_local(int family, u128 address);

/* The next value of a row: "10.0.0.0/8, 192.0.2.1-192.0.2.9". One that is cut is said. */
void reached_row_ranges(struct host *host, int family, struct ranges set);

/* "ip filter INPUT handle 7", "inet filter input policy", "martian source". */
void reached_put_outcome(struct buf *out, const struct fw_outcome *outcome);

/* "ip filter INPUT", with the family's name as nft(8) writes it. */
void reached_put_chain(struct buf *out, const struct fw_chain *chain);

#endif
