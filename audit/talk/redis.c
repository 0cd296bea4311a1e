/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] A conversation with Redis: see redis.h. What INFO says is read in redis_info.c. */
#include "audit/talk/redis.h"

#include <string.h>

#include "audit/talk/keep.h"
#include "audit/talk/redis_info.h"
#include "lib/own.h"

const char *const redis_keys[REDIS_KEYS] = {"backup1", "backup2", "backup3", "backup4", "crackit"};

/* Words of a question that are put in when it is asked; only their addresses count. */
static const char word_user[] = "USER";
static const char word_key[] = "KEY";
static const char word_password[] = "PASSWORD";

enum step {
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
struct answer {
	struct resp_item head;
	struct span whole;
};

/* Each take() says whether the answer is one that this question has. */
static bool take_pong(struct redis *redis, const struct answer *answer)
{
	(void)redis;
	return resp_is_text(&answer->head) && span_is(answer->head.text, "PONG");
}

static bool take_number(struct redis *redis, const struct answer *answer)
{
	(void)redis;
	return answer->head.type == ':';
}

static bool take_user(struct redis *redis, const struct answer *answer)
{
	if (!resp_is_text(&answer->head))
		return false;
	talk_keep(redis->user, sizeof(redis->user), answer->head.text);
	return true;
}

static bool take_info(struct redis *redis, const struct answer *answer)
{
	if (!resp_is_text(&answer->head) || answer->head.type == '+')
		return false;
	redis_info_read(redis, answer->head.text);
	if (redis->step == STEP_KEYSPACE)
		redis->has_key_count = true;
	return true;
}

static bool take_acl(struct redis *redis, const struct answer *answer)
{
	redis_acl_read(&redis->acl, answer->whole);
	return redis->acl.is_read;
}

/* COMMAND GETKEYS of a command that is there names its keys. */
static bool take_getkeys(struct redis *redis, const struct answer *answer)
{
	bool is_there = resp_is_aggregate(&answer->head);

	if (is_there)
		*(redis->step == STEP_HAS_SET ? &redis->set_exists : &redis->eval_exists) =
		    REDIS_MAY;
	return is_there;
}

static bool take_exists(struct redis *redis, const struct answer *answer)
{
	bool is_there = span_is(answer->head.text, "1");

	if (answer->head.type != ':' || (!is_there && !span_is(answer->head.text, "0")))
		return false;
	redis->keys[redis->key].state = is_there ? REDIS_KEY_PRESENT : REDIS_KEY_ABSENT;
	return true;
}

static bool take_value(struct redis *redis, const struct answer *answer)
{
	struct redis_key *key = &redis->keys[redis->key];
	struct span text = answer->head.text;

	if (!resp_is_text(&answer->head))
		return false;
	key->len = text.len < sizeof(key->value) ? text.len : sizeof(key->value);
	if (key->len > 0)
		memcpy(key->value, text.data, key->len);
	return true;
}

/* A name and its value; no element at all where the server has no such setting. */
static bool take_config(struct redis *redis, const struct answer *answer)
{
	struct span rest = answer->whole;
	struct resp_item item;

	if (!resp_is_aggregate(&answer->head) || !resp_next(&rest, &item))
		return false;
	if (!resp_next(&rest, &item) || !resp_next(&rest, &item) || !resp_is_text(&item))
		return true;
	if (redis->step == STEP_DIR) {
		redis->has_dir = true;
		talk_keep(redis->dir, sizeof(redis->dir), item.text);
	} else {
		redis->has_dbfilename = true;
		talk_keep(redis->dbfilename, sizeof(redis->dbfilename), item.text);
	}
	return true;
}

static const struct question {
	const char *words[6];
	enum redis_family family;
	bool (*take)(struct redis *redis, const struct answer *answer);
} questions[] = {
    [STEP_PING] = {{"PING"}, REDIS_PING, take_pong},
    [STEP_COUNT] = {{"COMMAND", "COUNT"}, REDIS_COMMAND, take_number},
    [STEP_WHOAMI] = {{"ACL", "WHOAMI"}, REDIS_ACL, take_user},
    [STEP_SERVER] = {{"INFO", "server"}, REDIS_INFO, take_info},
    [STEP_REPLICATION] = {{"INFO", "replication"}, REDIS_INFO, take_info},
    [STEP_KEYSPACE] = {{"INFO", "keyspace"}, REDIS_INFO, take_info},
    [STEP_GETUSER] = {{"ACL", "GETUSER", word_user}, REDIS_ACL, take_acl},
    [STEP_HAS_SET] = {{"COMMAND", "GETKEYS", "SET", "k", "v"}, REDIS_COMMAND, take_getkeys},
    [STEP_HAS_EVAL] = {{"COMMAND", "GETKEYS", "EVAL", "0", "1", "k"}, REDIS_COMMAND, take_getkeys},
    [STEP_EXISTS] = {{"EXISTS", word_key}, REDIS_EXISTS, take_exists},
    [STEP_GETRANGE] = {{"GETRANGE", word_key, "0", "100"}, REDIS_GETRANGE, take_value},
    [STEP_DIR] = {{"CONFIG", "GET", "dir"}, REDIS_CONFIG, take_config},
    [STEP_DBFILENAME] = {{"CONFIG", "GET", "dbfilename"}, REDIS_CONFIG, take_config},
    [STEP_QUIT] = {{"QUIT"}, REDIS_FAMILIES, NULL},
    [STEP_AUTH] = {{"AUTH", word_password}, REDIS_FAMILIES, NULL},
};

static const char *fill(const struct redis *redis, const char *word)
{
	if (word == word_user) /* who has not logged in is always this one: redis/src/acl.c */
		return redis->user[0] ? redis->user : "default";
	if (word == word_key)
		return redis_keys[redis->key];
	return word == word_password ? redis->passwords[redis->tries] : word;
}

/* Always as an array of bulks, where no byte of a word can mean anything else. */
static enum talk ask(struct redis *redis, enum step step, struct buf *out)
{
	const char *const *words = questions[step].words;
	unsigned count = 0;

	redis->step = step;
	while (count < ARRAY_LEN(questions[step].words) && words[count])
		count++;
	buf_printf(out, "*%u\r\n", count);
	for (unsigned i = 0; i < count; i++) {
		const char *word = fill(redis, words[i]);

		buf_printf(out, "$%zu\r\n%s\r\n", strlen(word), word);
	}
	return TALK_MORE;
}

/* Is the question worth asking, after what was answered so far? */
static bool is_wanted(const struct redis *redis, enum step step)
{
	enum redis_family family = questions[step].family;

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
	enum step step = redis->step;

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
	enum redis_family family = questions[redis->step].family;

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

/* NOAUTH before anything was served: guess, if that was wanted; behind it: no more to learn. */
static enum talk take_noauth(struct redis *redis, struct buf *out)
{
	if (redis->is_let_in)
		return ask(redis, STEP_QUIT, out);
	redis->outcome = REDIS_NOAUTH;
	if (!redis->passwords || redis->tries >= REDIS_MAX_TRIES || !redis->passwords[redis->tries])
		return ask(redis, STEP_QUIT, out);
	return ask(redis, STEP_AUTH, out);
}

/*
 * "Without any password" is said of the user "default", and also where that is switched off and
 * nobody gets in without a name (authCommand() of redis/src/acl.c). So it is asked once more.
 */
static enum talk take_auth(struct redis *redis, const struct answer *answer, struct buf *out)
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
static bool is_redis(const struct answer *answer)
{
	return answer->head.type == '-' ||
	       (resp_is_text(&answer->head) && span_is(answer->head.text, "PONG"));
}

static enum talk hang_up(struct redis *redis, enum redis_outcome outcome, enum talk talk)
{
	redis->outcome = outcome;
	redis->is_over = true;
	return talk;
}

static enum talk take(struct redis *redis, struct span whole, struct buf *out)
{
	struct answer answer = {.whole = whole};
	const struct question *question = &questions[redis->step];

	if (!resp_next(&whole, &answer.head))
		return hang_up(redis, REDIS_BROKEN, TALK_BROKEN);
	if (!redis->has_started && !is_redis(&answer))
		return hang_up(redis, REDIS_NOT_REDIS, TALK_DONE);
	redis->has_started = true;
	if (redis->step == STEP_QUIT)
		return hang_up(redis, redis->outcome, TALK_DONE);
	if (answer.head.type == '-' || answer.head.type == '!') {
		if (!redis->refusal[0])
			talk_keep(redis->refusal, sizeof(redis->refusal), answer.head.text);
		if (span_starts(answer.head.text, "DENIED ") && !redis->is_let_in)
			return hang_up(redis, REDIS_DENIED, TALK_DONE); /* so does the server */
	}
	if (redis->step == STEP_AUTH)
		return take_auth(redis, &answer, out);
	if (answer.head.type == '-' || answer.head.type == '!') {
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
