#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Files of certificates as services have them: real nginx, Redis, openssl and keytool. Each planted
# fault is found by its rule, each good file is quiet, and no key gets into a report.
. tests/live/lib.sh
host_enter "$@"

for need in nginx redis-server mariadbd keytool openssl; do
	if ! command -v "$need" >/dev/null; then
		[ "${CI:-}" != true ] || echo "Bail out! there is no $need"
		echo "1..0 # SKIP there is no $need"
		exit 0
	fi
done

# what is written below /etc is gone when this host is
mkdir /run/live/etc /run/live/work
mount -t overlay overlay -o lowerdir=/etc,upperdir=/run/live/etc,workdir=/run/live/work /etc
mount -t tmpfs tmpfs /srv
report=/run/live/report.json
ca=/run/live/ca
mkdir $ca /srv/tls
touch $ca/index
cat >$ca/conf <<EOF
[ca]
default_ca = own
[own]
database = $ca/index
new_certs_dir = $ca
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = none
[none]
EOF

day() { # day NUMBER: from now, as certificates have it
	date -u -d "$1 days" +%Y%m%d%H%M%SZ
}

# certificate NAME FROM TO [SIGNER]: NAME.pem and NAME.key below /srv/tls; days from now
certificate() {
	local file=/srv/tls/$1
	local -a signer=(-selfsign -keyfile "$file.key")
	[ $# -lt 4 ] || signer=(-cert "/srv/tls/$4.pem" -keyfile "/srv/tls/$4.key")
	[ -e "$file.key" ] || openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$file.key" 2>/dev/null
	openssl req -new -config $ca/conf -key "$file.key" -subj "/CN=$1" \
		-addext "subjectAltName=DNS:$1" -out $ca/request
	openssl ca -batch -notext -config $ca/conf "${signer[@]}" -in $ca/request \
		-startdate "$(day "$2")" -enddate "$(day "$3")" -out "$file.pem" 2>/run/live/ca.log ||
		cat /run/live/ca.log
}

certificate good.example -1 89
certificate expired.example -91 -1
certificate soon.example -80 10
certificate late.example -70 20
certificate six.example -3 3
certificate other.example -1 89
certificate redis.example -89 1
certificate policy.example -400 -35
certificate between.example -91 -1 good.example
cp /srv/tls/good.example.pem /srv/tls/bundle.pem
cat /srv/tls/between.example.pem /srv/tls/expired.example.pem >>/srv/tls/bundle.pem # and an old root
cp /srv/tls/good.example.key /srv/tls/bundle.key

cat >/etc/nginx/nginx.conf <<'EOF'
pid /run/nginx.pid; error_log /run/live/nginx.log;
events { worker_connections 64; }
http {
	access_log off;
	include /etc/nginx/sites-enabled/*;
}
EOF
rm -rf /etc/nginx/sites-enabled
mkdir /etc/nginx/sites-enabled
for name in good expired soon late six; do
	cat >/etc/nginx/sites-enabled/$name <<EOF
server { listen 443 ssl; server_name $name.example;
	ssl_certificate /srv/tls/$name.example.pem; ssl_certificate_key /srv/tls/$name.example.key; }
EOF
done
cp -a /srv/tls/other.example.key /srv/tls/mismatch.key
cp -a /srv/tls/other.example.key /srv/tls/readable.key
cat >/etc/nginx/sites-enabled/more <<'EOF'
server { listen 8443 ssl; server_name bundle.example;
	ssl_certificate /srv/tls/bundle.pem; ssl_certificate_key /srv/tls/bundle.key; }
server { listen 8444 ssl; server_name mismatch.example;
	ssl_certificate /srv/tls/other.example.pem; ssl_certificate_key /srv/tls/mismatch.key; }
server { listen 8445 ssl; server_name readable.example;
	ssl_certificate /srv/tls/other.example.pem; ssl_certificate_key /srv/tls/readable.key; }
EOF
nginx
ok $? "nginx starts"

# ---- what is served, and what the files have ----
differs() { # what nginx serves and its files do not have
	run --only tls/served-differs-from-disk -o json=$report
	json $report findings rule subject
}
is "$(differs)" "" "nginx serves what its files have"
is "$(json $report verdicts rule verdict)" "tls/served-differs-from-disk | pass" "as far as can be seen"
certificate good.example -1 89 # anew
is "$(differs)" "tls/served-differs-from-disk | 0.0.0.0:443/tcp good.example" \
	"what was renewed, and not reloaded, is found by its name"
nginx -s reload
for ((tries = 0; tries < 100; tries++)); do
	[ -n "$(differs)" ] || break
	sleep 0.1
done
is "$(differs)" "" "once it is reloaded all is well"

# what was right when it started
cp /srv/tls/good.example.key /srv/tls/mismatch.key
chmod 0644 /srv/tls/readable.key

# a lineage of certbot's: links into an archive, and an old key that only the folder protects
mkdir -p /etc/letsencrypt/{live,archive}/good.example
chmod 0700 /etc/letsencrypt/live /etc/letsencrypt/archive
for name in cert chain fullchain; do
	cp /srv/tls/good.example.pem /etc/letsencrypt/archive/good.example/${name}1.pem
	ln -s ../../archive/good.example/${name}1.pem /etc/letsencrypt/live/good.example/$name.pem
done
cp /srv/tls/good.example.key /etc/letsencrypt/archive/good.example/privkey1.pem
chmod 0644 /etc/letsencrypt/archive/good.example/privkey1.pem
ln -s ../../archive/good.example/privkey1.pem /etc/letsencrypt/live/good.example/privkey.pem

# kubeadm's, whose key is another's; a client of Docker's; and a key beside its certificate
mkdir -p /etc/kubernetes/pki
cp /srv/tls/expired.example.pem /etc/kubernetes/pki/apiserver.crt
cp /srv/tls/good.example.key /etc/kubernetes/pki/apiserver.key
kubeconfig() { # kubeconfig NAME AUTHORITY: as kubeadm writes it
	printf '%s\n' 'apiVersion: v1' 'kind: Config' 'clusters:' '- name: k' '  cluster:' \
		"    certificate-authority-data: $(base64 -w0 "/srv/tls/$2.pem")" '    server: https://k:6443' \
		'users:' '- name: a' '  user:' "    client-certificate-data: $(base64 -w0 "/srv/tls/$1.pem")" \
		"    client-key-data: $(base64 -w0 "/srv/tls/$1.key")"
}
(umask 077 && kubeconfig expired.example good.example >/etc/kubernetes/admin.conf)
(umask 077 && kubeconfig good.example expired.example >/etc/kubernetes/scheduler.conf)
echo 'users: [{name: a, user: {token: abc}}]' >/etc/kubernetes/token.conf # nothing that ends
mount -t tmpfs -o mode=0700 tmpfs /root
mkdir /root/.docker /root/.kube
kubeconfig soon.example good.example >/root/.kube/config # for others, were it not in /root
cp /srv/tls/soon.example.pem /root/.docker/cert.pem
cp /srv/tls/soon.example.key /root/.docker/key.pem
cat /srv/tls/good.example.{key,pem} >/srv/tls/both.pem
chmod 0600 /srv/tls/both.pem

mkdir -p /etc/redis
cat >/etc/redis/redis.conf <<'EOF'
port 0
tls-port 6390
tls-cert-file /srv/tls/redis.example.pem
tls-key-file "/srv/tls/redis.example.key"
tls-ca-cert-file /srv/tls/redis.example.pem
requirepass a-long-one-of-redis
daemonize yes
save ""
dir /run/live
EOF
redis-server /etc/redis/redis.conf >/dev/null
ok $? "Redis starts"

# MariaDB, by a file of a folder that its settings include; the key is its group's
certificate mariadb.example -70 20
chgrp mysql /srv/tls/mariadb.example.key
chmod 0640 /srv/tls/mariadb.example.key
install -d -o mysql /run/live/my
cat >/etc/mysql/mariadb.conf.d/99-test.cnf <<'EOF'
[mariadbd]
datadir = /run/live/my/data
socket = /run/live/my/socket
pid-file = /run/live/my/pid
tmpdir = /run/live/my
bind-address = 127.0.0.1
skip-name-resolve
innodb-buffer-pool-size = 16M
ssl_cert = "/srv/tls/mariadb.example.pem"
ssl-key = /srv/tls/mariadb.example.key # of the group mysql
EOF
mariadb-install-db --user=mysql --skip-test-db >/run/live/my/install 2>&1 || comment </run/live/my/install
mariadbd --user=mysql >/run/live/my/log 2>&1 &
for ((tries = 0; tries < 300; tries++)); do
	[ -z "$(ss -Htln 'sport = :3306')" ] || break
	sleep 0.2
done
[ "$tries" -lt 300 ]
ok $? "MariaDB starts"

# ---- key stores ----
k=/srv/keys
mkdir $k
pkcs12() { # pkcs12 NAME FILE PASSWORD OPTION...
	openssl pkcs12 -export -in "/srv/tls/$1.pem" -inkey "/srv/tls/$1.key" -name server \
		-out "$2" -passout "pass:$3" "${@:4}"
}
pkcs12 expired.example $k/modern.p12 changeit
pkcs12 soon.example $k/old.p12 '' -legacy -certpbe PBE-SHA1-RC2-40 -keypbe PBE-SHA1-3DES
pkcs12 expired.example $k/locked.p12 nobody-knows-it
pkcs12 good.example $k/good.p12 changeme
for type in JKS JCEKS; do
	keytool -importkeystore -srckeystore $k/modern.p12 -srcstoretype PKCS12 -srcstorepass changeit \
		-destkeystore $k/store.$type -deststoretype $type -deststorepass "the-one-of-$type" \
		-destkeypass "the-one-of-$type" 2>/run/live/keytool.log || cat /run/live/keytool.log
done
# an authority that ended, in a store of those that are trusted
keytool -importcert -noprompt -alias old-root -file /srv/tls/expired.example.pem -keystore $k/trust.jks \
	-storetype JKS -storepass changeit 2>/dev/null
# a secret key has no length of its own
keytool -genseckey -alias secret -keyalg AES -keysize 128 -keystore $k/store.JCEKS -storetype JCEKS \
	-storepass the-one-of-JCEKS 2>/dev/null
pkcs12 late.example $k/app.p12 'of-the-jar'
python3 - <<'EOF'
import zipfile
with zipfile.ZipFile('/srv/keys/app.jar', 'w', zipfile.ZIP_DEFLATED) as jar:
    jar.writestr('META-INF/MANIFEST.MF', 'Main-Class: x\n')
    jar.writestr('BOOT-INF/classes/application.yml', 'server:\n  ssl:\n    key-store-password: "of-the-jar"\n')
    jar.write('/srv/keys/app.p12', 'BOOT-INF/classes/tls/app.p12')
    jar.writestr('BOOT-INF/lib/x.jar', b'x' * 100000)
EOF
# an application whose settings name a key store outside of its jar, and one beside its jar
mkdir -p $k/beside/config
pkcs12 expired.example $k/outside.p12 outside-of-the-jar
pkcs12 late.example $k/beside/own.p12 beside-the-jar
python3 - <<'EOF'
import zipfile
with zipfile.ZipFile('/srv/keys/spring.jar', 'w') as jar:
    jar.writestr('BOOT-INF/classes/application.properties',
        'server.ssl.key-store=file:/srv/keys/outside.p12\nserver.ssl.key-store-password=outside-of-the-jar\n')
    jar.writestr('BOOT-INF/classes/application-prod.yml', 'server.ssl.key-store: /srv/keys/elsewhere.p12\n')
EOF
printf '%s\n' server: '  ssl:' '    key-store: "file:own.p12"' '    key-store-password: beside-the-jar' \
	>$k/beside/config/application.yml
printf '#!/bin/sh\nsleep 1000 &\nwait\n' >/run/live/java # a process of that name, which is what counts
chmod +x /run/live/java
(cd $k && exec /run/live/java -jar app.jar) &
(cd $k/beside && exec /run/live/java -jar ../spring.jar) &
/run/live/java -Djavax.net.ssl.keyStore=$k/store.JKS -Djavax.net.ssl.keyStorePassword=wrong x.Main &
/run/live/java -Dserver.ssl.key-store=file:$k/store.JCEKS -jar $k/app.jar &
sleep 0.2

cat >/run/live/harden.yaml <<EOF
certificates:
  - /srv/tls/policy.example.pem
  - /srv/tls/both.pem
  - $k/*.p12
EOF
find_all() {
	run --only 'tls/disk*' --only 'tls/key*' -i /run/live/harden.yaml -o json=$report
}
mv $k/locked.p12 $k/locked.later
find_all
is "$(json $report findings rule subject)" "$(LC_ALL=C sort <<'EOF'
tls/disk-expired | /etc/kubernetes/admin.conf expired.example
tls/disk-expired | /etc/kubernetes/pki/apiserver.crt expired.example
tls/disk-expired | /srv/tls/bundle.pem between.example
tls/disk-expired | /srv/tls/expired.example.pem expired.example
tls/disk-expired | /srv/tls/policy.example.pem policy.example
tls/disk-expired | /srv/tls/redis.example.pem redis.example
tls/disk-expires | /srv/tls/late.example.pem late.example
tls/disk-expires | /srv/tls/mariadb.example.pem mariadb.example
tls/disk-expires-soon | /root/.docker/cert.pem soon.example
tls/disk-expires-soon | /root/.kube/config soon.example
tls/disk-expires-soon | /srv/tls/soon.example.pem soon.example
tls/key-mismatch | /etc/kubernetes/pki/apiserver.key
tls/key-mismatch | /srv/tls/mismatch.key
tls/key-perms | /srv/keys/store.JCEKS
tls/key-perms | /srv/keys/store.JKS
tls/key-perms | /srv/tls/readable.key
tls/keystore-expired | /srv/keys/modern.p12 expired.example
tls/keystore-expired | /srv/keys/outside.p12 expired.example
tls/keystore-expired | /srv/keys/store.JCEKS expired.example
tls/keystore-expired | /srv/keys/store.JKS expired.example
tls/keystore-expires | /srv/keys/app.jar!/BOOT-INF/classes/tls/app.p12 late.example
tls/keystore-expires | /srv/keys/app.p12 late.example
tls/keystore-expires | /srv/keys/beside/own.p12 late.example
tls/keystore-expires-soon | /srv/keys/old.p12 soon.example
EOF
)" "each planted fault is found, each good file is quiet"
is "$(json $report coverage status | sort -u)" "$(printf 'absent\ncomplete')" "all of it could be read"
is "$status" 1 "exit 1"
key=$(sed -n 2p /srv/tls/good.example.key)
tables=$("$HARDEN" query 'SELECT * FROM certificates' -i /run/live/harden.yaml 2>&1
	"$HARDEN" query 'SELECT * FROM private_keys' -i /run/live/harden.yaml 2>&1)
unlike "$tables$(cat $report)" "$key|a-long-one-of-redis|of-the-jar|the-one-of|beside-the-jar" \
	"no key and no password is in a table or a report"
like "$tables" "app.jar!/BOOT-INF/classes/tls/app.p12" "where they could be"

run record /run/live/recorded -i /run/live/harden.yaml
for name in good soon mismatch; do
	! grep -rqF "$(sed -n 2p /srv/tls/$name*.key)" /run/live/recorded
	ok $? "nor is a key in a recording: $name"
done
grep -rqF "$(sed -n 5p /srv/tls/good.example.pem)" /run/live/recorded
ok $? "where a certificate is"

# ---- certbot ----
mount -t tmpfs tmpfs /var/log
rm -f /etc/cron.*/*certbot* /etc/systemd/system/timers.target.wants/*certbot*
renewal() { # renewal EXPECTED NAME
	run --only tls/renewal-broken -o json=$report
	is "$(json $report findings rule subject) $(json $report verdicts rule verdict)" "$1" "$2"
}
broken='tls/renewal-broken | /etc/letsencrypt/live/late.example tls/renewal-broken | fail'
fine=' tls/renewal-broken | pass'
renewal "$fine" "a lineage of which more than a third is left"
mkdir /etc/letsencrypt/live/late.example
cp /srv/tls/late.example.pem /etc/letsencrypt/live/late.example/cert.pem
renewal "$broken" "nothing renews one of which less is left"
echo '0 */12 * * * root test -x /usr/bin/certbot -a \! -d /run/systemd/system && certbot -q renew' \
	>/etc/cron.d/certbot
renewal "$fine" "a line of cron does"
mkdir -p /run/systemd/system
renewal "$broken" "but not where systemd runs: it says so itself"
ln -s /lib/systemd/system/certbot.timer /etc/systemd/system/timers.target.wants/certbot.timer
renewal "$fine" "the timer does"
mkdir /var/log/letsencrypt
echo '1 renew failure(s), 0 parse failure(s)' >/var/log/letsencrypt/letsencrypt.log
renewal "$broken" "and fails, as the log says"
echo 'Congratulations, all renewals succeeded:' >>/var/log/letsencrypt/letsencrypt.log
renewal "$fine" "or no more"

# ---- what cannot be read is no pass ----
faulty() { # faulty FILE DETAIL NAME: good until now
	run query "SELECT outcome FROM certificates WHERE path = '$1' AND outcome <> 'read'" \
		-i /run/live/harden.yaml
	like "$errors" "certificates is partial: $1: $2" "$3: said"
	found=${out##*$'\n'}
	find_all
	is "$(json $report verdicts rule verdict | grep 'keystore-expires-soon')" \
		"tls/keystore-expires-soon | unknown" "$3: what is not found is unknown"
}
mv $k/old.p12 /run/live
mv $k/locked.later $k/locked.p12
faulty $k/locked.p12 "wrong password" "a key store that no password fits"
is "$found" "wrong password" "which is not a corrupt one"
sed '$a try_passwords: [nobody-knows-it]' /run/live/harden.yaml >/run/live/try.yaml
run query "SELECT subject FROM certificates WHERE path = '$k/locked.p12'" -i /run/live/try.yaml
is "${out##*$'\n'} $errors" "CN=expired.example " "a password of the policy opens it"
head -c 300 /run/live/old.p12 >$k/locked.p12
faulty $k/locked.p12 cut "a key store that is cut"
rm $k/locked.p12
file=/srv/tls/six.example.pem
ln -sf six.example.pem $file
faulty $file "Too many levels of symbolic links" "a link to itself"
rm $file
faulty $file "No such file" "a file that is gone"
head -c 400 /srv/tls/good.example.pem >$file
faulty $file cut "a file that is cut"
truncate -s 20M $file
faulty $file cut "a file of 20 MB"
sed 's/^M/!/' /srv/tls/good.example.pem >$file
faulty $file corrupt "a file of nonsense"
rm $file
mkdir $file
faulty $file "Invalid argument" "a folder"
finish
