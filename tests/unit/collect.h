/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For tests that run probes of their own as the program runs its: by collect_run(), each in its
 * jail, which is the test's own program again. Its main() hands --nursery on to nursery_main().
 */
#ifndef TESTS_UNIT_COLLECT_H
#define TESTS_UNIT_COLLECT_H

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/collect.h"
#include "audit/nursery.h"
#include "lib/own.h"
#include "tests/tap.h"

#define MANY 100000
#define LONG_MS 60000
#define MAX_PROBES 64

/* ---- probes for both ---- */

__attribute__((unused)) static int collect_good(struct host *host, struct err *err)
{
	(void)err;
	for (int i = 0; i < 3; i++) {
		row_int(host, i);
		row_text(host, "a\033b");
		row_end(host);
	}
	return 0;
}

__attribute__((unused)) static int collect_many(struct host *host, struct err *err)
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

/* Dies when rows of it are with the other side already. */
__attribute__((unused)) static int collect_crash(struct host *host, struct err *err)
{
	(void)collect_many(host, err); /* rows that are with the other side already */
	__builtin_trap();
}

/* ---- specs ---- */

#define TWO COLUMNS({"number", INTEGER, "a number"}, {"words", TEXT, "a text"})
#define PROBE(the_name, ...)                                                                       \
	static const struct probe probe_##the_name = {                                             \
	    .about = #the_name, .collect = collect_##the_name, __VA_ARGS__}

#define ENTRY(the_name)                                                                            \
	{                                                                                          \
#the_name, &probe_##the_name                                                       \
	}

/* ---- the run ---- */

__attribute__((unused)) static struct store store;

/* Collects the tables named, up to a NULL, into a store of their own. */
__attribute__((unused)) static int run(const struct probe_entry *from, const char *const *tables,
				       struct collect collect, struct err *err)
{
	static const struct given none;
	bool wanted[MAX_PROBES] = {false};

	store_close(&store);
	if (store_open(&store, err) < 0 || collect_create_tables(from, &store, err) < 0)
		return -1;
	for (; *tables; tables++) {
		int index = probe_find(from, *tables);

		if (index >= 0)
			wanted[index] = true;
		else
			die("there is no table %s", *tables);
	}
	collect.registry = from;
	collect.given = &none;
	return collect_run(&collect, &store, wanted, err);
}

static const struct collect live = {.timeout_ms = LONG_MS, .record_fd = -1, .replay_fd = -1};

/* The one value of a query, as text. */
__attribute__((unused)) static const char *ask_store(const char *format, const char *table)
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

__attribute__((unused)) static const char *coverage(const char *table)
{
	return ask_store("SELECT status || coalesce(': ' || detail, '') FROM coverage "
			 "WHERE \"table\" = '%q'",
			 table);
}

__attribute__((unused)) static const char *rows(const char *table)
{
	return ask_store("SELECT count(*) FROM \"%w\"", table);
}

/* What hangs here is a failure, and a channel that closes is no signal. */
__attribute__((unused)) static void begin_runs(void)
{
	(void)alarm(300);
	(void)signal(SIGPIPE, SIG_IGN);
}

__attribute__((unused)) static int end_runs(void)
{
	store_close(&store);
	/* root's sides were killed, and are reaped here at the latest */
	while (waitpid(-1, NULL, 0) > 0)
		;
	ok(errno == ECHILD, "no process is left behind");
	return done();
}

#endif
