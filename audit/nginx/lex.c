/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] See lex.h. */
#include "audit/nginx/lex.h"

#include <string.h>

static void advance(struct nginx_lexer *lexer, size_t len)
{
	for (size_t i = 0; i < len; i++)
		lexer->next_line += lexer->rest.data[i] == '\n';
	lexer->rest = (struct span){lexer->rest.data + len, lexer->rest.len - len};
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Comments begin where a word could. */
static void skip_blanks(struct nginx_lexer *lexer)
{
	while (lexer->rest.len > 0) {
		const char *end;

		if (is_blank(lexer->rest.data[0])) {
			advance(lexer, 1);
			continue;
		}
		if (lexer->rest.data[0] != '#')
			return;
		end = memchr(lexer->rest.data, '\n', lexer->rest.len);
		advance(lexer, end ? (size_t)(end - lexer->rest.data) : lexer->rest.len);
	}
}

/* \" \' \\ stand for the second, \t \r \n for a control character; other backslashes remain. */
static struct span unescape(struct arena *arena, struct span text)
{
	static const char written[] = "\"'\\trn";
	static const char meant[] = "\"'\\\t\r\n";
	size_t len = 0;
	char *copy;

	if (text.len == 0 || !memchr(text.data, '\\', text.len))
		return text;
	copy = arena_text(arena, text);
	for (size_t i = 0; i < text.len; i++) {
		bool is_escape = text.data[i] == '\\' && i + 1 < text.len && text.data[i + 1];
		const char *at = is_escape ? strchr(written, text.data[i + 1]) : NULL;

		copy[len++] = at ? meant[at - written] : text.data[i];
		i += at != NULL;
	}
	return (struct span){copy, len};
}

static bool add_word(struct nginx_lexer *lexer, struct span text)
{
	if (lexer->count == NGINX_MAX_WORDS) {
		lexer->fault = "a directive has too many words";
		return false;
	}
	if (lexer->count == lexer->capacity) {
		unsigned capacity = lexer->capacity ? lexer->capacity * 2 : 16;
		struct span *words = arena_alloc(lexer->arena, capacity, sizeof(*words));

		if (lexer->count > 0)
			memcpy(words, lexer->words, lexer->count * sizeof(*words));
		lexer->words = words;
		lexer->capacity = capacity;
	}
	lexer->words[lexer->count++] = unescape(lexer->arena, text);
	return true;
}

static bool take_quoted(struct nginx_lexer *lexer)
{
	struct span rest = lexer->rest;
	size_t len = 1;

	while (len < rest.len && rest.data[len] != rest.data[0])
		len += rest.data[len] == '\\' ? 2 : 1;
	if (len >= rest.len) {
		lexer->fault = "a quote is not closed";
		return false;
	}
	advance(lexer, len + 1);
	rest = (struct span){rest.data + 1, len - 1};
	/* what follows must part it from the next word */
	if (lexer->rest.len > 0 && !is_blank(lexer->rest.data[0]) &&
	    !strchr(";{)", lexer->rest.data[0])) {
		lexer->fault = "something stands right behind a quote";
		return false;
	}
	return add_word(lexer, rest);
}

/* A word ends before a blank, ; or {, unless that is escaped or the brace of "${". */
static bool take_word(struct nginx_lexer *lexer)
{
	struct span rest = lexer->rest;
	bool is_variable = false;
	size_t len = 0;

	while (len < rest.len) {
		char byte = rest.data[len];

		if (is_blank(byte) || byte == ';' || (byte == '{' && !is_variable))
			break;
		is_variable = byte == '$';
		len += byte == '\\' ? 2 : 1;
	}
	if (len >= rest.len) {
		lexer->fault = "the last directive is not ended";
		return false;
	}
	advance(lexer, len);
	return add_word(lexer, (struct span){rest.data, len});
}

static enum nginx_lex bad(struct nginx_lexer *lexer, const char *fault)
{
	if (!lexer->fault)
		lexer->fault = fault;
	return NGINX_BAD;
}

/* The sign that ends words, or that ends a block, where there are none. */
static enum nginx_lex take_sign(struct nginx_lexer *lexer)
{
	char sign = lexer->rest.data[0];

	if (lexer->count == 0)
		lexer->line = lexer->next_line;
	advance(lexer, 1);
	if ((lexer->count == 0) != (sign == '}'))
		return bad(lexer, "a sign stands where it may not");
	if (sign == ';')
		return NGINX_STATEMENT;
	return sign == '{' ? NGINX_OPEN : NGINX_CLOSE;
}

static bool take(struct nginx_lexer *lexer)
{
	char byte = lexer->rest.data[0];

	if (lexer->count == 0)
		lexer->line = lexer->next_line;
	return byte == '"' || byte == '\'' ? take_quoted(lexer) : take_word(lexer);
}

enum nginx_lex nginx_lex_next(struct nginx_lexer *lexer)
{
	lexer->count = 0;
	lexer->line = lexer->next_line;
	for (skip_blanks(lexer); lexer->rest.len > 0; skip_blanks(lexer)) {
		if (memchr(";{}", lexer->rest.data[0], 3))
			return take_sign(lexer);
		if (!take(lexer))
			return NGINX_BAD;
	}
	return lexer->count == 0 ? NGINX_END : bad(lexer, "the last directive is not ended");
}

void nginx_lex_begin(struct nginx_lexer *lexer, struct arena *arena, struct span input)
{
	/* a byte order mark is skipped by nginx since 1.7.9, as of UTF-8 */
	if (span_starts(input, "\xef\xbb\xbf"))
		input = (struct span){input.data + 3, input.len - 3};
	*lexer = (struct nginx_lexer){.arena = arena, .rest = input, .next_line = 1};
}

/* ---- Lua ---- */

/* The length of "[==[" at the beginning, or 0. */
static size_t long_bracket(struct span text)
{
	size_t len = 1;

	if (text.len < 2 || text.data[0] != '[')
		return 0;
	while (len < text.len && text.data[len] == '=')
		len++;
	return len < text.len && text.data[len] == '[' ? len + 1 : 0;
}

/* What stands in "[==[ … ]==]", with the brackets; what does not end goes to the end. */
static size_t long_length(struct span text, size_t open)
{
	for (size_t at = open; at + open <= text.len; at++)
		if (text.data[at] == ']' && text.data[at + open - 1] == ']' &&
		    memcmp(text.data + at + 1, text.data + 1, open - 2) == 0)
			return at + open;
	return text.len;
}

static size_t string_length(struct span text)
{
	size_t len = 1;

	while (len < text.len && text.data[len] != text.data[0])
		len += text.data[len] == '\\' ? 2 : 1;
	return len < text.len ? len + 1 : text.len;
}

/* The length of what begins here: a string, a comment, or one byte. */
static size_t lua_piece(struct span text)
{
	bool is_comment = span_starts(text, "--");
	struct span behind = {text.data + (is_comment ? 2 : 0), text.len - (is_comment ? 2 : 0)};
	size_t open = long_bracket(behind);
	const char *end;

	if (open)
		return text.len - behind.len + long_length(behind, open);
	if (is_comment) {
		end = memchr(text.data, '\n', text.len);
		return end ? (size_t)(end - text.data) : text.len;
	}
	return text.data[0] == '"' || text.data[0] == '\'' ? string_length(text) : 1;
}

bool nginx_lex_skip_lua(struct nginx_lexer *lexer)
{
	unsigned depth = 1;

	while (depth > 0 && lexer->rest.len > 0) {
		depth += lexer->rest.data[0] == '{';
		depth -= lexer->rest.data[0] == '}';
		advance(lexer, lua_piece(lexer->rest));
	}
	return depth == 0;
}
