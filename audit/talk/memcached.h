/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Memcached: one conversation over TCP, and one question over UDP. "version" and "stats"
 * alone, which read: memcached/doc/protocol.txt.
 *
 * A server with SASL (-S) speaks the binary protocol alone and hangs up on this one without a word:
 * that is MEMCACHED_UNKNOWN, and not taken for closed.
 */
#ifndef AUDIT_TALK_MEMCACHED_H
#define AUDIT_TALK_MEMCACHED_H

#include "audit/talk/talk.h"

enum memcached_outcome {
	MEMCACHED_UNKNOWN,
	MEMCACHED_SERVED,
	MEMCACHED_NOAUTH, /* wants a login (-Y): CLIENT_ERROR unauthenticated */
	MEMCACHED_NOT,    /* what came is no answer of memcached */
	MEMCACHED_BROKEN,
};

struct memcached {
	enum memcached_outcome outcome;
	char version[32];
	uint64_t process_id; /* in its own namespace; 0: not said */
	uint64_t item_count;
	bool has_item_count;
	char refusal[96]; /* a line that is an error */

	/* the machine */
	struct buf line;
	bool is_over;
	bool has_version; /* answered: the next is stats */
	size_t taken;
};

enum talk memcached_begin(struct memcached *memcached, struct buf *out);
enum talk memcached_feed(struct memcached *memcached, struct span in, struct buf *out);
void memcached_end(struct memcached *memcached);
void memcached_done(struct memcached *memcached);

const char *memcached_outcome_name(enum memcached_outcome outcome);

/* The datagram that asks for the version, the smallest answer there is. `id` is the caller's. */
void memcached_udp_ask(uint16_t id, struct buf *out);
/*
 * Is a datagram an answer to it? Any error of memcached is one as well, since it too goes to
 * whatever address the question claimed to be from. The version goes to `version` if it is there.
 */
bool memcached_udp_is_answer(uint16_t id, struct span datagram, char *version, size_t size);

#endif
