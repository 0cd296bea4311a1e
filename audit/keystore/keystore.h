/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Files that hold certificates, told apart by content: PEM (RFC 7468) and its bundles, DER,
 * PKCS#12 (RFC 7292), Java's JKS and JCEKS, kubeconfigs, and archives (jar) that hold such files.
 * Of private keys only the public half leaves, as a digest; those in key stores are not even
 * decrypted.
 */
#ifndef AUDIT_KEYSTORE_KEYSTORE_H
#define AUDIT_KEYSTORE_KEYSTORE_H

#include <stdbool.h>

#include "lib/arena.h"
#include "lib/span.h"

/* Ceilings of one file; what lies beyond makes it cut. */
#define KEYSTORE_MAX_CERTIFICATES 10000U
#define KEYSTORE_MAX_PASSWORDS 16U
#define KEYSTORE_MAX_ROUNDS 1000000U  /* of a key derivation */
#define KEYSTORE_MAX_ENTRIES 64U      /* of an archive that are looked into */
#define KEYSTORE_MAX_ENTRY (4U << 20) /* bytes of one of them */

enum keystore_outcome {
	KEYSTORE_READ,
	KEYSTORE_WRONG_PASSWORD, /* whole, as far as can be seen, but none of the passwords fits */
	KEYSTORE_CORRUPT,
	KEYSTORE_CUT,  /* it ends too early, or goes on beyond a ceiling */
	KEYSTORE_NONE, /* nothing that could hold a certificate or a key */
};
/* "read", "wrong password", … as the facts have it. */
const char *keystore_outcome_name(enum keystore_outcome outcome);

struct keystore_key {
	const char *alias; /* "" outside of key stores */
	bool is_encrypted;
	char spki[65]; /* SHA-256 of its SubjectPublicKeyInfo, hexadecimal; "": not to be had */
};

struct keystore {
	struct arena *arena; /* of this file */
	/* Tried after none, the empty one and those that tools choose. */
	const char *passwords[KEYSTORE_MAX_PASSWORDS];
	unsigned password_count;
	void *context;
	/* `entry`: of an archive, else "". Both may be called before it is clear how it ends. */
	void (*certificate)(struct keystore *keystore, struct span der, const char *alias);
	void (*key)(struct keystore *keystore, const struct keystore_key *key);

	/* set by keystore_read(): */
	const char *format; /* PEM, DER, PKCS12, JKS, JCEKS, kubeconfig, or "" */
	unsigned certificates;
};

/* Must have been called before the jail closes: loads what old PKCS#12 files are encrypted by. */
void keystore_prepare(void);

/* Adds a password of the configuration, which the arena then holds; too many are dropped. */
void keystore_add_password(struct keystore *keystore, struct span password);

/* Reads a file; is_cut: it was longer than what is there. */
enum keystore_outcome keystore_read(struct keystore *keystore, struct span data, bool is_cut);

/* The files of an archive that may hold certificates, or say how they are opened. */
struct archive_entry {
	const char *name;
	struct span data;
	enum keystore_outcome outcome; /* READ, CORRUPT, CUT */
};
struct archive {
	void *context;
	/* `entry` is gone when it returns */
	void (*entry)(struct archive *archive, const struct archive_entry *entry);
};
bool archive_is(struct span data);
/* READ: all that matter were handed out. */
enum keystore_outcome archive_read(struct archive *archive, struct span data, bool is_cut);

/* Private to this folder. */
enum keystore_outcome keystore_pem(struct keystore *keystore, struct span data, bool is_cut);
bool keystore_is_kubeconfig(struct span data);
enum keystore_outcome keystore_kubeconfig(struct keystore *keystore, struct span data, bool is_cut);
/* Base64 that may have line breaks (RFC 4648); false: it is none, or nothing. */
bool keystore_base64(struct arena *arena, struct span body, struct span *out);
enum keystore_outcome keystore_pkcs12(struct keystore *keystore, struct span data);
enum keystore_outcome keystore_jks(struct keystore *keystore, struct span data);
/* Hands a certificate out; false: too many. */
bool keystore_put_certificate(struct keystore *keystore, struct span der, const char *alias);
/* Any encoding of a private key without encryption; false: it is none. */
bool keystore_put_key(struct keystore *keystore, struct span der);
/* The length of the DER value that begins here, which may be more than there is; 0: none does. */
size_t keystore_der_length(struct span data);

#endif
