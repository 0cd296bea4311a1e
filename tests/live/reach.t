#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What `harden reach` and the table exposures say, beside what really happens: connections are made
# from another network namespace, from each of several source addresses, through rules of each sort
# that decides.
. tests/live/lib.sh
host_enter "$@"

outside_wire eth0 1
sources="10.9.1.2 10.20.1.1 192.0.2.7 198.51.100.9"
for source in $sources; do
	outside ip address add "$source/32" dev up-eth0 2>/dev/null || :
	[ "$source" = 10.9.1.2 ] || ip route add "$source/32" via 10.9.1.2
done
outside ip route add default via 10.9.1.1

for port in 22 80 6379 9000 9100; do
	start "$listen" -n "port$port" "tcp4:0.0.0.0:$port"
done
start "$listen" -n six -6 "tcp6:[::]:8443"

nft -f - <<'RULES'
table inet filter {
	set admins {
		type ipv4_addr
		flags interval
		elements = { 10.20.0.0/16, 192.0.2.7 }
	}
	map services {
		type inet_service : verdict
		elements = { 80 : accept, 9000 : goto loopback_only }
	}
	chain loopback_only {
		iifname "lo" accept
	}
	chain ssh {
		ip saddr @admins accept
		reject with tcp reset
	}
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		iifname "lo" accept
		meta l4proto { icmp, ipv6-icmp } accept
		tcp dport vmap @services
		tcp dport 22 jump ssh
		ip saddr 10.9.1.0/24 tcp dport 6379 accept
		ip6 saddr fd00:9:1::/64 tcp dport 8443 accept
	}
}
table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		tcp dport 8080 dnat to 10.9.1.1:80
		tcp dport 8022 ip saddr != 10.20.0.0/16 redirect to :22
	}
}
RULES

# connects SECONDS SOURCE ADDRESS PORT: does the kernel let the connection through within that time?
connects() {
	outside python3 - "$@" <<'PYTHON'
import socket, sys
seconds, source, address, port = sys.argv[1:]
family = socket.AF_INET6 if ":" in address else socket.AF_INET
with socket.socket(family) as s:
    s.settimeout(float(seconds))
    s.bind((source, 0))
    try:
        s.connect((address, int(port)))
    except OSError:
        sys.exit(1)
PYTHON
}

# compare SOURCE ADDRESS PORT TO: what is said beside what happens. Silence within a short time is no
# proof on a busy machine, so a connection that was promised and did not come gets more of it.
compare() {
	local really=blocked
	run reach --to "$4" --from "$1" --iif eth0
	if connects 0.3 "$1" "$2" "$3" ||
		{ [ "${out%%$'\n'*}" = reachable ] && connects 10 "$1" "$2" "$3"; }; then
		really=reachable
	fi
	is "${out%%$'\n'*}" "$really" "$4 from $1: as the kernel has it, $really"
}

for port in 22 80 6379 9000 9100 8080 8022 8023; do
	for source in $sources; do
		compare "$source" 10.9.1.1 "$port" "10.9.1.1:$port"
	done
done
compare fd00:9:1::2 fd00:9:1::1 8443 "[fd00:9:1::1]:8443"
run reach --to "[fd00:9:1::1]:8443" --from 2001:db8::1 --iif eth0
is "$status" 1 "IPv6 from elsewhere is blocked: exit 1"

# ---- what is said ----
run reach --to 10.9.1.1:22 --iif eth0
is "$status" 0 "reachable: exit 0"
like "$out" '^reachable$' "the verdict is the first word"
like "$out" '^  reachable from   10\.20\.0\.0/16, 192\.0\.2\.7$' "and by whom"
like "$out" 'drop +input: inet filter ssh handle [0-9]+: meta l4proto tcp reject with tcp reset$' \
	"the rule that stops others has its handle and its text"
run reach --to 10.9.1.1:22 --from 198.51.100.9 --iif eth0 -o json
is "$(perl -MJSON::PP -0ne 'print decode_json($_)->{verdict}' <<<"$out")" blocked "as JSON"
run reach --to 10.9.1.1:9000/udp --iif eth0
is "${out%%$'\n'*}" blocked "UDP is not TCP"
run query "SELECT sources FROM exposures WHERE port = 22 AND scope = 'network' AND interface = 'eth0' AND family = 'ipv4'"
like "$out" '^10\.20\.0\.0/16, 192\.0\.2\.7$' "the table exposures says the same"
run query "SELECT blocked_by FROM exposures WHERE port = 9100 AND scope = 'network' AND interface = 'eth0'"
like "$out" '^inet filter input: policy$' "and what stops others"

# ---- through the host to a container, which has rules of its own ----
ip netns add box
host_wire box 2
ip -n box route add default via 10.9.2.1
sysctl -qw net.ipv4.ip_forward=1
outside ip route add 10.9.2.0/24 via 10.9.1.1
start ip netns exec box "$listen" -n boxed tcp4:0.0.0.0:4000 tcp4:0.0.0.0:80
ip netns exec box nft -f - <<'RULES'
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ip saddr 10.20.0.0/16 tcp dport 4000 accept
	}
}
RULES
nft add rule ip nat prerouting tcp dport 14000 dnat to 10.9.2.2:4000
for source in $sources; do
	compare "$source" 10.9.2.2 4000 10.9.2.2:4000
	compare "$source" 10.9.1.1 14000 10.9.1.1:14000
	compare "$source" 10.9.2.2 80 10.9.2.2:80
done
run reach --to 10.9.1.1:14000 --iif eth0
like "$out" '^  reachable from   10\.20\.0\.0/16$' "the container's own rules decide"
like "$out" 'enter +namespace box by way of eth0, to 10\.9\.2\.2:4000$' "and stand in the walk"
run reach --netns box --to 10.9.2.2:80 --iif eth0
is "${out%%$'\n'*}" blocked "asked from inside, its rules are the only ones"
run query "SELECT path, scope, answered FROM reachability WHERE to_port = 4000 AND interface = 'eth0'
	AND path <> 'input' AND address <> '10.9.2.1' ORDER BY path"
is "$(tail -n +2 <<<"$out" | sort -u)" "$(printf '%s\n' \
	$'dnat to 10.9.2.2:4000\tlink\t10.20.0.0/16' $'dnat to 10.9.2.2:4000\tnetwork\t10.20.0.0/16' \
	$'forward\tlink\t10.20.0.0/16')" "and the table has both ways in"

# ---- what is not known ----
nft add rule inet filter input position 0 socket transparent 1 accept 2>/dev/null ||
	nft insert rule inet filter input osf name "Linux" accept
run reach --to 10.9.1.1:9100 --from 198.51.100.9 --iif eth0
is "$status" 3 "an expression that is not modelled: unknown, exit 3"
like "$out" '^unknown$' "and the word for it"
out=$(setpriv --reuid 65534 --regid 65534 --clear-groups "$HARDEN" reach --to 10.9.1.1:22 2>&1)
is "$?" 3 "without root nothing is known of the firewall: exit 3"
like "$out" '^unknown$' "and nothing is claimed"

if tc qdisc add dev eth0 clsact 2>/dev/null; then
	run reach --to 10.9.1.1:80 --iif eth0
	is "$status" 3 "what traffic control may drop before is unknown"
	tc qdisc del dev eth0 clsact
else
	skip "what traffic control may drop before is unknown" "this kernel has no clsact"
fi

if iptables-legacy -A INPUT -p tcp --dport 80 -j DROP 2>/dev/null; then
	run reach --to 10.9.1.1:80 --iif eth0
	is "$status" 3 "rules of legacy iptables, which no ruleset lists, are unknown"
	like "$out" 'legacy' "and are the reason"
else
	skip "rules of legacy iptables are unknown" "there is no iptables-legacy, or no such tables"
fi

# ---- wrong questions ----
for wrong in "--to 10.9.1.1" "--to 10.9.1.1:0" "--to 10.9.1.1:65536" "--to 10.9.1.1:22/sctp" \
	"--to nowhere:22" "--to 10.9.1.1:22 --from fd00::1" "--to 10.9.1.1:22 --iif nosuch" \
	"--to 10.9.1.1:22 --netns nosuch" "--to 10.9.1.1:22 --netns ../etc/passwd" \
	"--from 10.9.1.2"; do
	# shellcheck disable=SC2086 # several words
	run reach $wrong
	is "$status" 2 "reach $wrong: exit 2"
done
run audit --to 10.9.1.1:22
is "$status" 2 "--to is no option of an audit"
finish
