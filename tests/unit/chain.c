/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client makes of a chain of certificates. */
#include "audit/chain.h"

#include "tests/tap.h"
#include "tests/unit/tls_peer.h"

static EVP_PKEY *keys[4];
static X509 *root;
static X509 *middle;
static X509 *leaf;
static struct x509_store_st *roots;

static const char *judge(X509 *first, X509 *second, X509 *third, struct x509_store_st *trusted)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	X509 *all[] = {first, second, third};
	enum chain_verdict verdict;

	for (size_t i = 0; i < 3; i++)
		if (all[i])
			(void)sk_X509_push(chain, all[i]);
	verdict = chain_judge(chain, trusted, PEER_NOW);
	sk_X509_free(chain);
	return chain_verdict_name(verdict);
}

static struct x509_store_st *make_roots(X509 *only, const char *before)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct x509_store_st *made;
	char *data;
	long len;

	(void)BIO_puts(bio, before);
	(void)PEM_write_bio_X509(bio, only);
	len = BIO_get_mem_data(bio, &data);
	made = chain_read_roots((struct span){data, (size_t)len});
	BIO_free(bio);
	return made;
}

static X509 *issue(const char *name, X509 *issuer, EVP_PKEY *issuer_key, int from, int until)
{
	struct peer_issue asked = {
	    .name = name, .issuer = issuer, .issuer_key = issuer_key, .from = from, .until = until};

	return peer_issue(&asked, keys[2]);
}

static void test_dates(void)
{
	X509 *expired = issue("old.example", middle, keys[1], -90, -1);
	X509 *early = issue("new.example", middle, keys[1], 1, 90);

	is_str(judge(expired, middle, NULL, roots), "expired", "a leaf that has expired");
	is_str(judge(early, middle, NULL, roots), "not yet valid", "one that is not valid yet");
	is_str(judge(expired, NULL, NULL, roots), "unknown issuer",
	       "that one is missing is not hidden by it");
	X509_free(expired);
	X509_free(early);
}

static void test_issuers(void)
{
	struct peer_issue asked = {.name = "alone.example",
				   .issuer = middle,
				   .issuer_key = keys[1],
				   .names_issuer = true,
				   .from = -10,
				   .until = 80};
	X509 *telling = peer_issue(&asked, keys[2]);
	X509 *own = issue("own.example", NULL, NULL, -10, 80);
	X509 *forged = issue("forged.example", middle, keys[3], -10, 80);
	struct x509_store_st *others;

	asked =
	    (struct peer_issue){.name = "other root", .is_ca = true, .from = -1000, .until = 1000};
	X509 *other = peer_issue(&asked, keys[3]);

	others = make_roots(other, "");
	is_str(judge(telling, NULL, NULL, roots), "incomplete",
	       "an issuer that is not served, and that the certificate says where to get");
	is_str(judge(leaf, NULL, NULL, roots), "unknown issuer",
	       "one that it does not say of: perhaps an authority of one's own");
	is_str(judge(own, NULL, NULL, roots), "self-signed", "signed by itself");
	is_str(judge(own, NULL, NULL, NULL), "self-signed", "the same without any roots");
	is_str(judge(leaf, middle, root, others), "unknown root", "a root that is not trusted");
	is_str(judge(forged, middle, NULL, roots), "invalid", "a signature that is wrong");
	is_str(judge(leaf, leaf, NULL, roots), "unknown issuer", "the leaf twice");
	chain_free_roots(others);
	X509_free(telling);
	X509_free(own);
	X509_free(forged);
	X509_free(other);
}

int main(void)
{
	struct peer_issue asked = {.name = "root", .is_ca = true, .from = -1000, .until = 3000};

	for (size_t i = 0; i < 4; i++)
		keys[i] = EVP_EC_gen("P-256");
	root = peer_issue(&asked, keys[0]);
	asked = (struct peer_issue){.name = "middle",
				    .issuer = root,
				    .issuer_key = keys[0],
				    .is_ca = true,
				    .from = -1000,
				    .until = 2000};
	middle = peer_issue(&asked, keys[1]);
	leaf = issue("good.example", middle, keys[1], -10, 80);
	roots =
	    make_roots(root, "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n"
			     "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
			     "-----END RSA PRIVATE KEY-----\n");
	ok(roots != NULL, "a bundle is read past what is none of it");
	is_str(judge(leaf, middle, NULL, roots), "ok", "a good chain");
	is_str(judge(leaf, middle, root, roots), "ok", "the same with its root");
	is_str(judge(leaf, root, middle, roots), "disordered", "the root too early");
	is_str(judge(leaf, middle, NULL, NULL), "no roots", "a host without roots");
	is_str(judge(NULL, NULL, NULL, roots), NULL, "no chain has no verdict");
	ok(!chain_read_roots((struct span){"", 0}), "an empty bundle has no roots");
	test_dates();
	test_issuers();
	ok(ERR_peek_error() == 0, "no error is left behind");
	chain_free_roots(roots);
	X509_free(leaf);
	X509_free(middle);
	X509_free(root);
	for (size_t i = 0; i < 4; i++)
		EVP_PKEY_free(keys[i]);
	return done();
}
