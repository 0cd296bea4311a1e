#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Containers that a real podman started, without any socket of it: what the kernel tells of them, and
# the names that their monitors know. One of an ordinary user has no root of the host in it.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh
host_enter "$@"
# shellcheck source=tests/live/managers.sh
. tests/live/managers.sh

report=/run/live/report.json
sandbox
if missing podman podman conmon runc || missing_tree podman; then
	finish
fi
options=(--storage-driver vfs --cgroup-manager cgroupfs --events-backend file --runtime runc
	--log-level error)
pod() { # as root
	podman --root /run/live/podman --runroot /run/live/podman-run "${options[@]}" "$@"
}
plant() { # plant NAME OPTION...
	local name=$1
	shift
	pod run -d --name "$name" --cgroup-parent "/$group" --log-driver k8s-file --network none \
		--memory 64m "$@" tiny /bin/busybox sleep 1000 2>&1 >/dev/null | comment
}
found() {
	run --only 'container/*' --skip container/floating-tag -o json="$report"
	json "$report" findings rule subject
}
pod import /run/live/tiny.tar tiny >/dev/null 2>&1
plant good --user 1000:1000 --cap-drop all --security-opt no-new-privileges --read-only
plant rootly
plant mapped --uidmap 0:100000:65536 --gidmap 0:100000:65536
plant capped --cap-add SYS_ADMIN
plant told --user 1000:1000 -e DB_PASSWORD=not-to-be-printed-7
plant entered --user 1000:1000 --cap-drop all
pod exec -d -u 0 entered /bin/busybox sleep 1000 >/dev/null
lives() { # what was started in a running container counts when it has stayed
	"$HARDEN" query "SELECT max(n.started) - max(e.started) >= 10 FROM processes n, processes e
		WHERE e.comm = 'busybox' AND e.uid = 0" | grep -qx 1
}
for ((tries = 0; tries < 60; tries++)); do
	! lives || break
	sleep 0.5
done
expected=$(LC_ALL=C sort <<-'END'
	container/added-caps | capped
	container/process-root | entered
	container/process-root | rootly
	container/process-root-exposed | capped
	container/secret-in-environment | told DB_PASSWORD
END
)
is "$(found)" "$expected" "each fault is one finding, and what is root in its own namespace alone is none"
is "$(json "$report" coverage table status | grep -v -E '(absent|complete)')" "intents | partial" \
	"all was seen, and no intent was given"
run query "SELECT DISTINCT engine, (SELECT count(*) FROM containers) FROM containers"
is "${out##*$'\n'}" "$(printf 'podman\t6')" "they are podman's, and its monitors are none"

# ---- of an ordinary user: root inside, and the user outside ----
useradd --no-create-home --uid 4711 --home-dir /run/live/user rootless 2>&1 | comment
: >/etc/subuid # so that podman maps the user alone, and wants no program to map more
: >/etc/subgid
mkdir -p /run/live/user /run/user/4711
chown 4711 /run/live/user /run/user/4711
rootless() {
	(cd / && setpriv --reuid 4711 --regid "$(id -g rootless)" --clear-groups \
		env HOME=/run/live/user XDG_RUNTIME_DIR=/run/user/4711 \
		podman --root /run/live/user/storage --runroot /run/user/4711/run "${options[@]}" "$@")
}
name="a container of an ordinary user"
if rootless import /run/live/tiny.tar tiny >/dev/null 2>/run/live/log &&
	rootless run -d --name own --log-driver k8s-file --network host tiny \
		/bin/busybox sleep 1000 >/run/live/own 2>/run/live/log; then
	# where systemd runs, it gives the user groups to put containers into; here it does not
	process=$(rootless inspect --format '{{.State.Pid}}' own)
	own=$group/user.slice/user-4711.slice/user@4711.service/user.slice
	own=$own/libpod-$(cat /run/live/own).scope/container
	for hierarchy in /sys/fs/cgroup{,/unified,/systemd}; do
		[ -e "$hierarchy/cgroup.procs" ] || continue
		mkdir -p "$hierarchy/$own" && echo "$process" >"$hierarchy/$own/cgroup.procs"
	done
	run query "SELECT p.uid, p.inside_uid, c.shares_user, c.engine FROM containers c
		JOIN processes p ON p.pid = c.pid WHERE c.id = '$(cat /run/live/own)'"
	is "${out##*$'\n'}" "$(printf '4711\t0\t0\tpodman')" "$name: root inside, and not outside"
	is "$(found | grep -v no-memory-limit)" "$(LC_ALL=C sort <<<"$expected"$'\ncontainer/host-network | own')" \
		"$name: it has the host's network, and is not root"
	rootless rm -f -t 0 own >/dev/null 2>&1
else
	skip "$name" "podman cannot start one here: $(tail -n 1 /run/live/log)"
fi

# ---- names that a terminal would obey ----
# podman itself takes none; but what calls itself its monitor may say anything
for groups in /sys/fs/cgroup /sys/fs/cgroup/unified; do
	[ ! -e "$groups/cgroup.procs" ] || break
done
id=$(printf 'd%.0s' {1..64})
evil=$'\e]0;owned\a\e[31mred\xe2\x80\xae\x9b'
if mkdir -p "$groups/$group/libpod-$id" 2>/dev/null; then
	cp "$(command -v perl)" /run/live/conmon
	# shellcheck disable=SC2016 # it is Perl
	/run/live/conmon -e '
		my $child = fork;
		exec qw(sleep 1000) if !$child;
		open my $group, ">", $ARGV[0] or die;
		print $group $child;
		close $group;
		sleep 1000' "$groups/$group/libpod-$id/cgroup.procs" -n "$evil" &
	monitor=$!
	for ((tries = 0; tries < 100; tries++)); do
		[ -z "$(cat "$groups/$group/libpod-$id/cgroup.procs")" ] || break
		sleep 0.1
	done
	for format in text json sarif; do
		run --only 'container/*' -o "$format=/run/live/out"
		grep -q owned /run/live/out
		ok $? "$format: a name of escapes is told"
		! LC_ALL=C grep -q $'[\e\a\x9b]\|\xe2\x80\xae' /run/live/out
		ok $? "$format: and escaped"
	done
	kill -9 "$(cat "$groups/$group/libpod-$id/cgroup.procs")" "$monitor"
	wait "$monitor" 2>/dev/null
else
	skip "names of escapes" "there are no control groups of version 2 to be made here"
fi

pod rm -f -t 0 --all >/dev/null 2>&1
groups_remove
finish
