/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as two lines of mountinfo: what comes out is no longer than what went in. */
#include "audit/mountinfo.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = {(const char *)data, size};
	struct mountinfo outer;
	struct mountinfo inner;
	struct arena arena;
	struct span line;

	if (size > 65536)
		return 0;
	arena_init(&arena, (size_t)1 << 20);
	if (span_cut(&text, '\n', &line) && mountinfo_read(line, &arena, &outer)) {
		if (outer.root.len + outer.target.len + outer.type.len > line.len)
			__builtin_trap();
		if (span_cut(&text, '\n', &line) && mountinfo_read(line, &arena, &inner) &&
		    mountinfo_source(&outer, &inner, &arena).len >
			outer.target.len + inner.root.len)
			__builtin_trap();
	}
	arena_done(&arena);
	return 0;
}
