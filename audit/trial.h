/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] A ruleset that is not applied yet, in the place of a live one: its files are loaded into a
 * network namespace of its own, by nft(8) and iptables-restore(8), and the dumps of nftables are
 * taken from there. The links that its rules may name exist there too, with the names and indexes
 * that they have in the live namespace; all else that an answer rests on is read from that one.
 *
 * Those programs parse the user's bytes, so they run without rights: in a user namespace of their
 * own, as nobody when root calls, with no_new_privs, limits and a deadline.
 *
 * user_namespaces(7): who created a user namespace has all rights in it, so that all of this works
 * without root too, where users may create one.
 */
#ifndef AUDIT_TRIAL_H
#define AUDIT_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/given.h"

#define TRIAL_ROLE "ruleset" /* of the given files */

struct trial {
	uint64_t namespace; /* whose ruleset is left out: an inode; 0: the host's */
	/*
	 * NETLINK_NETFILTER in the new namespace, which lives as long as this: no process and no
	 * name are needed for it (net/netlink/af_netlink.c: a user's socket holds its namespace).
	 */
	int netlink_fd;
	const struct given_file *refused; /* did not load; NULL: nothing could be tried */
	bool is_interrupted;              /* by a signal */
	struct buf said;                  /* by the program that refused it, and not escaped */
};

void trial_init(struct trial *trial, uint64_t namespace);
void trial_done(struct trial *trial);

/*
 * Loads the given files of the role in their order. -1: one was refused, nothing could be tried, or
 * a signal came; `err` says why.
 */
int trial_load(struct trial *trial, const struct given *given, int timeout_ms,
	       struct err *err) MUST_CHECK;

#endif
