/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a server shows in clear: that it takes TLS 1.3, and up to TLS 1.2 its chain. Of a real one
 * in this process, and of those that do not keep to the protocol.
 */
#include "audit/talk/hello.h"

#include "lib/own.h"
#include "tests/tap.h"
#include "tests/unit/tls_peer.h"

static const unsigned char nonce[32] = {1, 2, 3};

static void begin(struct hello *hello, unsigned version, struct buf *said)
{
	struct hello_question question = {.version = (uint16_t)version, .wants_chain = true};

	buf_init(said, 1 << 16);
	(void)hello_begin(hello, &question, nonce, said);
}

/* What the server answers is left in `heard`. */
static struct hello ask(struct peer *peer, unsigned version, struct buf *heard)
{
	struct buf said auto_buf;
	struct hello hello;

	begin(&hello, version, &said);
	buf_init(heard, 1 << 20);
	peer_connect(peer);
	peer_hear(peer, buf_span(&said), heard);
	(void)hello_feed(&hello, buf_span(heard));
	hello_end(&hello, true);
	return hello;
}

static struct hello hear(unsigned version, struct span all, size_t piece)
{
	struct buf said auto_buf;
	struct hello hello;

	begin(&hello, version, &said);
	for (size_t at = 0; at < all.len; at += piece)
		(void)hello_feed(
		    &hello,
		    (struct span){all.data + at, all.len - at < piece ? all.len - at : piece});
	hello_end(&hello, true);
	return hello;
}

static unsigned count(struct span list, const X509 *first)
{
	unsigned found = 0;
	struct span one;

	while (flight_next(&list, &one)) {
		const unsigned char *at = (const unsigned char *)one.data;
		X509 *x509 = d2i_X509(NULL, &at, (long)one.len);

		if (!x509 || (found == 0 && X509_cmp(x509, first) != 0))
			found = 99;
		found++;
		X509_free(x509);
	}
	return found;
}

static void test_13(struct peer *peer)
{
	struct buf heard auto_buf;
	struct hello got = ask(peer, TLS_1_3, &heard);

	ok(got.outcome == HELLO_TAKEN && got.version == TLS_1_3, "a server takes TLS 1.3");
	is_str(suite_name(got.suite), "TLS_AES_256_GCM_SHA384", "and says by which suite");
	ok(got.flight.chain.len == 0, "its chain is not in clear");
	hello_done(&got);
	/* its first record: what stands behind it is for middleboxes, RFC 8446, D.4 */
	for (size_t len = 0; len < 5U + (unsigned char)heard.data[4]; len++) {
		got = hear(TLS_1_3, (struct span){heard.data, len}, len + 1);
		if (got.outcome == HELLO_TAKEN)
			break;
		hello_done(&got);
	}
	ok(got.outcome != HELLO_TAKEN, "cut anywhere it is no answer");
	if (heard.len > 20)
		heard.data[20] ^= 1; /* of its random: then it is no HelloRetryRequest */
	got = hear(TLS_1_3, buf_span(&heard), heard.len);
	ok(got.outcome == HELLO_BROKEN, "nor without a request for the share of a key");
	got = hear(TLS_1_2, buf_span(&heard), heard.len);
	ok(got.outcome == HELLO_BROKEN, "nor where TLS 1.3 was not offered");
}

static void test_12(struct peer *peer, const X509 *leaf)
{
	struct buf heard auto_buf;
	struct buf ignored auto_buf;
	struct hello got = ask(peer, TLS_1_2, &heard);
	bool is_same = true;

	ok(got.outcome == HELLO_TAKEN && got.version == TLS_1_2, "it takes TLS 1.2");
	ok(count(got.flight.chain, leaf) == 2 && !got.flight.wants_certificate, "and shows both");
	hello_done(&got);
	for (size_t piece = 1; piece < 40; piece++) {
		got = hear(TLS_1_2, buf_span(&heard), piece);
		is_same &= got.outcome == HELLO_TAKEN && count(got.flight.chain, leaf) == 2;
		hello_done(&got);
	}
	ok(is_same, "in pieces of any length");
	is_same = true;
	for (size_t len = 0; len < heard.len; len++) {
		got = hear(TLS_1_2, (struct span){heard.data, len}, 100);
		is_same &= got.outcome == (len ? HELLO_BROKEN : HELLO_REFUSED);
		hello_done(&got);
	}
	ok(is_same, "cut anywhere it is unknown");
	SSL_CTX_set_verify(peer->context, SSL_VERIFY_PEER, NULL);
	got = ask(peer, TLS_1_2, &ignored);
	ok(got.outcome == HELLO_TAKEN && got.flight.wants_certificate, "a certificate is wanted");
	hello_done(&got);
	SSL_CTX_set_verify(peer->context, SSL_VERIFY_NONE, NULL);
}

/* The same handshake messages, in records of `size` bytes. */
static void split(struct span all, size_t size, struct buf *out)
{
	struct buf inside auto_buf;

	buf_init(&inside, 1 << 20);
	while (all.len >= 5) {
		size_t len = (size_t)(unsigned char)all.data[3] << 8 | (unsigned char)all.data[4];

		buf_put(&inside, all.data + 5, len);
		all = (struct span){all.data + 5 + len, all.len - 5 - len};
	}
	for (size_t at = 0; at < inside.len; at += size) {
		size_t len = inside.len - at < size ? inside.len - at : size;

		buf_put(out, (char[]){22, 3, 3, (char)(len >> 8), (char)len}, 5);
		buf_put(out, inside.data + at, len);
	}
}

static void test_records(struct peer *peer, const X509 *leaf)
{
	struct buf heard auto_buf;
	struct hello got = ask(peer, TLS_1_2, &heard);
	bool is_same = true;

	hello_done(&got);
	for (size_t size = 1; size < 4000; size += size < 90 ? 1 : 790) {
		struct buf records auto_buf;

		buf_init(&records, 1 << 20);
		split(buf_span(&heard), size, &records);
		got = hear(TLS_1_2, buf_span(&records), records.len);
		is_same &= got.outcome == HELLO_TAKEN && count(got.flight.chain, leaf) == 2;
		hello_done(&got);
	}
	ok(is_same, "messages may be split over records, and several stand in one");
}

static void put_message(struct buf *out, unsigned type, size_t len, size_t there)
{
	static const char zeros[16000];

	buf_put(out,
		(char[]){22, 3, 3, (char)((there + 4) >> 8), (char)(there + 4), (char)type,
			 (char)(len >> 16), (char)(len >> 8), (char)len},
		9);
	buf_put(out, zeros, there);
}

/* A ServerHello, and what comes behind it. */
static struct hello odd(const struct buf *behind)
{
	static const char hello[] = {22, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3};
	struct buf all auto_buf;

	buf_init(&all, 1 << 20);
	buf_put(&all, hello, sizeof(hello));
	buf_put(&all, nonce, 32);
	buf_put(&all, (char[]){0, (char)0xc0, 0x2f, 0}, 4);
	buf_put(&all, behind->data, behind->len);
	return hear(TLS_1_2, buf_span(&all), 100);
}

static void test_odd(void)
{
	static const struct {
		const char *name;
		unsigned type;
		size_t len;
		size_t there;
		const char *reason;
	} cases[] = {
	    {"a list shorter than its message", 11, 10, 10, "its chain is not of the length"},
	    {"no certificate", 11, 3, 3, "it shows no certificate"},
	    {"a chain of 16 MiB", 11, 0xffffff, 100, "its chain is larger than 100 KiB"},
	    {"no chain", 14, 0, 0, "its chain does not follow ServerHello"},
	    {"Finished at once", 20, 12, 12, "its chain does not follow ServerHello"},
	};
	struct hello got;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf behind auto_buf;

		buf_init(&behind, 1 << 20);
		put_message(&behind, cases[i].type, cases[i].len, cases[i].there);
		got = odd(&behind);
		ok(got.outcome == HELLO_BROKEN &&
		       strncmp(got.reason, cases[i].reason, strlen(cases[i].reason)) == 0,
		   "%s: %s", cases[i].name, cases[i].reason);
		hello_done(&got);
	}
}

static void test_end(void)
{
	static const char chain[] = {22, 3, 3, 0, 11, 11, 0, 0, 7, 0, 0, 4, 0, 0, 1, 0};
	static const struct {
		const char *name;
		const char *data;
		size_t len;
		const char *reason;
	} cases[] = {
	    {"a second chain", chain, sizeof(chain), "its chain does not follow ServerHello"},
	    {"a key exchange of 16 MiB", "\x16\3\3\0\4\x0c\xff\xff\xff", 9,
	     "it says more than anybody needs"},
	    {"a message of no TLS", "\x16\3\3\0\4\x63\0\0\0", 9, "its flight has what does not"},
	    {"ServerHelloDone with a body", "\x16\3\3\0\5\x0e\0\0\1\0", 10,
	     "its flight ends oddly"},
	    {"an alert", "\x15\3\3\0\2\2\x28", 7, "it breaks off behind ServerHello"},
	    {"data that is no TLS", "HTTP/", 5, "it does not keep to TLS"},
	    {"nothing more", "", 0, "it goes before it answers"},
	};
	struct hello got;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf behind auto_buf;

		buf_init(&behind, 1 << 20);
		buf_put(&behind, chain, sizeof(chain));
		buf_put(&behind, cases[i].data, cases[i].len);
		got = odd(&behind);
		ok(got.outcome == HELLO_BROKEN &&
		       strncmp(got.reason, cases[i].reason, strlen(cases[i].reason)) == 0,
		   "%s: %s", cases[i].name, cases[i].reason);
		hello_done(&got);
	}
}

/* The order of the suites is the client's word, and it matters who signs. */
static void test_order(struct peer *peer)
{
	struct hello_question question = {.version = TLS_1_2, .suites.spares_signature = true};
	struct buf said auto_buf;
	struct buf heard auto_buf;
	struct hello hello;

	buf_init(&said, 1 << 16);
	buf_init(&heard, 1 << 16);
	(void)hello_begin(&hello, &question, nonce, &said);
	peer_connect(peer);
	peer_hear(peer, buf_span(&said), &heard);
	(void)hello_feed(&hello, buf_span(&heard));
	is_str(suite_name(hello.suite), "AES256-GCM-SHA384", "a server may sign nothing");
	ok(!suites_has(&hello.question.suites, 0x1301) && !suites_has(&hello.question.suites, 0xa),
	   "what was not offered is not there");
}

int main(void)
{
	struct peer_issue root = {.name = "root", .from = -1, .until = 1, .is_ca = true};
	struct peer_issue asked = {.name = "www.example.org", .from = -1, .until = 1};
	EVP_PKEY *key = EVP_RSA_gen(2048);
	X509 *issuer = peer_issue(&root, key);
	X509 *leaf;
	struct peer peer;

	asked.issuer = issuer;
	asked.issuer_key = key;
	leaf = peer_issue(&asked, key);
	peer_begin(&peer);
	(void)SSL_CTX_use_certificate(peer.context, leaf);
	(void)SSL_CTX_use_PrivateKey(peer.context, key);
	(void)SSL_CTX_add1_chain_cert(peer.context, issuer);
	test_13(&peer);
	test_12(&peer, leaf);
	test_records(&peer, leaf);
	test_order(&peer);
	test_odd();
	test_end();
	peer_end(&peer);
	X509_free(leaf);
	X509_free(issuer);
	EVP_PKEY_free(key);
	return done();
}
