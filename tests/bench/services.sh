#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Whom Redis and MariaDB let in, beside what one would run instead, nmap with its scripts, over the same
# real servers: four of five are Redis. Medians of runs that take turns; the aim is a fiftieth of the
# time. It asserts nothing.
# Usage: tests/bench/services.sh PROGRAM   (RUNS for each figure, default 3; B as for make)
. tests/live/lib.sh

HARDEN=$(realpath "${1:-$HARDEN}")
measure=$(realpath "$B/tests/bench/measure")
RUNS=${RUNS:-3}
export RUNS
for need in nmap redis-server mariadbd mariadb-install-db; do
	if ! command -v "$need" >/dev/null; then
		echo "services.sh: there is no $need: ci/deps.sh build test bench"
		exit 0
	fi
done
host_enter "$HARDEN"

outside_wire eth0 1
nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
chmod 0777 /run/live

redis() { # redis PORT
	"${nobody[@]}" redis-server --port "$1" --save '' --daemonize yes --dir /run/live \
		--protected-mode no >/dev/null
}

# mariadb PORT: each with a copy of the same empty database, and no larger than it must be
mariadb() {
	if [ ! -d /run/live/empty ]; then
		"${nobody[@]}" mariadb-install-db --no-defaults --datadir=/run/live/empty \
			--innodb-log-file-size=4M --auth-root-authentication-method=normal --skip-test-db \
			>/run/live/log 2>&1
	fi
	"${nobody[@]}" cp -r /run/live/empty "/run/live/data$1"
	"${nobody[@]}" mariadbd --no-defaults --datadir="/run/live/data$1" --port="$1" \
		--socket="/run/live/socket$1" --pid-file="/run/live/pid$1" --bind-address=0.0.0.0 \
		--innodb-buffer-pool-size=8M --innodb-log-file-size=4M --key-buffer-size=16K \
		--performance-schema=OFF --skip-name-resolve >"/run/live/log$1" 2>&1 &
}

wait_for() { # wait_for PORT
	for ((tries = 0; tries < 200; tries++)); do
		[ -n "$(ss -Htln "sport = :$1")" ] && return
		sleep 0.1
	done
	echo "services.sh: nothing listens on port $1"
	tail /run/live/log* | comment
	exit 1
}

median() { # of the file $1
	cut -d ' ' -f 1 "$1" | sort -n | sed -n "$(((RUNS + 1) / 2))p"
}

only=(--only 'redis/*')
asked=Redis
if "$HARDEN" rules | grep -q mysql/; then
	only+=(--only 'mysql/*')
	asked='Redis and MariaDB'
fi

figures() { # figures REDIS MARIADB
	local ports="6001-$((6000 + $1)),7001-$((7000 + $2))"
	rm -f /run/live/{nmap,ours}
	for _ in $(seq "$RUNS"); do
		"$measure" nmap -n -Pn -sV --script redis-info,mysql-empty-password -p "$ports" 127.0.0.1 \
			>>/run/live/nmap
		"$measure" "$HARDEN" "${only[@]}" >>/run/live/ours
	done
	perl -e 'printf "%-28s %10.0f %10.0f %8.0f  %s\n", @ARGV[0 .. 2], $ARGV[1] / $ARGV[2],
		$ARGV[1] >= 50 * $ARGV[2] ? "" : "slower than the aim, 50"' \
		"$1 Redis, $2 MariaDB" "$(median /run/live/nmap)" "$(median /run/live/ours)"
}

echo "# nmap asks all; harden: $asked"
printf '%-28s %10s %10s %8s\n' servers 'nmap ms' 'harden ms' ratio
made_redis=0
made_mariadb=0
for load in 4:1 40:10; do
	for ((; made_redis < ${load%:*}; made_redis++)); do redis $((6001 + made_redis)); done
	for ((; made_mariadb < ${load#*:}; made_mariadb++)); do mariadb $((7001 + made_mariadb)); done
	for ((i = 1; i <= made_redis; i++)); do wait_for $((6000 + i)); done
	for ((i = 1; i <= made_mariadb; i++)); do wait_for $((7000 + i)); done
	figures "${load%:*}" "${load#*:}"
done
