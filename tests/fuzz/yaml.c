/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_read_yaml() over any bytes. The tree is walked as its readers walk it, aliases as often as
 * they stand in the file: the ceilings hold for that walk.
 */
#include <string.h>

#include "lib/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_yaml_visit(const struct json *value, unsigned depth, size_t *values)
{
	if (++*values > JSON_MAX_VALUES || depth > JSON_MAX_DEPTH + 1 || value->line < 1 ||
	    (value->text.data && strlen(value->text.data) != value->text.len))
		__builtin_trap();
	for (const struct json *at = value->child; at; at = at->next) {
		if ((value->type == JSON_OBJECT) != (at->key != NULL))
			__builtin_trap();
		fuzz_yaml_visit(at, depth + 1, values);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	struct arena arena;
	struct json *root;
	struct err err;
	size_t values = 0;

	arena_init(&arena, (size_t)256 << 20);
	if (json_read_yaml(input, &arena, &root, &err) == 0)
		fuzz_yaml_visit(root, 1, &values);
	else if (err.text[0] < '1' || err.text[0] > '9')
		__builtin_trap();
	arena_done(&arena);
	return 0;
}
