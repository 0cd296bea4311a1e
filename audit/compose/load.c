/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The files of a project, one over the other: see compose.h. */
#include <errno.h>
#include <string.h>

#include "audit/compose/compose.h"

bool compose_is_remote(const char *path)
{
	return strstr(path, "://") || strncmp(path, "git@", 4) == 0 ||
	       strncmp(path, "oci:", 4) == 0 || strncmp(path, "github.com/", 11) == 0;
}

int compose_fetch(const struct compose_scope *scope, const struct compose_node *by,
		  struct span *out, struct err *err)
{
	struct compose *compose = scope->compose;
	struct compose_content content = {.error = EREMOTE};

	if (++compose->files > COMPOSE_MAX_FILES)
		return compose_fault(by, err, "more than %u files", COMPOSE_MAX_FILES);
	if (compose_is_unset(by)) {
		compose->incomplete(
		    compose,
		    arena_printf(compose->arena,
				 "%s:%u: the name of a file depends on %s, which is not set "
				 "here: set it in .env, in a file of --env-file or in the "
				 "environment (sudo --preserve-env=%s)",
				 by->file, by->line, by->unset ? by->unset : "a variable",
				 by->unset ? by->unset : "NAME"));
		return 1;
	}
	if (!compose_is_remote(compose_plain(compose, by->text)) &&
	    compose->read(compose, scope->path, false, &content, err) < 0)
		return -1;
	if (content.error == 0) {
		*out = content.data;
		return 0;
	}
	compose->incomplete(compose,
			    arena_printf(compose->arena, "%s:%u: %s could not be read: %s",
					 by->file, by->line, compose_shown(compose, by->text),
					 content.error == EREMOTE ? "it is not on this host"
								  : strerror(content.error)));
	return 1;
}

int compose_load_dotenv(const struct compose_scope *scope, const char *path,
			struct compose_variable **out, struct err *err)
{
	struct compose *compose = scope->compose;
	struct compose_scope inner = *scope;
	struct compose_content content = {0};

	inner.path = path;
	inner.shown = compose_relative(compose, path);
	inner.is_named = true;
	if (++compose->files > COMPOSE_MAX_FILES)
		return err_set(err, "compose %s: more than %u files", inner.shown,
			       COMPOSE_MAX_FILES);
	if (compose->read(compose, path, true, &content, err) < 0)
		return -1;
	if (content.error == 0)
		return compose_read_dotenv(&inner, content.data, out, err);
	/* a folder, as one of Python's, is none to Compose either */
	if (content.error != ENOENT && content.error != ENOTDIR && content.error != EISDIR &&
	    !compose->unread)
		compose->unread = arena_printf(compose->arena,
					       "%s, which variables come from, could not be "
					       "read: %s",
					       inner.shown,
					       content.error == ENODATA ? "recordings leave it out"
									: strerror(content.error));
	return 0;
}

int compose_read_file(const struct compose_scope *scope, struct span data,
		      struct compose_node **out, struct err *err)
{
	struct json *document;

	*out = NULL;
	if (json_read_yaml_loose(data, scope->compose->arena, &document, err) < 0)
		return compose_blame(scope, err);
	for (; document; document = document->next) {
		struct compose_node *node;

		if (compose_from_json(scope, document, &node, err) < 0 ||
		    compose_normalize(scope->compose, node, err) < 0 ||
		    compose_merge(scope->compose, out, node, err) < 0)
			return -1;
	}
	return 0;
}

int compose_add_layer(const struct compose_scope *scope, struct span data,
		      struct compose_node **root, struct err *err)
{
	struct compose_node *layer;

	if (compose_read_file(scope, data, &layer, err) < 0 ||
	    compose_extend(scope, layer, err) < 0 || compose_include(scope, &layer, err) < 0)
		return -1;
	return compose_merge(scope->compose, root, layer, err);
}

/* compose-go, loader.NormalizeProjectName: lower case, [a-z0-9_-], begins with letter or digit. */
static const char *project_name(const struct compose *compose, const char *from)
{
	char *out = arena_text(compose->arena, span_of(from));
	size_t len = 0;

	for (const char *at = from; *at; at++) {
		char byte = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
		bool is_word = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');

		if (is_word || (len > 0 && (byte == '_' || byte == '-')))
			out[len++] = byte;
	}
	out[len] = '\0';
	return out;
}

/* docs.docker.com/compose/how-tos/project-name: the environment, `name:`, the folder. */
static int name_project(struct compose *compose, const struct compose_scope *scope, struct err *err)
{
	const char *slash = strrchr(compose->folder, '/');
	const char *name;

	compose->name = NULL;
	if (compose_lookup(scope, "COMPOSE_PROJECT_NAME", &name, err) < 0)
		return err_in(err, "compose %s", scope->shown);
	if (!name || name[0] == '\0')
		name = compose_text(compose, compose->root, "name");
	if (!name || name[0] == '\0')
		name = slash ? slash + 1 : compose->folder;
	compose->name = project_name(compose, name);
	return 0;
}

/* A slip in a word helps to be seen. What is no word may be a line of another file altogether,
 * which root can read and not whoever named it. */
static bool is_word(const char *key)
{
	size_t len = strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");

	return key[len] == '\0' && len > 0 && len <= 32;
}

/*
 * A file of the first format, without "services", and one with a slip in that word would pass for a
 * project without services.
 */
static int check_top(struct compose *compose, struct err *err)
{
	static const char *const known[] = {"version", "name",    "services", "networks", "volumes",
					    "secrets", "configs", "include",  "models"};

	if (compose_get(compose->root, "services"))
		return 0;
	for (const struct compose_node *at = compose->root->child; at; at = at->next) {
		bool is_known = strncmp(at->key, "x-", 2) == 0;

		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			is_known = is_known || strcmp(at->key, known[i]) == 0;
		if (!is_known)
			return compose_fault(at, err,
					     "%s is no part of a Compose file: put services below "
					     "\"services:\"",
					     is_word(at->key)
						 ? arena_printf(compose->arena, "\"%s\"", at->key)
						 : "this");
	}
	return 0;
}

int compose_load(struct compose *compose, const struct compose_given *files, size_t count,
		 struct err *err)
{
	struct compose_scope scope = {.compose = compose};

	if (count == 0)
		return 0;
	compose->folder = compose_folder_of(
	    compose->arena, compose_join(compose->arena, compose->directory, files[0].path));
	scope.folder = compose->folder;
	scope.shown = files[0].path;
	if (compose_load_variables(compose, compose->folder, err) < 0)
		return -1;
	scope.dotenv = compose->dotenv;
	if (name_project(compose, &scope, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		scope.shown = arena_text(compose->arena, span_of(files[i].path));
		scope.path = compose_join(compose->arena, compose->directory, files[i].path);
		scope.is_named = files[i].is_named;
		if (compose_add_layer(&scope, files[i].data, &compose->root, err) < 0)
			return -1;
	}
	compose_drop_resets(compose->root);
	if (check_top(compose, err) < 0)
		return -1;
	return name_project(compose, &scope, err);
}
