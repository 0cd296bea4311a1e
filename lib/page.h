/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines for people: a label, then text that wraps with a hanging indent at the terminal's width.
 */
#ifndef LIB_PAGE_H
#define LIB_PAGE_H

#include <stdbool.h>
#include <stdio.h>

struct page {
	FILE *out;
	bool is_colored;
	bool is_utf8;     /* else what is not ASCII shows as \xNN */
	unsigned columns; /* width to wrap at; 0: do not wrap */
};

/*
 * One line (or several, when it wraps: they begin at column `indent`). `color` holds the
 * parameters of an SGR sequence (ECMA-48 8.3.117), such as "1;31", for the label; NULL: none.
 * What is not printable in `text` is escaped, line ends are blanks.
 */
void page_put(const struct page *page, const char *color, const char *label, unsigned indent,
	      const char *text);

#endif
