/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table served_certificates: the chains of tls_handshakes. */
#include "audit/derive.h"

extern const struct probe probe_served_certificates;

static int collect(struct host *host, struct err *err)
{
	return derive_rows(host, &probe_served_certificates, err);
}

const struct probe probe_served_certificates = {
    .about = "Certificates that TLS listeners serve, one row for each of a chain, leaf first",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"address", TEXT, "that the listener is bound to"}, {"port", INTEGER, "local port"},
	    {"asked", TEXT, "address that was called, from itself"},
	    {"starttls", TEXT, "smtp, postgresql, mysql; NULL: TLS from the first byte on"},
	    {"name", TEXT, "that was asked for (SNI); NULL: none"},
	    {"origin", TEXT,
	     "where the name is from; \"certificate\": from one that was served without a name"},
	    {"asked_at", INTEGER, "when, in seconds since the epoch"},
	    {"key", TEXT, "rsa or ecdsa: of the leaf; a server may have one of each"},
	    {"chain", TEXT, "see tls_endpoints"},
	    {"name_matches", INTEGER, "1: the leaf is for that name"},
	    {"position", INTEGER, "in the chain; 0: the leaf"}, {"subject", TEXT, "CN=…,O=…"},
	    {"issuer", TEXT, "CN=…,O=…"}, {"serial", TEXT, "hexadecimal"},
	    {"names", TEXT, "DNS names and addresses that it is for, parted by a blank"},
	    {"not_before", INTEGER, "seconds since the epoch; NULL: cannot be read"},
	    {"not_after", INTEGER, "seconds since the epoch; NULL: cannot be read"},
	    {"key_type", TEXT, "RSA, EC, ED25519, …"},
	    {"key_bits", INTEGER, "NULL: the key cannot be read"},
	    {"signature", TEXT, "sha256WithRSAEncryption, …"},
	    {"digest", TEXT, "of the signature: SHA256, SHA1, …; NULL: it has none of its own"},
	    {"fingerprint", TEXT, "SHA-256 of the certificate, hexadecimal"},
	    {"spki", TEXT, "SHA-256 of its public key (SubjectPublicKeyInfo)"},
	    {"is_ca", INTEGER, "1: it may sign others"},
	    {"is_self_signed", INTEGER, "1: by its own key"}),
    .input = "SELECT namespace, address, port, asked, starttls, name, origin, asked_at, key, chain,"
	     " name_matches, position, subject, issuer, serial, names, not_before, not_after,"
	     " key_type, key_bits, signature, digest, fingerprint, spki, is_ca, is_self_signed"
	     " FROM tls_handshakes WHERE position IS NOT NULL",
    .collect = collect,
};
