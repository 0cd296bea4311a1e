/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The words of a file of nft -f, as src/scanner.l of nft parts them. */
#ifndef AUDIT_BOOT_LEX_H
#define AUDIT_BOOT_LEX_H

#include <stdbool.h>

#include "lib/span.h"

enum lex_type {
	LEX_WORD,   /* a run of anything else: names, numbers, signs */
	LEX_STRING, /* in quotes, which are not part of `text` */
	LEX_OPEN,
	LEX_CLOSE,
	LEX_SEPARATOR, /* end of line or ; */
	LEX_END,
	LEX_BAD, /* a quote that nothing closes */
};

/* type, text and line are those of the token that stands in front. */
struct lexer {
	struct span rest;
	unsigned next_line;
	bool is_cut;
	enum lex_type type;
	struct span text;
	unsigned line;
};

void lex_begin(struct lexer *lexer, struct span input, bool is_cut);
void lex_next(struct lexer *lexer);

#endif
