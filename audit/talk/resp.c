/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] RESP: see resp.h. */
#include "audit/talk/resp.h"

#include <string.h>

#define LINE_END "\r\n"
#define LINE_END_LEN 2U

static bool is_bulk(char type)
{
	return type == '$' || type == '=' || type == '!';
}

/* Also the attribute, which stands in front of the value that it is about. */
static bool is_group(char type)
{
	return type == '*' || type == '~' || type == '>' || type == '%' || type == '|';
}

static bool is_type(char type)
{
	return type != '\0' && strchr("+-:$*_,#!=(%~>|", type);
}

/*
 * Reads a line without its end. No length can be above the ceiling of a whole value; -1 is null, in
 * RESP2 alone, and any other length below 0 is nothing.
 */
static int read_line(struct span line, struct resp_item *item)
{
	struct span text = {line.data + 1, line.len - 1};

	*item = (struct resp_item){.type = line.data[0], .text = text};
	if (!is_bulk(item->type) && !is_group(item->type)) {
		item->is_null = item->type == '_';
		return 0;
	}
	if ((item->type == '$' || item->type == '*') && span_is(text, "-1")) {
		item->is_null = true;
		item->text = (struct span){text.data, 0};
		return 0;
	}
	if (span_uint(text, TALK_MAX_ANSWER, &item->count) < 0)
		return -1;
	if (item->type == '%' || item->type == '|')
		item->count *= 2;
	if (item->type == '|') /* one value takes its place: the one behind it */
		item->count++;
	return 0;
}

void resp_begin(struct resp *resp)
{
	*resp = (struct resp){0};
	buf_init(&resp->bytes, TALK_MAX_ANSWER);
}

void resp_done(struct resp *resp)
{
	buf_done(&resp->bytes);
}

void resp_clear(struct resp *resp, size_t ceiling)
{
	buf_clear(&resp->bytes);
	resp->bytes.ceiling = ceiling < TALK_MAX_ANSWER ? ceiling : TALK_MAX_ANSWER;
	resp->state = RESP_IN_LINE;
	resp->line = 0;
	resp->depth = 0;
}

/* A value is complete, and with it each array that lacked only this. */
static enum resp_got end_value(struct resp *resp)
{
	while (resp->depth > 0) {
		if (--resp->pending[resp->depth - 1] > 0)
			return RESP_MORE;
		resp->depth--;
	}
	return RESP_VALUE;
}

static enum resp_got end_line(struct resp *resp)
{
	struct span line = {resp->bytes.data + resp->line,
			    resp->bytes.len - resp->line - LINE_END_LEN};
	struct resp_item item;

	resp->line = resp->bytes.len;
	if (line.len == 0 || read_line(line, &item) < 0)
		return RESP_BROKEN;
	if (item.is_null || (!is_bulk(item.type) && item.count == 0))
		return end_value(resp);
	if (is_bulk(item.type)) {
		if (item.count + LINE_END_LEN > resp->bytes.ceiling - resp->bytes.len)
			return RESP_BROKEN;
		resp->state = RESP_IN_BULK;
		resp->left = item.count + LINE_END_LEN;
		return RESP_MORE;
	}
	/* each element takes three bytes at least: "+\r\n" */
	if (resp->depth == RESP_MAX_DEPTH ||
	    item.count > (resp->bytes.ceiling - resp->bytes.len) / 3)
		return RESP_BROKEN;
	resp->pending[resp->depth++] = item.count;
	return RESP_MORE;
}

static enum resp_got end_bulk(struct resp *resp)
{
	resp->state = RESP_IN_LINE;
	resp->line = resp->bytes.len;
	if (memcmp(resp->bytes.data + resp->bytes.len - LINE_END_LEN, LINE_END, LINE_END_LEN) != 0)
		return RESP_BROKEN;
	return end_value(resp);
}

/* One byte of a line. A line end is both its bytes and neither alone: Redis sends no other. */
static enum resp_got feed_byte(struct resp *resp, char byte)
{
	bool behind_return;

	if (resp->bytes.len == resp->line && !is_type(byte))
		return RESP_BROKEN;
	behind_return =
	    resp->bytes.len > resp->line && resp->bytes.data[resp->bytes.len - 1] == '\r';
	if (behind_return != (byte == '\n'))
		return RESP_BROKEN;
	buf_put(&resp->bytes, &byte, 1);
	if (resp->bytes.overflowed)
		return RESP_BROKEN;
	return byte == '\n' ? end_line(resp) : RESP_MORE;
}

static enum resp_got feed_bulk(struct resp *resp, struct span *in)
{
	size_t len = in->len < resp->left ? in->len : resp->left;

	buf_put(&resp->bytes, in->data, len); /* end_line() saw that there is room */
	*in = (struct span){in->data + len, in->len - len};
	resp->left -= len;
	return resp->left == 0 ? end_bulk(resp) : RESP_MORE;
}

enum resp_got resp_feed(struct resp *resp, struct span *in)
{
	enum resp_got got = RESP_MORE;

	while (got == RESP_MORE && in->len > 0) {
		if (resp->state == RESP_IN_BULK) {
			got = feed_bulk(resp, in);
			continue;
		}
		got = feed_byte(resp, in->data[0]);
		*in = (struct span){in->data + 1, in->len - 1};
	}
	return got;
}

struct span resp_value(const struct resp *resp)
{
	return buf_span(&resp->bytes);
}

bool resp_next(struct span *rest, struct resp_item *item)
{
	struct span line;

	/* a line ends where the first CR stands: no line holds another one */
	if (!span_cut(rest, '\r', &line) || rest->len == 0 || line.len == 0 ||
	    read_line(line, item) < 0)
		return false;
	*rest = (struct span){rest->data + 1, rest->len - 1};
	if (!is_bulk(item->type) || item->is_null)
		return true;
	if (item->count + LINE_END_LEN > rest->len)
		return false;
	item->text = (struct span){rest->data, item->count};
	*rest = (struct span){rest->data + item->count + LINE_END_LEN,
			      rest->len - item->count - LINE_END_LEN};
	item->count = 0;
	return true;
}

bool resp_skip(struct span *rest, struct span *whole)
{
	const char *from = rest->data;
	struct resp_item item;
	uint64_t wanted = 1;

	while (wanted > 0) {
		if (!resp_next(rest, &item))
			return false;
		wanted += item.count;
		wanted--;
	}
	*whole = (struct span){from, (size_t)(rest->data - from)};
	return true;
}

bool resp_is_aggregate(const struct resp_item *item)
{
	return is_group(item->type) && item->type != '|' && !item->is_null;
}

bool resp_is_text(const struct resp_item *item)
{
	return (item->type == '$' || item->type == '=' || item->type == '+') && !item->is_null;
}
