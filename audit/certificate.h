/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] One X.509 certificate (RFC 5280) as the facts hold it, whether it was served or lay on
 * disk. OpenSSL takes it apart; tls_prepare() must have been called before the jail closed.
 */
#ifndef AUDIT_CERTIFICATE_H
#define AUDIT_CERTIFICATE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/span.h"

#define CERTIFICATE_MAX_DER (1U << 20) /* bytes of one; what is larger is no certificate here */
#define CERTIFICATE_MAX_NAMES 1000U    /* alternative names that are kept of one */
#define CERTIFICATE_MAX_TEXT 4096U     /* bytes of a subject, an issuer, or one name */

struct x509_st; /* OpenSSL's X509 */

enum certificate_name_kind { CERTIFICATE_DNS, CERTIFICATE_ADDRESS };

/* A subject alternative name. May hold any byte, NUL too: nothing is cut at one. */
struct certificate_name {
	enum certificate_name_kind kind;
	struct span text; /* of an address: as inet_text() writes it */
};

/* Texts live in the arena; those from outside are spans, and not escaped. */
struct certificate {
	struct span subject; /* "CN=www.example.org,O=Example", RFC 4514; control bytes as \XX */
	struct span issuer;
	struct span serial; /* hexadecimal, "-" before a negative one */
	const struct certificate_name *names;
	size_t name_count;
	bool names_partial;  /* there are more, or some that cannot be read */
	bool has_not_before; /* false: the date cannot be read */
	bool has_not_after;
	int64_t not_before; /* seconds since the epoch; before 1970 negative, up to year 9999 */
	int64_t not_after;
	const char *key_type;  /* RSA, RSA-PSS, EC, ED25519, ED448, DSA, … */
	int key_bits;          /* 0: the key cannot be read */
	const char *signature; /* sha256WithRSAEncryption, ecdsa-with-SHA256, … */
	const char *digest;   /* SHA256, SHA1, MD5 …; NULL: part of the signature, or not known */
	char fingerprint[65]; /* SHA-256 of the DER, hexadecimal */
	char spki[65];        /* SHA-256 of SubjectPublicKeyInfo; "" when that cannot be read */
	bool is_ca;           /* basicConstraints says so */
	bool is_self_issued;  /* subject and issuer are the same */
	bool is_self_signed;  /* and its own key made the signature */
};

/* Takes apart the DER of exactly one certificate. -1: it is none, and `err` says so. */
int certificate_read(struct arena *arena, struct span der, struct certificate *out,
		     struct err *err) MUST_CHECK;

/* The same of one that OpenSSL holds already, which stays the caller's. */
int certificate_take(struct arena *arena, struct x509_st *x509, struct certificate *out,
		     struct err *err) MUST_CHECK;

/*
 * All names, parted by a blank, for a column: a blank or backslash within a name becomes \xNN, so
 * that one name cannot pass for two.
 */
void certificate_put_names(const struct certificate *certificate, struct buf *out);

/*
 * Seconds since the epoch of YYYY-MM-DD hh:mm:ss UTC in the Gregorian calendar, for any year.
 * timegm(3) would open /etc/localtime, for which a jail is killed.
 */
int64_t certificate_seconds(int year, int month, int day, int hour, int minute, int second);

#endif
