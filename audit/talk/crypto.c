/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What a client computes to log in: see crypto.h. */
#include "audit/talk/crypto.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

/* Else the first algorithm that is fetched opens openssl.cnf, and the jail kills for that. */
static int without_config(void)
{
	return OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) == 1 ? 0 : -1;
}

/* Errors pile up in a queue of the thread; nobody reads it, and the next call must not find it. */
static int refused(void)
{
	ERR_clear_error();
	return -1;
}

int crypto_digest(const char *name, const struct span *parts, size_t count,
		  unsigned char out[CRYPTO_MAX_DIGEST])
{
	unsigned len = 0;
	EVP_MD_CTX *context;
	const EVP_MD *digest;
	bool done;

	if (without_config() < 0)
		return -1;
	context = EVP_MD_CTX_new();
	digest = EVP_get_digestbyname(name);
	done = context && digest && EVP_DigestInit_ex(context, digest, NULL) == 1;
	for (size_t i = 0; done && i < count; i++)
		done = EVP_DigestUpdate(context, parts[i].data, parts[i].len) == 1;
	done = done && EVP_DigestFinal_ex(context, out, &len) == 1;
	EVP_MD_CTX_free(context);
	return done ? (int)len : refused();
}

int crypto_hmac_sha256(struct span key, struct span text, unsigned char out[CRYPTO_SHA256])
{
	unsigned len = 0;

	if (without_config() < 0 || key.len > INT_MAX ||
	    !HMAC(EVP_sha256(), key.data, (int)key.len, (const unsigned char *)text.data, text.len,
		  out, &len) ||
	    len != CRYPTO_SHA256)
		return refused();
	return 0;
}

int crypto_pbkdf2_sha256(struct span password, struct span salt, unsigned rounds,
			 unsigned char out[CRYPTO_SHA256])
{
	if (without_config() < 0 || password.len > INT_MAX || salt.len > INT_MAX ||
	    rounds > INT_MAX ||
	    PKCS5_PBKDF2_HMAC(password.data, (int)password.len, (const unsigned char *)salt.data,
			      (int)salt.len, (int)rounds, EVP_sha256(), CRYPTO_SHA256, out) != 1)
		return refused();
	return 0;
}

static EVP_PKEY *read_key(struct span pem)
{
	EVP_PKEY *key = NULL;
	BIO *bio;

	if (pem.len > INT_MAX)
		return NULL;
	bio = BIO_new_mem_buf(pem.data, (int)pem.len);
	if (bio)
		key = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
	BIO_free(bio);
	return key;
}

int crypto_rsa_oaep(struct span pem, struct span text, unsigned char out[CRYPTO_MAX_RSA])
{
	size_t len = CRYPTO_MAX_RSA;
	EVP_PKEY *key;
	EVP_PKEY_CTX *context = NULL;
	bool done;

	if (without_config() < 0)
		return -1;
	key = read_key(pem);
	if (key && EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_get_size(key) <= CRYPTO_MAX_RSA)
		context = EVP_PKEY_CTX_new(key, NULL);
	done =
	    context && EVP_PKEY_encrypt_init(context) == 1 &&
	    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
	    EVP_PKEY_encrypt(context, out, &len, (const unsigned char *)text.data, text.len) == 1;
	EVP_PKEY_CTX_free(context);
	EVP_PKEY_free(key);
	return done ? (int)len : refused();
}
