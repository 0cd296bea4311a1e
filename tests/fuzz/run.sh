#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs each libFuzzer harness for FUZZ_SECONDS (30), from its corpus, and says in TAP what came of
# it. What a run finds new is thrown away; what crashes is kept in DIR/crashes: give it a name and
# put it into tests/fuzz/corpus/NAME/.
# Usage: [FUZZ_SECONDS=N] tests/fuzz/run.sh DIR   (DIR holds the harnesses that `make fuzz` built)
set -eu

dir=$1
seconds=${FUZZ_SECONDS:-30}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$dir/crashes"

number=0
failed=0
for harness in tests/fuzz/*.c; do
	name=$(basename "$harness" .c)
	[ "$name" != replay ] || continue
	number=$((number + 1))
	mkdir "$scratch/$name"
	if "$dir/$name" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=2048 \
		-artifact_prefix="$dir/crashes/$name-" -print_final_stats=1 \
		"$scratch/$name" "tests/fuzz/corpus/$name" >"$scratch/log" 2>&1; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$scratch/log")
		echo "ok $number - fuzz $name: $runs inputs in $seconds s"
	else
		failed=1
		echo "not ok $number - fuzz $name"
		tail -n 40 "$scratch/log" | sed 's/^/# /'
	fi
done
echo "1..$number"
exit "$failed"
