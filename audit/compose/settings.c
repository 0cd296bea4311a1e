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

static int put(struct settings *settings, const struct compose_setting *setting,
	       const struct compose_node *by, struct err *err)
{
	struct compose_setting **link = settings->out;
	struct compose_setting *copy;

	while (*link && (strcmp((*link)->name, setting->name) != 0 ||
			 (strcmp((*link)->origin, "build_args") == 0) !=
			     (strcmp(setting->origin, "build_args") == 0)))
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
	return read_mapping(&settings, compose_get(compose_get(service, "build"), "args"),
			    "build_args", err);
}
