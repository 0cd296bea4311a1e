#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Real PostgreSQL and memcached servers, good and bad ones side by side.
. tests/live/lib.sh
host_enter "$@"

initdb=$(find /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
if [ -z "$initdb" ] || ! command -v memcached >/dev/null; then
	[ "${CI:-}" != true ] || echo "Bail out! there is no postgresql or no memcached"
	echo "1..0 # SKIP there is no postgresql or no memcached"
	exit 0
fi

report=/run/live/report.json
chmod 1777 /run/live
cd /run/live || exit 1
outside_wire eth0 1
ip netns add box
host_wire box 2

as=(setpriv --reuid=postgres --regid=postgres --init-groups)
in_box=()
"${as[@]}" "$initdb" -D /run/live/fresh -A trust -U postgres >/run/live/install 2>&1 ||
	comment </run/live/install
openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out certificate -days 2 -subj /CN=live 2>/dev/null
chown postgres key
chmod 0600 key

# server PORT ADDRESS PASSWORD HBA [OPTION...]: HBA is the one line for TCP
server() {
	local port=$1 address=$2 password=$3 hba=$4
	shift 4
	cp -a fresh "data$port"
	if [ -n "$password" ]; then
		"${as[@]}" "${initdb%/*}/postgres" --single -D "/run/live/data$port" postgres >/dev/null 2>&1 \
			<<<"ALTER ROLE postgres PASSWORD '$password'"
	fi
	printf '%s\n' "local all all trust" "host all all 127.0.0.1/32 trust" "$hba" >"data$port/pg_hba.conf"
	"${in_box[@]}" "${as[@]}" "${initdb%/*}/postgres" -D "/run/live/data$port" -p "$port" \
		-c listen_addresses="$address" -c unix_socket_directories=/run/live -c fsync=off \
		-c shared_buffers=2MB -c max_connections=10 "$@" >"log$port" 2>&1 &
}
until_listening() { # until_listening PORT [COMMAND...]
	local port=$1
	shift
	for _ in {1..600}; do
		[ -z "$("$@" ss -Htln "sport = :$port")" ] || return 0
		sleep 0.1
	done
	tail "log$port" | comment
	echo "Bail out! nobody listens at $port"
	exit 1
}
server 5432 0.0.0.0 "" "host all all 0.0.0.0/0 trust"
server 6001 10.9.1.1 "" "host all all 0.0.0.0/0 trust"
server 6002 10.9.1.1 postgres "host all all 0.0.0.0/0 scram-sha-256"
server 6003 0.0.0.0 'zK7-long-and-random' "host all all 0.0.0.0/0 scram-sha-256"
server 6004 127.0.0.1 "" "host all all 0.0.0.0/0 reject"
server 6005 10.9.1.1 "" "host all all 0.0.0.0/0 reject"
server 6006 10.9.1.1 "" "hostnossl all all 0.0.0.0/0 trust" -c ssl=on -c ssl_key_file=/run/live/key \
	-c ssl_cert_file=/run/live/certificate
server 6007 10.9.1.1 password "hostssl all all 0.0.0.0/0 md5" -c ssl=on -c ssl_key_file=/run/live/key \
	-c ssl_cert_file=/run/live/certificate
in_box=(ip netns exec box)
server 6008 0.0.0.0 "" "host all all 0.0.0.0/0 trust"

# memcached ADDRESS PORT [OPTION...]
cached() {
	memcached -d -u nobody -l "$1" -p "$2" "${@:3}"
}
cached 0.0.0.0 11211
cached 10.9.1.1 7001 -U 7001
cached 10.9.1.1 7002
cached 127.0.0.1 7003
printf 'app:zK7-long-and-random\n' >tokens
chmod 0644 tokens
cached 10.9.1.1 7004 -Y /run/live/tokens
for port in 5432 6001 6002 6003 6004 6005 6006 6007 11211 7001 7002 7003 7004; do
	until_listening "$port"
done
until_listening 6008 ip netns exec box
nft -f - <<'RULES'
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		iifname "lo" accept
		tcp dport { 5432, 6003, 11211 } accept
		ip saddr 10.0.0.0/8 accept
	}
}
RULES
cat >policy.yaml <<'YAML'
allow:
  - { port: [6001-6008/tcp, 7002/tcp, 7004/tcp], from: 10.0.0.0/8 }
YAML
cd "$OLDPWD" || exit 1

run -i /run/live/policy.yaml --only 'postgres/*' --only 'memcached/*' -o json="$report" -o text
is "$(json "$report" findings rule subject)" "$(LC_ALL=C sort <<-'EOT'
	postgres/open-to-internet | 0.0.0.0:5432/tcp
	postgres/trust-auth-remote | 10.9.1.1:6001/tcp
	postgres/default-password | 10.9.1.1:6002/tcp
	postgres/reachable | 0.0.0.0:6003/tcp
	postgres/trust-auth-remote | 10.9.1.1:6006/tcp
	postgres/default-password | 10.9.1.1:6007/tcp
	postgres/trust-auth-remote | box 0.0.0.0:6008/tcp
	memcached/open-to-internet | 0.0.0.0:11211/tcp
	memcached/memcached-unauthenticated | 10.9.1.1:7001/tcp
	memcached/memcached-udp | 10.9.1.1:7001/udp
EOT
)" "every bad one is found, every good one is quiet"
is "$status" 1 "exit 1"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" "all were asked"
finish
