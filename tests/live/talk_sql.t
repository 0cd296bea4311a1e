#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The conversations of audit/talk/ with real servers: MariaDB and PostgreSQL of this test's own, asked
# from a network namespace outside, from the host's own address, and over loopback.
. tests/live/lib.sh
host_enter "$@"

talk=$(realpath "$B/tests/live/talk_sql")
initdb=$(find /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
if ! command -v mariadbd >/dev/null || [ -z "$initdb" ]; then
	echo "1..0 # SKIP needs mariadb-server and postgresql"
	exit 0
fi
outside_wire eth0 1
export TMPDIR=/run/live
chmod 1777 /run/live
cd /run/live || exit 1

# ask EXPECTED NAME ARGUMENT...: what one try learns has each of the words of EXPECTED
ask() {
	local expected=$1 name=$2 got word
	shift 2
	got=$("$talk" "$@" 2>&1)
	for word in $expected; do
		if [[ " $got " != *" $word "* ]]; then
			ok 1 "$name"
			comment <<<"got $got, not $word"
			return
		fi
	done
	ok 0 "$name"
}

# out_ask EXPECTED NAME ARGUMENT...: the same from outside
out_ask() {
	local talk_here=$talk
	talk=/run/live/outside-talk
	ask "$@"
	talk=$talk_here
}
printf '#!/bin/sh\nexec nsenter --net=/proc/self/fd/8 %s "$@"\n' "$talk" >outside-talk
chmod 0755 outside-talk

# until_true COMMAND...: at most a minute
until_true() {
	for _ in {1..300}; do
		! "$@" >/dev/null 2>&1 || return 0
		sleep 0.2
	done
	echo "Bail out! never true: $*"
	exit 1
}

sql() {
	mariadb --no-defaults --socket=/run/live/my/socket -e "$1"
}

# Names are looked up, or the server would not count the errors of a host; each is in /etc/hosts, as
# without a name server others would take seconds.
printf '%s\n' "127.0.0.1 localhost" "10.9.1.1 here" "10.9.1.2 asker" >hosts
mount --bind hosts /etc/hosts

mariadb_start() {
	mariadbd --no-defaults --user=mysql --datadir=/run/live/my/data --tmpdir=/run/live/my \
		--socket=/run/live/my/socket --bind-address=0.0.0.0 --port=3306 \
		--pid-file=/run/live/my/pid --innodb-buffer-pool-size=16M \
		"$@" >>/run/live/my/log 2>&1 &
	mariadb_pid=$!
	until_true sql 'SELECT 1'
}

mariadb_stop() {
	kill "$mariadb_pid"
	wait "$mariadb_pid"
}

install -d -o mysql my
if ! mariadb-install-db --no-defaults --user=mysql --datadir=/run/live/my/data --skip-test-db \
	--tmpdir=/run/live/my --auth-root-authentication-method=normal >my/install 2>&1; then
	tail my/install | comment
	echo "Bail out! mariadb-install-db"
	exit 1
fi
openssl req -x509 -newkey rsa:2048 -nodes -keyout my/key -out my/certificate -days 2 \
	-subj /CN=live 2>/dev/null
chown mysql my/key

mariadb_start --plugin-load-add=auth_ed25519 --max-connect-errors=10
ask "outcome=accepted mariadb=1 offered=0 plugin=mysql_native_password" \
	"MariaDB: root without a password over loopback" mysql 127.0.0.1 3306 root -
like "$("$talk" mysql 127.0.0.1 3306 root -)" "version=[0-9.]+-MariaDB" "its version, without 5.5.5-"
out_ask "outcome=host-not-allowed error=1130" "1130: no account for the host outside" \
	mysql 10.9.1.1 3306 root -
ask "outcome=host-not-allowed" "nor for the host's own address" mysql 10.9.1.1 3306 root -
ask "outcome=denied error=1045" "a name that is nobody's" mysql 127.0.0.1 3306 hq3xnobody -
sql "CREATE USER other@'%' IDENTIFIED BY 'j8Hs-q'"
out_ask "outcome=denied error=1045" "another account for the host makes it 1045 for root as well" \
	mysql 10.9.1.1 3306 root -
sql "CREATE USER root@'%'"
out_ask "outcome=accepted" "root without a password from outside" mysql 10.9.1.1 3306 root -
ask "outcome=accepted" "and by the host's own address" mysql 10.9.1.1 3306 root -
sql "SET PASSWORD FOR root@'%' = PASSWORD('root')"
out_ask "outcome=denied" "root/root denies the empty one" mysql 10.9.1.1 3306 root -
out_ask "outcome=accepted answered=1" "root/root" mysql 10.9.1.1 3306 root root
sql "SET PASSWORD FOR root@'%' = PASSWORD('Vb7-kq2.xx0')"
out_ask "outcome=denied" "a strong password denies root" mysql 10.9.1.1 3306 root root
sql "ALTER USER root@'%' IDENTIFIED VIA unix_socket"
out_ask "outcome=denied error=1698" "unix_socket denies over TCP" mysql 10.9.1.1 3306 root -
sql "CREATE USER signs@'%' IDENTIFIED VIA ed25519 USING PASSWORD('secret')"
out_ask "outcome=accepted plugin=client_ed25519" "ed25519, the password" \
	mysql 10.9.1.1 3306 signs secret
out_ask "outcome=denied plugin=client_ed25519" "ed25519, another one" mysql 10.9.1.1 3306 signs secreT
out_ask "outcome=denied plugin=client_ed25519" "ed25519, none" mysql 10.9.1.1 3306 signs -
sql "CREATE USER locked@'%' IDENTIFIED BY 'x' ACCOUNT LOCK;
	CREATE USER expired@'%' IDENTIFIED BY 'x' PASSWORD EXPIRE"
out_ask "outcome=locked error=4151" "a locked account" mysql 10.9.1.1 3306 locked x
out_ask "outcome=accepted" "an expired password lets in" mysql 10.9.1.1 3306 expired x
out_ask "outcome=denied" "the anonymous user: none yet" mysql 10.9.1.1 3306 hq3xnobody -
sql "CREATE USER ''@'%'"
out_ask "outcome=accepted" "the anonymous user" mysql 10.9.1.1 3306 hq3xnobody -
out_ask "outcome=denied" "which is not skip-grant-tables" mysql 10.9.1.1 3306 hq3xnobody Xy0-random
sql "DROP USER ''@'%'"

for _ in {1..50}; do
	for try in "signs -" "signs wrong" "root -" "hq3xnobody -"; do
		read -r -a words <<<"$try"
		"$talk" mysql 10.9.1.1 3306 "${words[@]}" >/dev/null
	done
done
ask "outcome=accepted" "200 tries do not block the host, though 10 unfinished ones would" \
	mysql 10.9.1.1 3306 other j8Hs-q
# that the test would see it: connections that are dropped
for _ in {1..12}; do
	"$talk" postgres 10.9.1.1 3306 x - clear >/dev/null
done
ask "outcome=host-blocked error=1129" "twelve dropped ones do" mysql 10.9.1.1 3306 other j8Hs-q
mariadb_stop

mariadb_start --ssl-key=/run/live/my/key --ssl-cert=/run/live/my/certificate
out_ask "outcome=accepted offered=1 tls=1" "TLS where it is offered" mysql 10.9.1.1 3306 other j8Hs-q
out_ask "outcome=accepted offered=1 tls=0" "and without" mysql 10.9.1.1 3306 other j8Hs-q clear
sql "CREATE USER tls@'%' IDENTIFIED BY 'x' REQUIRE SSL"
out_ask "outcome=accepted tls=1" "a user who REQUIREs TLS" mysql 10.9.1.1 3306 tls x
out_ask "outcome=denied tls=0" "is denied without" mysql 10.9.1.1 3306 tls x clear
sql "SET GLOBAL require_secure_transport = ON"
out_ask "outcome=accepted tls=1" "require_secure_transport" mysql 10.9.1.1 3306 other j8Hs-q
# MySQL says 3159
out_ask "outcome=denied error=1045 tls=0" "MariaDB says in clear what it says of a wrong password" \
	mysql 10.9.1.1 3306 other j8Hs-q clear
mariadb_stop

mariadb_start --skip-grant-tables
out_ask "outcome=accepted" "--skip-grant-tables: any name, any password" \
	mysql 10.9.1.1 3306 hq3xnobody Xy0-random
mariadb_stop

psql() {
	setpriv --reuid=postgres --regid=postgres --init-groups \
		"${initdb%/*}/psql" -h /run/live/pg -U postgres -d postgres -qc "$1"
}

# hba LINE...: the entries behind that for the socket
hba() {
	{
		echo "local all all trust"
		printf '%s\n' "$@"
	} >pg/data/pg_hba.conf
	psql 'SELECT pg_reload_conf()' >/dev/null
	sleep 0.5
}

install -d -o postgres pg
as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)
"${as_postgres[@]}" "$initdb" -D /run/live/pg/data -A trust -U postgres >pg/install 2>&1 ||
	comment <pg/install
install -o postgres -m 0600 my/key pg/key
install -o postgres -m 0600 my/certificate pg/certificate
"${as_postgres[@]}" "${initdb%/*}/postgres" -D /run/live/pg/data -c listen_addresses=0.0.0.0 \
	-c unix_socket_directories=/run/live/pg -c fsync=off -c ssl_key_file=/run/live/pg/key \
	-c ssl_cert_file=/run/live/pg/certificate >pg/log 2>&1 &
until_true psql 'SELECT 1'

out_ask "outcome=no-entry state=28000 offered=0" "PostgreSQL: no entry of pg_hba.conf" \
	postgres 10.9.1.1 5432 postgres -
hba "host all all 0.0.0.0/0 trust"
out_ask "outcome=accepted method=none ready=1 tls=0" "trust" postgres 10.9.1.1 5432 postgres -
ask "outcome=accepted method=none ready=1" "trust by the host's own address" \
	postgres 10.9.1.1 5432 postgres -
like "$("$talk" postgres 10.9.1.1 5432 postgres -)" "version=1[0-9]\." "its version"
out_ask "outcome=denied state=28000" "trust for a role that is not there" \
	postgres 10.9.1.1 5432 hq3xnobody -
psql "SET password_encryption = 'scram-sha-256'; ALTER ROLE postgres PASSWORD 'postgres'"
hba "host all all 0.0.0.0/0 scram-sha-256"
out_ask "outcome=wanted method=scram" "SCRAM asks" postgres 10.9.1.1 5432 postgres -
out_ask "outcome=accepted method=scram ready=1" "SCRAM lets in" postgres 10.9.1.1 5432 postgres postgres
out_ask "outcome=denied state=28P01" "SCRAM denies" postgres 10.9.1.1 5432 postgres wrong
hba "host all all 0.0.0.0/0 password"
out_ask "outcome=unsupported method=cleartext" "no password in clear without TLS" \
	postgres 10.9.1.1 5432 postgres postgres
psql "SET password_encryption = 'md5'; ALTER ROLE postgres PASSWORD 'postgres'"
hba "host all all 0.0.0.0/0 md5"
out_ask "outcome=wanted method=md5" "MD5 asks" postgres 10.9.1.1 5432 postgres -
out_ask "outcome=accepted method=md5" "MD5 lets in" postgres 10.9.1.1 5432 postgres postgres
out_ask "outcome=denied state=28P01" "MD5 denies" postgres 10.9.1.1 5432 postgres wrong
psql "ALTER SYSTEM SET ssl = on"
hba "hostssl all all 0.0.0.0/0 password" "hostnossl all all 0.0.0.0/0 reject"
out_ask "outcome=accepted method=cleartext tls=1" "a password through TLS" \
	postgres 10.9.1.1 5432 postgres postgres
out_ask "outcome=no-entry tls=0" "rejected in clear" postgres 10.9.1.1 5432 postgres postgres clear
psql "SET password_encryption = 'scram-sha-256'; ALTER ROLE postgres PASSWORD 'postgres'"
hba "hostssl all all 0.0.0.0/0 scram-sha-256"
out_ask "outcome=accepted method=scram tls=1" "SCRAM through TLS, where it could bind the channel" \
	postgres 10.9.1.1 5432 postgres postgres
psql "ALTER ROLE postgres PASSWORD NULL"
finish
