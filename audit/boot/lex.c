/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] See lex.h. */
#include "audit/boot/lex.h"

#include <string.h>

static char front(const struct lexer *lexer)
{
	return lexer->rest.data[0];
}

static void advance(struct lexer *lexer, size_t len)
{
	lexer->rest = (struct span){lexer->rest.data + len, lexer->rest.len - len};
}

/* A backslash at the end of the line joins it with the next one. */
static bool is_joint(struct span rest)
{
	return span_starts(rest, "\\\n");
}

static void skip_blanks(struct lexer *lexer)
{
	while (lexer->rest.len > 0) {
		if (is_joint(lexer->rest)) {
			advance(lexer, 2);
			lexer->next_line++;
		} else if (front(lexer) == '#') {
			const char *end = memchr(lexer->rest.data, '\n', lexer->rest.len);

			advance(lexer, end ? (size_t)(end - lexer->rest.data) : lexer->rest.len);
		} else if (front(lexer) == ' ' || front(lexer) == '\t' || front(lexer) == '\r') {
			advance(lexer, 1);
		} else {
			return;
		}
	}
}

/* Strings know no escapes, and may go over lines: \"[^"]*\". */
static void take_string(struct lexer *lexer)
{
	const char *end = memchr(lexer->rest.data + 1, '"', lexer->rest.len - 1);

	if (!end) {
		lexer->type = lexer->is_cut ? LEX_END : LEX_BAD;
		advance(lexer, lexer->rest.len);
		return;
	}
	lexer->type = LEX_STRING;
	lexer->text = (struct span){lexer->rest.data + 1, (size_t)(end - lexer->rest.data) - 1};
	for (size_t i = 0; i < lexer->text.len; i++)
		lexer->next_line += lexer->text.data[i] == '\n';
	advance(lexer, lexer->text.len + 2);
}

static void take_word(struct lexer *lexer)
{
	size_t len = 1;

	while (len < lexer->rest.len && !strchr(" \t\r\n;{}\"#", lexer->rest.data[len]) &&
	       !is_joint((struct span){lexer->rest.data + len, lexer->rest.len - len}))
		len++;
	lexer->type = LEX_WORD;
	lexer->text = (struct span){lexer->rest.data, len};
	advance(lexer, len);
}

void lex_next(struct lexer *lexer)
{
	skip_blanks(lexer);
	lexer->line = lexer->next_line;
	lexer->text = (struct span){0};
	if (lexer->rest.len == 0) {
		if (lexer->type != LEX_BAD)
			lexer->type = LEX_END;
		return;
	}
	switch (front(lexer)) {
	case '\n':
		lexer->next_line++;
		lexer->type = LEX_SEPARATOR;
		advance(lexer, 1);
		return;
	case ';':
		lexer->type = LEX_SEPARATOR;
		advance(lexer, 1);
		return;
	case '{':
		lexer->type = LEX_OPEN;
		advance(lexer, 1);
		return;
	case '}':
		lexer->type = LEX_CLOSE;
		advance(lexer, 1);
		return;
	case '"':
		take_string(lexer);
		return;
	default:
		take_word(lexer);
	}
}

void lex_begin(struct lexer *lexer, struct span input, bool is_cut)
{
	*lexer = (struct lexer){.rest = input, .next_line = 1, .is_cut = is_cut};
	lex_next(lexer);
}
