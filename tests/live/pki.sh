# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A certification authority for the live tests, in /run/live/pki: a root, and certificates of any
# dates and faults. Read it after host_enter.

pki=/run/live/pki

day() { # day OFFSET: a day from today, as openssl-ca(1) wants it; at noon, so that no test is on an edge
	date -u -d "$1 days 12:00" +%Y%m%d%H%M%SZ
}

pki_enter() {
	mkdir -p "$pki"
	chmod 0755 "$pki"
	cat >"$pki/conf" <<-CONF
		[ca]
		default_ca = any
		[any]
		new_certs_dir = $pki
		database = $pki/index
		rand_serial = yes
		unique_subject = no
		policy = policy
		default_md = sha256
		copy_extensions = none
		[policy]
		commonName = optional
		[req]
		distinguished_name = dn
		prompt = no
		[dn]
	CONF
	: >"$pki/index"
}

# key NAME [ALGORITHM]: rsa:2048, rsa:1024, ec …
pki_key() {
	case ${2:-ec} in
	ec) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$pki/$1.key" ;;
	rsa:*) openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa:}" -out "$pki/$1.key" ;;
	*) openssl genpkey -algorithm "$2" -out "$pki/$1.key" ;;
	esac 2>/dev/null
	chmod 0644 "$pki/$1.key"
}

# pki_issue NAME ISSUER FROM UNTIL EXTENSIONS [ALGORITHM] [DIGEST]: NAME.key and NAME.crt. FROM and
# UNTIL are days from today; ISSUER may be NAME itself.
pki_issue() {
	local name=$1 issuer=$2 from=$3 until=$4 signer
	pki_key "$name" "${6:-ec}"
	printf '%s\n' "$5" >"$pki/$name.ext"
	openssl req -new -config "$pki/conf" -key "$pki/$name.key" -subj "/CN=$name" \
		-out "$pki/$name.csr"
	signer=(-cert "$pki/$issuer.crt" -keyfile "$pki/$issuer.key")
	[ "$issuer" != "$name" ] || signer=(-selfsign -keyfile "$pki/$name.key")
	openssl ca -batch -notext -config "$pki/conf" "${signer[@]}" -in "$pki/$name.csr" \
		-extfile "$pki/$name.ext" -startdate "$(day "$from")" -enddate "$(day "$until")" \
		-md "${7:-sha256}" -out "$pki/$name.crt" >/dev/null 2>"$pki/$name.log" ||
		comment <"$pki/$name.log"
	chmod 0644 "$pki/$name.crt"
}

# pki_trust NAME: the roots of this host are that one, and no other
pki_trust() {
	mount --bind "$pki/$1.crt" /etc/ssl/certs/ca-certificates.crt
}
