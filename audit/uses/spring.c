/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Settings of Spring Boot: see spring.h. */
#include "audit/uses/spring.h"

#include <string.h>

/* What stands behind "MARK=" of properties or "MARK:" of YAML. */
static bool cut_value(struct span line, const char *mark, struct span *out)
{
	size_t len = strlen(mark);
	const char *at = memmem(line.data, line.len, mark, len);

	/* server.ssl.key-store and spring.ssl…keystore.key-store, but not trust-key-store */
	if (!at || (at > line.data && !memchr(". \t", at[-1], 3)))
		return false;
	at += len;
	line = span_trim((struct span){at, line.len - (size_t)(at - line.data)});
	if (line.len == 0 || (line.data[0] != '=' && line.data[0] != ':'))
		return false;
	line = span_trim((struct span){line.data + 1, line.len - 1});
	if (line.len >= 2 && (line.data[0] == '"' || line.data[0] == '\'') &&
	    line.data[line.len - 1] == line.data[0])
		line = (struct span){line.data + 1, line.len - 2};
	*out = line;
	return true;
}

/* Names are written with dashes or without (relaxed binding). */
static bool cut_either(struct span line, const char *dashed, const char *camel, struct span *out)
{
	return cut_value(line, dashed, out) || cut_value(line, camel, out);
}

void spring_read(struct arena *arena, struct span text, struct spring *out)
{
	struct span line;

	while (span_cut(&text, '\n', &line)) {
		struct span value;

		line = span_trim(line);
		if (line.len == 0 || line.data[0] == '#' || line.data[0] == '!')
			continue;
		if (cut_either(line, "key-store-password", "keyStorePassword", &value))
			out->password = arena_text(arena, value);
		else if (cut_either(line, "key-store", "keyStore", &value) && value.len > 0 &&
			 out->count < SPRING_MAX_STORES)
			out->key_stores[out->count++] = arena_text(arena, value);
	}
}

struct span spring_path(struct span written, bool *is_variable)
{
	*is_variable = memmem(written.data, written.len, "${", 2) != NULL;
	if (*is_variable || span_starts(written, "classpath:"))
		return (struct span){"", 0};
	if (span_starts(written, "file:"))
		written = (struct span){written.data + 5, written.len - 5};
	while (span_starts(written, "//"))
		written = (struct span){written.data + 1, written.len - 1};
	return written;
}
