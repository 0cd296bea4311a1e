/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs the cases of tests/rules/AREA/NAME.sql: each inserts facts and says which subjects the rule
 * must find; what stands before the first of them is a fact in all. Tables come from the probes'
 * specs, so that a rule cannot be tested against a schema that no probe has. Besides, no rule may
 * pass a quiet case once a table that it reads is partial.
 */
#include <stdlib.h>

#include "audit/collect.h"
#include "lib/file.h"
#include "lib/own.h"
#include "rules/judge.h"
#include "tests/tap.h"

#define TODAY "2026-06-15"
#define MAX_EXPECTED 32

/* One section of a case file. */
struct test_case {
	const char *rule;
	char kind[16]; /* fires, quiet, unknown */
	char *title;
	struct buf sql;
	char *expected[MAX_EXPECTED];
	size_t expected_count;
};

/* What a case does not say about coverage is complete. */
static int complete_coverage(struct store *store, struct err *err)
{
	for (const struct probe_entry *entry = probe_registry; entry->name; entry++) {
		auto_free char *sql =
		    xasprintf("INSERT INTO coverage SELECT '%s', 'complete', NULL, 1"
			      " WHERE NOT EXISTS (SELECT 1 FROM coverage WHERE \"table\" = '%s')",
			      entry->name, entry->name);

		if (store_exec(store, sql, err) < 0)
			return -1;
	}
	return 0;
}

/* One store for all cases: to make its tables, and to compile the rules, takes longer than to
 * judge.
 */
struct bench {
	struct rule_set set;
	struct store store;
};

static int prepare(struct bench *bench, struct err *err)
{
	rules_init(&bench->set);
	if (rules_load_builtin(&bench->set, err) < 0 || store_open(&bench->store, err) < 0 ||
	    collect_create_tables(probe_registry, &bench->store, err) < 0 ||
	    judge_open(&bench->store, TODAY, err) < 0)
		return -1;
	return rules_prepare(&bench->set, &bench->store, err);
}

static int clear(struct store *store, struct err *err)
{
	for (const struct probe_entry *entry = probe_registry; entry->name; entry++) {
		auto_free char *sql = xasprintf("DELETE FROM main.%s", entry->name);

		if (store_exec(store, sql, err) < 0)
			return -1;
	}
	return store_exec(store, "DELETE FROM main.coverage", err);
}

/* Runs the case's rule over its facts; `partial` names a table that is not complete, or is NULL. */
static int run_case(struct bench *bench, const struct test_case *test, const char *partial,
		    struct arena *arena, struct audit *audit, struct err *err)
{
	struct store *store = &bench->store;
	const struct judge_options options = {.fail_on = "high"};
	auto_free char *sql =
	    xasprintf("UPDATE coverage SET status = 'partial' WHERE \"table\" = '%s'",
		      partial ? partial : "");

	if (clear(store, err) < 0 ||
	    store_exec(store, test->sql.len > 0 ? test->sql.data : "", err) < 0 ||
	    complete_coverage(store, err) < 0 ||
	    rules_select(&bench->set, &test->rule, 1, NULL, 0, err) < 0 ||
	    store_exec(store, sql, err) < 0)
		return -1;
	return judge_run(&bench->set, store, &options, arena, audit, err);
}

static bool has_subject(const struct audit *audit, const char *subject)
{
	for (size_t i = 0; i < audit->finding_count; i++) {
		if (strcmp(audit->findings[i].subject, subject) == 0)
			return true;
	}
	return false;
}

static bool compare_subjects(const struct test_case *test, const struct audit *audit)
{
	bool same = audit->finding_count == test->expected_count;

	for (size_t i = 0; i < test->expected_count; i++) {
		if (!has_subject(audit, test->expected[i])) {
			printf("# missing: %s\n", test->expected[i]);
			same = false;
		}
	}
	for (size_t i = 0; i < audit->finding_count && !same; i++)
		printf("# found: %s: %s\n", audit->findings[i].subject, audit->findings[i].detail);
	return same;
}

static enum verdict verdict_of(const struct test_case *test)
{
	if (strcmp(test->kind, "quiet") == 0)
		return VERDICT_PASS;
	return strcmp(test->kind, "fires") == 0 ? VERDICT_FAIL : VERDICT_UNKNOWN;
}

static void check_partial(struct bench *bench, const struct test_case *test, const char *table)
{
	struct audit audit = {0};
	struct arena arena;
	struct err err = {""};
	bool passed;

	arena_init(&arena, (size_t)64 << 20);
	passed = run_case(bench, test, table, &arena, &audit, &err) == 0 &&
		 audit.verdict_count == 1 && audit.verdicts[0].verdict != VERDICT_PASS;
	(void)ok(passed, "%s: no pass when %s is partial: %s %s", test->rule, table, test->title,
		 err.text);
	arena_done(&arena);
}

static void check_case(struct bench *bench, const struct test_case *test)
{
	struct audit audit = {0};
	struct arena arena;
	struct err err = {""};
	bool passed;

	arena_init(&arena, (size_t)64 << 20);
	passed = run_case(bench, test, NULL, &arena, &audit, &err) == 0;
	if (!passed)
		printf("# %s\n", err.text);
	passed = passed && compare_subjects(test, &audit) && audit.verdict_count == 1 &&
		 audit.verdicts[0].verdict == verdict_of(test);
	(void)ok(passed, "%s: %s: %s", test->rule, test->kind, test->title);
	for (size_t i = 0; i < audit.finding_count; i++) {
		if (strlen(audit.findings[i].detail) > 150)
			printf("# long detail: %s\n", audit.findings[i].detail);
	}
	if (strcmp(test->kind, "quiet") == 0) {
		const struct rule *rule = rules_find(&bench->set, test->rule);

		for (const char *const *at = rule->tables; at && *at; at++) {
			if (strcmp(*at, "coverage") != 0)
				check_partial(bench, test, *at);
		}
	}
	arena_done(&arena);
}

static void finish_case(struct bench *bench, struct test_case *test)
{
	if (test->title) {
		(void)buf_string(&test->sql); /* terminates it */
		check_case(bench, test);
	}
	for (size_t i = 0; i < test->expected_count; i++)
		free(test->expected[i]);
	free(test->title);
	buf_done(&test->sql);
	*test = (struct test_case){.rule = test->rule, .sql = test->sql};
}

/* "-- KIND: TITLE" of a section's head: true. */
static bool is_head(struct span line, struct test_case *test, unsigned counts[2])
{
	static const char *const kinds[] = {"fires", "quiet", "unknown"};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		auto_free char *prefix = xasprintf("-- %s: ", kinds[i]);

		if (!span_starts(line, prefix))
			continue;
		(void)snprintf(test->kind, sizeof(test->kind), "%s", kinds[i]);
		test->title =
		    xasprintf("%.*s", (int)(line.len - strlen(prefix)), line.data + strlen(prefix));
		if (i < 2)
			counts[i]++;
		return true;
	}
	return false;
}

static void run_file(struct bench *bench, const struct rule *rule, struct span text)
{
	static const char expect[] = "-- expect: ";
	struct test_case test = {.rule = rule->id};
	unsigned counts[2] = {0};
	struct buf given auto_buf;
	struct span line;

	buf_init(&given, (size_t)1 << 20);
	while (span_cut(&text, '\n', &line)) {
		struct test_case next = {.rule = rule->id};
		struct buf *sql = test.title ? &test.sql : &given;

		if (is_head(line, &next, counts)) {
			finish_case(bench, &test);
			test = next;
			buf_init(&test.sql, (size_t)1 << 20);
			buf_put(&test.sql, given.data, given.len);
		} else if (span_starts(line, expect) && test.expected_count < MAX_EXPECTED) {
			test.expected[test.expected_count++] = xasprintf(
			    "%.*s", (int)(line.len - strlen(expect)), line.data + strlen(expect));
		} else {
			buf_put(sql, line.data, line.len);
			buf_put(sql, "\n", 1);
		}
	}
	finish_case(bench, &test);
	(void)ok(counts[0] > 0 && counts[1] > 0, "%s: has a case that fires and one that is quiet",
		 rule->id);
}

int main(void)
{
	struct bench *bench = xcalloc(1, sizeof(*bench));
	const struct rule_set *set = &bench->set;
	struct err err = {""};

	if (!ok(prepare(bench, &err) == 0, "the built-in rules are read %s", err.text))
		return done();
	for (size_t i = 0; i < set->count; i++) {
		auto_free char *path = xasprintf("tests/rules/%s.sql", set->rules[i]->id);
		auto_buf struct buf text;
		struct stat meta;

		buf_init(&text, (size_t)1 << 20);
		if (ok(file_read(path, &text, &meta, &err) == 0, "%s has cases", set->rules[i]->id))
			run_file(bench, set->rules[i], buf_span(&text));
	}
	store_close(&bench->store);
	rules_done(&bench->set);
	free(bench);
	return done();
}
