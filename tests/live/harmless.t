#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Two hundred audits in a row, of a real Redis and a real MariaDB: the one holds byte for byte what it
# held, and the other has not blocked the host, which it does after a hundred connections that were
# not brought to their end (max_connect_errors), as the last test shows.
. tests/live/lib.sh
host_enter "$@"

for need in redis-server redis-cli mariadbd mariadb-install-db mariadb; do
	if ! command -v "$need" >/dev/null; then
		[ "${CI:-}" != true ] || echo "Bail out! there is no $need"
		echo "1..0 # SKIP there is no $need"
		exit 0
	fi
done
outside_wire eth0 1
chmod 0777 /run/live
cd /run/live || exit 1
nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)

until_true() { # until_true COMMAND...
	for ((tries = 0; tries < 400; tries++)); do
		"$@" >/dev/null 2>&1 && return
		sleep 0.05
	done
	echo "Bail out! never true: $*"
	exit 1
}

# ---- Redis: one for everyone, one behind a password ----
"${nobody[@]}" redis-server --bind 10.9.1.1 --port 6379 --protected-mode no --save '' \
	--enable-debug-command yes --daemonize yes --dir /run/live >/dev/null
"${nobody[@]}" redis-server --bind 10.9.1.1 --port 6380 --requirepass 'zK7-long-and-random' --save '' \
	--enable-debug-command yes --daemonize yes --dir /run/live >/dev/null
# shellcheck disable=SC2317 # called by their names
open() {
	redis-cli -h 10.9.1.1 "$@"
}
# shellcheck disable=SC2317
closed() {
	REDISCLI_AUTH='zK7-long-and-random' redis-cli -h 10.9.1.1 -p 6380 "$@"
}
for server in open closed; do
	until_true "$server" ping
	"$server" <<-'EOT' >/dev/null
		SET text "\x00\xff\r\n bytes"
		SET backup1 "\n\n*/2 * * * * root true\n"
		EXPIRE backup1 100000
		HSET hash a 1 b 2
		RPUSH list a b c
		SADD set a b c
		ZADD sorted 1 a 2 b
		XADD stream 1-1 a 1
		PFADD counted a b c
		SELECT 7
		SET elsewhere 1
		CONFIG RESETSTAT
	EOT
done
writing='set|del|flush|config.set|config.rewrite|eval|script|keys|save|bgsave|slaveof|replicaof|migrate|module'
held() { # held SERVER: what it holds, how it is set up, and what was ever written to it
	local key base
	"$1" debug digest
	for base in 0 7; do
		while read -r key; do
			printf '%s ' "$base" "$key" "$("$1" -n "$base" dump "$key" | md5sum)"
			"$1" -n "$base" expiretime "$key"
		done < <("$1" -n "$base" --scan | sort)
	done
	"$1" config get '*' | md5sum
	"$1" acl list
	"$1" lastsave
	"$1" info persistence | grep rdb_changes_since_last_save
	"$1" info replication | grep -E '^(role|connected_slaves)'
	"$1" info commandstats | grep -oE "^cmdstat_($writing)[a-z|]*:"
}

# ---- MariaDB: an account for every host, whose password nobody guesses ----
# It looks up who calls; the answer comes from a file, and it is in no hurry otherwise.
printf '127.0.0.1 localhost\n10.9.1.1 live\n' >hosts
printf 'nameserver 127.0.0.1\n' >resolv.conf
mount --bind hosts /etc/hosts
mount --bind resolv.conf "$(realpath /etc/resolv.conf)"
"${nobody[@]}" mariadb-install-db --no-defaults --datadir=/run/live/data --innodb-log-file-size=4M \
	--auth-root-authentication-method=normal --skip-test-db >install 2>&1 || {
	comment <install
	echo "Bail out! mariadb-install-db"
	exit 1
}
"${nobody[@]}" mariadbd --no-defaults --datadir=/run/live/data --port=3306 --bind-address=0.0.0.0 \
	--socket=/run/live/socket --pid-file=/run/live/pid --innodb-buffer-pool-size=8M \
	--innodb-log-file-size=4M --performance-schema=ON >log 2>&1 &
sql() {
	mariadb --no-defaults --batch --skip-column-names --socket=/run/live/socket --user=root "$@"
}
until_true sql -e 'SELECT 1'
sql -e "CREATE USER root@'%' IDENTIFIED BY 'zK7-long-and-random';
	DROP USER IF EXISTS root@live, ''@live, ''@localhost" # for whoever calls from here
log_in() { # log_in PASSWORD: from the host's own address; prints 1, or the number of the error
	mariadb --no-defaults --batch --skip-column-names --host=10.9.1.1 --user=root --password="$1" \
		-e 'SELECT 1' 2>&1 | grep -oE '^1$|\b(1045|1129|1130)\b'
}
is "$(sql -e 'SELECT @@max_connect_errors')" 100 "a hundred such connections, and the host is blocked"

# ---- two hundred audits ----
query="SELECT (SELECT count(*) FROM redis_servers) + (SELECT count(*) FROM mysql_servers) AS servers"
audits() { # audits COUNT: one after the other
	for ((i = 0; i < $1; i++)); do
		"$HARDEN" query "$query" 2>&1 | paste -sd ' '
	done
}
before_open=$(held open)
before_closed=$(held closed)
for batch in 1 2 3 4 5 6 7 8; do
	audits 25 >"answers$batch" &
	batches[batch]=$!
done
wait "${batches[@]}"
# A machine that stands still for a second makes a table partial, and that it says so is right.
is "$(sort answers? | grep -v 'is partial' | uniq -c | tr -s ' ' | cut -d ' ' -f 3-)" "servers 4" \
	"two hundred audits, and each saw them all, MariaDB from two addresses, or says that it did not"
[ "$(grep -cx 'servers 4' <(cat answers?))" -ge 190 ]
ok $? "and hardly one did not"
sort answers? | grep -vx 'servers 4' | sort -u | comment
is "$(held open)" "$before_open" "the Redis that is open to everyone holds what it held"
is "$(held closed)" "$before_closed" "so does the one with a password"
is "$(log_in wrong)" 1045 "the host is not blocked: a wrong password is a wrong password"
is "$(log_in zK7-long-and-random)" 1 "and the right one lets in"
is "$(sql -e "SELECT ip, sum_connect_errors, count_host_blocked_errors, count_handshake_errors
	FROM performance_schema.host_cache")" $'10.9.1.1\t0\t0\t0' "not one connection was counted against it"
for ((i = 0; i < 101; i++)); do
	exec 3<>/dev/tcp/10.9.1.1/3306
	head -c 4 <&3 >/dev/null
	exec 3>&-
done
is "$(log_in zK7-long-and-random)" 1129 "that is what connections without an end come to"
finish
