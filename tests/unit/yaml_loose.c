/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json_read_yaml_loose(): what YAML of other programs may hold that ours may not. */
#include <stdlib.h>

#include "lib/json.h"
#include "tests/tap.h"

static struct arena arena;
static struct err err;

static struct json *read_loose(const char *text)
{
	struct json *root = NULL;

	err.text[0] = '\0';
	return json_read_yaml_loose(span_of(text), &arena, &root, &err) < 0 ? NULL : root;
}

static const char *text_of(const struct json *value)
{
	return value && value->text.data ? value->text.data : "";
}

static void test_tags(void)
{
	const struct json *root =
	    read_loose("a: !reset null\nb: !override [1]\nc: !x {d: 1}\ne: f\n");

	is_str(json_get(root, "a") ? json_get(root, "a")->tag : NULL, "!reset", "a scalar's tag");
	is_str(json_get(root, "b") ? json_get(root, "b")->tag : NULL, "!override", "a list's");
	is_str(json_get(root, "c") ? json_get(root, "c")->tag : NULL, "!x", "a mapping's");
	ok(json_get(root, "e") && !json_get(root, "e")->tag, "no tag");
	ok(json_get(root, "a")->type == JSON_NULL, "what is tagged is typed all the same");
}

static void test_merge_keys(void)
{
	const struct json *root =
	    read_loose("a: &a {x: 1}\nb: {<<: *a, <<: {y: 2}, \"<<\": text}\n");
	unsigned count = 0;

	for (const struct json *at = json_get(root, "b")->child; at; at = at->next)
		count++;
	ok(count == 3, "merge keys are members, and several of them no duplicates");
	ok(!read_loose("a: {x: 1, x: 2}\n"), "other keys must be different");
	is_str(err.text, "1: duplicate key \"x\"", "and the message says which is not");
}

static void test_anchors(void)
{
	const struct json *root = read_loose("a: &x 1\nb: &x 2\nc: *x\n---\nd: 1\n");

	is_str(text_of(json_get(root, "c")), "2", "an anchor given again is the later one");
	is_str(text_of(json_get(root->next, "d")), "1", "a second document is the sibling");
	ok(!root->next->next, "and the last one");
	ok(!read_loose("a: &x 1\n---\nb: *x\n"), "anchors end with their document");
	is_str(err.text, "3: no such anchor: \"x\"", "as the message says");
	ok(!read_loose("a: &x {b: *x}\n"), "no alias inside of its own anchor");
}

int main(void)
{
	arena_init(&arena, 1 << 20);
	test_tags();
	test_merge_keys();
	test_anchors();
	arena_done(&arena);
	return done();
}
