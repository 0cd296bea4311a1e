/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] TLS between a machine and the carrier: see tls.h. */
#include "audit/talk/tls.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <time.h>

#include "lib/own.h"

#define CHUNK 4096

struct tls {
	SSL_CTX *context;
	SSL *session;
	BIO *in;
	BIO *out;
	bool was_refused;
};

void tls_prepare(void)
{
	unsigned char byte;

	(void)OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL); /* tls_start() fails without */
	(void)RAND_bytes(&byte, 1);
	tzset(); /* OpenSSL compares dates by gmtime_r(3), which reads /etc/localtime at first */
}

/* Old servers are asked, too: whether their TLS is any good is for others to say. */
static SSL_CTX *make_context(void)
{
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());

	if (!context)
		return NULL;
	SSL_CTX_set_security_level(context, 0);
	SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
	if (SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
	    SSL_CTX_set_cipher_list(context, "ALL") == 1)
		return context;
	SSL_CTX_free(context);
	return NULL;
}

void tls_end(struct tls *tls)
{
	if (!tls)
		return;
	SSL_free(tls->session); /* and its BIOs */
	SSL_CTX_free(tls->context);
	free(tls);
}

static void take_out(struct tls *tls, struct buf *out)
{
	char chunk[CHUNK];
	int got;

	while ((got = BIO_read(tls->out, chunk, sizeof(chunk))) > 0)
		buf_put(out, chunk, (size_t)got);
}

struct tls *tls_start(struct buf *out)
{
	struct tls *tls = xcalloc(1, sizeof(*tls));

	tls->context = make_context();
	tls->session = tls->context ? SSL_new(tls->context) : NULL;
	if (!tls->session) {
		tls_end(tls);
		return NULL;
	}
	tls->in = BIO_new(BIO_s_mem());
	tls->out = BIO_new(BIO_s_mem());
	if (!tls->in || !tls->out) {
		BIO_free(tls->in);
		BIO_free(tls->out);
		tls_end(tls);
		return NULL;
	}
	SSL_set_bio(tls->session, tls->in, tls->out);
	SSL_set_connect_state(tls->session);
	(void)SSL_do_handshake(tls->session); /* wants to read */
	take_out(tls, out);
	return tls;
}

/* A fatal alert of the peer is an error of OpenSSL's behind SSL_AD_REASON_OFFSET: ssl(7), err.h. */
static bool only_wants_more(struct tls *tls, int result)
{
	int why = SSL_get_error(tls->session, result);

	tls->was_refused |=
	    why == SSL_ERROR_SSL && ERR_GET_REASON(ERR_peek_error()) >= SSL_AD_REASON_OFFSET;
	ERR_clear_error();
	return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
}

int tls_feed(struct tls *tls, struct span in, struct buf *plain, struct buf *out)
{
	char chunk[CHUNK];
	int got;

	if (in.len > INT_MAX || BIO_write(tls->in, in.data, (int)in.len) != (int)in.len)
		return -1;
	if (!SSL_is_init_finished(tls->session)) {
		got = SSL_do_handshake(tls->session);
		take_out(tls, out);
		if (got != 1)
			return only_wants_more(tls, got) ? 0 : -1;
	}
	while ((got = SSL_read(tls->session, chunk, sizeof(chunk))) > 0)
		buf_put(plain, chunk, (size_t)got);
	take_out(tls, out);
	if (!only_wants_more(tls, got) && plain->len == 0)
		return -1;
	return 1;
}

int tls_say(struct tls *tls, struct span plain, struct buf *out)
{
	if (plain.len > INT_MAX || (plain.len > 0 && SSL_write(tls->session, plain.data,
							       (int)plain.len) != (int)plain.len))
		return -1;
	take_out(tls, out);
	return 0;
}

bool tls_was_refused(const struct tls *tls)
{
	return tls && tls->was_refused;
}
