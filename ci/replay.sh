#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the C file that holds all fuzz harnesses, each under a name of its own.
# Usage: ci/replay.sh HARNESS.c...
set -eu

printf '/* Made by ci/replay.sh: edit tests/fuzz/. */\n#include "tests/fuzz/replay.h"\n'
for harness; do
	name=$(basename "$harness" .c)
	printf '\n#define LLVMFuzzerTestOneInput fuzz_%s\n' "$name"
	printf '#include "%s"\n#undef LLVMFuzzerTestOneInput\n' "$harness"
done

printf '\nconst struct harness harnesses[] = {\n'
for harness; do
	name=$(basename "$harness" .c)
	printf '\t{"%s", fuzz_%s},\n' "$name" "$name"
done
printf '\t{NULL, NULL},\n};\n'
