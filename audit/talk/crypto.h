/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What a client computes to log in: digests, HMAC and PBKDF2, RSA-OAEP and Ed25519.
 * OpenSSL's EVP does it; a name that it does not know, or a foreign key that it refuses, is -1.
 */
#ifndef AUDIT_TALK_CRYPTO_H
#define AUDIT_TALK_CRYPTO_H

#include <stddef.h>

#include "lib/err.h"
#include "lib/span.h"

#define CRYPTO_MAX_DIGEST 64
#define CRYPTO_MAX_RSA 2048 /* bytes: OpenSSL computes with no modulus of more than 16,384 bits */
#define CRYPTO_SIGNATURE 64
#define CRYPTO_SHA256 32

/* The digest `name` ("SHA256") of the parts in a row; its length, or -1. */
int crypto_digest(const char *name, const struct span *parts, size_t count,
		  unsigned char out[CRYPTO_MAX_DIGEST]) MUST_CHECK;

int crypto_hmac_sha256(struct span key, struct span text,
		       unsigned char out[CRYPTO_SHA256]) MUST_CHECK;

/* RFC 8018, 5.2 with HMAC-SHA-256 and one block. The caller bounds the rounds. */
int crypto_pbkdf2_sha256(struct span password, struct span salt, unsigned rounds,
			 unsigned char out[CRYPTO_SHA256]) MUST_CHECK;

/* `text` for the owner of the RSA key in `pem`, by OAEP with SHA-1; the length of it, or -1. */
int crypto_rsa_oaep(struct span pem, struct span text,
		    unsigned char out[CRYPTO_MAX_RSA]) MUST_CHECK;

/*
 * Ed25519 (RFC 8032, 5.1.6) where the secret is a password of any length, as MariaDB's
 * client_ed25519 has it: plugin/auth_ed25519/ref10/sign.c hashes it all. EVP takes 32 bytes only,
 * so this is our own arithmetic over BN; it is not constant in time, and need not be: the password
 * is a guess.
 */
int crypto_ed25519_sign(struct span password, struct span text,
			unsigned char out[CRYPTO_SIGNATURE]) MUST_CHECK;
/* The public key that belongs to the password. */
int crypto_ed25519_public(struct span password, unsigned char out[32]) MUST_CHECK;

#endif
