/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A certificate of any bytes: what is read of it keeps to its ceilings. */
#include "audit/certificate.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct certificate got;
	struct arena arena;
	struct buf names;
	struct err err;

	arena_init(&arena, (size_t)64 << 20);
	buf_init(&names, (size_t)8 << 20);
	if (certificate_read(&arena, (struct span){(const char *)data, size}, &got, &err) == 0) {
		certificate_put_names(&got, &names);
		if (got.name_count > CERTIFICATE_MAX_NAMES || names.overflowed ||
		    got.subject.len > CERTIFICATE_MAX_TEXT || strlen(got.fingerprint) != 64 ||
		    !got.key_type || !got.signature || (got.is_self_signed && !got.is_self_issued))
			__builtin_trap();
	}
	buf_done(&names);
	arena_done(&arena);
	return 0;
}
