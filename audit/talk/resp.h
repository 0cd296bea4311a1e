/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] RESP, the protocol of Redis, in both versions:
 * redis.io, "Redis serialization protocol specification". Bytes are gathered until one whole
 * value is there, piece by piece or all at once to the same end; then it can be walked. Streamed
 * types ("$?") are not for replies, and are refused.
 */
#ifndef AUDIT_TALK_RESP_H
#define AUDIT_TALK_RESP_H

#include "audit/talk/talk.h"

/* Deeper than anything that is asked for here: ACL GETUSER has three levels. */
#define RESP_MAX_DEPTH 8

struct resp {
	struct buf bytes; /* of the value so far */
	enum { RESP_IN_LINE, RESP_IN_BULK } state;
	size_t line;                      /* where the line begins that is being read */
	size_t left;                      /* of a bulk, with the line end behind it */
	unsigned depth;                   /* of arrays that are open */
	uint64_t pending[RESP_MAX_DEPTH]; /* values that each still lacks */
};

enum resp_got {
	RESP_MORE,   /* all was taken, and the value goes on */
	RESP_VALUE,  /* resp_next() can read it; what follows is left in *in */
	RESP_BROKEN, /* not RESP, too deep or too long */
};

void resp_begin(struct resp *resp);
void resp_done(struct resp *resp);
/* Takes from *in up to the end of one value. */
enum resp_got resp_feed(struct resp *resp, struct span *in);
/* Ready for the next value, which may have `ceiling` bytes. */
void resp_clear(struct resp *resp, size_t ceiling);

/* One item of a value; an aggregate's elements are the items that follow. */
struct resp_item {
	char type; /* the first byte of its line: + - : $ * and those of RESP3 */
	bool is_null;
	struct span text; /* of anything but an aggregate */
	uint64_t count;   /* elements of an aggregate; keys and values of a map count singly */
};

struct span resp_value(const struct resp *resp);
/* The next item; false at the end. */
bool resp_next(struct span *rest, struct resp_item *item);
/* The next value with all that is in it, which goes to *whole; false at the end. */
bool resp_skip(struct span *rest, struct span *whole);
/* Is it an array, a set, a map or a push? */
bool resp_is_aggregate(const struct resp_item *item);
/* Is it a text that the server chose freely: $, = or +? */
bool resp_is_text(const struct resp_item *item);

#endif
