#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The texts of the table nft_rules beside what nft lists, for each ruleset of the firewall model's
# tests; comments, hostile ones too; chains and sets beside what was loaded; a large set.
. tests/live/lib.sh
host_enter "$@"

rulesets=$(realpath tests/live/firewall/rulesets)
ip netns add out
for link in eth0 wan0 lan0 docker0; do
	ip link add "$link" type veth peer name "peer-$link" netns out
done

# texts: what the table holds, a line for each rule: family, table, chain, handle, text
texts() {
	"$HARDEN" query -o json "SELECT family, table_name, chain, handle, text, comment FROM nft_rules
		WHERE namespace = (SELECT id FROM namespaces WHERE is_host)" |
		perl -MJSON::PP -0ne '
			binmode STDOUT, ":utf8";
			for my $row (@{decode_json($_)}) {
				my $text = $row->{text};
				$text .= " comment \"$row->{comment}\"" if defined $row->{comment};
				print "$row->{family} $row->{table_name} $row->{chain} $row->{handle}: $text\n";
			}'
}

# listed: the same of `nft list ruleset`; -s leaves counters out, -u the names of users
listed() {
	nft -s -u -a list ruleset 2>/dev/null | perl -ne '
		if (/^table (\S+) (\S+) \{/) { $table = "$1 $2" }
		elsif (/^\tchain (\S+) \{/) { $chain = $1 }
		elsif (/^\t\}/) { $chain = undef; $text = "" }
		elsif (defined $chain && !/^\t\ttype \S+ hook/ && /\S/) {
			s/^\s+|\s+$//g;
			$text = length $text ? "$text $_" : $_;
			next unless $text =~ /^(.*) # handle (\d+)$/;
			print "$table $chain $2: $1\n";
			$text = "";
		}'
}

# What may differ. For both: the order of a set's elements, which is the kernel's own. For nft 1.0:
# - a comparison of a masked address with < or >, which it writes like a prefix;
# - matches and targets of xtables, which it writes in the words of iptables-translate(8), without
#   their comments, and with what precedes them (`meta l4proto tcp`) though a port follows.
# Interfaces that are gone, groups of /etc/iproute2 and the local time do not occur in the rulesets.
settle() {
	perl -pe '
		s/ +/ /g;
		s/\{ ([^{}]*) \}/"{ " . join(", ", sort split(\/, \/, $1)) . " }"/ge;
		s/ip saddr >= 203\.0\.113\.32\/28/ip saddr & 255.255.255.240 >= 203.0.113.32/;
		next unless /^ip (raw|mangle|nat|filter) [\w-]+ \d+: /;
		s/set mark and 0xffffff00 xor 0x5 *$/set meta mark & 0xffffff00 ^ 0x00000005/;
		s/ct mark set mark$/ct mark set meta mark/;
		s/ct mark (set )?0x9\b/"ct mark " . ($1 \/\/ "") . "0x00000009"/e;
		s/(?<!meta )pkttype unicast/meta pkttype host/;
		s/ct original daddr/ct original ip daddr/;
		s/meta random & 2147483647 < 1073741824/xt match "statistic"/;
		s/xt match recent/xt match "recent"/g;
		s/meta l4proto tcp (?=(ip saddr \S+ \S+ )?tcp dport (81|88) )//;
		s/ comment "x y"$//;
	' | sort
}

if ! nft --version | grep -q 'v1\.0\.'; then
	skip "texts beside those of nft" "they are those of nft 1.0"
else
	# of iptables' own those of Docker and ufw: the others hold more words of iptables-translate(8)
	for file in "$rulesets"/*.nft "$rulesets"/docker*.ipt; do
		nft flush ruleset
		case $file in
		*.ipt) iptables-nft-restore <"$file" ;;
		*) nft -f "$file" ;;
		esac
		expected=$(listed | settle)
		[ -n "$expected" ]
		ok $? "${file##*/} is loaded"
		is "$(texts | settle)" "$expected" "${file##*/}: each rule as nft writes it"
	done
fi

# ---- comments ----
nft flush ruleset
escape=$'\e'
nft -f - <<RULES
table inet t {
	chain c {
		type filter hook input priority -7; policy drop;
		tcp dport 22 accept comment "ssh, for äll"
		tcp dport 23 drop comment "${escape}[2J${escape}]0;owned"
		log prefix "${escape}[31m" jump d
	}
	chain d { }
	set s { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0/8 . 1-9, 192.0.2.1 . 80 }; }
	map m { type inet_service : verdict; elements = { 22 : accept, 23 : jump d, 24 : drop }; }
}
RULES
where="WHERE namespace = (SELECT id FROM namespaces WHERE is_host)"
run query "SELECT position, text, comment FROM nft_rules $where ORDER BY position"
is "$(sed 1d <<<"$out")" "$(printf '%s\t%s\t%s\n' 1 'tcp dport 22 accept' 'ssh, for äll' \
	2 'tcp dport 23 drop' '\x1b[2J\x1b]0;owned' 3 'log prefix "\x1b[31m" jump d' '')" \
	"comments, and no escape reaches the terminal"
run query "SELECT family, table_name, chain, type, hook, priority, policy FROM nft_chains $where ORDER BY handle"
is "$(sed 1d <<<"$out")" "$(printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' \
	inet t c filter input -7 drop inet t d '' '' '' '')" "chains"
run query "SELECT name, type, flags, is_map, elements FROM nft_sets $where ORDER BY name"
is "$(sed 1d <<<"$out")" "$(printf '%s\t%s\t%s\t%s\t%s\n' m 'inet_service : verdict' '' 1 3 \
	s 'ipv4_addr . inet_service' interval 0 2)" "sets"

# ---- other namespaces, and none ----
ip netns exec out nft 'add table ip6 o; add chain ip6 o c; add rule ip6 o c iif lo accept'
run query "SELECT n.name, r.family, r.text FROM nft_rules r JOIN namespaces n ON n.id = r.namespace
	WHERE NOT n.is_host"
is "$(sed 1d <<<"$out")" "$(printf 'out\tip6\tiif "lo" accept')" "rules of another namespace"
out=$(setpriv --reuid 65534 --regid 65534 --clear-groups "$HARDEN" query \
	"SELECT status FROM coverage WHERE \"table\" = 'nft_rules' AND (SELECT count(*) FROM nft_rules) = 0" 2>&1)
like "$out" '^(denied|partial)$' "without root there are no rules, and the table says that it is not whole"

# ---- a large set costs the rules nothing ----
nft flush ruleset
{
	echo 'table inet big { set s { type ipv4_addr; elements = {'
	perl -e 'printf "10.%d.%d.%d,\n", $_ >> 16, $_ >> 8 & 255, $_ & 255 for 1 .. 100_000'
	printf '%s\n' '}; }' 'chain c { ip saddr @s drop; tcp dport { 1, 3 } accept; }' '}'
} | nft -f -
run query "SELECT elements FROM nft_sets $where AND name = 's'"
is "$(sed 1d <<<"$out")" 100000 "100,000 elements are counted"
run query "SELECT text FROM nft_rules $where"
is "$(sed 1d <<<"$out")" $'ip saddr @s drop\ntcp dport { 1, 3 } accept' "and the rules are there"
run record /run/live/big
[ "$(stat -c %s /run/live/big/nft_rules.rec)" -lt 100000 ] &&
	[ "$(stat -c %s /run/live/big/nft_sets.rec)" -gt 1000000 ]
ok $? "which are read without the elements of named sets"
finish
