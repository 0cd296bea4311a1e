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
#include "lib/own.h"

#define GREETING_MS 300U /* that a server has to greet */
#define ANSWER_MS 500U

/* One listener, and the question that is on its way. */
struct asked {
	struct conversation conversation;
	const enum service *attempts; /* those that are left; NULL: waiting for the greeting */
	char bytes[GREETING_MAX];
	size_t len;
	enum service question; /* SERVICE_MORE: none */
	bool is_tls;
	enum service found;
	int error; /* of a connection that could not be made; else 0 */

	int64_t namespace;
	const char *bound;
	const char *address;
	int64_t port;
	const char *comm;
	bool is_asked;
};

/* ---- a conversation ---- */

static enum talk ask(void *machine, struct buf *out)
{
	const struct asked *asked = machine;
	struct span question = service_question(asked->question);

	if (asked->question != SERVICE_MORE)
		buf_put(out, question.data, question.len);
	return TALK_MORE;
}

/* Whoever shakes hands speaks TLS; what he speaks within is the next question. */
static enum talk ask_within(void *machine, struct buf *out)
{
	struct asked *asked = machine;

	asked->is_tls = true;
	asked->found = SERVICE_TLS;
	return ask(machine, out);
}

static enum talk listen_to(void *machine, struct span in, struct buf *out)
{
	struct asked *asked = machine;
	size_t room = sizeof(asked->bytes) - asked->len;
	size_t len = in.len < room ? in.len : room;
	struct span all;
	enum service found;

	(void)out;
	memcpy(asked->bytes + asked->len, in.data, len);
	asked->len += len;
	all = (struct span){asked->bytes, asked->len};
	found = asked->question == SERVICE_MORE ? service_of_greeting(all)
						: service_of_answer(asked->question, all);
	if (found == SERVICE_MORE && asked->len < sizeof(asked->bytes))
		return TALK_MORE;
	if (found != SERVICE_MORE && found != SERVICE_OTHER)
		asked->found = found;
	return TALK_DONE;
}

static const struct carry_machine machine = {ask, listen_to, ask_within};

/* The next question to a listener that is not known yet. */
static struct conversation *go_on(struct conversation *over, enum carry_end end, int error)
{
	struct asked *asked = over->machine;

	if (end == CARRY_REFUSED) { /* a full queue of those who wait is silence, too */
		asked->error = error == ETIMEDOUT ? 0 : error;
		return NULL;
	}
	if (asked->found != SERVICE_OTHER)
		return NULL;
	if (!asked->attempts)
		asked->attempts = service_attempts((uint16_t)asked->port, asked->comm);
	if (*asked->attempts == SERVICE_OTHER)
		return NULL;
	asked->question = *asked->attempts++;
	asked->len = 0;
	over->is_tls = asked->question == SERVICE_TLS;
	over->timeout_ms = ANSWER_MS;
	return over;
}

/* ---- the table ---- */

static struct asked *new_asked(struct host *host, unsigned row, const struct value *values)
{
	struct arena *arena = host_arena(host);
	struct asked *asked = arena_alloc(arena, 1, sizeof(*asked));

	asked->question = SERVICE_MORE;
	asked->found = SERVICE_OTHER;
	asked->namespace = values[0].integer;
	asked->address = arena_text(arena, values[2].text);
	asked->port = values[3].integer;
	asked->bound = arena_text(arena, values[4].text);
	if (values[5].text.data)
		asked->comm = arena_text(arena, values[5].text);
	asked->is_asked = service_is_hinted((uint16_t)asked->port, asked->comm);
	asked->conversation = (struct conversation){
	    .row = row, .timeout_ms = GREETING_MS, .of = &machine, .machine = asked, .over = go_on};
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
}

static int collect(struct host *host, struct err *err)
{
	struct conversation *queue = NULL;
	struct conversation **end = &queue;
	struct asked *first = NULL;
	struct value values[6];
	unsigned row = 0;
	int got;

	while ((got = host_input(host, values, 6, err)) > 0) {
		struct asked *asked = new_asked(host, row++, values);

		asked->conversation.context = first; /* all of them, to tell of at the end */
		first = asked;
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
    COLUMNS(
	{"namespace", INTEGER, "id of the network namespace"},
	{"address", TEXT, "that the listener is bound to"},
	{"asked", TEXT, "address that was called, from itself"}, {"port", INTEGER, "local port"},
	{"service", TEXT, "redis, mysql, postgresql, http, tls …; NULL: nothing that is known"},
	{"is_tls", INTEGER, "1: within TLS from the first byte on"},
	{"answer", TEXT,
	 "answered, silent, refused, unreachable; not asked: neither port nor process point to a "
	 "service that is known here"}),
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
