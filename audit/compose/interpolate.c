/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Variables in the values of a Compose file: docs.docker.com/reference/compose-file/
 * interpolation. $NAME, ${NAME}, and in braces behind the name :- and - (default), :? and ? (must
 * be set), :+ and + (alternative), where the colon means "or empty", and what follows may hold
 * variables again. $$ is a dollar.
 */
#include <string.h>

#include "audit/compose/compose.h"
#include "lib/buf.h"

#define MAX_NESTING 16U

struct text {
	const struct compose_scope *scope;
	struct span rest;
	struct buf out;
	unsigned level;
	bool is_silent;  /* what is read now is not used */
	bool in_default; /* what is read now stands in the file in place of a variable */
	struct compose_result *result;
};

static bool is_first(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_name(char byte)
{
	return is_first(byte) || (byte >= '0' && byte <= '9');
}

static void skip(struct text *text, size_t len)
{
	text->rest = (struct span){text->rest.data + len, text->rest.len - len};
}

static void put(struct text *text, const char *data, size_t len)
{
	if (text->is_silent || len == 0)
		return;
	if (text->in_default)
		text->result->has_default = true;
	buf_put(&text->out, data, len);
}

static const char *take_name(struct text *text)
{
	size_t len = 0;

	while (len < text->rest.len && is_name(text->rest.data[len]))
		len++;
	if (len == 0 || !is_first(text->rest.data[0]))
		return NULL;
	skip(text, len);
	return arena_text(text->scope->compose->arena, (struct span){text->rest.data - len, len});
}

static int bad(struct err *err)
{
	return err_set(err, "a $ that begins no variable: write $$ for a dollar");
}

static int put_variable(struct text *text, const char *name, struct err *err)
{
	static const char unset = COMPOSE_UNSET;
	const char *value;
	bool was_default = text->in_default;

	if (text->is_silent)
		return 0;
	if (compose_lookup(text->scope, name, &value, err) < 0)
		return -1;
	text->result->has_variable = true;
	if (!value && !text->result->unset)
		text->result->unset = name;
	text->in_default = false; /* the variable's text is not the file's */
	put(text, value ? value : &unset, value ? strlen(value) : 1);
	text->in_default = was_default;
	return 0;
}

static int read_text(struct text *text, bool is_inside, struct err *err);

/* What stands behind the operator, up to the brace; used or only skipped. */
static int read_word(struct text *text, bool is_used, bool is_default, struct err *err)
{
	bool was_silent = text->is_silent;
	bool was_default = text->in_default;
	int result;

	text->is_silent = was_silent || !is_used;
	text->in_default = is_default;
	result = read_text(text, true, err);
	text->is_silent = was_silent;
	text->in_default = was_default;
	return result;
}

/* A variable that must be set and is not: Compose would stop; what it would be, nobody knows. */
static int read_operator(struct text *text, const char *name, struct err *err)
{
	bool or_empty = span_starts(text->rest, ":");
	const char *value = NULL;
	char sign;
	bool is_set;

	skip(text, or_empty);
	if (text->rest.len == 0)
		return bad(err);
	sign = text->rest.data[0];
	if (!strchr("-?+", sign))
		return bad(err);
	skip(text, 1);
	if (!text->is_silent && compose_lookup(text->scope, name, &value, err) < 0)
		return -1;
	is_set = value && !(or_empty && value[0] == '\0');
	if (sign == '-') {
		if (is_set && put_variable(text, name, err) < 0)
			return -1;
		return read_word(text, !is_set, true, err);
	}
	if (sign == '?') {
		if (put_variable(text, name, err) < 0)
			return -1;
		return read_word(text, false, false, err);
	}
	if (!text->is_silent)
		text->result->has_variable = true;
	return read_word(text, is_set, false, err);
}

static int read_braced(struct text *text, struct err *err)
{
	const char *name = take_name(text);

	if (!name || text->rest.len == 0)
		return bad(err);
	if (text->rest.data[0] == '}') {
		skip(text, 1);
		return put_variable(text, name, err);
	}
	if (++text->level > MAX_NESTING)
		return err_set(err, "variables nested deeper than %u levels", MAX_NESTING);
	if (read_operator(text, name, err) < 0)
		return -1;
	text->level--;
	return 0;
}

static int read_dollar(struct text *text, struct err *err)
{
	const char *name;

	skip(text, 1);
	if (span_starts(text->rest, "$")) {
		put(text, "$", 1);
		skip(text, 1);
		return 0;
	}
	if (span_starts(text->rest, "{")) {
		skip(text, 1);
		return read_braced(text, err);
	}
	name = take_name(text);
	return name ? put_variable(text, name, err) : bad(err);
}

/* To the end, or inside of braces to the one that closes, which is taken too. */
static int read_text(struct text *text, bool is_inside, struct err *err)
{
	while (text->rest.len > 0) {
		char byte = text->rest.data[0];

		if (byte == '$') {
			if (read_dollar(text, err) < 0)
				return -1;
			continue;
		}
		if (is_inside && byte == '}') {
			skip(text, 1);
			return 0;
		}
		put(text, &byte, 1);
		skip(text, 1);
	}
	return is_inside ? err_set(err, "a ${ that is not closed") : 0;
}

int compose_interpolate(const struct compose_scope *scope, struct span text,
			struct compose_result *out, struct err *err)
{
	struct text reading = {.scope = scope, .rest = text, .result = out};
	auto_buf struct buf done = {0};
	int result;

	*out = (struct compose_result){.text = text};
	if (text.len == 0 || !memchr(text.data, '$', text.len))
		return 0;
	buf_init(&reading.out, COMPOSE_MAX_TEXT);
	result = read_text(&reading, false, err);
	done = reading.out; /* freed here, whatever happens */
	if (result < 0)
		return -1;
	if (done.overflowed)
		return err_set(err, "a value longer than %u bytes", COMPOSE_MAX_TEXT);
	out->text = (struct span){arena_text(scope->compose->arena, buf_span(&done)), done.len};
	return 0;
}

static const struct compose_variable *find(const struct compose_variable *list, const char *name)
{
	while (list && strcmp(list->name, name) != 0)
		list = list->next;
	return list;
}

/* The environment of the caller, each variable asked for once. */
static int look_outside(struct compose *compose, const char *name, const char **out,
			struct err *err)
{
	const struct compose_variable *known = find(compose->environment, name);
	struct compose_variable *added;

	if (known) {
		*out = known->value;
		return 0;
	}
	if (++compose->variables > COMPOSE_MAX_VARIABLES)
		return err_set(err, "more than %u variables", COMPOSE_MAX_VARIABLES);
	if (compose->variable(compose, name, out, err) < 0)
		return -1;
	added = arena_alloc(compose->arena, 1, sizeof(*added));
	*added =
	    (struct compose_variable){.next = compose->environment, .name = name, .value = *out};
	compose->environment = added;
	return 0;
}

/* Who includes counts more than what is included, and the caller more than every file. */
static const char *look_in_files(const struct compose_scope *scope, const char *name)
{
	const char *value = scope->outer ? look_in_files(scope->outer, name) : NULL;
	const struct compose_variable *own;

	if (value)
		return value;
	own = find(scope->dotenv, name);
	return own ? own->value : NULL;
}

int compose_lookup(const struct compose_scope *scope, const char *name, const char **out,
		   struct err *err)
{
	*out = NULL;
	if (!scope->is_closed && look_outside(scope->compose, name, out, err) < 0)
		return -1;
	if (!*out)
		*out = look_in_files(scope, name);
	if (scope->is_closed)
		return 0;
	if (!*out && strcmp(name, "COMPOSE_PROJECT_NAME") == 0)
		*out = scope->compose->name;
	else if (!*out && scope->compose->unread)
		scope->compose->incomplete(scope->compose, scope->compose->unread);
	return 0;
}
