/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table services: see the spec at the end. Each listener is waited for, since those that
 * greet must not be asked anything else, and then asked one question a connection, all listeners at
 * once.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "audit/talk/carry.h"
#include "audit/talk/greeting.h"
#include "audit/talk/hello.h"
#include "audit/talk/mysql.h"
#include "lib/own.h"

/* That a server has to greet, and to answer: one on this host takes milliseconds, unless it looks
 * up our name first, as MySQL does. */
#define GREETING_MS 300U
#define MYSQL_MS 5000U
#define ANSWER_MS 500U
#define HELLO_MS 1000U /* for an answer that costs the server a signature */
#define GUESS_MS 300U  /* where nothing says that there is a server */

#define MAX_ASKED 4096U /* listeners; the others are not asked, and the table is not complete */

/* One listener, and the question that is on its way. */
struct asked {
	struct conversation conversation;
	const enum service *attempts; /* those that are left; NULL: waiting for the greeting */
	char bytes[GREETING_MAX];
	size_t len;
	enum service question; /* SERVICE_MORE: none */
	bool is_tls;
	bool was_entered; /* it was asked what it speaks within TLS */
	bool was_alerted; /* and refused: it wants a certificate of ours */
	enum service found;
	struct mysql *mysql; /* once it has greeted */
	int error;           /* of a connection that could not be made; else 0 */

	struct arena *arena;
	int64_t namespace;
	const char *bound;
	const char *address;
	int64_t port;
	const char *comm;
	bool is_hinted;
	bool is_asked;
};

/* ---- a conversation ---- */

/* Of our own, since an alert is an answer, too: from who wants another version, or to be called by
 * its name. With TLS 1.3, whose first answer costs a server no key. */
static enum talk say_hello(struct buf *out)
{
	static const struct hello_question question = {.version = TLS_1_3};
	static const unsigned char random[32];
	struct hello hello;

	return hello_begin(&hello, &question, random, out);
}

static enum talk ask(void *machine, struct buf *out)
{
	const struct asked *asked = machine;
	struct span question = service_question(asked->question);

	if (asked->question == SERVICE_TLS)
		return say_hello(out);
	if (asked->question != SERVICE_MORE)
		buf_put(out, question.data, question.len);
	return TALK_MORE;
}

/*
 * A handshake that nobody finishes is counted against this host, until the server blocks it: so it
 * is finished, as a user that there is not (mysql.h). In clear, which costs the server least.
 */
static enum talk finish_mysql(struct asked *asked, struct buf *out)
{
	const struct mysql_try nobody = {.user = MYSQL_NOBODY, .password = "", .avoid_tls = true};
	struct span all = {asked->bytes, asked->len};

	asked->mysql = arena_alloc(asked->arena, 1, sizeof(*asked->mysql));
	(void)mysql_begin(asked->mysql, &nobody, out); /* waits for the greeting */
	return mysql_feed(asked->mysql, all, out);
}

static enum talk listen_to(void *machine, struct span in, struct buf *out)
{
	struct asked *asked = machine;
	size_t room = sizeof(asked->bytes) - asked->len;
	size_t len = in.len < room ? in.len : room;
	struct span all;
	enum service found;

	if (asked->mysql)
		return mysql_feed(asked->mysql, in, out);
	memcpy(asked->bytes + asked->len, in.data, len);
	asked->len += len;
	all = (struct span){asked->bytes, asked->len};
	found = asked->question == SERVICE_MORE ? service_of_greeting(all)
						: service_of_answer(asked->question, all);
	if (found == SERVICE_MORE && asked->len < sizeof(asked->bytes))
		return TALK_MORE;
	if (found == SERVICE_TLS)
		asked->is_tls = true;
	if (found > SERVICE_OTHER && !(found == SERVICE_TLS && asked->found == SERVICE_HTTP))
		asked->found = found;
	return found == SERVICE_MYSQL ? finish_mysql(asked, out) : TALK_DONE;
}

static const struct carry_machine machine = {ask, listen_to, ask};

/* The next question, or SERVICE_OTHER. */
static enum service next_question(struct asked *asked)
{
	/* "400" is what web servers answer in clear at a port that wants TLS, too */
	if (asked->found == SERVICE_HTTP && !asked->is_tls && asked->question != SERVICE_TLS &&
	    asked->len > 12 && memcmp(asked->bytes + 8, " 400", 4) == 0)
		return SERVICE_TLS;
	if (asked->found == SERVICE_TLS && !asked->was_entered) {
		asked->was_entered = true;
		return service_is_web((uint16_t)asked->port, asked->comm) ? SERVICE_HTTP
									  : SERVICE_REDIS;
	}
	if (asked->found != SERVICE_OTHER)
		return SERVICE_OTHER;
	if (!asked->attempts)
		asked->attempts = service_attempts((uint16_t)asked->port, asked->comm);
	return *asked->attempts == SERVICE_OTHER ? SERVICE_OTHER : *asked->attempts++;
}

static struct conversation *go_on(struct conversation *over, enum carry_end end, int error)
{
	struct asked *asked = over->machine;

	if (end == CARRY_REFUSED) { /* a full queue of those who wait is silence, too */
		asked->error = error == ETIMEDOUT ? 0 : error;
		return NULL;
	}
	asked->was_alerted = asked->was_entered && end == CARRY_ALERTED;
	asked->question = next_question(asked);
	if (asked->question == SERVICE_OTHER)
		return NULL;
	asked->len = 0;
	over->is_tls = asked->was_entered;
	over->timeout_ms = asked->is_tls || asked->found == SERVICE_HTTP ? HELLO_MS
			   : asked->is_hinted                            ? ANSWER_MS
									 : GUESS_MS;
	return over;
}

/* ---- the table ---- */

static bool is_mysql(const struct asked *asked)
{
	return asked->comm &&
	       (strncmp(asked->comm, "mysqld", 6) == 0 || strncmp(asked->comm, "mariadbd", 8) == 0);
}

static struct asked *new_asked(struct host *host, unsigned row, const struct value *values)
{
	struct arena *arena = host_arena(host);
	struct asked *asked = arena_alloc(arena, 1, sizeof(*asked));

	asked->arena = arena;
	asked->question = SERVICE_MORE;
	asked->found = SERVICE_OTHER;
	asked->namespace = values[0].integer;
	asked->address = arena_text(arena, values[2].text);
	asked->port = values[3].integer;
	asked->bound = arena_text(arena, values[4].text);
	if (values[5].text.data)
		asked->comm = arena_text(arena, values[5].text);
	asked->is_hinted = service_is_hinted((uint16_t)asked->port, asked->comm);
	asked->is_asked = asked->is_hinted || !service_keeps_all((uint16_t)asked->port);
	if (service_never_greets(asked->comm)) { /* then there is nothing to wait for */
		asked->attempts = service_attempts((uint16_t)asked->port, asked->comm);
		asked->question = *asked->attempts++;
	}
	asked->conversation = (struct conversation){.row = row,
						    .timeout_ms = is_mysql(asked)   ? MYSQL_MS
								  : asked->attempts ? ANSWER_MS
										    : GREETING_MS,
						    .of = &machine,
						    .machine = asked,
						    .over = go_on};
	return asked;
}

/* By its name it should have answered, so that silence means nothing good. */
static bool is_expected_to_answer(const struct asked *asked)
{
	static const char *const names[] = {"redis",   "valkey",   "keydb",    "mysqld",
					    "mariadb", "postgres", "memcached"};

	for (size_t i = 0; asked->comm && i < ARRAY_LEN(names); i++)
		if (strncmp(asked->comm, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static void put(struct host *host, const struct asked *asked)
{
	bool is_known = asked->found != SERVICE_OTHER;

	row_int(host, asked->namespace);
	row_text(host, asked->bound);
	row_text(host, asked->address);
	row_int(host, asked->port);
	row_text(host, is_known ? service_name(asked->found) : NULL);
	row_int(host, asked->is_tls);
	row_text(host, asked->error == ECONNREFUSED ? "refused"
		       : asked->error               ? "unreachable"
		       : is_known                   ? "answered"
		       : asked->is_asked            ? "silent"
						    : "not asked");
	row_end(host);
	/* ENETUNREACH: not even its own loopback is up, so nobody gets there */
	if (asked->error && asked->error != ECONNREFUSED && asked->error != ENETUNREACH)
		host_incomplete(host, COVERAGE_PARTIAL, "port %lld cannot be asked: %s",
				(long long)asked->port, strerror(asked->error));
	else if (!asked->error && !is_known && is_expected_to_answer(asked))
		host_incomplete(host, COVERAGE_PARTIAL, "port %lld of %s does not answer",
				(long long)asked->port, asked->comm);
	else if (asked->found == SERVICE_TLS && !asked->was_alerted && is_expected_to_answer(asked))
		host_incomplete(host, COVERAGE_PARTIAL,
				"port %lld of %s does not answer within TLS",
				(long long)asked->port, asked->comm);
}

static int collect(struct host *host, struct err *err)
{
	struct conversation *queue = NULL;
	struct conversation **end = &queue;
	struct asked *first = NULL;
	struct value values[6];
	unsigned row = 0;
	unsigned count = 0;
	int got;

	while ((got = host_input(host, values, 6, err)) > 0) {
		struct asked *asked = new_asked(host, row++, values);

		asked->conversation.context = first; /* all of them, to tell of at the end */
		first = asked;
		if (asked->is_asked && ++count > MAX_ASKED) {
			asked->is_asked = false;
			host_incomplete(
			    host, COVERAGE_PARTIAL,
			    "there are more than %u listeners; the others are not asked",
			    MAX_ASKED);
		}
		if (!asked->is_asked)
			continue;
		*end = &asked->conversation;
		end = &asked->conversation.next;
	}
	if (got < 0 || carry(host, 0, queue, err) < 0)
		return -1;
	for (const struct asked *at = first; at; at = at->conversation.context)
		put(host, at);
	return 0;
}

const struct probe probe_services = {
    .about = "What each TCP listener speaks, by asking it",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"address", TEXT, "that the listener is bound to"},
	    {"asked", TEXT, "address that was called, from itself"},
	    {"port", INTEGER, "local port"},
	    {"service", TEXT, "redis, mysql, postgresql, http, tls …; NULL: nothing that is known"},
	    {"is_tls", INTEGER, "1: within TLS from the first byte on"},
	    {"answer", TEXT,
	     "answered, silent, refused, unreachable; not asked: on that port log collectors and "
	     "printers "
	     "keep whatever comes"}),
    NEEDS({CALL, ""}),
    .input = "WITH reached AS ("
	     "SELECT namespace, family, min(address) AS address FROM addresses"
	     " WHERE address NOT LIKE '127.%' AND address <> '::1' AND address NOT LIKE 'fe8%'"
	     " GROUP BY namespace, family), owners AS ("
	     "SELECT o.inode, min(p.comm) AS comm FROM socket_owners o JOIN "
	     "processes p ON p.pid = o.pid"
	     " WHERE o.inode <> 0 GROUP BY o.inode) "
	     "SELECT s.namespace, 'tcp',"
	     " CASE WHEN s.address = '0.0.0.0' THEN coalesce(r.address, '127.0.0.1')"
	     " WHEN s.address = '::' AND coalesce(s.v6only, 0) = 0"
	     " THEN coalesce(r.address, r4.address, '127.0.0.1')"
	     " WHEN s.address = '::' THEN coalesce(r.address, '::1')"
	     " WHEN s.address LIKE '::ffff:%.%' THEN substr(s.address, 8) ELSE s.address END,"
	     " s.port, s.address, min(o.comm) FROM sockets s"
	     " LEFT JOIN reached r ON r.namespace = s.namespace AND r.family = s.family"
	     " LEFT JOIN reached r4 ON r4.namespace = s.namespace AND r4.family = 'ipv4'"
	     " LEFT JOIN owners o ON o.inode = s.inode"
	     " WHERE s.protocol = 'tcp' AND s.address NOT LIKE 'fe8%'"
	     " GROUP BY s.namespace, s.address, s.port",
    .collect = collect,
};
