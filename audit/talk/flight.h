/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What follows ServerHello up to TLS 1.2, in clear: the chain, and whether a certificate of
 * ours is asked for. RFC 5246, 7.4.2 to 7.4.5. The messages may be split over records at any byte;
 * what is fed here is the inside of the records, one after the other.
 */
#ifndef AUDIT_TALK_FLIGHT_H
#define AUDIT_TALK_FLIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/talk/talk.h"

#define FLIGHT_MAX_CHAIN (100U << 10) /* bytes of the certificates, as in handshake.c */
#define FLIGHT_MAX_OTHER (64U << 10)  /* of any other message: passed over */

struct flight {
	bool wants_certificate;
	struct span chain;  /* of TALK_DONE: certificate_list, checked; lives until flight_done() */
	const char *reason; /* of TALK_BROKEN, a text of ours */

	/* the machine's own */
	bool is_begun;
	size_t head_len;
	unsigned char head[4]; /* of the message: type and length */
	size_t left;           /* bytes of it that have not come */
	struct buf body;       /* of Certificate */
};

void flight_begin(struct flight *flight);
/* TALK_MORE, TALK_DONE once ServerHelloDone has come, or TALK_BROKEN. */
enum talk flight_feed(struct flight *flight, struct span in);
void flight_done(struct flight *flight);

/* The next certificate (DER) of a list that was checked. */
bool flight_next(struct span *list, struct span *out);

#endif
