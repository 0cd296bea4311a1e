/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The tree of a project: YAML with merge keys applied and variables put in. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "audit/compose/compose.h"
#include "lib/buf.h"
#include "lib/own.h"
#include "lib/text.h"

#define SHOWN_BYTES 100U

void compose_set_fault(const struct compose_node *at, struct err *err, const char *fmt, ...)
{
	struct err what;
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(what.text, sizeof(what.text), fmt, args); /* a cut text is still a text */
	va_end(args);
	(void)err_set(err, "compose %s:%u: %s", at->file, at->line, what.text);
}

const char *compose_shown(struct compose *compose, struct span text)
{
	auto_buf struct buf shown;

	buf_init(&shown, 1024);
	text_escape(&shown, span_of(compose_plain(compose, text)), SHOWN_BYTES);
	return arena_text(compose->arena, buf_span(&shown));
}

/*
 * Puts the file in front of "12: duplicate key "x"". What a file that the user did not give holds
 * is not repeated: who can write a Compose file could have root show him any file so.
 */
int compose_blame(const struct compose_scope *scope, struct err *err)
{
	struct err inner = *err;
	char *quote = strchr(inner.text, '"');

	if (scope->is_named && quote)
		*quote = '\0';
	return err_set(err, "compose %s:%s", scope->shown, inner.text);
}

int compose_check_size(const struct compose *compose, const struct compose_node *at,
		       struct err *err)
{
	if (compose->nodes <= COMPOSE_MAX_NODES)
		return 0;
	return compose_fault(at, err, "more than %u values, merged ones and all",
			     COMPOSE_MAX_NODES);
}

struct compose_node *compose_new(struct compose *compose, const struct compose_node *like,
				 enum json_type type)
{
	struct compose_node *node = arena_alloc(compose->arena, 1, sizeof(*node));

	compose->nodes++;
	node->type = type;
	node->file = like->file;
	node->folder = like->folder;
	node->line = like->line;
	return node;
}

struct compose_node *compose_get(const struct compose_node *mapping, const char *key)
{
	if (!mapping || mapping->type != JSON_OBJECT)
		return NULL;
	for (struct compose_node *at = mapping->child; at; at = at->next)
		if (at->key && key && strcmp(at->key, key) == 0)
			return at;
	return NULL;
}

void compose_remove(struct compose_node *mapping, const char *key)
{
	struct compose_node **link = &mapping->child;

	while (*link && strcmp((*link)->key, key) != 0)
		link = &(*link)->next;
	if (*link)
		*link = (*link)->next;
}

bool compose_is_scalar(const struct compose_node *value)
{
	return value && value->type != JSON_NULL && value->type != JSON_ARRAY &&
	       value->type != JSON_OBJECT;
}

bool compose_is_unset(const struct compose_node *value)
{
	return compose_is_scalar(value) && value->text.len > 0 &&
	       memchr(value->text.data, COMPOSE_UNSET, value->text.len);
}

const char *compose_plain(struct compose *compose, struct span text)
{
	char *out = arena_alloc(compose->arena, text.len + 1, 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] != COMPOSE_UNSET)
			out[len++] = text.data[i];
	return out;
}

const char *compose_text(struct compose *compose, const struct compose_node *mapping,
			 const char *key)
{
	const struct compose_node *value = compose_get(mapping, key);

	return compose_is_scalar(value) ? compose_plain(compose, value->text) : NULL;
}

int compose_copy(struct compose *compose, const struct compose_node *value,
		 struct compose_node **out, struct err *err)
{
	struct compose_node *copy = compose_new(compose, value, value->type);
	struct compose_node **link = &copy->child;

	*copy = *value;
	copy->next = NULL;
	copy->child = NULL;
	copy->state = COMPOSE_NEW;
	*out = copy;
	if (compose_check_size(compose, value, err) < 0)
		return -1;
	for (const struct compose_node *at = value->child; at; at = at->next) {
		if (compose_copy(compose, at, link, err) < 0)
			return -1;
		link = &(*link)->next;
	}
	return 0;
}

static enum compose_tag tag_of(const struct json *value)
{
	if (value->tag && strcmp(value->tag, "!reset") == 0)
		return COMPOSE_RESET;
	if (value->tag && strcmp(value->tag, "!override") == 0)
		return COMPOSE_OVERRIDE;
	return COMPOSE_PLAIN;
}

/*
 * Members of `from` that are not there yet, as the merge key of YAML 1.1 has it. No two of them are
 * equal, so that each is compared with those alone that were there before.
 */
static int adopt(struct compose_node *mapping, struct compose_node *from, struct err *err)
{
	struct compose_node *added = NULL;
	struct compose_node **link = &added;
	unsigned members = 0;

	if (from->type != JSON_OBJECT)
		return compose_fault(from, err, "<< must name a mapping, or a list of them");
	for (struct compose_node *at = from->child; at; at = at->next) {
		if (compose_get(mapping, at->key))
			continue;
		*link = at;
		link = &at->next;
	}
	*link = NULL;
	link = &mapping->child;
	for (; *link; members++)
		link = &(*link)->next;
	*link = added;
	for (; *link; members++)
		link = &(*link)->next;
	if (members > COMPOSE_MAX_MEMBERS)
		return compose_fault(mapping, err, "a mapping of more than %u members",
				     COMPOSE_MAX_MEMBERS);
	return 0;
}

static int merge_in(const struct compose_scope *scope, struct compose_node *mapping,
		    const struct json *value, struct err *err)
{
	struct compose_node *from;

	if (compose_from_json(scope, value, &from, err) < 0)
		return -1;
	if (from->type != JSON_ARRAY)
		return adopt(mapping, from, err);
	for (struct compose_node *at = from->child; at; at = at->next)
		if (adopt(mapping, at, err) < 0)
			return -1;
	return 0;
}

static bool is_merge_key(const struct json *member)
{
	return member->key && strcmp(member->key, "<<") == 0;
}

static int fill_container(const struct compose_scope *scope, const struct json *value,
			  struct compose_node *node, struct err *err)
{
	struct compose_node **link = &node->child;
	unsigned members = 0;

	for (const struct json *at = value->child; at; at = at->next) {
		if (is_merge_key(at))
			continue;
		if (node->type == JSON_OBJECT && ++members > COMPOSE_MAX_MEMBERS)
			return compose_fault(node, err, "a mapping of more than %u members",
					     COMPOSE_MAX_MEMBERS);
		if (compose_from_json(scope, at, link, err) < 0)
			return -1;
		link = &(*link)->next;
	}
	for (const struct json *at = value->child; at; at = at->next)
		if (is_merge_key(at) && merge_in(scope, node, at, err) < 0)
			return -1;
	return 0;
}

/* Compose takes the words of YAML 1.1, in quotes or not (compose-go, loader/interpolate.go). */
static bool is_true(struct span text)
{
	static const char *const words[] = {"true", "y", "yes", "on"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (text.len == strlen(words[i]) && strncasecmp(text.data, words[i], text.len) == 0)
			return true;
	return false;
}

static int fill_scalar(const struct compose_scope *scope, const struct json *value,
		       struct compose_node *node, struct err *err)
{
	struct compose_result result;
	struct err why;

	if (memchr(value->text.data, COMPOSE_UNSET, value->text.len))
		return compose_fault(node, err, "a control character in a text");
	if (compose_interpolate(scope, value->text, &result, &why) < 0)
		return compose_fault(node, err, "%s", why.text);
	node->text = result.text;
	node->has_variable = result.has_variable;
	node->has_default = result.has_default;
	node->unset = result.unset;
	node->is_true = is_true(result.text);
	return 0;
}

int compose_from_json(const struct compose_scope *scope, const struct json *value,
		      struct compose_node **out, struct err *err)
{
	struct compose_node *node = arena_alloc(scope->compose->arena, 1, sizeof(*node));

	*node = (struct compose_node){
	    .type = value->type,
	    .key = value->key,
	    .tag = tag_of(value),
	    .file = scope->shown,
	    .folder = scope->folder,
	    .line = value->line,
	};
	*out = node;
	scope->compose->nodes++;
	if (compose_check_size(scope->compose, node, err) < 0)
		return -1;
	if (value->type == JSON_ARRAY || value->type == JSON_OBJECT)
		return fill_container(scope, value, node, err);
	return value->text.data ? fill_scalar(scope, value, node, err) : 0;
}
