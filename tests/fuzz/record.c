/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_read_host() over any bytes: the first thing that is read of a recording. */
#include "audit/record.h"

#include <stddef.h>
#include <string.h>

#include "lib/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct recording recording;
	struct err err = {""};

	if (record_read_host((struct span){(const char *)data, size}, &recording, &err) < 0) {
		if (err.text[0] == '\0')
			__builtin_trap();
	} else if (strnlen(recording.host, sizeof(recording.host)) == sizeof(recording.host) ||
		   !text_is_printable(span_of(recording.host)) || recording.time <= 0) {
		__builtin_trap();
	}
	return 0;
}
