#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Servers that mean harm (peers.c). Each is asked alone, on a host of its own, so that it is seen what
# becomes of the rules by that one: they are unknown, since nobody knows what it is; and no row calls
# it open or safe. Then all at once, beside real servers, which are judged as ever; and no report has
# a byte in it that acts on a terminal.
. tests/live/lib.sh
host_enter "$@"

for need in redis-server memcached mariadbd mariadb-install-db; do
	if ! command -v "$need" >/dev/null; then
		[ "${CI:-}" != true ] || echo "Bail out! there is no $need"
		echo "1..0 # SKIP there is no $need"
		exit 0
	fi
done
peers=$(realpath "$B/tests/live/peers")
outside_wire eth0 1
chmod 0777 /run/live
nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)

# ---- each alone ----
declare -A tables=([redis]=redis_servers [mysql]=mysql_servers [postgresql]=postgres_servers
	[memcached]=memcached_servers)
declare -A only=( # the rules over what it said
	[redis]='--only redis/[dioup]*'
	[mysql]='--only mysql/[aos]* --only mysql/root-*'
	[postgresql]='--only postgres/[dot]*'
	[memcached]='--only memcached/memcached-unauthenticated --only memcached/open*'
)
# What a row says that is more than "nobody knows".
declare -A judged=(
	[redis]="SELECT count(*) FROM redis_servers WHERE NOT is_loopback AND (outcome NOT IN
		('unknown', 'broken', 'not redis', 'tls', 'served') OR 1 IN (may_info, may_config, may_eval, may_write))"
	[mysql]="SELECT count(*) FROM mysql_servers WHERE outcome NOT IN ('unknown', 'busy', 'unsupported')
		OR 1 IN (is_root_empty, is_password_known, is_anonymous, skips_grants)"
	[postgresql]="SELECT count(*) FROM postgres_servers WHERE outcome <> 'unknown' OR is_password_known IS 1"
	[memcached]="SELECT count(*) FROM memcached_servers WHERE outcome IN ('served', 'noauth')"
)
echo 'allow: []' >/run/live/policy.yaml
cat >/run/live/alone.sh <<'EOT'
# alone.sh FOLDER TABLE ONLY JUDGED PROTOCOL ATTACK [OPTION...]: prints exit status, verdicts, findings,
# what the table is worth, and how many of its rows judge
. tests/live/lib.sh
mkdir "$1"
cd "$1" || exit
table=$2
only=$3
judged=$4
protocol=$5
attack=$6
shift 6
ip link set lo up
ip link add eth0 type veth peer name up0
ip address add 10.9.1.1/24 dev eth0
ip link set up0 up
ip link set eth0 up
server() { # server PORT OPTION...: a real Redis
	setpriv --reuid 65534 --regid 65534 --clear-groups redis-server --bind 127.0.0.1 --save '' \
		--daemonize yes --dir /run/live --port "$@" >/dev/null
}
case "$*" in
*"-u 7001"*) server 7001 ;;
*"-u 7002"*) server 7002 --requirepass 'zK7-long-and-random' ;;
esac
sleep 0.2 # a server that is not there yet would be another finding
"$PEERS" "$@" "$protocol" "$attack" 10.9.1.1 9999 >pid
# shellcheck disable=SC2086 # several options
timeout 60 "$HARDEN" -i /run/live/policy.yaml $only --save facts -o json=report >out 2>errors
status=$?
echo "$status $(json report verdicts verdict | sort -u | paste -sd,)" \
	"$(json report findings rule subject | wc -l) $(json report coverage table status | grep -oP "^$table \\| \\K.*")" \
	"$("$HARDEN" query --facts facts "$judged" 2>>errors | tail -n 1)" >result
EOT

# alone PROTOCOL ATTACK [OPTION...]: in the background; what it came to goes into a file of that name
alone() {
	local folder="/run/live/alone ${*//\//-}"
	while [ "$(jobs -rp | wc -l)" -ge 24 ]; do wait -n; done
	PEERS=$peers unshare --net --pid --fork --kill-child --mount-proc \
		bash /run/live/alone.sh "$folder" "${tables[$1]}" "${only[$1]}" "${judged[$1]}" "$@" &
	asked+=("$*")
}

# came_to PATTERN NAME: of all that were begun since the last call
came_to() {
	local result bad=0 each folder
	wait
	for each in "${asked[@]}"; do
		folder="/run/live/alone ${each//\//-}"
		result=$(cat "$folder/result" 2>&1)
		[[ "$result" =~ ^($1)$ ]] && continue
		bad=$((bad + 1))
		{
			echo "$each: $result"
			cat "$folder"/{errors,out}
		} 2>&1 | comment
	done
	is "$bad of ${#asked[@]}" "0 of ${#asked[@]}" "$2"
	asked=()
}
asked=()
nothing='3 unknown 0 partial 0'

for attack in $("$peers" redis list); do
	[ "$attack" = evil-folder ] || alone redis "$attack"
done
came_to "$nothing" "Redis: an attack after the first answers makes the rules unknown"
for attack in $("$peers" redis list) cut:{0,1,3,6}; do
	case $attack in
	*-later | evil-folder) ;;
	tls-endless) ;; # from the first byte on, that is TLS and nothing else
	*) alone redis "$attack" -f ;;
	esac
done
came_to "$nothing" "Redis: so does one from the first answer on"
alone redis close:999 -u 7001
alone redis close:999 -u 7002
came_to '0 pass 0 complete 1|1 fail,pass 1 complete 1' "the same way, a real one is judged"
for ((words = 0; words <= 16; words++)); do
	alone redis "reset:$words" -u 7001
	alone redis "close:$words" -u 7001
	[ "$words" -le 5 ] || continue
	alone redis "reset:$words" -u 7002
	alone redis "close:$words" -u 7002
done
alone redis drip -u 7001
alone redis drip -u 7002
came_to '3 unknown 0 partial [01]|1 fail,unknown 1 partial 1' "Redis: one that breaks off at any step passes no rule"

for protocol in mysql postgresql memcached; do
	for attack in $("$peers" "$protocol" list); do
		alone "$protocol" "$attack"
	done
	for attack in $("$peers" "$protocol" list); do
		case $attack in
		*-later | tls-*) ;;
		*) alone "$protocol" "$attack" -f ;;
		esac
	done
done
came_to "$nothing" "MySQL, PostgreSQL and memcached: so does each attack on them"
alone mysql infile -l /run/live/heard
came_to "$nothing" "mysql: one that asks for a file"
[ -s /run/live/heard ] && ! grep -q root: /run/live/heard
ok $? "is told who asks, and not what is in it"

# ---- all at once, beside real ones ----
echo "CREATE USER root@'%' IDENTIFIED BY '';" >/run/live/init.sql
# redis PORT OPTION...
redis() {
	"${nobody[@]}" redis-server --bind 10.9.1.1 --save '' --daemonize yes --dir /run/live --port "$@" \
		>/dev/null
	for ((tries = 0; tries < 100; tries++)); do
		[ -n "$(ss -Htln "sport = :$1")" ] && break
		sleep 0.05
	done
}
redis 6379 --protected-mode no
"${nobody[@]}" memcached -l 10.9.1.1 -p 11211 -U 0 &
"${nobody[@]}" mariadb-install-db --no-defaults --datadir=/run/live/data --innodb-log-file-size=4M \
	--auth-root-authentication-method=normal --skip-test-db >/run/live/install 2>&1
"${nobody[@]}" mariadbd --no-defaults --datadir=/run/live/data --port=3306 --bind-address=10.9.1.1 \
	--socket=/run/live/socket --pid-file=/run/live/pid --innodb-buffer-pool-size=8M \
	--innodb-log-file-size=4M --skip-name-resolve --init-file=/run/live/init.sql >/run/live/log 2>&1 &
redis 6380 --requirepass 'zK7-long-and-random'
for ((tries = 0; tries < 400; tries++)); do
	[ -S /run/live/socket ] && break
	sleep 0.05
done
# hostile PROTOCOL ATTACK [OPTION...]: at the next port
port=20000
hostile() {
	start "$peers" "${@:3}" "$1" "$2" 10.9.1.1 "$port"
	port=$((port + 1))
}
protocols=(redis mysql postgresql memcached)
for protocol in "${protocols[@]}"; do
	for attack in $("$peers" "$protocol" list); do
		hostile "$protocol" "$attack"
		hostile "$protocol" "$attack" -f
	done
done
# a greeting that ends at each byte: for who looks what speaks there, and for who then logs in
for ((bytes = 0; bytes < 78; bytes++)); do
	hostile mysql "cut:$bytes"
	hostile mysql "cut:$bytes" -f
done
for ((i = 0; i < 100; i++)); do
	hostile redis silent-later
done
outputs=()
formats=$("$HARDEN" --help | sed -n '/^formats:/,/^$/s/^  \([a-z]*\) .*/\1/p')
for format in $formats; do
	outputs+=(-o "$format=/run/live/report.$format")
done
# what is said of the real ones; the folder that two of the others give is what a worm leaves
say() {
	json /run/live/report.json findings rule subject | grep -v ' 10.9.1.1:2[0-9]*/tcp$'
}
run --only 'redis/*' --only 'm*/*' --only 'postgres/*' --save /run/live/facts "${outputs[@]}"
is "$status" 1 "all at once: an end, and what is found is found"
is "$(say)" "$(printf '%s/open-to-internet | 10.9.1.1:%s/tcp\n' memcached 11211 mysql 3306 redis 6379)" \
	"the open ones are found among them, and the good one is quiet"
is "$(json /run/live/report.json findings rule subject | grep -v /reachable | grep -c ' 10.9.1.1:2[0-9]*/tcp$')" 2 \
	"of the others, two say themselves that they write web pages"
is "$(json /run/live/report.json verdicts verdict | sort -u)" "$(printf 'fail\nunknown')" \
	"no rule is passed"
ask() { # of what was seen
	"$HARDEN" query --facts /run/live/facts "$1" 2>/dev/null | tail -n 1
}
for protocol in "${protocols[@]}"; do
	is "$(ask "SELECT count(*) FROM (${judged[$protocol]/count(\*)/*}) WHERE port >= 20000")" 0 \
		"$protocol: no row calls a hostile one open or safe"
done
is "$(ask "SELECT group_concat(outcome || coalesce(may_config, '-'), ' ') FROM (SELECT * FROM redis_servers
	WHERE port < 20000 ORDER BY port)")" "served1 noauth-" "the rows of the real ones are as ever"
for format in $formats; do
	file=/run/live/report.$format
	! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]' "$file" && iconv -f UTF-8 -t UTF-8 "$file" >/dev/null &&
		! grep -qP '\x{202e}|\x{9b}' "$file"
	ok $? "$format: nothing in it acts on a terminal"
	grep -qF 'x1b]0;owned' "$file"
	ok $? "$format: but it can be read"
done
finish
