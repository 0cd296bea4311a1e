/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table redis_servers: see the spec at the end. Each server is asked from an address that is
 * not loopback's and, where it listens there too, from loopback: protected mode answers the two
 * differently.
 */
#include <string.h>

#include "audit/talk/carry.h"
#include "audit/talk/keep.h"
#include "audit/talk/redis.h"
#include "audit/talk/words.h"
#include "lib/own.h"

#define TIME_MS 3000U /* for one conversation of some twenty questions */

/* What installation guides and examples have: redis.conf of old, and images. */
static const struct words_of words_of = {
    .variables = (const char *const[]){"REDIS_PASSWORD", "REDISCLI_AUTH", NULL},
    .usual = (const char *const[]){"foobared", "redis", "password", NULL},
};

struct asked {
	struct conversation conversation;
	struct asked *next;
	struct redis redis;
	const struct words *words;
	int64_t namespace;
	const char *bound;
	const char *address;
	int64_t port;
	bool is_tls;
	enum carry_end end;
};

static enum talk begin(void *machine, struct buf *out)
{
	struct asked *asked = machine;

	return redis_begin(&asked->redis, asked->words->items, out);
}

static enum talk feed(void *machine, struct span in, struct buf *out)
{
	struct asked *asked = machine;

	return redis_feed(&asked->redis, in, out);
}

static const struct carry_machine machine = {begin, feed, begin};

static struct conversation *over(struct conversation *conversation, enum carry_end end, int error)
{
	struct asked *asked = conversation->context;

	(void)error;
	asked->end = end;
	redis_end(&asked->redis);
	return NULL;
}

static struct asked *new_asked(struct host *host, unsigned row, const struct value *values,
			       const struct words *words)
{
	struct arena *arena = host_arena(host);
	struct asked *asked = arena_alloc(arena, 1, sizeof(*asked));

	asked->words = words;
	asked->namespace = values[0].integer;
	asked->address = arena_text(arena, values[2].text);
	asked->port = values[3].integer;
	asked->is_tls = values[4].integer != 0;
	asked->bound = arena_text(arena, values[5].text);
	asked->conversation = (struct conversation){.row = row,
						    .timeout_ms = TIME_MS,
						    .of = &machine,
						    .machine = asked,
						    .is_tls = asked->is_tls,
						    .over = over,
						    .context = asked};
	return asked;
}

static void row_may(struct host *host, enum redis_may may)
{
	if (may == REDIS_MAY_UNKNOWN)
		row_null(host);
	else
		row_int(host, may == REDIS_MAY);
}

static void row_known(struct host *host, const char *text)
{
	row_text(host, text[0] ? text : NULL);
}

static void put_marks(struct host *host, const struct redis *redis)
{
	struct buf keys auto_buf;

	buf_init(&keys, 4096);
	for (unsigned i = 0; i < REDIS_KEYS; i++)
		if (redis->keys[i].state == REDIS_KEY_PRESENT) {
			buf_text(&keys, keys.len > 0 ? ", " : "");
			buf_text(&keys, redis_keys[i]);
		}
	row_text(host, keys.len > 0 ? buf_string(&keys) : NULL);
	row_text(host, redis->has_dir ? redis->dir : NULL);
	row_text(host, redis->has_dbfilename ? redis->dbfilename : NULL);
}

static void put_rights(struct host *host, const struct redis *redis)
{
	row_known(host, redis->user);
	row_may(host, redis->may_info);
	row_may(host, redis->may_command);
	row_may(host, redis->may_config);
	row_may(host, redis->may_eval);
	row_may(host, redis->may_write);
}

/* It was Redis when its port was asked what it speaks: anything else now is no answer, and nor is a
 * server that lets in and then says of nothing whether one may. */
static bool is_judged(const struct redis *redis)
{
	switch (redis->outcome) {
	case REDIS_NOPERM:
	case REDIS_NOAUTH:
	case REDIS_DENIED:
		return true;
	case REDIS_SERVED:
	case REDIS_PASSWORD:
		return redis->may_info != REDIS_MAY_UNKNOWN ||
		       redis->may_config != REDIS_MAY_UNKNOWN ||
		       redis->may_eval != REDIS_MAY_UNKNOWN ||
		       redis->may_write != REDIS_MAY_UNKNOWN;
	case REDIS_UNKNOWN:
	case REDIS_NOT_REDIS:
	case REDIS_TLS:
	case REDIS_BROKEN:
		break;
	}
	return false;
}

static void put(struct host *host, const struct asked *asked)
{
	const struct redis *redis = &asked->redis;

	row_int(host, asked->namespace);
	row_text(host, asked->bound);
	row_int(host, asked->port);
	row_text(host, asked->address);
	row_int(host, is_loopback_text(asked->address));
	row_int(host, asked->is_tls);
	row_text(host,
		 asked->end == CARRY_REFUSED ? "refused" : redis_outcome_name(redis->outcome));
	row_int(host, redis->password != NULL);
	row_known(host, redis->version);
	row_known(host, redis->role);
	put_rights(host, redis);
	if (redis->has_key_count)
		row_int(host, (int64_t)redis->key_count);
	else
		row_null(host);
	put_marks(host, redis);
	row_known(host, redis->config_file);
	row_end(host);
	if (!is_judged(redis))
		host_incomplete(host, COVERAGE_PARTIAL, "the server at port %lld gave no answer",
				(long long)asked->port);
	else if (asked->end != CARRY_DONE) /* what was not said may be what counts */
		host_incomplete(host, COVERAGE_PARTIAL,
				"the server at port %lld broke off while it was asked",
				(long long)asked->port);
}

static int collect(struct host *host, struct err *err)
{
	struct conversation *queue = NULL;
	struct asked *first = NULL;
	struct asked **end = &first;
	struct value values[6];
	struct words words = {0};
	unsigned row = 0;
	int got;

	while ((got = host_input(host, values, 6, err)) > 0) {
		struct asked *asked = new_asked(host, row++, values, &words);

		*end = asked;
		end = &asked->next;
		asked->conversation.next = queue;
		queue = &asked->conversation;
	}
	if (got < 0 || (first && words_gather(host, 1, &words_of, &words, err) < 0) ||
	    carry(host, 0, queue, err) < 0)
		return -1;
	for (struct asked *at = first; at; at = at->next) {
		put(host, at);
		redis_done(&at->redis);
	}
	return 0;
}

const struct probe probe_redis_servers = {
    .about = "Redis servers, whom they let in and into what, by asking them; nothing is written",
    COLUMNS(
	{"namespace", INTEGER, "id of the network namespace"},
	{"address", TEXT, "that the listener is bound to"}, {"port", INTEGER, "local port"},
	{"asked", TEXT, "address that was called, from itself"},
	{"is_loopback", INTEGER, "1: asked from loopback"}, {"is_tls", INTEGER, "1: within TLS"},
	{"outcome", TEXT, "served, noperm, password, noauth, denied (protected mode), unknown …"},
	{"is_password_known", INTEGER, "1: one of the three passwords that were tried opens it"},
	{"version", TEXT, "as it says; NULL: it did not"},
	{"role", TEXT, "master, slave or sentinel"},
	{"user", TEXT, "who one is without a password (ACL WHOAMI)"},
	{"may_info", INTEGER, "1: that one may ask INFO; NULL: not known"},
	{"may_command", INTEGER, "1: may ask COMMAND"},
	{"may_config", INTEGER, "1: may change its configuration"},
	{"may_eval", INTEGER, "1: may run scripts"}, {"may_write", INTEGER, "1: may write"},
	{"key_count", INTEGER, "keys of all databases"},
	{"marks", TEXT, "keys that worms leave: backup1 … backup4, crackit; NULL: none seen"},
	{"dir", TEXT, "folder that it saves to"}, {"dbfilename", TEXT, "and the file's name"},
	{"config_file", TEXT, "its configuration, as it says"}),
    NEEDS({CALL, ""}, WORDS_NEEDS),
    .input =
	"WITH redis AS (SELECT * FROM services WHERE service = 'redis') "
	"SELECT namespace, 'tcp', asked, port, is_tls, address FROM redis "
	"UNION SELECT namespace, 'tcp', CASE WHEN asked LIKE '%:%' THEN '::1' ELSE '127.0.0.1' END,"
	" port, is_tls, address FROM redis WHERE address IN ('0.0.0.0', '::')",
    .collect = collect,
};
