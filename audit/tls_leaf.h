/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] A chain that a TLS server showed, taken apart and judged. Many listeners, and most names
 * of one, show the same: it is looked at once in a round.
 */
#ifndef AUDIT_TLS_LEAF_H
#define AUDIT_TLS_LEAF_H

#include "audit/certificate.h"
#include "audit/chain.h"

#define TLS_MAX_CHAIN 32U /* certificates that are kept of one chain */

enum tls_kind { TLS_KIND_RSA, TLS_KIND_ECDSA, TLS_KINDS };

/* A chain. */
struct tls_leaf {
	struct certificate *chain; /* as served, leaf first; NULL: none was shown */
	size_t count;
	bool is_cut; /* there are more */
	enum chain_verdict verdict;
	int name_matches; /* 1, 0; -1: not known, or no name was asked for */
};

struct tls_seen;

struct tls_leaves {
	struct arena *arena;
	struct x509_store_st *roots; /* or NULL */
	int64_t now;                 /* seconds since the epoch */
	struct tls_seen *seen;       /* its own */
};

/*
 * Fills in the one of `out` that is of the kind of the first certificate, unless it is known
 * already; its name_matches is for `name`, or NULL. Ed25519 and Ed448 count as ECDSA, whose suites
 * they take.
 */
void tls_leaf_take(struct tls_leaves *leaves, struct stack_st_X509 *chain, const char *name,
		   struct tls_leaf out[TLS_KINDS]);
/* The same for a certificate_list, see flight.h. False: it holds what is no certificate. */
bool tls_leaf_take_list(struct tls_leaves *leaves, struct span list, const char *name,
			struct tls_leaf out[TLS_KINDS]);
void tls_leaves_done(struct tls_leaves *leaves);

#endif
