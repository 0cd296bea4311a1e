/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The counts of an audit, so that all reports give the same numbers.
 */
#ifndef RULES_SUMMARY_H
#define RULES_SUMMARY_H

#include "lib/buf.h"
#include "rules/judge.h"

struct summary {
	size_t by_severity[SEVERITY_COUNT]; /* findings that no waiver covers */
	size_t open;                        /* their sum */
	size_t waived;
	size_t expired; /* of the open ones: those whose waiver has expired */
	size_t added;   /* of the open ones: those that the baseline does not have */
	size_t gate;    /* findings that fail the gate */
	size_t by_verdict[VERDICT_UNKNOWN + 1];
	size_t partial; /* rules that fail, but saw only part of what they read */
};

struct summary summary_of(const struct audit *audit);

/* The one word: "pass", "fail", "incomplete" or "error". */
const char *summary_outcome(const struct audit *audit);

/*
 * The outcome in one line, behind the host's name: "1 critical, 2 high; 3 rules without verdict;
 * exit 1".
 */
void summary_text(const struct audit *audit, struct buf *out);

#endif
