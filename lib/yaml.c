/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * YAML into the values of json.h, by libyaml's events. Its document API would take duplicate keys
 * and cycles without a word. What makes YAML surprising is refused and not guessed at: tags,
 * merge keys, keys that are no text.
 */
#include <search.h>
#include <string.h>
#include <yaml.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/yaml.h"

#define SHOWN_BYTES 64 /* of a key or anchor, in a message */

struct anchor {
	const char *name;
	struct json *node;
	size_t values;   /* of the node and all in it, aliases spelled out */
	unsigned height; /* levels of containers in it */
	bool is_open;    /* its end has not been read yet */
};

struct reader {
	yaml_parser_t parser;
	struct span input;
	struct arena *arena;
	void *anchors; /* a tsearch(3) tree of struct anchor */
	size_t values;
	unsigned deepest; /* level of containers reached since the last anchor was opened */
	bool is_loose;    /* json_read_yaml_loose() */
};

static int fault(const yaml_event_t *event, struct err *err, const char *what)
{
	return err_set(err, "%zu: %s", event->start_mark.line + 1, what);
}

/* As fault(), with a text from the file behind it. */
static int fault_at(const yaml_event_t *event, struct err *err, const char *what, const void *text)
{
	auto_buf struct buf shown;

	buf_init(&shown, 1024);
	text_escape(&shown, span_of(text), SHOWN_BYTES);
	return err_set(err, "%zu: %s \"%s\"", event->start_mark.line + 1, what, buf_string(&shown));
}

/* libyaml's reader knows the offset of a bad byte, its scanner and parser know the line. */
static int syntax_error(const struct reader *reader, struct err *err)
{
	const yaml_parser_t *parser = &reader->parser;
	size_t line = parser->problem_mark.line + 1;

	if (parser->error == YAML_READER_ERROR) {
		line = 1;
		for (size_t i = 0; i < parser->problem_offset && i < reader->input.len; i++)
			line += reader->input.data[i] == '\n';
	}
	return err_set(err, "%zu: %s", line, parser->problem ? parser->problem : "not readable");
}

/* The caller deletes the event, also after -1. */
static int next_event(struct reader *reader, yaml_event_t *event, struct err *err)
{
	if (!yaml_parser_parse(&reader->parser, event))
		return syntax_error(reader, err);
	return 0;
}

#define auto_event __attribute__((cleanup(yaml_event_delete)))

static void keep(void *node)
{
	(void)node; /* all that the trees hold is the arena's */
}

static void tree_done(void **root)
{
	tdestroy(*root, keep);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int by_name(const void *a, const void *b)
{
	const struct anchor *left = a;
	const struct anchor *right = b;

	return strcmp(left->name, right->name);
}

/* What the tree holds in that place: `node` itself, or an equal one that was there before. */
static const void *insert(void **root, const void *node, int (*compare)(const void *, const void *))
{
	const void *const *place = tsearch(node, root, compare);

	if (place)
		return *place;
	die("out of memory");
}

static int check_scalar(const struct reader *reader, const yaml_event_t *event, struct err *err)
{
	if (event->data.scalar.tag && !reader->is_loose)
		return fault_at(event, err, "tags are not supported:", event->data.scalar.tag);
	if (memchr(event->data.scalar.value, '\0', event->data.scalar.length))
		return fault(event, err, "NUL in a text");
	return 0;
}

static struct span scalar_text(const struct reader *reader, const yaml_event_t *event)
{
	struct span text = {(const char *)event->data.scalar.value, event->data.scalar.length};

	return (struct span){arena_text(reader->arena, text), text.len};
}

static int read_scalar(const struct reader *reader, const yaml_event_t *event, struct json *node,
		       struct err *err)
{
	if (check_scalar(reader, event, err) < 0)
		return -1;
	node->type = JSON_STRING;
	node->text = scalar_text(reader, event);
	if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
		yaml_resolve_plain(node);
	return 0;
}

/* The text of the key goes to *out; it is new to *keys. */
static int read_key(const struct reader *reader, const yaml_event_t *event, void **keys,
		    const char **out, struct err *err)
{
	const char *key;

	if (event->type != YAML_SCALAR_EVENT)
		return fault(event, err, "a key must be a text");
	if (check_scalar(reader, event, err) < 0)
		return -1;
	if (event->data.scalar.anchor)
		return fault_at(event, err,
				"a key cannot be an anchor:", event->data.scalar.anchor);
	key = scalar_text(reader, event).data;
	*out = key;
	if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && strcmp(key, "<<") == 0)
		return reader->is_loose ? 0
					: fault(event, err, "merge keys (<<) are not supported");
	if (insert(keys, key, by_text) != key)
		return fault_at(event, err, "duplicate key", key);
	return 0;
}

static int read_node(struct reader *reader, const yaml_event_t *event, unsigned level,
		     struct json **out, struct err *err);

static int read_mapping(struct reader *reader, struct json *node, unsigned level, struct err *err)
{
	__attribute__((cleanup(tree_done))) void *keys = NULL;
	struct json **link = &node->child;

	for (;;) {
		auto_event yaml_event_t key_event = {0};
		auto_event yaml_event_t event = {0};
		const char *key = NULL;

		if (next_event(reader, &key_event, err) < 0)
			return -1;
		if (key_event.type == YAML_MAPPING_END_EVENT)
			return 0;
		if (read_key(reader, &key_event, &keys, &key, err) < 0 ||
		    next_event(reader, &event, err) < 0 ||
		    read_node(reader, &event, level + 1, link, err) < 0)
			return -1;
		(*link)->key = key;
		(*link)->line = (unsigned)key_event.start_mark.line + 1;
		link = &(*link)->next;
	}
}

static int read_sequence(struct reader *reader, struct json *node, unsigned level, struct err *err)
{
	struct json **link = &node->child;

	for (;;) {
		auto_event yaml_event_t event = {0};

		if (next_event(reader, &event, err) < 0)
			return -1;
		if (event.type == YAML_SEQUENCE_END_EVENT)
			return 0;
		if (read_node(reader, &event, level + 1, link, err) < 0)
			return -1;
		link = &(*link)->next;
	}
}

/*
 * An alias shares what its node holds, but counts as if it were written out: a few hundred bytes
 * of aliases to aliases stand for billions of values ("billion laughs"), and whoever walks the
 * tree would visit them all, and recurse as deep.
 */
static int read_alias(struct reader *reader, const yaml_event_t *event, unsigned level,
		      struct json *node, struct err *err)
{
	const yaml_char_t *name = event->data.alias.anchor;
	struct anchor wanted = {.name = (const char *)name};
	struct anchor *const *found = tfind(&wanted, &reader->anchors, by_name);
	const struct anchor *anchor = found ? *found : NULL;
	unsigned line = node->line;

	if (!anchor)
		return fault_at(event, err, "no such anchor:", name);
	if (anchor->is_open)
		return fault_at(event, err, "the alias stands inside its own anchor:", name);
	reader->values += anchor->values - 1;
	if (level - 1 + anchor->height > reader->deepest)
		reader->deepest = level - 1 + anchor->height;
	*node = *anchor->node;
	node->line = line;
	node->key = NULL;
	node->next = NULL;
	return 0;
}

/* Registers the anchor of a node that begins, if it has one. */
static int open_anchor(struct reader *reader, const yaml_event_t *event, struct json *node,
		       struct anchor **out, struct err *err)
{
	const yaml_char_t *name = event->type == YAML_SCALAR_EVENT ? event->data.scalar.anchor
				  : event->type == YAML_MAPPING_START_EVENT
				      ? event->data.mapping_start.anchor
				      : event->data.sequence_start.anchor;
	struct anchor *anchor;

	*out = NULL;
	if (!name)
		return 0;
	anchor = arena_alloc(reader->arena, 1, sizeof(*anchor));
	anchor->name = arena_text(reader->arena, span_of((const char *)name));
	anchor->node = node;
	anchor->is_open = true;
	if (reader->is_loose)
		(void)tdelete(anchor, &reader->anchors, by_name); /* one that is given again */
	if (insert(&reader->anchors, anchor, by_name) != anchor)
		return fault_at(event, err, "anchor given twice:", name);
	*out = anchor;
	return 0;
}

static int read_tag(const struct reader *reader, const yaml_event_t *event, struct json *node,
		    struct err *err)
{
	const yaml_char_t *tag = event->type == YAML_SCALAR_EVENT ? event->data.scalar.tag
				 : event->type == YAML_MAPPING_START_EVENT
				     ? event->data.mapping_start.tag
				     : event->data.sequence_start.tag;

	if (!tag)
		return 0;
	if (!reader->is_loose)
		return fault_at(event, err, "tags are not supported:", tag);
	node->tag = arena_text(reader->arena, span_of((const char *)tag));
	return 0;
}

static int read_contents(struct reader *reader, const yaml_event_t *event, unsigned level,
			 struct json *node, struct err *err)
{
	if (read_tag(reader, event, node, err) < 0)
		return -1;
	if (event->type == YAML_SCALAR_EVENT)
		return read_scalar(reader, event, node, err);
	if (level > reader->deepest)
		reader->deepest = level;
	if (level > JSON_MAX_DEPTH)
		return 0; /* read_node() says it */
	if (event->type == YAML_MAPPING_START_EVENT) {
		node->type = JSON_OBJECT;
		return read_mapping(reader, node, level, err);
	}
	node->type = JSON_ARRAY;
	return read_sequence(reader, node, level, err);
}

/* The node that begins with the event. `level`: of a container in this place; the root's is 1. */
static int read_node(struct reader *reader, const yaml_event_t *event, unsigned level,
		     struct json **out, struct err *err)
{
	struct json *node = arena_alloc(reader->arena, 1, sizeof(*node));
	size_t values_before = reader->values++;
	unsigned deepest_before = reader->deepest;
	struct anchor *anchor = NULL;

	node->line = (unsigned)event->start_mark.line + 1;
	reader->deepest = level - 1;
	if (event->type == YAML_ALIAS_EVENT) {
		if (read_alias(reader, event, level, node, err) < 0)
			return -1;
	} else if (open_anchor(reader, event, node, &anchor, err) < 0 ||
		   read_contents(reader, event, level, node, err) < 0) {
		return -1;
	}
	if (reader->values > JSON_MAX_VALUES)
		return err_set(err, "%u: more than %u values", node->line, JSON_MAX_VALUES);
	if (reader->deepest > JSON_MAX_DEPTH)
		return err_set(err, "%u: nested deeper than %d levels", node->line, JSON_MAX_DEPTH);
	if (anchor) {
		anchor->values = reader->values - values_before;
		anchor->height = reader->deepest - (level - 1);
		anchor->is_open = false;
	}
	if (reader->deepest < deepest_before)
		reader->deepest = deepest_before;
	*out = node;
	return 0;
}

/* One document, from the event that begins it. */
static int read_document(struct reader *reader, const yaml_event_t *start, struct json **out,
			 struct err *err)
{
	auto_event yaml_event_t event = {0};
	auto_event yaml_event_t end = {0};

	if (start->type != YAML_DOCUMENT_START_EVENT)
		return fault(start, err, "empty");
	if (next_event(reader, &event, err) < 0 || read_node(reader, &event, 1, out, err) < 0)
		return -1;
	if ((*out)->type == JSON_NULL && (*out)->text.len == 0)
		return fault(&event, err, "empty");
	return next_event(reader, &end, err);
}

static int read_stream(struct reader *reader, struct json **out, struct err *err)
{
	struct json **link = out;
	auto_event yaml_event_t stream = {0};

	if (next_event(reader, &stream, err) < 0)
		return -1;
	for (;;) {
		auto_event yaml_event_t event = {0};

		if (next_event(reader, &event, err) < 0)
			return -1;
		if (link != out && event.type == YAML_STREAM_END_EVENT)
			return 0;
		if (link != out && !reader->is_loose)
			return fault(&event, err, "more than one document");
		tdestroy(reader->anchors, keep); /* they end with their document */
		reader->anchors = NULL;
		if (read_document(reader, &event, link, err) < 0)
			return -1;
		link = &(*link)->next;
	}
}

static int read_yaml(struct span input, bool is_loose, struct arena *arena, struct json **out,
		     struct err *err)
{
	struct reader reader = {.input = input, .arena = arena, .is_loose = is_loose};
	int result;

	if (input.len > JSON_MAX_BYTES)
		return err_set(err, "1: longer than %u bytes", JSON_MAX_BYTES);
	if (span_starts(input, "\xef\xbb\xbf"))
		input = (struct span){input.data + 3, input.len - 3};
	if (span_trim(input).len == 0)
		return err_set(err, "1: empty");
	if (!yaml_parser_initialize(&reader.parser))
		die("out of memory");
	/* no guessing of UTF-16 from the first bytes: other files could not be told apart then */
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader.parser, (const unsigned char *)input.data, input.len);
	result = read_stream(&reader, out, err);
	tdestroy(reader.anchors, keep);
	yaml_parser_delete(&reader.parser);
	return result;
}

int json_read_yaml(struct span input, struct arena *arena, struct json **out, struct err *err)
{
	return read_yaml(input, false, arena, out, err);
}

int json_read_yaml_loose(struct span input, struct arena *arena, struct json **out, struct err *err)
{
	return read_yaml(input, true, arena, out, err);
}
