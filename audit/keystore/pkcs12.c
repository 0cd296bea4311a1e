/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] PKCS#12, RFC 7292. Its integrity tells whether a password is right; then the safes that
 * hold certificates are decrypted. Bags of keys stay as they are.
 */
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <string.h>

#include "audit/keystore/keystore.h"
#include "lib/own.h"

#define MAX_DEPTH 4 /* of bags that hold bags */

/* RFC 8018, PBKDF2-params. */
static long rounds_of_kdf(const X509_ALGOR *algorithm)
{
	const ASN1_OBJECT *object;
	const void *parameter;
	const unsigned char *at;
	PBKDF2PARAM *kdf;
	long rounds;
	int type;

	X509_ALGOR_get0(&object, &type, &parameter, algorithm);
	if (type != V_ASN1_SEQUENCE || OBJ_obj2nid(object) != NID_id_pbkdf2)
		return 0;
	at = ASN1_STRING_get0_data(parameter);
	kdf = d2i_PBKDF2PARAM(NULL, &at, ASN1_STRING_length(parameter));
	rounds = kdf ? ASN1_INTEGER_get(kdf->iter) : 0;
	PBKDF2PARAM_free(kdf);
	return rounds;
}

/* The rounds of a key derivation, RFC 8018 PBES2-params or PBEParameter; 0: neither. */
static long rounds_of(const X509_ALGOR *algorithm)
{
	const ASN1_OBJECT *object;
	const void *parameter;
	const unsigned char *at;
	PBE2PARAM *scheme;
	PBEPARAM *old;
	long rounds;
	int type;

	X509_ALGOR_get0(&object, &type, &parameter, algorithm);
	if (type != V_ASN1_SEQUENCE)
		return 0;
	at = ASN1_STRING_get0_data(parameter);
	if (OBJ_obj2nid(object) == NID_pbes2) {
		scheme = d2i_PBE2PARAM(NULL, &at, ASN1_STRING_length(parameter));
		rounds = scheme ? rounds_of_kdf(scheme->keyfunc) : 0;
		PBE2PARAM_free(scheme);
		return rounds;
	}
	old = d2i_PBEPARAM(NULL, &at, ASN1_STRING_length(parameter));
	rounds = old ? ASN1_INTEGER_get(old->iter) : 0;
	PBEPARAM_free(old);
	return rounds;
}

static bool is_bearable(long rounds)
{
	return rounds > 0 && rounds <= (long)KEYSTORE_MAX_ROUNDS;
}

static const char *alias_of(struct keystore *keystore, PKCS12_SAFEBAG *bag)
{
	char *name = PKCS12_get_friendlyname(bag);
	const char *alias = name ? arena_text(keystore->arena, span_of(name)) : "";

	OPENSSL_free(name);
	return alias;
}

static enum keystore_outcome put_certificate(struct keystore *keystore, PKCS12_SAFEBAG *bag)
{
	X509 *x509 = PKCS12_SAFEBAG_get1_cert(bag);
	unsigned char *der = NULL;
	enum keystore_outcome outcome = KEYSTORE_CORRUPT;
	int len = x509 ? i2d_X509(x509, &der) : -1;

	if (len > 0)
		outcome = keystore_put_certificate(keystore,
						   (struct span){(const char *)der, (size_t)len},
						   alias_of(keystore, bag))
			      ? KEYSTORE_READ
			      : KEYSTORE_CUT;
	OPENSSL_free(der);
	X509_free(x509);
	return outcome;
}

static enum keystore_outcome put_bags(struct keystore *keystore,
				      const STACK_OF(PKCS12_SAFEBAG) * bags, int depth)
{
	enum keystore_outcome worst = KEYSTORE_READ;

	for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); i++) {
		PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(bags, i);
		enum keystore_outcome outcome = KEYSTORE_READ;
		struct keystore_key key = {.is_encrypted = true};

		switch (PKCS12_SAFEBAG_get_nid(bag)) {
		case NID_certBag:
			if (PKCS12_SAFEBAG_get_bag_nid(bag) == NID_x509Certificate)
				outcome = put_certificate(keystore, bag);
			break;
		case NID_keyBag:
		case NID_pkcs8ShroudedKeyBag:
			key.alias = alias_of(keystore, bag);
			key.is_encrypted = PKCS12_SAFEBAG_get_nid(bag) != NID_keyBag;
			keystore->key(keystore, &key);
			break;
		case NID_safeContentsBag:
			outcome =
			    depth == MAX_DEPTH
				? KEYSTORE_CUT
				: put_bags(keystore, PKCS12_SAFEBAG_get0_safes(bag), depth + 1);
			break;
		default:
			break;
		}
		if (outcome > worst)
			worst = outcome;
	}
	return worst;
}

static bool is_encrypted(PKCS7 *safe)
{
	return PKCS7_type_is_encrypted(safe) && safe->d.encrypted;
}

static STACK_OF(PKCS12_SAFEBAG) * open_safe(PKCS7 *safe, const char *password)
{
	if (!is_encrypted(safe))
		return PKCS12_unpack_p7data(safe);
	if (!is_bearable(rounds_of(safe->d.encrypted->enc_data->algorithm)))
		return NULL;
	return PKCS12_unpack_p7encdata(safe, password, password ? -1 : 0);
}

/* What is encrypted by a public key holds nothing that is shown to others, and is left alone. */
static enum keystore_outcome put_safe(struct keystore *keystore, PKCS7 *safe, const char *password)
{
	STACK_OF(PKCS12_SAFEBAG) * bags;
	enum keystore_outcome outcome;

	if (!PKCS7_type_is_data(safe) && !is_encrypted(safe))
		return KEYSTORE_READ;
	bags = open_safe(safe, password);
	if (!bags)
		return is_encrypted(safe) ? KEYSTORE_WRONG_PASSWORD : KEYSTORE_CORRUPT;
	outcome = put_bags(keystore, bags, 0);
	sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
	return outcome;
}

/* Without integrity that is all there is to tell a password by. */
static bool opens(const STACK_OF(PKCS7) * safes, const char *password)
{
	for (int i = 0; i < sk_PKCS7_num(safes); i++) {
		PKCS7 *safe = sk_PKCS7_value(safes, i);
		STACK_OF(PKCS12_SAFEBAG) * bags;

		if (!is_encrypted(safe))
			continue;
		bags = open_safe(safe, password);
		if (!bags)
			return false;
		sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
	}
	return true;
}

static enum keystore_outcome put_safes(struct keystore *keystore, const STACK_OF(PKCS7) * safes,
				       const char *password)
{
	enum keystore_outcome worst = KEYSTORE_READ;

	for (int i = 0; i < sk_PKCS7_num(safes); i++) {
		enum keystore_outcome outcome =
		    put_safe(keystore, sk_PKCS7_value(safes, i), password);

		if (outcome > worst)
			worst = outcome;
	}
	/* it was the right password, so that it is the data that is wrong */
	return worst == KEYSTORE_WRONG_PASSWORD ? KEYSTORE_CORRUPT : worst;
}

/* Those that tools choose: keytool's documentation has "changeit". */
static const char *const usual[] = {NULL, "", "changeit", "changeme"};

static enum keystore_outcome try_passwords(struct keystore *keystore, PKCS12 *store,
					   const STACK_OF(PKCS7) * safes)
{
	const ASN1_INTEGER *rounds = NULL;
	bool has_mac = PKCS12_mac_present(store) == 1;

	PKCS12_get0_mac(NULL, NULL, NULL, &rounds, store);
	if (has_mac && rounds && !is_bearable(ASN1_INTEGER_get(rounds)))
		return KEYSTORE_CORRUPT;
	for (unsigned i = 0; i < ARRAY_LEN(usual) + keystore->password_count; i++) {
		const char *password =
		    i < ARRAY_LEN(usual) ? usual[i] : keystore->passwords[i - ARRAY_LEN(usual)];

		if (has_mac ? PKCS12_verify_mac(store, password, password ? -1 : 0) == 1
			    : opens(safes, password))
			return put_safes(keystore, safes, password);
	}
	return KEYSTORE_WRONG_PASSWORD;
}

enum keystore_outcome keystore_pkcs12(struct keystore *keystore, struct span data)
{
	const unsigned char *at = (const unsigned char *)data.data;
	size_t len = keystore_der_length(data);
	enum keystore_outcome outcome = KEYSTORE_CORRUPT;
	STACK_OF(PKCS7) * safes;
	PKCS12 *store;

	keystore->format = "PKCS12";
	if (len > data.len)
		return KEYSTORE_CUT;
	store = d2i_PKCS12(NULL, &at, (long)data.len); /* at most PROBE_MAX_ITEM */
	safes = store ? PKCS12_unpack_authsafes(store) : NULL;
	if (safes)
		outcome = try_passwords(keystore, store, safes);
	ERR_clear_error();
	sk_PKCS7_pop_free(safes, PKCS7_free);
	PKCS12_free(store);
	return outcome;
}
