/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A configuration of nginx of any contents: its files stand behind each other, parted by NUL, and
 * are named a, b, c …, so that each may include each. The last one is also taken for a program.
 */
#include <stdint.h>

#include "tests/unit/nginx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_NGINX_FILES 5U

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[FUZZ_NGINX_FILES] = {"/etc/nginx/nginx.conf", "/etc/nginx/a",
							    "/etc/nginx/b", "/etc/nginx/c",
							    "/etc/nginx/d"};
	const char *files[2 * FUZZ_NGINX_FILES + 1] = {NULL};
	struct span rest = {(const char *)data, size};
	struct nginx_start start;
	struct arena arena;
	struct span part = {"", 0};
	struct buf out;

	if (size > 4096) /* files that include each other multiply */
		return 0;
	arena_init(&arena, (size_t)64 << 20);
	buf_init(&out, 64 << 20);
	for (unsigned i = 0; i < FUZZ_NGINX_FILES && span_cut(&rest, '\0', &part); i++) {
		files[2 * i] = names[i];
		files[2 * i + 1] = arena_text(&arena, part);
	}
	nginx_describe(files, &out);
	(void)nginx_find_start(&arena, part, rest, "/", &start); /* of no consequence */
	buf_done(&out);
	arena_done(&arena);
	return 0;
}
