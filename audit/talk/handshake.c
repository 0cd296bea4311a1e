/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] One whole TLS handshake: see handshake.h. */
#include "audit/talk/handshake.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "lib/own.h"

#define CHUNK 4096
#define MAX_CHAIN (100L << 10) /* bytes of the certificates; OpenSSL's own ceiling is the same */

/* What a server may sign with, for each kind of key; RFC 8446, 4.2.3. NULL: OpenSSL's list. */
static const struct {
	const char *ciphers; /* up to TLS 1.2: ciphers(1) */
	const char *signatures;
} offers[HANDSHAKE_KEYS] = {
    [HANDSHAKE_ANY] = {"ALL:!aNULL:!eNULL:!PSK:!SRP", NULL},
    [HANDSHAKE_RSA] = {"aRSA:!eNULL:!PSK:!SRP",
		       "RSA+SHA256:RSA+SHA384:RSA+SHA512:rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:"
		       "rsa_pss_rsae_sha512:rsa_pss_pss_sha256:rsa_pss_pss_sha384:"
		       "rsa_pss_pss_sha512:RSA+SHA224:RSA+SHA1"},
    [HANDSHAKE_ECDSA] = {"aECDSA:!eNULL:!PSK:!SRP",
			 "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:ECDSA+SHA224:"
			 "ECDSA+SHA1"},
};

/* Called when the server asks for a certificate; we have none. */
static int note_request(SSL *session, X509 **certificate, EVP_PKEY **key)
{
	struct handshake *handshake = SSL_get_app_data(session);

	(void)certificate;
	(void)key;
	handshake->wants_certificate = true;
	return 0;
}

/* The chain is looked at by others; here it would only cost time. */
static int take_any(X509_STORE_CTX *chain, void *context)
{
	(void)chain;
	(void)context;
	return 1;
}

/* SSL_CTX_set1_sigalgs_list() and SSL_set_tlsext_host_name() are macros that cast const away. */
static bool set_signatures(SSL_CTX *context, const char *list)
{
	auto_free char *copy = xstrdup(list);

	return SSL_CTX_set1_sigalgs_list(context, copy) == 1;
}

static bool set_name(SSL *session, const char *name)
{
	auto_free char *copy = xstrdup(name);

	return SSL_set_tlsext_host_name(session, copy) == 1;
}

static SSL_CTX *make_context(enum handshake_key key)
{
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());

	if (!context)
		return NULL;
	SSL_CTX_set_security_level(context, 0);
	SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
	SSL_CTX_set_cert_verify_callback(context, take_any, NULL);
	SSL_CTX_set_max_cert_list(context, MAX_CHAIN);
	SSL_CTX_set_client_cert_cb(context, note_request);
	/* RFC 5746: an old server that does not know of it is still looked at */
	SSL_CTX_set_options(context, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_NO_TICKET);
	SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
	if (SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
	    SSL_CTX_set_cipher_list(context, offers[key].ciphers) == 1 &&
	    (!offers[key].signatures || set_signatures(context, offers[key].signatures)))
		return context;
	SSL_CTX_free(context);
	return NULL;
}

void handshakes_end(struct handshakes *all)
{
	for (unsigned key = 0; key < HANDSHAKE_KEYS; key++)
		SSL_CTX_free(all->contexts[key]);
	*all = (struct handshakes){{NULL}};
}

static enum talk decided(struct handshake *handshake, enum handshake_outcome outcome,
			 const char *reason)
{
	handshake->outcome = outcome;
	handshake->reason = reason;
	return TALK_DONE;
}

static void note_alert(const SSL *session, int where, int value)
{
	struct handshake *handshake = SSL_get_app_data(session);

	if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && value >> 8 == SSL3_AL_FATAL)
		handshake->alert = (uint8_t)value;
}

static void take_out(struct handshake *handshake, struct buf *out)
{
	char chunk[CHUNK];
	int got;

	while ((got = BIO_read(handshake->out, chunk, sizeof(chunk))) > 0)
		buf_put(out, chunk, (size_t)got);
}

enum talk handshake_begin(struct handshake *handshake, struct handshakes *all,
			  enum handshake_key key, const char *name, struct buf *out)
{
	*handshake = (struct handshake){0};
	if (!all->contexts[key])
		all->contexts[key] = make_context(key);
	if (all->contexts[key])
		handshake->session = SSL_new(all->contexts[key]);
	if (!handshake->session)
		return decided(handshake, HANDSHAKE_BROKEN, "OpenSSL has no memory");
	handshake->in = BIO_new(BIO_s_mem());
	handshake->out = BIO_new(BIO_s_mem());
	if (!handshake->in || !handshake->out) {
		BIO_free(handshake->in);
		BIO_free(handshake->out);
		return decided(handshake, HANDSHAKE_BROKEN, "OpenSSL has no memory");
	}
	SSL_set_bio(handshake->session, handshake->in, handshake->out);
	(void)SSL_set_app_data(handshake->session, handshake); /* fails only without memory */
	SSL_set_info_callback(handshake->session, note_alert);
	if (name && !set_name(handshake->session, name))
		return decided(handshake, HANDSHAKE_BROKEN, "the name cannot be asked for");
	SSL_set_connect_state(handshake->session);
	(void)SSL_do_handshake(handshake->session); /* wants to read */
	ERR_clear_error();
	take_out(handshake, out);
	return TALK_MORE;
}

/* What is known, however it ended: the chain comes before most that can go wrong. */
static void take_shown(struct handshake *handshake)
{
	STACK_OF(X509) *chain = SSL_get_peer_cert_chain(handshake->session);

	/* of our own: a session ticket that comes later makes OpenSSL free the session's */
	if (chain && !handshake->chain)
		handshake->chain = X509_chain_up_ref(chain);
	if (SSL_get_current_cipher(handshake->session)) {
		handshake->version = (uint16_t)SSL_version(handshake->session);
		handshake->cipher = SSL_get_cipher_name(handshake->session);
	}
}

/* RFC 8446, 5.1: what every record begins with */
static bool is_record(struct span in)
{
	unsigned type = (unsigned char)in.data[0];

	return type >= 20 && type <= 23 && (in.len < 2 || in.data[1] == 3);
}

static enum talk fail(struct handshake *handshake)
{
	unsigned long why = ERR_peek_error();

	take_shown(handshake);
	if (handshake->chain)
		return decided(handshake, HANDSHAKE_SERVED, NULL);
	if (handshake->alert)
		return decided(handshake, HANDSHAKE_REFUSED, NULL);
	if (ERR_GET_LIB(why) == ERR_LIB_SSL && ERR_GET_REASON(why) == SSL_R_EXCESSIVE_MESSAGE_SIZE)
		return decided(handshake, HANDSHAKE_BROKEN, "its chain is larger than 100 KiB");
	return decided(handshake, HANDSHAKE_BROKEN, "it does not keep to TLS");
}

static enum talk go_on(struct handshake *handshake, struct buf *plain, struct buf *out)
{
	char chunk[CHUNK];
	int got;

	if (!handshake->is_done) {
		got = SSL_do_handshake(handshake->session);
		take_out(handshake, out);
		if (got != 1) {
			int why = SSL_get_error(handshake->session, got);

			return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE
				   ? TALK_MORE
				   : fail(handshake);
		}
		handshake->is_done = true;
		take_shown(handshake);
		(void)decided(handshake, handshake->chain ? HANDSHAKE_SERVED : HANDSHAKE_BROKEN,
			      handshake->chain ? NULL : "it shows no certificate");
	}
	while ((got = SSL_read(handshake->session, chunk, sizeof(chunk))) > 0)
		buf_put(plain, chunk, (size_t)got);
	take_out(handshake, out);
	return TALK_DONE;
}

enum talk handshake_feed(struct handshake *handshake, struct span in, struct buf *plain,
			 struct buf *out)
{
	enum talk talk;

	if (handshake->outcome != HANDSHAKE_MORE && !handshake->is_done)
		return TALK_DONE;
	if (in.len == 0)
		return TALK_MORE;
	if (!handshake->has_heard && !is_record(in))
		return decided(handshake, HANDSHAKE_NO_TLS, NULL);
	handshake->has_heard = true;
	if (in.len > INT_MAX || BIO_write(handshake->in, in.data, (int)in.len) != (int)in.len)
		return decided(handshake, HANDSHAKE_BROKEN, "OpenSSL has no memory");
	talk = go_on(handshake, plain, out);
	ERR_clear_error();
	return talk;
}

int handshake_say(struct handshake *handshake, struct span plain, struct buf *out)
{
	int said = 0;

	if (plain.len > INT_MAX || !handshake->is_done)
		return -1;
	if (plain.len > 0)
		said = SSL_write(handshake->session, plain.data, (int)plain.len);
	take_out(handshake, out);
	ERR_clear_error();
	return said == (int)plain.len ? 0 : -1;
}

void handshake_end(struct handshake *handshake)
{
	if (handshake->outcome != HANDSHAKE_MORE)
		return;
	if (handshake->session)
		take_shown(handshake);
	if (handshake->chain)
		(void)decided(handshake, HANDSHAKE_SERVED, NULL);
	else
		(void)decided(handshake, HANDSHAKE_BROKEN, "it goes before it shows a certificate");
}

void handshake_done(struct handshake *handshake)
{
	SSL_free(handshake->session); /* and its BIOs */
	sk_X509_pop_free(handshake->chain, X509_free);
	handshake->session = NULL;
	handshake->chain = NULL;
}
