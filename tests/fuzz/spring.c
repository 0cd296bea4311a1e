/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of Spring Boot, of any contents. */
#include <stdint.h>

#include "audit/uses/spring.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct spring spring = {0};
	struct arena arena;
	bool is_variable;

	if (size > 65536)
		return 0;
	arena_init(&arena, (size_t)16 << 20);
	spring_read(&arena, (struct span){(const char *)data, size}, &spring);
	for (unsigned i = 0; i < spring.count; i++)
		(void)spring_path(span_of(spring.key_stores[i]), &is_variable);
	arena_done(&arena);
	return 0;
}
