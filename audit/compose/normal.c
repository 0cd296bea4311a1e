/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The short forms of a service as the long ones: compose-go does the same before it merges
 * (transform/, override/). A list "NAME=value" becomes a mapping, one text where a list may stand a
 * list of one, `build: DIR` a mapping with its context.
 */
#include <string.h>

#include "audit/compose/compose.h"

static struct compose_node *member_of(struct compose *compose, const struct compose_node *from,
				      struct span text)
{
	struct span value = text;
	struct compose_node *member;
	struct span name;
	bool has_value;

	if (!span_cut(&value, '=', &name))
		return NULL;
	has_value = name.len < text.len;
	member = compose_new(compose, from, has_value ? JSON_STRING : JSON_NULL);
	member->key = arena_text(compose->arena, name);
	member->has_variable = from->has_variable;
	member->has_default = from->has_default;
	member->unset = from->unset;
	if (has_value)
		member->text = (struct span){arena_text(compose->arena, value), value.len};
	return member;
}

/* The later of two equal names counts. */
static void list_to_mapping(struct compose *compose, struct compose_node *list)
{
	struct compose_node *elements = list->child;
	struct compose_node **link = &list->child;
	unsigned members = 0;

	list->type = JSON_OBJECT;
	list->child = NULL;
	for (const struct compose_node *at = elements; at; at = at->next) {
		struct compose_node *member =
		    compose_is_scalar(at) ? member_of(compose, at, at->text) : NULL;
		struct compose_node *old = member ? compose_get(list, member->key) : NULL;

		if (old) {
			member->next = old->next;
			*old = *member;
		} else if (member && ++members <= COMPOSE_MAX_MEMBERS) {
			*link = member;
			link = &member->next;
		}
	}
}

static void as_mapping(struct compose *compose, struct compose_node *service, const char *key)
{
	struct compose_node *value = compose_get(service, key);

	if (value && value->type == JSON_ARRAY)
		list_to_mapping(compose, value);
}

/* "a.env" as ["a.env"], and { path: a.env } as a list of one. */
static void as_list(struct compose *compose, struct compose_node *service, const char *key)
{
	struct compose_node *value = compose_get(service, key);
	struct compose_node *element;

	if (!value || value->type == JSON_NULL || value->type == JSON_ARRAY)
		return;
	element = compose_new(compose, value, value->type);
	element->text = value->text;
	element->has_variable = value->has_variable;
	element->has_default = value->has_default;
	element->unset = value->unset;
	element->is_true = value->is_true;
	element->child = value->child;
	value->type = JSON_ARRAY;
	value->child = element;
}

static void normalize_build(struct compose *compose, struct compose_node *service)
{
	struct compose_node *build = compose_get(service, "build");
	struct compose_node *context;

	if (!build)
		return;
	if (compose_is_scalar(build)) {
		context = compose_new(compose, build, JSON_STRING);
		context->key = "context";
		context->text = build->text;
		context->unset = build->unset;
		build->type = JSON_OBJECT;
		build->child = context;
	}
	as_mapping(compose, build, "args");
}

static int normalize_service(struct compose *compose, struct compose_node *service, struct err *err)
{
	static const char *const mappings[] = {"environment", "labels", "annotations", "sysctls",
					       NULL};
	static const char *const lists[] = {"env_file", "tmpfs",    "dns",        "dns_search",
					    "dns_opt",  "profiles", "label_file", NULL};

	if (service->type == JSON_NULL)
		return 0;
	if (service->type != JSON_OBJECT)
		return compose_fault(service, err, "service \"%s\" must be a mapping",
				     compose_shown(compose, span_of(service->key)));
	for (const char *const *key = mappings; *key; key++)
		as_mapping(compose, service, *key);
	for (const char *const *key = lists; *key; key++)
		as_list(compose, service, *key);
	normalize_build(compose, service);
	return 0;
}

int compose_normalize(struct compose *compose, struct compose_node *root, struct err *err)
{
	struct compose_node *services = compose_get(root, "services");

	if (root->type != JSON_OBJECT)
		return compose_fault(root, err, "not a Compose file: its top must be a mapping");
	if (!services || services->type == JSON_NULL)
		return 0;
	if (services->type != JSON_OBJECT)
		return compose_fault(services, err, "\"services\" must be a mapping");
	for (struct compose_node *at = services->child; at; at = at->next)
		if (normalize_service(compose, at, err) < 0)
			return -1;
	return 0;
}
