/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] One whole TLS handshake by OpenSSL, over memory, and what the server showed in it: the
 * version and suite agreed on, its chain, and whether it asks for a certificate of ours. Old
 * versions and weak keys are taken (security level 0), since whether they are any good is for
 * others to say; nobody is authenticated. tls_prepare() must have been called before the jail
 * closed.
 */
#ifndef AUDIT_TALK_HANDSHAKE_H
#define AUDIT_TALK_HANDSHAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/talk/talk.h"

/* Which certificate is asked for, by the signatures that are offered. A server may have one of
 * each, and they expire apart. */
enum handshake_key {
	HANDSHAKE_ANY,
	HANDSHAKE_RSA,
	HANDSHAKE_ECDSA, /* also Ed25519 and Ed448 */
	HANDSHAKE_KEYS
};

enum handshake_outcome {
	HANDSHAKE_MORE,    /* not over: at the end of the conversation that means unknown */
	HANDSHAKE_SERVED,  /* it showed a chain */
	HANDSHAKE_REFUSED, /* a fatal alert before any: see alert */
	HANDSHAKE_NO_TLS,  /* an answer that is none of TLS */
	HANDSHAKE_BROKEN,  /* TLS, but not as it should be; or more than anybody needs */
};

struct ssl_ctx_st;
struct ssl_st;
struct bio_st;
struct stack_st_X509;

/* What all handshakes of a probe share: made once, since it costs more than a handshake, and when
 * it is needed, since most servers are asked without any (hello.h). {0} to begin with. */
struct handshakes {
	struct ssl_ctx_st *contexts[HANDSHAKE_KEYS];
};
void handshakes_end(struct handshakes *all);

struct handshake {
	enum handshake_outcome outcome;
	const char *reason; /* of HANDSHAKE_BROKEN, a text of ours */
	uint8_t alert;      /* the description of a fatal alert; 0: there was none */
	bool is_done;       /* finished: what is said now goes through it */
	bool wants_certificate;
	uint16_t version; /* TLS_1_0 … TLS_1_3; 0: not agreed on */
	const char *cipher;
	/* As served, leaf first; lives until handshake_done(). NULL unless HANDSHAKE_SERVED. */
	struct stack_st_X509 *chain;

	/* the machine's own */
	struct ssl_st *session;
	struct bio_st *in;
	struct bio_st *out;
	bool has_heard;
};

/* `name` is copied; NULL: none is sent. handshake_done() must follow, always. */
enum talk handshake_begin(struct handshake *handshake, struct handshakes *all,
			  enum handshake_key key, const char *name, struct buf *out);
/* TALK_MORE, or TALK_DONE once the outcome is known; `plain` gets what is said within. */
enum talk handshake_feed(struct handshake *handshake, struct span in, struct buf *plain,
			 struct buf *out);
/* Once is_done: sends the bytes within. -1: it cannot be said any more. */
int handshake_say(struct handshake *handshake, struct span plain, struct buf *out);
/* The peer hung up, or time is over: what is known by then. */
void handshake_end(struct handshake *handshake);
void handshake_done(struct handshake *handshake);

#endif
