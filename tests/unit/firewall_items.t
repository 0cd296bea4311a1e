#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is known to be easily got wrong about the kernel's packet filter, item by item, and where
# each is checked: by rulesets whose first line says "# items: N, …", which tests/live/firewall.t
# puts before the kernel, or in a test that is named here since that one cannot see it. The last
# is tried, and unknown may be its answer.
set -u
cd "$(dirname "$0")/../.." || exit 2

rulesets=tests/live/firewall/rulesets
items=(
	"1 accept ends only its base chain"
	"2 of equal priorities the chain registered last runs first"
	"3 nat chains run at the priorities of nat"
	"4 the first translation wins, and accept leaves the other nat chains asked"
	"5 without tracking nat chains are not run"
	"6 only first packets are translated|tests/live/firewall/volley.c flush_connections"
	"7 what is not tracked is neither new nor translated"
	"8 which flags begin a connection"
	"9 translation comes before routing"
	"10 translation to loopback, to this host, elsewhere"
	"11 every local address is served on every link"
	"12 forwarding may be off"
	"13 sources that the kernel refuses"
	"14 filters see the translated port, ct original the other"
	"15 goto does not come back"
	"16 a map that is missed ends the rule"
	"17 legacy tables are beside nftables|tests/live/reach.t iptables-legacy"
	"18 ingress comes first|tests/unit/firewall_walk.c has_xdp"
	"19 flow tables and bridges|tests/unit/firewall_links.c flow_offload"
	"20 timeouts, catch-all elements, intervals"
	"21 a failed load ends the rule"
	"22 bits and byte order"
	"23 links by index, name, group"
	"24 address types and policy rules"
	"25 limits, chance and time go both ways"
	"26 namespaces have rulesets of their own|tests/live/reach.t --netns box"
	"27 reject is not drop|tests/unit/firewall_links.c FW_REJECTED"
	"28 UDP and IPv6 alike"
	"29 a ruleset that changes while it is read is read again|tests/live/strain.t rules that change"
)
number=0

# result STATUS NAME: STATUS 0 passes.
result() {
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
	fi
}

for item in "${items[@]}"; do
	name=${item%%|*}
	where=${item#"$name"}
	where=${where#|}
	if [ -n "$where" ]; then
		grep -qF -- "${where#* }" "${where%% *}"
		result $? "$name: ${where%% *}"
	else
		found=$(grep -lE "^# items:.*[ ,]${name%% *}(,|$)" "$rulesets"/* | wc -l)
		[ "$found" -gt 0 ]
		result $? "$name: $found rulesets"
	fi
done

for file in "$rulesets"/*; do
	head -n 1 "$file" | grep -qE '^# items: [0-9]+(, [0-9]+)*$'
	result $? "$file says which items it is about"
done
echo "1..$number"
