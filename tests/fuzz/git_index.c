/* SPDX-License-Identifier: GPL-3.0-or-later */
/* git_index_holds() over any bytes. */
#include "audit/compose/git_index.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err;
	bool is_there;

	if (git_index_holds((struct span){(const char *)data, size}, (struct span){".env", 4},
			    &is_there, &err) < 0 &&
	    err.text[0] == '\0')
		__builtin_trap();
	return 0;
}
