#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A real nginx on the host and one with a root and a network of its own: what the table
# nginx_servers has is what nginx -T prints.
. tests/live/lib.sh
host_enter "$@"

if ! command -v nginx >/dev/null; then
	[ "${CI:-}" != true ] || echo "Bail out! there is no nginx"
	echo "1..0 # SKIP there is no nginx"
	exit 0
fi

d=/run/live/nginx
mkdir -p $d/conf.d $d/tls
for name in a b rsa ec; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 \
		-subj "/CN=$name.example" -keyout $d/tls/$name.key -out $d/tls/$name.pem 2>/dev/null
done
cat >$d/nginx.conf <<EOF
pid $d/pid; error_log $d/error.log; worker_processes 1;
events { worker_connections 64; }
http {
	access_log off;
	include conf.d/*.conf;
	include	"$d/more conf";   # a name with a blank
	map \$ssl_server_name \$which { default a; include $d/none*; }
	ssl_certificate tls/rsa.pem; ssl_certificate_key tls/rsa.key;
	ssl_certificate tls/ec.pem;
	ssl_certificate_key tls/ec.key;
}
EOF
cat >$d/conf.d/a.conf <<'EOF'
server { listen 443 ssl; listen [::]:443 ssl; server_name a.example *.a.example;
	ssl_certificate "tls/a.pem"; ssl_certificate_key 'tls/a.key';
	location / { return 200 "server { server_name no.example; }"; } }
server { listen 443; server_name ~^(?<x>b|c)\.example$ _; }
EOF
cat >$d/conf.d/b.conf <<'EOF'
server { listen 127.0.0.1:8443 ssl default_server; server_name b.example;
	ssl_certificate tls/$ssl_server_name.pem; ssl_certificate_key tls/b.key; }
EOF
echo 'server { listen 8080; }' >"$d/more conf"
nginx -c $d/nginx.conf 2>/run/live/nginx.err
ok $? "nginx starts"
comment </run/live/nginx.err

rows() { # rows SQL: without the header
	run query "$1"
	out=$(tail -n +2 <<<"$out")
}

rows "SELECT DISTINCT address || ':' || port || ' ' || is_ssl || is_default
	FROM nginx_servers ORDER BY 1"
is "$out" "$(cat <<'EOF'
0.0.0.0:443 10
0.0.0.0:443 11
0.0.0.0:8080 01
127.0.0.1:8443 11
:::443 11
EOF
)" "where it listens, and that \"ssl\" counts for the whole address"
is "$errors" "" "all of it is understood"
# what nginx itself read: names are the words behind "server_name", outside of strings
nginx -T -c $d/nginx.conf 2>/dev/null >/run/live/dump
rows "SELECT DISTINCT server_name FROM nginx_servers WHERE server_name <> '' ORDER BY 1"
is "$(sed 's/\\x5c/\\/g; s/\\\\/\\/g' <<<"$out" | LC_ALL=C sort)" \
	"$(sed 's/"server.*"//' /run/live/dump | grep -oE '[ ;]server_name [^;]*' |
		cut -d' ' -f3- |
		tr ' ' '\n' | LC_ALL=C sort -u)" "the names are those of nginx -T"
rows "SELECT DISTINCT certificate FROM nginx_servers WHERE is_ssl ORDER BY 1"
is "$out" "$(grep -oE 'ssl_certificate [^;]*' /run/live/dump | cut -d' ' -f2 |
	tr -d '"' | sed "s,^,$d/," | LC_ALL=C sort -u)" "the certificates are those of nginx -T"
rows "SELECT DISTINCT certificate || ' ' || key FROM nginx_servers
	WHERE server_name = '_' ORDER BY 1"
is "$out" "$(printf '%s\n' "$d/tls/ec.pem $d/tls/ec.key" "$d/tls/rsa.pem $d/tls/rsa.key")" \
	"a pair is inherited, and each key with its certificate"

# ---- the compiled-in path, in another root and network ----
ip netns add box
host_wire box 2
mkdir -p /run/live/root
cat >/run/live/box.sh <<EOF
mount --bind / /run/live/root
mount -t tmpfs tmpfs /run/live/root/etc/nginx
mount -t tmpfs tmpfs /run/live/root/run
mount --bind /dev /run/live/root/dev
mkdir /run/live/root/etc/nginx/tls
cp $d/tls/* /run/live/root/etc/nginx/tls
cat >/run/live/root/etc/nginx/nginx.conf <<'CONF'
pid /run/box.pid; error_log /run/box.log;
events { }
http { access_log off; server { listen 9443 ssl; server_name box.example;
	ssl_certificate /etc/nginx/tls/b.pem; ssl_certificate_key tls/b.key; } }
CONF
exec chroot /run/live/root nginx
EOF
ip netns exec box unshare --mount bash /run/live/box.sh
ok $? "another nginx starts in a root and a network of its own"
rows "SELECT place || ' ' || certificate || ' ' || key || ' ' || file FROM nginx_servers
	WHERE server_name = 'box.example'"
is "$out" "namespace box /etc/nginx/tls/b.pem /etc/nginx/tls/b.key /etc/nginx/nginx.conf" \
	"its files are those of its own root"

rows "SELECT place || ' ' || path || ' ' || subject || ' ' || outcome FROM certificates
	WHERE place <> ''"
is "$out" "namespace box /etc/nginx/tls/b.pem CN=b.example read" "and so are its certificates"

# ---- recorded ----
rows "SELECT * FROM nginx_servers ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 11"
live=$out
run record /run/live/recorded
like "$errors" "private_keys is partial: /.*: recordings leave it out" "a key is in no recording, which says so"
like "$errors" 'certificates is partial: .*/tls/\*\.pem: recordings leave it out' \
	"nor what a pattern names, which may be one"
nginx -c $d/nginx.conf -s stop 2>/dev/null
run query "SELECT * FROM nginx_servers ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 11" \
	--replay /run/live/recorded
is "$(tail -n +2 <<<"$out")" "$live" "and replayed it serves the same"
! grep -rqF "$(sed -n 2p $d/tls/a.key)" /run/live/recorded
ok $? "no key is in the recording"
nginx -c $d/nginx.conf

# ---- a configuration that is not what it was ----
echo 'server { listen 1' >$d/conf.d/c.conf
rows "SELECT count(*) FROM nginx_servers WHERE server_name = 'a.example'"
like "$errors" "nginx_servers is partial: nginx: $d/conf.d/c.conf:1: the last directive" \
	"what nginx would refuse is said"
is "$out" 2 "what can be read is still there"
rm $d/conf.d/c.conf
echo "include $d/missing;" >>$d/nginx.conf
run query "SELECT 1 FROM nginx_servers"
like "$errors" "nginx_servers is partial: nginx: $d/missing: No such file" "so is a file that is gone"
sed -i '$d' $d/nginx.conf

# ---- who is no nginx, and who may not look ----
cp "$(command -v sleep)" /run/live/nginx.sleep
mkdir /run/live/false
mv /run/live/nginx.sleep /run/live/false/nginx
echo 'root:secret-hash:1:0:99999:7:::' >/run/live/shadow
chmod 0600 /run/live/shadow
bash -c 'exec -a "nginx: master process nginx -c /run/live/shadow" /run/live/false/nginx 1000' &
pid=$!
sleep 0.2
run query "SELECT * FROM nginx_servers"
like "$errors" "nginx_servers is partial: nginx: /run/live/shadow:1: the last directive" \
	"what only calls itself nginx makes the table partial"
unlike "$out$errors" "secret-hash" "and gets nothing of the file told"
kill $pid
bash -c 'exec -a "nginx: master process /run/live/false/nginx" /run/live/false/nginx 1000' &
pid=$!
sleep 0.2
run query "SELECT * FROM nginx_servers"
like "$errors" "nginx_servers is partial: where a running nginx has its configuration cannot be told" \
	"nor is a program that is none taken for one with the usual paths"
kill $pid
chmod 0755 /run/live
HARDEN=/run/live/harden
cp "$(realpath "$B/harden")" $HARDEN
out=$(setpriv --reuid 65534 --regid 65534 --clear-groups $HARDEN query "SELECT 1 FROM certificates" 2>&1)
like "$out" "nginx_servers is denied" "without root it is denied"
like "$out" "certificates is denied" "and so are the certificates"
finish
