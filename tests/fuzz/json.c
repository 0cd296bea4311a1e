/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json_read() over any bytes; the tree is walked, so that ASan sees each text that it names. */
#include "lib/json.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t fuzz_json_visit(const struct json *value, unsigned lines)
{
	size_t bytes = value->text.len;

	if (value->line < 1 || value->line > lines ||
	    (value->text.data && strlen(value->text.data) != value->text.len))
		__builtin_trap();
	for (const struct json *at = value->child; at; at = at->next)
		bytes += (at->key ? strlen(at->key) : 0) + fuzz_json_visit(at, lines);
	return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	struct arena arena;
	struct json *root;
	struct err err;
	unsigned lines = 1;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n';
	arena_init(&arena, (size_t)256 << 20);
	if (json_read(input, &arena, &root, &err) == 0)
		(void)fuzz_json_visit(root, lines);
	else if (err.text[0] < '1' || err.text[0] > '9')
		__builtin_trap();
	arena_done(&arena);
	return 0;
}
