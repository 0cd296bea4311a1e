/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of stage 2 share: a set of rules, a few tables, and a day. */
#ifndef TESTS_UNIT_BENCH_H
#define TESTS_UNIT_BENCH_H

#include "lib/own.h"
#include "rules/judge.h"
#include "tests/tap.h"

#define TODAY "2026-06-15"
#define HEADER "-- title: t\n-- severity: high\n-- why: w\n"
#define ONE_ROW HEADER "SELECT 'here' AS subject, 'it is so' AS detail"

/* A set of rules and facts for one test. */
struct bench {
	struct rule_set set;
	struct store store;
	struct arena arena;
	struct audit audit;
	struct judge_options options;
	struct err err;
};

__attribute__((unused)) static void bench_open(struct bench *bench)
{
	*bench = (struct bench){.options = {.fail_on = "high"}};
	rules_init(&bench->set);
	arena_init(&bench->arena, (size_t)256 << 20);
	if (store_open(&bench->store, &bench->err) < 0 ||
	    judge_open(&bench->store, TODAY, &bench->err) < 0 ||
	    store_exec(
		&bench->store,
		"CREATE TABLE coverage(\"table\" TEXT, status TEXT, detail TEXT, ms INTEGER) "
		"STRICT;"
		"CREATE TABLE waivers(rule TEXT, subject TEXT, until TEXT, reason TEXT, file TEXT,"
		" line INTEGER) STRICT;"
		"CREATE TABLE settings(key TEXT, value TEXT, file TEXT, line INTEGER) STRICT;"
		"CREATE TABLE baseline(fingerprint TEXT, rule TEXT, subject TEXT) STRICT;"
		"CREATE TABLE things(name TEXT, size INTEGER) STRICT;"
		"CREATE TABLE others(name TEXT) STRICT;"
		"CREATE TEMP VIEW shown AS SELECT t.name FROM things t JOIN others USING (name);"
		"INSERT INTO coverage VALUES ('things', 'complete', NULL, 1),"
		" ('others', 'absent', NULL, 1), ('settings', 'complete', NULL, 1);",
		&bench->err) < 0)
		die("%s", bench->err.text);
}

__attribute__((unused)) static void bench_close(struct bench *bench)
{
	store_close(&bench->store);
	arena_done(&bench->arena);
	rules_done(&bench->set);
}

__attribute__((unused)) static int load(struct bench *bench, const char *id, const char *text)
{
	auto_free char *origin = xasprintf("%s.sql", id);

	return rules_load_text(&bench->set, id, origin, span_of(text), &bench->err);
}

__attribute__((unused)) static int prepare(struct bench *bench)
{
	return rules_prepare(&bench->set, &bench->store, &bench->err);
}

__attribute__((unused)) static int run(struct bench *bench)
{
	bench->audit = (struct audit){0};
	return prepare(bench) < 0 ? -1
				  : judge_run(&bench->set, &bench->store, &bench->options,
					      &bench->arena, &bench->audit, &bench->err);
}

__attribute__((unused)) static void facts(struct bench *bench, const char *sql)
{
	if (store_exec(&bench->store, sql, &bench->err) < 0)
		die("%s: %s", sql, bench->err.text);
}

#endif
