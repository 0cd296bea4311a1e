/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] SCRAM-SHA-256 from the client's side: see scram.h. The names are RFC 5802's, section 3. */
#include "audit/talk/scram.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#define MAX_MESSAGE 1024
#define MAX_SALT 256

static int failed(struct scram *scram, const char *reason)
{
	scram->reason = reason;
	return -1;
}

/* Strict base64; the number of bytes, or -1. */
static int decode(struct span text, unsigned char *out, size_t room)
{
	int len;
	int padding = 0;

	if (text.len == 0 || text.len % 4 != 0 || text.len / 4 * 3 > room)
		return -1;
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.data[i];
		bool padded = byte == '=' && i + 2 >= text.len;

		if (!padded && (padding > 0 || !byte ||
				!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
					"0123456789+/",
					byte)))
			return -1;
		padding += padded;
	}
	len = EVP_DecodeBlock(out, (const unsigned char *)text.data, (int)text.len);
	return len < padding ? -1 : len - padding;
}

/* The next attribute of *rest, which must be `letter`. */
static bool attribute(struct span *rest, char letter, struct span *value)
{
	struct span field;

	if (!span_cut(rest, ',', &field) || field.len < 2 || field.data[0] != letter ||
	    field.data[1] != '=')
		return false;
	*value = (struct span){field.data + 2, field.len - 2};
	return true;
}

int scram_begin(struct scram *scram, const unsigned char nonce[SCRAM_NONCE], const char *name,
		struct buf *out)
{
	*scram = (struct scram){.stage = SCRAM_FIRST};
	(void)EVP_EncodeBlock((unsigned char *)scram->nonce, nonce, SCRAM_NONCE); /* has its NUL */
	buf_printf(out, "n,,n=%s,r=%s", name, scram->nonce);
	return 0;
}

static int hmac(const unsigned char key[CRYPTO_SHA256], struct span text,
		unsigned char out[CRYPTO_SHA256])
{
	return crypto_hmac_sha256((struct span){(const char *)key, CRYPTO_SHA256}, text, out);
}

/* The proof, and the signature that the server must come with: RFC 5802, 3. */
static int prove(struct scram *scram, const unsigned char salted[CRYPTO_SHA256],
		 struct span auth_message, unsigned char proof[CRYPTO_SHA256])
{
	unsigned char client_key[CRYPTO_SHA256];
	unsigned char server_key[CRYPTO_SHA256];
	unsigned char stored_key[CRYPTO_MAX_DIGEST];
	unsigned char signature[CRYPTO_SHA256];
	struct span key = {(const char *)client_key, sizeof(client_key)};

	if (hmac(salted, span_of("Client Key"), client_key) < 0 ||
	    hmac(salted, span_of("Server Key"), server_key) < 0 ||
	    crypto_digest("SHA256", &key, 1, stored_key) != CRYPTO_SHA256 ||
	    hmac(stored_key, auth_message, signature) < 0 ||
	    hmac(server_key, auth_message, scram->expected) < 0)
		return failed(scram, "OpenSSL cannot compute SHA-256");
	for (size_t i = 0; i < CRYPTO_SHA256; i++)
		proof[i] = client_key[i] ^ signature[i];
	return 0;
}

/* The server's challenge. */
struct challenge {
	struct span nonce;
	unsigned char salt[MAX_SALT];
	int salt_len;
	uint64_t rounds;
};

static int read_challenge(struct scram *scram, struct span server, struct challenge *challenge)
{
	struct span rest = server;
	struct span salt;
	struct span rounds;

	if (!attribute(&rest, 'r', &challenge->nonce) || !attribute(&rest, 's', &salt) ||
	    !attribute(&rest, 'i', &rounds))
		return failed(scram, "SCRAM's challenge is malformed");
	/* the server adds to our nonce; without, somebody replays */
	if (!span_starts(challenge->nonce, scram->nonce) ||
	    challenge->nonce.len == strlen(scram->nonce))
		return failed(scram, "SCRAM's challenge is not for us");
	challenge->salt_len = decode(salt, challenge->salt, sizeof(challenge->salt));
	if (challenge->salt_len < 1 || span_uint(rounds, UINT32_MAX, &challenge->rounds) < 0 ||
	    challenge->rounds == 0)
		return failed(scram, "SCRAM's challenge is malformed");
	if (challenge->rounds > SCRAM_MAX_ROUNDS)
		return failed(scram, "SCRAM's challenge wants too many rounds");
	return 0;
}

int scram_answer(struct scram *scram, struct span server, const char *name, const char *password,
		 struct buf *out)
{
	auto_buf struct buf message = {.ceiling = 2 * MAX_MESSAGE};
	unsigned char proof[CRYPTO_SHA256];
	unsigned char salted[CRYPTO_SHA256];
	char encoded[CRYPTO_SHA256 / 3 * 4 + 5];
	struct challenge challenge;
	struct span salt;

	if (scram->stage != SCRAM_FIRST || server.len > MAX_MESSAGE)
		return failed(scram, "SCRAM's challenge is too long, or not the first");
	if (read_challenge(scram, server, &challenge) < 0)
		return -1;
	salt = (struct span){(const char *)challenge.salt, (size_t)challenge.salt_len};
	if (crypto_pbkdf2_sha256(span_of(password), salt, (unsigned)challenge.rounds, salted) < 0)
		return failed(scram, "OpenSSL cannot compute SHA-256");
	/* AuthMessage: client-first-message-bare, server-first-message, and our answer to its
	 * proof; "biws" is the gs2-header "n,," in base64 */
	buf_printf(&message, "n=%s,r=%s,", name, scram->nonce);
	buf_put(&message, server.data, server.len);
	buf_text(&message, ",c=biws,r=");
	buf_put(&message, challenge.nonce.data, challenge.nonce.len);
	if (message.overflowed || prove(scram, salted, buf_span(&message), proof) < 0)
		return failed(scram, "SCRAM's challenge is too long");
	(void)EVP_EncodeBlock((unsigned char *)encoded, proof, CRYPTO_SHA256); /* has its NUL */
	buf_text(out, "c=biws,r=");
	buf_put(out, challenge.nonce.data, challenge.nonce.len);
	buf_printf(out, ",p=%s", encoded);
	scram->stage = SCRAM_FINAL;
	return 0;
}

int scram_verify(struct scram *scram, struct span server)
{
	unsigned char signature[CRYPTO_SHA256 + 1];
	struct span rest = server;
	struct span value;

	if (scram->stage != SCRAM_FINAL || !attribute(&rest, 'v', &value) ||
	    decode(value, signature, sizeof(signature)) != CRYPTO_SHA256 ||
	    CRYPTO_memcmp(signature, scram->expected, CRYPTO_SHA256) != 0)
		return failed(scram, "the server does not prove that it knows the password");
	scram->stage = SCRAM_PROVEN;
	return 0;
}
