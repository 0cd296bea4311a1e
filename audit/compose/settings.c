/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What a service's environment is made of: docs.docker.com/reference/compose-file/
 * services#environment and #env_file. `environment` counts more than any file, a later file more
 * than an earlier one. Values are judged here and go no further.
 */
#include <errno.h>
#include <string.h>

#include "audit/compose/services.h"

struct settings {
	struct compose *compose;
	struct compose_scope scope;
	struct compose_setting **out;
	unsigned count;
};

/* The environment and its files are one; arguments of the build and of the command are others. */
static bool is_same(const struct compose_setting *a, const struct compose_setting *b)
{
	bool is_one = a->origin[0] == 'e' && b->origin[0] == 'e';

	return strcmp(a->name, b->name) == 0 && (is_one || strcmp(a->origin, b->origin) == 0);
}

static int put(struct settings *settings, const struct compose_setting *setting,
	       const struct compose_node *by, struct err *err)
{
	struct compose_setting **link = settings->out;
	struct compose_setting *copy;

	while (*link && !is_same(*link, setting))
		link = &(*link)->next;
	if (!*link && ++settings->count > COMPOSE_MAX_MEMBERS)
		return compose_fault(by, err, "more than %u variables", COMPOSE_MAX_MEMBERS);
	copy = arena_alloc(settings->compose->arena, 1, sizeof(*copy));
	*copy = *setting;
	copy->next = *link ? (*link)->next : NULL;
	*link = copy;
	return 0;
}

/* "NAME" alone is handed on from the project's environment. */
static int judge_node(struct settings *settings, const struct compose_node *at,
		      enum compose_verdict *out, struct err *err)
{
	struct span name = span_of(at->key);
	const char *value;

	*out = COMPOSE_REFERENCE;
	if (compose_is_scalar(at)) {
		if (!compose_is_unset(at) || !at->has_variable)
			*out = compose_judge(name, at->text, at->has_default || !at->has_variable);
		return 0;
	}
	if (at->type != JSON_NULL)
		return compose_fault(at, err, "variable \"%s\" must be a single value",
				     compose_shown(settings->compose, name));
	if (compose_lookup(&settings->scope, at->key, &value, err) < 0)
		return -1;
	if (value && compose_judge(name, span_of(value), false) == COMPOSE_WEAK)
		*out = COMPOSE_WEAK;
	return 0;
}

static int read_mapping(struct settings *settings, const struct compose_node *mapping,
			const char *origin, struct err *err)
{
	for (const struct compose_node *at = mapping ? mapping->child : NULL; at; at = at->next) {
		struct compose_setting setting = {
		    .name = at->key, .origin = origin, .file = at->file, .line = at->line};

		if (!at->key || at->type == JSON_ARRAY || at->type == JSON_OBJECT)
			continue;
		if (judge_node(settings, at, &setting.verdict, err) < 0 ||
		    put(settings, &setting, at, err) < 0)
			return -1;
	}
	return 0;
}

/* Variables come with the last line first. */
static int put_variables(struct settings *settings, const struct compose_variable *variable,
			 const struct compose_node *by, const char *shown, struct err *err)
{
	struct compose_setting *all = NULL;

	for (; variable; variable = variable->next) {
		struct compose_setting *setting =
		    arena_alloc(settings->compose->arena, 1, sizeof(*setting));
		struct span value = span_of(variable->value ? variable->value : "");

		*setting = (struct compose_setting){.next = all,
						    .name = variable->name,
						    .verdict = COMPOSE_REFERENCE,
						    .origin = "env_file",
						    .file = shown,
						    .line = variable->line};
		if (variable->value && !memchr(variable->value, COMPOSE_UNSET, value.len))
			setting->verdict =
			    compose_judge(span_of(variable->name), value, !variable->has_variable);
		all = setting;
	}
	for (; all; all = all->next)
		if (put(settings, all, by, err) < 0)
			return -1;
	return 0;
}

/* A text, or { path: …, required: false, format: raw }. */
static int read_file(struct settings *settings, const struct compose_node *entry, struct err *err)
{
	struct compose *compose = settings->compose;
	const struct compose_node *path =
	    entry->type == JSON_OBJECT ? compose_get(entry, "path") : entry;
	const struct compose_node *required = compose_get(entry, "required");
	const char *format = compose_text(compose, entry, "format");
	struct compose_scope inner = settings->scope;
	struct compose_variable *variables = NULL;
	struct compose_content content = {0};

	if (!compose_is_scalar(path))
		return 0;
	inner.path = compose_join(compose->arena, path->folder, compose_plain(compose, path->text));
	inner.shown = compose_relative(compose, inner.path);
	inner.folder = path->folder;
	inner.is_named = true;
	inner.is_raw = strcmp(format ? format : "", "raw") == 0;
	if (compose->read(compose, inner.path, true, &content, err) < 0)
		return -1;
	if (content.error == ENOENT && required && !required->is_true)
		return 0;
	if (content.error != 0 || compose_is_unset(path)) {
		compose->incomplete(
		    compose,
		    arena_printf(compose->arena, "%s:%u: env_file %s could not be read: %s",
				 path->file, path->line, compose_shown(compose, path->text),
				 strerror(content.error ? content.error : ENOENT)));
		return 0;
	}
	if (compose_read_dotenv(&inner, content.data, &variables, err) < 0)
		return -1;
	return put_variables(settings, variables, path, inner.shown, err);
}

/* "--requirepass VALUE" or "--password=VALUE": the name is what stands behind the dashes. */
struct flag {
	struct span name;
	bool is_open; /* its value is the next word */
};

static int read_word(struct settings *settings, const struct compose_node *at, struct span word,
		     struct flag *flag, struct err *err)
{
	struct compose_setting setting = {.origin = "command", .file = at->file, .line = at->line};
	bool is_flag = span_starts(word, "--");
	struct span value = word;

	if (is_flag) {
		value = (struct span){word.data + 2, word.len - 2};
		if (!span_cut(&value, '=', &flag->name))
			return 0;
		flag->is_open = flag->name.len + 2 == word.len;
		if (flag->is_open)
			return 0;
	} else if (!flag->is_open) {
		return 0;
	}
	flag->is_open = false;
	setting.verdict = compose_judge(flag->name, value, at->has_default || !at->has_variable);
	if (value.len > 0 && memchr(value.data, COMPOSE_UNSET, value.len))
		setting.verdict = COMPOSE_REFERENCE;
	if (setting.verdict != COMPOSE_WEAK && setting.verdict != COMPOSE_LITERAL)
		return 0;
	setting.name = arena_text(settings->compose->arena, flag->name);
	return put(settings, &setting, at, err);
}

/* A command is a text, whose words may be quoted, or a list of words. */
static int read_command(struct settings *settings, const struct compose_node *command,
			struct err *err)
{
	struct flag flag = {.is_open = false};
	struct span rest;
	struct span word;

	if (compose_is_scalar(command)) {
		rest = command->text;
		while (span_word(&rest, &word)) {
			if (word.len > 1 && (word.data[0] == '"' || word.data[0] == '\''))
				word = (struct span){word.data + 1, word.len - 2};
			if (read_word(settings, command, word, &flag, err) < 0)
				return -1;
		}
		return 0;
	}
	for (const struct compose_node *at = command ? command->child : NULL; at; at = at->next)
		if (compose_is_scalar(at) && read_word(settings, at, at->text, &flag, err) < 0)
			return -1;
	return 0;
}

int compose_settings(struct compose *compose, const struct compose_node *service,
		     struct compose_setting **out, struct err *err)
{
	struct settings settings = {.compose = compose,
				    .scope = {.compose = compose, .dotenv = compose->dotenv},
				    .out = out};
	const struct compose_node *files = compose_get(service, "env_file");

	*out = NULL;
	for (const struct compose_node *at = files ? files->child : NULL; at; at = at->next)
		if (read_file(&settings, at, err) < 0)
			return -1;
	if (read_mapping(&settings, compose_get(service, "environment"), "environment", err) < 0)
		return -1;
	if (read_command(&settings, compose_get(service, "entrypoint"), err) < 0 ||
	    read_command(&settings, compose_get(service, "command"), err) < 0)
		return -1;
	return read_mapping(&settings, compose_get(compose_get(service, "build"), "args"),
			    "build_args", err);
}
