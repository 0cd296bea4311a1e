/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One ClientHello: what a real server takes of it, and answers of all sorts. */
#include "audit/talk/hello.h"

#include "lib/own.h"
#include "tests/tap.h"
#include "tests/unit/tls_peer.h"

#define ALL_WEAK ((1U << HELLO_WEAKNESSES) - 1)

static const unsigned char nonce[32] = {1, 2, 3};

static struct hello ask(struct peer *peer, unsigned version, unsigned weaknesses, const char *name)
{
	struct hello_question question = {
	    .version = (uint16_t)version, .name = name, .suites.weaknesses = weaknesses};
	struct buf said auto_buf;
	struct buf heard auto_buf;
	struct hello hello;

	buf_init(&said, 1 << 16);
	buf_init(&heard, 1 << 16);
	(void)hello_begin(&hello, &question, nonce, &said);
	peer_connect(peer);
	peer_hear(peer, buf_span(&said), &heard);
	(void)hello_feed(&hello, buf_span(&heard));
	hello_end(&hello, true);
	return hello;
}

static void test_server(void)
{
	struct peer_issue asked = {.name = "www.example.org", .from = -1, .until = 1};
	EVP_PKEY *key = EVP_RSA_gen(2048);
	X509 *x509 = peer_issue(&asked, key);
	struct peer peer;
	struct hello got;

	peer_begin(&peer);
	(void)SSL_CTX_use_certificate(peer.context, x509);
	(void)SSL_CTX_use_PrivateKey(peer.context, key);
	got = ask(&peer, TLS_1_2, 0, "www.example.org");
	ok(got.outcome == HELLO_TAKEN && got.version == TLS_1_2, "a server takes TLS 1.2");
	is_str(SSL_get_servername(peer.session, TLSEXT_NAMETYPE_host_name), "www.example.org",
	       "and has understood the name");
	got = ask(&peer, TLS_1_1, 0, NULL);
	ok(got.outcome == HELLO_REFUSED && got.alert == 70, "it refuses TLS 1.1");
	got = ask(&peer, TLS_1_2, ALL_WEAK, NULL);
	ok(got.outcome == HELLO_REFUSED && got.alert == 40, "and all weak suites");
	(void)SSL_CTX_set_min_proto_version(peer.context, TLS1_VERSION);
	got = ask(&peer, TLS_1_1, 0, NULL);
	ok(got.outcome == HELLO_TAKEN && got.version == TLS_1_1, "another one takes TLS 1.1");
	got = ask(&peer, TLS_1_0, 0, NULL);
	ok(got.outcome == HELLO_TAKEN && got.version == TLS_1_0, "and TLS 1.0");
	(void)SSL_CTX_set_max_proto_version(peer.context, TLS1_VERSION);
	got = ask(&peer, TLS_1_2, 0, NULL);
	ok(got.outcome == HELLO_TAKEN && got.version == TLS_1_0, "one has nothing newer");
	(void)SSL_CTX_set_cipher_list(peer.context, "eNULL");
	got = ask(&peer, TLS_1_2, ALL_WEAK, NULL);
	ok(got.outcome == HELLO_TAKEN && got.weakness == HELLO_NULL, "one does not encrypt");
	(void)SSL_CTX_set_cipher_list(peer.context, "aNULL");
	got = ask(&peer, TLS_1_2, ALL_WEAK & ~(1U << HELLO_NULL), NULL);
	ok(got.outcome == HELLO_TAKEN && got.weakness == HELLO_ANON, "one proves nothing");
	peer_end(&peer);
	X509_free(x509);
	EVP_PKEY_free(key);
}

/* A ServerHello as a record. */
static size_t put_answer(unsigned char *out, unsigned version, unsigned suite)
{
	unsigned char answer[47] = {22, 3, 3, 0, 42, 2, 0, 0, 38};

	answer[9] = (unsigned char)(version >> 8);
	answer[10] = (unsigned char)version;
	answer[44] = (unsigned char)(suite >> 8);
	answer[45] = (unsigned char)suite;
	memcpy(out, answer, sizeof(answer));
	return sizeof(answer);
}

static struct hello hear(unsigned weaknesses, const void *data, size_t len, size_t piece,
			 bool in_order)
{
	struct hello_question question = {.version = TLS_1_2, .suites.weaknesses = weaknesses};
	struct buf said auto_buf;
	struct hello hello;

	buf_init(&said, 1 << 16);
	(void)hello_begin(&hello, &question, nonce, &said);
	for (size_t at = 0; at < len; at += piece)
		(void)hello_feed(&hello, (struct span){(const char *)data + at,
						       len - at < piece ? len - at : piece});
	hello_end(&hello, in_order);
	return hello;
}

static void test_answers(void)
{
	static const unsigned char warning[] = {21, 3, 1, 0, 2, 1, 112};
	static const unsigned char fatal[] = {21, 3, 1, 0, 2, 2, 112};
	static const unsigned char empty[] = {22, 3, 1, 0, 0};
	static const unsigned char other[] = {22, 3, 1, 0, 4, 11, 0, 0, 0};
	unsigned char answer[64];
	unsigned char both[64];
	struct hello got;
	size_t len = put_answer(answer, TLS_1_2, 0x000a);

	for (size_t piece = 1; piece < 50; piece += 12) {
		got = hear(ALL_WEAK, answer, len, piece, true);
		ok(got.outcome == HELLO_TAKEN && got.weakness == HELLO_3DES,
		   "3DES, in pieces of %zu", piece);
	}
	got = hear(0, answer, len, len, true);
	ok(got.outcome == HELLO_BROKEN, "what was not offered cannot be chosen");
	memcpy(both, warning, sizeof(warning));
	len = put_answer(both + sizeof(warning), TLS_1_2, 0xc02f);
	got = hear(0, both, sizeof(warning) + len, 5, true);
	ok(got.outcome == HELLO_TAKEN, "a warning before it changes nothing");
	got = hear(0, fatal, sizeof(fatal), 3, true);
	ok(got.outcome == HELLO_REFUSED && got.alert == 112, "a fatal alert is a refusal");
	got = hear(0, "", 0, 1, true);
	ok(got.outcome == HELLO_REFUSED && got.alert == 0, "so is to hang up at once");
	got = hear(0, "", 0, 1, false);
	ok(got.outcome == HELLO_BROKEN, "a reset is not");
	got = hear(0, answer, 20, 20, true);
	ok(got.outcome == HELLO_BROKEN, "nor is an answer that is cut short");
	got = hear(0, "HTTP/1.1 400", 12, 1, true);
	ok(got.outcome == HELLO_NO_TLS, "no TLS");
	got = hear(0, empty, sizeof(empty), 5, true);
	ok(got.outcome == HELLO_BROKEN, "an empty record");
	got = hear(0, other, sizeof(other), 9, true);
	ok(got.outcome == HELLO_BROKEN, "another message first");
}

int main(void)
{
	test_server();
	test_answers();
	is_str(hello_weakness_name(HELLO_3DES), "3DES", "a weakness has a name");
	return done();
}
