/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that is asked of one TLS server, and what is made of the answers: against a real server in
 * this process, conversation by conversation as the carrier has them.
 */
#include "audit/tls_endpoint.h"

#include <errno.h>

#include "audit/message.h"
#include "lib/own.h"
#include "tests/tap.h"
#include "tests/unit/tls_peer.h"

enum { GOOD_EC, GOOD_RSA, OTHER_EC, GOOD_ED, GOOD_PSS, CERTIFICATES };

static struct arena arena;
static struct tls_round round_of_tests;
static EVP_PKEY *keys[CERTIFICATES];
static X509 *certificates[CERTIFICATES];
static unsigned calls;
static const char *told;     /* what a server says in place of TLS; NULL: TLS */
static unsigned silent_from; /* the call from which on it is mute; 0: never */

/* One conversation; returns what comes next. */
static struct conversation *converse(struct conversation *now, struct peer *peer)
{
	struct buf said auto_buf;
	struct buf heard auto_buf;
	enum carry_end end = CARRY_CLOSED;
	enum talk talk;

	buf_init(&said, CALL_MAX_SAID);
	buf_init(&heard, CALL_MAX_SAID);
	peer_connect(peer);
	talk = now->of->begin(now->machine, &said);
	calls++;
	if (silent_from && calls >= silent_from)
		return now->over(now, CARRY_SILENT, 0);
	while (talk == TALK_MORE) {
		buf_clear(&heard);
		if (told)
			buf_text(&heard, told);
		else
			peer_hear(peer, buf_span(&said), &heard);
		if (heard.len == 0)
			break;
		buf_clear(&said);
		talk = now->of->feed(now->machine, buf_span(&heard), &said);
	}
	if (talk == TALK_DONE)
		end = CARRY_DONE;
	if (talk == TALK_BROKEN)
		end = CARRY_BROKEN;
	return now->over(now, end, 0);
}

static struct tls_endpoint *new_endpoint(void)
{
	struct tls_endpoint *endpoint = arena_alloc(&arena, 1, sizeof(*endpoint));

	tls_endpoint_init(endpoint, &round_of_tests, 0);
	calls = 0;
	told = NULL;
	silent_from = 0;
	return endpoint;
}

static void ask(struct tls_endpoint *endpoint, struct peer *peer)
{
	struct conversation *now = &endpoint->conversation;

	while (now)
		now = converse(now, peer);
}

static void use(struct peer *peer, int which)
{
	(void)SSL_CTX_use_certificate(peer->context, certificates[which]);
	(void)SSL_CTX_use_PrivateKey(peer->context, keys[which]);
}

static bool shows(const struct tls_leaf *leaf, int which)
{
	struct certificate expected;
	struct err err;

	return leaf->chain && certificate_take(&arena, certificates[which], &expected, &err) == 0 &&
	       strcmp(leaf->chain->fingerprint, expected.fingerprint) == 0;
}

static bool accepts(const struct tls_name *name, int tls10, int tls11, int tls12, int tls13)
{
	return name->accepts[0] == tls10 && name->accepts[1] == tls11 &&
	       name->accepts[2] == tls12 && name->accepts[3] == tls13;
}

static void test_good(void)
{
	struct tls_endpoint *endpoint = new_endpoint();
	const struct tls_name *first = endpoint->names;
	struct peer peer;

	peer_begin(&peer);
	use(&peer, GOOD_EC);
	ask(endpoint, &peer);
	ok(first->outcome == TLS_SERVED && first->version == TLS_1_3, "a good server");
	ok(shows(&first->leaves[TLS_KIND_ECDSA], GOOD_EC) && !first->leaves[TLS_KIND_RSA].chain,
	   "has one certificate");
	ok(first->leaves[TLS_KIND_ECDSA].name_matches == -1, "that was shown without a name");
	ok(first->leaves[TLS_KIND_ECDSA].verdict == CHAIN_SELF_SIGNED, "and is held against roots");
	ok(accepts(first, 0, 0, 1, 1), "takes TLS 1.2 and 1.3");
	ok(first->has_weaknesses && first->weaknesses == 0, "and nothing weak");
	ok(!endpoint->is_short_of && !endpoint->has_too_many_names, "nothing is missing");
	ok(endpoint->name_count == 2 && first->next && first->next->next,
	   "its names are asked for");
	is_str(first->next->name, "good.example", "one as it is");
	is_str(first->next->next->name, "harden.good.example", "one for the wildcard");
	ok(first->next->leaves[TLS_KIND_ECDSA].name_matches == 1, "which is its name");
	ok(accepts(first->next, -1, -1, -1, -1), "versions are not asked again");
	ok(calls == 7, "seven connections: five, and one a name (%u)", calls);
	peer_end(&peer);
}

static void test_pair(void)
{
	struct tls_endpoint *endpoint = new_endpoint();
	const struct tls_name *first = endpoint->names;
	struct peer peer;

	peer_begin(&peer);
	use(&peer, GOOD_EC);
	use(&peer, GOOD_RSA);
	(void)SSL_CTX_set_max_proto_version(peer.context, TLS1_2_VERSION);
	(void)tls_endpoint_add_name(endpoint, span_of("WWW.good.example."), "nginx");
	(void)tls_endpoint_add_name(endpoint, span_of("shop.example"), "nginx");
	ask(endpoint, &peer);
	ok(shows(&first->leaves[TLS_KIND_ECDSA], GOOD_EC) &&
	       shows(&first->leaves[TLS_KIND_RSA], GOOD_RSA),
	   "both of a pair are seen");
	ok(accepts(first, 0, 0, 1, 0), "TLS 1.2 alone");
	is_str(first->next->origin, "nginx", "a name of the configuration comes first");
	ok(first->next->leaves[TLS_KIND_RSA].name_matches == 1 &&
	       first->next->leaves[TLS_KIND_ECDSA].name_matches == 1,
	   "and both are held against it");
	ok(first->next->next->leaves[TLS_KIND_ECDSA].name_matches == 0, "another is not theirs");
	peer_end(&peer);
}

/* What cannot be seen in clear is asked by handshakes. */
static void test_13_alone(void)
{
	struct tls_endpoint *endpoint = new_endpoint();
	const struct tls_name *first = endpoint->names;
	struct peer peer;

	peer_begin(&peer);
	use(&peer, GOOD_EC);
	use(&peer, GOOD_RSA);
	(void)SSL_CTX_set_min_proto_version(peer.context, TLS1_3_VERSION);
	SSL_CTX_set_verify(peer.context, SSL_VERIFY_PEER, NULL);
	(void)tls_endpoint_add_name(endpoint, span_of("shop.example"), "nginx");
	ask(endpoint, &peer);
	ok(first->outcome == TLS_SERVED && first->version == TLS_1_3 && first->cipher,
	   "TLS 1.3 alone");
	ok(shows(&first->leaves[TLS_KIND_ECDSA], GOOD_EC) &&
	       shows(&first->leaves[TLS_KIND_RSA], GOOD_RSA),
	   "both of its certificates are seen");
	ok(first->wants_certificate && accepts(first, 0, 0, 0, 1), "and all else");
	ok(first->next->outcome == TLS_SERVED &&
	       first->next->leaves[TLS_KIND_RSA].name_matches == 0,
	   "also by a name");
	ok(!endpoint->is_short_of, "nothing is missing");
	peer_end(&peer);
}

static void test_keys(void)
{
	static const struct {
		int which;
		enum tls_kind kind;
		const char *name;
	} cases[] = {{GOOD_ED, TLS_KIND_ECDSA, "Ed25519"}, {GOOD_PSS, TLS_KIND_RSA, "RSA-PSS"}};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct tls_endpoint *endpoint = new_endpoint();
		const struct tls_name *first = endpoint->names;
		struct peer peer;

		peer_begin(&peer);
		use(&peer, cases[i].which);
		ask(endpoint, &peer);
		ok(first->outcome == TLS_SERVED &&
		       shows(&first->leaves[cases[i].kind], cases[i].which),
		   "%s is shown", cases[i].name);
		ok(!first->leaves[!cases[i].kind].chain && accepts(first, 0, 0, 1, 1) &&
		       !endpoint->is_short_of && endpoint->is_clear,
		   "%s: in clear", cases[i].name);
		peer_end(&peer);
	}
}

/* Names are asked in clear, and for no more than their chains. */
static void test_clear_names(void)
{
	struct tls_endpoint *endpoint = new_endpoint();
	const struct tls_name *first = endpoint->names;
	struct peer peer;

	peer_begin(&peer);
	use(&peer, GOOD_EC);
	(void)tls_endpoint_add_name(endpoint, span_of("good.example"), "nginx");
	ask(endpoint, &peer);
	is_str(first->cipher, "TLS_AES_256_GCM_SHA384", "the suite is told");
	ok(first->next->version == 0 && !first->next->cipher, "not again by another name");
	ok(first->leaves[TLS_KIND_ECDSA].chain == first->next->leaves[TLS_KIND_ECDSA].chain,
	   "a chain is looked at once");
	ok(!round_of_tests.handshakes.contexts[HANDSHAKE_ANY] && calls == 8,
	   "all without a handshake (%u)", calls);
	peer_end(&peer);
}

static int serve_by_name(SSL *session, int *alert, void *context)
{
	const char *name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);

	(void)context;
	if (name && strcmp(name, "other.example") == 0) {
		(void)SSL_use_certificate(session, certificates[OTHER_EC]);
		(void)SSL_use_PrivateKey(session, keys[OTHER_EC]);
		return SSL_TLSEXT_ERR_OK;
	}
	*alert = SSL_AD_UNRECOGNIZED_NAME;
	return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static void test_by_name(void)
{
	struct tls_endpoint *endpoint = new_endpoint();
	const struct tls_name *first = endpoint->names;
	struct peer peer;

	peer_begin(&peer);
	use(&peer, GOOD_EC);
	(void)SSL_CTX_set_tlsext_servername_callback(peer.context, serve_by_name);
	ok(tls_endpoint_add_name(endpoint, span_of("other.example"), "nginx"), "a name is kept");
	ask(endpoint, &peer);
	ok(first->outcome == TLS_REFUSED, "who does not know its name is not served");
	ok(first->next->outcome == TLS_SERVED &&
	       shows(&first->next->leaves[TLS_KIND_ECDSA], OTHER_EC) &&
	       first->next->leaves[TLS_KIND_ECDSA].name_matches == 1,
	   "who knows it is");
	ok(accepts(first->next, 0, 0, 1, 1) && accepts(first, -1, -1, -1, -1),
	   "and versions are asked by that name");
	ok(!endpoint->is_short_of, "nothing is missing");
	peer_end(&peer);
}

static void test_old(void)
{
	struct tls_endpoint *endpoint = new_endpoint();
	const struct tls_name *first = endpoint->names;
	struct peer peer;

	peer_begin(&peer);
	use(&peer, GOOD_RSA);
	(void)SSL_CTX_set_min_proto_version(peer.context, TLS1_VERSION);
	(void)SSL_CTX_set_cipher_list(peer.context, "ALL:eNULL:aNULL");
	SSL_CTX_set_verify(peer.context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
	ask(endpoint, &peer);
	ok(first->outcome == TLS_SERVED && shows(&first->leaves[TLS_KIND_RSA], GOOD_RSA),
	   "a certificate is shown before one is asked for");
	ok(first->wants_certificate, "and that is seen");
	ok(accepts(first, 1, 1, 1, 1), "all versions");
	ok(first->weaknesses == (1U << HELLO_NULL | 1U << HELLO_ANON), "and what is weak");
	(void)SSL_CTX_set_max_proto_version(peer.context, TLS1_VERSION);
	SSL_CTX_set_verify(peer.context, SSL_VERIFY_NONE, NULL);
	endpoint = new_endpoint();
	ask(endpoint, &peer);
	ok(endpoint->names->version == TLS_1_0 && accepts(endpoint->names, 1, 0, 0, 0),
	   "TLS 1.0 alone");
	peer_end(&peer);
}

static void test_bad(void)
{
	struct tls_endpoint *endpoint = new_endpoint();
	struct buf said auto_buf;
	struct peer peer;

	buf_init(&said, CALL_MAX_SAID);
	peer_begin(&peer);
	use(&peer, GOOD_EC);
	told = "HTTP/1.1 400 Bad Request\r\n\r\n";
	ask(endpoint, &peer);
	ok(endpoint->names->outcome == TLS_CLEAR && calls == 1, "no TLS: asked once");

	endpoint = new_endpoint();
	(void)tls_endpoint_add_name(endpoint, span_of("other.example"), "nginx");
	silent_from = 1;
	ask(endpoint, &peer);
	ok(endpoint->names->outcome == TLS_UNKNOWN && calls == 1 &&
	       endpoint->names->next->outcome == TLS_NOT_ASKED,
	   "who says nothing is asked once");
	is_str(endpoint->names->reason, "it does not answer in time", "and that is why");

	endpoint = new_endpoint();
	silent_from = 3;
	ask(endpoint, &peer);
	ok(endpoint->names->outcome == TLS_SERVED && endpoint->is_short_of && calls == 3,
	   "who falls silent is short of the rest");
	ok(accepts(endpoint->names, -1, -1, 1, 1), "which is not known");

	endpoint = new_endpoint();
	(void)endpoint->conversation.of->begin(endpoint->conversation.machine, &said);
	ok(!endpoint->conversation.over(&endpoint->conversation, CARRY_REFUSED, ECONNREFUSED) &&
	       endpoint->names->outcome == TLS_UNREACHABLE,
	   "nobody listens there any more");
	peer_end(&peer);
}

static void test_names(void)
{
	struct tls_endpoint *endpoint = new_endpoint();
	char name[300];

	ok(!tls_endpoint_add_name(endpoint, span_of("192.0.2.1"), "x"), "an address is no name");
	ok(!tls_endpoint_add_name(endpoint, span_of(""), "x"), "nor is nothing");
	ok(!tls_endpoint_add_name(endpoint, (struct span){"a\0b.example", 11}, "x"), "or a NUL");
	ok(!tls_endpoint_add_name(endpoint, span_of("a\\x20b.example"), "x"), "or an escape");
	ok(!tls_endpoint_add_name(endpoint, span_of("*"), "x"), "or an asterisk");
	memset(name, 'a', sizeof(name));
	ok(!tls_endpoint_add_name(endpoint, (struct span){name, 254}, "x"), "or what is too long");
	ok(endpoint->name_count == 0, "none of them is asked for");
	for (unsigned i = 0; i < TLS_MAX_NAMES; i++) {
		(void)snprintf(name, sizeof(name), "host-%u.example", i);
		(void)tls_endpoint_add_name(endpoint, span_of(name), "x");
	}
	ok(tls_endpoint_add_name(endpoint, span_of("HOST-1.example"), "x"), "one that is there");
	ok(!endpoint->has_too_many_names, "64 are asked for");
	ok(!tls_endpoint_add_name(endpoint, span_of("one.more.example"), "x") &&
	       endpoint->has_too_many_names,
	   "and no more");
}

static EVP_PKEY *new_key(int which)
{
	EVP_PKEY_CTX *context;
	EVP_PKEY *key = NULL;

	if (which == GOOD_RSA)
		return EVP_RSA_gen(2048);
	if (which == GOOD_ED)
		return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	if (which != GOOD_PSS)
		return EVP_EC_gen("P-256");
	context = EVP_PKEY_CTX_new_from_name(NULL, "RSA-PSS", NULL);
	(void)EVP_PKEY_keygen_init(context);
	(void)EVP_PKEY_generate(context, &key);
	EVP_PKEY_CTX_free(context);
	return key;
}

int main(void)
{
	static const char *const names[] = {"good.example", "good.example", "other.example",
					    "good.example", "good.example"};

	arena_init(&arena, (size_t)64 << 20);
	round_of_tests.leaves.arena = &arena;
	round_of_tests.leaves.now = PEER_NOW;
	for (int i = 0; i < CERTIFICATES; i++) {
		struct peer_issue asked = {.name = names[i], .from = -10, .until = 80};

		keys[i] = new_key(i);
		certificates[i] = peer_issue(&asked, keys[i]);
	}
	test_clear_names(); /* before there was any handshake */
	test_good();
	test_keys();
	test_13_alone();
	test_pair();
	test_by_name();
	test_old();
	test_bad();
	test_names();
	for (int i = 0; i < CERTIFICATES; i++) {
		EVP_PKEY_free(keys[i]);
		X509_free(certificates[i]);
	}
	tls_leaves_done(&round_of_tests.leaves);
	handshakes_end(&round_of_tests.handshakes);
	arena_done(&arena);
	return done();
}
