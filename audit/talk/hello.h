/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Asks a TLS server by one ClientHello of our own, and reads what it answers in clear.
 *Nothing is agreed on, and neither side computes a key: so it costs a hundredth of a handshake, and
 *shows
 *
 *	- which version and suite it chooses, or that it refuses: ServerHello, or an alert
 *	- that it takes TLS 1.3: no share of a key is offered, so it asks for one by
 *HelloRetryRequest, which names version and suite (RFC 8446, 4.1.4 and 4.2.8)
 *	- up to TLS 1.2 its chain, and whether it wants a certificate of ours: they follow in clear
 *
 * RFC 8446 (TLS 1.3), RFC 5246 (TLS 1.2), RFC 4346, RFC 2246.
 */
#ifndef AUDIT_TALK_HELLO_H
#define AUDIT_TALK_HELLO_H

#include <stdint.h>

#include "audit/talk/flight.h"
#include "audit/talk/suites.h"
#include "audit/talk/talk.h"

#define TLS_1_0 0x0301U
#define TLS_1_1 0x0302U
#define TLS_1_2 0x0303U
#define TLS_1_3 0x0304U

struct hello_question {
	uint16_t version;     /* the highest that is offered; with TLS_1_3 all older ones, too */
	const char *name;     /* for server_name, RFC 6066; NULL: none */
	struct suites suites; /* is_13 follows from the version */
	bool wants_chain;     /* up to TLS 1.2 it is read, before the outcome is known */
};

enum hello_outcome {
	HELLO_MORE,    /* not over: at the end of the conversation that means unknown */
	HELLO_TAKEN,   /* ServerHello or HelloRetryRequest: see version and suite */
	HELLO_REFUSED, /* an alert, or the end of the connection in good order */
	HELLO_NO_TLS,  /* an answer that is none of TLS */
	HELLO_BROKEN,  /* TLS, but not as it should be; see reason */
};

#define HELLO_MAX 2048 /* bytes of ServerHello; real ones have 100 */

struct hello {
	enum hello_outcome outcome;
	const char *reason; /* of HELLO_BROKEN, a text of ours */
	uint16_t version;
	uint16_t suite;
	enum hello_weakness weakness; /* of the suite; HELLO_WEAKNESSES: none */
	uint8_t alert;                /* its description, of HELLO_REFUSED; 0: there was none */
	struct flight flight; /* of HELLO_TAKEN, where the chain was wanted: up to TLS 1.2 */

	/* the machine's own */
	struct hello_question question;
	size_t record_len;           /* of `record`, header included */
	unsigned char record[5 + 2]; /* the header, and an alert */
	size_t left;                 /* bytes of the record that have not come */
	size_t len;                  /* of `message` */
	bool is_in_flight;           /* ServerHello has come, and the chain is wanted */
	unsigned char message[HELLO_MAX];
};

/* `random` has 32 bytes; the name is kept, not copied. hello_done() must follow where the chain is
 * wanted. */
enum talk hello_begin(struct hello *hello, const struct hello_question *question,
		      const unsigned char *random, struct buf *out);
/* TALK_MORE, or TALK_DONE once the outcome is known. */
enum talk hello_feed(struct hello *hello, struct span in);
/* The peer hung up: in good order, which is a refusal, or it did not. */
void hello_end(struct hello *hello, bool in_order);
void hello_done(struct hello *hello);

#endif
