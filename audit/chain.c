/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What a client makes of a chain of certificates: see chain.h. */
#include "audit/chain.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdbool.h>

#define MAX_DEPTH 16
#define MAX_ROOTS 2000 /* Mozilla has 150 */

const char *chain_verdict_name(enum chain_verdict verdict)
{
	static const char *const names[] = {
	    [CHAIN_OK] = "ok",
	    [CHAIN_DISORDERED] = "disordered",
	    [CHAIN_EXPIRED] = "expired",
	    [CHAIN_NOT_YET_VALID] = "not yet valid",
	    [CHAIN_SELF_SIGNED] = "self-signed",
	    [CHAIN_UNKNOWN_ROOT] = "unknown root",
	    [CHAIN_UNKNOWN_ISSUER] = "unknown issuer",
	    [CHAIN_INCOMPLETE] = "incomplete",
	    [CHAIN_INVALID] = "invalid",
	    [CHAIN_NO_ROOTS] = "no roots",
	    [CHAIN_UNKNOWN] = NULL,
	};

	return names[verdict];
}

/* OpenSSL's own would ask at the terminal, for which a jail is killed. */
static int no_password(char *out, int size, int is_writing, void *context)
{
	(void)is_writing, (void)context;
	if (size > 0)
		out[0] = '\0';
	return -1;
}

struct x509_store_st *chain_read_roots(struct span pem)
{
	BIO *bio = pem.len <= INT_MAX ? BIO_new_mem_buf(pem.data, (int)pem.len) : NULL;
	X509_STORE *store = X509_STORE_new();
	X509 *root;
	int count = 0;

	/* a block that is no certificate is passed over by the search for the next one */
	while (bio && store && count < MAX_ROOTS &&
	       ((root = PEM_read_bio_X509(bio, NULL, no_password, NULL)) ||
		ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)) {
		count += root && X509_STORE_add_cert(store, root) == 1;
		X509_free(root);
		if (!root && BIO_eof(bio))
			break;
		ERR_clear_error();
	}
	ERR_clear_error();
	BIO_free(bio);
	if (count > 0)
		return store;
	X509_STORE_free(store);
	return NULL;
}

void chain_free_roots(struct x509_store_st *roots)
{
	X509_STORE_free(roots);
}

/* 0 or the error of X509_verify_cert(3); the certificate at fault, if any, goes to *at. */
static int verify(STACK_OF(X509) * chain, X509_STORE *roots, int64_t now, bool check_time,
		  X509 **at)
{
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	int error = X509_V_ERR_OUT_OF_MEM;

	if (context && X509_STORE_CTX_init(context, roots, sk_X509_value(chain, 0), chain) == 1) {
		X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);

		/* OpenSSL's default of the auth_level is 0 where no SSL is: any key will do */
		(void)X509_VERIFY_PARAM_set_flags(
		    param, X509_V_FLAG_TRUSTED_FIRST |
			       (check_time ? 0UL : (unsigned long)X509_V_FLAG_NO_CHECK_TIME));
		(void)X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
		X509_VERIFY_PARAM_set_depth(param, MAX_DEPTH);
		X509_VERIFY_PARAM_set_time(param, (time_t)now);
		error = X509_verify_cert(context) == 1 ? 0 : X509_STORE_CTX_get_error(context);
		*at = X509_STORE_CTX_get_current_cert(context);
	}
	X509_STORE_CTX_free(context);
	return error;
}

/* RFC 5280, 4.2.2.1: caIssuers says where the certificate of the issuer is. Public authorities must
 * put it into what they issue; who signs with a root of his own hardly ever does. */
static bool names_its_issuer(const X509 *x509)
{
	AUTHORITY_INFO_ACCESS *list = X509_get_ext_d2i(x509, NID_info_access, NULL, NULL);
	bool found = false;

	for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(list); i++)
		found |=
		    OBJ_obj2nid(sk_ACCESS_DESCRIPTION_value(list, i)->method) == NID_ad_ca_issuers;
	AUTHORITY_INFO_ACCESS_free(list);
	return found;
}

static enum chain_verdict verdict_of(int error, const X509 *at)
{
	switch (error) {
	case X509_V_OK:
		return CHAIN_OK;
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
		return CHAIN_SELF_SIGNED;
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
		return CHAIN_UNKNOWN_ROOT;
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
		return at && names_its_issuer(at) ? CHAIN_INCOMPLETE : CHAIN_UNKNOWN_ISSUER;
	case X509_V_ERR_OUT_OF_MEM:
		return CHAIN_UNKNOWN;
	case X509_V_ERR_CERT_HAS_EXPIRED:
		return CHAIN_EXPIRED;
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return CHAIN_NOT_YET_VALID;
	default:
		return CHAIN_INVALID;
	}
}

/* Each must certify the one before: RFC 5246, 7.4.2. RFC 8446, 4.4.2, asks for it only where it can
 * be had, so clients of TLS 1.3 put it in order; older ones do not. */
static bool is_ordered(STACK_OF(X509) * chain)
{
	for (int i = 0; i + 1 < sk_X509_num(chain); i++)
		if (X509_check_issued(sk_X509_value(chain, i + 1), sk_X509_value(chain, i)) !=
		    X509_V_OK)
			return false;
	return true;
}

enum chain_verdict chain_judge(struct stack_st_X509 *chain, struct x509_store_st *roots,
			       int64_t now)
{
	enum chain_verdict verdict;
	X509 *at = NULL;
	int error;

	if (!chain || sk_X509_num(chain) < 1)
		return CHAIN_UNKNOWN;
	if (!roots)
		return X509_self_signed(sk_X509_value(chain, 0), 1) == 1 ? CHAIN_SELF_SIGNED
									 : CHAIN_NO_ROOTS;
	error = verify(chain, roots, now, false, &at);
	if (error == 0)
		error = verify(chain, roots, now, true, &at);
	verdict = verdict_of(error, at);
	if (verdict == CHAIN_OK && !is_ordered(chain))
		verdict = CHAIN_DISORDERED;
	ERR_clear_error();
	return verdict;
}
