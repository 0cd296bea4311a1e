/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A borrowed run of bytes: see span.h. */
#include "lib/span.h"

#include <string.h>

struct span span_of(const char *text)
{
	return (struct span){text, strlen(text)};
}

bool span_is(struct span span, const char *text)
{
	size_t len = strlen(text);

	return span.len == len && (len == 0 || memcmp(span.data, text, len) == 0);
}

bool span_starts(struct span span, const char *prefix)
{
	size_t len = strlen(prefix);

	return span.len >= len && (len == 0 || memcmp(span.data, prefix, len) == 0);
}

bool span_ends(struct span span, const char *suffix)
{
	size_t len = strlen(suffix);

	return span.len >= len &&
	       (len == 0 || memcmp(span.data + span.len - len, suffix, len) == 0);
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

struct span span_trim(struct span span)
{
	while (span.len > 0 && is_blank(span.data[0]))
		span = (struct span){span.data + 1, span.len - 1};
	while (span.len > 0 && is_blank(span.data[span.len - 1]))
		span.len--;
	return span;
}

bool span_cut(struct span *rest, char separator, struct span *out)
{
	const char *at;

	if (rest->len == 0)
		return false;
	at = memchr(rest->data, separator, rest->len);
	if (!at) {
		*out = *rest;
		*rest = (struct span){rest->data + rest->len, 0};
		return true;
	}
	*out = (struct span){rest->data, (size_t)(at - rest->data)};
	*rest = (struct span){at + 1, rest->len - out->len - 1};
	return true;
}

bool span_word(struct span *rest, struct span *out)
{
	size_t len = 0;

	*rest = span_trim(*rest);
	if (rest->len == 0)
		return false;
	while (len < rest->len && !is_blank(rest->data[len]))
		len++;
	*out = (struct span){rest->data, len};
	*rest = (struct span){rest->data + len, rest->len - len};
	return true;
}

int span_uint(struct span span, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;

	if (span.len == 0)
		return -1;
	for (size_t i = 0; i < span.len; i++) {
		unsigned digit = (unsigned)(unsigned char)span.data[i] - '0';

		if (digit > 9 || value > (max - digit) / 10 || max < digit)
			return -1;
		value = value * 10 + digit;
	}
	*out = value;
	return 0;
}

int span_hex(struct span span, uint64_t *out)
{
	uint64_t value = 0;

	if (span.len == 0 || span.len > 16)
		return -1;
	for (size_t i = 0; i < span.len; i++) {
		unsigned char byte = (unsigned char)span.data[i];
		unsigned digit;

		if (byte >= '0' && byte <= '9')
			digit = byte - (unsigned)'0';
		else if (byte >= 'a' && byte <= 'f')
			digit = byte - (unsigned)'a' + 10;
		else if (byte >= 'A' && byte <= 'F')
			digit = byte - (unsigned)'A' + 10;
		else
			return -1;
		value = value << 4 | digit;
	}
	*out = value;
	return 0;
}
