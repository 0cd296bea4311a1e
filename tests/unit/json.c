/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lib/json.h: lines, types and every kind of bad input, in JSON and in YAML. */
#include "lib/json.h"

#include <stdint.h>
#include <stdlib.h>

#include "lib/buf.h"
#include "tests/tap.h"

#define MEMORY ((size_t)256 << 20)

typedef int reader_fn(struct span input, struct arena *memory, struct json **out, struct err *why);

static struct arena arena;
static struct err err;

/* The tree, or NULL and the message in err. */
static struct json *read_span(reader_fn *reader, struct span input)
{
	struct json *root = NULL;

	err.text[0] = '\0';
	return reader(input, &arena, &root, &err) == 0 ? root : NULL;
}

static struct json *from_json(const char *text)
{
	return read_span(json_read, span_of(text));
}

static struct json *from_yaml(const char *text)
{
	return read_span(json_read_yaml, span_of(text));
}

static void refuses(reader_fn *reader, const char *text, const char *message)
{
	struct json *root = read_span(reader, span_of(text));

	is_str(root ? "(it was read)" : err.text, message, message);
}

static struct json *at(struct json *list, unsigned index)
{
	struct json *element = list->child;

	while (index-- > 0)
		element = element->next;
	return element;
}

static void test_json_values(void)
{
	struct json *root = from_json("\xef\xbb\xbf{\n"
				      "  \"z\": [1, -2.5,\n"
				      "        true, false, null],\n"
				      "\n"
				      "  \"a\":\r\n"
				      "    {\"quote\\\"}\": \"x\\u0041\\n{[\",\n"
				      "     \"empty\": {}, \"none\": [ ]},\n"
				      "  \"last\": \"\xc3\xa4\"\n"
				      "}\n");
	struct json *list = json_get(root, "z");
	struct json *object = json_get(root, "a");

	ok(root && list && object, "an object is read behind a byte order mark");
	if (!root || !list || !object)
		return;
	ok(root->line == 1 && list->line == 2 && object->line == 5, "lines of members");
	is_str(root->child->key, "z", "members keep the order of the file");
	ok(at(list, 0)->type == JSON_INTEGER && at(list, 0)->integer == 1, "an integer");
	ok(at(list, 1)->type == JSON_REAL && at(list, 1)->real < -2.4, "a real");
	is_str(at(list, 1)->text.data, "-2.5", "a number's text is as written");
	ok(at(list, 2)->type == JSON_BOOL && at(list, 2)->integer == 1, "true");
	ok(at(list, 2)->line == 3, "line of an element");
	ok(at(list, 3)->type == JSON_BOOL && at(list, 3)->integer == 0, "false");
	ok(at(list, 4)->type == JSON_NULL && !at(list, 4)->next, "null, and the end");
	is_str(object->child->key, "quote\"}", "a key is decoded");
	is_str(object->child->text.data, "xA\n{[", "a string is decoded");
	ok(object->child->line == 6, "line of a member one level deeper");
	ok(json_get(object, "empty")->type == JSON_OBJECT && !json_get(object, "empty")->child,
	   "an empty object");
	ok(json_get(object, "none")->type == JSON_ARRAY && !json_get(object, "none")->child,
	   "an empty array");
	ok(json_get(root, "last")->line == 8, "the line after nested values is right");
	ok(!json_get(root, "missing") && !json_get(list, "z") && !json_get(NULL, "z"),
	   "json_get() of what is not there");
	root = from_json(" 7 ");
	ok(root && root->type == JSON_INTEGER && root->integer == 7, "a document may be a number");
}

static void test_json_errors(void)
{
	refuses(json_read, "", "1: empty");
	refuses(json_read, " \n\t", "1: empty");
	refuses(json_read, "\xef\xbb\xbf", "1: empty");
	refuses(json_read, "{\"a\": 1,\n \"IpProtocol\": 2,\n \"IpProtocol\": 3}",
		"3: duplicate key \"IpProtocol\"");
	refuses(json_read, "{\"x\": {\"k\\u0041\": 1, \"kA\": 2}}", "1: duplicate key \"kA\"");
	refuses(json_read, "{\"\": 1, \"\": 2}", "1: duplicate key \"\"");
	refuses(json_read, "{\"\xc3\xa4\": 1,\n\"\xc3\xa4\": 2}", "2: duplicate key \"\xc3\xa4\"");
	refuses(json_read, "{\"\\n\": 1, \"\\u000a\": 2}", "1: duplicate key \"\\\\u000a\"");
	ok(!from_json("[1,\n2"), "a list that does not end");
	ok(strncmp(err.text, "2: ", 3) == 0, "its line: %s", err.text);
	ok(!from_json("[1] [2]"), "a second document");
	ok(!from_json("{\"a\\u0000b\": 1}"), "NUL in a key");
	ok(!from_json("[\"\\u0000\"]"), "NUL in a string");
	ok(!from_json("[\"\xff\"]"), "not UTF-8");
	ok(!from_json("[\"\xed\xa0\x80\"]"), "a surrogate");
	ok(!from_json("[\"a\nb\"]"), "a line break in a string");
	ok(!from_json("[99999999999999999999]"), "an integer that does not fit");
	ok(!from_json("[1e999]"), "a real that does not fit");
	ok(!from_json("[1,]") && !from_json("{a: 1}") && !from_json("[0x1]") && !from_json("[01]"),
	   "what is not JSON");
	ok(!from_json("[\x1b[31m]"), "control characters");
	ok(!strchr(err.text, '\x1b'), "they are not in the message: %s", err.text);
	ok(!read_span(json_read, (struct span){"[1]\0", 4}), "NUL behind the document");
	ok(!read_span(json_read, (struct span){"[-2\0, 1]", 9}), "NUL behind a number");
	is_str(err.text, "1: NUL between values", "the message");
}

static void repeat(struct buf *out, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_text(out, text);
}

/* `count` lists, one in the other. */
static struct json *nested(reader_fn *reader, const char *open, const char *close, size_t count)
{
	auto_buf struct buf text;

	buf_init(&text, JSON_MAX_BYTES);
	repeat(&text, open, count);
	repeat(&text, close, count);
	return read_span(reader, buf_span(&text));
}

static void test_ceilings(reader_fn *reader, const char *name)
{
	auto_buf struct buf text;

	ok(nested(reader, "[", "]", JSON_MAX_DEPTH) != NULL, "%s: as deep as may be", name);
	ok(!nested(reader, "[", "]", JSON_MAX_DEPTH + 1), "%s: one level deeper", name);
	is_str(err.text, "1: nested deeper than 128 levels", "the message");
	ok(!nested(reader, "[\n", "]", 10000), "%s: 10,000 levels", name);
	is_str(err.text, "129: nested deeper than 128 levels", "the message has the line");
	ok(!nested(reader, "{\"a\":", "}", 10000), "%s: 10,000 objects", name);
	is_str(err.text, "1: nested deeper than 128 levels", "the message");

	buf_init(&text, (size_t)2 * JSON_MAX_BYTES);
	buf_text(&text, "[0");
	repeat(&text, ",0", JSON_MAX_VALUES);
	buf_text(&text, "]");
	ok(!read_span(reader, buf_span(&text)), "%s: too many values", name);
	is_str(err.text, "1: more than 1000000 values", "the message");
	buf_clear(&text);
	repeat(&text, " ", JSON_MAX_BYTES);
	buf_text(&text, "1");
	ok(!read_span(reader, buf_span(&text)), "%s: too many bytes", name);
	is_str(err.text, "1: longer than 16777216 bytes", "the message");
}

/* The most values that pass; strings, for the count must not mind what is inside them. */
static void test_most_values(void)
{
	auto_buf struct buf text;

	buf_init(&text, JSON_MAX_BYTES);
	buf_text(&text, "{\"k\":[\"[\"");
	repeat(&text, ",\"[\"", JSON_MAX_VALUES - 3);
	buf_text(&text, "]}");
	ok(read_span(json_read, buf_span(&text)) != NULL, "as many values as may be: %s", err.text);
}

/* Every beginning of a good file is an error or a tree: no crash, and a message with a line. */
static void test_truncated(reader_fn *reader, const char *text, const char *name)
{
	size_t len = strlen(text);
	unsigned bad = 0;

	for (size_t cut = 0; cut < len; cut++) {
		char *copy = strndup(text, cut); /* its end is ASan's border */

		if (!read_span(reader, (struct span){copy, cut}))
			bad += err.text[0] < '1' || err.text[0] > '9';
		free(copy);
	}
	ok(bad == 0, "%s: cut after every byte", name);
}

static void test_yaml_values(void)
{
	struct json *root =
	    from_yaml("\xef\xbb\xbf# head\n"
		      "allow:\n"
		      "  - { port: 22/tcp, n: -7 }\n"
		      "  - plain: |\n"
		      "      two\n"
		      "      lines\n"
		      "words: [null, ~, True, FALSE, '', \"12\", 010, 22:22, 0x10,\n"
		      "        1.5, yes, +1, 9223372036854775807, 9223372036854775808]\n"
		      "empty:\n"
		      "'<<': quoted\n");
	struct json *allow = json_get(root, "allow");
	struct json *words = json_get(root, "words");

	ok(allow && words, "a mapping is read behind a byte order mark: %s", err.text);
	if (!allow || !words)
		return;
	ok(allow->line == 2 && allow->child->line == 3, "lines of a member and an element");
	is_str(json_get(allow->child, "port")->text.data, "22/tcp", "a plain text");
	ok(json_get(allow->child, "n")->integer == -7, "a negative integer");
	is_str(json_get(at(allow, 1), "plain")->text.data, "two\nlines\n", "a block of text");
	ok(at(words, 0)->type == JSON_NULL && at(words, 1)->type == JSON_NULL, "null");
	ok(at(words, 2)->type == JSON_BOOL && at(words, 2)->integer == 1, "true");
	ok(at(words, 3)->type == JSON_BOOL && at(words, 3)->integer == 0, "false");
	is_str(at(words, 3)->text.data, "FALSE", "its text is as written");
	ok(at(words, 4)->type == JSON_STRING && at(words, 5)->type == JSON_STRING,
	   "what is quoted is a string");
	for (unsigned i = 6; i <= 11; i++)
		ok(at(words, i)->type == JSON_STRING, "%s is a string", at(words, i)->text.data);
	ok(at(words, 9)->line == 8, "line of an element");
	ok(at(words, 12)->type == JSON_INTEGER && at(words, 12)->integer == INT64_MAX,
	   "the largest integer");
	ok(at(words, 13)->type == JSON_STRING, "a larger one is a string");
	ok(json_get(root, "empty")->type == JSON_NULL, "nothing is null");
	ok(json_get(root, "<<") != NULL, "a quoted << is an ordinary key");
}

static void test_yaml_aliases(void)
{
	struct json *root = from_yaml("a: &x {k: [1, 2], l: 3}\nb: *x\n\nc: [*x, *x, 4]\n");
	struct json *list = json_get(root, "c");

	if (!ok(list != NULL, "aliases are read: %s", err.text))
		return;
	is_str(json_get(root, "b")->key, "b", "an alias has its own key");
	ok(json_get(root, "b")->line == 2, "and its own line");
	ok(json_get(json_get(root, "b"), "l")->integer == 3, "and the members of its anchor");
	ok(at(list, 1)->child == json_get(root, "a")->child, "which it shares");
	ok(at(list, 2)->integer == 4 && !at(list, 2)->next, "and its own siblings");
	ok(!at(list, 0)->key, "an element has no key, whatever its anchor had");

	refuses(json_read_yaml, "a: &x [1, *x]",
		"1: the alias stands inside its own anchor: \"x\"");
	refuses(json_read_yaml, "- 1\n- *y", "2: no such anchor: \"y\"");
	refuses(json_read_yaml, "- &x 1\n- &x 2", "2: anchor given twice: \"x\"");
	refuses(json_read_yaml, "*x", "1: no such anchor: \"x\"");
}

/* Ten aliases to ten aliases to …: 10^9 values in 200 bytes. */
static void test_yaml_bomb(void)
{
	auto_buf struct buf text;

	buf_init(&text, JSON_MAX_BYTES);
	buf_text(&text, "a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
	for (int i = 1; i < 9; i++) {
		buf_printf(&text, "a%d: &a%d [", i, i);
		for (int j = 0; j < 10; j++)
			buf_printf(&text, "%s*a%d", j ? "," : "", i - 1);
		buf_text(&text, "]\n");
	}
	ok(!read_span(json_read_yaml, buf_span(&text)), "a billion laughs");
	is_str(err.text, "6: more than 1000000 values", "the message");

	/* each alias as deep as may be by itself, but they add up */
	buf_clear(&text);
	buf_text(&text, "- &a0 ");
	repeat(&text, "[", 100);
	repeat(&text, "]", 100);
	buf_text(&text, "\n- &a1 [[[[[[[[[[[[[[[[[[[[[[[[[[[*a0]]]]]]]]]]]]]]]]]]]]]]]]]]]\n");
	ok(read_span(json_read_yaml, buf_span(&text)) != NULL, "128 levels by alias: %s", err.text);
	buf_text(&text, "- [*a1]\n");
	ok(!read_span(json_read_yaml, buf_span(&text)), "129 levels by alias");
	is_str(err.text, "3: nested deeper than 128 levels", "the message");
}

static void test_yaml_errors(void)
{
	refuses(json_read_yaml, "", "1: empty");
	refuses(json_read_yaml, "# only words\n", "2: empty");
	refuses(json_read_yaml, "---\n", "2: empty");
	refuses(json_read_yaml, "a: 1\n---\nb: 2\n", "2: more than one document");
	refuses(json_read_yaml, "a: 1\nb: 2\na: 3\n", "3: duplicate key \"a\"");
	refuses(json_read_yaml, "{a: 1, \"a\": 2}", "1: duplicate key \"a\"");
	refuses(json_read_yaml, "a: 1\n<<: {b: 2}\n", "2: merge keys (<<) are not supported");
	refuses(json_read_yaml, "a: !!str 1\n",
		"1: tags are not supported: \"tag:yaml.org,2002:str\"");
	refuses(json_read_yaml, "a:\n  !x {b: 1}\n", "2: tags are not supported: \"!x\"");
	refuses(json_read_yaml, "a: ! [1]\n", "1: tags are not supported: \"!\"");
	refuses(json_read_yaml, "? [1]\n: 2\n", "1: a key must be a text");
	refuses(json_read_yaml, "? {a: 1}\n: 2\n", "1: a key must be a text");
	refuses(json_read_yaml, "- &x 1\n- {*x : 2}\n", "2: a key must be a text");
	refuses(json_read_yaml, "&x a: 1\n", "1: a key cannot be an anchor: \"x\"");
	refuses(json_read_yaml, "a: \"x\\0y\"\n", "1: NUL in a text");
	refuses(json_read_yaml, "a: 1\nb: \"\xff\"\n", "2: invalid leading UTF-8 octet");
	refuses(json_read_yaml, "a: 1\n\x01\n", "2: control characters are not allowed");
	refuses(json_read_yaml, "a: b: c\n", "1: mapping values are not allowed in this context");
	ok(!from_yaml("a:\n\t- 1\n"), "a tab: %s", err.text);
	ok(!from_yaml("\xff\xfe"
		      "a\0:\0"),
	   "UTF-16: %s", err.text);
}

static void test_looks(void)
{
	ok(json_looks_like_json(span_of("\xef\xbb\xbf\n { ")), "an object looks like JSON");
	ok(json_looks_like_json(span_of("[")), "so does a list");
	ok(!json_looks_like_json(span_of("allow: [")), "a policy does not");
	ok(!json_looks_like_json(span_of("")) && !json_looks_like_json((struct span){NULL, 0}),
	   "nor does nothing");
}

int main(void)
{
	json_prepare();
	arena_init(&arena, 4 * MEMORY);
	test_looks();
	test_json_values();
	test_json_errors();
	test_ceilings(json_read, "JSON");
	test_most_values();
	test_truncated(json_read, "{\"a\": [1, -2.5e3, true, null, \"\\u00e4\\n\"],\n \"b\": {}}\n",
		       "JSON");
	test_yaml_values();
	test_yaml_aliases();
	test_yaml_bomb();
	test_yaml_errors();
	test_ceilings(json_read_yaml, "YAML");
	test_truncated(json_read_yaml,
		       "# c\na: &x [1, 'it''s', \"\\u00e4\", {b: ~}]\nc: *x\ntext: |\n  text\n",
		       "YAML");
	ok(!read_span(json_read, (struct span){NULL, 0}) &&
	       !read_span(json_read_yaml, (struct span){NULL, 0}),
	   "no bytes at all");
	arena_done(&arena);
	return done();
}
