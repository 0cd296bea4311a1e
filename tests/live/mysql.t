#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Real MariaDB servers, good and bad ones side by side, at whatever port and in another namespace: each
# bad one is found by its rule, each good one is quiet, and none of them counts us as a nuisance.
. tests/live/lib.sh
host_enter "$@"

for need in mariadbd mariadb-install-db mariadb openssl; do
	if ! command -v "$need" >/dev/null; then
		[ "${CI:-}" != true ] || echo "Bail out! there is no $need"
		echo "1..0 # SKIP there is no $need"
		exit 0
	fi
done

talk=$(realpath "$B/tests/live/talk_sql")
report=/run/live/report.json
chmod 1777 /run/live
export TMPDIR=/run/live
outside_wire eth0 1
ip netns add box
host_wire box 2
# Names are looked up, as by default, and found, since there is no name server here.
printf '%s\n' "127.0.0.1 localhost" "::1 localhost" "10.9.1.1 here" "10.9.1.2 asker" "10.9.2.2 box" \
	"203.0.114.9 stranger" >/run/live/hosts
mount --bind /run/live/hosts /etc/hosts

if ! mariadb-install-db --no-defaults --user=mysql --datadir=/run/live/fresh --skip-test-db \
	--tmpdir=/run/live --auth-root-authentication-method=normal >/run/live/install 2>&1; then
	tail /run/live/install | comment
	echo "Bail out! mariadb-install-db"
	exit 1
fi
openssl req -x509 -newkey rsa:2048 -nodes -keyout /run/live/key -out /run/live/certificate -days 2 \
	-subj /CN=live 2>/dev/null
chown mysql /run/live/key

as=(env)
user=mysql
# server PORT ADDRESS SQL OPTION...: one with a copy of the fresh data, and accounts made by the SQL
server() {
	local port=$1 address=$2 accounts=$3
	shift 3
	cp -a /run/live/fresh "/run/live/data$port"
	[ -z "$accounts" ] || sed 's/$/;/; s/; /;\n/g' <<<"$accounts" >"/run/live/init$port"
	[ -z "$accounts" ] || set -- "--init-file=/run/live/init$port" "$@"
	"${as[@]}" mariadbd --no-defaults --user="$user" --datadir="/run/live/data$port" \
		--tmpdir=/run/live --socket="/run/live/socket$port" --bind-address="$address" \
		--port="$port" --pid-file="/run/live/pid$port" --innodb-buffer-pool-size=8M \
		--innodb-log-file-size=4M --performance-schema=ON --key-buffer-size=1M --aria-pagecache-buffer-size=1M \
		"$@" >"/run/live/log$port" 2>&1 &
}
until_listening() { # until_listening PORT [COMMAND...]: at most a minute
	local port=$1
	shift
	for _ in {1..600}; do
		[ -z "$("$@" ss -Htln "sport = :$port")" ] || return 0
		sleep 0.1
	done
	tail "/run/live/log$port" | comment
	echo "Bail out! nobody listens at $port"
	exit 1
}

# What an unattended installation leaves behind is dropped first.
good="ALTER USER root@localhost IDENTIFIED BY 'j8Hs-q2.long'"
strong="CREATE USER root@'%' IDENTIFIED BY 'Vb7-kq2.xx0'"
server 3306 0.0.0.0 "$good; CREATE USER root@'%'"
server 4001 10.9.1.1 "$good; CREATE USER root@'%' IDENTIFIED BY 'root'"
server 4002 0.0.0.0 "$good; $strong; CREATE USER app@'%' IDENTIFIED BY 'j8Hs-q'"
server 4003 10.9.1.1 "$good; CREATE USER ''@'%'"
server 4004 0.0.0.0 "" --skip-grant-tables
server 4005 0.0.0.0 "$good; CREATE USER app@'%' IDENTIFIED BY 'j8Hs-q' REQUIRE SSL" --ssl-key=/run/live/key \
	--ssl-cert=/run/live/certificate --require-secure-transport=ON
server 4006 127.0.0.1 ""
server 4007 0.0.0.0 "ALTER USER root@localhost IDENTIFIED VIA unix_socket"
server 4008 0.0.0.0 "$good; CREATE USER root@'%' IDENTIFIED VIA ed25519 USING PASSWORD('Vb7-kq2.xx0')" \
	--plugin-load-add=auth_ed25519
server 4009 10.9.1.1 "$good; CREATE USER root@'%' IDENTIFIED BY 'Zx-team-2019'"
as=(env MYSQL_ROOT_PASSWORD=trivial)
server 4010 10.9.1.1 "$good; CREATE USER root@'%' IDENTIFIED BY 'trivial'"
as=(env MYSQL_ROOT_PASSWORD=Vb7-kq2.strong)
server 4011 10.9.1.1 "$good; CREATE USER root@'%' IDENTIFIED BY 'Vb7-kq2.strong'"
as=(ip netns exec box)
server 4012 0.0.0.0 "CREATE USER root@'%'"
as=(env)
chown -R root /run/live/fresh
user=root
server 4013 0.0.0.0 "$good"
for port in 3306 4001 4002 4003 4004 4005 4006 4007 4008 4009 4010 4011 4013; do
	until_listening "$port"
done
until_listening 4012 ip netns exec box

nft -f - <<'RULES'
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established accept
		iifname "lo" accept
		tcp dport { 3306, 4002 } accept
		ip saddr 10.0.0.0/8 tcp dport 4001-4013 accept
	}
}
RULES
cat >/run/live/policy.yaml <<'YAML'
allow:
  - { port: [3306/tcp, 4001-4013/tcp], from: 10.0.0.0/8 }
  - { port: 4002/tcp, from: 203.0.114.9/32 }
try_passwords: [Zx-team-2019]
YAML

run -i /run/live/policy.yaml --only 'mysql/*' -o json="$report" -o text
is "$(json "$report" findings rule subject)" "$(LC_ALL=C sort <<-'EOT'
	mysql/open-to-internet | 0.0.0.0:3306/tcp
	mysql/reachable | 0.0.0.0:4002/tcp
	mysql/root-default-password | 10.9.1.1:4001/tcp
	mysql/root-default-password | 10.9.1.1:4009/tcp
	mysql/root-default-password | 10.9.1.1:4010/tcp
	mysql/anonymous-user | 10.9.1.1:4003/tcp
	mysql/skip-grant-tables | 0.0.0.0:4004/tcp
	mysql/root-empty-password | 127.0.0.1:4006/tcp
	mysql/root-empty-password | box 0.0.0.0:4012/tcp
	mysql/runs-as-root | 0.0.0.0:4013/tcp
EOT
)" "every bad one is found, every good one is quiet"
is "$status" 1 "exit 1"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" "all were asked"
run query "SELECT count(*) FROM mysql_servers WHERE version LIKE '%MariaDB%' OR error = 1130"
is "${out##*$'\n'}" 22 "each from another address than loopback's, and from there where it listens"
! grep -Eq 'Zx-team|trivial|Vb7' "$report"
ok $? "no password is in the report"
run --only 'mysql/*' -i /run/live/policy.yaml --save /run/live/facts
! grep -aEq 'Zx-team|trivial|Vb7' /run/live/facts
ok $? "nor in the facts"

errors_of() { # what the server counts against hosts; the socket lets its own user in
	mariadb --no-defaults --socket="/run/live/socket$1" -u root --password='j8Hs-q2.long' -N -e \
		"SELECT coalesce(sum(sum_connect_errors), 0) FROM performance_schema.host_cache"
}
for port in 4002 4005 4008; do
	is "$(errors_of "$port")" 0 "port $port counts no broken handshake"
done

# ---- a stranger who tries one password after the other ----
outside ip address add 203.0.114.9/32 dev lo
outside ip route replace 10.9.1.1 dev up-eth0 src 203.0.114.9
guess() { # guess PORT TIMES
	for ((i = 0; i < $2; i++)); do
		outside "$talk" mysql 10.9.1.1 "$1" root "guess$i" >/dev/null
	done
}
guess 3306 60
guess 4002 60
run -i /run/live/policy.yaml --only mysql/bruteforce-in-progress -o json="$report"
is "$(json "$report" findings rule subject)" "mysql/bruteforce-in-progress | 0.0.0.0:3306/tcp" \
	"a stranger's guesses show; one who is meant to connect may"
finish
