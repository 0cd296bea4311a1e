#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a firewall, published ports and a second family make of listeners: the findings are exactly
# what strangers outside can really do, which is tried first, packet by packet.
. tests/live/lib.sh
host_enter "$@"

report=/run/live/report.json
policy=/run/live/policy.yaml
outside_wire eth0 1
outside ip address add 198.51.100.9/32 dev lo
outside ip address add 10.20.1.1/32 dev lo
outside ip address add 2606:4700::9/128 dev lo
outside ip route add default via 10.9.1.1
outside ip route add default via fd00:9:1::1
sysctl -qw net.ipv4.ip_forward=1

# A private network beside the internet: nothing but 10.44.0.0/16 comes that way.
outside ip link add up-lan type veth peer name lan netns 1
ip address add 10.44.0.1/16 dev lan
ip link set lan up
outside ip address add 10.44.0.2/16 dev up-lan
outside ip link set up-lan up

# Containers as an engine makes them.
ip link add docker0 type bridge
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
container() { # container NAME ADDRESS
	ip netns add "$1"
	ip link add "veth-$1" master docker0 type veth peer name eth0 netns "$1"
	ip link set "veth-$1" up
	ip -n "$1" address add "$2/16" dev eth0
	ip -n "$1" link set eth0 up
	ip -n "$1" link set lo up
	ip -n "$1" route add default via 172.17.0.1
}
container shop 172.17.0.2
container cache 172.17.0.3
container inner 172.17.0.4

start "$listen" -n sshd tcp4:0.0.0.0:22
start "$listen" -n nginx "tcp6:[::]:443"
start "$listen" -n redis "tcp6:[::]:6379"
start "$listen" -n postgres tcp4:0.0.0.0:5432
start "$listen" -n metrics tcp4:10.44.0.1:9100
start "$listen" -n dns udp4:0.0.0.0:53
start "$listen" -n proxy tcp4:0.0.0.0:8080
start ip netns exec shop "$listen" -n web tcp4:0.0.0.0:80 tcp4:0.0.0.0:9187
start ip netns exec cache "$listen" -n cache tcp4:0.0.0.0:6379
start ip netns exec inner "$listen" -n admin tcp4:0.0.0.0:3000

# The rules of a host whose owner thinks it is closed.
nft -f - <<'RULES'
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		iifname "lo" accept
		iifname "lan" tcp dport { 5432, 9100 } accept
		meta l4proto { icmp, ipv6-icmp } accept
		tcp dport 443 accept
		ip saddr 10.20.0.0/16 tcp dport 22 accept
		meta nfproto ipv6 accept
		udp dport 53 accept
	}
}
table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		fib daddr type local iifname != "docker0" tcp dport 8080 dnat to 172.17.0.2:80
		fib daddr type local iifname != "docker0" tcp dport 16379 dnat to 172.17.0.3:6379
		ip daddr 127.0.0.1 iifname != "docker0" tcp dport 3000 dnat to 172.17.0.4:3000
	}
}
table ip filter {
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established,related accept
		iifname "docker0" accept
		oifname "docker0" ip daddr 172.17.0.2 tcp dport 80 accept
		oifname "docker0" ip daddr 172.17.0.3 tcp dport 6379 accept
		oifname "docker0" ip daddr 172.17.0.4 tcp dport 3000 accept
	}
}
RULES
cat >"$policy" <<'EOT'
allow:
  - { port: 22/tcp, from: [10.20.0.0/16], why: operators }
  - { port: 443/tcp, from: anywhere }
  - { port: 9100/tcp, from: [10.44.0.0/16] }
  - { port: 7000/tcp, from: anywhere }
  - { port: 5432/tcp, from: [10.44.0.0/16, 10.20.0.0/16] }
EOT

# connects SOURCE ADDRESS PORT
connects() {
	outside python3 - "$@" <<'PYTHON'
import socket, sys
source, address, port = sys.argv[1:]
with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as s:
    s.settimeout(1)
    s.bind((source, 0))
    try:
        s.connect((address, int(port)))
    except OSError:
        sys.exit(1)
PYTHON
}

while read -r expected source address port; do
	if connects "$source" "$address" "$port"; then got=open; else got=closed; fi
	is "$got" "$expected" "$address port $port from $source is $expected"
done <<'EOT'
closed 198.51.100.9 10.9.1.1 22
open 10.20.1.1 10.9.1.1 22
open 198.51.100.9 10.9.1.1 443
closed 198.51.100.9 10.9.1.1 6379
open 2606:4700::9 fd00:9:1::1 6379
closed 198.51.100.9 10.9.1.1 5432
closed 10.20.1.1 10.9.1.1 5432
open 10.44.0.2 10.44.0.1 5432
open 198.51.100.9 10.9.1.1 8080
open 198.51.100.9 10.9.1.1 16379
EOT

# that nothing loads these rules at boot is of no interest here: see boot.t
run -i "$policy" --only 'exposure/*' --only 'self/*' --skip self/clock-untrusted \
	--skip exposure/firewall-not-persistent -o json="$report" -o text
is "$(json "$report" findings rule subject)" "$(LC_ALL=C sort <<-'EOT'
	exposure/data-port-open-to-internet | 16379/tcp published
	exposure/data-port-open-to-internet | [::]:6379/tcp
	exposure/docker-published-bypasses-firewall | 0.0.0.0:8080/tcp
	exposure/intent-open-but-blocked | 5432/tcp
	exposure/intent-open-but-blocked | 7000/tcp
	exposure/loopback-publish-reachable-on-l2 | 3000/tcp published
	exposure/no-input-policy | eth0 ipv6
	exposure/udp-reflector | 0.0.0.0:53/udp
	exposure/v6-parity | [::]:6379/tcp
EOT
)" "the findings are exactly what is wrong"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" "all was seen"
details=$(json "$report" findings rule detail)
like "$details" '^exposure/data-port.* \(usually Redis\), held by cache, is open to anywhere by way of eth0, as a published port\.$' \
	"a published port names who is behind it"
like "$details" '^exposure/intent-open.*opens port 5432/tcp to 10\.20\.0\.0/16, but inet filter input: policy stops them\.$' \
	"and a blocked one what stops whom"
is "$status" 1 "exit 1"

# ---- the same host, mended ----
nft -f - <<'RULES'
flush chain inet filter input
table inet filter {
	chain input {
		ct state established,related accept
		iifname "lo" accept
		iifname "lan" tcp dport { 5432, 9100 } accept
		meta l4proto { icmp, ipv6-icmp } accept
		tcp dport 443 accept
		ip saddr 10.20.0.0/16 tcp dport { 22, 5432 } accept
	}
}
table inet guard {
	chain prerouting {
		type filter hook prerouting priority -350; policy accept;
		iifname { "eth0", "lan" } ip daddr { 127.0.0.0/8, 172.16.0.0/12 } drop
	}
	chain published {
		type filter hook prerouting priority -150; policy accept;
		iifname { "eth0", "lan" } tcp dport { 8080, 16379 } drop
	}
}
RULES
start "$listen" -n app tcp4:0.0.0.0:7000
nft add rule inet filter input tcp dport 7000 accept
for port in 8080 16379; do
	! connects 198.51.100.9 10.9.1.1 "$port"
	ok $? "mended: port $port is closed"
done
run -i "$policy" --only 'exposure/*' --only 'self/*' --skip self/clock-untrusted \
	--skip exposure/firewall-not-persistent -o json="$report" -o text
is "$(json "$report" findings rule subject)" "$(LC_ALL=C sort <<-'EOT'
	exposure/wildcard-bind-behind-firewall | 0.0.0.0:53/udp
	exposure/wildcard-bind-behind-firewall | 0.0.0.0:8080/tcp
	exposure/wildcard-bind-behind-firewall | [::]:6379/tcp
EOT
)" "what is left is a second lock that is missing"
is "$status" 0 "exit 0"
finish
