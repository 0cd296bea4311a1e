#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Certificates as real servers serve them: each fault that is planted is found by its rule, over IPv4
# and IPv6, and the good ones are quiet. Then peers that say nothing, or not what they should.
. tests/live/lib.sh
host_enter "$@"
. tests/live/pki.sh

initdb=$(find /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
for need in nginx mariadbd redis-server python3 "$initdb"; do
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

# ---- certificates ----
authority='basicConstraints=critical,CA:TRUE
subjectKeyIdentifier=hash'
named() { # named NAME: the extensions of a public authority's certificate for a server
	printf '%s\n' "subjectAltName=DNS:$1" 'extendedKeyUsage=serverAuth' \
		'authorityInfoAccess=caIssuers;URI:http://ca.example/middle.der'
}
leaf() { # leaf NAME FROM UNTIL [ALGORITHM] [DIGEST]: NAME.pem has the whole chain
	pki_issue "$1" middle "$2" "$3" "$(named "${1%-*}.example")" "${@:4}"
	cat "$pki/$1.crt" "$pki/middle.crt" >"$pki/$1.pem"
}
pki_issue root root -1000 3000 "$authority"
pki_issue middle root -1000 2000 "$authority"
pki_issue private private -1000 2000 "$authority"
pki_trust root
leaf good -30 60
leaf good-rsa -30 60 rsa:2048
leaf expired -90 -1
leaf soon -80 10
leaf late -65 25
leaf early 1 90
leaf six -4 2
leaf bare -30 60
leaf weak -30 60 rsa:1024
leaf sha1 -30 60 ec sha1
leaf old -30 60
leaf pair -30 60
leaf pair-rsa -90 -1 rsa:2048
leaf shuffled -30 60
leaf mutual -30 60
leaf mysql -90 -1
leaf postgres -90 -1
leaf redis -90 -1
leaf mail -90 -1
leaf null -30 60 rsa:2048
leaf wild -30 60
cp "$pki/bare.crt" "$pki/bare.pem"
cat "$pki"/{shuffled,root,middle}.crt >"$pki/shuffled.pem"
pki_issue own own -30 60 'subjectAltName=DNS:own.example'
cp "$pki/own.crt" "$pki/own.pem"
pki_issue inside private -30 60 'subjectAltName=DNS:inside.example'
cp "$pki/inside.crt" "$pki/inside.pem"

# ---- servers ----
block() { # block PORT NAME [DIRECTIVE...]
	printf 'server { listen %s ssl; listen [::]:%s ssl; server_name %s.example; ' "$1" "$1" "$2"
	printf 'ssl_certificate %s.pem; ssl_certificate_key %s.key; ' "$pki/$2" "$pki/$2"
	printf '%s; ' "${@:3}" 'return 204'
	echo '}'
}
mkdir -p /run/live/nginx
{
	echo "pid /run/live/nginx.pid; error_log /run/live/nginx.log; events { }"
	echo "http { access_log off; ssl_protocols TLSv1.2 TLSv1.3;"
	for kind in client_body proxy fastcgi uwsgi scgi; do
		echo "${kind}_temp_path /run/live/nginx;"
	done
	block 443 good "ssl_certificate $pki/good-rsa.pem" "ssl_certificate_key $pki/good-rsa.key"
	block 443 expired # by its name, which no certificate of the default block has
	block 443 wild 'server_name *.wild.example'
	block 9001 expired
	block 9002 soon
	block 9003 late
	block 9004 early
	block 9005 six
	block 9006 bare
	block 9007 weak 'ssl_ciphers DEFAULT:@SECLEVEL=0'
	block 9008 sha1 'ssl_ciphers DEFAULT:@SECLEVEL=0'
	block 9009 old 'ssl_protocols TLSv1' 'ssl_ciphers DEFAULT:@SECLEVEL=0'
	block 9010 pair "ssl_certificate $pki/pair-rsa.pem" "ssl_certificate_key $pki/pair-rsa.key"
	block 9011 shuffled
	block 9012 mutual 'ssl_verify_client on' "ssl_client_certificate $pki/root.crt"
	block 9013 own
	block 9015 good 'server_name wrong.example'
	block 9014 inside
	echo 'server { listen 80; listen [::]:80; return 204; } }'
} >/run/live/nginx.conf
nginx -c /run/live/nginx.conf 2>/run/live/nginx.start || comment </run/live/nginx.start

# Names are looked up, and without a name server that takes MariaDB seconds: each is in /etc/hosts.
printf '%s\n' "127.0.0.1 localhost" "::1 localhost" "10.9.1.1 here" "fd00:9:1::1 here" >/run/live/hosts
mount --bind /run/live/hosts /etc/hosts
install -d -o mysql /run/live/my
mariadb-install-db --no-defaults --user=mysql --datadir=/run/live/my/data --skip-test-db \
	--tmpdir=/run/live/my --auth-root-authentication-method=normal >/run/live/my/install 2>&1 ||
	comment </run/live/my/install
mariadbd --no-defaults --user=mysql --datadir=/run/live/my/data --tmpdir=/run/live/my \
	--socket=/run/live/my/socket --bind-address='*' --port=3306 --pid-file=/run/live/my/pid \
	--innodb-buffer-pool-size=16M --ssl-cert="$pki/mysql.pem" \
	--ssl-key="$pki/mysql.key" --max-connect-errors=1 --performance-schema=ON \
	>/run/live/my/log 2>&1 &
mariadb_pid=$!

install -d -o postgres /run/live/pg
cp "$pki/postgres.pem" "$pki/postgres.key" /run/live/pg
chown postgres /run/live/pg/postgres.*
chmod 0600 /run/live/pg/postgres.key
as_postgres=(setpriv --reuid postgres --regid postgres --clear-groups)
(cd /run/live/pg && "${as_postgres[@]}" "$initdb" -D /run/live/pg/data >/run/live/pg.init 2>&1) ||
	comment </run/live/pg.init
(cd /run/live/pg && exec "${as_postgres[@]}" "${initdb%initdb}postgres" -D /run/live/pg/data -p 5432 \
	-c listen_addresses='*' -c unix_socket_directories=/run/live/pg -c ssl=on \
	-c ssl_cert_file=/run/live/pg/postgres.pem -c ssl_key_file=/run/live/pg/postgres.key \
	>/run/live/pg/log 2>&1) &
postgres_pid=$!

mkdir -p /etc/redis
mount -t tmpfs tmpfs /etc/redis # where its settings are found, since it wants a password to tell
printf '%s\n' 'port 0' 'tls-port 6379' 'bind * -::*' 'protected-mode no' 'requirepass zK7-and-long' \
	'save ""' 'daemonize yes' 'dir /run/live' 'pidfile /run/live/redis.pid' \
	"tls-cert-file $pki/redis.pem" "tls-key-file $pki/redis.key" 'tls-auth-clients no' \
	"tls-ca-cert-file $pki/root.crt" >/etc/redis/redis.conf
redis-server /etc/redis/redis.conf >/dev/null

# A server of mail: as much of it as comes before TLS.
cat >/run/live/mail.py <<-'PYTHON'
	import socketserver, ssl, sys
	class Mail(socketserver.StreamRequestHandler):
	    def handle(self):
	        self.wfile.write(b"220 mail.example ESMTP\r\n")
	        for line in self.rfile:
	            if line.startswith(b"EHLO"):
	                self.wfile.write(b"250-mail.example\r\n250 STARTTLS\r\n")
	            elif line.startswith(b"STARTTLS"):
	                self.wfile.write(b"220 go on\r\n")
	                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
	                context.load_cert_chain(sys.argv[1], sys.argv[2])
	                try:
	                    context.wrap_socket(self.request, server_side=True).recv(1)
	                except OSError:
	                    pass
	                return
	            else:
	                self.wfile.write(b"221 bye\r\n")
	                return
	class Server(socketserver.ThreadingTCPServer):
	    allow_reuse_address = True
	Server(("0.0.0.0", 587), Mail).serve_forever()
PYTHON
python3 /run/live/mail.py "$pki/mail.pem" "$pki/mail.key" 2>/run/live/mail.log &
mail_pid=$!
# Who stands between, as docker-proxy does: by it all clients have one address.
cat >/run/live/relay.py <<-'PYTHON'
	import socket, socketserver, threading
	class Relay(socketserver.BaseRequestHandler):
	    def handle(self):
	        server = socket.create_connection(("127.0.0.1", 3306))
	        back = threading.Thread(target=self.copy, args=(server, self.request))
	        back.start()
	        self.copy(self.request, server)
	        back.join()
	    def copy(self, one, other):
	        try:
	            while data := one.recv(65536):
	                other.sendall(data)
	            other.shutdown(socket.SHUT_WR)
	        except OSError:
	            pass
	class Server(socketserver.ThreadingTCPServer):
	    allow_reuse_address = True
	Server(("0.0.0.0", 3307), Relay).serve_forever()
PYTHON
python3 /run/live/relay.py 2>/run/live/relay.log &
relay_pid=$!
openssl s_server -quiet -accept 8443 -tls1_2 -cipher 'eNULL:ALL:@SECLEVEL=0' -cert "$pki/null.crt" \
	-cert_chain "$pki/middle.crt" -key "$pki/null.key" >/dev/null 2>/run/live/s_server.log &
server_pid=$!

until_listening() { # until_listening PORT...: at most a minute each
	local port
	for port; do
		for _ in {1..300}; do
			[ -z "$(ss -Htln "sport = :$port")" ] || continue 2
			sleep 0.2
		done
		echo "Bail out! nobody listens on $port"
		exit 1
	done
}
until_listening 443 9014 3306 3307 5432 6379 587 8443

# ---- what is found ----
rules=(--only 'tls/*' --skip 'tls/disk-*' --skip 'tls/key*') # what is served, not what lies on disk
run "${rules[@]}" -o json="$report" -o text
is "$(json "$report" findings rule subject)" "$(
	for any in 0.0.0.0 '[::]'; do
		cat <<-EOT
			tls/served-expired | $any:443/tcp expired.example (ECDSA)
			tls/served-expired | $any:9001/tcp expired.example (ECDSA)
			tls/served-expires-soon | $any:9002/tcp soon.example (ECDSA)
			tls/served-expires | $any:9003/tcp late.example (ECDSA)
			tls/not-yet-valid | $any:9004/tcp early.example (ECDSA)
			tls/chain-incomplete | $any:9006/tcp bare.example (ECDSA)
			tls/weak-key-or-signature | $any:9007/tcp weak.example (RSA)
			tls/weak-key-or-signature | $any:9008/tcp sha1.example (ECDSA)
			tls/old-protocol | $any:9009/tcp
			tls/served-expired | $any:9010/tcp pair.example (RSA)
			tls/chain-disordered | $any:9011/tcp shuffled.example (ECDSA)
			tls/name-mismatch | $any:9015/tcp wrong.example
			tls/self-signed | $any:9013/tcp own.example (ECDSA)
			tls/unknown-issuer | $any:9014/tcp inside.example (ECDSA)
			tls/served-expired | $any:3306/tcp mysql.example (ECDSA)
			tls/served-expired | $any:5432/tcp postgres.example (ECDSA)
			tls/served-expired | $any:6379/tcp redis.example (ECDSA)
		EOT
	done | cat - <(
		cat <<-'EOT'
			tls/served-expired | 0.0.0.0:3307/tcp mysql.example (ECDSA)
			tls/served-expired | 0.0.0.0:587/tcp mail.example (ECDSA)
			tls/weak-cipher | [::]:8443/tcp
		EOT
	) | LC_ALL=C sort
)" "every fault is found at its address, and the good ones are quiet"
is "$(json "$report" coverage status | sort -u)" "$(printf 'absent\ncomplete')" "all were asked"
is "$(json "$report" verdicts verdict | sort -u)" "$(printf 'fail\npass')" "and no rule is unknown"
"$HARDEN" "${rules[@]}" -o json=/run/live/again.json >/dev/null 2>&1
is "$(json /run/live/again.json findings rule subject detail)" \
	"$(json "$report" findings rule subject detail)" "what is said is the same the next time"

cell() { # cell COLUMNS CONDITION: of tls_endpoints
	"$HARDEN" query "SELECT DISTINCT $1 FROM tls_endpoints WHERE $2 ORDER BY 1" 2>&1 | tail -n +2
}
tab=$'\t'
is "$(cell 'asked, outcome, version, accepts_tls10, accepts_tls11, accepts_tls12, accepts_tls13,
	weak_suites, chain, leaf_rsa IS NOT NULL, leaf_ecdsa IS NOT NULL' 'port = 443 AND name IS NULL')" \
	"10.9.1.1${tab}served${tab}TLS 1.3${tab}0${tab}0${tab}1${tab}1${tab}${tab}ok${tab}1${tab}1
fd00:9:1::1${tab}served${tab}TLS 1.3${tab}0${tab}0${tab}1${tab}1${tab}${tab}ok${tab}1${tab}1" \
	"the good one, over IPv4 and IPv6"
is "$(cell 'name, origin, name_matches' 'port = 443 AND name IS NOT NULL')" \
	"expired.example${tab}nginx${tab}1
good.example${tab}nginx${tab}1
harden.wild.example${tab}wildcard${tab}0
wild.example${tab}nginx${tab}1" "it is asked by the names of its blocks"
is "$(cell 'name, origin, name_matches' 'port = 8443 AND name IS NOT NULL')" \
	"null.example${tab}certificate${tab}1" "or by those that its certificate has"
is "$(cell 'outcome, version, accepts_tls10, accepts_tls11' 'port = 9009 AND name IS NULL')" \
	"served${tab}TLS 1.0${tab}1${tab}0" "TLS 1.0 alone is spoken, too"
is "$(cell 'outcome, wants_certificate, chain' 'port = 9012 AND name IS NULL')" \
	"served${tab}1${tab}ok" "what is shown before a certificate is asked for"
is "$(cell 'asked, starttls, version, accepts_tls10, accepts_tls11, accepts_tls12, accepts_tls13,
	weak_suites' 'port = 3306')" \
	"127.0.0.1${tab}mysql${tab}TLS 1.3${tab}0${tab}0${tab}1${tab}1${tab}
::1${tab}mysql${tab}TLS 1.3${tab}0${tab}0${tab}1${tab}1${tab}" \
	"MySQL is asked at loopback, through its own handshake, and for what else it takes"
is "$(cell 'asked, outcome, accepts_tls10 IS NULL, weak_suites IS NULL' 'port = 3307')" \
	"127.0.0.1${tab}served${tab}1${tab}1" "through a relay it is not, since that would count"
is "$(cell 'weak_suites' 'port = 8443 AND name IS NULL')" "NULL anon" "a suite that does not encrypt"
is "$(cell 'count(*)' 'port = 80')" 0 "a server in clear has no row"
like "$(cat /run/live/my/log)" "Access denied for user 'harden_nobody'@'localhost'" \
	"MySQL was asked to the end"
is "$(mariadb --no-defaults -u root -h 127.0.0.1 -P 3306 --skip-ssl -BN -e \
	"SELECT ip, sum_connect_errors FROM performance_schema.host_cache
	WHERE sum_connect_errors > 0 OR ip IN ('127.0.0.1', '::1')" 2>&1)" "" \
	"and counts nothing against us"
is "$("$HARDEN" query "SELECT subject, position, key_type FROM served_certificates
	WHERE port = 9011 AND asked = '10.9.1.1' AND name IS NULL ORDER BY position" | tail -n +2)" \
	"CN=shuffled${tab}0${tab}EC
CN=root${tab}1${tab}EC
CN=middle${tab}2${tab}EC" "a chain is kept as it was served"
echo 'settings: { tls_names: "shop.example good.example other.example:8443 good.example:9002" }' \
	>/run/live/harden.yaml
run --only tls/name-mismatch -i /run/live/harden.yaml -o json=/run/live/again.json
is "$(json /run/live/again.json findings subject)" "$(LC_ALL=C sort <<-'EOT'
	0.0.0.0:443/tcp shop.example
	0.0.0.0:9002/tcp good.example
	0.0.0.0:9015/tcp wrong.example
	[::]:443/tcp shop.example
	[::]:8443/tcp other.example
	[::]:9002/tcp good.example
	[::]:9015/tcp wrong.example
EOT
)" "names of the policy are asked for at their ports"
"$HARDEN" "${rules[@]}" --save /run/live/facts -o text >/dev/null 2>&1
"$HARDEN" "${rules[@]}" --facts /run/live/facts -o json=/run/live/again.json >/dev/null 2>&1
is "$(json /run/live/again.json findings rule subject)" "$(json "$report" findings rule subject)" \
	"saved facts are judged the same"

# ---- a host without roots ----
umount /etc/ssl/certs/ca-certificates.crt
mount --bind /dev/null /etc/ssl/certs/ca-certificates.crt
run query "SELECT DISTINCT chain FROM tls_endpoints WHERE port = 443"
is "$out" "chain
no roots" "without roots a chain leads nowhere, which is no fault of its server"
umount /etc/ssl/certs/ca-certificates.crt
kill "$(cat /run/live/nginx.pid)" "$(cat /run/live/redis.pid)" "$mariadb_pid" "$postgres_pid" \
	"$mail_pid" "$relay_pid" "$server_pid"
wait "$mariadb_pid" "$postgres_pid" "$mail_pid" "$relay_pid" "$server_pid"
for _ in {1..100}; do
	[ -n "$(ss -Htln)" ] || break
	sleep 0.1
done
is "$(ss -Htln)" "" "all servers are gone"

# ---- peers that do not answer as they should ----
ip netns add box
host_wire box 2
odd() { # odd NAME REASON: port 443 of the box; its TLS is unknown, and why
	for _ in {1..100}; do
		[ -z "$(ip netns exec box ss -Htln 'sport = :443')" ] || break
		sleep 0.1
	done
	run --only tls/served-expired -o json="$report"
	is "$(json "$report" verdicts verdict)" unknown "$1: unknown, and not without TLS"
	like "$(json "$report" coverage table detail)" "tls_handshakes \| TLS at port 443: $2" \
		"$1: and why"
	kill "$pid"
	wait "$pid" 2>/dev/null
}
start ip netns exec box "$listen" -s -n mute tcp4:0.0.0.0:443
odd "a peer that says nothing" "it does not answer in time"
ip netns exec box python3 - >/dev/null <<-'PYTHON' &
	import socket, struct
	listener = socket.create_server(("0.0.0.0", 443))
	while True:
	    peer, _ = listener.accept()
	    peer.recv(1)
	    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
	    peer.close()
PYTHON
pid=$!
odd "a peer that resets" "it resets the connection"
ip netns exec box python3 - >/dev/null <<-'PYTHON' &
	import socket
	# a handshake message that goes on and on: HelloRequest after HelloRequest
	listener = socket.create_server(("0.0.0.0", 443))
	while True:
	    peer, _ = listener.accept()
	    try:
	        if peer.recv(1) == b"\x16":
	            while True:
	                peer.sendall(b"\x16\x03\x03\x00\x04\x00\x00\x00\x00" * 1000)
	    except OSError:
	        pass
PYTHON
pid=$!
odd "a handshake without end" "it (does not keep to TLS|says more than anybody needs)"

for _ in {1..400}; do cat "$pki/root.crt"; done >"$pki/giant.pem"
ip netns exec box openssl s_server -quiet -accept 443 -cert "$pki/good.crt" -key "$pki/good.key" \
	-cert_chain "$pki/giant.pem" >/dev/null 2>/run/live/s_server.log &
pid=$!
odd "a giant chain" "its chain is larger than 100 KiB"

cat >/run/live/nginx.conf <<-CONF
	pid /run/live/nginx.pid; error_log /run/live/nginx.log; events { }
	http { server { listen 443 ssl default_server; ssl_reject_handshake on; } }
CONF
ip netns exec box nginx -c /run/live/nginx.conf -g 'daemon off;' 2>/run/live/nginx.start &
pid=$!
odd "one that serves nobody who does not know its name" "it serves nobody who does not know its name"
finish
