#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Five hundred containers, and containers that start and end while they are read. They are made
# without an engine, which would take minutes: processes in namespaces of their own, and in control
# groups by whose names they are containers. Each table is complete, or says that it is not; what has
# vanished is no gap.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh
host_enter "$@"
# shellcheck source=tests/live/managers.sh
. tests/live/managers.sh

report=/run/live/report.json
for groups in /sys/fs/cgroup /sys/fs/cgroup/unified; do
	[ ! -e "$groups/cgroup.procs" ] || break
done
if ! mkdir "$groups/$group" 2>/dev/null; then
	skip "many containers" "there are no control groups of version 2 to be made here"
	finish
fi

# contain ID UID COMMAND...: becomes the main process of a container. As an engine's, what comes before
# has another name, and is in the group already.
# shellcheck disable=SC2016 # for the shell within
contain() {
	local id=$1 uid=$2
	shift 2
	mkdir -p "$groups/$group/docker/$id"
	exec unshare --mount --pid --net --ipc --uts --fork --kill-child bash -c '
		echo "runc:[2:INIT]" >/proc/self/comm
		echo 0 >"$1"
		mount -t tmpfs tmpfs /mnt
		exec setpriv --reuid "$2" --clear-groups --bounding-set -all --inh-caps -all \
			--no-new-privs "${@:3}"' - "$groups/$group/docker/$id/cgroup.procs" "$uid" "$@"
}
id_of() {
	printf '%012x%052x' "$1" 0 # a name is the first twelve
}

for ((i = 1; i <= 500; i++)); do
	uid=1000
	[ "$i" != 250 ] || uid=0
	([ "$uid" -ne 0 ] || export DB_PASSWORD=not-to-be-printed
		contain "$(id_of "$i")" "$uid" sleep 1000) 2>/dev/null &
	disown "$!"
done
running() {
	[ "$(pgrep -c -x sleep)" = "$1" ]
}
await() {
	local tries
	for ((tries = 0; tries < 600; tries++)); do
		! running "$1" || return
		sleep 0.1
	done
}
await 500
rules=(--only 'container/process-root*' --only container/host-pid --only container/host-network
	--only container/secret-in-environment --timeout 60)
run "${rules[@]}" -o json="$report"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" "of 500, all is seen"
label=$(id_of 250 | cut -c 1-12)
is "$(json "$report" findings rule subject)" "$(printf '%s\n' \
	"container/process-root-exposed | $label" "container/secret-in-environment | $label DB_PASSWORD")" \
	"and the one that runs as root is found"
run query "SELECT count(*), count(DISTINCT namespace), (SELECT count(DISTINCT container)
	FROM container_mounts WHERE target = '/mnt' AND fstype = 'tmpfs') FROM containers"
is "${out##*$'\n'}" "$(printf '500\t500\t500')" "each is a container, with a network and mounts of its own"
run --timeout 60 record /run/live/recording
run --replay /run/live/recording "${rules[@]}" --skip container/secret-in-environment -o json="$report"
is "$(json "$report" findings rule subject | wc -l)" 1 "a recording of them says the same"
end() { # end NUMBER
	local pid
	read -r pid <"$groups/$group/docker/$(id_of "$1")/cgroup.procs" && kill -9 "$pid"
}
for ((i = 1; i <= 500; i++)); do
	[ "$i" = 250 ] || end "$i"
done
await 1

# ---- containers that come and go ----
churn() { # churn NUMBER: one after the other, until it is ended
	local n pid
	trap 'exit 0' TERM
	for ((n = $1; ; n += 10)); do
		(contain "$(id_of "$n")" 1000 sleep 0.05) &
		pid=$!
		wait "$pid"
		rmdir "$groups/$group/docker/$(id_of "$n")"
	done
}
for n in 1001 1002 1003; do
	churn "$n" 2>/dev/null &
	churning+=($!)
done
wrong=0
partial=0
run "${rules[@]}" -o json="$report"
is "$(json "$report" findings rule subject | grep -v " $label")" "" \
	"while containers come and go, none is taken for root on its way in"
for ((i = 0; i < 50; i++)); do
	run --only container/host-pid --only container/secret-in-environment -o json="$report"
	found=$(json "$report" findings rule subject)
	if [ "$found" != "container/secret-in-environment | $label DB_PASSWORD" ]; then
		wrong=$((wrong + 1))
		comment <<<"$found"
	fi
	if json "$report" coverage status | grep -qvx 'complete\|absent'; then
		partial=$((partial + 1))
		json "$report" coverage table status detail | grep -v ' | complete\| | absent' | comment
	fi
done
is "$wrong" 0 "in 50 audits: the one that stays is found, and none beside it"
is "$partial" 0 "and what has vanished is no gap"
kill "${churning[@]}"
wait "${churning[@]}"
end 250
await 0
groups_remove
finish
