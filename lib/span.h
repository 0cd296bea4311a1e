/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A borrowed run of bytes. Parsers take spans, never NUL-terminated strings: what comes from
 * outside has a length, and may hold any byte.
 */
#ifndef LIB_SPAN_H
#define LIB_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const char *data;
	size_t len;
};

struct span span_of(const char *text);
bool span_is(struct span span, const char *text);
bool span_starts(struct span span, const char *prefix);
bool span_ends(struct span span, const char *suffix);
/* Without blanks (space, tab, CR, LF) at either end. */
struct span span_trim(struct span span);

/*
 * Cuts *rest at the first `separator`: the part before it goes to *out, the part behind stays
 * in *rest. False when *rest was already used up. "a\n" holds one line, "" none.
 */
bool span_cut(struct span *rest, char separator, struct span *out);

/* The next word of *rest between blanks; false when there is none. */
bool span_word(struct span *rest, struct span *out);

/* The whole span as an unsigned decimal of at most `max`; -1 if it is anything else. */
int span_uint(struct span span, uint64_t max, uint64_t *out);

/* The whole span as unsigned hexadecimal digits without prefix; -1 if it is anything else. */
int span_hex(struct span span, uint64_t *out);

#endif
