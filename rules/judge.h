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

#include "lib/err.h"

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
	const char
	    *tags; /* separated by ", "; NULL: none. "gate": a finding always fails the gate */
	const char *sql;   /* the SELECT */
	unsigned sql_line; /* the line of the file that `sql` begins in */
};

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_UNKNOWN };
const char *verdict_name(enum verdict verdict); /* "pass", "fail", "unknown" */

struct rule_verdict {
	const struct rule *rule;
	enum verdict verdict;
	const char *reason; /* of UNKNOWN: the tables that are not complete, and why; else NULL */
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
	const char *subject;                /* where: stable from run to run */
	const char *detail;                 /* what: one sentence, stable */
	const char *file;                   /* NULL: none */
	int64_t line;                       /* 0: none */
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

#endif
