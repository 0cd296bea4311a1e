/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Carries one conversation between a machine of audit/talk/ and a real server, and prints what was
 * learned, a line for each: NAME VALUE.
 *
 * usage: talk redis|memcached|memcached-udp|service ADDRESS PORT [PASSWORD...]
 */
#include <arpa/inet.h>
#include <err.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "audit/talk/greeting.h"
#include "audit/talk/memcached.h"
#include "audit/talk/redis.h"
#include "lib/own.h"

#define PATIENCE_MS 10000
#define GREETING_MS 500 /* a server that greets does so at once; the others never do */

static struct sockaddr_in server;

static int dial(int type)
{
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (const struct sockaddr *)&server, sizeof(server)) < 0)
		err(2, "connect");
	return fd;
}

static void say(int fd, struct buf *out)
{
	/* who has hung up already may still have said something */
	if (out->len > 0 && send(fd, out->data, out->len, MSG_NOSIGNAL) < 0)
		warn("send");
	buf_clear(out);
}

/* Empty when the peer hung up or time is over. */
static struct span hear(int fd, int patience_ms)
{
	static char bytes[4096];
	struct pollfd poller = {.fd = fd, .events = POLLIN};
	ssize_t got;

	if (poll(&poller, 1, patience_ms) <= 0)
		return (struct span){bytes, 0};
	got = recv(fd, bytes, sizeof(bytes), 0);
	return (struct span){bytes, got > 0 ? (size_t)got : 0};
}

static const char *may(enum redis_may may)
{
	static const char *const names[] = {
	    [REDIS_MAY_UNKNOWN] = "unknown", [REDIS_MAY_NOT] = "no", [REDIS_MAY] = "yes"};

	return names[may];
}

static void show_redis(const struct redis *redis)
{
	static const char *const states[] = {"unknown", "absent", "present", "elsewhere"};

	(void)printf("outcome %s\nsilent %s\npassword %s\nrefusal %s\nuser %s\n",
		     redis_outcome_name(redis->outcome), redis->is_silent ? "yes" : "no",
		     redis->password ? redis->password : "-", redis->refusal, redis->user);
	(void)printf("product %s\nversion %s\nmode %s\nrole %s\nexecutable %s\nconfig_file %s\n",
		     redis->product, redis->version, redis->mode, redis->role, redis->executable,
		     redis->config_file);
	(void)printf("pid %llu\nkeys %lld\nmaster %s:%llu\nreplicas %llu\n",
		     (unsigned long long)redis->process_id,
		     redis->has_key_count ? (long long)redis->key_count : -1, redis->master_host,
		     (unsigned long long)redis->master_port,
		     (unsigned long long)redis->connected_replicas);
	(void)printf("may info=%s command=%s config=%s eval=%s write=%s\nrules %s\n",
		     may(redis->may_info), may(redis->may_command), may(redis->may_config),
		     may(redis->may_eval), may(redis->may_write), redis->acl.rules);
	for (size_t i = 0; i < REDIS_KEYS; i++)
		(void)printf("key %s %s %zu\n", redis_keys[i], states[redis->keys[i].state],
			     redis->keys[i].len);
	(void)printf("dir %s\ndbfilename %s\n", redis->dir, redis->dbfilename);
}

static void talk_redis(const char *const *passwords)
{
	auto_close int fd = dial(SOCK_STREAM);
	auto_buf struct buf out;
	struct redis redis;
	enum talk talk;

	buf_init(&out, 65536);
	talk = redis_begin(&redis, passwords, &out);
	while (talk == TALK_MORE) {
		struct span in;

		say(fd, &out);
		in = hear(fd, PATIENCE_MS);
		if (in.len == 0)
			break;
		talk = redis_feed(&redis, in, &out);
	}
	say(fd, &out);
	redis_end(&redis);
	show_redis(&redis);
	redis_done(&redis);
}

static void talk_memcached(void)
{
	auto_close int fd = dial(SOCK_STREAM);
	auto_buf struct buf out;
	struct memcached memcached;
	enum talk talk;

	buf_init(&out, 65536);
	talk = memcached_begin(&memcached, &out);
	while (talk == TALK_MORE) {
		struct span in;

		say(fd, &out);
		in = hear(fd, PATIENCE_MS);
		if (in.len == 0)
			break;
		talk = memcached_feed(&memcached, in, &out);
	}
	say(fd, &out);
	memcached_end(&memcached);
	(void)printf("outcome %s\nversion %s\nrefusal %s\npid %llu\nitems %lld\n",
		     memcached_outcome_name(memcached.outcome), memcached.version,
		     memcached.refusal, (unsigned long long)memcached.process_id,
		     memcached.has_item_count ? (long long)memcached.item_count : -1);
	memcached_done(&memcached);
}

static void talk_memcached_udp(void)
{
	auto_close int fd = dial(SOCK_DGRAM);
	auto_buf struct buf out;
	char version[32];
	struct span in;

	buf_init(&out, 64);
	memcached_udp_ask(4711, &out);
	say(fd, &out);
	in = hear(fd, PATIENCE_MS); /* a port that is closed is told by ICMP at once */
	(void)printf("answer %s\n",
		     memcached_udp_is_answer(4711, in, version, sizeof(version)) ? "yes" : "no");
	(void)printf("version %s\n", version);
}

/* Greeting, then a question to each new connection; TLS has none here. */
static void see_service(uint16_t port)
{
	auto_close int quiet = dial(SOCK_STREAM);
	enum service service = service_of_greeting(hear(quiet, GREETING_MS));
	const enum service *attempts = service_attempts(port, NULL);

	for (; service <= SERVICE_OTHER && *attempts != SERVICE_OTHER; attempts++) {
		struct span question = service_question(*attempts);
		auto_close int fd = -1;

		if (question.len == 0)
			continue;
		fd = dial(SOCK_STREAM);
		if (send(fd, question.data, question.len, MSG_NOSIGNAL) < 0)
			warn("send");
		service = service_of_answer(*attempts, hear(fd, GREETING_MS));
	}
	(void)printf("service %s\n", service_name(service));
}

int main(int argc, char **argv)
{
	long port = argc > 3 ? strtol(argv[3], NULL, 10) : 0;

	if (port < 1 || port > 65535)
		errx(2, "see the head of tests/live/talk.c");
	server.sin_family = AF_INET;
	server.sin_port = htons((uint16_t)port);
	if (inet_pton(AF_INET, argv[2], &server.sin_addr) != 1)
		errx(2, "not an address: %s", argv[2]);
	if (strcmp(argv[1], "redis") == 0)
		talk_redis(argc > 4 ? (const char *const *)argv + 4 : NULL);
	else if (strcmp(argv[1], "memcached") == 0)
		talk_memcached();
	else if (strcmp(argv[1], "memcached-udp") == 0)
		talk_memcached_udp();
	else if (strcmp(argv[1], "service") == 0)
		see_service((uint16_t)port);
	else
		errx(2, "no such machine: %s", argv[1]);
	return 0;
}
