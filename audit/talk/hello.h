/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Asks a TLS server which old version or weak cipher suite it would take: one ClientHello of
 * our own, and what comes first in return. No key is made and nothing is agreed on: the answer is
 * ServerHello, or an alert. Of our own, since Debian's OpenSSL is built without 3DES, RC4 and the
 * suites for export, and so cannot even offer them. RFC 5246 (TLS 1.2), RFC 4346, RFC 2246.
 */
#ifndef AUDIT_TALK_HELLO_H
#define AUDIT_TALK_HELLO_H

#include <stdint.h>

#include "audit/talk/talk.h"

#define TLS_1_0 0x0301U
#define TLS_1_1 0x0302U
#define TLS_1_2 0x0303U
#define TLS_1_3 0x0304U

/* What a suite is weak for; the worst that applies. */
enum hello_weakness {
	HELLO_NULL,   /* nothing is encrypted */
	HELLO_ANON,   /* nobody is authenticated */
	HELLO_EXPORT, /* keys of 40 or 56 bits on purpose */
	HELLO_DES,
	HELLO_RC4,
	HELLO_3DES,
	HELLO_WEAKNESSES
};
const char *hello_weakness_name(enum hello_weakness weakness);

/* Which certificate the suites want: RFC 8422, 2. */
enum hello_key { HELLO_ANY_KEY, HELLO_RSA, HELLO_ECDSA };

struct hello_question {
	uint16_t version; /* the highest that is offered: TLS_1_2 at most */
	const char *name; /* for server_name, RFC 6066; NULL: none */
	/* a bit 1 << HELLO_… for each weakness whose suites are offered; 0: all that are not weak
	 */
	unsigned weaknesses;
	enum hello_key key; /* without weaknesses: only suites for that one */
};

enum hello_outcome {
	HELLO_MORE,    /* not over: at the end of the conversation that means unknown */
	HELLO_TAKEN,   /* ServerHello: see version and suite */
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

	/* the machine's own */
	struct hello_question question;
	size_t record_len;           /* of `record`, header included */
	unsigned char record[5 + 2]; /* the header, and an alert */
	size_t left;                 /* bytes of the record that have not come */
	size_t len;                  /* of `message` */
	unsigned char message[HELLO_MAX];
};

/* `random` has 32 bytes. The question is kept, not copied. */
enum talk hello_begin(struct hello *hello, const struct hello_question *question,
		      const unsigned char *random, struct buf *out);
/* TALK_MORE, or TALK_DONE once the outcome is known. */
enum talk hello_feed(struct hello *hello, struct span in);
/* The peer hung up: in good order, which is a refusal, or it did not. */
void hello_end(struct hello *hello, bool in_order);

#endif
