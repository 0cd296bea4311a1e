/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variables of the caller's environment: which the jail gets, and which it does not. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "audit/broker.h"
#include "lib/own.h"
#include "tests/brokered.h"
#include "tests/tap.h"

static struct span asked;
static struct buf answer;

static int collect(struct host *host, struct err *err)
{
	struct item item;
	int got;

	if (host_ask_variable(host, 0, asked, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		if (item.error)
			buf_text(&answer, strerror(item.error));
		else
			buf_printf(&answer, "%s=%.*s", item.path, (int)item.data.len,
				   item.data.data);
	}
	return got;
}

/* What comes for the name, and how the broker ends: 0 in peace. */
static int ask(struct span name, int record_fd)
{
	const struct need need = {VARIABLE, ""};
	const struct probe probe = {
	    .about = "test", .needs = &need, .need_count = 1, .collect = collect};
	struct broker broker = {.probe = &probe, .record_fd = record_fd, .replay_fd = -1};

	asked = name;
	buf_clear(&answer);
	return brokered_run(&broker, NULL);
}

int main(void)
{
	auto_close int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	(void)setenv("HARDEN_TEST_SET", "the value", 1);
	(void)setenv("HARDEN_TEST_EMPTY", "", 1);
	(void)unsetenv("HARDEN_TEST_UNSET");
	buf_init(&answer, 4096);
	ok(ask(span_of("HARDEN_TEST_SET"), -1) == 0, "the broker ends in peace");
	is_str(buf_string(&answer), "HARDEN_TEST_SET=the value", "one that is set");
	(void)ask(span_of("HARDEN_TEST_EMPTY"), -1);
	is_str(buf_string(&answer), "HARDEN_TEST_EMPTY=", "one that is empty");
	(void)ask(span_of("HARDEN_TEST_UNSET"), -1);
	is_str(buf_string(&answer), "No such file or directory", "one that is not set");
	(void)ask(span_of("HARDEN_TEST_SET"), null);
	is_str(buf_string(&answer), "No data available", "none goes into a recording");
	ok(ask(span_of("HARDEN_TEST_SET=the"), -1) != 0, "a name has no =");
	ok(ask((struct span){"HARDEN_TEST_SET\0", 16}, -1) != 0, "and no NUL");
	ok(ask(span_of(""), -1) != 0, "and is not empty");
	is_str(buf_string(&answer), "", "nothing comes then");
	buf_done(&answer);
	return done();
}
