/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] A table that is made of another one: see derive.h. */
#include "audit/derive.h"

#include "lib/span.h"

void derive_unescape(struct span escaped, struct buf *out)
{
	for (size_t i = 0; i < escaped.len; i++) {
		struct span digits = {escaped.data + i + 2, 2};
		uint64_t byte;

		if (escaped.data[i] != '\\' || i + 1 == escaped.len) {
			buf_put(out, escaped.data + i, 1);
		} else if (escaped.data[i + 1] == 'x' && i + 3 < escaped.len &&
			   span_hex(digits, &byte) == 0) {
			buf_put(out, &(unsigned char){(unsigned char)byte}, 1);
			i += 3;
		} else {
			buf_put(out, escaped.data + ++i, 1);
		}
	}
}

static void put(struct host *host, enum column_type type, const struct value *value,
		struct buf *text)
{
	if (value->is_null) {
		row_null(host);
	} else if (type == INTEGER) {
		row_int(host, value->integer);
	} else {
		buf_clear(text);
		derive_unescape(value->text, text);
		row_span(host, buf_span(text));
	}
}

int derive_rows(struct host *host, const struct probe *probe, struct err *err)
{
	struct value values[PROBE_MAX_COLUMNS];
	struct buf text auto_buf;
	int got;

	buf_init(&text, PROBE_MAX_TEXT);
	while ((got = host_input(host, values, probe->column_count, err)) > 0) {
		for (unsigned i = 0; i < probe->column_count; i++)
			put(host, probe->columns[i].type, &values[i], &text);
		row_end(host);
	}
	return got;
}
