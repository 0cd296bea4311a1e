/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All fuzz harnesses, as ci/replay.sh gathers them for one ordinary program. */
#ifndef TESTS_FUZZ_REPLAY_H
#define TESTS_FUZZ_REPLAY_H

#include <stddef.h>
#include <stdint.h>

struct harness {
	const char *name; /* of the file in tests/fuzz/, and of its folder in tests/fuzz/corpus/ */
	int (*run)(const uint8_t *data, size_t size);
};

/* Ends with an entry without a name. */
extern const struct harness harnesses[];

#endif
