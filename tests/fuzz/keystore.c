/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that hold certificates, and archives of them, of any contents. */
#include <stdint.h>

#include "tests/unit/keystore.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	static bool is_ready;
	struct buf out;

	if (!is_ready)
		keystore_prepare();
	is_ready = true;
	buf_init(&out, 64 << 20);
	if (archive_is(input)) {
		archive_tell(input, false, &out);
		archive_tell(input, true, &out);
	} else {
		keystore_tell(input, size % 2 == 1, "password", &out);
	}
	buf_done(&out);
	return 0;
}
