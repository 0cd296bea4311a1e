/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] One Compose file over another: docs.docker.com/reference/compose-file/merge. Mappings are
 * merged, lists appended, all else replaced; commands are replaced as a whole. What must be unique
 * in a list (ports, volumes) is made so where it is read, since that depends on what it means.
 */
#include <string.h>

#include "audit/compose/compose.h"

static bool is_replaced(const char *key)
{
	static const char *const keys[] = {"command", "entrypoint", "test"};

	for (unsigned i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return strncmp(key, "x-", 2) == 0;
}

static bool is_container(const struct compose_node *value)
{
	return value->type == JSON_ARRAY || value->type == JSON_OBJECT;
}

void compose_drop_resets(struct compose_node *value)
{
	struct compose_node **link = &value->child;

	while (*link) {
		if ((*link)->tag == COMPOSE_RESET) {
			*link = (*link)->next;
			continue;
		}
		compose_drop_resets(*link);
		link = &(*link)->next;
	}
}

static int merge_value(struct compose *compose, struct compose_node *base,
		       struct compose_node *over, struct err *err);

static void replace(struct compose_node *base, const struct compose_node *over)
{
	struct compose_node *next = base->next;

	*base = *over;
	base->next = next;
}

static void append_list(struct compose_node *base, const struct compose_node *over)
{
	struct compose_node **link = &base->child;

	while (*link)
		link = &(*link)->next;
	*link = over->child;
}

/* What `over` adds is compared with those alone that were there before. */
static int merge_mapping(struct compose *compose, struct compose_node *base,
			 struct compose_node *over, struct err *err)
{
	struct compose_node added = {0};
	struct compose_node **link = &added.child;
	unsigned members = 0;

	for (struct compose_node *at = over->child, *next; at; at = next) {
		struct compose_node *old = compose_get(base, at->key);

		next = at->next;
		if (old) {
			if (merge_value(compose, old, at, err) < 0)
				return -1;
			continue;
		}
		*link = at;
		link = &at->next;
	}
	*link = NULL;
	append_list(base, &added);
	for (const struct compose_node *at = base->child; at; at = at->next)
		members++;
	if (members > COMPOSE_MAX_MEMBERS)
		return compose_fault(base, err, "a mapping of more than %u members",
				     COMPOSE_MAX_MEMBERS);
	return 0;
}

static int merge_value(struct compose *compose, struct compose_node *base,
		       struct compose_node *over, struct err *err)
{
	if (over->tag == COMPOSE_PLAIN && base->tag != COMPOSE_RESET && is_container(base) &&
	    !is_replaced(base->key)) {
		if (over->type == JSON_NULL)
			return 0;
		if (base->type == JSON_OBJECT && over->type == JSON_OBJECT)
			return merge_mapping(compose, base, over, err);
		if (base->type == JSON_ARRAY && over->type == JSON_ARRAY) {
			append_list(base, over);
			return 0;
		}
	}
	replace(base, over);
	return 0;
}

int compose_merge(struct compose *compose, struct compose_node **base, struct compose_node *over,
		  struct err *err)
{
	if (!*base) {
		*base = over;
		return 0;
	}
	return merge_mapping(compose, *base, over, err);
}
