/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PostgreSQL's login against messages made by hand, and against the server's side of SCRAM. */
#include <openssl/evp.h>
#include <stdlib.h>

#include "audit/talk/postgres.h"
#include "lib/own.h"
#include "tests/tap.h"

static const unsigned char nonce[SCRAM_NONCE] = "0123456789abcdefg";

/* A message: its type, the lowest byte of its length, and the body. */
#define MESSAGE(type, len, body) type "\0\0\0" len body
#define AUTH_OK MESSAGE("R", "\x08", "\0\0\0\0")
#define CLEARTEXT MESSAGE("R", "\x08", "\0\0\0\x03")
#define MD5 MESSAGE("R", "\x0c", "\0\0\0\x05salt")
#define SASL MESSAGE("R", "\x2a", "\0\0\0\x0aSCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0")
#define SASL_OTHER MESSAGE("R", "\x11", "\0\0\0\x0aOTHER-1\0\0")
#define ERROR_OF(state, message, len) MESSAGE("E", len, "SFATAL\0C" state "\0M" message "\0\0")
#define PARAMETER                                                                                  \
	MESSAGE("S", "\x18",                                                                       \
		"server_version\0"                                                                 \
		"15.6\0")
#define KEY_DATA MESSAGE("K", "\x0c", "\0\0\0\1\0\0\0\2")
#define NOTICE MESSAGE("N", "\x05", "\0")
#define READY MESSAGE("Z", "\x05", "I")
#define IN AUTH_OK PARAMETER NOTICE KEY_DATA READY

#define WORDS(text)                                                                                \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

static const struct script {
	const char *name;
	const char *password;
	bool avoid_tls;
	bool tls; /* the server agrees to it by the first byte */
	struct span said;
	enum talk talk;
	enum postgres_outcome outcome;
	enum postgres_method method;
	const char *sends; /* the types of the messages after the start */
} scripts[] = {
    {"trust", NULL, false, false, WORDS("N" IN), TALK_DONE, POSTGRES_ACCEPTED, POSTGRES_NONE, "X"},
    {"trust without asking for TLS", NULL, true, false, WORDS(IN), TALK_DONE, POSTGRES_ACCEPTED,
     POSTGRES_NONE, "X"},
    {"trust through TLS", NULL, false, true, WORDS("S" IN), TALK_DONE, POSTGRES_ACCEPTED,
     POSTGRES_NONE, "X"},
    {"a password in clear is asked for", NULL, false, false, WORDS("N" CLEARTEXT), TALK_DONE,
     POSTGRES_WANTED, POSTGRES_CLEARTEXT, "X"},
    {"a password in clear is not given without TLS", "pw", false, false, WORDS("N" CLEARTEXT),
     TALK_DONE, POSTGRES_UNSUPPORTED, POSTGRES_CLEARTEXT, "X"},
    {"it is given through TLS", "pw", false, true, WORDS("S" CLEARTEXT IN), TALK_DONE,
     POSTGRES_ACCEPTED, POSTGRES_CLEARTEXT, "pX"},
    {"MD5 is asked for", NULL, false, false, WORDS("N" MD5), TALK_DONE, POSTGRES_WANTED,
     POSTGRES_MD5, "X"},
    {"MD5", "pw", false, false, WORDS("N" MD5 IN), TALK_DONE, POSTGRES_ACCEPTED, POSTGRES_MD5,
     "pX"},
    {"MD5 denies", "pw", false, false, WORDS("N" MD5 ERROR_OF("28P01", "no", "\x17")), TALK_DONE,
     POSTGRES_DENIED, POSTGRES_MD5, "p"},
    {"a salt of three bytes", "pw", false, false, WORDS("N" MESSAGE("R", "\x0b", "\0\0\0\x05sal")),
     TALK_BROKEN, POSTGRES_UNKNOWN, POSTGRES_MD5, ""},
    {"it asks twice", "pw", false, false, WORDS("N" MD5 MD5), TALK_BROKEN, POSTGRES_UNKNOWN,
     POSTGRES_MD5, "p"},
    {"SCRAM is asked for", NULL, false, false, WORDS("N" SASL), TALK_DONE, POSTGRES_WANTED,
     POSTGRES_SCRAM, "X"},
    {"SCRAM that lets in unproven", "pw", false, false, WORDS("N" SASL IN), TALK_BROKEN,
     POSTGRES_UNKNOWN, POSTGRES_SCRAM, "p"},
    {"SCRAM that ends unproven", "pw", false, false,
     WORDS("N" SASL MESSAGE("R", "\x0c", "\0\0\0\x0cv=xx") IN), TALK_BROKEN, POSTGRES_UNKNOWN,
     POSTGRES_SCRAM, "p"},
    {"SCRAM with a password of other letters", "p\xc3\xa4", false, false, WORDS("N" SASL),
     TALK_DONE, POSTGRES_UNSUPPORTED, POSTGRES_SCRAM, "X"},
    {"another mechanism", "pw", false, false, WORDS("N" SASL_OTHER), TALK_DONE,
     POSTGRES_UNSUPPORTED, POSTGRES_OTHER, "X"},
    {"GSS", "pw", false, false, WORDS("N" MESSAGE("R", "\x08", "\0\0\0\x07")), TALK_DONE,
     POSTGRES_UNSUPPORTED, POSTGRES_GSS, "X"},
    {"SSPI", NULL, false, false, WORDS("N" MESSAGE("R", "\x08", "\0\0\0\x09")), TALK_DONE,
     POSTGRES_WANTED, POSTGRES_SSPI, "X"},
    {"no entry", NULL, false, false,
     WORDS("N" ERROR_OF("28000", "kein pg_hba.conf-Eintrag", "\x2d")), TALK_DONE, POSTGRES_NO_ENTRY,
     POSTGRES_NONE, ""},
    {"28000 of another sort", NULL, false, false, WORDS("N" ERROR_OF("28000", "no", "\x17")),
     TALK_DONE, POSTGRES_DENIED, POSTGRES_NONE, ""},
    {"too many", NULL, false, false, WORDS("N" ERROR_OF("53300", "no", "\x17")), TALK_DONE,
     POSTGRES_BUSY, POSTGRES_NONE, ""},
    {"too many, before TLS", NULL, false, false, WORDS(ERROR_OF("53300", "no", "\x17")), TALK_DONE,
     POSTGRES_BUSY, POSTGRES_NONE, ""},
    {"SSLRequest is an error", NULL, false, false, WORDS(ERROR_OF("0A000", "no", "\x17")),
     TALK_DONE, POSTGRES_UNKNOWN, POSTGRES_NONE, ""},
    {"SSLRequest is an error of before 7.4", NULL, false, false,
     WORDS("Eunsupported frontend protocol\n\0"), TALK_BROKEN, POSTGRES_UNKNOWN, POSTGRES_NONE, ""},
    {"let in, but the database is not there", NULL, false, false,
     WORDS("N" AUTH_OK ERROR_OF("3D000", "no", "\x17")), TALK_DONE, POSTGRES_ACCEPTED,
     POSTGRES_NONE, ""},
    {"let in, but the role is not there", NULL, false, false,
     WORDS("N" AUTH_OK ERROR_OF("28000", "no", "\x17")), TALK_DONE, POSTGRES_DENIED, POSTGRES_NONE,
     ""},
    {"another error", NULL, false, false, WORDS("N" ERROR_OF("XX000", "no", "\x17")), TALK_DONE,
     POSTGRES_UNKNOWN, POSTGRES_NONE, ""},
    {"an error without SQLSTATE", NULL, false, false, WORDS("N" MESSAGE("E", "\x05", "\0")),
     TALK_BROKEN, POSTGRES_UNKNOWN, POSTGRES_NONE, ""},
    {"a giant message", NULL, false, false, WORDS("NR\x7f\xff\xff\xff"), TALK_BROKEN,
     POSTGRES_UNKNOWN, POSTGRES_NONE, ""},
    {"a length below its own", NULL, false, false, WORDS("NR\0\0\0\x03"), TALK_BROKEN,
     POSTGRES_UNKNOWN, POSTGRES_NONE, ""},
    {"a request of no length", NULL, false, false, WORDS("NR\0\0\0\x04"), TALK_BROKEN,
     POSTGRES_UNKNOWN, POSTGRES_NONE, ""},
    {"ready before it let in", NULL, false, false, WORDS("N" READY), TALK_BROKEN, POSTGRES_UNKNOWN,
     POSTGRES_NONE, ""},
    {"it asks after it let in", "pw", false, false, WORDS("N" AUTH_OK MD5), TALK_BROKEN,
     POSTGRES_UNKNOWN, POSTGRES_NONE, ""},
    {"another protocol", NULL, false, false, WORDS("HTTP/1.1 400 Bad Request\r\n"), TALK_BROKEN,
     POSTGRES_UNKNOWN, POSTGRES_NONE, ""},
};

/* The types of the client's messages behind its start, which has none. */
static void types_of(struct span sent, bool asked_tls, struct buf *types)
{
	size_t at = asked_tls ? 8 : 0;

	if (sent.len > at)
		at += (unsigned char)sent.data[at + 3];
	while (at + 5 <= sent.len) {
		buf_put(types, sent.data + at, 1);
		at += 1 + (unsigned char)sent.data[at + 4];
	}
}

/* What `script` says, in pieces of `piece` bytes, of which no more than `cut` come. */
static enum talk play(struct postgres *postgres, const struct script *script, size_t piece,
		      size_t cut, struct buf *out)
{
	const struct postgres_try try = {"postgres", "postgres", script->password, nonce,
					 script->avoid_tls};
	enum talk talk = postgres_begin(postgres, &try, out);
	size_t at = 0;

	while (at < cut) {
		size_t len = cut - at < piece ? cut - at : piece;

		if (at == 0 && script->tls)
			len = 1; /* TLS begins behind it */
		talk = postgres_feed(postgres, (struct span){script->said.data + at, len}, out);
		if (talk == TALK_START_TLS)
			talk = postgres_begin_tls(postgres, out);
		at += len;
	}
	return talk;
}

static void test_script(const struct script *script)
{
	struct postgres *postgres = xcalloc(2, sizeof(*postgres));
	struct postgres *again = postgres + 1;
	auto_buf struct buf out = {.ceiling = 4096};
	auto_buf struct buf out_again = {.ceiling = 4096};
	auto_buf struct buf types = {.ceiling = 4096};
	enum talk talk = play(postgres, script, SIZE_MAX, script->said.len, &out);
	bool quiet = true;

	ok(talk == script->talk && postgres->outcome == script->outcome &&
	       postgres->method == script->method && postgres->tls == script->tls &&
	       ((talk != TALK_BROKEN && script->outcome != POSTGRES_UNKNOWN) || postgres->reason),
	   "%s", script->name);
	types_of(buf_span(&out), !script->avoid_tls, &types);
	is_str(buf_string(&types), script->sends, script->name);
	talk = play(again, script, 1, script->said.len, &out_again);
	ok(talk == script->talk && again->outcome == postgres->outcome &&
	       again->method == postgres->method && out.len == out_again.len &&
	       memcmp(out.data, out_again.data, out.len) == 0,
	   "%s: byte by byte it is the same", script->name);
	for (size_t cut = 0; cut < script->said.len && script->outcome == POSTGRES_ACCEPTED;
	     cut++) {
		buf_clear(&out);
		(void)play(postgres, script, SIZE_MAX, cut, &out);
		postgres_end(postgres);
		quiet = quiet && postgres->outcome == POSTGRES_UNKNOWN && postgres->reason;
	}
	ok(quiet, "%s: cut anywhere, it is unknown", script->name);
	free(postgres);
}

/* The server's side of SCRAM (RFC 5802, 3): it knows StoredKey and ServerKey of "pw". */
struct keys {
	unsigned char stored[CRYPTO_MAX_DIGEST];
	unsigned char server[CRYPTO_SHA256];
};

static struct span key_span(const unsigned char key[CRYPTO_SHA256])
{
	return (struct span){(const char *)key, CRYPTO_SHA256};
}

static bool make_keys(const char *password, struct keys *keys)
{
	unsigned char salted[CRYPTO_SHA256];
	unsigned char client[CRYPTO_SHA256];
	struct span key = key_span(client);

	return crypto_pbkdf2_sha256(span_of(password), span_of("abc"), 4096, salted) == 0 &&
	       crypto_hmac_sha256(key_span(salted), span_of("Client Key"), client) == 0 &&
	       crypto_hmac_sha256(key_span(salted), span_of("Server Key"), keys->server) == 0 &&
	       crypto_digest("SHA256", &key, 1, keys->stored) == CRYPTO_SHA256;
}

static void put_request(struct buf *to, unsigned char code, struct span data)
{
	unsigned char head[9] = {'R', 0, 0, 0, (unsigned char)(8 + data.len), 0, 0, 0, code};

	buf_put(to, head, sizeof(head));
	buf_put(to, data.data, data.len);
}

/* Whether `final`, the client's, proves that it knows the password; its signature to `text`. */
static bool proves(const struct keys *keys, struct span first, struct span server,
		   struct span final, char text[48])
{
	auto_buf struct buf message = {.ceiling = 4096};
	unsigned char signature[CRYPTO_SHA256];
	unsigned char proof[CRYPTO_SHA256 + 4];
	unsigned char digest[CRYPTO_MAX_DIGEST];
	struct span key = key_span(proof);
	size_t end = final.len - 47; /* ",p=" and 44 letters */

	buf_put(&message, first.data + 3, first.len - 3); /* without "n,," */
	buf_text(&message, ",");
	buf_put(&message, server.data, server.len);
	buf_text(&message, ",");
	buf_put(&message, final.data, end);
	if (crypto_hmac_sha256(key_span(keys->stored), buf_span(&message), signature) < 0)
		return false;
	(void)EVP_DecodeBlock(proof, (const unsigned char *) final.data + end + 3, 44);
	for (size_t i = 0; i < CRYPTO_SHA256; i++)
		proof[i] ^= signature[i];
	if (crypto_digest("SHA256", &key, 1, digest) != CRYPTO_SHA256 ||
	    crypto_hmac_sha256(key_span(keys->server), buf_span(&message), signature) < 0)
		return false;
	memcpy(text, "v=", 2);
	(void)EVP_EncodeBlock((unsigned char *)text + 2, signature, CRYPTO_SHA256);
	return memcmp(digest, keys->stored, CRYPTO_SHA256) == 0;
}

static bool try_scram(struct postgres *postgres, const char *password)
{
	const struct postgres_try try = {"postgres", "postgres", password, nonce, true};
	static const char head[] = "SCRAM-SHA-256";
	auto_buf struct buf sent = {.ceiling = 4096};
	auto_buf struct buf said = {.ceiling = 4096};
	auto_buf struct buf server = {.ceiling = 1024};
	auto_buf struct buf first = {.ceiling = 1024};
	struct keys keys;
	char text[48];
	bool known;

	(void)postgres_begin(postgres, &try, &sent);
	buf_clear(&sent);
	(void)postgres_feed(postgres, (struct span){SASL, sizeof(SASL) - 1}, &sent);
	buf_put(&first, sent.data + 5 + sizeof(head) + 4, sent.len - 5 - sizeof(head) - 4);
	buf_clear(&sent);
	buf_put(&server, first.data + 6, first.len - 6); /* "r=" and the client's nonce */
	buf_text(&server, "more,s=YWJj,i=4096");
	put_request(&said, 11, buf_span(&server));
	(void)postgres_feed(postgres, buf_span(&said), &sent);
	known = make_keys("pw", &keys) && sent.len > 5 + 47 &&
		proves(&keys, buf_span(&first), buf_span(&server),
		       (struct span){sent.data + 5, sent.len - 5}, text);
	buf_clear(&said);
	buf_clear(&sent);
	put_request(&said, 12, span_of(text));
	buf_put(&said, IN, sizeof(IN) - 1);
	(void)postgres_feed(postgres, buf_span(&said), &sent);
	return known;
}

static void test_scram(void)
{
	struct postgres *postgres = xcalloc(1, sizeof(*postgres));

	ok(try_scram(postgres, "pw") && postgres->outcome == POSTGRES_ACCEPTED && postgres->ready,
	   "SCRAM: the server takes the proof, and its own is taken");
	is_str(postgres->version, "15.6", "the version");
	ok(!try_scram(postgres, "pW") && postgres->outcome == POSTGRES_UNKNOWN,
	   "SCRAM: another password proves nothing to either");
	free(postgres);
}

static void test_rest(void)
{
	static const char *const words[] = {"a", "b", "c", "d"};
	const struct postgres_try try = {"postgres", "postgres", NULL, NULL, false};
	struct postgres *postgres = xcalloc(1, sizeof(*postgres));
	auto_buf struct buf out = {.ceiling = 4096};
	auto_buf struct buf text = {.ceiling = 1024};
	struct postgres_try next;

	(void)postgres_begin(postgres, &try, &out);
	ok(postgres_feed(postgres, (struct span){"S" IN, sizeof("S" IN) - 1}, &out) ==
		   TALK_BROKEN &&
	       postgres->outcome == POSTGRES_UNKNOWN,
	   "what comes in clear behind S is not taken for what came through TLS");
	(void)postgres_begin(postgres, &try, &out);
	(void)postgres_feed(
	    postgres,
	    (struct span)WORDS("N" AUTH_OK MESSAGE("S", "\x18", "server_version\0\x1b]0;\0")),
	    &out);
	is_str(postgres->version, "?]0;", "a version is printable");
	(void)postgres_begin(postgres, &try, &out);
	(void)postgres_feed(postgres, (struct span)WORDS(ERROR_OF("0A000", "no", "\x17")), &out);
	ok(postgres->avoid_tls, "a server that errs about SSLRequest is to be asked without");
	(void)postgres_begin(postgres, &try, &out);
	(void)postgres_feed(postgres, (struct span)WORDS("N"), &out);
	for (int i = 0; i < 70; i++)
		(void)postgres_feed(postgres, (struct span)WORDS(NOTICE), &out);
	ok(postgres->last == TALK_BROKEN, "notices without end");
	for (size_t i = 0; postgres_plan_try(words, ARRAY_LEN(words), i, nonce, &next); i++)
		buf_printf(&text, "%s/%s ", next.user, next.password ? next.password : "-");
	is_str(buf_string(&text), "postgres/- postgres/a postgres/b postgres/c ",
	       "none, then at most three words");
	free(postgres);
}

int main(void)
{
	for (size_t i = 0; i < ARRAY_LEN(scripts); i++)
		test_script(&scripts[i]);
	test_scram();
	test_rest();
	return done();
}
