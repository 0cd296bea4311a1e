/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory of one run: allocated piece by piece, released all at once, under a ceiling. Each piece
 * is a malloc of its own, so that AddressSanitizer still sees every object's borders.
 */
#ifndef LIB_ARENA_H
#define LIB_ARENA_H

#include <stddef.h>

#include "lib/span.h"

struct arena {
	struct arena_piece *pieces;
	size_t used;    /* bytes handed out */
	size_t ceiling; /* bytes that may be handed out; beyond it the process ends: see die() */
};

void arena_init(struct arena *arena, size_t ceiling);
void arena_done(struct arena *arena);

/* Zeroed memory of count * size bytes; never NULL, and lives until arena_done(). */
void *arena_alloc(struct arena *arena, size_t count, size_t size) __attribute__((returns_nonnull));
/* A NUL-terminated copy. A NUL inside the span stays where it is. */
char *arena_text(struct arena *arena, struct span span) __attribute__((returns_nonnull));
/* A formatted text. */
char *arena_printf(struct arena *arena, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), returns_nonnull));

#endif
