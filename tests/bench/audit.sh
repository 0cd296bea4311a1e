#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole audit beside what one would run instead, `ss -ltunpH`, over the same sockets and
# processes: medians of runs that take turns, the largest process, and whether that is what the
# project aims at. What listens here never answers, so nothing is asked what it speaks. It asserts
# nothing: figures of another machine are other figures.
# Usage: tests/bench/audit.sh PROGRAM   (RUNS for each figure, default 7; B as for make)
. tests/live/lib.sh

HARDEN=$(realpath "${1:-$HARDEN}")
measure=$(realpath "$B/tests/bench/measure")
RUNS=${RUNS:-7}
export RUNS
host_enter "$HARDEN"

sg=/run/live/sg.json
cp tests/live/sg.json "$sg"
outside_wire eth0 1

median() { # of the column $1 of the file $2
	cut -d ' ' -f "$1" "$2" | sort -n | sed -n "$(((RUNS + 1) / 2))p"
}

figures() { # figures LISTENERS PROCESSES
	local ss ours aim
	for _ in $(seq "$RUNS"); do
		"$measure" ss -ltunpH >>/run/live/ss
		"$measure" "$HARDEN" -q -i "$sg" --only "exposure/*" >>/run/live/ours
	done
	ss=$(median 1 /run/live/ss)
	ours=$(median 1 /run/live/ours)
	memory=$(sort -n -k 3 /run/live/ours | tail -n 1 | cut -d ' ' -f 3)
	aim=$(perl -e 'printf "%.0f", 2 * $ARGV[0] + 60' "$ss")
	printf '%9d %9d %9.1f %9.1f %9d %9.1f %9.1f %8.1f  %s\n' "$1" "$2" "$ss" "$ours" "$aim" \
		"$(median 2 /run/live/ss)" "$(median 2 /run/live/ours)" \
		"$(perl -e 'print $ARGV[0] / 1024' "$memory")" \
		"$(perl -e 'print $ARGV[0] <= $ARGV[1] ? "" : "late ",
			$ARGV[2] <= 30 * 1024 ? "" : "large"' "$ours" "$aim" "$memory")"
	rm /run/live/ss /run/live/ours
}

printf '%9s %9s %9s %9s %9s %9s %9s %8s\n' listeners processes 'ss ms' 'harden ms' 'aim ms' \
	'ss cpu' 'hdn cpu' 'MiB'
for load in 10:300 1000:300 10000:300 10:5000 10000:5000; do
	listeners=${load%:*}
	processes=${load#*:}
	pids=()
	# as on real hosts: some that hold many, and not all by one
	for ((made = 0; made < listeners; made += 1000)); do
		count=$((listeners - made < 1000 ? listeners - made : 1000))
		start "$listen" "tcp4:0.0.0.0:$((20000 + made))-$((19999 + made + count))"
		pids+=("$pid")
	done
	start "$listen" -k $((processes - ${#pids[@]} - 1))
	figures "$listeners" "$processes"
	kill -- "${pids[@]}"
	pkill -P "$pid"
	kill "$pid"
	wait_for_none() {
		while [ "$(pgrep -c -x listen)" -gt 0 ]; do sleep 0.05; done
	}
	wait_for_none
done
