/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table memcached_servers: see the spec at the end. Over TCP as `services` found them; over
 * UDP each socket at memcached's port or of a process of its name, by one datagram.
 */
#include "audit/talk/keep.h"
#include "audit/talk/memcached.h"
#include "audit/talk/servers.h"
#include "lib/own.h"

#define TIME_MS 1000U
#define UDP_ID 0x4844 /* any: it comes back in the answer */

struct asked {
	struct server server;
	struct memcached memcached;
	bool is_udp;
	bool has_answered;
	enum carry_end end;
};

static enum talk begin(void *machine, struct buf *out)
{
	struct asked *asked = machine;

	if (!asked->is_udp)
		return memcached_begin(&asked->memcached, out);
	memcached_udp_ask(UDP_ID, out);
	return TALK_MORE;
}

static enum talk feed(void *machine, struct span in, struct buf *out)
{
	struct asked *asked = machine;
	struct memcached *memcached = &asked->memcached;

	if (!asked->is_udp)
		return memcached_feed(memcached, in, out);
	if (!memcached_udp_is_answer(UDP_ID, in, memcached->version, sizeof(memcached->version)))
		return TALK_MORE;
	memcached->outcome = MEMCACHED_SERVED;
	return TALK_DONE;
}

static const struct carry_machine machine = {begin, feed, begin};

static struct conversation *over(struct conversation *conversation, enum carry_end end, int error)
{
	struct asked *asked = conversation->context;

	(void)error;
	asked->end = end;
	if (!asked->is_udp)
		memcached_end(&asked->memcached);
	return NULL;
}

static void init(void *server, const struct value *row)
{
	struct asked *asked = server;

	asked->is_udp = span_is(row[1].text, "udp");
	asked->server.conversation.is_tls = row[5].integer != 0;
}

static void put(struct host *host, void *server)
{
	struct asked *asked = server;
	struct memcached *memcached = &asked->memcached;
	bool is_silent_udp = asked->is_udp && memcached->outcome == MEMCACHED_UNKNOWN;

	row_int(host, asked->server.namespace);
	row_text(host, asked->is_udp ? "udp" : "tcp");
	row_text(host, asked->server.bound);
	row_int(host, asked->server.port);
	row_text(host, asked->server.address);
	row_int(host, is_loopback_text(asked->server.address));
	row_text(host, is_silent_udp ? "silent" : memcached_outcome_name(memcached->outcome));
	row_text(host, memcached->version[0] ? memcached->version : NULL);
	if (memcached->has_item_count)
		row_int(host, (int64_t)memcached->item_count);
	else
		row_null(host);
	row_end(host);
	/* it was memcached when its port was asked what it speaks */
	if (memcached->outcome == MEMCACHED_BROKEN || memcached->outcome == MEMCACHED_NOT ||
	    (!asked->is_udp && memcached->outcome == MEMCACHED_UNKNOWN))
		host_incomplete(host, COVERAGE_PARTIAL, "the server at port %lld gave no answer",
				(long long)asked->server.port);
	if (!asked->is_udp)
		memcached_done(memcached);
}

static const struct servers servers = {
    .size = sizeof(struct asked),
    .columns = 6,
    .timeout_ms = TIME_MS,
    .machine = &machine,
    .over = over,
    .init = init,
    .put = put,
};

static int collect(struct host *host, struct err *err)
{
	return servers_ask(host, &servers, err);
}

const struct probe probe_memcached_servers = {
    .about = "Memcached servers, and whether they serve whoever asks; nothing is written",
    COLUMNS(
	{"namespace", INTEGER, "id of the network namespace"},
	{"protocol", TEXT, "tcp, or udp, where one datagram asks for the version"},
	{"address", TEXT, "that the socket is bound to"}, {"port", INTEGER, "local port"},
	{"asked", TEXT, "address that was called, from itself"},
	{"is_loopback", INTEGER, "1: asked from loopback"},
	{"outcome", TEXT,
	 "served, noauth, unknown (SASL hangs up without a word), not memcached, broken; udp also: "
	 "silent"},
	{"version", TEXT, "as it says; NULL: it did not"},
	{"item_count", INTEGER, "that it holds; NULL: it did not say"}),
    NEEDS({CALL, ""}),
    .input =
	"SELECT namespace, 'tcp', asked, port, address, is_tls FROM services"
	" WHERE service = 'memcached' "
	"UNION SELECT s.namespace, 'udp',"
	" CASE WHEN s.address = '0.0.0.0' THEN coalesce((SELECT min(address) FROM addresses a"
	" WHERE a.namespace = s.namespace AND a.family = 'ipv4' AND a.address NOT LIKE '127.%'),"
	" '127.0.0.1')"
	" WHEN s.address = '::' THEN coalesce((SELECT min(address) FROM addresses a"
	" WHERE a.namespace = s.namespace AND a.family = 'ipv6' AND a.address <> '::1'"
	" AND a.address NOT LIKE 'fe8%'), '::1') ELSE s.address END,"
	" s.port, s.address, 0 FROM sockets s"
	" LEFT JOIN socket_owners o ON o.inode = s.inode AND o.inode <> 0"
	" LEFT JOIN processes p ON p.pid = o.pid"
	" WHERE s.protocol = 'udp' AND s.address NOT LIKE 'fe8%'"
	" AND (s.port = 11211 OR p.comm LIKE 'memcached%')",
    .collect = collect,
};
