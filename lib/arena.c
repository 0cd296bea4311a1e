/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of one run: see arena.h. */
#include "lib/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/err.h"
#include "lib/own.h"

struct arena_piece {
	struct arena_piece *next;
	alignas(max_align_t) unsigned char bytes[];
};

void arena_init(struct arena *arena, size_t ceiling)
{
	*arena = (struct arena){.ceiling = ceiling};
}

void arena_done(struct arena *arena)
{
	while (arena->pieces) {
		struct arena_piece *piece = arena->pieces;

		arena->pieces = piece->next;
		free(piece);
	}
	arena->used = 0;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
	struct arena_piece *piece;
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > arena->ceiling - arena->used)
		die("memory ceiling of %zu bytes reached", arena->ceiling);
	piece = xcalloc(1, sizeof(*piece) + bytes);
	piece->next = arena->pieces;
	arena->pieces = piece;
	arena->used += bytes;
	return piece->bytes;
}

char *arena_text(struct arena *arena, struct span span)
{
	char *copy = arena_alloc(arena, span.len + 1, 1);

	if (span.len > 0)
		memcpy(copy, span.data, span.len);
	return copy;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0)
		die("format \"%s\" cannot be printed", fmt);
	text = arena_alloc(arena, (size_t)len + 1, 1);
	va_start(args, fmt);
	(void)vsnprintf(text, (size_t)len + 1, fmt, args);
	va_end(args);
	return text;
}
