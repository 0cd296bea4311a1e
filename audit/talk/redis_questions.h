/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What Redis is asked, and how its answers are read; private to redis.c. */
#ifndef AUDIT_TALK_REDIS_QUESTIONS_H
#define AUDIT_TALK_REDIS_QUESTIONS_H

#include "audit/talk/redis.h"

/* In the order in which they are asked. */
enum redis_step {
	STEP_PING,
	STEP_COUNT,
	STEP_WHOAMI,
	STEP_SERVER,
	STEP_REPLICATION,
	STEP_KEYSPACE,
	STEP_GETUSER,
	STEP_HAS_SET,
	STEP_HAS_EVAL,
	STEP_EXISTS,
	STEP_GETRANGE,
	STEP_DIR,
	STEP_DBFILENAME,
	STEP_QUIT,
	STEP_AUTH, /* only by way of NOAUTH */
};

/* One answer: its first item, and the whole of it. */
struct redis_answer {
	struct resp_item head;
	struct span whole;
};

/* Words of a question that are put in when it is asked; only their addresses count. */
extern const char redis_word_user[];
extern const char redis_word_key[];
extern const char redis_word_password[];

#define REDIS_WORDS 6

struct redis_question {
	const char *words[REDIS_WORDS]; /* up to NULL */
	enum redis_family family;
	/* is the answer one that this question has? */
	bool (*take)(struct redis *redis, const struct redis_answer *answer);
};

extern const struct redis_question redis_questions[];

#endif
