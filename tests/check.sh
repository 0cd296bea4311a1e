#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The tests of one build, under one prove: unit programs, rule cases, recorded hosts, reports,
# documents, and every fuzz corpus once through its harness.
# Usage: B=folder tests/check.sh [live]   (live: those in tests/live too, which want root)
set -eu

export B="${B:-build}"
layers="unit rules probes reports"
[ "${1:-}" != live ] || layers="$layers live"

set --
for layer in $layers; do
	for test in "tests/$layer"/*.c "tests/$layer"/*.t; do
		[ -f "$test" ] || continue
		case $test in
		tests/live/*.c) ;; # programs that the tests there start
		*.c) set -- "$@" "$B/${test%.c}" ;;
		*) set -- "$@" "$test" ;;
		esac
	done
done

# a test that hangs must end as a failure, with all that it started
exec "${PROVE:-prove}" --exec 'timeout --kill-after=5 300' "$@" "$B/replay"
