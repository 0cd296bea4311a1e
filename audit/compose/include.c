/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Compose files that another one includes: docs.docker.com/reference/compose-file/include.
 * Each is a project of its own, with its folder and its .env file, before its services join.
 */
#include <string.h>

#include "audit/compose/compose.h"

/* The i-th text of a text or a list of texts; NULL at its end. */
static const struct compose_node *text_of(const struct compose_node *value, unsigned i)
{
	const struct compose_node *at = value;

	if (value && value->type == JSON_ARRAY) {
		at = value->child;
		while (at && i > 0) {
			at = at->next;
			i--;
		}
	}
	return i == 0 && compose_is_scalar(at) ? at : NULL;
}

static const char *path_of(const struct compose *compose, const struct compose_node *value)
{
	return compose_join(compose->arena, value->folder, arena_text(compose->arena, value->text));
}

static int check_circle(const struct compose_scope *scope, const struct compose_node *by,
			const char *path, struct err *err)
{
	unsigned depth = 0;

	for (const struct compose_scope *at = scope; at; at = at->outer)
		if (++depth > COMPOSE_MAX_DEPTH || strcmp(at->path, path) == 0)
			return compose_fault(by, err,
					     "include: the files include one another in a circle, "
					     "or more than %u deep",
					     COMPOSE_MAX_DEPTH);
	return 0;
}

/* The variables of the included project: of its env_file, or of the .env in its folder. */
static int load_variables(struct compose_scope *inner, const struct compose_node *files,
			  struct err *err)
{
	struct compose *compose = inner->compose;
	struct compose_variable *variables = NULL;
	const struct compose_node *file;

	for (unsigned i = 0; (file = text_of(files, i)) != NULL; i++)
		if (compose_load_dotenv(inner, path_of(compose, file), &variables, err) < 0)
			return -1;
	if (!files &&
	    compose_load_dotenv(inner, compose_join(compose->arena, inner->folder, ".env"),
				&variables, err) < 0)
		return -1;
	inner->dotenv = variables;
	return 0;
}

static int include(const struct compose_scope *scope, const struct compose_node *entry,
		   struct compose_node **root, struct err *err)
{
	struct compose *compose = scope->compose;
	const struct compose_node *paths =
	    entry->type == JSON_OBJECT ? compose_get(entry, "path") : entry;
	const struct compose_node *folder = compose_get(entry, "project_directory");
	struct compose_scope inner = {.compose = compose, .outer = scope, .is_named = true};
	const struct compose_node *file = text_of(paths, 0);

	if (!file)
		return compose_fault(entry, err, "include: name a file, as in path: db.yml");
	inner.folder = compose_is_scalar(folder)
			   ? path_of(compose, folder)
			   : compose_folder_of(compose->arena, path_of(compose, file));
	inner.path = path_of(compose, file);
	inner.shown = compose_relative(compose, inner.path);
	if (check_circle(scope, file, inner.path, err) < 0 ||
	    load_variables(&inner, compose_get(entry, "env_file"), err) < 0)
		return -1;
	for (unsigned i = 0; (file = text_of(paths, i)) != NULL; i++) {
		struct span data;
		int got;

		inner.path = path_of(compose, file);
		inner.shown = compose_relative(compose, inner.path);
		got = compose_fetch(&inner, file, &data, err);
		if (got < 0 || (got == 0 && compose_add_layer(&inner, data, root, err) < 0))
			return -1;
	}
	return 0;
}

int compose_include(const struct compose_scope *scope, struct compose_node **root, struct err *err)
{
	const struct compose_node *list = compose_get(*root, "include");
	struct compose_node *below = NULL;

	if (!list || list->type == JSON_NULL)
		return 0;
	if (list->type != JSON_ARRAY)
		return compose_fault(list, err, "\"include\" must be a list");
	for (const struct compose_node *at = list->child; at; at = at->next) {
		struct compose_node *included = NULL;

		if (include(scope, at, &included, err) < 0)
			return -1;
		if (included && compose_merge(scope->compose, &below, included, err) < 0)
			return -1;
	}
	compose_remove(*root, "include");
	if (!below)
		return 0;
	if (compose_merge(scope->compose, &below, *root, err) < 0)
		return -1;
	*root = below;
	return 0;
}
