/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What a file is, and what all kinds of it share: see keystore.h. */
#include "audit/keystore/keystore.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>

#include "lib/own.h"

void keystore_prepare(void)
{
	unsigned char byte;

	/* a configuration file would be opened, and providers loaded, when the jail is closed */
	(void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL); /* nothing works without */
	/* not there: such files are of a wrong password then; and with it the default goes */
	(void)OSSL_PROVIDER_load(NULL, "legacy");
	(void)OSSL_PROVIDER_load(NULL, "default"); /* built in */
	(void)RAND_bytes(&byte, 1);
}

const char *keystore_outcome_name(enum keystore_outcome outcome)
{
	static const char *const names[] = {
	    [KEYSTORE_READ] = "read",       [KEYSTORE_WRONG_PASSWORD] = "wrong password",
	    [KEYSTORE_CORRUPT] = "corrupt", [KEYSTORE_CUT] = "cut",
	    [KEYSTORE_NONE] = "none",
	};

	return names[outcome];
}

void keystore_add_password(struct keystore *keystore, struct span password)
{
	for (unsigned i = 0; i < keystore->password_count; i++)
		if (span_is(password, keystore->passwords[i]))
			return;
	if (keystore->password_count < KEYSTORE_MAX_PASSWORDS)
		keystore->passwords[keystore->password_count++] =
		    arena_text(keystore->arena, password);
}

bool keystore_put_certificate(struct keystore *keystore, struct span der, const char *alias)
{
	if (keystore->certificates == KEYSTORE_MAX_CERTIFICATES)
		return false;
	keystore->certificates++;
	keystore->certificate(keystore, der, alias);
	return true;
}

static void digest_public(EVP_PKEY *pkey, char *out)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned char *der = NULL;
	unsigned size = 0;
	int len = i2d_PUBKEY(pkey, &der);

	if (len > 0 && EVP_Digest(der, (size_t)len, digest, &size, EVP_sha256(), NULL) == 1)
		for (unsigned i = 0; i < 32; i++)
			(void)snprintf(out + 2 * (size_t)i, 3, "%02x", digest[i]);
	OPENSSL_free(der);
}

bool keystore_put_key(struct keystore *keystore, struct span der)
{
	struct keystore_key key = {.alias = ""};
	const unsigned char *at = (const unsigned char *)der.data;
	EVP_PKEY *pkey = der.len > 0 ? d2i_AutoPrivateKey(NULL, &at, (long)der.len) : NULL;

	ERR_clear_error();
	if (!pkey)
		return false;
	digest_public(pkey, key.spki);
	ERR_clear_error();
	EVP_PKEY_free(pkey);
	keystore->key(keystore, &key);
	return true;
}

/* X.690 8.1.3: the definite form, of at most four bytes. */
size_t keystore_der_length(struct span data)
{
	const unsigned char *bytes = (const unsigned char *)data.data;
	size_t len = 0;
	size_t count;

	if (data.len < 2 || bytes[0] != 0x30)
		return 0;
	if (bytes[1] < 0x80)
		return 2U + bytes[1];
	count = bytes[1] & 0x7fU;
	if (count == 0 || count > 4 || data.len < 2 + count)
		return 0;
	for (size_t i = 0; i < count; i++)
		len = len << 8 | bytes[2 + i];
	return 2 + count + len;
}

/* PFX ::= SEQUENCE { version INTEGER {v3(3)}, … }, also of indefinite length. */
static bool is_pkcs12(struct span data)
{
	const unsigned char *bytes = (const unsigned char *)data.data;
	size_t at;

	if (data.len < 5 || bytes[0] != 0x30)
		return false;
	at = bytes[1] <= 0x80 ? 2 : 2 + (bytes[1] & 0x7fU);
	return data.len >= at + 3 && memcmp(bytes + at, "\x02\x01\x03", 3) == 0;
}

/* A certificate, or a private key. */
static enum keystore_outcome read_der(struct keystore *keystore, struct span data, bool is_cut)
{
	const unsigned char *at = (const unsigned char *)data.data;
	size_t len = keystore_der_length(data);
	X509 *x509;

	keystore->format = "DER";
	if (len > data.len)
		return is_cut || len < KEYSTORE_MAX_ENTRY ? KEYSTORE_CUT : KEYSTORE_CORRUPT;
	if (len > 0) /* blanks behind it do no harm */
		data.len = len;
	x509 = d2i_X509(NULL, &at, (long)data.len);
	ERR_clear_error();
	if (x509) {
		X509_free(x509);
		(void)keystore_put_certificate(keystore, data, ""); /* the first */
		return KEYSTORE_READ;
	}
	return keystore_put_key(keystore, data) ? KEYSTORE_READ : KEYSTORE_CORRUPT;
}

enum keystore_outcome keystore_read(struct keystore *keystore, struct span data, bool is_cut)
{
	keystore->format = "";
	if (span_starts(data, "\xfe\xed\xfe\xed") || span_starts(data, "\xce\xce\xce\xce"))
		return keystore_jks(keystore, data);
	if (is_pkcs12(data))
		return keystore_pkcs12(keystore, data);
	if (!memmem(data.data, data.len, "-----BEGIN ", 11)) {
		if (data.len > 0 && data.data[0] == '\x30')
			return read_der(keystore, data, is_cut);
		if (keystore_is_kubeconfig(data))
			return keystore_kubeconfig(keystore, data, is_cut);
	}
	return keystore_pem(keystore, data, is_cut);
}
