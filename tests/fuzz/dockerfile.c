/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dockerfile_parse() over any bytes; what comes out must keep the promises of dockerfile.h. */
#include "audit/compose/dockerfile.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int fuzz_dockerfile_variable(struct compose *compose, const char *name, const char **out,
				    struct err *err)
{
	(void)compose;
	(void)name;
	(void)out;
	(void)err;
	__builtin_trap(); /* the caller's environment is none of a Dockerfile's */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct compose compose = {.arena = &arena, .variable = fuzz_dockerfile_variable};
	const struct dockerfile file = {.compose = &compose, .text = {(const char *)data, size}};
	struct dockerfile_stage *stage;
	unsigned finals = 0;
	unsigned index = 0;
	struct err err;

	arena_init(&arena, (size_t)1 << 30);
	if (dockerfile_parse(&file, &stage, &err) < 0) {
		if (err.text[0] < '1' || err.text[0] > '9')
			__builtin_trap();
	} else {
		for (; stage; stage = stage->next) {
			if (stage->index != index++ || stage->line == 0 ||
			    (stage->base && stage->base->index >= stage->index) ||
			    (stage->is_final && !stage->is_shipped) ||
			    (stage->user && strchr(stage->user, COMPOSE_UNSET)))
				__builtin_trap();
			finals += stage->is_final;
		}
		if (finals != 1)
			__builtin_trap();
	}
	arena_done(&arena);
	return 0;
}
