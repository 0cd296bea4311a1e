#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What 100 TLS listeners serve, beside what one would run to look for oneself: openssl s_client, one
# listener after another, once each, and with the questions that harden asks (any certificate, the
# other kind of key, TLS 1.2, what is older, weak suites; by the name the first two); and sslscan, which
# asks more of each. Medians of runs that take turns; it asserts nothing.
# Usage: tests/bench/tls.sh PROGRAM   (RUNS for each figure, default 5; B as for make)
. tests/live/lib.sh

HARDEN=$(realpath "${1:-$HARDEN}")
measure=$(realpath "$B/tests/bench/measure")
RUNS=${RUNS:-5}
export RUNS
host_enter "$HARDEN"
. tests/live/pki.sh

if ! command -v nginx >/dev/null; then
	echo "there is no nginx" >&2
	exit 0
fi
outside_wire eth0 1
pki_enter
pki_issue root root -1000 3000 'basicConstraints=critical,CA:TRUE'
pki_issue good root -30 60 'subjectAltName=DNS:good.example'
pki_trust root
mkdir -p /run/live/nginx
{
	echo "pid /run/live/nginx.pid; error_log /run/live/nginx.log; worker_processes 2; events { }"
	echo "http { access_log off; ssl_protocols TLSv1.2 TLSv1.3;"
	echo "ssl_certificate $pki/good.crt; ssl_certificate_key $pki/good.key;"
	for kind in client_body proxy fastcgi uwsgi scgi; do
		echo "${kind}_temp_path /run/live/nginx;"
	done
	for port in {9000..9099}; do
		echo "server { listen $port ssl; server_name good.example; return 204; }"
	done
	echo "}"
} >/run/live/nginx.conf
nginx -c /run/live/nginx.conf

# each PORT OPTION...: as one would by hand
cat >/run/live/each <<'SH'
#!/bin/sh
for port in $(seq 9000 9099); do
	for options in "$@"; do
		openssl s_client -connect "10.9.1.1:$port" $options </dev/null >/dev/null 2>&1
	done
done
SH
cat >/run/live/scan <<'SH'
#!/bin/sh
for port in $(seq 9000 9099); do sslscan --no-colour "10.9.1.1:$port" >/dev/null 2>&1; done
SH
chmod 0755 /run/live/each /run/live/scan

median() { # of the column $1 of the file $2
	cut -d ' ' -f "$1" "$2" | sort -n | sed -n "$(((RUNS + 1) / 2))p"
}

names='-servername good.example'
for ((i = 0; i < RUNS; i++)); do
	"$measure" "$HARDEN" query 'SELECT count(*) FROM tls_endpoints' >>/run/live/ours
	"$measure" "$HARDEN" query 'SELECT count(*) FROM services' >>/run/live/services
	"$measure" /run/live/each "-noservername" >>/run/live/once
done
RUNS=1 # these take long
"$measure" /run/live/each "-noservername" "-noservername -sigalgs RSA+SHA256" "-noservername -tls1_2" \
	"-noservername -tls1_1 -cipher ALL:@SECLEVEL=0" "-noservername -cipher eNULL:aNULL:@SECLEVEL=0 -tls1_2" \
	"$names" "$names -sigalgs RSA+SHA256" >>/run/live/all
if command -v sslscan >/dev/null; then
	"$measure" /run/live/scan >>/run/live/sslscan
fi
"$HARDEN" query "SELECT outcome, chain, count(*) AS rows FROM tls_endpoints GROUP BY outcome, chain"

line() { # line NAME FILE
	printf '%-58s %9.1f %9.1f %8.1f\n' "$1" "$(median 1 "$2")" "$(median 2 "$2")" \
		"$(perl -e 'print $ARGV[0] / $ARGV[1]' "$(median 1 "$2")" "$ours")"
}
RUNS=$(wc -l </run/live/ours)
ours=$(median 1 /run/live/ours)
printf '%-58s %9s %9s %8s\n' '100 listeners, two names each' ms 'cpu ms' ratio
line "harden, all tables that tls_endpoints is made of" /run/live/ours
line "  of it: what listens, and what it speaks" /run/live/services
line "openssl s_client, one after another, once each" /run/live/once
RUNS=1
line "openssl s_client, the same seven questions" /run/live/all
[ ! -e /run/live/sslscan ] || line "sslscan, one after another" /run/live/sslscan
kill "$(cat /run/live/nginx.pid)"
