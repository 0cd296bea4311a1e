/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The conductor of the probes: order, inputs, large tables, the deadline, what is wrong with a
 * registry, and recordings. Probes that lie are in liars.c.
 */
#include "tests/unit/collect.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "audit/message.h"
#include "lib/file.h"

/* ---- probes ---- */

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

/* Its input as it comes; twice a limit. */
static int collect_noted(struct host *host, struct err *err)
{
	struct value values[2];
	int got;

	host_note(host, "%s", "not all");
	host_note(host, "%s", "nor that");
	while ((got = host_input(host, values, 2, err)) > 0) {
		row_int(host, values[0].integer);
		row_span(host, values[1].text);
		row_end(host);
	}
	return got;
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

/* A row for each descriptor that is open beside those that it should have. */
static int collect_inherited(struct host *host, struct err *err)
{
	(void)err;
	for (int fd = JAIL_MAIN_FD + 1; fd < 64; fd++)
		if (lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF) { /* fcntl() would kill it */
			row_int(host, fd);
			row_null(host);
			row_end(host);
		}
	return 0;
}

PROBE(good, TWO);
PROBE(inherited, TWO);
PROBE(lacking, TWO);
PROBE(reasons, TWO);
PROBE(error, TWO);
PROBE(many, TWO);
PROBE(sum,
      COLUMNS({"rows", INTEGER, "how many"}, {"sum", INTEGER, "of the numbers"},
	      {"texts", INTEGER, "how many"}),
      .input = "SELECT number, words FROM many");
PROBE(file, TWO, NEEDS({READ, "/proc/sys/kernel/ostype"}));
PROBE(hang, TWO);
static const struct probe probe_brim = {
    .about = "brim", .collect = collect_many, .max_rows = MANY, TWO};
static const struct probe probe_after_lacking = {
    .about = "after_lacking", .collect = collect_good, .input = "SELECT number FROM lacking", TWO};

/* The rows of its hints stand behind those of its input. */
static const struct probe probe_hinted = {.about = "hinted",
					  .collect = collect_good,
					  .input = "SELECT number FROM good",
					  .hints = "SELECT number FROM reasons UNION SELECT 7",
					  TWO};
static const struct probe probe_noted = {.about = "noted",
					 .collect = collect_noted,
					 .input = "SELECT number, words FROM good WHERE number < 2",
					 .hints = "SELECT 7, words FROM good WHERE number = 2",
					 TWO};
static const struct probe probe_needing = {.about = "needing",
					   .collect = collect_good,
					   .input = "SELECT number FROM reasons",
					   .hints = "SELECT number FROM reasons",
					   TWO};
static const struct probe probe_uneven = {.about = "uneven",
					  .collect = collect_good,
					  .input = "SELECT number FROM good",
					  .hints = "SELECT number, words FROM good",
					  TWO};

static const struct probe_entry registry[] = {
    ENTRY(after_lacking), ENTRY(sum),     ENTRY(good),      ENTRY(lacking),
    ENTRY(reasons),       ENTRY(error),   ENTRY(many),      ENTRY(file),
    ENTRY(hang),          ENTRY(brim),    ENTRY(inherited), ENTRY(hinted),
    ENTRY(noted),         ENTRY(needing), ENTRY(uneven),    {NULL, NULL},
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

/* ---- what becomes of them ---- */

static void test_inherited(void)
{
	static const char *const tables[] = {"inherited", NULL};
	struct err err = {""};
	auto_close int folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int left_open = fcntl(folder, F_DUPFD, 40);

	ok(left_open >= 40 && run(registry, tables, live, &err) == 0, "a caller left a file open");
	is_str(rows("inherited"), "0", "the jail has its channels alone");
	own_close(&left_open);
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

static void test_hints(void)
{
	static const char *const tables[] = {"hinted", "noted", "needing", NULL};
	static const char *const uneven[] = {"uneven", NULL};
	struct err err = {""};

	ok(run(registry, tables, live, &err) == 0, "probes with hints run %s", err.text);
	is_str(coverage("reasons"), "denied: worst \\x1b[31m", "a table of hints has gaps");
	is_str(coverage("hinted"), "complete: reasons, which adds to it, is denied",
	       "which are noted, and leave the table complete");
	is_str(coverage("needing"), "partial: its input reasons is denied",
	       "but not where the input has them");
	is_str(coverage("noted"), "complete: not all",
	       "a limit that the probe says: the first one");
	is_str(ask_store("SELECT group_concat(number) FROM %w", "noted"), "0,1,7",
	       "hints come behind the input");
	ok(run(registry, uneven, live, &err) < 0 && strstr(err.text, "not as many columns"),
	   "hints of another shape are a fault of ours: %s", err.text);
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
	int before = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0); /* the lowest number that is free */

	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	wire_init(&message);
	ok(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0 &&
	       sendmsg(pair[0], &sent, 0) == 1,
	   "a message with a descriptor");
	ok(wire_receive(pair[1], &message, &type, &err) < 0, "is refused: %s", err.text);
	(void)close(pair[0]);
	(void)close(pair[1]);
	(void)close(before);
	fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
	ok(fd == before, "and the descriptor is not kept");
	(void)close(fd);
	wire_done(&message);
}

int main(int argc, char **argv)
{
	static const struct probe_entry *const registries[] = {registry, NULL};

	if (argc == 2 && strcmp(argv[1], "--nursery") == 0)
		return nursery_main(registries);
	begin_runs();
	test_honest();
	test_inherited();
	test_hints();
	test_large();
	test_late();
	test_wrong();
	test_recordings();
	test_descriptor();
	return end_runs();
}
