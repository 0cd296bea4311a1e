/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table environments: which variables are told, and that no secret is. */
#include <errno.h>

#include "audit/weak.h"
#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_environments;

static void begin(struct play *play)
{
	play_begin(play);
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	wire_put_u8(&play->broker.out, VALUE_INTEGER);
	wire_put_u64(&play->broker.out, 7);
	wire_put_u8(&play->broker.out, VALUE_INTEGER);
	wire_put_u64(&play->broker.out, 70);
	play_next_need(play);
}

static void play_environ(struct play *play, const char *path, const char *data, size_t len)
{
	play_item(play, &(struct broker_item){.path = path, .data = {data, len}});
}
#define ENVIRON(play, path, text) play_environ(play, path, text, sizeof(text) - 1)

static void test_rows(void)
{
	struct play play;

	begin(&play);
	ENVIRON(&play, "/proc/7/environ",
		"PATH=/bin\0MYSQL_ROOT_PASSWORD=sEcreT-and-long\0MYSQL_ROOT_HOST=10.%\0"
		"redis_password=redis\0API_KEY=\0DB_PASSWORD_FILE=/run/secrets/db\0=x\0SECRET\0");
	ENVIRON(&play, "/proc/8/environ", "MYSQL_ROOT_PASSWORD=not-in-a-container\0");
	ENVIRON(&play, "/proc/70/environ", "TOKEN=abcdefghijklmnop");
	play_run(&play, &probe_environments);
	is_str(play.rows,
	       "7|MYSQL_ROOT_PASSWORD|set|-\n7|MYSQL_ROOT_HOST|set|10.%\n"
	       "7|redis_password|weak|-\n7|API_KEY|empty|-\n7|DB_PASSWORD_FILE|file|-\n"
	       "7|SECRET|empty|-\n70|TOKEN|set|-\n",
	       "names and verdicts of those in containers, and no secret");
	ok(play.status == COVERAGE_COMPLETE, "complete");
	play_end(&play);
}

static void test_failures(void)
{
	struct play play;

	begin(&play);
	play_error(&play, "/proc/8/environ", EACCES);
	play_run(&play, &probe_environments);
	ok(play.status == COVERAGE_COMPLETE, "what is in no container may be hidden");
	play_end(&play);
	begin(&play);
	play_error(&play, "/proc/70/environ", EACCES);
	play_run(&play, &probe_environments);
	ok(play.status == COVERAGE_DENIED, "what is in one may not");
	play_end(&play);
	begin(&play);
	play_error(&play, "/proc/[0-9]*/environ", EACCES);
	play_run(&play, &probe_environments);
	ok(play.status == COVERAGE_DENIED, "nor all of them, as in a recording");
	play_end(&play);
}

int main(void)
{
	test_rows();
	test_failures();
	ok(password_is_weak(span_of("")) && password_is_weak(span_of("zK7-q!x")) &&
	       password_is_weak(span_of("Password1")),
	   "weak: none, a short one, one of the list however it is written");
	ok(!password_is_weak(span_of("zK7-q!x2")), "and no other");
	return done();
}
