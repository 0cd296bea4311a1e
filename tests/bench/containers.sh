#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# All rules of containers, and the engine's facts alone, beside `docker inspect` of all that run:
# medians of runs that take turns. It asserts nothing: figures of another machine are other figures.
# Usage: tests/bench/containers.sh PROGRAM   (COUNTS of containers, default "5 50 300"; RUNS for each
# figure, default 7; B as for make)
. tests/live/lib.sh

HARDEN=$(realpath "${1:-$HARDEN}")
measure=$(realpath "$B/tests/bench/measure")
RUNS=${RUNS:-7}
export RUNS
host_enter "$HARDEN"
# shellcheck source=tests/live/managers.sh
. tests/live/managers.sh
sandbox
if missing containers dockerd docker || missing_tree containers; then
	exit 0
fi
docker_start --log-level=warn

median() { # of the column $1 of the file $2
	cut -d ' ' -f "$1" "$2" | sort -n | sed -n "$(((RUNS + 1) / 2))p"
}

printf '%10s %11s %12s %10s %8s\n' containers 'inspect ms' 'container/*' 'facts ms' 'MiB'
made=0
for count in ${COUNTS:-5 50 300}; do
	# several at a time: one after the other it takes two minutes to start 300
	seq "$made" $((count - 1)) | xargs -P 4 -I '{}' docker run -d --name 'load{}' --user 1000 \
		--network none tiny /bin/busybox sleep 10000 >/dev/null
	made=$count
	for _ in $(seq "$RUNS"); do
		"$measure" sh -c 'docker ps -q | xargs docker inspect' >>/run/live/inspect
		"$measure" "$HARDEN" -q --only 'container/*' >>/run/live/rules
		"$measure" "$HARDEN" -q query 'SELECT count(*) FROM engine_containers' >>/run/live/facts
	done
	printf '%10s %11.1f %12.1f %10.1f %8.1f\n' "$count" "$(median 1 /run/live/inspect)" \
		"$(median 1 /run/live/rules)" "$(median 1 /run/live/facts)" \
		"$(sort -n -k 3 /run/live/rules | tail -n 1 | cut -d ' ' -f 3 | awk '{print $1 / 1024}')"
	rm /run/live/inspect /run/live/rules /run/live/facts
done
# the engine would take minutes to remove them; what is left of it ends with this namespace of processes
docker ps -q | xargs docker inspect --format '{{.State.Pid}}' >/run/live/pids
kill -s KILL "$daemon"
xargs kill -s KILL </run/live/pids
wait "$daemon" 2>/dev/null
sleep 1 # until the groups are empty
groups_remove
