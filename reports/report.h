/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stage 3a: one file in reports/ is one output format, chosen by `-o NAME[=FILE]`. A format is a
 * pure function from the audit to a stream; the same audit gives the same bytes.
 */
#ifndef REPORTS_REPORT_H
#define REPORTS_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "lib/err.h"
#include "rules/judge.h"

/* How the stream shows: only text asks. */
struct report_style {
	bool color;
	bool is_utf8;     /* the stream's reader understands more than ASCII */
	unsigned columns; /* width to wrap at; 0: do not wrap */
	unsigned verbose; /* -v: list passes and complete tables too */
	bool quiet;       /* -q: findings and verdict lines only */
};

struct report_format {
	const char *about; /* one line for `harden --help` */
	/* 0, or -1 when the stream failed. Does not close it. */
	int (*write)(FILE *out, const struct audit *audit, const struct report_style *style,
		     struct err *err);
};

/* The registry that the Makefile makes of the folder; ends with an entry without a name. */
struct report_entry {
	const char *name;
	const struct report_format *format;
};
extern const struct report_entry report_registry[];

#endif
