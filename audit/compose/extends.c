/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Services that extend others: docs.docker.com/reference/compose-file/services#extends. The
 * base is a service of the same file or of another, as it stands there: what other -c files put
 * over it does not count.
 */
#include <string.h>

#include "audit/compose/compose.h"

/* A file that services extend, read once for each set of variables. */
struct compose_loaded {
	struct compose_loaded *next;
	struct compose_scope scope;
	struct compose_node *root; /* NULL: it could not be read */
};

static int load_base(const struct compose_scope *scope, const struct compose_node *file,
		     struct compose_loaded **out, struct err *err)
{
	struct compose *compose = scope->compose;
	const char *path =
	    compose_join(compose->arena, file->folder, compose_plain(compose, file->text));
	struct compose_loaded *loaded = compose->loaded;
	struct span data;
	int got;

	while (loaded &&
	       (strcmp(loaded->scope.path, path) != 0 || loaded->scope.dotenv != scope->dotenv))
		loaded = loaded->next;
	*out = loaded;
	if (loaded)
		return 0;
	loaded = arena_alloc(compose->arena, 1, sizeof(*loaded));
	loaded->scope = *scope;
	loaded->scope.path = path;
	loaded->scope.shown = compose_relative(compose, path);
	loaded->scope.folder = compose_folder_of(compose->arena, path);
	loaded->scope.is_named = true;
	loaded->next = compose->loaded;
	compose->loaded = loaded;
	*out = loaded;
	got = compose_fetch(&loaded->scope, file, &data, err);
	return got != 0 ? (got < 0 ? -1 : 0)
			: compose_read_file(&loaded->scope, data, &loaded->root, err);
}

static int resolve(const struct compose_scope *scope, const struct compose_node *services,
		   struct compose_node *service, unsigned depth, struct err *err);

/* The base service and where it stands; *out is NULL when its file could not be read. */
static int find_base(const struct compose_scope **scope, const struct compose_node **services,
		     const struct compose_node *extends, struct compose_node **out, struct err *err)
{
	struct compose *compose = (*scope)->compose;
	const struct compose_node *file = compose_get(extends, "file");
	const struct compose_node *name =
	    extends->type == JSON_OBJECT ? compose_get(extends, "service") : extends;
	struct compose_loaded *loaded;

	*out = NULL;
	if (!compose_is_scalar(name))
		return compose_fault(extends, err,
				     "extends: name a service, as in "
				     "{ file: base.yml, service: web }");
	if (compose_is_scalar(file)) {
		if (load_base(*scope, file, &loaded, err) < 0)
			return -1;
		if (!loaded->root)
			return 0;
		*scope = &loaded->scope;
		*services = compose_get(loaded->root, "services");
	}
	*out = compose_get(*services, compose_plain(compose, name->text));
	if (!*out)
		return compose_fault(extends, err, "extends: there is no service \"%s\"",
				     compose_shown(compose, name->text));
	return 0;
}

static int extend(const struct compose_scope *scope, const struct compose_node *services,
		  struct compose_node *service, unsigned depth, struct err *err)
{
	struct compose_node *extends = compose_get(service, "extends");
	struct compose_node *base;
	struct compose_node *merged;

	if (find_base(&scope, &services, extends, &base, err) < 0)
		return -1;
	compose_remove(service, "extends");
	if (!base)
		return 0;
	if (base->state == COMPOSE_OPEN || depth > COMPOSE_MAX_DEPTH)
		return compose_fault(extends, err,
				     "extends: the services extend one another in a circle, or "
				     "more than %u deep",
				     COMPOSE_MAX_DEPTH);
	if (resolve(scope, services, base, depth, err) < 0 ||
	    compose_copy(scope->compose, base, &merged, err) < 0)
		return -1;
	if (merged->type != JSON_OBJECT)
		return 0;
	if (compose_merge(scope->compose, &merged, service, err) < 0)
		return -1;
	service->child = merged->child;
	return 0;
}

static int resolve(const struct compose_scope *scope, const struct compose_node *services,
		   struct compose_node *service, unsigned depth, struct err *err)
{
	if (service->state == COMPOSE_DONE)
		return 0;
	service->state = COMPOSE_OPEN;
	if (compose_get(service, "extends") && extend(scope, services, service, depth + 1, err) < 0)
		return -1;
	service->state = COMPOSE_DONE;
	return 0;
}

int compose_extend(const struct compose_scope *scope, struct compose_node *root, struct err *err)
{
	const struct compose_node *services = compose_get(root, "services");

	if (!services)
		return 0;
	for (struct compose_node *at = services->child; at; at = at->next)
		if (resolve(scope, services, at, 0, err) < 0)
			return -1;
	return 0;
}
