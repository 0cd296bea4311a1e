/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table tls_endpoints: the answers of tls_handshakes, one row for each name asked for. */
#include "audit/derive.h"

extern const struct probe probe_tls_endpoints;

static int collect(struct host *host, struct err *err)
{
	return derive_rows(host, &probe_tls_endpoints, err);
}

const struct probe probe_tls_endpoints = {
    .about = "TLS listeners, at each address and by each name that was asked for",
    COLUMNS(
	{"namespace", INTEGER, "id of the network namespace"},
	{"address", TEXT, "that the listener is bound to"}, {"port", INTEGER, "local port"},
	{"asked", TEXT, "address that was called, from itself"},
	{"starttls", TEXT, "smtp, postgresql, mysql; NULL: TLS from the first byte on"},
	{"name", TEXT, "that was asked for (SNI); NULL: none"},
	{"origin", TEXT,
	 "where the name is from: nginx, wildcard (a name made for one of nginx), pattern (of "
	 "nginx: "
	 "not asked), policy, disk (a certificate in a file that the listener's process is "
	 "configured to show), certificate (one that was served without a name)"},
	{"asked_at", INTEGER, "when, in seconds since the epoch"},
	{"outcome", TEXT, "served, refused, no tls, unreachable, unknown, not asked"},
	{"reason", TEXT, "why it is unknown"},
	{"version", TEXT,
	 "the highest that it takes, TLS 1.0 to TLS 1.3; NULL: not known, or by another name"},
	{"cipher", TEXT, "that the server chose for it; NULL: as above"},
	{"accepts_tls10", INTEGER,
	 "1: takes TLS 1.0; NULL: not known, or by another name; of a MySQL that is not asked at "
	 "loopback only what follows from the version"},
	{"accepts_tls11", INTEGER, "1: takes TLS 1.1"},
	{"accepts_tls12", INTEGER, "1: takes TLS 1.2"},
	{"accepts_tls13", INTEGER, "1: takes TLS 1.3"},
	{"weak_suites", TEXT,
	 "of NULL anon EXPORT DES RC4 3DES, those that it takes; NULL: not known, as above"},
	{"wants_certificate", INTEGER, "1: asks for a certificate of the client"},
	{"name_matches", INTEGER, "1: each leaf is for that name; NULL: no name"},
	{"chain", TEXT,
	 "to the roots of this host: ok, disordered, expired, not yet valid, self-signed, unknown "
	 "root, unknown issuer, incomplete (an intermediate is not served), invalid, no roots; of "
	 "two the one that is not ok"},
	{"leaf_rsa", TEXT, "SHA-256 of the certificate that is served for RSA"},
	{"leaf_ecdsa", TEXT, "the same for ECDSA (and Ed25519)"}),
    .input = "SELECT namespace, address, port, asked, starttls, name, origin, asked_at, outcome,"
	     " reason, version, cipher, tls10, tls11, tls12, tls13, weak_suites, wants_certificate,"
	     " min(name_matches),"
	     " coalesce(min(chain) FILTER (WHERE chain <> 'ok'), min(chain)),"
	     " min(fingerprint) FILTER (WHERE key = 'rsa' AND position = 0),"
	     " min(fingerprint) FILTER (WHERE key = 'ecdsa' AND position = 0)"
	     " FROM tls_handshakes"
	     " GROUP BY namespace, address, port, asked, name",
    .collect = collect,
};
