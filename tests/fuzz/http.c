/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a response of HTTP: its body is no longer than all of it. */
#include "audit/talk/http.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct http_response response;
	struct arena arena;
	struct err err;

	if (size > 65536)
		return 0;
	arena_init(&arena, (size_t)1 << 20);
	if (http_read((struct span){(const char *)data, size}, &arena, &response, &err) == 0) {
		if (response.body.len > size || response.status > 999)
			__builtin_trap();
	}
	arena_done(&arena);
	return 0;
}
