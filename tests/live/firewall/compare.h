/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the model says of packets, and what the kernel did with them. */
#ifndef TESTS_LIVE_FIREWALL_COMPARE_H
#define TESTS_LIVE_FIREWALL_COMPARE_H

#include "bench.h"

struct counts {
	unsigned long rulesets;
	unsigned long refused; /* would not load */
	unsigned long compared;
	unsigned long unknown;
	unsigned long doubts[FW_DOUBTS];
	unsigned long inexact; /* not modelled, and yet ordinary addresses */
	unsigned long mismatches;
	double asked_seconds;
	unsigned long asked;
};

struct comparison {
	unsigned probes; /* a query */
	int family;      /* 0: both */
	bool has_tally;
	bool tells_unknown;
	unsigned shown; /* mismatches that were explained, of this ruleset */
	unsigned shown_unknown;
	struct counts counts;
};

/* One query with many sources. What is contradicted twice is a mismatch, and is explained. */
void compare_query(struct comparison *to, struct bench *bench);

double compare_clock(void);

#endif
