/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] A conversation with Redis: see redis.h. What is asked stands in redis_questions.c. */
#include "audit/talk/redis.h"

#include <string.h>

#include "audit/talk/keep.h"
#include "audit/talk/redis_info.h"
#include "audit/talk/redis_questions.h"
#include "lib/own.h"

static const char *fill(const struct redis *redis, const char *word)
{
	if (word == redis_word_user) /* who has not logged in is always this one: redis/src/acl.c */
		return redis->user[0] ? redis->user : "default";
	if (word == redis_word_key)
		return redis_keys[redis->key];
	return word == redis_word_password && redis->passwords ? redis->passwords[redis->tries]
							       : word;
}

/* Always as an array of bulks, where no byte of a word can mean anything else. */
static enum talk ask(struct redis *redis, enum redis_step step, struct buf *out)
{
	const char *const *words = redis_questions[step].words;
	unsigned count = 0;

	redis->step = step;
	while (count < REDIS_WORDS && words[count])
		count++;
	buf_printf(out, "*%u\r\n", count);
	for (unsigned i = 0; i < count; i++) {
		const char *word = fill(redis, words[i]);

		buf_printf(out, "$%zu\r\n%s\r\n", strlen(word), word);
	}
	return TALK_MORE;
}

/* Is the question worth asking, after what was answered so far? */
static bool is_wanted(const struct redis *redis, enum redis_step step)
{
	enum redis_family family = redis_questions[step].family;

	if (family < REDIS_FAMILIES && redis->families[family] == REDIS_MAY_NOT)
		return false;
	if (step == STEP_COUNT)
		return !redis->is_let_in;
	if (step == STEP_GETRANGE)
		return redis->keys[redis->key].state == REDIS_KEY_PRESENT;
	return true;
}

static enum talk go_on(struct redis *redis, struct buf *out)
{
	enum redis_step step = redis->step;

	do {
		if (step == STEP_GETRANGE && redis->key + 1 < REDIS_KEYS) {
			redis->key++;
			step = STEP_EXISTS;
		} else {
			step++;
		}
	} while (!is_wanted(redis, step));
	return ask(redis, step, out);
}

static bool is_any(struct span text, const char *const *beginnings)
{
	for (; *beginnings; beginnings++)
		if (span_starts(text, *beginnings))
			return true;
	return false;
}

/* Errors that come behind the checks of login and permissions: processCommand(),
 * redis/src/server.c. */
static bool is_inside(struct span error)
{
	static const char *const codes[] = {"LOADING ", "MISCONF ",  "MASTERDOWN ", "BUSY ",
					    "OOM ",     "READONLY ", "CLUSTERDOWN", "MOVED ",
					    "ASK ",     "TRYAGAIN ", "WRONGTYPE ",  NULL};

	return is_any(error, codes);
}

/* It wants a password; "operation not permitted" is what it said before 2.8. */
static bool is_noauth(struct span error)
{
	static const char *const codes[] = {"NOAUTH", "ERR operation not permitted", NULL};

	return is_any(error, codes);
}

static void let_in(struct redis *redis)
{
	redis->is_let_in = true;
	if (redis->outcome == REDIS_UNKNOWN)
		redis->outcome = REDIS_SERVED;
}

static void take_error(struct redis *redis, struct span error)
{
	static const char *const no_such[] = {"ERR unknown ", "ERR Unknown ", NULL};
	enum redis_family family = redis_questions[redis->step].family;

	if (is_inside(error)) {
		let_in(redis);
		if (redis->step == STEP_EXISTS &&
		    (span_starts(error, "MOVED ") || span_starts(error, "ASK ")))
			redis->keys[redis->key].state = REDIS_KEY_ELSEWHERE;
	} else if (span_starts(error, "NOPERM")) {
		redis->was_refused = true;
		redis->families[family] = REDIS_MAY_NOT;
	} else if (is_any(error, no_such)) {
		redis->families[family] = REDIS_MAY_NOT;
		redis->is_missing[family] = true;
	} else if (span_starts(error, "ERR Invalid command specified")) {
		*(redis->step == STEP_HAS_SET ? &redis->set_exists : &redis->eval_exists) =
		    REDIS_MAY_NOT;
		redis->families[REDIS_COMMAND] = REDIS_MAY;
		let_in(redis);
	}
}

/* A proxy, or another product, may answer PING by itself before any login. */
static bool is_served(const struct redis *redis)
{
	for (unsigned family = REDIS_COMMAND; family < REDIS_FAMILIES; family++)
		if (redis->families[family] == REDIS_MAY)
			return true;
	return false;
}

/* NOAUTH before anything was served: guess, if that was wanted; behind it: no more to learn. */
static enum talk take_noauth(struct redis *redis, struct buf *out)
{
	if (is_served(redis) || redis->password)
		return ask(redis, STEP_QUIT, out);
	redis->is_let_in = false;
	redis->outcome = REDIS_NOAUTH;
	if (!redis->passwords || redis->tries >= REDIS_MAX_TRIES || !redis->passwords[redis->tries])
		return ask(redis, STEP_QUIT, out);
	return ask(redis, STEP_AUTH, out);
}

/*
 * "Without any password" is said of the user "default", and also where that is switched off and
 * nobody gets in without a name (authCommand() of redis/src/acl.c). So it is asked once more.
 */
static enum talk take_auth(struct redis *redis, const struct redis_answer *answer, struct buf *out)
{
	static const char *const no_password[] = {"ERR AUTH <password> called without",
						  "ERR Client sent AUTH, but no password", NULL};
	static const char *const wrong[] = {"WRONGPASS", "ERR invalid password", NULL};
	struct span text = answer->head.text;

	if (answer->head.type == '+' && span_is(text, "OK")) {
		redis->outcome = REDIS_PASSWORD;
		redis->password = redis->passwords[redis->tries];
		redis->is_let_in = true;
		redis->step = STEP_COUNT;
		return go_on(redis, out);
	}
	redis->tries++;
	if (answer->head.type == '-' && is_any(text, wrong))
		return take_noauth(redis, out);
	redis->tries = REDIS_MAX_TRIES;
	if (answer->head.type != '-' || !is_any(text, no_password))
		return ask(redis, STEP_QUIT, out);
	redis->outcome = REDIS_UNKNOWN;
	memset(redis->families, 0, sizeof(redis->families));
	return ask(redis, STEP_PING, out);
}

/* Only before the first answer: what else but Redis could this be? */
static bool is_redis(const struct redis_answer *answer)
{
	return answer->head.type == '-' ||
	       (resp_is_text(&answer->head) && span_is(answer->head.text, "PONG"));
}

static bool is_error(const struct redis_answer *answer)
{
	return answer->head.type == '-' || answer->head.type == '!';
}

/* Pushes and attributes are only for who asked for version 3 (HELLO 3). */
static bool is_unasked(const struct redis_answer *answer)
{
	return answer->head.type == '>' || answer->head.type == '|';
}

static enum talk hang_up(struct redis *redis, enum redis_outcome outcome, enum talk talk)
{
	redis->outcome = outcome;
	redis->is_over = true;
	return talk;
}

static enum talk take(struct redis *redis, struct span whole, struct buf *out)
{
	struct redis_answer answer = {.whole = whole};
	const struct redis_question *question = &redis_questions[redis->step];

	if (!resp_next(&whole, &answer.head) || is_unasked(&answer))
		return hang_up(redis, REDIS_BROKEN, TALK_BROKEN);
	if (!redis->has_started && !is_redis(&answer))
		return hang_up(redis, REDIS_NOT_REDIS, TALK_DONE);
	redis->has_started = true;
	if (redis->step == STEP_QUIT)
		return hang_up(redis, redis->outcome, TALK_DONE);
	if (is_error(&answer)) {
		if (!redis->refusal[0])
			talk_keep(redis->refusal, sizeof(redis->refusal), answer.head.text);
		if (span_starts(answer.head.text, "DENIED ") && !redis->is_let_in)
			return hang_up(redis, REDIS_DENIED, TALK_DONE); /* so does the server */
	}
	if (redis->step == STEP_AUTH)
		return take_auth(redis, &answer, out);
	if (is_error(&answer)) {
		if (is_noauth(answer.head.text))
			return take_noauth(redis, out);
		take_error(redis, answer.head.text);
		if (redis->step == STEP_PING && !redis->is_let_in &&
		    redis->families[REDIS_PING] != REDIS_MAY_NOT)
			return ask(redis, STEP_QUIT, out); /* too many clients, or no Redis */
	} else if (question->take(redis, &answer)) {
		redis->families[question->family] = REDIS_MAY;
		let_in(redis);
	}
	return go_on(redis, out);
}

enum talk redis_begin(struct redis *redis, const char *const *passwords, struct buf *out)
{
	*redis = (struct redis){.passwords = passwords, .is_silent = true};
	resp_begin(&redis->resp);
	return ask(redis, STEP_PING, out);
}

static enum talk take_broken(struct redis *redis, char byte)
{
	bool is_tls = redis->resp.bytes.len == 0 && (byte == 21 || byte == 22);

	if (redis->has_started)
		return hang_up(redis, REDIS_BROKEN, TALK_BROKEN);
	/* 21 is a record of TLS with an alert, 22 one with a handshake (RFC 8446, 5.1); neither
	   begins a value of RESP */
	return hang_up(redis, is_tls ? REDIS_TLS : REDIS_NOT_REDIS, TALK_DONE);
}

enum talk redis_feed(struct redis *redis, struct span in, struct buf *out)
{
	enum talk talk = TALK_MORE;

	if (redis->is_over)
		return redis->outcome == REDIS_BROKEN ? TALK_BROKEN : TALK_DONE;
	if (in.len > 0)
		redis->is_silent = false;
	while (talk == TALK_MORE && in.len > 0) {
		const char *from = in.data;
		enum resp_got got = resp_feed(&redis->resp, &in);

		redis->taken += (size_t)(in.data - from);
		if (got == RESP_BROKEN)
			talk = take_broken(redis, *from);
		if (got != RESP_VALUE)
			continue;
		talk = take(redis, resp_value(&redis->resp), out);
		resp_clear(&redis->resp, TALK_MAX_BYTES - redis->taken);
	}
	if (redis->is_over)
		redis_end(redis);
	return talk;
}

void redis_end(struct redis *redis)
{
	redis->is_over = true;
	if (redis->outcome == REDIS_UNKNOWN && redis->was_refused)
		redis->outcome = REDIS_NOPERM;
	redis_info_conclude(redis);
}

void redis_done(struct redis *redis)
{
	resp_done(&redis->resp);
}

const char *redis_outcome_name(enum redis_outcome outcome)
{
	static const char *const names[] = {
	    [REDIS_UNKNOWN] = "unknown",     [REDIS_SERVED] = "served", [REDIS_NOPERM] = "noperm",
	    [REDIS_PASSWORD] = "password",   [REDIS_NOAUTH] = "noauth", [REDIS_DENIED] = "denied",
	    [REDIS_NOT_REDIS] = "not redis", [REDIS_TLS] = "tls",       [REDIS_BROKEN] = "broken",
	};

	return names[outcome];
}
