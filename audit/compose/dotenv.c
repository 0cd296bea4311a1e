/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] .env files, as Compose reads them: docs.docker.com/compose/how-tos/environment-variables/
 * variable-interpolation ("Env file syntax"), and compose-go's dotenv/parser.go for what it is
 * silent about. "NAME" alone hands the caller's variable on; single quotes keep all as it stands,
 * else variables are put in, those of the lines above included.
 */
#include <string.h>

#include "audit/compose/compose.h"
#include "lib/buf.h"

#define MAX_VALUE 16384U

struct dotenv {
	struct compose_scope scope; /* in which the lines above count too */
	struct span rest;
	unsigned line;
	struct compose_variable **out;
};

static void skip(struct dotenv *dotenv, size_t len)
{
	for (size_t i = 0; i < len && i < dotenv->rest.len; i++)
		dotenv->line += dotenv->rest.data[i] == '\n';
	dotenv->rest = (struct span){dotenv->rest.data + len, dotenv->rest.len - len};
}

static char peek(const struct dotenv *dotenv)
{
	return dotenv->rest.len > 0 ? dotenv->rest.data[0] : '\0';
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\v' || byte == '\f';
}

static void skip_blanks(struct dotenv *dotenv)
{
	while (dotenv->rest.len > 0 && is_blank(peek(dotenv)))
		skip(dotenv, 1);
}

static size_t line_len(const struct dotenv *dotenv)
{
	const char *end = memchr(dotenv->rest.data, '\n', dotenv->rest.len);

	return end ? (size_t)(end - dotenv->rest.data) : dotenv->rest.len;
}

/* To the next statement; false at the end of the file. */
static bool begin(struct dotenv *dotenv)
{
	while (dotenv->rest.len > 0) {
		if (peek(dotenv) == '#')
			skip(dotenv, line_len(dotenv));
		else if (peek(dotenv) == '\n' || is_blank(peek(dotenv)))
			skip(dotenv, 1);
		else
			return true;
	}
	return false;
}

static bool is_name(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("_.-[]", byte));
}

static int bad(const struct dotenv *dotenv, const char *what, struct err *err)
{
	(void)err_set(err, "%u: %s", dotenv->line, what);
	return compose_blame(&dotenv->scope, err);
}

/* The name goes to *out; what is left begins with "=", ":", the line's end or a comment. */
static int read_name(struct dotenv *dotenv, const char **out, struct err *err)
{
	size_t len = 0;

	if (span_starts(dotenv->rest, "export ") || span_starts(dotenv->rest, "export\t")) {
		skip(dotenv, 6);
		skip_blanks(dotenv);
	}
	while (len < dotenv->rest.len && is_name(dotenv->rest.data[len]))
		len++;
	if (len == 0 || (peek(dotenv) >= '0' && peek(dotenv) <= '9') ||
	    strchr(".-[]", peek(dotenv)))
		return bad(dotenv, "not a line like NAME=value", err);
	*out = arena_text(dotenv->scope.compose->arena, (struct span){dotenv->rest.data, len});
	skip(dotenv, len);
	skip_blanks(dotenv);
	if (dotenv->rest.len > 0 && !strchr("=:\n#", peek(dotenv)))
		return bad(dotenv, "not a line like NAME=value", err);
	return 0;
}

/* A value is what stands in the file when a dollar in it begins no variable: many a password does.
 */
static void expand(struct dotenv *dotenv, struct span raw, struct compose_variable *out)
{
	struct compose_result result = {.text = raw};
	struct err ignored;

	if (compose_interpolate(&dotenv->scope, raw, &result, &ignored) < 0)
		result = (struct compose_result){.text = raw};
	if (result.text.len > MAX_VALUE)
		result.text.len = MAX_VALUE;
	out->value = arena_text(dotenv->scope.compose->arena, result.text);
	out->has_variable = result.has_variable;
}

static void read_plain(struct dotenv *dotenv, struct compose_variable *out)
{
	struct span value = {dotenv->rest.data, line_len(dotenv)};
	size_t len = value.len;

	for (size_t i = 0; i < value.len; i++) {
		if (value.data[i] == '#' && (i == 0 || is_blank(value.data[i - 1]))) {
			value.len = i;
			break;
		}
	}
	expand(dotenv, span_trim(value), out);
	skip(dotenv, len);
}

static struct span unescape(struct dotenv *dotenv, struct span raw)
{
	char *out = arena_alloc(dotenv->scope.compose->arena, raw.len + 1, 1);
	size_t len = 0;

	for (size_t i = 0; i < raw.len; i++) {
		char byte = raw.data[i];

		if (byte == '\\' && i + 1 < raw.len && raw.data[i + 1] != '$') {
			byte = raw.data[++i];
			byte = byte == 'n' ? '\n' : byte == 'r' ? '\r' : byte == 't' ? '\t' : byte;
		}
		out[len++] = byte;
	}
	return (struct span){out, len};
}

static int read_quoted(struct dotenv *dotenv, struct compose_variable *out, struct err *err)
{
	char quote = peek(dotenv);
	struct span value;
	size_t end = 1;

	while (end < dotenv->rest.len && dotenv->rest.data[end] != quote)
		end += dotenv->rest.data[end] == '\\' && quote == '"' ? 2 : 1;
	if (end >= dotenv->rest.len)
		return bad(dotenv, "a quote that is not closed", err);
	value = (struct span){dotenv->rest.data + 1, end - 1};
	if (quote == '"')
		expand(dotenv, unescape(dotenv, value), out);
	else
		out->value = arena_text(dotenv->scope.compose->arena, value);
	skip(dotenv, end + 1);
	skip(dotenv, line_len(dotenv));
	return 0;
}

static int read_value(struct dotenv *dotenv, struct compose_variable *out, struct err *err)
{
	if (peek(dotenv) != '=' && peek(dotenv) != ':') { /* NAME alone */
		skip(dotenv, line_len(dotenv));
		out->has_variable = true;
		return compose_lookup(&dotenv->scope, out->name, &out->value, err);
	}
	skip(dotenv, 1);
	if (dotenv->scope.is_raw) {
		struct span value = {dotenv->rest.data, line_len(dotenv)};

		out->value = arena_text(dotenv->scope.compose->arena, value);
		skip(dotenv, value.len);
		return 0;
	}
	skip_blanks(dotenv);
	if (peek(dotenv) == '"' || peek(dotenv) == '\'')
		return read_quoted(dotenv, out, err);
	read_plain(dotenv, out);
	return 0;
}

static int read_one(struct dotenv *dotenv, struct err *err)
{
	struct compose *compose = dotenv->scope.compose;
	struct compose_variable *variable = arena_alloc(compose->arena, 1, sizeof(*variable));

	variable->line = dotenv->line;
	if (++compose->variables > COMPOSE_MAX_VARIABLES)
		return bad(dotenv, "too many variables", err);
	if (read_name(dotenv, &variable->name, err) < 0 || read_value(dotenv, variable, err) < 0)
		return -1;
	variable->next = *dotenv->out;
	*dotenv->out = variable;
	dotenv->scope.dotenv = variable;
	return 0;
}

int compose_read_dotenv(const struct compose_scope *scope, struct span text,
			struct compose_variable **out, struct err *err)
{
	struct dotenv dotenv = {.scope = *scope, .rest = text, .line = 1, .out = out};

	if (text.len == 0)
		return 0;
	if (memchr(text.data, COMPOSE_UNSET, text.len) || memchr(text.data, '\0', text.len))
		return bad(&dotenv, "no text", err);
	if (span_starts(dotenv.rest, "\xef\xbb\xbf"))
		skip(&dotenv, 3);
	while (begin(&dotenv))
		if (read_one(&dotenv, err) < 0)
			return -1;
	return 0;
}
