/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON (RFC 8259) by jansson, which decodes and validates but keeps no positions: a second walk
 * over the text, in step with jansson's tree, finds the line of each value. Ceilings are applied
 * to the text, before jansson recurses or allocates. For YAML see yaml.c.
 */
#include "lib/json.h"

#include <assert.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/text.h"

/* jansson calls its enumerators as we call ours; in this file its own have another first name. */
#define JSON_OBJECT JANSSON_OBJECT
#define JSON_ARRAY JANSSON_ARRAY
#define JSON_STRING JANSSON_STRING
#define JSON_INTEGER JANSSON_INTEGER
#define JSON_REAL JANSSON_REAL
#define JSON_TRUE JANSSON_TRUE
#define JSON_FALSE JANSSON_FALSE
#define JSON_NULL JANSSON_NULL
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_ARRAY
#undef JSON_STRING
#undef JSON_INTEGER
#undef JSON_REAL
#undef JSON_TRUE
#undef JSON_FALSE
#undef JSON_NULL

#define SHOWN_BYTES 64 /* of a key or of jansson's words, in a message */

/* Text that has not been walked over yet, and the line that it begins in. */
struct walk {
	struct span rest;
	unsigned line;
	struct arena *arena;
};

void json_prepare(void)
{
	json_object_seed(0);
}

static struct span without_mark(struct span input)
{
	if (span_starts(input, "\xef\xbb\xbf"))
		return (struct span){input.data + 3, input.len - 3};
	return input;
}

bool json_looks_like_json(struct span input)
{
	struct span text = span_trim(without_mark(input));

	return span_starts(text, "{") || span_starts(text, "[");
}

struct json *json_get(const struct json *object, const char *key)
{
	if (!object || object->type != JSON_OBJECT)
		return NULL;
	for (struct json *member = object->child; member; member = member->next)
		if (strcmp(member->key, key) == 0)
			return member;
	return NULL;
}

static bool is_one_of(char byte, const char *set)
{
	return memchr(set, byte, strlen(set)) != NULL;
}

static void skip(struct walk *walk, size_t len)
{
	walk->rest = (struct span){walk->rest.data + len, walk->rest.len - len};
}

static void skip_blanks(struct walk *walk)
{
	while (walk->rest.len > 0 && is_one_of(walk->rest.data[0], " \t\r\n")) {
		if (walk->rest.data[0] == '\n')
			walk->line++;
		skip(walk, 1);
	}
}

/* One byte of punctuation and the blanks before it. */
static void skip_mark(struct walk *walk)
{
	skip_blanks(walk);
	if (walk->rest.len > 0)
		skip(walk, 1);
}

/*
 * Takes a string with its quotes, or a run of any other bytes up to the next delimiter. A string
 * that is not closed reaches to the end; a line break inside one is jansson's to refuse.
 */
static struct span take_token(struct walk *walk)
{
	const char *text = walk->rest.data;
	size_t end = walk->rest.len;
	size_t len = 1;

	if (text[0] == '"') {
		while (len < end && text[len] != '"')
			len += text[len] == '\\' ? 2 : 1;
		len = len < end ? len + 1 : end;
	} else {
		while (len < end && text[len] != '\0' && !is_one_of(text[len], " \t\r\n\"[]{},:"))
			len++;
	}
	skip(walk, len);
	return (struct span){text, len};
}

/*
 * Depth and number of the values, from the text alone: jansson would recurse and allocate first.
 * Keys are taken off again at their colons. Where the text is not JSON the count means little,
 * but it then guards nothing either: jansson stops at the first such place.
 */
static int check_ceilings(struct span input, struct err *err)
{
	struct walk walk = {.rest = input, .line = 1};
	unsigned depth = 0;
	size_t values = 0;

	for (skip_blanks(&walk); walk.rest.len > 0; skip_blanks(&walk)) {
		char byte = walk.rest.data[0];

		if (!is_one_of(byte, "]},:"))
			values++;
		else if (byte == ':' && values > 0)
			values--;
		if (byte == '[' || byte == '{')
			depth++;
		else if ((byte == ']' || byte == '}') && depth > 0)
			depth--;
		if (depth > JSON_MAX_DEPTH)
			return err_set(err, "%u: nested deeper than %d levels", walk.line,
				       JSON_MAX_DEPTH);
		if (values > JSON_MAX_VALUES + 1) /* the key before its colon */
			return err_set(err, "%u: more than %u values", walk.line, JSON_MAX_VALUES);
		if (is_one_of(byte, "[]{},:"))
			skip(&walk, 1);
		else if (byte == '\0')
			/* jansson drops one that stands behind a number, as if it were not there */
			return err_set(err, "%u: NUL between values", walk.line);
		else
			(void)take_token(&walk);
	}
	if (values > JSON_MAX_VALUES)
		return err_set(err, "%u: more than %u values", walk.line, JSON_MAX_VALUES);
	return 0;
}

/* The inside of the string that ends in front of that offset; jansson does not say it whole. */
static struct span string_before(struct span input, size_t offset)
{
	struct walk walk = {.rest = input, .line = 1};

	for (skip_blanks(&walk); walk.rest.len > 0; skip_blanks(&walk)) {
		struct span token = take_token(&walk);

		if (token.data + token.len == input.data + offset && token.len >= 2)
			return (struct span){token.data + 1, token.len - 2};
	}
	return (struct span){"", 0};
}

static int syntax_error(struct span input, const json_error_t *from, struct err *err)
{
	unsigned line = from->line > 0 ? (unsigned)from->line : 1;
	auto_buf struct buf shown;

	buf_init(&shown, 1024);
	if (json_error_code(from) == json_error_duplicate_key && from->position > 0) {
		text_escape(&shown, string_before(input, (size_t)from->position), SHOWN_BYTES);
		return err_set(err, "%u: duplicate key \"%s\"", line, buf_string(&shown));
	}
	text_escape(&shown, span_of(from->text), sizeof(from->text));
	return err_set(err, "%u: %s", line, buf_string(&shown));
}

static struct json *build(struct walk *walk, json_t *value);

static void build_members(struct walk *walk, struct json *object, json_t *value)
{
	struct json **link = &object->child;

	for (void *at = json_object_iter(value); at; at = json_object_iter_next(value, at)) {
		unsigned line;

		skip_blanks(walk);
		line = walk->line;
		(void)take_token(walk);
		skip_mark(walk); /* : */
		*link = build(walk, json_object_iter_value(at));
		(*link)->key = arena_text(walk->arena, span_of(json_object_iter_key(at)));
		(*link)->line = line;
		link = &(*link)->next;
		skip_mark(walk); /* , or } */
	}
	if (!object->child)
		skip_mark(walk); /* } */
}

static void build_elements(struct walk *walk, struct json *array, json_t *value)
{
	struct json **link = &array->child;

	for (size_t i = 0; i < json_array_size(value); i++) {
		*link = build(walk, json_array_get(value, i));
		link = &(*link)->next;
		skip_mark(walk); /* , or ] */
	}
	if (!array->child)
		skip_mark(walk); /* ] */
}

static void build_scalar(struct walk *walk, struct json *node, json_t *value)
{
	struct span text = take_token(walk);

	if (node->type == JSON_STRING)
		text = (struct span){json_string_value(value), json_string_length(value)};
	node->text = (struct span){arena_text(walk->arena, text), text.len};
	node->real = json_real_value(value);
	node->integer = json_integer_value(value);
	if (node->type == JSON_BOOL)
		node->integer = text.data[0] == 't';
}

static enum json_type type_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JANSSON_OBJECT:
		return JSON_OBJECT;
	case JANSSON_ARRAY:
		return JSON_ARRAY;
	case JANSSON_STRING:
		return JSON_STRING;
	case JANSSON_INTEGER:
		return JSON_INTEGER;
	case JANSSON_REAL:
		return JSON_REAL;
	case JANSSON_TRUE:
	case JANSSON_FALSE:
		return JSON_BOOL;
	case JANSSON_NULL:
		break;
	}
	return JSON_NULL;
}

/* Recursion is as deep as the values are, and check_ceilings() has bounded that. */
static struct json *build(struct walk *walk, json_t *value)
{
	struct json *node = arena_alloc(walk->arena, 1, sizeof(*node));

	skip_blanks(walk);
	node->line = walk->line;
	node->type = type_of(value);
	if (node->type == JSON_OBJECT || node->type == JSON_ARRAY) {
		skip_mark(walk); /* { or [ */
		if (node->type == JSON_OBJECT)
			build_members(walk, node, value);
		else
			build_elements(walk, node, value);
	} else {
		build_scalar(walk, node, value);
	}
	return node;
}

int json_read(struct span input, struct arena *arena, struct json **out, struct err *err)
{
	struct span text = without_mark(input);
	struct walk walk = {.rest = text, .line = 1, .arena = arena};
	json_auto_t *root = NULL;
	json_error_t error;

	if (text.len > JSON_MAX_BYTES)
		return err_set(err, "1: longer than %u bytes", JSON_MAX_BYTES);
	if (span_trim(text).len == 0)
		return err_set(err, "1: empty");
	if (check_ceilings(text, err) < 0)
		return -1;
	root = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!root)
		return syntax_error(text, &error, err);
	*out = build(&walk, root);
	skip_blanks(&walk);
	assert(walk.rest.len == 0); /* else the walk and jansson disagree about the text */
	return 0;
}
