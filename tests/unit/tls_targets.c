/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * By which names TLS listeners are asked: tables as they are on a host, through the SELECTs of
 * tls_input.h and the channel of a probe.
 */
#include "audit/tls_targets.h"

#include "audit/collect.h"
#include "audit/input.h"
#include "audit/tls_input.h"
#include "tests/play.h"
#include "tests/tap.h"

static int collect(struct host *host, struct err *err)
{
	struct tls_targets targets = {0};

	targets.round.leaves.arena = host_arena(host);
	if (tls_targets_read(&targets, host, err) < 0)
		return -1;
	for (const struct tls_endpoint *at = targets.first; at; at = at->next) {
		row_int(host, at->port);
		row_text(host, at->asked);
		row_null(host);
		row_end(host);
		for (const struct tls_name *name = at->names->next; name; name = name->next) {
			row_int(host, at->port);
			row_text(host, name->name);
			row_text(host, name->origin);
			row_end(host);
		}
		if (at->has_too_many_names)
			host_incomplete(host, COVERAGE_PARTIAL, "too many names");
	}
	for (const struct tls_pattern *at = targets.patterns; at; at = at->next) {
		row_int(host, at->endpoint->port);
		row_text(host, at->text);
		row_text(host, "pattern");
		row_end(host);
	}
	return 0;
}

static const struct probe probe_targets = {
    .about = "targets",
    COLUMNS({"port", INTEGER, ""}, {"name", TEXT, ""}, {"origin", TEXT, ""}),
    .input = TLS_INPUT_SQL,
    .hints = TLS_HINTS_SQL,
    .collect = collect};

static struct store store;

static void put(const char *sql)
{
	struct err err;

	play_check(store_exec(&store, sql, &err), &err);
}

static void begin(void)
{
	struct err err;

	play_check(store_open(&store, &err), &err);
	play_check(collect_create_tables(probe_registry, &store, &err), &err);
	put("INSERT INTO addresses(namespace, family, address) VALUES (1, 'ipv4', '192.0.2.1'),"
	    " (1, 'ipv4', '127.0.0.1');"
	    "INSERT INTO processes(pid, uid) VALUES (10, 0), (20, 0), (21, 0), (22, 0), (31, "
	    "1000)");
}

/* A listener of TLS that the process holds. */
static void listener(const char *address, int port, int pid, const char *service)
{
	auto_free char *sql = xasprintf(
	    "INSERT INTO sockets(namespace, protocol, family, address, port, inode)"
	    " VALUES (1, 'tcp', 'ipv4', '%s', %d, %d);"
	    "INSERT INTO socket_owners(inode, pid) VALUES (%d, %d);"
	    "INSERT INTO services(namespace, address, asked, port, service, is_tls, answer)"
	    " VALUES (1, '%s', '%s', %d, '%s', 1, 'answered')",
	    address, port, 1000 + port, 1000 + port, pid, address, address, port, service);

	put(sql);
}

static void file(const char *path, const char *place, const char *used_by, const char *names)
{
	auto_free char *sql =
	    xasprintf("INSERT INTO certificates(path, place, used_by, format, position, names)"
		      " VALUES ('%s', '%s', '%s', 'PEM', 1, '%s')",
		      path, place, used_by, names);

	put(sql);
}

static void server(int port, int pid, const char *name, const char *kind, const char *certificate)
{
	auto_free char *sql =
	    xasprintf("INSERT INTO nginx_servers(namespace, place, protocol, address, port, "
		      "transport, is_ssl,"
		      " pid, server_name, name_kind, certificate)"
		      " VALUES (1, '', 'http', '0.0.0.0', %d, 'tcp', 1, %d, '%s', '%s', '%s')",
		      port, pid, name, kind, certificate);

	put(sql);
}

static void end(const char *expected, enum coverage status, const char *detail, const char *name)
{
	struct play play;
	struct buf input auto_buf;
	unsigned columns;
	struct err err;

	buf_init(&input, 8U << 20);
	play_check(input_encode(&store, &probe_targets, &input, &columns, &err), &err);
	play_begin(&play);
	wire_begin(&play.broker.out, MESSAGE_INPUT);
	if (input.len > 5) { /* one message is enough here, behind its length */
		memcpy(play.broker.out.data, input.data + 4, input.len - 4);
		play.broker.out.len = input.len - 4;
	}
	play_run(&play, &probe_targets);
	if (expected)
		is_str(play.rows, expected, name);
	ok(play.status == status && strcmp(play.detail, detail) == 0, "%s: %s %s", name,
	   coverage_name(play.status), play.detail);
	play_end(&play);
	store_close(&store);
}

static void test_nginx(void)
{
	begin();
	listener("0.0.0.0", 443, 10, "http");
	listener("0.0.0.0", 8443, 10, "http");
	server(443, 10, "a.example", "name", "/a.pem");
	server(443, 10, "~^x\\\\.(?<n>a+)$", "pattern", "/a.pem"); /* as a fact has it */
	server(8443, 10, "b.example", "name", "/b.pem");
	file("/a.pem", "", "nginx", "a.example also.example *.wild.example 192.0.2.7 a\\x20b");
	file("/b.pem", "", "nginx", "of-b.example");
	file("/b.pem", "container 1", "nginx", "elsewhere.example");
	file("/b.pem", "", "letsencrypt", "folder.example");
	file("/c.pem", "", "nginx", "unused.example");
	end("443|192.0.2.1|-\n443|a.example|nginx\n443|also.example|disk\n"
	    "443|harden.wild.example|disk\n"
	    "8443|192.0.2.1|-\n8443|b.example|nginx\n8443|of-b.example|disk\n"
	    "443|~^x\\\\.(?<n>a+)$|pattern\n",
	    COVERAGE_COMPLETE, "", "names of the files of the servers at that very port");
}

static void test_services(void)
{
	begin();
	listener("192.0.2.1", 6379, 20, "redis");
	listener("192.0.2.1", 6380, 21, "redis");
	listener("192.0.2.1", 9000, 22, "tls");
	file("/a.pem", "", "redis", "a.example");
	file("/b.pem", "", "redis", "b.example");
	file("/client.pem", "", "redis", "client.example");
	put("INSERT INTO certificate_uses(pid, place, used_by, path, is_served) VALUES"
	    " (20, '', 'redis', '/a.pem', 1), (21, '', 'redis', '/b.pem', 1),"
	    " (21, '', 'redis', '/client.pem', 0), (22, '', 'redis', '/gone.pem', 1)");
	end("6379|192.0.2.1|-\n6379|a.example|disk\n6380|192.0.2.1|-\n6380|b.example|disk\n"
	    "9000|192.0.2.1|-\n",
	    COVERAGE_COMPLETE, "", "names of the file of the process that listens");
}

/* Who may not read a file must not hear what is in it. */
static void test_users(void)
{
	begin();
	listener("0.0.0.0", 8443, 31, "http");
	listener("192.0.2.1", 9000, 31, "tls");
	server(8443, 31, "a.example", "name", "/root/a.pem");
	file("/root/a.pem", "", "nginx", "a.example secret.example");
	file("/root/b.p12", "", "java", "internal.example");
	put("INSERT INTO certificate_uses(pid, place, used_by, path, is_served)"
	    " VALUES (31, '', 'java', '/root/b.p12', 1)");
	end("8443|192.0.2.1|-\n8443|a.example|nginx\n9000|192.0.2.1|-\n", COVERAGE_COMPLETE, "",
	    "a user's process is not told what files have that it names");
}

static void test_many(void)
{
	struct buf names auto_buf;

	buf_init(&names, 8192);
	for (int i = 0; i < 80; i++)
		buf_printf(&names, "%sn%d.example", i ? " " : "", i);
	begin();
	listener("0.0.0.0", 443, 10, "http");
	server(443, 10, "meant.example", "name", "/a.pem");
	file("/a.pem", "", "nginx", buf_string(&names));
	end(NULL, COVERAGE_COMPLETE,
	    "TLS at port 443: certificates on disk have more names than are asked for",
	    "more names than may be are a limit, and no gap");
	begin();
	listener("0.0.0.0", 443, 10, "http");
	for (int i = 0; i < 80; i++) {
		auto_free char *name = xasprintf("n%d.example", i);

		server(443, 10, name, "name", "/a.pem");
	}
	file("/a.pem", "", "nginx", "other.example");
	end(NULL, COVERAGE_PARTIAL, "too many names", "those that are meant are a gap");
}

int main(void)
{
	test_nginx();
	test_services();
	test_users();
	test_many();
	return done();
}
