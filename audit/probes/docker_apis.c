/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table docker_apis: see the spec at the end. GET /version, which only reads, in clear, and
 * where that gets nothing over TLS without a certificate of ours. Whoever gets an answer may ask
 * for anything.
 */
#include <string.h>

#include "audit/talk/http.h"
#include "audit/talk/keep.h"
#include "audit/talk/servers.h"
#include "lib/json.h"
#include "lib/own.h"

#define TIME_MS 2000U

struct asked {
	struct server server;
	bool is_known; /* that it is an engine's, by its port or its program */
	struct buf answer;
	const char *outcome;
	const char *version;
};

static enum talk begin(void *machine, struct buf *out)
{
	struct asked *asked = machine;

	buf_clear(&asked->answer);
	buf_text(out, "GET /version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
	return TALK_MORE;
}

static enum talk feed(void *machine, struct span in, struct buf *out)
{
	struct asked *asked = machine;

	(void)out;
	buf_put(&asked->answer, in.data, in.len);
	return asked->answer.overflowed ? TALK_BROKEN : TALK_MORE;
}

static const struct carry_machine machine = {begin, feed, begin};

/* "ApiVersion" is of Docker's API, and of podman's that stands in for it. */
static void judge(struct asked *asked)
{
	struct arena *arena = host_arena(asked->server.host);
	struct http_response response;
	const struct json *version;
	struct json *root;
	struct err err;

	if (http_read(buf_span(&asked->answer), arena, &response, &err) < 0) {
		asked->outcome = "other";
		return;
	}
	asked->outcome = response.status == 401 || response.status == 403 ? "refused" : "other";
	if (response.status != 200 || json_read(response.body, arena, &root, &err) < 0 ||
	    !json_get(root, "ApiVersion"))
		return;
	asked->outcome = "open";
	version = json_get(root, "Version");
	if (version && version->type == JSON_STRING)
		asked->version = arena_text(arena, version->text);
}

static struct conversation *over(struct conversation *conversation, enum carry_end end, int error)
{
	struct asked *asked = conversation->context;

	(void)error;
	if (asked->answer.len > 0)
		judge(asked);
	else if (end == CARRY_SILENT)
		asked->outcome = "silent";
	else /* of TLS: it wants a certificate; in clear: it is asked again */
		asked->outcome = "refused";
	if (conversation->is_tls || strcmp(asked->outcome, "open") == 0 || end == CARRY_REFUSED)
		return NULL;
	conversation->is_tls = true;
	return conversation;
}

static void init(void *server, const struct value *row)
{
	struct asked *asked = server;

	asked->is_known = row[5].integer != 0;
	asked->outcome = "silent";
	buf_init(&asked->answer, TALK_MAX_ANSWER);
}

static void put(struct host *host, void *server)
{
	struct asked *asked = server;

	server_put(host, &asked->server);
	row_int(host, asked->server.conversation.is_tls);
	row_text(host, asked->outcome);
	row_text(host, asked->version);
	row_end(host);
	if (asked->is_known && strcmp(asked->outcome, "silent") == 0)
		host_incomplete(host, COVERAGE_PARTIAL, "the API at port %lld gave no answer",
				(long long)asked->server.port);
	buf_done(&asked->answer);
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

const struct probe probe_docker_apis = {
    .about = "Listeners that may be a container engine's, and whether they answer anybody",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"address", TEXT, "that the socket is bound to"}, {"port", INTEGER, "local port"},
	    {"asked", TEXT, "address that was called, from itself"},
	    {"is_tls", INTEGER, "1: the outcome is that of TLS, without a certificate of ours"},
	    {"outcome", TEXT,
	     "open (an engine's API, for whoever connects), refused, other (no engine), silent"},
	    {"version", TEXT, "of the engine, when it said"}),
    NEEDS({CALL, ""}),
    .input =
	"SELECT DISTINCT s.namespace, 'tcp',"
	" CASE WHEN s.address = '0.0.0.0' THEN coalesce((SELECT min(address) FROM addresses a"
	" WHERE a.namespace = s.namespace AND a.family = 'ipv4' AND a.address NOT LIKE '127.%'),"
	" '127.0.0.1')"
	" WHEN s.address = '::' THEN coalesce((SELECT min(address) FROM addresses a"
	" WHERE a.namespace = s.namespace AND a.family = 'ipv6' AND a.address <> '::1'"
	" AND a.address NOT LIKE 'fe8%'), '::1') ELSE s.address END,"
	" s.port, s.address, s.port IN (2375, 2376) OR p.comm = 'dockerd' FROM sockets s"
	" LEFT JOIN socket_owners o ON o.inode = s.inode AND o.inode <> 0"
	" LEFT JOIN processes p ON p.pid = o.pid"
	" WHERE s.protocol = 'tcp' AND s.address NOT LIKE 'fe8%'"
	" AND (s.port IN (2375, 2376) OR p.comm IN ('dockerd', 'podman', 'socat'))",
    .collect = collect,
};
