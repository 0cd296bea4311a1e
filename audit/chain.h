/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What a client makes of a chain of certificates: from the leaf, by what was served alone,
 * to one of the roots that this host trusts (RFC 5280, 6). Dates are looked at last, so that an
 * expired certificate does not hide that an intermediate is missing; keys and digests that are too
 * weak are not a matter of the chain.
 */
#ifndef AUDIT_CHAIN_H
#define AUDIT_CHAIN_H

#include <stdint.h>

#include "lib/err.h"
#include "lib/span.h"

struct x509_store_st;
struct stack_st_X509;

enum chain_verdict {
	CHAIN_OK,
	CHAIN_DISORDERED,     /* leads to a root, but not in the order served (RFC 5246, 7.4.2) */
	CHAIN_EXPIRED,        /* leads to a root; one of it is expired */
	CHAIN_NOT_YET_VALID,  /* … or not valid yet */
	CHAIN_SELF_SIGNED,    /* the leaf is signed by itself, and not trusted */
	CHAIN_UNKNOWN_ROOT,   /* it ends at a root of its own that this host does not trust */
	CHAIN_UNKNOWN_ISSUER, /* who signed the last one is neither served nor trusted here */
	CHAIN_INCOMPLETE,     /* the same, and that one itself says where its issuer is to be had:
				 an intermediate that was not served */
	CHAIN_INVALID,        /* a signature that is wrong, a certificate that may not sign, … */
	CHAIN_NO_ROOTS,       /* this host has no roots to hold it against */
	CHAIN_UNKNOWN,        /* there is no chain */
};
const char *chain_verdict_name(enum chain_verdict verdict);

/*
 * The roots of a bundle in PEM, as /etc/ssl/certs/ca-certificates.crt is one; what is no
 * certificate in it is passed over. NULL where there is none in it. chain_free_roots() frees it.
 */
struct x509_store_st *chain_read_roots(struct span pem);
void chain_free_roots(struct x509_store_st *roots);

/* The verdict at a time in seconds since the epoch; `roots` may be NULL. */
enum chain_verdict chain_judge(struct stack_st_X509 *chain, struct x509_store_st *roots,
			       int64_t now);

#endif
