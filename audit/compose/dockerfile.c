/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The stages of a Dockerfile: see dockerfile.h. */
#include "audit/compose/dockerfile.h"

#include <string.h>

#include "audit/compose/keys.h"

struct parse {
	const struct dockerfile *file;
	struct compose *compose;
	struct dockerfile_reader reader;
	struct dockerfile_stage *first;
	struct dockerfile_stage *last;
	struct compose_variable *globals; /* ARGs before the first FROM */
	unsigned variables;
	unsigned line;
};

static const char *copy(const struct parse *parse, struct span text)
{
	return arena_text(parse->compose->arena, text);
}

static bool equals(struct span word, const char *text)
{
	return word.len == strlen(text) && strncasecmp(word.data, text, word.len) == 0;
}

/* With variables put in; one that has no value is COMPOSE_UNSET, as is all that is odd. */
static struct span expand(const struct parse *parse, const struct compose_variable *variables,
			  struct span text)
{
	struct compose_scope scope = {
	    .compose = parse->compose, .dotenv = variables, .is_closed = true};
	static const char unset[] = {COMPOSE_UNSET, '\0'};
	struct compose_result result;
	struct err ignored;

	if (compose_interpolate(&scope, text, &result, &ignored) < 0)
		return (struct span){unset, 1};
	return result.text;
}

static bool is_unset(struct span text)
{
	return text.len > 0 && memchr(text.data, COMPOSE_UNSET, text.len);
}

static int add_variable(struct parse *parse, struct compose_variable **list, struct span name,
			struct span value, struct err *err)
{
	struct compose_variable *added = arena_alloc(parse->compose->arena, 1, sizeof(*added));

	if (++parse->variables > DOCKERFILE_MAX_VARIABLES)
		return err_set(err, "%u: more than %u variables", parse->line,
			       DOCKERFILE_MAX_VARIABLES);
	*added = (struct compose_variable){.next = *list,
					   .name = copy(parse, name),
					   .value = copy(parse, value),
					   .line = parse->line};
	*list = added;
	return 0;
}

static void add_name(const struct parse *parse, struct dockerfile_names *names, const char *kind,
		     struct span name)
{
	if (++names->count > DOCKERFILE_MAX_NAMES)
		return;
	if (names->count == 1)
		names->line = parse->line;
	names->text =
	    arena_printf(parse->compose->arena, "%s%s%s%.*s", names->text ? names->text : "",
			 names->text ? ", " : "", kind, (int)name.len, name.data);
}

static struct dockerfile_stage *find_stage(const struct parse *parse, struct span name)
{
	uint64_t index;
	bool is_number = span_uint(name, DOCKERFILE_MAX_STAGES, &index) == 0;

	for (struct dockerfile_stage *at = parse->first; at; at = at->next)
		if ((at->name && equals(name, at->name)) || (is_number && at->index == index))
			return at;
	return NULL;
}

/* FROM [--platform=…] IMAGE [AS NAME] */
static int read_from(struct parse *parse, struct span rest, struct err *err)
{
	struct dockerfile_stage *stage = arena_alloc(parse->compose->arena, 1, sizeof(*stage));
	struct dockerfile_stage *base;
	struct span word;
	struct span image;

	*stage = (struct dockerfile_stage){.line = parse->line,
					   .index = parse->last ? parse->last->index + 1 : 0};
	do {
		if (!dockerfile_word(&parse->reader, &rest, &word))
			return err_set(err, "%u: FROM without an image", parse->line);
	} while (span_starts(word, "--"));
	if (stage->index == DOCKERFILE_MAX_STAGES)
		return err_set(err, "%u: more than %u stages", parse->line, DOCKERFILE_MAX_STAGES);
	image = expand(parse, parse->globals, word);
	base = find_stage(parse, image);
	stage->image = compose_parse_image(parse->compose, image);
	if (base) {
		stage->base = base;
		stage->image = base->image;
		stage->user = base->user;
		stage->user_line = base->user_line;
		stage->is_user_unknown = base->is_user_unknown;
		stage->variables = base->variables;
	}
	if (dockerfile_word(&parse->reader, &rest, &word) && equals(word, "AS") &&
	    dockerfile_word(&parse->reader, &rest, &word))
		stage->name = copy(parse, word);
	if (parse->last)
		parse->last->next = stage;
	else
		parse->first = stage;
	parse->last = stage;
	return 0;
}

static void judge(struct parse *parse, const char *kind, struct span name, struct span value)
{
	struct dockerfile_stage *stage = parse->last;
	bool is_reference = value.len > 0 && memchr(value.data, '$', value.len);
	/* a name is judged by a text that is no path, no word and not weak */
	enum compose_verdict by_name = compose_judge(name, span_of("0123456789abcdef"), true);
	enum compose_verdict verdict = compose_judge(name, value, !is_reference);

	if (!stage)
		return;
	if ((is_reference || (value.len == 0 && kind[0] == 'A')) && by_name == COMPOSE_LITERAL)
		add_name(parse, &stage->handed, kind, name);
	else if (verdict == COMPOSE_LITERAL || verdict == COMPOSE_WEAK)
		add_name(parse, &stage->secrets, kind, name);
}

/* What the service's build.args say of an ARG. */
static const struct compose_node *given_arg(const struct parse *parse, struct span name)
{
	const struct compose_node *arg = compose_get(parse->file->args, copy(parse, name));

	return compose_is_scalar(arg) ? arg : NULL;
}

static const char *global_value(const struct parse *parse, struct span name)
{
	for (const struct compose_variable *at = parse->globals; at; at = at->next)
		if (span_is(name, at->name))
			return at->value;
	return NULL;
}

/* ARG NAME[=DEFAULT] …; a name alone takes over the value of an ARG before the first FROM. */
static int read_arg(struct parse *parse, struct span rest, struct err *err)
{
	struct compose_variable **list = parse->last ? &parse->last->variables : &parse->globals;
	struct span word;

	while (dockerfile_word(&parse->reader, &rest, &word)) {
		const struct compose_node *given;
		struct span value = word;
		const char *global;
		struct span name;

		if (!span_cut(&value, '=', &name))
			continue;
		if (name.len == word.len)
			value.len = 0;
		judge(parse, "ARG ", name, value);
		given = given_arg(parse, name);
		global = parse->last && name.len == word.len ? global_value(parse, name) : NULL;
		if (given)
			value = given->text;
		else if (global)
			value = span_of(global);
		else if (name.len == word.len)
			continue;
		else
			value = expand(parse, *list, value);
		if (add_variable(parse, list, name, value, err) < 0)
			return -1;
	}
	return 0;
}

/* ENV NAME=VALUE …, or ENV NAME VALUE to the end of the line. */
static int read_env(struct parse *parse, struct span rest, struct err *err)
{
	struct compose_variable **list = &parse->last->variables;
	struct span whole = span_trim(rest);
	struct span word;
	struct span name;

	if (!dockerfile_word(&parse->reader, &whole, &word))
		return 0;
	if (!memchr(word.data, '=', word.len)) {
		whole = span_trim(whole);
		judge(parse, "ENV ", word, whole);
		return add_variable(parse, list, word, expand(parse, *list, whole), err);
	}
	while (dockerfile_word(&parse->reader, &rest, &word)) {
		struct span value = word;

		if (!span_cut(&value, '=', &name) || name.len == word.len)
			continue;
		judge(parse, "ENV ", name, value);
		if (add_variable(parse, list, name, expand(parse, *list, value), err) < 0)
			return -1;
	}
	return 0;
}

static void read_user(struct parse *parse, struct span rest)
{
	struct dockerfile_stage *stage = parse->last;
	struct span word;

	if (!dockerfile_word(&parse->reader, &rest, &word))
		return;
	word = expand(parse, stage->variables, word);
	stage->is_user_unknown = is_unset(word);
	stage->user = compose_plain(parse->compose, word);
	stage->user_line = parse->line;
}

/* COPY [--flags] SOURCE… DESTINATION, or the same as a JSON array. */
static void read_copy(struct parse *parse, struct span rest)
{
	struct span text = span_trim(rest);
	struct span before = {NULL, 0};
	struct span word;
	char *flat;

	if (span_starts(text, "[")) {
		flat = arena_text(parse->compose->arena, text);
		for (char *at = flat; *at; at++)
			if (*at == '[' || *at == ']' || *at == ',')
				*at = ' ';
		text = span_of(flat);
	}
	while (dockerfile_word(&parse->reader, &text, &word)) {
		if (span_starts(word, "--from="))
			return; /* out of a stage or an image, and not of the folder */
		if (span_starts(word, "--"))
			continue;
		if (before.len > 0 && keys_is_file(before))
			add_name(parse, &parse->last->keys, "", before);
		before = word;
	}
}

static int read_instruction(struct parse *parse, struct span text, struct err *err)
{
	struct span rest = text;
	struct span word;

	if (!dockerfile_word(&parse->reader, &rest, &word))
		return 0;
	if (equals(word, "FROM"))
		return read_from(parse, rest, err);
	if (equals(word, "ARG"))
		return read_arg(parse, rest, err);
	if (!parse->last)
		return err_set(err, "%u: the first instruction must be FROM", parse->line);
	if (equals(word, "ENV"))
		return read_env(parse, rest, err);
	if (equals(word, "USER"))
		read_user(parse, rest);
	else if (equals(word, "COPY") || equals(word, "ADD"))
		read_copy(parse, rest);
	return 0;
}

static int mark_final(struct parse *parse, struct err *err)
{
	struct dockerfile_stage *final = parse->last;

	if (parse->file->target && parse->file->target[0] != '\0')
		final = find_stage(parse, span_of(parse->file->target));
	if (!final)
		return err_set(err, "1: %s",
			       parse->last ? "there is no stage of that target" : "no FROM");
	final->is_final = true;
	/* stages are built on earlier ones: the chain ends */
	for (struct dockerfile_stage *at = parse->first; at; at = at->next)
		for (const struct dockerfile_stage *on = final; on && !at->is_shipped;
		     on = on->base)
			at->is_shipped = on == at;
	return 0;
}

int dockerfile_parse(const struct dockerfile *file, struct dockerfile_stage **out, struct err *err)
{
	struct parse parse = {.file = file, .compose = file->compose};
	struct dockerfile_line line;
	int got;

	*out = NULL;
	if (file->text.len > DOCKERFILE_MAX_BYTES)
		return err_set(err, "1: longer than %u bytes", DOCKERFILE_MAX_BYTES);
	if (file->text.len > 0 && (memchr(file->text.data, '\0', file->text.len) ||
				   memchr(file->text.data, COMPOSE_UNSET, file->text.len)))
		return err_set(err, "1: no text");
	dockerfile_begin(&parse.reader, file->compose->arena, file->text);
	parse.reader.line += file->lines_above;
	while ((got = dockerfile_next(&parse.reader, &line, err)) > 0) {
		parse.line = line.line;
		if (read_instruction(&parse, line.text, err) < 0)
			return -1;
	}
	if (got < 0 || mark_final(&parse, err) < 0)
		return -1;
	*out = parse.first;
	return 0;
}
