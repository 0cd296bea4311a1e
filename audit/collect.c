/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] Stage 1, the conductor: see collect.h. */
#include "audit/collect.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "audit/broker.h"
#include "audit/input.h"
#include "audit/record.h"
#include "audit/rows.h"
#include "audit/spawn.h"
#include "lib/own.h"

enum phase { PHASE_UNWANTED, PHASE_WAITING, PHASE_RUNNING, PHASE_FINISHED };

/* One probe of this run. */
struct task {
	const struct probe_entry *entry;
	enum phase phase;
	struct spawned spawned;
	struct rows rows;
	int64_t started_ms;
	/* of each task of the run: what is its table to this one? NULL: not wanted */
	enum input_use *reads;
};

struct run {
	const struct collect *collect;
	struct store *store;
	struct task *tasks;
	unsigned count;
	unsigned running;
	int root_fd;
	struct namespaces namespaces; /* one look for all probes, so that their tables agree */
	struct wire message;
	struct nursery nursery;
};

static int64_t now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int note_use(const struct run *run, struct task *task, const char *sql, enum input_use use,
		    struct err *err)
{
	struct buf tables auto_buf;

	buf_init(&tables, SQL_TABLES_MAX);
	if (!sql)
		return 0;
	if (sql_tables(run->store, sql, &tables, err) < 0)
		return -1;
	for (unsigned i = 0; i < run->count; i++)
		if (sql_tables_have(&tables, run->tasks[i].entry->name))
			task->reads[i] = use;
	return 0;
}

/* What is both a hint and an input is an input. */
static int find_inputs(const struct run *run, struct task *task, struct err *err)
{
	const struct probe *probe = task->entry->probe;

	task->reads = xcalloc(run->count, sizeof(*task->reads));
	if (note_use(run, task, probe->hints, INPUT_HINT, err) < 0)
		return -1;
	return note_use(run, task, probe->input, INPUT_NEEDED, err);
}

/* Marks the probe and its inputs; a probe that waits for itself is a bug of ours. */
static int want(struct run *run, unsigned index, unsigned depth, struct err *err)
{
	struct task *task = &run->tasks[index];

	if (depth > run->count)
		return err_set(err, "probe %s: its input leads back to itself", task->entry->name);
	task->phase = PHASE_WAITING;
	if (!task->reads && find_inputs(run, task, err) < 0)
		return err_in(err, "probe %s", task->entry->name);
	for (unsigned i = 0; i < run->count; i++)
		if (task->reads[i] && want(run, i, depth + 1, err) < 0)
			return -1;
	return 0;
}

static int write_coverage(struct run *run, const char *table, enum coverage status,
			  const char *detail, int64_t ms, struct err *err)
{
	sqlite3_stmt *insert;
	struct store_value values[] = {
	    {.type = STORE_TEXT, .text = span_of(table)},
	    {.type = STORE_TEXT, .text = span_of(coverage_name(status))},
	    {.type = detail[0] ? STORE_TEXT : STORE_NULL, .text = span_of(detail)},
	    {.type = STORE_INTEGER, .integer = ms},
	};
	int result;

	if (store_prepare_insert(run->store, "coverage", ARRAY_LEN(values), &insert, err) < 0)
		return -1;
	result = store_insert(insert, values, ARRAY_LEN(values), err);
	(void)sqlite3_finalize(insert); /* repeats the error of the step */
	return result;
}

/* The first table that the probe has that use for and that is not whole, or NULL. */
static const struct task *incomplete_input(const struct run *run, const struct task *task,
					   enum input_use use)
{
	for (unsigned i = 0; i < run->count; i++)
		if (run->tasks[i].phase == PHASE_FINISHED &&
		    run->tasks[i].rows.status > COVERAGE_ABSENT && task->reads[i] == use)
			return &run->tasks[i];
	return NULL;
}

static int finish(struct run *run, struct task *task, struct err *err)
{
	struct rows *rows = &task->rows;
	const struct task *input = incomplete_input(run, task, INPUT_NEEDED);
	const struct task *hint = incomplete_input(run, task, INPUT_HINT);

	if (task->phase == PHASE_RUNNING)
		run->running--;
	task->phase = PHASE_FINISHED;
	(void)sqlite3_finalize(rows->insert); /* each insert was checked by itself */
	rows->insert = NULL;
	if (rows->status <= COVERAGE_ABSENT && input) {
		rows->status = COVERAGE_PARTIAL;
		(void)snprintf(rows->detail, sizeof(rows->detail), "its input %s is %s",
			       input->entry->name, coverage_name(input->rows.status));
	} else if (rows->status == COVERAGE_COMPLETE && !rows->detail[0] && hint) {
		(void)snprintf(rows->detail, sizeof(rows->detail), "%s, which adds to it, is %s",
			       hint->entry->name, coverage_name(hint->rows.status));
	}
	if (rows->status == COVERAGE_CRASHED) {
		/* what a process said that broke its word is no fact */
		auto_free char *sql = xasprintf("DELETE FROM \"%s\"", task->entry->name);

		if (store_exec(run->store, sql, err) < 0)
			return -1;
	}
	return write_coverage(run, task->entry->name, rows->status, rows->detail,
			      now_ms() - task->started_ms, err);
}

static int fail(struct run *run, struct task *task, enum coverage status, const char *detail,
		struct err *err)
{
	task->rows.status = status;
	(void)snprintf(task->rows.detail, sizeof(task->rows.detail), "%s", detail);
	return finish(run, task, err);
}

/* The channel has closed: either all was said, or the jail died. */
static int on_close(struct run *run, struct task *task, struct err *err)
{
	int status = spawn_end(&task->spawned);
	auto_free char *how = NULL;

	if (task->rows.is_done)
		return finish(run, task, err);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		how = xstrdup("made a system call that the jail forbids, and was killed");
	else if (WIFSIGNALED(status))
		how = xasprintf("killed by signal %d (%s)", WTERMSIG(status),
				strsignal(WTERMSIG(status)));
	else
		how = xasprintf("ended too early with status %d", WEXITSTATUS(status));
	return fail(run, task, COVERAGE_CRASHED, how, err);
}

static int on_message(struct run *run, struct task *task, struct err *err)
{
	struct err broken;
	uint8_t type;
	int got = wire_receive(task->spawned.rows_fd, &run->message, &type, &broken);

	if (got == 0)
		return on_close(run, task, err);
	if (got > 0 && rows_take(&task->rows, &run->message, type, &broken) == 0)
		return 0;
	(void)spawn_end(&task->spawned); /* we know what it did */
	return fail(run, task, COVERAGE_CRASHED, broken.text, err);
}

/*
 * Has the user given files of the role that the probe is about, its first? With --replay they
 * count more than what was recorded.
 */
static bool is_given(const struct collect *collect, const struct probe *probe)
{
	for (size_t i = 0; i < collect->given->count; i++)
		if (strcmp(collect->given->files[i].role, probe->needs[0].pattern + 1) == 0)
			return true;
	return false;
}

/* Opens where the broker records to or replays from. 1: there is nothing to replay. */
static int open_recording(struct run *run, const struct task *task, struct broker *broker,
			  struct err *err)
{
	const struct collect *collect = run->collect;

	if (collect->record_fd >= 0) {
		broker->record_fd = record_create(collect->record_fd, task->entry->name, err);
		return broker->record_fd < 0 ? -1 : 0;
	}
	if (collect->replay_fd < 0)
		return 0;
	if (probe_reads_given_only(task->entry->probe) && is_given(collect, task->entry->probe))
		return 0;
	broker->replay_fd = replay_open(collect->replay_fd, task->entry->name);
	if (broker->replay_fd < 0 && errno != ENOENT)
		return err_sys(err, "recording %s.rec", task->entry->name);
	return broker->replay_fd < 0 && !probe_reads_given_only(task->entry->probe);
}

static int start(struct run *run, struct task *task, struct err *err)
{
	struct buf input auto_buf;
	struct broker broker = {
	    .probe = task->entry->probe,
	    .given = run->collect->given,
	    .namespaces = &run->namespaces,
	    .trial = run->collect->trial,
	    .timeout_ms = run->collect->timeout_ms,
	    .root_fd = run->root_fd,
	    .record_fd = -1,
	    .replay_fd = -1,
	};
	int result;

	buf_init(&input, COLLECT_MAX_BYTES);
	task->started_ms = now_ms();
	task->rows = (struct rows){.probe = task->entry->probe};
	result = open_recording(run, task, &broker, err);
	if (result > 0)
		return fail(run, task, COVERAGE_DENIED, "the recording does not hold it", err);
	if (result == 0)
		result = input_encode(run->store, task->entry->probe, &input, &broker.input_columns,
				      err);
	broker.input = buf_span(&input);
	if (result == 0)
		result =
		    store_prepare_insert(run->store, task->entry->name,
					 task->entry->probe->column_count, &task->rows.insert, err);
	if (result == 0)
		result =
		    spawn_probe(&run->nursery, &broker, task->entry->name, &task->spawned, err);
	own_close(&broker.record_fd);
	own_close(&broker.replay_fd);
	if (result < 0)
		return err_in(err, "probe %s", task->entry->name);
	task->phase = PHASE_RUNNING;
	run->running++;
	return 0;
}

static bool is_ready(const struct run *run, const struct task *task)
{
	for (unsigned i = 0; i < run->count; i++)
		if (run->tasks[i].phase != PHASE_FINISHED && task->reads[i])
			return false;
	return true;
}

static int start_ready(struct run *run, struct err *err)
{
	for (unsigned i = 0; i < run->count && run->running < COLLECT_PARALLEL; i++)
		if (run->tasks[i].phase == PHASE_WAITING && is_ready(run, &run->tasks[i]) &&
		    start(run, &run->tasks[i], err) < 0)
			return -1;
	return 0;
}

static int end_late(struct run *run, struct err *err)
{
	for (unsigned i = 0; i < run->count; i++) {
		struct task *task = &run->tasks[i];
		auto_free char *detail = NULL;

		if (task->phase != PHASE_RUNNING ||
		    now_ms() - task->started_ms < run->collect->timeout_ms)
			continue;
		detail = xasprintf("not done within %d ms", run->collect->timeout_ms);
		(void)spawn_end(&task->spawned); /* we know why */
		if (fail(run, task, COVERAGE_TIMEOUT, detail, err) < 0)
			return -1;
	}
	return 0;
}

/* Waits until a running probe says something or is late, and takes what there is. */
static int step(struct run *run, struct err *err)
{
	struct pollfd polled[COLLECT_PARALLEL];
	struct task *tasks[COLLECT_PARALLEL];
	int64_t wait_ms = run->collect->timeout_ms;
	nfds_t count = 0;

	for (unsigned i = 0; i < run->count; i++) {
		struct task *task = &run->tasks[i];
		int64_t left = task->started_ms + run->collect->timeout_ms - now_ms();

		if (task->phase != PHASE_RUNNING)
			continue;
		tasks[count] = task;
		polled[count++] = (struct pollfd){.fd = task->spawned.rows_fd, .events = POLLIN};
		if (left < wait_ms)
			wait_ms = left < 0 ? 0 : left;
	}
	if (poll(polled, count, (int)wait_ms) < 0)
		return err_set(err, "%s", errno == EINTR ? "interrupted" : strerror(errno));
	for (nfds_t i = 0; i < count; i++)
		if (polled[i].revents && on_message(run, tasks[i], err) < 0)
			return -1;
	return end_late(run, err);
}

static bool wants_namespaces(const struct run *run)
{
	for (unsigned i = 0; i < run->count; i++)
		if (run->tasks[i].phase == PHASE_WAITING &&
		    probe_wants_namespaces(run->tasks[i].entry->probe))
			return true;
	return false;
}

static int conduct(struct run *run, struct err *err)
{
	if (run->collect->replay_fd < 0 && wants_namespaces(run))
		namespaces_find(&run->namespaces);
	if (nursery_start(&run->nursery, err) < 0 || store_exec(run->store, "BEGIN", err) < 0 ||
	    start_ready(run, err) < 0)
		return -1;
	while (run->running > 0)
		if (step(run, err) < 0 || start_ready(run, err) < 0)
			return -1;
	return store_exec(run->store, "COMMIT", err);
}

int collect_run(const struct collect *collect, struct store *store, const bool *wanted,
		struct err *err)
{
	struct run run = {
	    .collect = collect,
	    .store = store,
	    .count = probe_count(collect->registry),
	    .root_fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC),
	    .nursery = {.fd = -1},
	};
	int result = 0;

	run.tasks = xcalloc(run.count, sizeof(*run.tasks));
	wire_init(&run.message);
	for (unsigned i = 0; i < run.count; i++)
		run.tasks[i].entry = &collect->registry[i];
	for (unsigned i = 0; result == 0 && i < run.count; i++)
		if (wanted[i])
			result = want(&run, i, 0, err);
	if (result == 0)
		result = conduct(&run, err);
	for (unsigned i = 0; i < run.count; i++) {
		if (run.tasks[i].phase == PHASE_RUNNING)
			(void)spawn_end(&run.tasks[i].spawned); /* broken off */
		(void)sqlite3_finalize(run.tasks[i].rows.insert);
		free(run.tasks[i].reads);
	}
	nursery_end(&run.nursery);
	while (waitpid(-1, NULL, WNOHANG) > 0) /* brokers that have ended meanwhile */
		;
	wire_done(&run.message);
	namespaces_done(&run.namespaces);
	free(run.tasks);
	own_close(&run.root_fd);
	return result;
}
