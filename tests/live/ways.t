#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Ways in that are easily missed. Each is tried from outside first; then there must be a finding, or
# at least no pass.
. tests/live/lib.sh
host_enter "$@"

report=/run/live/report.json
policy=/run/live/policy.yaml
outside_wire eth0 1
outside ip address add 198.51.100.9/32 dev lo
outside ip route add default via 10.9.1.1
outside sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.all.route_localnet=1
sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0
echo 'allow: [{ port: 22/tcp, from: anywhere }]' >"$policy"
start "$listen" -n sshd tcp4:0.0.0.0:22

# connects SOURCE ADDRESS PORT
connects() {
	outside python3 - "$@" <<'PYTHON'
import socket, sys
source, address, port = sys.argv[1:]
with socket.socket() as s:
    s.settimeout(1)
    s.bind((source, 0))
    try:
        s.connect((address, int(port)))
    except OSError:
        sys.exit(1)
PYTHON
}

# found RULE SUBJECT NAME: the audit has that finding
found() {
	run -i "$policy" -o json="$report"
	json "$report" findings rule subject | grep -qxF "$1 | $2"
	ok $? "$3"
	json "$report" findings rule subject | comment
}

stop() { # what was started last; its port is free then
	kill "$pid"
	while [ -e "/proc/$pid/fd/0" ] || [ -e "/proc/$pid/fd/3" ]; do sleep 0.1; done
}

# An IPv6 socket for all of IPv4: it shows as ::ffff:0.0.0.0.
start "$listen" -n redis "tcp6:[::ffff:0.0.0.0]:6379"
connects 198.51.100.9 10.9.1.1 6379
ok $? "::ffff:0.0.0.0: strangers get in"
found exposure/data-port-open-to-internet "[::ffff:0.0.0.0]:6379/tcp" "and that is a finding"
stop

# A second uplink, whose default route is the worse one: answers leave by the first.
start "$listen" -n redis tcp4:0.0.0.0:6379
outside ip link add up-eth1 type veth peer name eth1 netns 1
outside ip address add 10.9.2.2/24 dev up-eth1
outside ip link set up-eth1 up
ip address add 10.9.2.1/24 dev eth1
ip link set eth1 up
ip route add default via 10.9.2.2 metric 200
nft add table inet filter
nft add chain inet filter input '{ type filter hook input priority 0; }'
nft add rule inet filter input iifname eth0 tcp dport 6379 drop
! connects 198.51.100.9 10.9.1.1 6379
ok $? "two uplinks: the first is closed"
connects 198.51.100.9 10.9.2.1 6379
ok $? "and strangers get in by the second"
found exposure/data-port-open-to-internet 0.0.0.0:6379/tcp "and that is a finding"
ip link del eth1
nft delete table inet filter
stop

# What no interface has as its address: loopback's own with route_localnet, and a local prefix.
start "$listen" -n stub tcp4:127.0.0.53:8600
outside ip route del local 127.0.0.0/8 table local dev lo
outside ip route add 127.0.0.0/8 via 10.9.1.1
! connects 10.9.1.2 127.0.0.53 8600
ok $? "route_localnet off: a neighbour does not get to 127.0.0.53"
sysctl -qw net.ipv4.conf.eth0.route_localnet=1
connects 10.9.1.2 127.0.0.53 8600
ok $? "route_localnet on: it does"
found exposure/loopback-publish-reachable-on-l2 127.0.0.53:8600/tcp "and that is a finding"
sysctl -qw net.ipv4.conf.eth0.route_localnet=0
run -i "$policy" -o json="$report"
unlike "$(json "$report" findings subject)" '127\.0\.0\.53' "but none when it is off"
stop
ip route add local 203.0.113.0/24 dev lo
start "$listen" -n redis tcp4:203.0.113.7:6379
connects 198.51.100.9 203.0.113.7 6379
ok $? "a local prefix: strangers get in to one of its addresses"
found exposure/data-port-open-to-internet 203.0.113.7:6379/tcp "and that is a finding"
ip route del local 203.0.113.0/24 dev lo
run -i "$policy" -o json="$report"
unlike "$(json "$report" findings subject)" '203\.0\.113\.7' "but none when the prefix is gone"
stop

# A container behind the host, whose port one table marks and another translates.
sysctl -qw net.ipv4.ip_forward=1
ip link add docker0 type bridge
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
ip netns add cache
ip link add veth-cache master docker0 type veth peer name eth0 netns cache
ip link set veth-cache up
ip -n cache address add 172.17.0.2/16 dev eth0
ip -n cache link set eth0 up
ip -n cache link set lo up
ip -n cache route add default via 172.17.0.1
start ip netns exec cache "$listen" -n cache tcp4:0.0.0.0:6379
nft -f - <<'RULES'
table ip filter {
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established accept
		iifname "docker0" accept
		ct status dnat accept
	}
}
table ip mangle {
	chain prerouting {
		type filter hook prerouting priority mangle; policy accept;
		tcp dport 16379 meta mark set 7
	}
}
table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		meta l4proto tcp meta mark 7 dnat to 172.17.0.2:6379
	}
}
RULES
connects 198.51.100.9 10.9.1.1 16379
ok $? "published by a mark: strangers get in"
found exposure/data-port-open-to-internet "16379/tcp published" "and that is a finding"
nft delete table ip nat
nft delete table ip mangle

# A transparent proxy: nobody listens on the port that strangers connect to.
python3 -c '
import os, socket
s = socket.socket()
s.setsockopt(socket.SOL_IP, 19, 1) # IP_TRANSPARENT
s.bind(("127.0.0.1", 50081))
s.listen()
if os.fork() == 0:
    os.closerange(0, 3)
    import signal
    signal.pause()
'
nft -f - <<'RULES'
table ip divert {
	chain prerouting {
		type filter hook prerouting priority mangle; policy accept;
		tcp dport 18080 tproxy to 127.0.0.1:50081 accept
	}
}
RULES
connects 198.51.100.9 10.9.1.1 18080
ok $? "tproxy: strangers get in"
run -i "$policy" -o json="$report"
like "$(json "$report" coverage table status detail)" '^reachability \| partial \| firewall: port 18080' \
	"and that is no pass"
nft delete table ip divert

# A container with a network of its own beside the host's: the host has no route there but out again.
ip -n cache route del default
outside ip link add up-cache type veth peer name beside
outside ip link set beside netns 1
ip link set beside netns cache
outside ip address add 10.50.0.2/24 dev up-cache
outside ip link set up-cache up
ip -n cache address add 10.50.0.1/24 dev beside
ip -n cache link set beside up
ip -n cache route add default via 10.50.0.2
connects 198.51.100.9 10.50.0.1 6379
ok $? "a container's second network: strangers get in"
found exposure/data-port-open-to-internet "cache 0.0.0.0:6379/tcp" "and that is a finding"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" "all was seen"
finish
