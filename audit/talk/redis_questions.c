/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What Redis is asked: see redis_questions.h. */
#include "audit/talk/redis_questions.h"

#include <string.h>

#include "audit/talk/keep.h"
#include "audit/talk/redis_info.h"

const char redis_word_user[] = "USER";
const char redis_word_key[] = "KEY";
const char redis_word_password[] = "PASSWORD";

const char *const redis_keys[REDIS_KEYS] = {"backup1", "backup2", "backup3", "backup4", "crackit"};

static bool take_pong(struct redis *redis, const struct redis_answer *answer)
{
	(void)redis;
	return resp_is_text(&answer->head) && span_is(answer->head.text, "PONG");
}

static bool take_number(struct redis *redis, const struct redis_answer *answer)
{
	(void)redis;
	return answer->head.type == ':';
}

static bool take_user(struct redis *redis, const struct redis_answer *answer)
{
	if (!resp_is_text(&answer->head))
		return false;
	talk_keep(redis->user, sizeof(redis->user), answer->head.text);
	return true;
}

/* Begins with the name of a section, or with a field (genRedisInfoString(), redis/src/server.c). */
static bool is_info(struct span text)
{
	size_t len = 0;

	if (span_starts(text, "# "))
		return true;
	while (len < text.len &&
	       ((text.data[len] >= 'a' && text.data[len] <= 'z') || text.data[len] == '_'))
		len++;
	return len > 0 && len < text.len && text.data[len] == ':';
}

static bool take_info(struct redis *redis, const struct redis_answer *answer)
{
	if (!resp_is_text(&answer->head) || answer->head.type == '+' ||
	    (answer->head.text.len > 0 && !is_info(answer->head.text)))
		return false;
	redis_info_read(redis, answer->head.text);
	if (redis->step == STEP_KEYSPACE)
		redis->has_key_count = true;
	return true;
}

static bool take_acl(struct redis *redis, const struct redis_answer *answer)
{
	redis_acl_read(&redis->acl, answer->whole);
	return redis->acl.is_read;
}

/* COMMAND GETKEYS of a command that is there names its keys. */
static bool take_getkeys(struct redis *redis, const struct redis_answer *answer)
{
	bool is_there = resp_is_aggregate(&answer->head);

	if (is_there)
		*(redis->step == STEP_HAS_SET ? &redis->set_exists : &redis->eval_exists) =
		    REDIS_MAY;
	return is_there;
}

static bool take_exists(struct redis *redis, const struct redis_answer *answer)
{
	bool is_there = span_is(answer->head.text, "1");

	if (answer->head.type != ':' || (!is_there && !span_is(answer->head.text, "0")))
		return false;
	redis->keys[redis->key].state = is_there ? REDIS_KEY_PRESENT : REDIS_KEY_ABSENT;
	return true;
}

static bool take_value(struct redis *redis, const struct redis_answer *answer)
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
static bool take_config(struct redis *redis, const struct redis_answer *answer)
{
	struct span rest = answer->whole;
	struct resp_item item;

	if (!resp_is_aggregate(&answer->head) || !resp_next(&rest, &item))
		return false;
	if (!resp_next(&rest, &item)) /* the name */
		return true;
	if (!resp_is_text(&item) || !span_is(item.text, redis_questions[redis->step].words[2]))
		return false;
	if (!resp_next(&rest, &item) || !resp_is_text(&item))
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

const struct redis_question redis_questions[] = {
    [STEP_PING] = {{"PING"}, REDIS_PING, take_pong},
    [STEP_COUNT] = {{"COMMAND", "COUNT"}, REDIS_COMMAND, take_number},
    [STEP_WHOAMI] = {{"ACL", "WHOAMI"}, REDIS_ACL, take_user},
    [STEP_SERVER] = {{"INFO", "server"}, REDIS_INFO, take_info},
    [STEP_REPLICATION] = {{"INFO", "replication"}, REDIS_INFO, take_info},
    [STEP_KEYSPACE] = {{"INFO", "keyspace"}, REDIS_INFO, take_info},
    [STEP_GETUSER] = {{"ACL", "GETUSER", redis_word_user}, REDIS_ACL, take_acl},
    [STEP_HAS_SET] = {{"COMMAND", "GETKEYS", "SET", "k", "v"}, REDIS_COMMAND, take_getkeys},
    [STEP_HAS_EVAL] = {{"COMMAND", "GETKEYS", "EVAL", "0", "1", "k"}, REDIS_COMMAND, take_getkeys},
    [STEP_EXISTS] = {{"EXISTS", redis_word_key}, REDIS_EXISTS, take_exists},
    [STEP_GETRANGE] = {{"GETRANGE", redis_word_key, "0", "100"}, REDIS_GETRANGE, take_value},
    [STEP_DIR] = {{"CONFIG", "GET", "dir"}, REDIS_CONFIG, take_config},
    [STEP_DBFILENAME] = {{"CONFIG", "GET", "dbfilename"}, REDIS_CONFIG, take_config},
    [STEP_QUIT] = {{"QUIT"}, REDIS_FAMILIES, NULL},
    [STEP_AUTH] = {{"AUTH", redis_word_password}, REDIS_FAMILIES, NULL},
};
