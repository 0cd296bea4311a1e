#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The truth table: real listeners of each kind, a real export of security groups and a policy. What
# is found must be exactly what is open and not meant to be, no more and no less.
. tests/live/lib.sh
host_enter "$@"

sg=/run/live/sg.json
policy=/run/live/harden.yaml
report=/run/live/report.json
cp tests/live/sg.json "$sg" # new, as an export should be, whenever the checkout was made
cp tests/live/sg-all.json tests/live/harden.yaml /run/live

outside_wire eth0 1
ip netns add web
host_wire web 2
sysctl -qw net.ipv4.ip_forward=1
ip -n web route add default via 10.9.2.1

# ---- on the host: to be found ----
start "$listen" -n redis tcp4:0.0.0.0:6379
start "$listen" -n dual "tcp6:[::]:8081"
start "$listen" -n six -6 "tcp6:[::]:9090"
start "$listen" -n elastic tcp4:10.9.1.1:9200 "tcp6:[fd00:9:1::1]:9201"
start "$listen" -n mapped "tcp6:[::ffff:10.9.1.1]:9300"
start "$listen" -n snmp udp4:0.0.0.0:161
start "$listen" -n mdns "udp6:[::]:5353"
start "$listen" -n bound udp4:10.9.1.1:1812
start "$listen" -n dns tcp4:0.0.0.0:53 # only UDP is meant
start "$listen" -n ping tcp4:0.0.0.0:8 # an ICMP type, and no port
start "$listen" -n beyond tcp4:0.0.0.0:8011 # one more than the range
start "$listen" -n wired -i eth0 tcp4:0.0.0.0:7001
start "$listen" -n console -r 4 tcp4:0.0.0.0:8443 # one endpoint, and waived

# ---- on the host: meant to be open ----
start "$listen" -n sshd tcp4:0.0.0.0:22 "tcp6:[fd00:9:1::1]:22"
start "$listen" -n nginx -u 33 "tcp6:[::]:80"
start "$listen" -n app tcp4:0.0.0.0:8005
start "$listen" -n dns udp4:0.0.0.0:53
start "$listen" -n postgres tcp4:10.9.1.1:5432 # from a group
start "$listen" -n apiserver tcp4:0.0.0.0:6443 # from a prefix list

# ---- on the host: nobody reaches it ----
start "$listen" -n mysqld tcp4:127.0.0.1:3306 "tcp6:[::1]:3306"
start "$listen" -n resolved udp4:127.0.0.53:5300 "udp6:[::1]:5300"
start "$listen" -n mappedlo "tcp6:[::ffff:127.0.0.1]:7100"
start "$listen" -n onlo -i lo tcp4:0.0.0.0:7000
start "$listen" -n client -c udp4:10.9.1.1:4000
start "$listen" -n idle -b tcp4:0.0.0.0:4001

# ---- in other network namespaces ----
start ip netns exec web "$listen" -n webapp tcp4:10.9.2.2:8080 tcp4:127.0.0.1:9000
start ip netns exec web "$listen" -n webhttp tcp4:0.0.0.0:80
start "$listen" -N -n lonely tcp4:0.0.0.0:6379 # has only its own loopback
start "$listen" -N -n payments tcp4:0.0.0.0:8082
ip link add veth-pay type veth peer name eth0 netns "$pid" # and is down
ip netns add empty

# ---- in control groups, as a service manager and an engine make them ----
container=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
groups=/run/live/cgroup
mkdir "$groups"
if mount -t cgroup2 cgroup2 "$groups" 2>/run/live/why &&
	mkdir "$groups/shop.service" "$groups/docker-$container.scope" 2>/run/live/why; then
	trap 'kill "$unit_pid" "$container_pid"; sleep 0.2
	      rmdir "$groups/shop.service" "$groups/docker-$container.scope"' EXIT
	start "$listen" -n shop tcp4:0.0.0.0:8090
	unit_pid=$pid
	echo "$pid" >"$groups/shop.service/cgroup.procs"
	start "$listen" -n boxed tcp4:0.0.0.0:8091
	container_pid=$pid
	echo "$pid" >"$groups/docker-$container.scope/cgroup.procs"
	groups_why=
else
	groups_why=$(cat /run/live/why)
fi

expected() {
	cat <<-EOT
		exposure/host-wider-than-security-group | 0.0.0.0:6443/tcp
		exposure/host-wider-than-security-group | 0.0.0.0:8005/tcp
		exposure/host-wider-than-security-group | 10.9.1.1:5432/tcp
		exposure/host-wider-than-security-group | [fd00:9:1::1]:22/tcp
		exposure/loopback-publish-reachable-on-l2 | web 0.0.0.0:80/tcp
		exposure/loopback-publish-reachable-on-l2 | web 10.9.2.2:8080/tcp
		exposure/intent-open-but-blocked | 2222/tcp
		exposure/intent-open-but-blocked | 3306/tcp
		exposure/intent-open-but-blocked | 443/tcp
		exposure/intent-open-but-blocked | 9999/tcp
		exposure/port-open-not-in-intent | 0.0.0.0:161/udp
		exposure/port-open-not-in-intent | 0.0.0.0:53/tcp
		exposure/port-open-not-in-intent | 0.0.0.0:6379/tcp
		exposure/port-open-not-in-intent | 0.0.0.0:7001/tcp
		exposure/port-open-not-in-intent | 0.0.0.0:8/tcp
		exposure/port-open-not-in-intent | 0.0.0.0:8011/tcp
		exposure/port-open-not-in-intent | 0.0.0.0:8443/tcp
		exposure/port-open-not-in-intent | 10.9.1.1:1812/udp
		exposure/port-open-not-in-intent | 10.9.1.1:9200/tcp
		exposure/port-open-not-in-intent | [::]:5353/udp
		exposure/port-open-not-in-intent | [::]:8081/tcp
		exposure/port-open-not-in-intent | [::]:9090/tcp
		exposure/port-open-not-in-intent | [::ffff:10.9.1.1]:9300/tcp
		exposure/port-open-not-in-intent | [fd00:9:1::1]:9201/tcp
		exposure/sg-narrower-than-intent | 2222/tcp from 10.30.0.0/16
		exposure/sg-wider-than-intent | 22/tcp from 0.0.0.0/0 in sg-0a1b2c3d4e5f60002
		exposure/sg-wider-than-intent-latent | 9999/tcp from 0.0.0.0/0 in sg-0a1b2c3d4e5f60003
		self/suppression-expired | exposure/port-open-not-in-intent 0.0.0.0:6379/tcp
	EOT
	[ -n "$groups_why" ] || cat <<-EOT
		exposure/port-open-not-in-intent | 0.0.0.0:8090/tcp
		exposure/port-open-not-in-intent | 0.0.0.0:8091/tcp
	EOT
}

# What is named like a server here answers nobody: see redis.t. The clock is the machine's own.
run -i "$sg" -i "$policy" --only 'exposure/*' --only 'self/*' --skip self/clock-untrusted \
	-o json="$report" -o text
is "$(json "$report" findings rule subject)" "$(expected | LC_ALL=C sort)" \
	"the findings are exactly the truth table"
is "$status" 1 "findings at or above high: exit 1"
is "$errors" "" "nothing to complain about"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" \
	"everything was seen"
is "$(json "$report" exit)" 1 "the report says the same exit"

# ---- who it is ----
detail() { # of the port with this subject
	json "$report" findings subject detail | grep -F "$1 | "
}
like "$(detail 0.0.0.0:6379/tcp)" ', held by redis, is open to anywhere by way of eth0; no intent allows it' "the process is named"
like "$(detail 'web 10.9.2.2:8080/tcp')" ', held by webapp, answers neighbours' "also in another namespace"
like "$(detail 3306/tcp)" 'only loopback is listened on' "loopback alone does not serve"
like "$(detail 443/tcp)" 'nothing on the host listens' "nobody listens"
if [ -z "$groups_why" ]; then
	like "$(detail 0.0.0.0:8090/tcp)" 'held by shop \(unit shop\.service\)' "the unit is named"
	like "$(detail 0.0.0.0:8091/tcp)" 'held by boxed \(container 0123456789ab\)' \
		"the container is named"
else
	skip "the unit is named" "no control groups: $groups_why"
	skip "the container is named" "no control groups: $groups_why"
fi
is "$("$HARDEN" query "SELECT s.uid || ' ' || p.uid FROM sockets s
	JOIN socket_owners o ON o.inode = s.inode JOIN processes p ON p.pid = o.pid
	WHERE s.port = 80 AND s.family = 'ipv6'" | tail -n 1)" "0 33" \
	"made by root, held by another user"
is "$("$HARDEN" query "SELECT count(*) FROM sockets WHERE port = 8443" | tail -n 1)" 4 \
	"each socket that shares a port is a fact"
is "$("$HARDEN" query "SELECT count(*) FROM namespaces" | tail -n 1)" 5 \
	"each network namespace is a fact"

# ---- the same with other intents ----
run -i "$policy" -i /run/live/sg-all.json --only 'exposure/port-*' -o json="$report"
is "$(json "$report" findings rule)" "" "a group that allows all traffic leaves nothing to find"
is "$status" 0 "nothing found: exit 0"
run -i "$sg" --only exposure/port-open-not-in-intent -o json="$report"
is "$(json "$report" findings rule subject)" \
	"$(expected | grep '^exposure/port-open' | LC_ALL=C sort)" "the export alone is an intent"
is "$("$HARDEN" -i "$sg" --only 'exposure/sg-*' -o json | grep -c '"subject"')" 0 \
	"and without a policy there is nothing to compare it with"
run --only 'exposure/intent-*' -o json="$report"
is "$(json "$report" findings rule subject)" "exposure/intent-missing-or-stale | intent" \
	"no intent is a finding"
is "$status" 3 "and the audit is incomplete: exit 3"
touch -d '40 days ago' "$sg"
run -i "$sg" --only exposure/intent-missing-or-stale -o json="$report"
is "$(json "$report" findings rule subject)" "exposure/intent-missing-or-stale | $sg" \
	"an old export is a finding"
is "$status" 0 "of medium severity, which passes the gate"
run -i "$sg" --only exposure/intent-missing-or-stale --fail-on medium -q
is "$status" 1 "unless the gate is set lower"

# ---- the schema ----
touch "$sg"
run -i "$sg" -i "$policy" -o json="$report"
if python3 -W ignore -c 'import jsonschema' 2>/dev/null; then
	out=$(python3 -W ignore - "$report" reports/harden.schema.json 2>&1 <<-'EOT'
		import json, jsonschema, sys
		jsonschema.Draft202012Validator(json.load(open(sys.argv[2]))).validate(
		    json.load(open(sys.argv[1])))
	EOT
	)
	is "$out" "" "the report fits its schema"
else
	skip "the report fits its schema" "python3-jsonschema is not there"
fi
finish
