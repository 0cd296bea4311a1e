#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Containers that a real Docker started: a good one, and one for each fault. Each fault is one
# finding, the good one has none, and so it is when the engine does not run any more.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh
host_enter "$@"
# shellcheck source=tests/live/managers.sh
. tests/live/managers.sh

report=/run/live/report.json
sandbox
if missing docker dockerd docker runc || missing_tree docker; then
	finish
fi
outside_wire eth0 1
docker_start --live-restore
good=(--user 1000:1000 --cap-drop ALL --read-only --security-opt no-new-privileges --memory 64m)
plant() { # plant NAME OPTION...: a container that is good but for the options behind
	local name=$1
	shift
	docker_run "$name" "${good[@]}" "$@"
}
mkdir -p /root/.ssh
plant good -p 127.0.0.1:8080:80 -v /run/live/data:/data -v /etc/hostname:/etc/host:ro
docker_run rootly --memory 64m
# an image that starts as root and gives it up is not root, though its health checks are
docker import --change 'HEALTHCHECK --interval=1s CMD ["/bin/busybox", "sleep", "5"]' \
	/run/live/tiny.tar checked >/dev/null
printf '%s:/bin/busybox\n' root:x:0:0::/ app:x:1000:1000::/ >/run/live/passwd
docker run -d --name dropped --memory 64m --security-opt no-new-privileges \
	-v /run/live/passwd:/etc/passwd:ro checked \
	/bin/busybox su -s /bin/busybox app sleep 1000 2>&1 >/dev/null | comment
# this host may itself lack a capability, and then Docker cannot give --privileged
docker_run almighty --memory 64m --cap-add ALL --cap-drop SYS_RESOURCE \
	--security-opt seccomp=unconfined
docker_run unflagged --memory 64m --user 1000 --cap-add ALL --cap-drop SYS_RESOURCE
plant dood -v /run:/host/run:ro
plant keys -v /root:/keys:ro
plant etc -v /etc:/host/etc
plant netted --network host
plant watcher --pid host
plant capped --user 0:0 --cap-add SYS_ADMIN
plant unfiltered --security-opt seccomp=unconfined
docker_run hungry --user 1000:1000 --cap-drop ALL
plant told -e DB_PASSWORD=not-to-be-printed-7 -e TZ=UTC
# root by docker exec alone, which nothing in the image tells
plant entered
docker exec -d -u 0 entered /bin/busybox sleep 1000
plant cache -p 6379:6379
plant held -p 127.0.0.1:6380:6379

# ---- root inside a user namespace is not root; this one has the host's network ----
mapped=$(printf 'c%.0s' {1..64})
mkdir -p /run/live/mapped/rootfs/{proc,sys,dev}
cp -a /run/live/tree/. /run/live/mapped/rootfs
(
	cd /run/live/mapped || exit 1
	runc spec --rootless
	perl -MJSON::PP -0777 -i -pe '
		my $spec = decode_json($_);
		$spec->{process}{terminal} = JSON::PP::false;
		$spec->{process}{args} = ["/bin/busybox", "sleep", "1000"];
		$_->{hostID} = 100000 for @{$spec->{linux}{uidMappings}}, @{$spec->{linux}{gidMappings}};
		$_->{size} = 65536 for @{$spec->{linux}{uidMappings}}, @{$spec->{linux}{gidMappings}};
		$spec->{linux}{cgroupsPath} = "/'"$group/$mapped"'";
		$spec->{linux}{resources}{memory}{limit} = 67108864;
		$spec->{linux}{seccomp} = {defaultAction => "SCMP_ACT_ALLOW",
			syscalls => [{names => ["mount"], action => "SCMP_ACT_ERRNO"}]};
		$_ = encode_json($spec);' config.json
	runc --root /run/live/runc run -d "$mapped" </dev/null >/run/live/runc.log 2>&1
) || comment </run/live/runc.log

# what was started in a running container counts when it has stayed
lives() {
	"$HARDEN" query "SELECT max(n.started) - e.started >= 10 FROM processes n, processes e
		WHERE e.uid = 0 AND e.comm = 'busybox' AND e.container = '$(docker inspect \
			--format '{{.Id}}' entered)'" | grep -qx 1
}
for ((tries = 0; tries < 60; tries++)); do
	! lives || break
	sleep 0.5
done

findings() {
	json "$report" findings rule subject | sed -E 's/^container\///'
}
# the image that the sandbox has made has no version
expected=$(LC_ALL=C sort <<-'EOT'
	added-caps | capped
	docker-sock-mounted | dood
	host-network | cccccccccccc
	host-network | netted
	host-pid | watcher
	no-memory-limit | hungry
	privileged | almighty
	privileged | unflagged
	process-root | entered
	process-root | rootly
	process-root-exposed | almighty
	process-root-exposed | capped
	published-any | cache 6379/tcp
	seccomp-unconfined | unfiltered
	secret-in-environment | told DB_PASSWORD
	sensitive-mount | etc /etc
	sensitive-mount | keys /root
EOT
)
checks() { # the engine starts one after the other
	"$HARDEN" query "SELECT count(*) FROM processes WHERE uid = 0 AND comm = 'busybox' AND container = '$(docker inspect --format '{{.Id}}' dropped)'" | tail -n 1
}
for ((tries = 0; tries < 60; tries++)); do
	[ "$(checks)" != 1 ] || break
	sleep 0.1
done
[ "$tries" -lt 60 ]
ok $? "a health check runs as root"
run --only 'container/*' --skip container/floating-tag -o json="$report" -o text
is "$(findings)" "$expected" "each fault is one finding, and the good one has none"
is "$(json "$report" coverage table status | grep -v -E '(absent|complete)')" "intents | partial" \
	"all was seen, and no intent was given"
! grep -q not-to-be-printed "$report"
ok $? "no secret is in the report"
run query "SELECT p.uid, p.inside_uid, c.shares_user, c.memory_max FROM containers c
	JOIN processes p ON p.pid = c.pid WHERE c.id = '$mapped'"
is "${out##*$'\n'}" "$(printf '100000\t0\t0\t67108864')" "root inside, and not outside"

# ---- how they are held, as the kernel does it and as Docker was told ----
settings() { # settings COLUMN...: of some of them
	run query "SELECT name, $1 FROM container_settings
		WHERE name IN ('capped', 'good', 'netted', 'rootly', 'unfiltered') ORDER BY name"
	sed 1d <<<"$out"
}
expected_settings=$(printf '%s\n' $'capped\tSYS_ADMIN\t1\t2\t1\t0' $'good\t\t1\t2\t1\t0' \
	$'netted\t\t1\t2\t1\t1' $'rootly\t\t0\t2\t0\t0' $'unfiltered\t\t1\t0\t1\t0')
kernel="caps_added, no_new_privs, seccomp, is_read_only, shares_network"
is "$(settings "$kernel")" "$expected_settings" "how the kernel holds them"
is "$(settings "told_cap_drop, told_read_only, told_network_mode, memory_max")" "$(printf '%s\n' \
	$'capped\tALL\t1\tdefault\t67108864' $'good\tALL\t1\tdefault\t67108864' \
	$'netted\tALL\t1\thost\t67108864' $'rootly\t\t0\tdefault\t67108864' \
	$'unfiltered\tALL\t1\tdefault\t67108864')" "and what Docker was told"

# ---- what is published, as the kernel has it ----
ports() {
	run query "SELECT coalesce(name, '-'), protocol, address, port, container_port, network, is_rule
		FROM container_ports WHERE address NOT LIKE '%:%' ORDER BY name"
	sed 1d <<<"$out"
}
expected_ports=$(printf '%s\n' $'cache\ttcp\t0.0.0.0\t6379\t6379\tbridge\t1' \
	$'good\ttcp\t127.0.0.1\t8080\t80\tbridge\t1' $'held\ttcp\t127.0.0.1\t6380\t6379\tbridge\t1')
is "$(ports)" "$expected_ports" "published ports"
run query "SELECT DISTINCT label, scope FROM published_ports WHERE scope <> 'host' ORDER BY 1, 2"
is "$(sed 1d <<<"$out")" "$(printf '%s\n' $'cache\tlink' $'cache\tnetwork' $'good\tlink' $'held\tlink')" \
	"and who comes to them"

# ---- the engine hangs ----
kill -STOP "$daemon"
run --only 'container/*' --skip container/floating-tag -o json="$report" -o text
is "$(findings)" "$expected" "an engine that hangs takes neither findings nor names away"
is "$(ports)" "$expected_ports" "nor ports"
kill -CONT "$daemon"

# ---- a firewall stops who comes from elsewhere ----
nft 'add table inet guard
	add chain inet guard pre { type filter hook prerouting priority -150; }
	add rule inet guard pre iifname eth0 tcp dport 6379 drop'
run --only container/published-any -o json="$report"
is "$(findings)" "" "what is published on every address and stopped is no finding"
nft delete table inet guard

# ---- the engine is gone, and the containers are not ----
kill -9 "$daemon"
wait "$daemon" 2>/dev/null
run --only 'container/*' --skip container/floating-tag -o json="$report" -o text
is "$(findings)" "$expected" "without the engine it is the same, with the same names"
is "$(ports)" "$expected_ports" "and the same ports"
is "$(settings "$kernel")" "$expected_settings" "and held as before"

docker_start --live-restore # which has what it needs to end them
runc --root /run/live/runc delete --force "$mapped"
mapfile -t running < <(docker ps -aq)
docker rm -f "${running[@]}" >/dev/null
kill "$daemon"
wait "$daemon" 2>/dev/null
groups_remove
finish
