/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Responses of HTTP/1.1: see http.h. */
#include "audit/talk/http.h"

#include <string.h>
#include <strings.h>

struct head {
	bool is_chunked;
	bool has_length;
	uint64_t length;
};

/* A line up to CR LF, section 2.2; a bare LF is taken, as that section allows. */
static bool next_line(struct span *rest, struct span *line)
{
	const char *end = rest->len ? memchr(rest->data, '\n', rest->len) : NULL;

	if (!end)
		return false;
	*line = (struct span){rest->data, (size_t)(end - rest->data)};
	*rest = (struct span){end + 1, rest->len - line->len - 1};
	if (span_ends(*line, "\r"))
		line->len--;
	return true;
}

static bool equals(struct span span, const char *text)
{
	return span.len == strlen(text) && strncasecmp(span.data, text, span.len) == 0;
}

static int read_status(struct span line, unsigned *out, struct err *err)
{
	struct span word = {"", 0};
	uint64_t status;

	if (!span_cut(&line, ' ', &word) ||
	    !(span_is(word, "HTTP/1.1") || span_is(word, "HTTP/1.0")) ||
	    !span_cut(&line, ' ', &word) || word.len != 3 || span_uint(word, 999, &status) < 0)
		return err_set(err, "the answer is no HTTP");
	*out = (unsigned)status;
	return 0;
}

static int read_field(struct span line, struct head *head, struct err *err)
{
	struct span value = line;
	struct span name;

	if (!span_cut(&value, ':', &name) || name.len == line.len)
		return err_set(err, "the answer's head has a line that is no field");
	value = span_trim(value);
	if (equals(name, "Transfer-Encoding")) {
		if (!equals(value, "chunked"))
			return err_set(err, "the answer has a transfer coding that is not known");
		head->is_chunked = true;
	} else if (equals(name, "Content-Length")) {
		if (head->has_length || span_uint(value, INT64_MAX, &head->length) < 0)
			return err_set(err, "the answer's length is no number");
		head->has_length = true;
	}
	return 0;
}

static int cut_off(struct err *err)
{
	return err_set(err, "the answer is cut off");
}

/* Section 7.1: "SIZE[;extensions]", the bytes, CR LF; a size of 0 ends it. */
static int read_chunks(struct span rest, struct arena *arena, struct span *out, struct err *err)
{
	char *body = arena_alloc(arena, rest.len + 1, 1);
	size_t len = 0;

	for (;;) {
		struct span line;
		struct span size;
		uint64_t count;

		if (!next_line(&rest, &line))
			return cut_off(err);
		if (!span_cut(&line, ';', &size) || span_hex(span_trim(size), &count) < 0)
			return err_set(err, "the answer has a chunk without a size");
		if (count == 0)
			break;
		if (count > rest.len)
			return cut_off(err);
		memcpy(body + len, rest.data, count);
		len += count;
		rest = (struct span){rest.data + count, rest.len - count};
		if (!next_line(&rest, &line))
			return cut_off(err);
		if (line.len > 0)
			return err_set(err, "the answer has a chunk that is longer than its size");
	}
	*out = (struct span){body, len};
	return 0;
}

int http_read(struct span input, struct arena *arena, struct http_response *out, struct err *err)
{
	struct head head = {0};
	struct span line;

	*out = (struct http_response){.body = {"", 0}};
	if (!next_line(&input, &line))
		return cut_off(err);
	if (read_status(line, &out->status, err) < 0)
		return -1;
	for (;;) {
		if (!next_line(&input, &line))
			return cut_off(err);
		if (line.len == 0)
			break;
		if (read_field(line, &head, err) < 0)
			return -1;
	}
	if (head.is_chunked) /* it wins over a length, section 6.3 */
		return read_chunks(input, arena, &out->body, err);
	if (head.has_length && head.length > input.len)
		return cut_off(err);
	out->body = (struct span){input.data, head.has_length ? head.length : input.len};
	return 0;
}
