/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] What a jailed probe sends becomes rows: see rows.h. */
#include "audit/rows.h"

#include <string.h>

#include "audit/collect.h"
#include "audit/message.h"
#include "lib/text.h"

static int take_value(struct rows *rows, struct wire *message, const struct column *column,
		      struct store_value *out, struct err *err)
{
	uint8_t tag = wire_get_u8(message);

	*out = (struct store_value){.type = STORE_NULL};
	if (tag == VALUE_INTEGER && column->type == INTEGER) {
		out->type = STORE_INTEGER;
		out->integer = (int64_t)wire_get_u64(message);
	} else if (tag == VALUE_TEXT && column->type == TEXT) {
		out->type = STORE_TEXT;
		out->text = wire_get_span(message, PROBE_MAX_TEXT);
		rows->bytes += out->text.len;
	} else if (tag != VALUE_NULL) {
		return err_set(err, "sent a value of the wrong type for column %s", column->name);
	}
	if (message->bad)
		return err_set(err, "sent a value that is cut or too long for column %s",
			       column->name);
	if (out->type == STORE_TEXT && !text_is_printable(out->text))
		return err_set(err, "sent unprintable text for column %s", column->name);
	return 0;
}

static int take_rows(struct rows *rows, struct wire *message, struct err *err)
{
	const struct probe *probe = rows->probe;
	unsigned max = probe->max_rows ? probe->max_rows : PROBE_MAX_ROWS;

	while (!wire_at_end(message)) {
		struct store_value values[PROBE_MAX_COLUMNS];

		if (++rows->count > max)
			return err_set(err, "sent more than %u rows", max);
		for (unsigned i = 0; i < probe->column_count; i++)
			if (take_value(rows, message, &probe->columns[i], &values[i], err) < 0)
				return -1;
		if (rows->bytes > COLLECT_MAX_BYTES)
			return err_set(err, "sent more than %zu MiB", COLLECT_MAX_BYTES >> 20);
		if (rows->insert &&
		    store_insert(rows->insert, values, probe->column_count, err) < 0)
			return -1;
	}
	return 0;
}

static int take_coverage(struct rows *rows, struct wire *message, struct err *err)
{
	uint8_t status = wire_get_u8(message);
	struct span detail = wire_get_span(message, sizeof(rows->detail) - 1);

	if (message->bad || !wire_at_end(message) || status > COVERAGE_ERROR ||
	    !text_is_printable(detail))
		return err_set(err, "sent a coverage that cannot be read");
	rows->status = (enum coverage)status;
	memcpy(rows->detail, detail.data, detail.len);
	rows->detail[detail.len] = '\0';
	return 0;
}

int rows_take(struct rows *rows, struct wire *message, uint8_t type, struct err *err)
{
	if (rows->is_done)
		return err_set(err, "sent something behind its last message");
	switch (type) {
	case MESSAGE_ROWS:
		return take_rows(rows, message, err);
	case MESSAGE_COVERAGE:
		return take_coverage(rows, message, err);
	case MESSAGE_DONE:
		if (!wire_at_end(message))
			return err_set(err, "sent a last message with something in it");
		rows->is_done = true;
		return 0;
	default:
		return err_set(err, "sent a message of unknown type");
	}
}
