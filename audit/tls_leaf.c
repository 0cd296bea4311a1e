/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] A chain that a TLS server showed: see tls_leaf.h. */
#include "audit/tls_leaf.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>

#define DIGEST 32

struct tls_seen {
	struct tls_seen *next;
	unsigned char key[DIGEST];
	struct tls_leaf leaf;
};

enum tls_kind tls_leaf_kind(struct stack_st_X509 *chain)
{
	const EVP_PKEY *key = X509_get0_pubkey(sk_X509_value(chain, 0));
	int id = key ? EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE;

	return id == EVP_PKEY_EC || id == EVP_PKEY_ED25519 || id == EVP_PKEY_ED448 ? TLS_KIND_ECDSA
										   : TLS_KIND_RSA;
}

/* SHA-256 over those of all certificates, in their order. */
static bool key_of(struct stack_st_X509 *chain, unsigned char key[DIGEST])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool is_good = context && EVP_DigestInit(context, EVP_sha256()) == 1;

	for (int i = 0; is_good && i < sk_X509_num(chain); i++) {
		unsigned char one[EVP_MAX_MD_SIZE];

		is_good = X509_digest(sk_X509_value(chain, i), EVP_sha256(), one, NULL) == 1 &&
			  EVP_DigestUpdate(context, one, DIGEST) == 1;
	}
	is_good = is_good && EVP_DigestFinal(context, key, NULL) == 1;
	EVP_MD_CTX_free(context);
	return is_good;
}

static const struct tls_leaf *find(const struct tls_leaves *leaves, const unsigned char key[DIGEST])
{
	for (const struct tls_seen *at = leaves->seen; at; at = at->next)
		if (memcmp(at->key, key, DIGEST) == 0)
			return &at->leaf;
	return NULL;
}

static void look_at(const struct tls_leaves *leaves, struct stack_st_X509 *chain,
		    struct tls_leaf *out)
{
	size_t count = (size_t)sk_X509_num(chain);
	struct err err;

	out->is_cut = count > TLS_MAX_CHAIN;
	out->count = out->is_cut ? TLS_MAX_CHAIN : count;
	out->chain = arena_alloc(leaves->arena, out->count, sizeof(*out->chain));
	for (size_t i = 0; i < out->count; i++)
		if (certificate_take(leaves->arena, sk_X509_value(chain, (int)i), &out->chain[i],
				     &err) < 0)
			out->is_cut = true;
	out->verdict = chain_judge(chain, leaves->roots, leaves->now);
}

/* The common name of a certificate has not counted since RFC 6125. */
static int matches(struct stack_st_X509 *chain, const char *name)
{
	int found = name ? X509_check_host(sk_X509_value(chain, 0), name, 0,
					   X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, NULL) == 1
			 : -1;

	ERR_clear_error();
	return found;
}

void tls_leaf_take(struct tls_leaves *leaves, struct stack_st_X509 *chain, const char *name,
		   struct tls_leaf *out)
{
	unsigned char key[DIGEST] = {0};
	const struct tls_leaf *seen;
	struct tls_seen *made;

	if (!key_of(chain, key))
		return;
	seen = find(leaves, key);
	if (!seen) {
		made = arena_alloc(leaves->arena, 1, sizeof(*made));
		memcpy(made->key, key, DIGEST);
		look_at(leaves, chain, &made->leaf);
		made->next = leaves->seen;
		leaves->seen = made;
		seen = &made->leaf;
	}
	*out = *seen;
	out->name_matches = matches(chain, name);
}
