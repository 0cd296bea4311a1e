/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Certificates and a TLS server for tests, in this process and over memory: a real one, of OpenSSL.
 */
#ifndef TESTS_UNIT_TLS_PEER_H
#define TESTS_UNIT_TLS_PEER_H

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/span.h"

#define PEER_NOW 1800000000 /* 2027-01-15 */
#define PEER_DAY 86400

struct peer_issue {
	const char *name; /* common name, and DNS name of a leaf */
	X509 *issuer;     /* NULL: itself */
	EVP_PKEY *issuer_key;
	bool is_ca;
	bool names_issuer; /* authorityInfoAccess */
	int from;          /* days from PEER_NOW */
	int until;
};

__attribute__((unused)) static void peer_extend(X509 *x509, X509 *issuer, int nid, const char *text)
{
	X509V3_CTX context;
	X509_EXTENSION *made;

	X509V3_set_ctx(&context, issuer, x509, NULL, NULL, 0);
	made = X509V3_EXT_conf_nid(NULL, &context, nid, text);
	(void)X509_add_ext(x509, made, -1);
	X509_EXTENSION_free(made);
}

__attribute__((unused)) static X509 *peer_issue(const struct peer_issue *issue, EVP_PKEY *key)
{
	static long serial = 1;
	X509 *x509 = X509_new();
	X509 *issuer = issue->issuer ? issue->issuer : x509;
	char names[256];

	(void)X509_set_version(x509, 2);
	(void)ASN1_INTEGER_set(X509_get_serialNumber(x509), serial++);
	(void)ASN1_TIME_set(X509_getm_notBefore(x509), PEER_NOW + (time_t)issue->from * PEER_DAY);
	(void)ASN1_TIME_set(X509_getm_notAfter(x509), PEER_NOW + (time_t)issue->until * PEER_DAY);
	(void)X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8,
					 (const unsigned char *)issue->name, -1, -1, 0);
	(void)X509_set_issuer_name(x509, X509_get_subject_name(issuer));
	(void)X509_set_pubkey(x509, key);
	if (issue->is_ca)
		peer_extend(x509, issuer, NID_basic_constraints, "critical,CA:TRUE");
	(void)snprintf(names, sizeof(names), "DNS:%s,DNS:*.%s", issue->name, issue->name);
	if (!issue->is_ca)
		peer_extend(x509, issuer, NID_subject_alt_name, names);
	if (issue->names_issuer)
		peer_extend(x509, issuer, NID_info_access,
			    "caIssuers;URI:http://ca.example/r1.der");
	key = issue->issuer_key ? issue->issuer_key : key;
	(void)X509_sign(x509, key, EVP_PKEY_is_a(key, "ED25519") ? NULL : EVP_sha256());
	return x509;
}

struct peer {
	SSL_CTX *context;
	SSL *session;
	BIO *in;
	BIO *out;
};

__attribute__((unused)) static void peer_begin(struct peer *peer)
{
	peer->context = SSL_CTX_new(TLS_server_method());
	SSL_CTX_set_security_level(peer->context, 0);
	(void)SSL_CTX_set_min_proto_version(peer->context, TLS1_2_VERSION);
	(void)SSL_CTX_set_cipher_list(peer->context, "ALL:!aNULL");
	peer->session = NULL;
}

__attribute__((unused)) static void peer_connect(struct peer *peer)
{
	SSL_free(peer->session);
	peer->session = SSL_new(peer->context);
	peer->in = BIO_new(BIO_s_mem());
	peer->out = BIO_new(BIO_s_mem());
	SSL_set_bio(peer->session, peer->in, peer->out);
	SSL_set_accept_state(peer->session);
}

/* Takes what a client says; what the server says is added to `out`. */
__attribute__((unused)) static void peer_hear(struct peer *peer, struct span said, struct buf *out)
{
	char chunk[4096];
	int got;

	if (said.len > 0)
		(void)BIO_write(peer->in, said.data, (int)said.len);
	if (SSL_is_init_finished(peer->session))
		(void)SSL_read(peer->session, chunk, sizeof(chunk));
	else
		(void)SSL_do_handshake(peer->session);
	ERR_clear_error();
	while ((got = BIO_read(peer->out, chunk, sizeof(chunk))) > 0)
		buf_put(out, chunk, (size_t)got);
}

__attribute__((unused)) static void peer_end(struct peer *peer)
{
	SSL_free(peer->session);
	SSL_CTX_free(peer->context);
}

#endif
