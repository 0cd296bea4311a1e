/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stage 2: SQL turns tables into findings. A rule is one SQL file; judge_run() runs the selected
 * ones over the facts, applies waivers and the baseline, and says what each rule's verdict is.
 */
#ifndef RULES_JUDGE_H
#define RULES_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/span.h"
#include "lib/store.h"

/* Ceilings of this stage: what lies beyond them is an error that says so. */
#define RULES_MAX 1024U                            /* rules of one run */
#define RULES_MAX_MEMORY ((size_t)256 << 20)       /* their texts */
#define RULE_MAX_BYTES ((size_t)64 << 10)          /* one rule file */
#define RULE_MAX_TABLES 64U                        /* base tables that one rule reads */
#define JUDGE_MAX_STEPS ((uint64_t)200 * 1000000U) /* of SQLite's virtual machine, one rule */
#define JUDGE_MAX_ROWS 100000U                     /* one rule */

/* Worst last, so that severities compare with < and >. */
enum severity { SEVERITY_INFO, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL };
#define SEVERITY_COUNT 5
const char *severity_name(enum severity severity);
/* -1 when the name is none of them. */
int severity_parse(const char *name, enum severity *out) MUST_CHECK;

/* One rule file, read. Texts live as long as the rule set. */
struct rule {
	const char *id;     /* AREA/NAME, the file's path below its folder without .sql */
	const char *origin; /* the file, for messages; "built-in:AREA/NAME.sql" for ours */
	enum severity severity;
	const char *title; /* one line: the fault */
	const char *why;   /* why it matters and what to do, for a tired person */
	const char *fix;   /* name of a fixer; NULL: none */
	const char *refs;  /* CWE and the like, separated by ", "; NULL: none */
	const char *tags;  /* separated by ", "; NULL: none. "gate": findings always fail it */
	const char *sql;   /* the SELECT */
	unsigned sql_line; /* the line of the file that `sql` begins in */
	/* Set by rules_prepare(), if the rule is selected: */
	const char *const *tables; /* base tables that it reads, also through views; then NULL */
	uint64_t kept;             /* a bit for each of the set's kept views that it reads */
	bool is_selected;          /* set by rules_select(); true before */
};

/* True when the rule's tags hold `tag`. */
bool rule_has_tag(const struct rule *rule, const char *tag);

/* All rules that this run knows. */
struct rule_set {
	struct arena arena;
	struct rule **rules; /* by id */
	size_t count;
	struct kept_views *kept; /* by rules_prepare(), of its store: a set has but one */
};

/* A rule that is built in; the array ends with an entry without a path. See ci/embed.sh. */
struct rule_source {
	const char *path; /* AREA/NAME.sql */
	const char *text;
	size_t len;
};
extern const struct rule_source rule_sources[];
/* The views that rules share: rules/vocabulary.sql. */
extern const char vocabulary_sql[];

void rules_init(struct rule_set *set);
void rules_done(struct rule_set *set);

/* Adds one rule from the text of its file; a rule of the same id is replaced. */
int rules_load_text(struct rule_set *set, const char *id, const char *origin, struct span text,
		    struct err *err) MUST_CHECK;

/* Adds the built-in rules. */
int rules_load_builtin(struct rule_set *set, struct err *err) MUST_CHECK;

/*
 * Adds the rules of a folder, AREA/NAME.sql; a rule of the same id is replaced. With
 * `check_writable`, what others than root and `trusted_uid` could have written is refused.
 */
int rules_load_folder(struct rule_set *set, const char *dir, unsigned trusted_uid,
		      bool check_writable, struct err *err) MUST_CHECK;

/* NULL: there is none. */
const struct rule *rules_find(const struct rule_set *set, const char *id);

/*
 * Selects the rules whose id matches one of `only` (all, when there is none) and none of `skip`:
 * globs as in fnmatch(3), where * matches / too. A glob that no rule matches is an error, since
 * it is most likely mistyped.
 */
int rules_select(struct rule_set *set, const char *const *only, size_t only_count,
		 const char *const *skip, size_t skip_count, struct err *err) MUST_CHECK;

/*
 * Checks that each selected rule is one SELECT that reads facts and nothing else, and finds out
 * which tables it reads. The store must have all tables and have gone through judge_open().
 */
int rules_prepare(struct rule_set *set, struct store *store, struct err *err) MUST_CHECK;

/*
 * True when a selected rule reads the table, or judge_run() does. After rules_prepare(). What
 * the table's probe itself has as input is not looked at.
 */
bool rules_read(const struct rule_set *set, const char *table);

/* `harden rules`: one line a rule, or all about the one of that id. -1: no such rule. */
int rules_print(FILE *out, const struct rule_set *set, const char *id, struct err *err) MUST_CHECK;

/* The SQL functions that rules may call, each with its arguments and a line about it. */
void functions_print(FILE *out);

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_UNKNOWN };
const char *verdict_name(enum verdict verdict); /* "pass", "fail", "unknown" */

struct rule_verdict {
	const struct rule *rule;
	enum verdict verdict;
	const char *reason; /* if is_incomplete: the tables that are not, and why; else NULL */
	bool is_incomplete; /* UNKNOWN, or FAIL where more may be found: a table is not complete */
};

/* A value for the fixer that the rule names: a column fix_NAME of its SELECT. */
struct fix_param {
	const char *name; /* without fix_ */
	const char *value;
};

#define FINDING_MAX_PARAMS 8
#define FINGERPRINT_SIZE 33 /* 32 lower-case hexadecimal digits and NUL */

struct finding {
	const struct rule *rule;
	const char *subject; /* where: stable from run to run */
	const char *detail;  /* what: one sentence, stable */
	const char *file;    /* NULL: none */
	int64_t line;        /* 0: none */
	bool shares_place;   /* another finding of the rule has the same file and line */
	char fingerprint[FINGERPRINT_SIZE]; /* of rule id and subject */
	struct fix_param fix[FINDING_MAX_PARAMS];
	size_t fix_count;
	const char *waived_reason; /* NULL: not waived (or its waiver has expired) */
	const char *waived_until;  /* YYYY-MM-DD, the last day; NULL: not waived */
	bool is_waiver_expired;    /* a waiver names it, but its last day has passed */
	bool is_new;               /* not in the baseline; true for all when there is none */
	bool fails_gate;
};

/* How a table was collected: a row of `coverage`. */
struct table_coverage {
	const char *table;
	const char *status; /* see coverage_name() in audit/probe.h */
	const char *detail; /* NULL: none */
	int64_t ms;
};

/* The outcome of one audit: all that a report may show. Sorted: see judge_run(). */
struct audit {
	const char *version; /* of harden, "0.1.0" */
	const char *host;    /* name of the audited host */
	int64_t started;     /* seconds since the epoch */
	int64_t finished;
	const struct finding *findings; /* worst first, then by rule id, then by subject */
	size_t finding_count;
	const struct rule_verdict *verdicts; /* by rule id */
	size_t verdict_count;
	const struct table_coverage *coverage; /* by table */
	size_t coverage_count;
	bool has_baseline;
	size_t gone_count;   /* fingerprints of the baseline that are found no more */
	const char *fail_on; /* "critical" … "low", or "none" */
	const char *error;   /* why the run broke off (exit 2); NULL: it did not */
	int exit;            /* the exit status, as harden(8) lists them */
	const char *const
	    *limits; /* what this version cannot see: sentences to print; ends with NULL */
};

/*
 * Readies the facts for rules: the SQL functions, the day that today() says (YYYY-MM-DD, UTC) and
 * the views of vocabulary.sql. Once for each store, after store_deserialize() if that is used; the
 * tables may come later. From here on, neither SQLite nor judge_run() opens a file.
 */
int judge_open(struct store *store, const char *today, struct err *err) MUST_CHECK;

struct judge_options {
	const char *fail_on; /* "critical" … "low", or "none"; borrowed by the audit */
	bool fail_on_new;    /* findings of the baseline do not fail the gate */
	bool has_baseline;   /* the table `baseline` means something */
	uint64_t max_steps;  /* 0: JUDGE_MAX_STEPS */
	unsigned max_rows;   /* 0: JUDGE_MAX_ROWS */
};

/*
 * Runs the selected rules of a prepared set and fills in findings, verdicts, coverage, baseline
 * and exit of `out`; the rest of it is left alone. All memory is the arena's, but rules are the
 * set's. Findings are sorted worst first, then by rule id, then by subject; there is one for each
 * rule and subject.
 *
 * Verdict: rows are a FAIL; none are a PASS if all tables read are complete or absent, else
 * UNKNOWN. A waiver counts through its last day. Its subject may hold *, which stands for any run
 * of characters; everything else in it is literal.
 *
 * The gate fails (exit 1) for a finding that is not waived, and either is at or above `fail_on`
 * (and new, with fail_on_new), or whose waiver has expired, or whose rule has the tag "gate".
 * Else exit is 3 when a selected rule read a table that is not complete, else 0.
 *
 * -1: a rule is wrong or without end, or a waiver or a setting names what does not exist.
 */
int judge_run(const struct rule_set *set, struct store *store, const struct judge_options *options,
	      struct arena *arena, struct audit *out, struct err *err) MUST_CHECK;

#endif
