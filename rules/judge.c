/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs rules over the facts and makes findings and verdicts of their rows: see judge.h. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lib/own.h"
#include "rules/stage.h"

#define STEPS_BETWEEN_LOOKS 1000 /* of the virtual machine, before the limit is looked at */

/* One judge_run(). */
struct run {
	struct store *store;
	struct arena *arena;
	const struct schema *schema;
	struct audit *audit;
	uint64_t max_steps;
	size_t max_rows;
	uint64_t steps; /* of the rule that runs */
	struct finding *findings;
	size_t count;
	size_t capacity;
	struct rule_verdict *verdicts;
};

int judge_open(struct store *store, const char *today, struct err *err)
{
	struct rule rule = {.id = ""};
	struct finding warm_up = {.rule = &rule, .subject = ""};

	fingerprint_set(&warm_up); /* libcrypto reads its configuration file at the first use */
	if (functions_register(store, today, err) < 0 || store_exec(store, vocabulary_sql, err) < 0)
		return err_in(err, "vocabulary");
	return 0;
}

/* SQLite calls this now and then; anything but 0 stops the statement. */
static int count_steps(void *data)
{
	struct run *run = data;

	run->steps += STEPS_BETWEEN_LOOKS;
	return run->steps > run->max_steps;
}

static struct finding *add_finding(struct run *run)
{
	if (run->count == run->capacity) {
		run->capacity = run->capacity ? run->capacity * 2 : 64;
		run->findings = xrealloc(run->findings, run->capacity, sizeof(*run->findings));
	}
	run->findings[run->count] = (struct finding){.is_new = true};
	return &run->findings[run->count++];
}

static void set_column(struct run *run, struct finding *finding, sqlite3_stmt *query, int column)
{
	const char *name = sqlite3_column_name(query, column);
	const char *text = stmt_text(query, column, run->arena);

	if (strcmp(name, "subject") == 0) {
		finding->subject = text;
	} else if (strcmp(name, "detail") == 0) {
		finding->detail = text ? text : "";
	} else if (strcmp(name, "file") == 0) {
		finding->file = text;
	} else if (strcmp(name, "line") == 0) {
		finding->line = sqlite3_column_int64(query, column);
	} else if (text) {
		finding->fix[finding->fix_count++] = (struct fix_param){
		    .name = arena_text(run->arena, span_of(name + strlen("fix_"))),
		    .value = text,
		};
	}
}

static int add_row(struct run *run, const struct rule *rule, sqlite3_stmt *query, struct err *err)
{
	struct finding *finding = add_finding(run);

	finding->rule = rule;
	for (int i = 0; i < sqlite3_column_count(query); i++) {
		bool is_subject = strcmp(sqlite3_column_name(query, i), "subject") == 0;

		if (is_subject && sqlite3_column_type(query, i) != SQLITE_TEXT)
			return err_set(err, "rule %s: subject of a row is no text", rule->origin);
		set_column(run, finding, query, i);
	}
	fingerprint_set(finding);
	return 0;
}

static int read_rows(struct run *run, const struct rule *rule, sqlite3_stmt *query, struct err *err)
{
	size_t start = run->count;
	int status;

	while ((status = sqlite3_step(query)) == SQLITE_ROW) {
		if (run->count - start == run->max_rows)
			return err_set(err, "rule %s: more than %zu rows", rule->origin,
				       run->max_rows);
		if (add_row(run, rule, query, err) < 0)
			return -1;
	}
	if (status == SQLITE_INTERRUPT)
		return err_set(err,
			       "rule %s: stopped after %llu steps: a join or a recursion "
			       "without end?",
			       rule->origin, (unsigned long long)run->max_steps);
	if (status != SQLITE_DONE)
		return err_set(err, "rule %s: %s", rule->origin, sqlite3_errmsg(run->store->db));
	return 0;
}

static int by_subject(const void *a, const void *b)
{
	const struct finding *first = a;
	const struct finding *second = b;
	int order = strcmp(first->subject, second->subject);

	return order ? order : strcmp(first->detail, second->detail);
}

/* Sorts the findings from `start` on and keeps the first of each subject. */
static void merge_subjects(struct run *run, size_t start)
{
	size_t kept = start;

	if (run->count == start)
		return;
	qsort(run->findings + start, run->count - start, sizeof(*run->findings), by_subject);
	for (size_t i = start + 1; i < run->count; i++) {
		if (strcmp(run->findings[i].subject, run->findings[kept].subject) != 0)
			run->findings[++kept] = run->findings[i];
	}
	run->count = kept + 1;
}

static int run_rule(struct run *run, const struct rule *rule, struct err *err)
{
	auto_compiled struct compiled compiled = {
	    .store = run->store, .arena = run->arena, .schema = run->schema};
	struct rule_verdict *verdict = &run->verdicts[run->audit->verdict_count];
	size_t start = run->count;
	const char *reason = coverage_reason(run->audit, rule, run->arena);

	run->steps = 0;
	if (rule_compile(&compiled, rule, err) < 0 || read_rows(run, rule, compiled.query, err) < 0)
		return -1;
	merge_subjects(run, start);
	*verdict = (struct rule_verdict){.rule = rule, .reason = reason, .is_incomplete = reason};
	if (run->count > start)
		verdict->verdict = VERDICT_FAIL;
	else if (reason)
		verdict->verdict = VERDICT_UNKNOWN;
	run->audit->verdict_count++;
	return 0;
}

static int run_rules(struct run *run, const struct rule_set *set, struct err *err)
{
	int result = 0;

	sqlite3_progress_handler(run->store->db, STEPS_BETWEEN_LOOKS, count_steps, run);
	for (size_t i = 0; i < set->count && result == 0; i++) {
		if (!set->rules[i]->is_selected)
			continue;
		assert(set->rules[i]->tables); /* rules_prepare() was called */
		result = run_rule(run, set->rules[i], err);
	}
	sqlite3_progress_handler(run->store->db, 0, NULL, NULL);
	return result;
}

static int by_weight(const void *a, const void *b)
{
	const struct finding *first = a;
	const struct finding *second = b;
	int order = (int)second->rule->severity - (int)first->rule->severity;

	if (order == 0)
		order = strcmp(first->rule->id, second->rule->id);
	return order ? order : strcmp(first->subject, second->subject);
}

/*
 * A baseline is for findings that are known and not yet mended. It does not excuse what is about
 * the gate itself: an exception that has run out, or inputs that others can change.
 */
static bool fails_gate(const struct judge_options *options, const struct finding *finding)
{
	enum severity least;

	if (severity_parse(options->fail_on, &least) < 0 || finding->waived_reason)
		return false;
	if (finding->is_waiver_expired || rule_has_tag(finding->rule, "gate"))
		return true;
	return finding->rule->severity >= least && (finding->is_new || !options->fail_on_new);
}

static int exit_of(const struct audit *audit)
{
	for (size_t i = 0; i < audit->finding_count; i++) {
		if (audit->findings[i].fails_gate)
			return 1;
	}
	for (size_t i = 0; i < audit->verdict_count; i++) {
		if (audit->verdicts[i].is_incomplete)
			return 3;
	}
	return 0;
}

static int weigh(struct run *run, const struct rule_set *set, const struct judge_options *options,
		 struct err *err)
{
	struct audit *audit = run->audit;
	struct finding *findings = arena_alloc(run->arena, run->count, sizeof(*findings));
	struct waivers waivers;

	if (run->count > 0) {
		memcpy(findings, run->findings, run->count * sizeof(*findings));
		places_mark(findings, run->count);
		qsort(findings, run->count, sizeof(*findings), by_weight);
	}
	audit->findings = findings;
	audit->finding_count = run->count;
	audit->has_baseline = options->has_baseline;
	if (waivers_load(set, run->store, run->arena, &waivers, err) < 0)
		return -1;
	if (options->has_baseline &&
	    baseline_apply(run->store, run->arena, findings, audit, err) < 0)
		return -1;
	for (size_t i = 0; i < run->count; i++) {
		waivers_apply(&waivers, &findings[i]);
		findings[i].fails_gate = fails_gate(options, &findings[i]);
	}
	audit->fail_on = options->fail_on;
	audit->exit = exit_of(audit);
	return 0;
}

static int judge(struct run *run, const struct rule_set *set, const struct judge_options *options,
		 struct err *err)
{
	struct schema *schema = arena_alloc(run->arena, 1, sizeof(*schema));
	enum severity least;

	if (severity_parse(options->fail_on, &least) < 0 && strcmp(options->fail_on, "none") != 0)
		return err_set(err, "fail-on \"%.32s\": not a severity, nor none",
			       options->fail_on);
	if (schema_load(run->store, run->arena, set->kept, schema, err) < 0 ||
	    settings_check(set, run->store, run->arena, err) < 0 ||
	    coverage_load(run->store, run->arena, run->audit, err) < 0 ||
	    views_fill(set, run->store, err) < 0)
		return -1;
	run->schema = schema;
	run->verdicts = arena_alloc(run->arena, set->count, sizeof(*run->verdicts));
	run->audit->verdicts = run->verdicts;
	run->audit->verdict_count = 0;
	if (run_rules(run, set, err) < 0)
		return -1;
	return weigh(run, set, options, err);
}

int judge_run(const struct rule_set *set, struct store *store, const struct judge_options *options,
	      struct arena *arena, struct audit *out, struct err *err)
{
	struct run run = {
	    .store = store,
	    .arena = arena,
	    .audit = out,
	    .max_steps = options->max_steps ? options->max_steps : JUDGE_MAX_STEPS,
	    .max_rows = options->max_rows ? options->max_rows : JUDGE_MAX_ROWS,
	};
	int result = judge(&run, set, options, err);

	free(run.findings);
	return result;
}
