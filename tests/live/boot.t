#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What comes back after a reboot. What is declared is compared with what nft and iptables-restore make
# of the same file; then two rules over live tables, and over what is in a copy of /etc.
# shellcheck source=tests/live/lib.sh
. tests/live/lib.sh
host_enter "$@"

report=/run/live/report.json
wants=/etc/systemd/system/sysinit.target.wants
for program in nft iptables-nft-restore; do
	if ! command -v "$program" >/dev/null; then
		echo "1..0 # SKIP there is no $program"
		exit 0
	fi
done

# From here on /etc is a copy that goes with this test. Nothing below may be run without it.
own_etc() {
	local folder
	cp -a /etc /run/live/etc && mount --bind /run/live/etc /etc && touch /etc/live-copy || return
	[ -e /run/live/etc/live-copy ] || return
	for folder in nftables nftables.d iptables ufw systemd sysconfig network NetworkManager cron.d \
		networkd-dispatcher local.d firewalld; do
		rm -rf "/etc/${folder:?}"
	done
	rm -f /etc/nftables.conf /etc/nftables.nft /etc/rc.local /etc/default/ufw
	[ ! -d /var/spool/cron ] || mount -t tmpfs tmpfs /var/spool/cron || return
	mkdir -p /run/systemd/system /etc/nftables.d /etc/nftables /etc/iptables "$wants"
}
if ! own_etc; then
	echo "Bail out! there is no copy of /etc to work on"
	exit 1
fi
outside_wire eth0 1

# declared: the chains that the table has, as "family table chain"
declared() {
	"$HARDEN" query "SELECT DISTINCT family || ' ' || table_name || ' ' || chain AS chains
		FROM boot_rulesets WHERE chain IS NOT NULL ORDER BY 1" 2>/run/live/errors | tail -n +2
}

# loaded COMMAND...: the chains that the kernel has once the command has run in a namespace of its own
loaded() {
	# shellcheck disable=SC2016 # for the shell in there
	unshare --net bash -c 'cd /; "$@" || echo refused; nft list chains' - "$@" 2>/dev/null | awk '
		/^refused/ { print }
		/^table/ { family = $2; table = $3 }
		/^\tchain/ { print family, table, $2 }' | sort
}

agree() { # agree NAME: /etc/nftables.conf is on standard input
	cat >/etc/nftables.conf
	is "$(declared)" "$(loaded nft -f /etc/nftables.conf)" "as nft loads it: $1"
	unlike "$(cat /run/live/errors)" boot_rulesets "and nothing is missing: $1"
	unlike "$(loaded nft -f /etc/nftables.conf)" refused "which it does: $1"
}

# ---- what a file declares ----
agree "a block, a family left out" <<'END'
#!/usr/sbin/nft -f
flush ruleset
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ip saddr { 10.0.0.0/8,
			192.0.2.1 } tcp dport 22 accept comment "no } chain x {"
	}
	set bad {
		type ipv4_addr; flags interval
		elements = { 1.2.3.4 }
	}
	chain own { # chain no {
	}
}
table t {
	chain a {
	}
}
END
agree "commands, lines that go on" <<'END'
define ports = { 22, 80 }
add table ip6 \
	t
add chain ip6 t a { type filter hook input priority 0; policy accept; }; create chain ip6 t b
add rule ip6 t a tcp dport $ports accept
ip6 t b counter
table ip gone {
	chain x {
	}
}
delete table ip gone
table ip t {
	chain c {
	}; chain d {
	}
}
delete chain t c
END
agree "what stands before a flush is gone" <<'END'
table ip a {
	chain x {
	}
}
table ip6 a {
	chain y {
	}
}
flush ruleset ip
END
printf 'chain inner {\n}\n' >/etc/nftables/inner
printf 'table inet b {\nchain two {\n}\n}\n' >/etc/nftables.d/b.nft
printf 'table inet b {\nchain one {\n}\n}\n' >/etc/nftables.d/a.nft
printf 'broken {' >/etc/nftables.d/other.conf
agree "includes: by glob, by name, in a table, from /" <<'END'
include "nftables.d/*.nft"
include "/etc/nftables.d/none*.nft"
table ip t {
	include "./etc/nftables/inner"
}
END

for text in 'table t {\nchain a {\n}\n' 'table t {\n}\n}\n' 'include "nftables/none"\n' \
	'table t {\nset s { comment "x }\n}\n'; do
	printf 'table ip early {\nchain x {\n}\n}\n%b' "$text" >/etc/nftables.conf
	is "$(loaded nft -f /etc/nftables.conf)" "refused" "nft refuses: ${text//\\n/ }"
	is "$(declared)" "" "and nothing is declared"
	like "$(cat /run/live/errors)" '/etc/nftables.conf:[0-9]+: ' "with file and line"
done
rm -rf /etc/nftables.conf /etc/nftables.d/*

unshare --net bash -c 'iptables-nft -P INPUT DROP; iptables-nft -N mine; iptables-nft -t nat -N other
	iptables-nft -t nat -A PREROUTING -j other; iptables-nft-save' >/etc/iptables/rules.v4
is "$(declared)" "$(loaded iptables-nft-restore /etc/iptables/rules.v4)" "as iptables-restore loads it"
like "$(declared)" '^ip filter mine$' "with chains of one's own"
printf '%s\n' '*filter' '-P INPUT DROP' '-A FORWARD -j DROP' COMMIT '*raw' '-I PREROUTING -j DROP' COMMIT \
	>/etc/iptables/rules.v4
is "$(declared)" "$(loaded iptables-nft-restore /etc/iptables/rules.v4)" "and one that is written by hand"
rm /etc/iptables/rules.v4

# ---- gone after a reboot ----
# judge: the findings of the two rules to $found
judge() {
	run --only 'exposure/firewall-*' -o json="$report" --fail-on none
	found=$(json "$report" findings rule subject)
}
cat >/etc/nftables.conf <<'END'
flush ruleset
table inet filter {
	chain input {
		type filter hook input priority 0; policy accept;
		tcp dport 6379 drop
	}
}
END
judge
is "$found" "" "no rules are live, and none is missed"
nft -f /etc/nftables.conf
judge
is "$found" "exposure/firewall-not-persistent | inet filter" "live, and nftables.service is not enabled"
like "$(json "$report" findings detail)" '/etc/nftables.conf does, and is not loaded' "and what has it, is said"
ln -s /lib/systemd/system/nftables.service "$wants/nftables.service"
judge
is "$found" "" "enabled"
is "$status" 0 "and all of it has been seen"
ln -s /dev/null /etc/systemd/system/nftables.service
judge
is "$found" "exposure/firewall-not-persistent | inet filter" "masked"
rm /etc/systemd/system/nftables.service

iptables-nft -N DOCKER-USER
iptables-nft -P FORWARD DROP
iptables-nft -A FORWARD -j DOCKER-USER
judge
is "$found" "exposure/firewall-reload-breaks-docker | /etc/nftables.conf" \
	"the file flushes the rules of Docker, and these come back by themselves"
sed -i '1s/.*/table inet filter\ndelete table inet filter/' /etc/nftables.conf
judge
is "$found" "" "a file that makes its own table anew"
nft -f /etc/nftables.conf
is "$(nft list chains | grep -c DOCKER-USER)" 1 "leaves them alone, too"
iptables-nft -A FORWARD -i eth0 -p tcp --dport 5432 -j DROP
judge
is "$found" "exposure/firewall-not-persistent | ip filter" "a rule of one's own among Docker's"

mv /etc/nftables.conf /etc/nftables/main
ln -s /etc/nftables/main /etc/nftables.conf
judge
is "$status" 3 "a link is not followed: nobody knows"
is "$found" "" "and nothing is claimed"
finish
