/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text from outside made safe to show. A fact holds printable UTF-8 only: control characters,
 * invalid UTF-8 and the characters that reorder or hide text on a terminal become \xNN, byte by
 * byte, and a backslash becomes \\, so that the escape cannot be forged.
 */
#ifndef LIB_TEXT_H
#define LIB_TEXT_H

#include <stdbool.h>

#include "lib/buf.h"
#include "lib/span.h"

/* Appends the span, escaped; at most max_bytes of output, then "…" is put behind. */
void text_escape(struct buf *out, struct span raw, size_t max_bytes);

/* True when the span holds nothing that text_escape() would have to escape but backslashes. */
bool text_is_printable(struct span text);

/*
 * The length of the well-formed UTF-8 sequence at the front (RFC 3629: no surrogates, no
 * overlong forms, at most U+10FFFF), or 0. The code point goes to *out.
 */
size_t text_decode(struct span text, uint32_t *out);

#endif
