/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Probes that break their word, run as the program runs its own: each in its jail, beside others
 * that must not notice. What became of a table is said in coverage, and what a liar said is no
 * fact. This program is also the jailed one: see main().
 */
#include "audit/collect.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/jail.h"
#include "audit/message.h"
#include "lib/file.h"
#include "lib/own.h"
#include "tests/tap.h"

#define MANY 100000
#define LONG_MS 60000

/* ---- probes that do as they should ---- */

static int collect_good(struct host *host, struct err *err)
{
	(void)err;
	for (int i = 0; i < 3; i++) {
		row_int(host, i);
		row_text(host, "a\033b");
		row_end(host);
	}
	return 0;
}

static int collect_lacking(struct host *host, struct err *err)
{
	(void)err;
	host_incomplete(host, COVERAGE_ABSENT, "there is no such thing");
	return 0;
}

static int collect_reasons(struct host *host, struct err *err)
{
	(void)err;
	host_incomplete(host, COVERAGE_PARTIAL, "first");
	host_incomplete(host, COVERAGE_PARTIAL, "second");
	host_incomplete(host, COVERAGE_DENIED, "worst \033[31m");
	host_incomplete(host, COVERAGE_PARTIAL, "last");
	return 0;
}

static int collect_error(struct host *host, struct err *err)
{
	row_int(host, 1); /* a row that is never finished */
	return err_set(err, "file:3: makes no sense");
}

static int collect_many(struct host *host, struct err *err)
{
	(void)err;
	for (int i = 1; i <= MANY; i++) {
		row_int(host, i);
		if (i % 2)
			row_text(host, "odd");
		else
			row_null(host);
		row_end(host);
	}
	return 0;
}

/* A row for what came as the input: how many rows, their sum, and how many texts. */
static int collect_sum(struct host *host, struct err *err)
{
	struct value row[2];
	int64_t count = 0;
	int64_t sum = 0;
	int64_t texts = 0;
	int got;

	while ((got = host_input(host, row, 2, err)) > 0) {
		count++;
		sum += row[0].integer;
		texts += span_is(row[1].text, "odd");
	}
	row_int(host, count);
	row_int(host, sum);
	row_int(host, texts);
	row_end(host);
	return got;
}

static int collect_file(struct host *host, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(host, 0, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		row_int(host, item.error);
		row_span(host, span_trim(item.data));
		row_end(host);
	}
	return got;
}

/* ---- probes that do not ---- */

static int collect_crash(struct host *host, struct err *err)
{
	(void)collect_many(host, err); /* rows that are with the other side already */
	__builtin_trap();
}

static int collect_forbidden(struct host *host, struct err *err)
{
	(void)collect_many(host, err);
	(void)syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
	return 0;
}

/* Waits for an answer to what it never asked. */
static int collect_hang(struct host *host, struct err *err)
{
	struct wire message;
	uint8_t type;

	(void)collect_many(host, err);
	wire_init(&message);
	return wire_receive(JAIL_BROKER_FD, &message, &type, err) < 0 ? -1 : 0;
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

#define TWO COLUMNS({"number", INTEGER, "a number"}, {"words", TEXT, "a text"})
#define PROBE(the_name, ...)                                                                       \
	static const struct probe probe_##the_name = {                                             \
	    .about = #the_name, .collect = collect_##the_name, __VA_ARGS__}
#define LIAR(the_name)                                                                             \
	static int collect_##the_name(struct host *host, struct err *err)                          \
	{                                                                                          \
		(void)host;                                                                        \
		(void)err;                                                                         \
		return tell(lie_##the_name);                                                       \
	}                                                                                          \
	PROBE(the_name, TWO)

PROBE(good, TWO);
PROBE(lacking, TWO);
PROBE(reasons, TWO);
PROBE(error, TWO);
PROBE(many, TWO);
PROBE(sum,
      COLUMNS({"rows", INTEGER, "how many"}, {"sum", INTEGER, "of the numbers"},
	      {"texts", INTEGER, "how many"}),
      .input = "SELECT number, words FROM many");
PROBE(file, TWO, NEEDS({READ, "/proc/sys/kernel/ostype"}));
PROBE(crash, TWO);
PROBE(forbidden, TWO);
PROBE(hang, TWO);
PROBE(quit, TWO);
PROBE(too_many_values, TWO);
PROBE(undeclared, TWO, NEEDS({READ, "/proc/sys/kernel/ostype"}));
PROBE(ignore, TWO, NEEDS({READ, "/proc/*/{status,maps}"}, {READ, "/proc/*/{status,maps}"}));
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
static const struct probe probe_brim = {
    .about = "brim", .collect = collect_many, .max_rows = MANY, TWO};
static const struct probe probe_after_crash = {
    .about = "after_crash", .collect = collect_good, .input = "SELECT number FROM crash", TWO};
static const struct probe probe_after_lacking = {
    .about = "after_lacking", .collect = collect_good, .input = "SELECT number FROM lacking", TWO};

#define ENTRY(the_name)                                                                            \
	{                                                                                          \
#the_name, &probe_##the_name                                                       \
	}

static const struct probe_entry registry[] = {
    ENTRY(after_crash), ENTRY(after_lacking),
    ENTRY(sum),         ENTRY(good),
    ENTRY(lacking),     ENTRY(reasons),
    ENTRY(error),       ENTRY(many),
    ENTRY(file),        ENTRY(crash),
    ENTRY(forbidden),   ENTRY(hang),
    ENTRY(quit),        ENTRY(too_many_values),
    ENTRY(undeclared),  ENTRY(ignore),
    ENTRY(too_long),    ENTRY(type),
    ENTRY(tag),         ENTRY(few),
    ENTRY(utf8),        ENTRY(escape),
    ENTRY(nul),         ENTRY(long),
    ENTRY(cut),         ENTRY(message_type),
    ENTRY(direction),   ENTRY(empty),
    ENTRY(status),      ENTRY(detail),
    ENTRY(long_detail), ENTRY(done),
    ENTRY(after_done),  ENTRY(flood),
    ENTRY(brim),        {NULL, NULL},
};

/* Two that wait for each other, one that waits for itself, and one whose SQL is wrong. */
static const struct probe probe_hen = {
    .about = "hen", .collect = collect_good, .input = "SELECT number FROM egg", TWO};
static const struct probe probe_egg = {
    .about = "egg", .collect = collect_good, .input = "SELECT number FROM hen", TWO};
static const struct probe probe_self = {
    .about = "self", .collect = collect_good, .input = "SELECT number FROM self", TWO};
static const struct probe probe_wrong = {
    .about = "wrong", .collect = collect_good, .input = "SELECT number FROM nowhere", TWO};

static const struct probe_entry wrong_registry[] = {
    ENTRY(hen), ENTRY(egg), ENTRY(self), ENTRY(wrong), {NULL, NULL}};

/* ---- the run ---- */

static struct store store;

/* Collects the tables named, up to a NULL, into a store of their own. */
static int run(const struct probe_entry *from, const char *const *tables, struct collect collect,
	       struct err *err)
{
	static const struct given none;
	bool wanted[ARRAY_LEN(registry)] = {false};

	store_close(&store);
	if (store_open(&store, err) < 0 || collect_create_tables(from, &store, err) < 0)
		return -1;
	for (; *tables; tables++) {
		int index = probe_find(from, *tables);

		if (index < 0)
			die("there is no table %s", *tables);
		wanted[index] = true;
	}
	collect.registry = from;
	collect.given = &none;
	return collect_run(&collect, &store, wanted, err);
}

static const struct collect live = {.timeout_ms = LONG_MS, .record_fd = -1, .replay_fd = -1};

/* The one value of a query, as text. */
static const char *ask_store(const char *format, const char *table)
{
	static char answer[1024];
	char *sql = sqlite3_mprintf(format, table);
	sqlite3_stmt *query;

	(void)snprintf(answer, sizeof(answer), "(none)");
	if (sqlite3_prepare_v2(store.db, sql, -1, &query, NULL) != SQLITE_OK)
		(void)snprintf(answer, sizeof(answer), "%s", sqlite3_errmsg(store.db));
	else if (sqlite3_step(query) == SQLITE_ROW)
		(void)snprintf(answer, sizeof(answer), "%s",
			       (const char *)sqlite3_column_text(query, 0));
	(void)sqlite3_finalize(query);
	sqlite3_free(sql);
	return answer;
}

static const char *coverage(const char *table)
{
	return ask_store("SELECT status || coalesce(': ' || detail, '') FROM coverage "
			 "WHERE \"table\" = '%q'",
			 table);
}

static const char *rows(const char *table)
{
	return ask_store("SELECT count(*) FROM \"%w\"", table);
}

static void test_honest(void)
{
	static const char *const tables[] = {"good", "reasons", "error", "after_lacking", NULL};
	struct err err = {""};

	ok(run(registry, tables, live, &err) == 0, "honest probes run %s", err.text);
	is_str(coverage("good"), "complete", "a table that is complete");
	is_str(ask_store("SELECT group_concat(number || words) FROM %w", "good"),
	       "0a\\x1bb,1a\\x1bb,2a\\x1bb", "its rows, escaped");
	is_str(coverage("reasons"), "denied: worst \\x1b[31m",
	       "the worst that was said counts, escaped");
	is_str(coverage("error"), "error: file:3: makes no sense", "a probe that gives up");
	is_str(rows("error"), "0", "an unfinished row is no row");
	is_str(coverage("lacking"), "absent: there is no such thing",
	       "a table that is wanted only as an input is collected");
	is_str(coverage("after_lacking"), "complete", "to be absent is an answer");
	is_str(coverage("many"), "(none)", "what nobody wants is not collected");
}

static void test_large(void)
{
	static const char *const tables[] = {"sum", "brim", NULL};
	struct err err = {""};

	ok(run(registry, tables, live, &err) == 0, "large tables run %s", err.text);
	is_str(coverage("many"), "complete", "100,000 rows are complete");
	is_str(rows("many"), "100000", "and all there");
	is_str(coverage("sum"), "complete", "as the input of another probe too");
	is_str(ask_store("SELECT rows || ' ' || sum || ' ' || texts FROM %w", "sum"),
	       "100000 5000050000 50000", "which saw each of them");
	is_str(coverage("brim"), "complete", "as many rows as may be");
	is_str(rows("brim"), "100000", "are kept");
}

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

static void test_late(void)
{
	static const char *const tables[] = {"good", "hang", NULL};
	struct collect collect = live;
	struct err err = {""};

	collect.timeout_ms = 1000;
	ok(run(registry, tables, collect, &err) == 0, "the run does not wait for ever %s",
	   err.text);
	is_str(coverage("hang"), "timeout: not done within 1000 ms", "a probe that hangs");
	is_str(coverage("good"), "complete", "and its neighbour");
}

static void test_wrong(void)
{
	static const char *const ring[] = {"hen", NULL};
	static const char *const self[] = {"self", NULL};
	static const char *const wrong[] = {"wrong", NULL};
	struct err err;

	ok(run(wrong_registry, ring, live, &err) < 0, "two that wait for each other");
	ok(strstr(err.text, "its input leads back to itself") != NULL, "are an error: %s",
	   err.text);
	ok(run(wrong_registry, self, live, &err) < 0, "so is one that waits for itself");
	ok(run(wrong_registry, wrong, live, &err) < 0, "and SQL that is wrong");
	ok(strstr(err.text, "probe wrong: ") == err.text && strstr(err.text, "nowhere"),
	   "which is named: %s", err.text);
}

/* ---- recordings ---- */

static void copy_start(int folder, size_t len, const struct buf *whole)
{
	struct err err;
	auto_close int fd =
	    openat(folder, "file.rec", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || file_write(fd, (struct span){whole->data, len}, &err) < 0)
		die("cannot write a recording");
}

/* A recording that is cut anywhere tells the same, or says that it does not tell all. */
static void test_cut(int folder, const struct buf *whole)
{
	static const char *const tables[] = {"file", NULL};
	struct collect replay = live;
	struct err err = {""};
	size_t wrong = 0;

	replay.replay_fd = folder;
	for (size_t len = 0; len < whole->len; len++) {
		copy_start(folder, len, whole);
		if (run(registry, tables, replay, &err) < 0 ||
		    (strcmp(coverage("file"), "complete") == 0 &&
		     strcmp(ask_store("SELECT words FROM %w", "file"), "Linux") != 0))
			wrong++;
	}
	ok(wrong == 0, "a recording that is cut is not taken for a whole one (%zu bytes) %s",
	   whole->len, err.text);
}

static void test_recordings(void)
{
	static const char *const tables[] = {"file", NULL};
	static const char *const two[] = {"file", "good", NULL};
	char path[] = "/tmp/collect.XXXXXX";
	auto_close int folder = mkdtemp(path) ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	struct collect record = live;
	struct collect replay = live;
	struct buf whole auto_buf;
	struct err err = {""};
	int fd;

	record.record_fd = folder;
	replay.replay_fd = folder;
	ok(run(registry, tables, record, &err) == 0, "recorded %s", err.text);
	is_str(ask_store("SELECT words FROM %w", "file"), "Linux", "while it is read");
	ok(run(registry, two, replay, &err) == 0, "replayed %s", err.text);
	is_str(ask_store("SELECT words FROM %w", "file"), "Linux", "it reads the same");
	is_str(coverage("good"), "denied: the recording does not hold it",
	       "what was not recorded is not there");
	buf_init(&whole, 1U << 20);
	fd = openat(folder, "file.rec", O_RDONLY | O_CLOEXEC);
	ok(fd >= 0 && file_slurp(fd, &whole, &err) == 0, "the recording can be read");
	own_close(&fd);
	ok(run(registry, tables, record, &err) < 0, "a recording is not overwritten");
	test_cut(folder, &whole);
	(void)unlinkat(folder, "file.rec", 0); /* only litter */
	(void)rmdir(path);
}

/* ---- the channel itself ---- */

static void test_descriptor(void)
{
	int pair[2];
	char byte[1] = {MESSAGE_DONE};
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control = {.header = {.cmsg_len = CMSG_LEN(sizeof(int)),
				.cmsg_level = SOL_SOCKET,
				.cmsg_type = SCM_RIGHTS}};
	struct iovec part = {byte, 1};
	struct msghdr sent = {.msg_iov = &part,
			      .msg_iovlen = 1,
			      .msg_control = &control,
			      .msg_controllen = sizeof(control)};
	struct wire message;
	struct err err;
	uint8_t type;
	int fd = STDIN_FILENO;
	int before = dup(STDIN_FILENO); /* the lowest number that is free */

	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	wire_init(&message);
	ok(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0 &&
	       sendmsg(pair[0], &sent, 0) == 1,
	   "a message with a descriptor");
	ok(wire_receive(pair[1], &message, &type, &err) < 0, "is refused: %s", err.text);
	(void)close(pair[0]);
	(void)close(pair[1]);
	(void)close(before);
	fd = dup(STDIN_FILENO);
	ok(fd == before, "and the descriptor is not kept");
	(void)close(fd);
	wire_done(&message);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--jail") == 0) /* see become_jail() in spawn.c */
		return jail_main(registry, argv[2]);
	(void)alarm(300); /* what hangs here is a failure */
	(void)signal(SIGPIPE, SIG_IGN);
	test_honest();
	test_large();
	test_broken();
	test_late();
	test_wrong();
	test_recordings();
	test_descriptor();
	store_close(&store);
	/* root's sides were killed, and are reaped here at the latest */
	while (waitpid(-1, NULL, 0) > 0)
		;
	ok(errno == ECHILD, "no process is left behind");
	return done();
}
