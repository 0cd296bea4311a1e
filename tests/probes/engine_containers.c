/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables engine_containers and group_members, and the responses of HTTP that they come by. */
#include <errno.h>

#include "audit/talk/http.h"
#include "lib/json.h"
#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_engine_containers;
extern const struct probe probe_group_members;

#define ID "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define OK "HTTP/1.1 200 OK\r\n\r\n"

/* With the podman that check() plays behind it. */
static void begin(struct play *play, bool runs_docker)
{
	play_begin(play);
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	wire_put_u8(&play->broker.out, VALUE_INTEGER);
	wire_put_u64(&play->broker.out, runs_docker);
	wire_put_u8(&play->broker.out, VALUE_INTEGER);
	wire_put_u64(&play->broker.out, 1);
	wire_put_u8(&play->broker.out, VALUE_INTEGER);
	wire_put_u64(&play->broker.out, runs_docker);
	play_next_need(play);
}

static void check(struct play *play, const char *rows, enum coverage status, const char *name)
{
	play_next_need(play);
	play_error(play, "/run/podman/podman.sock", ENOENT);
	play_run(play, &probe_engine_containers);
	is_str(play->rows, rows, name);
	ok(play->status == status, "%s: %s (%s)", name, coverage_name(play->status), play->detail);
	play_end(play);
}

static void test_engine(void)
{
	struct play play;

	begin(&play, true);
	play_file(&play, "/run/docker.sock", OK "[{\"Id\":\"" ID "\"}]");
	play_next_need(&play);
	play_file(&play, "/run/docker.sock",
		  OK "{\"Name\":\"/web\",\"Image\":\"sha256:1\",\"Config\":{\"Image\":\"r:5000/a/"
		     "b:1.2@sha256:2\",\"User\":\"\",\"Env\":[\"PASSWORD=x\"],\"Labels\":{\"com."
		     "docker.compose.project\":\"shop\"}},\"State\":{\"Status\":\"running\"},"
		     "\"HostConfig\":{\"Privileged\":true,\"CapAdd\":[\"A\",7,\"B\"],\"CapDrop\":"
		     "null,\"LogConfig\":{\"Type\":\"json-file\",\"Config\":{}}}}");
	check(&play,
	      ID "|docker|web|r:5000/a/b:1.2@sha256:2|1.2|sha256:2|sha256:1|-|running|-|-|1|A,B|||"
		 "0|-|-|-|-|json-file|-|shop|-\n",
	      COVERAGE_COMPLETE, "a container, and nothing of its environment");
	begin(&play, true);
	play_file(&play, "/run/docker.sock", OK "[{\"Id\":\"" ID "\"}]");
	play_next_need(&play);
	play_file(&play, "/run/docker.sock", "HTTP/1.1 404 Not Found\r\n\r\n{}");
	check(&play, "", COVERAGE_COMPLETE, "one that was removed meanwhile");
	begin(&play, true);
	play_file(&play, "/run/docker.sock", OK "{\"message\":\"no\"}");
	check(&play, "", COVERAGE_PARTIAL, "no list");
	begin(&play, true);
	play_error(&play, "/run/docker.sock", EACCES);
	check(&play, "", COVERAGE_DENIED, "as in a recording");
	begin(&play, true);
	play_error(&play, "/run/docker.sock", ECONNREFUSED);
	check(&play, "", COVERAGE_PARTIAL, "a socket that nobody listens on");
	begin(&play, false);
	play_error(&play, "/run/podman/podman.sock", ENOENT);
	check(&play, "", COVERAGE_ABSENT, "Docker does not run, and is not started");
}

static void check_http(const char *input, unsigned status, const char *body, const char *name)
{
	struct http_response response;
	struct arena arena;
	struct err err;
	int result;

	arena_init(&arena, 1U << 20);
	result = http_read(span_of(input), &arena, &response, &err);
	if (!body)
		ok(result < 0, "%s", name);
	else
		ok(result == 0 && response.status == status && span_is(response.body, body), "%s",
		   name);
	arena_done(&arena);
}

static void test_http(void)
{
	check_http("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]rest", 200, "[]",
		   "by its length");
	check_http("HTTP/1.0 500 No\r\n\r\nall", 500, "all", "to the end");
	check_http("HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n3;a=b\r\nabc\r\nA\r\n"
		   "0123456789\r\n0\r\n\r\n",
		   200, "abc0123456789", "by chunks");
	check_http("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n[]", 0, NULL, "half a body");
	check_http("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab", 0, NULL,
		   "half a chunk");
	check_http("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nab", 0,
		   NULL, "a chunk that is larger than all");
	check_http("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n", 0,
		   NULL, "a chunk that is longer than its size");
	check_http("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", 0, NULL, "another coding");
	check_http("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", 0, NULL, "no length");
	check_http("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", 0, NULL, "no field");
	check_http("SSH-2.0-x\r\n\r\n", 0, NULL, "no HTTP");
	check_http("HTTP/1.1 200 OK\r\n", 0, NULL, "a head without an end");
	check_http("", 0, NULL, "nothing");
}

static void test_groups(void)
{
	struct play play;

	play_begin(&play);
	play_file(&play, "/etc/group", "root:x:0:\ndocker:x:998:ann, bob,\n+\nbad:x:y:z\n");
	play_next_need(&play);
	play_file(&play, "/etc/passwd",
		  "root:x:0:0::/root:/bin/sh\ncarl:x:1000:998::/:\nshort:x:1\n");
	play_run(&play, &probe_group_members);
	is_str(play.rows, "docker|998|ann|0\ndocker|998|bob|0\nroot|0|root|1\ndocker|998|carl|1\n",
	       "members by either file");
	ok(play.status == COVERAGE_COMPLETE, "complete");
	play_end(&play);
	play_begin(&play);
	play_error(&play, "/etc/group", EACCES);
	play_run(&play, &probe_group_members);
	ok(play.status == COVERAGE_DENIED, "what cannot be read is told");
	play_end(&play);
}

int main(void)
{
	json_prepare();
	test_engine();
	test_http();
	test_groups();
	return done();
}
