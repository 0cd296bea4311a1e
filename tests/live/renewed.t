#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Real servers whose certificate is renewed on disk: what each still shows is found, by the settings that
# it runs with, wherever they are, and is mended by the command that the rule tells. The names in those
# files are asked for; and where a file cannot be read, what is served is told all the same.
. tests/live/lib.sh
host_enter "$@"
. tests/live/pki.sh

initdb=$(find /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
for need in nginx mariadbd mariadb redis-server redis-cli psql "$initdb"; do
	if ! command -v "$need" >/dev/null; then
		[ "${CI:-}" != true ] || echo "Bail out! there is no ${need:-initdb}"
		echo "1..0 # SKIP there is no ${need:-initdb}"
		exit 0
	fi
done

report=/run/live/report.json
export TMPDIR=/run/live
chmod 1777 /run/live
outside_wire eth0 1
nft add table inet filter
pki_enter
pki_issue root root -1000 3000 $'basicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash'
pki_trust root
mount -t tmpfs tmpfs /srv
mkdir -p /etc/redis
mount -t tmpfs tmpfs /etc/redis

renew() { # renew NAME...: its certificate and key where its server has them, for NAME.example and www
	local name
	for name; do
		pki_issue "$name" root -30 60 "subjectAltName=DNS:$name.example,DNS:www.$name.example"
		install -D -m 0644 "$pki/$name.crt" "/srv/$name/cert.pem"
		install -m 0600 "$pki/$name.key" "/srv/$name/key.pem"
	done
	chown mysql /srv/mysql/key.pem 2>/dev/null
	chown postgres /srv/postgres/key.pem 2>/dev/null
}
renew open hidden mysql postgres web other

# ---- servers: one Redis says where its settings are, one wants a password first ----
redis() { # redis NAME PORT FILE LINE...
	printf '%s\n' "port 0" "tls-port $2" "tls-cert-file /srv/$1/cert.pem" "tls-key-file key.pem" \
		"tls-ca-cert-file $pki/root.crt" "tls-auth-clients no" "dir /srv/$1" 'save ""' \
		"daemonize yes" "protected-mode no" "${@:4}" >"$3"
	redis-server "$3" >/dev/null
}
redis open 6400 /srv/open/its-own.conf
redis hidden 6401 /etc/redis/one-of-them.conf "requirepass zK7-long-and-random"
printf '%s\n' 'port 6379' "tls-cert-file /srv/open/cert.pem" >/etc/redis/redis.conf # nobody's

install -d -o mysql /run/live/my
printf '%s\n' '[mysqld]' ssl_cert=/srv/mysql/cert.pem ssl_key=/srv/mysql/key.pem >/srv/my.cnf
mariadb-install-db --no-defaults --user=mysql --datadir=/run/live/my/data --skip-test-db \
	--tmpdir=/run/live/my --auth-root-authentication-method=normal >/run/live/my/install 2>&1 ||
	comment </run/live/my/install
mariadbd --defaults-file=/srv/my.cnf --user=mysql --datadir=/run/live/my/data --tmpdir=/run/live/my \
	--socket=/run/live/my/socket --bind-address=127.0.0.1 --port=3306 --pid-file=/run/live/my/pid \
	--innodb-buffer-pool-size=16M --skip-name-resolve >/run/live/my/log 2>&1 &

install -d -o postgres /run/live/pg
as_postgres=(setpriv --reuid postgres --regid postgres --clear-groups)
(cd /run/live/pg && "${as_postgres[@]}" "$initdb" -D /run/live/pg/data -A trust >/run/live/pg.init 2>&1) ||
	comment </run/live/pg.init
cat >/srv/own.conf <<EOF
data_directory = '/run/live/pg/data'
hba_file = '/run/live/pg/data/pg_hba.conf'
ident_file = '/run/live/pg/data/pg_ident.conf'
listen_addresses = '127.0.0.1'
port = 5432
unix_socket_directories = '/run/live/pg'
fsync = off
ssl = on
ssl_cert_file = '/srv/postgres/cert.pem'
ssl_key_file = '/srv/postgres/key.pem'
EOF
(cd /run/live/pg && exec "${as_postgres[@]}" "${initdb%initdb}postgres" -c config_file=/srv/own.conf \
	>/run/live/pg/log 2>&1) &

cat >/run/live/nginx.conf <<'EOF'
pid /run/live/nginx.pid; error_log /run/live/nginx.log; events { }
http {
	access_log off;
	ssl_certificate_key /srv/web/key.pem;
	server { listen 443 ssl; server_name web.example "~^(?<user>[a-z]+)\.web\.example$";
		ssl_certificate /srv/web/cert.pem; return 204; }
	server { listen 8443 ssl; server_name other.example; ssl_certificate /srv/other/cert.pem;
		ssl_certificate_key /srv/other/key.pem; return 204; }
}
EOF
nginx -c /run/live/nginx.conf 2>/run/live/nginx.start || comment </run/live/nginx.start
for port in 443 8443 3306 5432 6400 6401; do
	for _ in {1..300}; do
		[ -z "$(ss -Htln "sport = :$port")" ] || continue 2
		sleep 0.2
	done
	echo "Bail out! nobody listens on $port"
	exit 1
done

# ---- what is asked for ----
tab=$'\t'
cell() { # cell COLUMNS CONDITION: of tls_endpoints
	"$HARDEN" query "SELECT DISTINCT $1 FROM tls_endpoints WHERE $2 ORDER BY 1" 2>/dev/null | tail -n +2
}
is "$(cell 'port, name, origin, outcome, name_matches' "asked LIKE '%.%' AND name IS NOT NULL")" \
	"443${tab}web.example${tab}nginx${tab}served${tab}1
443${tab}www.web.example${tab}disk${tab}served${tab}1
443${tab}~^(?<user>[a-z]+)\\\\.web\\\\.example\$${tab}pattern${tab}not asked${tab}
5432${tab}postgres.example${tab}certificate${tab}served${tab}1
5432${tab}www.postgres.example${tab}certificate${tab}served${tab}1
6400${tab}open.example${tab}disk${tab}served${tab}1
6400${tab}www.open.example${tab}disk${tab}served${tab}1
6401${tab}hidden.example${tab}disk${tab}served${tab}1
6401${tab}www.hidden.example${tab}disk${tab}served${tab}1
8443${tab}other.example${tab}nginx${tab}served${tab}1
8443${tab}www.other.example${tab}disk${tab}served${tab}1" \
	"each listener of root's is asked by the names in its own file" # MySQL is asked once, by none

# ---- renewed, and not read ----
differs() {
	run --only tls/served-differs-from-disk -o json=$report
	json $report findings subject
}
is "$(differs)" "" "all show what their files have"
is "$(json $report verdicts verdict)" pass "as far as can be seen"
like "$(json $report coverage table status detail)" \
	"^tls_handshakes \| complete \| TLS at port 443: names that nginx has as a pattern are not asked for$" \
	"a pattern is a limit that is told, and no gap"
renew open
is "$(differs)" "$(printf '%s\n' '0.0.0.0:6400/tcp' '[::]:6400/tcp')" "a Redis that has not read its new file"
renew hidden mysql postgres
is "$(differs)" "$(
	cat <<'EOF'
0.0.0.0:6400/tcp
0.0.0.0:6401/tcp
127.0.0.1:3306/tcp
127.0.0.1:5432/tcp
[::]:6400/tcp
[::]:6401/tcp
EOF
)" "one with a password, MariaDB and PostgreSQL"
like "$(json $report findings detail)" \
	"^What PostgreSQL serves at 127.0.0.1:5432/tcp is not the certificate in /srv/postgres/cert.pem\.$" \
	"the finding tells which file"

{
	psql -h /run/live/pg -U postgres -Atqc 'SELECT pg_reload_conf()' postgres
	mariadb --no-defaults -u root -S /run/live/my/socket -e 'FLUSH SSL'
	redis-cli --tls --insecure -p 6400 \
		CONFIG SET tls-cert-file /srv/open/cert.pem tls-key-file /srv/open/key.pem
	REDISCLI_AUTH=zK7-long-and-random redis-cli --tls --insecure -p 6401 \
		CONFIG SET tls-cert-file /srv/hidden/cert.pem tls-key-file /srv/hidden/key.pem
} >/run/live/mended 2>&1
is "$(cat /run/live/mended)" $'t\nOK\nOK' "the commands of the rule are taken"
for ((tries = 0; tries < 50; tries++)); do
	[ -n "$(differs)" ] || break
	sleep 0.1
done
is "$(json $report findings subject)" "" "and mend it"

# ---- a file that nobody can read ----
mv /srv/other/cert.pem /srv/other/gone.pem
ln -s cert.pem /srv/other/cert.pem
run --only 'tls/served-ex*' --only tls/disk-expired --only tls/served-differs-from-disk -o json=$report
is "$(json $report verdicts rule verdict)" "$(
	cat <<'EOF'
tls/disk-expired | unknown
tls/served-differs-from-disk | unknown
tls/served-expired | pass
tls/served-expires | pass
tls/served-expires-soon | pass
EOF
)" "leaves unknown what is on disk, and not what is served"
is "$(cell 'name, origin' 'port = 8443 AND name IS NOT NULL')" "other.example${tab}nginx
www.other.example${tab}certificate" "which is asked for by the names that are left"
rm /srv/other/cert.pem
mv /srv/other/gone.pem /srv/other/cert.pem

# ---- settings that nobody knows ----
redis-server --port 0 --tls-port 6402 --tls-cert-file /srv/web/cert.pem --tls-key-file /srv/web/key.pem \
	--tls-ca-cert-file "$pki/root.crt" --tls-auth-clients no --requirepass zK7 --save '' --daemonize yes \
	--dir /run/live --protected-mode no >/dev/null
for _ in {1..300}; do
	[ -z "$(ss -Htln "sport = :6402")" ] || break
	sleep 0.2
done
is "$(differs)" "" "one that hides its settings is no finding"
is "$(json $report verdicts verdict)" unknown "but what it should show is not known"
like "$(json $report coverage detail)" "where a running Redis that speaks TLS has its settings" "and why"
finish
