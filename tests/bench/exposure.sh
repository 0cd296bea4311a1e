#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who reaches each port, beside what one would run to look for oneself, `nft -j list ruleset`, over
# the same rules: a host with Docker's and ufw's rules, and one with 10,000 rules in one chain.
# Medians of runs that take turns; it asserts nothing.
# Usage: tests/bench/exposure.sh PROGRAM   (RUNS for each figure, default 7; B as for make)
. tests/live/lib.sh

HARDEN=$(realpath "${1:-$HARDEN}")
measure=$(realpath "$B/tests/bench/measure")
RUNS=${RUNS:-7}
export RUNS
host_enter "$HARDEN"

outside_wire eth0 1
outside_wire eth1 2
ip link add docker0 type bridge
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
sysctl -qw net.ipv4.ip_forward=1

median() { # of the column $1 of the file $2
	cut -d ' ' -f "$1" "$2" | sort -n | sed -n "$(((RUNS + 1) / 2))p"
}

largest() { # of the column $1 of the file $2
	cut -d ' ' -f "$1" "$2" | sort -n | tail -n 1
}

figures() { # figures NAME: the table alone, the facts it needs, and the listing
	local query="SELECT count(*) FROM reachability"
	rm -f /run/live/{nft,dump,ours}
	for _ in $(seq "$RUNS"); do
		"$measure" nft -j list ruleset >>/run/live/nft
		"$measure" "$HARDEN" query "SELECT count(*) FROM sockets" >>/run/live/dump
		"$measure" "$HARDEN" query "$query" >>/run/live/ours
	done
	printf '%-34s %8s %9.1f %9.1f %9.1f %8.1f\n' "$1" "$("$HARDEN" query "$query" | tail -n 1)" \
		"$(median 1 /run/live/nft)" "$(median 1 /run/live/dump)" "$(median 1 /run/live/ours)" \
		"$(perl -e 'print $ARGV[0] / 1024' "$(largest 3 /run/live/ours)")"
}

printf '%-34s %8s %9s %9s %9s %8s\n' host ways 'nft ms' 'socks ms' 'reach ms' MiB

iptables-nft-restore <tests/live/firewall/rulesets/docker-ufw.ipt
ip6tables-nft-restore <tests/live/firewall/rulesets/docker-ufw.ip6
start "$listen" -n app "tcp6:[::]:22" "tcp6:[::]:80" "tcp6:[::]:443" tcp4:0.0.0.0:8000-8025
figures "Docker and ufw, 29 listeners"
kill "$pid"
nft flush ruleset

{
	echo "table inet filter { chain input { type filter hook input priority 0; policy drop;"
	for ((i = 0; i < 10000; i++)); do
		echo "ip saddr 10.$((i / 256 % 256)).$((i % 256)).0/24 tcp dport $((20000 + i % 2000)) accept"
	done
	printf '}\n}\n'
} >/run/live/large.nft
nft -f /run/live/large.nft
start "$listen" -n many tcp4:0.0.0.0:20000-20999
figures "10,000 rules, 1,000 listeners"
kill "$pid"
