/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Redis server that is made of question and answer. */
#ifndef TESTS_UNIT_REDIS_PEER_H
#define TESTS_UNIT_REDIS_PEER_H

#include "audit/talk/redis.h"
#include "tests/unit/talk.h"

/*
 * What a server answers to a question that begins so; the first that fits. NULL ends. Behind @
 * stands the text of a bulk.
 */
struct line {
	const char *question;
	const char *answer;
	size_t len; /* 0: up to the NUL */
};

struct talked {
	struct redis redis;
	struct buf asked;   /* the questions, "PING; QUIT; " */
	struct buf answers; /* all of them in a row */
	enum talk talk;
};

/* "*2\r\n$3\r\nACL\r\n$6\r\nWHOAMI\r\n" as "ACL WHOAMI" */
static void read_question(struct span bytes, struct buf *question)
{
	struct resp_item item;

	buf_clear(question);
	while (resp_next(&bytes, &item)) {
		if (item.type != '$')
			continue;
		if (question->len > 0)
			buf_text(question, " ");
		buf_put(question, item.text.data, item.text.len);
	}
}

static void answer(const struct line *lines, const char *question, struct buf *out)
{
	while (lines->question && strncmp(question, lines->question, strlen(lines->question)) != 0)
		lines++;
	buf_clear(out);
	if (lines->question && lines->answer[0] == '@')
		buf_printf(out, "$%zu\r\n%s\r\n", strlen(lines->answer + 1), lines->answer + 1);
	else if (lines->question)
		buf_put(out, lines->answer, lines->len ? lines->len : strlen(lines->answer));
}

/* Until it is over, or the server has no answer and hangs up. */
static void talk_with(struct talked *talked, const struct line *lines, const char *const *passwords,
		      size_t piece)
{
	auto_buf struct buf out;
	auto_buf struct buf question;
	auto_buf struct buf bytes;

	buf_init(&out, 4096);
	buf_init(&question, 4096);
	buf_init(&bytes, 65536);
	buf_init(&talked->asked, 65536);
	buf_init(&talked->answers, 1U << 20);
	talked->talk = redis_begin(&talked->redis, passwords, &out);
	while (talked->talk == TALK_MORE) {
		read_question(buf_span(&out), &question);
		buf_clear(&out);
		buf_printf(&talked->asked, "%s; ", buf_string(&question));
		answer(lines, buf_string(&question), &bytes);
		buf_put(&talked->answers, bytes.data, bytes.len);
		talked->talk = FEED(redis_feed, &talked->redis, bytes, piece, &out);
		if (talked->talk == TALK_MORE && out.len == 0) {
			redis_end(&talked->redis);
			break;
		}
	}
	(void)buf_string(&talked->asked); /* ends it */
}

static void forget(struct talked *talked)
{
	redis_done(&talked->redis);
	buf_done(&talked->asked);
	buf_done(&talked->answers);
}

#endif
