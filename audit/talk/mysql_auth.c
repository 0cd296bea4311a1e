/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The authentication plugins, on the client's side: see mysql_auth.h. Each cites the page
 * that it follows, below dev.mysql.com/doc/dev/mysql-server/latest/ or mariadb.com/kb/en/.
 */
#include "audit/talk/mysql_auth.h"

#include <string.h>

#define SCRAMBLE 20      /* the challenge of all plugins but client_ed25519 */
#define NONCE_ED25519 32 /* plugin/auth_ed25519/common.h */
#define REQUEST_KEY_CACHING 0x02
#define REQUEST_KEY_SHA256 0x01
#define FAST_AUTH_SUCCESS 0x03
#define FULL_AUTHENTICATION 0x04

static struct span password_of(const struct mysql *mysql)
{
	return span_of(mysql->try.password);
}

static enum mysql_next fault(struct mysql *mysql, const char *reason)
{
	mysql->reason = reason;
	return MYSQL_FAULT;
}

static enum mysql_next answer_byte(struct mysql_answer *answer, unsigned char byte)
{
	answer->data[0] = byte;
	answer->len = 1;
	return MYSQL_ANSWER;
}

/* How two digests hide the password from who listens; the two plugins mix them in another order. */
static enum mysql_next hide(struct mysql *mysql, const char *digest, bool scramble_first,
			    struct mysql_answer *answer)
{
	struct span scramble = {(const char *)mysql->scramble, SCRAMBLE};
	struct span password = password_of(mysql);
	unsigned char once[CRYPTO_MAX_DIGEST];
	unsigned char twice[CRYPTO_MAX_DIGEST];
	unsigned char mixed[CRYPTO_MAX_DIGEST];
	struct span first;
	struct span second;
	int len = crypto_digest(digest, &password, 1, once);

	first = (struct span){(const char *)once, (size_t)len};
	if (len < 0 || crypto_digest(digest, &first, 1, twice) != len)
		return fault(mysql, "OpenSSL has no such digest");
	second = (struct span){(const char *)twice, (size_t)len};
	if (crypto_digest(digest,
			  scramble_first ? (struct span[]){scramble, second}
					 : (struct span[]){second, scramble},
			  2, mixed) != len)
		return fault(mysql, "OpenSSL has no such digest");
	for (int i = 0; i < len; i++)
		answer->data[i] = once[i] ^ mixed[i];
	answer->len = (size_t)len;
	return MYSQL_ANSWER;
}

/* SHA1(password) XOR SHA1(scramble, SHA1(SHA1(password))):
 * page_protocol_connection_phase_authentication_methods_native_password_authentication.html */
static enum mysql_next answer_native(struct mysql *mysql, struct mysql_answer *answer)
{
	if (password_of(mysql).len == 0) {
		answer->len = 0;
		return MYSQL_ANSWER;
	}
	return hide(mysql, "SHA1", true, answer);
}

/* XOR(SHA256(password), SHA256(SHA256(SHA256(password)), scramble)):
 * page_caching_sha2_authentication_exchanges.html; none is one byte 0, as MySQL's client has it. */
static enum mysql_next answer_caching(struct mysql *mysql, struct mysql_answer *answer)
{
	if (password_of(mysql).len == 0)
		return answer_byte(answer, 0);
	return hide(mysql, "SHA256", false, answer);
}

/* Through TLS the password with its NUL; else the server must hand out its key first. */
static enum mysql_next answer_full(struct mysql *mysql, unsigned char request,
				   struct mysql_answer *answer)
{
	struct span password = password_of(mysql);

	if (!mysql->tls) {
		mysql->asked_key = true;
		return answer_byte(answer, request);
	}
	memcpy(answer->data, password.data, password.len + 1);
	answer->len = password.len + 1;
	return MYSQL_ANSWER;
}

/* mariadb.com/kb/en/sha256_password-plugin/ */
static enum mysql_next answer_sha256(struct mysql *mysql, struct mysql_answer *answer)
{
	if (password_of(mysql).len == 0)
		return answer_byte(answer, 0);
	return answer_full(mysql, REQUEST_KEY_SHA256, answer);
}

/* mariadb.com/kb/en/authentication-plugin-ed25519/; an empty password signs as any other. */
static enum mysql_next answer_ed25519(struct mysql *mysql, struct mysql_answer *answer)
{
	struct span nonce = {(const char *)mysql->scramble, NONCE_ED25519};

	if (crypto_ed25519_sign(password_of(mysql), nonce, answer->data) < 0)
		return fault(mysql, "OpenSSL cannot compute with numbers");
	answer->len = CRYPTO_SIGNATURE;
	return MYSQL_ANSWER;
}

/* The password and its NUL, mixed with the scramble, for the owner of the key in `pem`. */
static enum mysql_next answer_key(struct mysql *mysql, struct span pem, struct mysql_answer *answer)
{
	struct span password = password_of(mysql);
	unsigned char mixed[MYSQL_MAX_PASSWORD + 1];
	int len;

	for (size_t i = 0; i <= password.len; i++)
		mixed[i] = (unsigned char)password.data[i] ^ mysql->scramble[i % SCRAMBLE];
	len = crypto_rsa_oaep(pem, (struct span){(const char *)mixed, password.len + 1},
			      answer->data);
	if (len < 0)
		return fault(mysql, "the server's public key is none, or too short for a password");
	answer->len = (size_t)len;
	mysql->asked_key = false;
	return MYSQL_ANSWER;
}

static const struct plugin {
	const char *name;
	size_t challenge; /* bytes that the server must send */
	enum mysql_next (*answer)(struct mysql *mysql, struct mysql_answer *answer);
} plugins[] = {
    {MYSQL_NATIVE, SCRAMBLE, answer_native},
    {MYSQL_CACHING_SHA2, SCRAMBLE, answer_caching},
    {"sha256_password", SCRAMBLE, answer_sha256},
    {"client_ed25519", NONCE_ED25519, answer_ed25519},
};

/*
 * Plugins for which even an empty answer would be a try of something else: the password itself in
 * clear, perhaps for a directory that takes an empty one for a visitor (RFC 4513, 5.1.2), and PAM's
 * questions, where a failure counts against a user of the host.
 */
static const char *const refused[] = {"mysql_clear_password", "dialog"};

enum mysql_next mysql_answer(struct mysql *mysql, struct mysql_answer *answer)
{
	mysql->answered = false;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		if (strcmp(mysql->plugin, refused[i]) == 0)
			return MYSQL_REFUSE;
	}
	for (size_t i = 0; i < sizeof(plugins) / sizeof(plugins[0]); i++) {
		if (strcmp(mysql->plugin, plugins[i].name) != 0)
			continue;
		if (mysql->scramble_len < plugins[i].challenge)
			return fault(mysql, "the challenge is too short");
		mysql->answered = true;
		return plugins[i].answer(mysql, answer);
	}
	mysql->unsupported = true; /* finished all the same, or it counts against the host */
	answer->len = 0;
	return MYSQL_ANSWER;
}

static enum mysql_next more_caching(struct mysql *mysql, struct span data,
				    struct mysql_answer *answer)
{
	if (data.len != 1)
		return fault(mysql, "caching_sha2_password says neither fast nor full");
	if (data.data[0] == FAST_AUTH_SUCCESS)
		return MYSQL_WAIT; /* OK follows by itself */
	if (data.data[0] == FULL_AUTHENTICATION)
		return answer_full(mysql, REQUEST_KEY_CACHING, answer);
	return fault(mysql, "caching_sha2_password says neither fast nor full");
}

enum mysql_next mysql_answer_more(struct mysql *mysql, struct span data,
				  struct mysql_answer *answer)
{
	if (mysql->unsupported)
		return MYSQL_REFUSE;
	if (mysql->asked_key)
		return answer_key(mysql, data, answer);
	if (strcmp(mysql->plugin, MYSQL_CACHING_SHA2) == 0)
		return more_caching(mysql, data, answer);
	return fault(mysql, "a plugin of one question asks another");
}
