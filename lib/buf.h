/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A buffer that grows up to a ceiling. A write that would cross the ceiling sets `overflowed`
 * and leaves the contents as they were; check it once, at the end.
 */
#ifndef LIB_BUF_H
#define LIB_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/span.h"

struct buf {
	char *data; /* owned by the buffer */
	size_t len;
	size_t capacity;
	size_t ceiling;
	bool overflowed;
};

void buf_init(struct buf *buf, size_t ceiling);
void buf_done(struct buf *buf);
#define auto_buf __attribute__((cleanup(buf_done)))

void buf_put(struct buf *buf, const void *data, size_t len);
void buf_text(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *buf);

/* Room for `len` more bytes at the end, or NULL at the ceiling; buf->len is the caller's to move.
 */
char *buf_reserve(struct buf *buf, size_t len);

/* The contents as a NUL-terminated string that the buffer still owns. */
const char *buf_string(struct buf *buf);
struct span buf_span(const struct buf *buf);

#endif
