/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] A chain that a TLS server showed: see tls_leaf.h. */
#include "audit/tls_leaf.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "audit/talk/flight.h"
#include "lib/buf.h"

struct tls_seen {
	struct tls_seen *next;
	struct span list; /* the certificates as served: flight.h */
	X509 *first;
	enum tls_kind kind;
	struct tls_leaf leaf;
};

static enum tls_kind kind_of(X509 *first)
{
	const EVP_PKEY *key = X509_get0_pubkey(first);
	int id = key ? EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE;

	return id == EVP_PKEY_EC || id == EVP_PKEY_ED25519 || id == EVP_PKEY_ED448 ? TLS_KIND_ECDSA
										   : TLS_KIND_RSA;
}

static const struct tls_seen *find(const struct tls_leaves *leaves, struct span list)
{
	for (const struct tls_seen *at = leaves->seen; at; at = at->next)
		if (at->list.len == list.len && memcmp(at->list.data, list.data, list.len) == 0)
			return at;
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

static const struct tls_seen *see(struct tls_leaves *leaves, struct span list,
				  struct stack_st_X509 *chain)
{
	struct tls_seen *made = arena_alloc(leaves->arena, 1, sizeof(*made));
	char *bytes = arena_alloc(leaves->arena, 1, list.len);

	memcpy(bytes, list.data, list.len);
	made->list = (struct span){bytes, list.len};
	made->first = sk_X509_value(chain, 0);
	(void)X509_up_ref(made->first); /* fails only where it is not counted */
	made->kind = kind_of(made->first);
	look_at(leaves, chain, &made->leaf);
	made->next = leaves->seen;
	leaves->seen = made;
	return made;
}

/* The common name of a certificate has not counted since RFC 6125. */
static int matches(X509 *first, const char *name)
{
	int found =
	    name ? X509_check_host(first, name, 0, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, NULL) == 1
		 : -1;

	ERR_clear_error();
	return found;
}

static void take(const struct tls_seen *seen, const char *name, struct tls_leaf out[TLS_KINDS])
{
	if (out[seen->kind].chain)
		return;
	out[seen->kind] = seen->leaf;
	out[seen->kind].name_matches = matches(seen->first, name);
}

/* As they stood in the message: OpenSSL keeps the bytes of what it has read. */
static void put_list(struct stack_st_X509 *chain, struct buf *out)
{
	for (int i = 0; i < sk_X509_num(chain); i++) {
		int len = i2d_X509(sk_X509_value(chain, i), NULL);
		unsigned char head[] = {(unsigned char)(len >> 16), (unsigned char)(len >> 8),
					(unsigned char)len};
		unsigned char *at;

		buf_put(out, head, sizeof(head));
		at = (unsigned char *)(len > 0 ? buf_reserve(out, (size_t)len) : NULL);
		if (at && i2d_X509(sk_X509_value(chain, i), &at) == len)
			out->len += (size_t)len;
	}
}

void tls_leaf_take(struct tls_leaves *leaves, struct stack_st_X509 *chain, const char *name,
		   struct tls_leaf out[TLS_KINDS])
{
	struct buf list auto_buf;
	const struct tls_seen *seen;

	buf_init(&list, 2 * FLIGHT_MAX_CHAIN); /* the handshake's ceiling is the same */
	put_list(chain, &list);
	seen = find(leaves, buf_span(&list));
	take(seen ? seen : see(leaves, buf_span(&list), chain), name, out);
}

/* NULL: what is no certificate is among them, or there is none. */
static struct stack_st_X509 *read_list(struct span list)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	struct span one;
	bool is_good = chain && list.len > 0;

	while (is_good && flight_next(&list, &one)) {
		const unsigned char *at = (const unsigned char *)one.data;
		X509 *x509 = d2i_X509(NULL, &at, (long)one.len);

		is_good = x509 && at == (const unsigned char *)one.data + one.len &&
			  sk_X509_push(chain, x509) > 0;
		if (!is_good)
			X509_free(x509);
	}
	ERR_clear_error();
	if (is_good)
		return chain;
	sk_X509_pop_free(chain, X509_free);
	return NULL;
}

bool tls_leaf_take_list(struct tls_leaves *leaves, struct span list, const char *name,
			struct tls_leaf out[TLS_KINDS])
{
	const struct tls_seen *seen = find(leaves, list);
	struct stack_st_X509 *chain;

	if (!seen) {
		chain = read_list(list);
		if (!chain)
			return false;
		seen = see(leaves, list, chain);
		sk_X509_pop_free(chain, X509_free);
	}
	take(seen, name, out);
	return true;
}

void tls_leaves_done(struct tls_leaves *leaves)
{
	for (struct tls_seen *at = leaves->seen; at; at = at->next)
		X509_free(at->first);
	leaves->seen = NULL;
}
