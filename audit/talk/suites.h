/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Cipher suites as ClientHello offers them: those that servers of the last twenty years have
 * one of, and those that are weak. Of our own, since Debian's OpenSSL is built without 3DES, RC4
 * and the suites for export, and so cannot even offer them.
 */
#ifndef AUDIT_TALK_SUITES_H
#define AUDIT_TALK_SUITES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"

/* What a suite is weak for; the worst that applies. */
enum hello_weakness {
	HELLO_NULL,   /* nothing is encrypted */
	HELLO_ANON,   /* nobody is authenticated */
	HELLO_EXPORT, /* keys of 40 or 56 bits on purpose */
	HELLO_DES,
	HELLO_RC4,
	HELLO_3DES,
	HELLO_WEAKNESSES
};
const char *hello_weakness_name(enum hello_weakness weakness);

/* Which certificate the suites want: RFC 8422, 2. */
enum hello_key { HELLO_ANY_KEY, HELLO_RSA, HELLO_ECDSA };

/* Which suites are offered. */
struct suites {
	bool is_13; /* those of TLS 1.3, too */
	/* a bit 1 << HELLO_… for each weakness whose suites are offered; 0: all that are not weak
	 */
	unsigned weaknesses;
	enum hello_key key; /* without weaknesses: only suites for that one */
	/* Those first whose server signs nothing (the client encrypts to its key); most servers
	 * follow the client's order. */
	bool spares_signature;
};

/* Appends them, two bytes each, in the order of preference. */
void suites_put(const struct suites *offer, struct buf *out);
bool suites_has(const struct suites *offer, uint16_t suite);
bool suite_is_13(uint16_t suite);
enum hello_weakness suite_weakness(uint16_t suite); /* HELLO_WEAKNESSES: none */
/* OpenSSL's name of it; NULL: none of the usual ones. */
const char *suite_name(uint16_t suite);

#endif
