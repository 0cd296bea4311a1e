/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What the answer to ACL GETUSER lets its user do:
 * redis.io, "ACL GETUSER". Redis 6 prints the rules that come to the
 * same, Redis 7 those that were given, and selectors.
 */
#ifndef AUDIT_TALK_REDIS_ACL_H
#define AUDIT_TALK_REDIS_ACL_H

#include "lib/span.h"

enum redis_may {
	REDIS_MAY_UNKNOWN,
	REDIS_MAY_NOT,
	REDIS_MAY,
};

struct redis_acl {
	bool is_read;          /* an answer that could be read */
	enum redis_may config; /* CONFIG SET: the way from Redis to files */
	enum redis_may eval;
	enum redis_may write;
	char rules[512]; /* of commands, those of selectors behind them in brackets */
};

/* `value` is one whole value of RESP. */
void redis_acl_read(struct redis_acl *acl, struct span value);

#endif
