/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] SCRAM-SHA-256 (RFC 5802, RFC 7677) from the client's side, without channel binding and
 * with an empty name, as PostgreSQL has it: it knows the name already.
 */
#ifndef AUDIT_TALK_SCRAM_H
#define AUDIT_TALK_SCRAM_H

#include "audit/talk/crypto.h"
#include "lib/buf.h"

#define SCRAM_NONCE 18 /* bytes, which are 24 letters of base64 */
/* PostgreSQL has 4096 (scram_iterations); a hostile server could have us count for hours. */
#define SCRAM_MAX_ROUNDS 200000

struct scram {
	const char *reason; /* why a step failed */
	char nonce[SCRAM_NONCE / 3 * 4 + 1];
	unsigned char expected[CRYPTO_SHA256]; /* the server's signature */
	enum { SCRAM_IDLE, SCRAM_FIRST, SCRAM_FINAL, SCRAM_PROVEN } stage;
};

/* Puts client-first-message, with its gs2-header, to `out`. `name` is empty for PostgreSQL. */
int scram_begin(struct scram *scram, const unsigned char nonce[SCRAM_NONCE], const char *name,
		struct buf *out) MUST_CHECK;
/* Reads server-first-message and puts client-final-message to `out`. */
int scram_answer(struct scram *scram, struct span server, const char *name, const char *password,
		 struct buf *out) MUST_CHECK;
/* Reads server-final-message: 0 if the server has proven that it knows the password too. */
int scram_verify(struct scram *scram, struct span server) MUST_CHECK;

#endif
