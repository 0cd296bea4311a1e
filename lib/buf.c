/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A buffer that grows up to a ceiling: see buf.h. */
#include "lib/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/own.h"

#define SMALLEST 256

void buf_init(struct buf *buf, size_t ceiling)
{
	*buf = (struct buf){.ceiling = ceiling};
}

void buf_done(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){.ceiling = buf->ceiling};
}

char *buf_reserve(struct buf *buf, size_t len)
{
	size_t needed;

	if (__builtin_add_overflow(buf->len, len, &needed) || needed > buf->ceiling) {
		buf->overflowed = true;
		return NULL;
	}
	if (needed + 1 > buf->capacity) { /* one more for buf_string()'s NUL */
		size_t capacity = buf->capacity ? buf->capacity * 2 : SMALLEST;

		if (capacity < needed + 1)
			capacity = needed + 1;
		buf->data = xrealloc(buf->data, capacity, 1);
		buf->capacity = capacity;
	}
	return buf->data + buf->len;
}

void buf_put(struct buf *buf, const void *data, size_t len)
{
	char *room = buf_reserve(buf, len);

	if (!room || len == 0)
		return;
	memcpy(room, data, len);
	buf->len += len;
}

void buf_text(struct buf *buf, const char *text)
{
	buf_put(buf, text, strlen(text));
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
	auto_free char *text = NULL;
	va_list args;
	int len;

	va_start(args, fmt);
	len = vasprintf(&text, fmt, args);
	va_end(args);
	if (len < 0) {
		text = NULL;
		buf->overflowed = true;
		return;
	}
	buf_put(buf, text, (size_t)len);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->overflowed = false;
}

const char *buf_string(struct buf *buf)
{
	char *end = buf_reserve(buf, 0);

	if (!end)
		return "";
	*end = '\0';
	return buf->data;
}

struct span buf_span(const struct buf *buf)
{
	return (struct span){buf->data, buf->len};
}
