/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Probes that break their word, each in its jail, beside others that must not notice. What became
 * of a table is said in coverage, and what a liar said is no fact.
 */
#include "tests/unit/collect.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "audit/message.h"

static int collect_forbidden(struct host *host, struct err *err)
{
	(void)collect_many(host, err);
	(void)syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
	return 0;
}

static int collect_quit(struct host *host, struct err *err)
{
	(void)collect_many(host, err);
	_exit(0);
}

static int collect_too_many_values(struct host *host, struct err *err)
{
	(void)err;
	for (int i = 0; i < 3; i++)
		row_int(host, i);
	return 0;
}

/* Asks the broker for what the spec does not declare, by a message of its own. */
static int collect_undeclared(struct host *host, struct err *err)
{
	struct item item;
	struct wire message;

	(void)host;
	wire_init(&message);
	wire_begin(&message, MESSAGE_ASK);
	wire_put_u32(&message, 1);
	if (wire_send(JAIL_BROKER_FD, &message, err) < 0)
		return -1;
	return host_ask(host, 0, err) < 0 || host_next(host, &item, err) < 0 ? -1 : 0;
}

/* Asks for more than the channel holds, and goes. */
static int collect_ignore(struct host *host, struct err *err)
{
	return host_ask(host, 0, err);
}

static void say(struct wire *message)
{
	struct err err;

	if (wire_send(JAIL_MAIN_FD, message, &err) < 0)
		_exit(3);
}

static void begin(struct wire *message, uint8_t type)
{
	wire_init(message);
	wire_begin(message, type);
}

/* A whole row (of an integer and a text), for what stands behind it. */
static void put_row(struct wire *message)
{
	wire_put_u8(message, VALUE_INTEGER);
	wire_put_u64(message, 1);
	wire_put_u8(message, VALUE_TEXT);
	wire_put_span(message, span_of("true"));
}

static void lie_type(struct wire *message)
{
	begin(message, MESSAGE_ROWS);
	put_row(message);
	wire_put_u8(message, VALUE_TEXT);
	wire_put_span(message, span_of("1"));
}

static void lie_tag(struct wire *message)
{
	begin(message, MESSAGE_ROWS);
	put_row(message);
	wire_put_u8(message, 77);
}

static void lie_few(struct wire *message)
{
	begin(message, MESSAGE_ROWS);
	put_row(message);
	wire_put_u8(message, VALUE_INTEGER);
	wire_put_u64(message, 2);
}

static void lie_text(struct wire *message, struct span text)
{
	begin(message, MESSAGE_ROWS);
	put_row(message);
	wire_put_u8(message, VALUE_NULL);
	wire_put_u8(message, VALUE_TEXT);
	wire_put_span(message, text);
}

static void lie_utf8(struct wire *message)
{
	lie_text(message, span_of("\xc3\x28"));
}

static void lie_escape(struct wire *message)
{
	lie_text(message, span_of("\033[2J"));
}

static void lie_nul(struct wire *message)
{
	lie_text(message, (struct span){"a\0b", 3});
}

static void lie_long(struct wire *message)
{
	static char text[PROBE_MAX_TEXT + 1];

	memset(text, 'x', sizeof(text));
	lie_text(message, (struct span){text, sizeof(text)});
}

static void lie_cut(struct wire *message)
{
	lie_text(message, span_of("cut"));
	message->len -= 2;
}

static void lie_message_type(struct wire *message)
{
	begin(message, 99);
}

static void lie_direction(struct wire *message)
{
	begin(message, MESSAGE_ITEMS);
}

static void lie_empty(struct wire *message)
{
	begin(message, MESSAGE_ROWS);
	message->len = 0;
}

static void lie_coverage(struct wire *message, uint8_t status, struct span detail)
{
	begin(message, MESSAGE_ROWS);
	put_row(message);
	say(message);
	begin(message, MESSAGE_COVERAGE);
	wire_put_u8(message, status);
	wire_put_span(message, detail);
}

static void lie_status(struct wire *message)
{
	lie_coverage(message, 200, span_of(""));
}

static void lie_detail(struct wire *message)
{
	lie_coverage(message, COVERAGE_PARTIAL, span_of("\033]0;x\a"));
}

static void lie_long_detail(struct wire *message)
{
	static char text[MESSAGE_MAX_DETAIL + 1];

	memset(text, 'x', sizeof(text));
	lie_coverage(message, COVERAGE_PARTIAL, (struct span){text, sizeof(text)});
}

static void lie_done(struct wire *message)
{
	begin(message, MESSAGE_DONE);
	wire_put_u8(message, 1);
}

static void lie_after_done(struct wire *message)
{
	begin(message, MESSAGE_DONE);
	say(message);
	begin(message, MESSAGE_ROWS);
	put_row(message);
}

/* Says the lie; then stays, so that it is what was said that ends it. */
static int tell(void (*lie)(struct wire *message))
{
	struct wire message;
	struct err err;
	uint8_t type;

	lie(&message);
	say(&message);
	return wire_receive(JAIL_BROKER_FD, &message, &type, &err) < 0 ? -1 : 0;
}

static int collect_too_long(struct host *host, struct err *err)
{
	static char bytes[2 * WIRE_MAX];
	struct wire message;
	uint8_t type;

	(void)host;
	bytes[0] = MESSAGE_ROWS;
	if (send(JAIL_MAIN_FD, bytes, sizeof(bytes), 0) < 0)
		return err_sys(err, "send");
	wire_init(&message);
	return wire_receive(JAIL_BROKER_FD, &message, &type, err) < 0 ? -1 : 0;
}

/* ---- their specs ---- */

#define LIAR(the_name)                                                                             \
	static int collect_##the_name(struct host *host, struct err *err)                          \
	{                                                                                          \
		(void)host;                                                                        \
		(void)err;                                                                         \
		return tell(lie_##the_name);                                                       \
	}                                                                                          \
	PROBE(the_name, TWO)

PROBE(good, TWO);
PROBE(crash, TWO);
PROBE(forbidden, TWO);
PROBE(quit, TWO);
PROBE(too_many_values, TWO);
PROBE(undeclared, TWO, NEEDS({READ, "/proc/sys/kernel/ostype"}));
PROBE(ignore, TWO, NEEDS({READ, "/proc/*/{status,maps}"}));
PROBE(too_long, TWO);
LIAR(type);
LIAR(tag);
LIAR(few);
LIAR(utf8);
LIAR(escape);
LIAR(nul);
LIAR(long);
LIAR(cut);
LIAR(message_type);
LIAR(direction);
LIAR(empty);
LIAR(status);
LIAR(detail);
LIAR(long_detail);
LIAR(done);
LIAR(after_done);

static const struct probe probe_flood = {
    .about = "flood", .collect = collect_many, .max_rows = MANY - 1, TWO};
static const struct probe probe_after_crash = {
    .about = "after_crash", .collect = collect_good, .input = "SELECT number FROM crash", TWO};
static const struct probe_entry registry[] = {
    ENTRY(after_crash),  ENTRY(good),       ENTRY(crash),
    ENTRY(forbidden),    ENTRY(quit),       ENTRY(too_many_values),
    ENTRY(undeclared),   ENTRY(ignore),     ENTRY(too_long),
    ENTRY(flood),        ENTRY(type),       ENTRY(tag),
    ENTRY(few),          ENTRY(utf8),       ENTRY(escape),
    ENTRY(nul),          ENTRY(long),       ENTRY(cut),
    ENTRY(message_type), ENTRY(direction),  ENTRY(empty),
    ENTRY(status),       ENTRY(detail),     ENTRY(long_detail),
    ENTRY(done),         ENTRY(after_done), {NULL, NULL},
};

struct expected {
	const char *table;
	const char *coverage;
};

static void check_broken(const struct expected *expected)
{
	is_str(coverage(expected->table), expected->coverage, expected->table);
	ok(strcmp(rows(expected->table), "0") == 0, "%s: no row of it is kept", expected->table);
}

static void test_broken(void)
{
	static const struct expected expected[] = {
	    {"crash", "crashed: killed by signal 4 (Illegal instruction)"},
	    {"forbidden", "crashed: made a system call that the jail forbids, and was killed"},
	    {"quit", "crashed: ended too early with status 0"},
	    {"too_many_values", "crashed: ended too early with status 2"},
	    {"flood", "crashed: sent more than 99999 rows"},
	    {"too_long", "crashed: message is too long or carries a file descriptor"},
	    {"type", "crashed: sent a value of the wrong type for column number"},
	    {"tag", "crashed: sent a value of the wrong type for column number"},
	    {"few", "crashed: sent a value that is cut or too long for column words"},
	    {"utf8", "crashed: sent unprintable text for column words"},
	    {"escape", "crashed: sent unprintable text for column words"},
	    {"nul", "crashed: sent unprintable text for column words"},
	    {"long", "crashed: sent a value that is cut or too long for column words"},
	    {"cut", "crashed: sent a value that is cut or too long for column words"},
	    {"message_type", "crashed: sent a message of unknown type"},
	    {"direction", "crashed: sent a message of unknown type"},
	    {"status", "crashed: sent a coverage that cannot be read"},
	    {"detail", "crashed: sent a coverage that cannot be read"},
	    {"long_detail", "crashed: sent a coverage that cannot be read"},
	    {"done", "crashed: sent a last message with something in it"},
	    {"after_done", "crashed: sent something behind its last message"},
	};
	const char *tables[ARRAY_LEN(expected) + 6] = {"good", "ignore", "empty", "undeclared",
						       "after_crash"};
	struct err err = {""};

	for (size_t i = 0; i < ARRAY_LEN(expected); i++)
		tables[5 + i] = expected[i].table;
	ok(run(registry, tables, live, &err) == 0, "the run goes on %s", err.text);
	for (size_t i = 0; i < ARRAY_LEN(expected); i++)
		check_broken(&expected[i]);
	ok(strncmp(coverage("empty"), "crashed", 7) == 0, "a message of no bytes is a crash");
	/* it hears of it, or dies while it asks again */
	ok(strncmp(coverage("undeclared"), "error", 5) == 0 ||
	       strncmp(coverage("undeclared"), "crashed", 7) == 0,
	   "what is not declared is not given");
	is_str(rows("undeclared"), "0", "undeclared: there is nothing to make a row of");
	is_str(coverage("good"), "complete", "a good one among them is complete");
	is_str(rows("good"), "3", "with its rows");
	is_str(coverage("ignore"), "complete", "one that leaves root's side waiting may go");
	is_str(coverage("after_crash"), "partial: its input crash is crashed",
	       "what is made of a broken table is not complete");
}

int main(int argc, char **argv)
{
	static const struct probe_entry *const registries[] = {registry, NULL};

	if (argc == 2 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(registries);
	begin_runs();
	test_broken();
	return end_runs();
}
