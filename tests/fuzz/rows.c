/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rows_take() over any messages: the one decoder in the process that holds the facts. Each message
 * is memory of its own size, so that ASan sees the first byte that is read beyond it.
 */
#include "audit/rows.h"

#include <stdlib.h>
#include <string.h>

#include "lib/text.h"
#include "tests/fuzz/channel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct probe fuzz_rows_probe = {
    .about = "mixed",
    COLUMNS({"number", INTEGER, "a number"}, {"words", TEXT, "a text"},
	    {"more", INTEGER, "a number"}, {"last", TEXT, "a text"}),
    .max_rows = 100,
};

static bool fuzz_rows_take(struct rows *rows, struct span part)
{
	auto_free unsigned char *copy = malloc(part.len ? part.len : 1);
	struct wire message = {.data = copy, .len = part.len};
	struct err err;
	uint8_t type;

	if (!copy)
		return false;
	memcpy(copy, part.data, part.len);
	type = wire_get_u8(&message);
	return rows_take(rows, &message, type, &err) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	struct rows rows = {.probe = &fuzz_rows_probe};
	struct span part;

	while (channel_part(&input, &part)) {
		if (part.len > 0 && !fuzz_rows_take(&rows, part))
			return 0;
		if (rows.count > fuzz_rows_probe.max_rows || !coverage_name(rows.status) ||
		    strnlen(rows.detail, sizeof(rows.detail)) == sizeof(rows.detail) ||
		    !text_is_printable(span_of(rows.detail)))
			__builtin_trap();
	}
	return 0;
}
