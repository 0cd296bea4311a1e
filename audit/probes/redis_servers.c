/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table redis_servers: see the spec at the end. Each server is asked from an address that is
 * not loopback's and, where it listens there too, from loopback: protected mode answers the two
 * differently.
 */
#include "audit/talk/keep.h"
#include "audit/talk/redis.h"
#include "audit/talk/servers.h"
#include "lib/own.h"

#define TIME_MS 3000U /* for one conversation of some twenty questions */

/* What installation guides and examples have: redis.conf of old, and images. */
static const struct words_of words_of = {
    .variables = (const char *const[]){"REDIS_PASSWORD", "REDISCLI_AUTH", NULL},
    .usual = (const char *const[]){"foobared", "redis", "password", NULL},
};

struct asked {
	struct server server;
	struct redis redis;
	enum carry_end end;
};

static enum talk begin(void *machine, struct buf *out)
{
	struct asked *asked = machine;

	return redis_begin(&asked->redis, asked->server.words->items, out);
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

static void init(void *server, const struct value *row)
{
	struct asked *asked = server;

	asked->server.conversation.is_tls = row[5].integer != 0;
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

static void put(struct host *host, void *server)
{
	struct asked *asked = server;
	struct redis *redis = &asked->redis;

	server_put(host, &asked->server);
	row_int(host, is_loopback_text(asked->server.address));
	row_int(host, asked->server.conversation.is_tls);
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
				(long long)asked->server.port);
	else if (asked->end != CARRY_DONE) /* what was not said may be what counts */
		host_incomplete(host, COVERAGE_PARTIAL,
				"the server at port %lld broke off while it was asked",
				(long long)asked->server.port);
	redis_done(redis);
}

static const struct servers servers = {
    .size = sizeof(struct asked),
    .columns = 6,
    .timeout_ms = TIME_MS,
    .machine = &machine,
    .over = over,
    .words = &words_of,
    .init = init,
    .put = put,
};

static int collect(struct host *host, struct err *err)
{
	return servers_ask(host, &servers, err);
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
	"SELECT namespace, 'tcp', asked, port, address, is_tls FROM redis "
	"UNION SELECT namespace, 'tcp', CASE WHEN asked LIKE '%:%' THEN '::1' ELSE '127.0.0.1' END,"
	" port, address, is_tls FROM redis WHERE address IN ('0.0.0.0', '::')",
    .collect = collect,
};
