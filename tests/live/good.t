#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A host as a careful team has it: nginx with a good certificate for all, SSH for the operators, databases
# for this host alone or with passwords, and a firewall that says so. All rules are quiet, and all are
# passed: whoever is told of a fault here has been told of none.
. tests/live/lib.sh
host_enter "$@"
. tests/live/pki.sh

initdb=$(find /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
for need in nginx mariadbd redis-server memcached "$initdb"; do
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
pki_enter
pki_issue root root -1000 3000 'basicConstraints=critical,CA:TRUE'
pki_trust root
pki_issue good root -30 60 'subjectAltName=DNS:good.example'
cp "$pki/good.crt" "$pki/good.pem"
chmod 0600 "$pki/good.key"

printf '%s\n' "127.0.0.1 localhost" "::1 localhost" "10.9.1.1 here" >/run/live/hosts
mount --bind /run/live/hosts /etc/hosts

# ---- the servers, as their packages set them up ----
mkdir -p /run/live/nginx
{
	echo "user www-data; pid /run/live/nginx.pid; error_log /run/live/nginx.log; events { }"
	echo "http { access_log off; ssl_protocols TLSv1.2 TLSv1.3;"
	for kind in client_body proxy fastcgi uwsgi scgi; do
		echo "${kind}_temp_path /run/live/nginx;"
	done
	echo "server { listen 80; listen [::]:80; return 301 https://good.example; }"
	echo "server { listen 443 ssl; listen [::]:443 ssl; server_name good.example; return 204;"
	echo "ssl_certificate $pki/good.pem; ssl_certificate_key $pki/good.key; } }"
} >/run/live/nginx.conf
nginx -c /run/live/nginx.conf

install -d -o redis -m 0700 /run/live/redis
setpriv --reuid redis --regid redis --clear-groups redis-server --bind '127.0.0.1 -::1' --save '' \
	--requirepass 'zK7-long-and-random' --daemonize yes --dir /run/live/redis >/dev/null

install -d -o mysql /run/live/my
mariadb-install-db --no-defaults --user=mysql --datadir=/run/live/my/data --skip-test-db \
	--tmpdir=/run/live/my --auth-root-authentication-method=socket \
	--auth-root-socket-user=root >/run/live/my/install 2>&1 || comment </run/live/my/install
echo "DROP USER IF EXISTS ''@localhost; DROP USER IF EXISTS ''@live;" | sed 's/; /;\n/' >/run/live/my/init
mariadbd --no-defaults --user=mysql --datadir=/run/live/my/data --tmpdir=/run/live/my \
	--socket=/run/live/my/socket --bind-address=127.0.0.1 --port=3306 --init-file=/run/live/my/init \
	--pid-file=/run/live/my/pid --innodb-buffer-pool-size=16M >/run/live/my/log 2>&1 &

install -d -o postgres /run/live/pg
as_postgres=(setpriv --reuid postgres --regid postgres --clear-groups)
(cd /run/live/pg && "${as_postgres[@]}" "$initdb" -D /run/live/pg/data --auth-host=scram-sha-256 \
	--auth-local=peer >/run/live/pg.init 2>&1) || comment </run/live/pg.init
(cd /run/live/pg && exec "${as_postgres[@]}" "${initdb%initdb}postgres" -D /run/live/pg/data -p 5432 \
	-c listen_addresses=10.9.1.1 -c unix_socket_directories=/run/live/pg >/run/live/pg/log 2>&1) &
memcached -d -u nobody -l 127.0.0.1 -p 11211
start "$listen" -6 -n sshd tcp4:0.0.0.0:22 "tcp6:[::]:22"

for port in 22 80 443 6379 3306 5432 11211; do
	for _ in {1..300}; do
		[ -z "$(ss -Htln "sport = :$port")" ] || break
		sleep 0.1
	done
done

# ---- what the team meant ----
cat >/run/live/nftables.conf <<'RULES'
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		ct state invalid drop
		iifname "lo" accept
		meta l4proto { icmp, ipv6-icmp } accept
		tcp dport { 80, 443 } accept
		ip saddr 10.20.0.0/16 tcp dport 22 accept
		ip saddr 10.30.0.0/16 tcp dport 5432 accept
	}
	chain forward {
		type filter hook forward priority filter; policy drop;
	}
}
RULES
nft -f /run/live/nftables.conf
cat >/run/live/harden.yaml <<'YAML'
allow:
  - { port: 22/tcp, from: 10.20.0.0/16, why: operators }
  - { port: [80/tcp, 443/tcp], from: anywhere }
  - { port: 5432/tcp, from: 10.30.0.0/16, why: the application's hosts }
YAML
mkdir /run/live/project
cat >/run/live/project/compose.yaml <<'YAML'
services:
  app:
    image: registry.example/app:1.4.2@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945
    user: "10001:10001"
    read_only: true
    cap_drop: [ALL]
    security_opt: [no-new-privileges:true]
    ports: ["127.0.0.1:8080:8080"]
YAML
chmod 0644 /run/live/harden.yaml /run/live/project/compose.yaml

# Whether the rules come back after a reboot is the machine's matter, and boot.t's; so is its clock,
# of which there is no namespace.
run -i /run/live/harden.yaml -c /run/live/project/compose.yaml --skip exposure/firewall-not-persistent \
	--skip self/clock-untrusted -o json="$report" -o text
is "$(json "$report" findings rule subject detail)" "" "nothing is found"
is "$(json "$report" verdicts verdict rule | grep -v '^pass')" "" "each rule is passed"
is "$(json "$report" coverage status table detail | grep -Ev '^(absent|complete)')" "" "all was seen"
is "$status" 0 "exit 0"
like "$out" "^harden: PASS live: no findings; exit 0" "and it says so"
finish
