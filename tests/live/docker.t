#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The story of this project: a real Docker publishes ports on a host that a real ufw guards. What
# strangers outside can really connect to is tried first; the findings must say just that.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh
host_enter "$@"
# shellcheck source=tests/live/managers.sh
. tests/live/managers.sh

report=/run/live/report.json
policy=/run/live/policy.yaml
sandbox
if missing docker dockerd docker ufw || missing_tree docker; then
	finish
fi
outside_wire eth0 1
outside ip address add 198.51.100.9/32 dev lo
outside ip route add default via 10.9.1.1
outside ip route add 172.17.0.0/16 via 10.9.1.1 # a neighbour that knows the way

{
	ufw --force reset
	ufw default deny incoming
	ufw allow 22/tcp
	ufw --force enable
} >/run/live/ufw.log 2>&1 || comment </run/live/ufw.log
docker_start
serve() { # serve NAME PORT OPTION...: a container that answers on the port
	local name=$1 port=$2
	shift 2
	docker run -d --name "$name" "$@" tiny /bin/busybox nc -ll -p "$port" -e /bin/busybox true \
		2>&1 >/dev/null | comment
}
serve cache 6379 -p 6379:6379
serve web 80 -p 8080:80
serve admin 3000 -p 127.0.0.1:3000:3000
serve inner 5432
start "$listen" -n sshd tcp4:0.0.0.0:22
start "$listen" -n nginx tcp4:0.0.0.0:443
cat >"$policy" <<'EOT'
allow:
  - { port: 22/tcp, from: anywhere }
  - { port: 443/tcp, from: anywhere }
EOT

connects() { # connects ADDRESS PORT
	outside python3 - "$@" <<'PYTHON'
import socket, sys
address, port = sys.argv[1:]
with socket.socket() as s:
    s.settimeout(1)
    s.bind(("198.51.100.9", 0))
    try:
        s.connect((address, int(port)))
    except OSError:
        sys.exit(1)
PYTHON
}
address_of() {
	docker inspect --format '{{.NetworkSettings.IPAddress}}' "$1"
}

# compare ADDRESS PORT EXPECTED: what happens, and what `harden reach` says
compare() {
	local got=blocked
	connects "$1" "$2" && got=reachable
	is "$got" "$3" "$1 port $2 is $3 from outside"
	run reach --to "$1:$2" --from 198.51.100.9 --iif eth0
	is "${out%%$'\n'*}" "$3" "and harden says so"
}

is "$(ufw status | grep -c -E '^(6379|8080)')" 0 "ufw knows of no port but 22"
compare 10.9.1.1 6379 reachable
compare 10.9.1.1 8080 reachable
compare 10.9.1.1 22 reachable
compare 10.9.1.1 443 blocked
compare 10.9.1.1 3000 blocked
compare "$(address_of admin)" 3000 reachable
compare "$(address_of inner)" 5432 blocked

# whether ufw comes back after a reboot is the machine's matter, and boot.t's
run -i "$policy" --only 'exposure/*' --only 'self/*' --skip self/clock-untrusted \
	--skip 'exposure/firewall-*' -o json="$report" -o text
is "$(json "$report" findings rule subject)" "$(LC_ALL=C sort <<-'EOT'
	exposure/data-port-open-to-internet | 0.0.0.0:6379/tcp
	exposure/docker-published-bypasses-firewall | 0.0.0.0:8080/tcp
	exposure/intent-open-but-blocked | 443/tcp
	exposure/loopback-publish-reachable-on-l2 | 127.0.0.1:3000/tcp
EOT
)" "the findings are what strangers can do"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" "all was seen"
is "$status" 1 "exit 1"
like "$(json "$report" findings detail)" \
	'^The intent opens port 443/tcp to anywhere, but ip filter INPUT: policy stops' "what stops nginx is named"

# ---- without the proxy no connection ends at the host ----
docker_stop
docker_start --userland-proxy=false
serve cache 6379 -p 6379:6379
compare 10.9.1.1 6379 reachable
run -i "$policy" --only 'exposure/data-*' -o json="$report"
is "$(json "$report" findings rule subject)" \
	"exposure/data-port-open-to-internet | 0.0.0.0:6379/tcp" "it is found all the same"

# ---- closed the way that the rule tells ----
nft 'add table inet guard
	add chain inet guard pre { type filter hook prerouting priority -150; }
	add rule inet guard pre iifname eth0 tcp dport 6379 drop'
compare 10.9.1.1 6379 blocked
run -i "$policy" --only 'exposure/data-*' -o json="$report"
is "$(json "$report" findings rule subject)" "" "and quiet when it is closed"
docker_stop
groups_remove
finish
