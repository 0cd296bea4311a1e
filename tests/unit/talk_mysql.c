/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The MySQL client against a server of this test's own, in memory: it computes the server's side as
 * the pages of dev.mysql.com describe it. No Debian server has caching_sha2_password.
 */
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdlib.h>

#include "audit/talk/crypto.h"
#include "lib/own.h"
#include "tests/unit/talk_mysql.h"

static void put_ok(struct server *server, struct buf *out)
{
	put_packet(server, out, "\0\0\0\x02\0\0\0", 7);
	server->stage = OVER;
}

static void put_error(struct server *server, unsigned error, struct buf *out)
{
	char text[64] = {'\xff', (char)error, (char)(error >> 8)};

	(void)snprintf(text + 3, sizeof(text) - 3, "#28000Access denied");
	put_packet(server, out, text, 3 + strlen(text + 3));
	server->stage = OVER;
}

/* The server's check of a hidden password, which it knows as the digest of its digest alone. */
static bool hidden_is(const char *digest, const char *password, bool scramble_first,
		      struct span answer)
{
	unsigned char once[CRYPTO_MAX_DIGEST];
	unsigned char twice[CRYPTO_MAX_DIGEST];
	unsigned char mixed[CRYPTO_MAX_DIGEST];
	struct span secret = span_of(password);
	struct span stored;
	int len = crypto_digest(digest, &secret, 1, once);
	struct span parts[2];

	stored = bytes(once, (size_t)len);
	if (len < 0 || crypto_digest(digest, &stored, 1, twice) != len || answer.len != (size_t)len)
		return false;
	stored = bytes(twice, (size_t)len);
	parts[scramble_first ? 0 : 1] = bytes(SCRAMBLE, 20);
	parts[scramble_first ? 1 : 0] = stored;
	if (crypto_digest(digest, parts, 2, mixed) != len)
		return false;
	for (int i = 0; i < len; i++)
		once[i] = (unsigned char)answer.data[i] ^ mixed[i];
	parts[0] = bytes(once, (size_t)len);
	return crypto_digest(digest, parts, 1, mixed) == len &&
	       memcmp(mixed, twice, (size_t)len) == 0;
}

static void send_key(struct server *server, struct buf *out)
{
	auto_buf struct buf answer = {.ceiling = 4096};
	BIO *bio = BIO_new(BIO_s_mem());
	char *pem;
	long len;

	(void)PEM_write_bio_PUBKEY(bio, server->key);
	len = BIO_get_mem_data(bio, &pem);
	buf_put(&answer, "\x01", 1);
	buf_put(&answer, pem, (size_t)len);
	put_packet(server, out, answer.data, answer.len);
	BIO_free(bio);
	server->stage = KEY;
}

static bool key_opens(struct server *server, struct span sealed)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(server->key, NULL);
	unsigned char text[512];
	size_t len = sizeof(text);
	bool same;

	(void)EVP_PKEY_decrypt_init(context);
	(void)EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING);
	same = EVP_PKEY_decrypt(context, text, &len, (const unsigned char *)sealed.data,
				sealed.len) == 1 &&
	       len == strlen(server->password) + 1;
	for (size_t i = 0; same && i < len; i++)
		same = (text[i] ^ SCRAMBLE[i % 20]) == (unsigned char)server->password[i];
	EVP_PKEY_CTX_free(context);
	return same;
}

static void read_full(struct server *server, struct span payload, struct buf *out)
{
	char request =
	    server->switch_to && strcmp(server->switch_to, SHA256) == 0 ? '\x01' : '\x02';

	if (payload.len == 1 && payload.data[0] == request) {
		send_key(server, out);
		return;
	}
	server->clear_seen = !server->tls && payload.len > 1;
	if (payload.len > 0 && span_is(bytes(payload.data, payload.len - 1), server->password))
		put_ok(server, out);
	else
		put_error(server, 1045, out);
}

static void check_answer(struct server *server, const char *plugin, struct span answer,
			 struct buf *out)
{
	bool none = server->password[0] == '\0';

	if (strcmp(plugin, NATIVE) == 0) {
		if (none ? answer.len == 0 : hidden_is("SHA1", server->password, true, answer))
			put_ok(server, out);
		else
			put_error(server, 1045, out);
		return;
	}
	if (strcmp(plugin, SHA256) == 0) {
		read_full(server, answer, out);
		return;
	}
	if (none || (answer.len == 1 && answer.data[0] == '\0')) {
		if (none && answer.len == 1 && answer.data[0] == '\0')
			put_ok(server, out);
		else
			put_error(server, 1045, out);
		return;
	}
	if (server->cached && hidden_is("SHA256", server->password, false, answer)) {
		put_packet(server, out, "\x01\x03", 2);
		put_ok(server, out);
		return;
	}
	put_packet(server, out, "\x01\x04", 2);
	server->stage = FULL;
}

/* HandshakeResponse41: the plugin's name, and the answer. */
static void read_response(struct server *server, struct span payload, struct buf *out)
{
	struct span rest = {payload.data + 32, payload.len - 32};
	struct span user;
	struct span answer;
	char plugin[64];

	if (payload.len < 34 || !span_cut(&rest, '\0', &user))
		return;
	answer = bytes(rest.data + 1, (unsigned char)rest.data[0]);
	(void)snprintf(plugin, sizeof(plugin), "%s", rest.data + 1 + answer.len);
	if (!server->switch_to || strcmp(server->switch_to, plugin) == 0) {
		check_answer(server, plugin, answer, out);
		return;
	}
	(void)snprintf(plugin, sizeof(plugin), "\xfe%s", server->switch_to);
	{
		auto_buf struct buf request = {.ceiling = 256};

		buf_put(&request, plugin, strlen(plugin) + 1);
		buf_put(&request, SCRAMBLE, 21);
		put_packet(server, out, request.data, request.len);
	}
	server->stage = SWITCHED;
}

/* One packet of the client. */
static void serve(struct server *server, struct span payload, struct buf *out)
{
	switch (server->stage) {
	case ANSWER:
		if (payload.len > 32) /* else it is SSLRequest */
			read_response(server, payload, out);
		return;
	case SWITCHED:
		check_answer(server, server->switch_to, payload, out);
		return;
	case FULL:
		read_full(server, payload, out);
		return;
	case KEY:
		if (key_opens(server, payload))
			put_ok(server, out);
		else
			put_error(server, 1045, out);
		return;
	case OVER:
		server->quit = payload.len == 1 && payload.data[0] == 1;
		return;
	}
}

/* Takes the client's packets from `sent`, and checks their sequence. */
static bool serve_all(struct server *server, struct buf *sent, struct buf *out)
{
	struct span rest = buf_span(sent);
	bool in_order = true;

	while (rest.len >= 4) {
		size_t len = (unsigned char)rest.data[0] | (size_t)(unsigned char)rest.data[1] << 8;

		if (server->stage == OVER)
			server->sequence = 0;
		in_order =
		    in_order && (uint8_t)rest.data[3] == server->sequence && rest.len >= 4 + len;
		server->sequence++;
		serve(server, bytes(rest.data + 4, len), out);
		rest = bytes(rest.data + 4 + len, rest.len - 4 - len);
	}
	buf_clear(sent);
	return in_order && rest.len == 0;
}

/* A whole conversation, with what the server says cut into pieces of `piece`; all of it is put to
 * `said`, unless NULL. */
static enum talk converse(struct mysql *mysql, struct server *server, const struct mysql_try *try,
			  size_t piece, struct buf *said)
{
	auto_buf struct buf sent = {.ceiling = TALK_MAX_ANSWER};
	auto_buf struct buf to_client = {.ceiling = TALK_MAX_ANSWER};
	enum talk talk = mysql_begin(mysql, try, &sent);

	put_greeting(server, "8.4.2", &to_client);
	while (to_client.len > 0) {
		auto_buf struct buf now = to_client;

		to_client = (struct buf){.ceiling = TALK_MAX_ANSWER};
		if (said)
			buf_put(said, now.data, now.len);
		for (size_t at = 0; at < now.len; at += piece) {
			size_t len = now.len - at < piece ? now.len - at : piece;

			talk = mysql_feed(mysql, bytes(now.data + at, len), &sent);
		}
		if (!serve_all(server, &sent, &to_client))
			return TALK_BROKEN;
		if (talk == TALK_START_TLS) {
			server->tls = true;
			talk = mysql_begin_tls(mysql, &sent);
			if (!serve_all(server, &sent, &to_client))
				return TALK_BROKEN;
		}
	}
	return talk;
}

static const struct whole_case {
	const char *name;
	struct server server;
	struct mysql_try try;
	enum mysql_outcome outcome;
} cases[] = {
    {"native, no password",
     {.capabilities = NO_TLS, .plugin = NATIVE, .password = ""},
     {"root", "", false},
     MYSQL_ACCEPTED},
    {"native, the password",
     {.capabilities = NO_TLS, .plugin = NATIVE, .password = "s3"},
     {"root", "s3", false},
     MYSQL_ACCEPTED},
    {"native, another password",
     {.capabilities = NO_TLS, .plugin = NATIVE, .password = "s3"},
     {"root", "s4", false},
     MYSQL_DENIED},
    {"native through TLS",
     {.capabilities = CAPABILITIES, .plugin = NATIVE, .password = "s3"},
     {"root", "s3", false},
     MYSQL_ACCEPTED},
    {"native, none given where one is",
     {.capabilities = NO_TLS, .plugin = NATIVE, .password = "s3"},
     {"root", "", false},
     MYSQL_DENIED},
    {"caching_sha2_password, no password",
     {.capabilities = NO_TLS, .plugin = CACHING, .password = ""},
     {"root", "", false},
     MYSQL_ACCEPTED},
    {"caching_sha2_password, none given where one is",
     {.capabilities = NO_TLS, .plugin = CACHING, .password = "s3"},
     {"root", "", false},
     MYSQL_DENIED},
    {"caching_sha2_password, fast",
     {.capabilities = NO_TLS, .plugin = CACHING, .password = "s3", .cached = true},
     {"root", "s3", false},
     MYSQL_ACCEPTED},
    {"caching_sha2_password, full through TLS",
     {.capabilities = CAPABILITIES, .plugin = CACHING, .password = "s3"},
     {"root", "s3", false},
     MYSQL_ACCEPTED},
    {"caching_sha2_password, full through TLS, another password",
     {.capabilities = CAPABILITIES, .plugin = CACHING, .password = "s3"},
     {"root", "s4", false},
     MYSQL_DENIED},
    {"caching_sha2_password, full by the server's key",
     {.capabilities = NO_TLS, .plugin = CACHING, .password = "a longer one than the scramble is"},
     {"root", "a longer one than the scramble is", false},
     MYSQL_ACCEPTED},
    {"caching_sha2_password, full by the key though TLS is offered",
     {.capabilities = CAPABILITIES, .plugin = CACHING, .password = "s3"},
     {"root", "s3", true},
     MYSQL_ACCEPTED},
    {"caching_sha2_password, full by the key, another password",
     {.capabilities = NO_TLS, .plugin = CACHING, .password = "s3"},
     {"root", "s4", false},
     MYSQL_DENIED},
    {"a switch from caching_sha2_password to native",
     {.capabilities = NO_TLS, .plugin = CACHING, .switch_to = NATIVE, .password = "s3"},
     {"root", "s3", false},
     MYSQL_ACCEPTED},
    {"a switch from native to caching_sha2_password",
     {.capabilities = NO_TLS, .plugin = NATIVE, .switch_to = CACHING, .password = "s3"},
     {"root", "s3", false},
     MYSQL_ACCEPTED},
    {"sha256_password by the server's key",
     {.capabilities = NO_TLS, .plugin = NATIVE, .switch_to = SHA256, .password = "s3"},
     {"root", "s3", false},
     MYSQL_ACCEPTED},
    {"sha256_password through TLS",
     {.capabilities = CAPABILITIES, .plugin = SHA256, .switch_to = SHA256, .password = "s3"},
     {"root", "s3", false},
     MYSQL_ACCEPTED},
    {"sha256_password, none given where one is",
     {.capabilities = NO_TLS, .plugin = NATIVE, .switch_to = SHA256, .password = "s3"},
     {"root", "", false},
     MYSQL_DENIED},
    {"a greeting with a plugin that is not spoken",
     {.capabilities = NO_TLS, .plugin = "dialog", .switch_to = CACHING, .password = "s3"},
     {"root", "s3", false},
     MYSQL_ACCEPTED},
};

/* Cut anywhere, a conversation decides nothing, and says why. */
static void test_cuts(const struct whole_case *test, struct span said)
{
	struct mysql *mysql = xcalloc(1, sizeof(*mysql));
	bool quiet = true;

	for (size_t cut = 0; cut < said.len; cut++) {
		auto_buf struct buf out = {.ceiling = TALK_MAX_ANSWER};
		size_t at = 0;

		(void)mysql_begin(mysql, &test->try, &out);
		for (; at < cut; at++) { /* by byte, since TLS begins between two */
			enum talk talk = mysql_feed(mysql, bytes(said.data + at, 1), &out);

			if (talk == TALK_START_TLS)
				(void)mysql_begin_tls(mysql, &out);
		}
		mysql_end(mysql);
		quiet = quiet && mysql->outcome == MYSQL_UNKNOWN && mysql->reason;
	}
	ok(quiet, "%s: cut anywhere, it is unknown", test->name);
	free(mysql);
}

static void test_whole(EVP_PKEY *key)
{
	struct mysql *once = xcalloc(2, sizeof(*once));
	struct mysql *twice = once + 1;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		auto_buf struct buf said = {.ceiling = TALK_MAX_ANSWER};
		struct server server = cases[i].server;
		struct server again = server;
		enum talk talk;

		server.key = key;
		again.key = key;
		talk = converse(once, &server, &cases[i].try, SIZE_MAX / 2, &said);
		ok(talk == TALK_DONE && once->outcome == cases[i].outcome && !server.clear_seen &&
		       once->tls == server.tls,
		   "%s", cases[i].name);
		ok(server.quit == (cases[i].outcome == MYSQL_ACCEPTED),
		   "%s: who is in says COM_QUIT", cases[i].name);
		(void)converse(twice, &again, &cases[i].try, 1, NULL);
		ok(once->outcome == twice->outcome && once->error == twice->error &&
		       strcmp(once->plugin, twice->plugin) == 0 && once->tls == twice->tls,
		   "%s: byte by byte it is the same", cases[i].name);
		test_cuts(&cases[i], buf_span(&said));
	}
	free(once);
}

int main(void)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);

	test_whole(key);
	EVP_PKEY_free(key);
	return done();
}
