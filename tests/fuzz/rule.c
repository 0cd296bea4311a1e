/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule files: any text is read, and compiled when it has a header, and run for a moment. */
#include <stddef.h>
#include <stdint.h>

#include "rules/judge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_rule_run(struct rule_set *set, struct store *store)
{
	const struct judge_options options = {.fail_on = "low", .max_steps = 20000, .max_rows = 50};
	struct arena arena;
	struct audit audit = {0};
	struct err err;

	arena_init(&arena, RULES_MAX_MEMORY);
	if (judge_open(store, "2026-06-15", &err) == 0 &&
	    store_exec(
		store,
		"CREATE TABLE coverage(\"table\" TEXT, status TEXT, detail TEXT, ms INTEGER);"
		"CREATE TABLE waivers(rule TEXT, subject TEXT, until TEXT, reason TEXT,"
		" file TEXT, line INTEGER);"
		"CREATE TABLE settings(key TEXT, value TEXT, file TEXT, line INTEGER);"
		"CREATE TABLE things(name TEXT, size INTEGER);"
		"INSERT INTO things VALUES ('a', 1), ('b', 2)",
		&err) == 0 &&
	    rules_prepare(set, store, &err) == 0 &&
	    judge_run(set, store, &options, &arena, &audit, &err) < 0)
		err.text[0] = '\0'; /* a refusal with words is what is wanted */
	arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rule_set set;
	struct store store;
	struct err err;

	rules_init(&set);
	if (rules_load_text(&set, "fuzz/rule", "fuzz/rule.sql",
			    (struct span){(const char *)data, size}, &err) == 0 &&
	    store_open(&store, &err) == 0) {
		fuzz_rule_run(&set, &store);
		store_close(&store);
	}
	rules_done(&set);
	return 0;
}
