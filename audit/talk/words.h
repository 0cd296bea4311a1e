/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The passwords that a server is tried with: three at most, since more could lock an account
 * (MySQL's FAILED_LOGIN_ATTEMPTS), and each failure stands in the server's log. First the weak ones
 * that stand in the environment of a process here, as containers are given theirs; then those of
 * the policy; then the usual ones.
 *
 * A strong password of an environment is not tried: that it opens its server is no finding, and
 * whoever listens in the server's place would learn it. What is tried is in no row and no message.
 */
#ifndef AUDIT_TALK_WORDS_H
#define AUDIT_TALK_WORDS_H

#include "audit/probe.h"

#define WORDS_MAX 3U

struct words {
	const char *items[WORDS_MAX + 1]; /* the last is NULL */
	unsigned count;
};

struct words_of {
	const char *const *variables; /* of environments; ends with NULL, as the next */
	const char *const *usual;
};

/* The needs that whoever gathers them declares, one behind the other. */
#define WORDS_NEEDS                                                                                \
	{READ, "@intent"},                                                                         \
	{                                                                                          \
		READ_SECRET, "/proc/[0-9]*/environ"                                                \
	}

/* `need` is the index of the first of them. Asks only once, so gather before carry(). */
int words_gather(struct host *host, unsigned need, const struct words_of *of, struct words *out,
		 struct err *err) MUST_CHECK;

#endif
