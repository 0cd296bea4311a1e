/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] A conversation with a server, from the client's side, as a machine that is fed: bytes of
 * the peer go in, bytes for the peer come out, and between the two is nothing but memory. Who
 * carries them, over which of several connections at once and until when, is not its business; so
 * it is tested and fuzzed without a server, and each byte of a hostile one has been bounded before.
 *
 * Each protocol has a struct of its own, a begin() that may already have something to say, a feed()
 * for what came, and an end() for when the peer hangs up or time is over, which leaves what is
 * known by then. What was learned stands in the struct.
 */
#ifndef AUDIT_TALK_TALK_H
#define AUDIT_TALK_TALK_H

#include "lib/buf.h"
#include "lib/span.h"

/* Ceiling of what is kept of one answer; a peer that sends more in one piece is cut off. */
#define TALK_MAX_ANSWER (64U << 10)
/* Ceiling of all that a peer may send in one conversation. */
#define TALK_MAX_BYTES (256U << 10)

enum talk {
	TALK_MORE,      /* waits for bytes */
	TALK_START_TLS, /* what was sent is the last in clear: the caller shakes hands, and then
			   calls begin_tls() */
	TALK_DONE,      /* all is known: hang up */
	TALK_BROKEN, /* the peer does not keep to the protocol: hang up; nothing follows from it */
};

#endif
