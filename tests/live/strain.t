#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Firewalls that are hard to read: a set of a million elements, rules that change all the while, a
# thousand network namespaces, and no right to look. What could not be seen is unknown, with the
# reason, and never blocked.
. tests/live/lib.sh
host_enter "$@"

outside_wire eth0 1
start "$listen" -n sshd tcp4:0.0.0.0:22

# The way to port 22, and what is said of the whole table.
ways="FROM reachability WHERE port = 22 AND interface = 'eth0'"
coverage() {
	"$HARDEN" --only 'exposure/port*' -o json=/run/live/report.json >/dev/null 2>&1
	json /run/live/report.json coverage table status detail | grep '^reachability '
}

# ---- very many elements ----
# set COUNT: each second address from 11.0.0.0 on
load_set() {
	perl -e '
		print "table inet filter {\n set many {\n type ipv4_addr\n flags interval\n";
		print "elements = { ", join(",\n", map { sprintf "%d.%d.%d.%d", 11 + ($_ >> 23 & 7),
			$_ >> 15 & 255, $_ >> 7 & 255, ($_ & 127) * 2 } 0 .. $ARGV[0] - 1), " }\n }\n";
		print "chain input {\n type filter hook input priority filter; policy drop;\n";
		print "ip saddr \@many tcp dport 22 accept\n }\n}\n"' "$1" >/run/live/many.nft
	nft -f /run/live/many.nft
}
load_set 50000
run reach --to 10.9.1.1:22 --from 11.0.0.2
is "$status ${out%%$'\n'*}" "0 reachable" "a set of 50,000 elements: one of them gets in"
run reach --to 10.9.1.1:22 --from 11.0.0.3
is "$status ${out%%$'\n'*}" "1 blocked" "and one between two of them does not"
run query "SELECT blocked_by $ways"
like "$out" '^inet filter input: policy$' "the table says so too"
like "$(coverage)" '\| complete \|' "and is complete"
nft flush ruleset
# The kernel takes the square of their number to list them: nft itself needs most of a minute.
load_set 1000000
run reach --to 10.9.1.1:22 --from 11.0.0.2 --timeout 2
is "$status ${out%%$'\n'*}" "3 unknown" "a million, and no time for them: unknown"
like "$out" '^timeout: .*--timeout' "with the reason, and what to do"
run --only exposure/port-open-not-in-intent -i tests/live/sg.json --timeout 2 -q
is "$status" 3 "and so is the audit"
nft flush ruleset

# ---- rules that change all the while ----
nft -f - <<'RULES'
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ip saddr 10.0.0.0/8 tcp dport 22 accept
	}
}
RULES
(
	trap 'exit 0' TERM
	while :; do
		nft 'add rule inet filter input tcp dport 23 drop; add table ip x; delete table ip x'
	done
) &
changing=$!
answers=
for _ in 1 2 3 4 5 6 7 8; do
	run reach --to 10.9.1.1:22 --from 10.1.1.1
	answers="$answers $status:${out%%$'\n'*}"
done
kill "$changing"
wait "$changing"
unlike "$(tr ' ' '\n' <<<"$answers" | grep .)" '^(1:|2:|0:blocked|3:blocked)' \
	"rules that change meanwhile: reachable, or unknown, and never blocked"
nft flush ruleset

# ---- no right to look ----
out=$(setpriv --bounding-set -net_admin --inh-caps -net_admin "$HARDEN" reach --to 10.9.1.1:22 2>&1)
is "$? ${out%%$'\n'*}" "3 unknown" "without CAP_NET_ADMIN: unknown"
setpriv --bounding-set -net_admin --inh-caps -net_admin "$HARDEN" --only 'exposure/port*' -q \
	-i tests/live/sg.json >/run/live/out 2>&1
is "$?" 3 "and so is the audit"

# ---- a thousand namespaces ----
for ((i = 0; i < 1000; i++)); do
	echo "netns add n$i"
done | ip -batch -
start ip netns exec n999 "$listen" -n last tcp4:0.0.0.0:80
run query "SELECT count(*) FROM namespaces"
is "${out##*$'\n'}" 1001 "a thousand network namespaces"
like "$(coverage)" '\| complete \|' "are all read"
finish
