/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the clients of audit/talk/ compute: against known values, against OpenSSL, and in the jail.
 */
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/jail.h"
#include "audit/talk/scram.h"
#include "lib/own.h"
#include "tests/tap.h"

static struct span bytes(const void *data, size_t len)
{
	return (struct span){data, len};
}

static void test_ed25519(void)
{
	/* mariadb.com/kb/en/authentication-plugin-ed25519/ has the key of "secret" in base64 */
	static const char known[] = "ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY=";
	static const char *const passwords[] = {"", "secret", "0123456789abcdef0123456789abcdef+"};
	unsigned char signature[CRYPTO_SIGNATURE];
	unsigned char public[32];
	unsigned char text[64];

	ok(crypto_ed25519_public(span_of("secret"), public) == 0, "a public key");
	(void)EVP_EncodeBlock(text, public, 32);
	is_str((char *)text, known, "the public key is MariaDB's");
	for (size_t i = 0; i < ARRAY_LEN(passwords); i++) {
		struct span nonce = bytes(known, 32);
		EVP_MD_CTX *context = EVP_MD_CTX_new();
		EVP_PKEY *key;

		if (crypto_ed25519_public(span_of(passwords[i]), public) < 0)
			break;
		key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public, 32);
		ok(crypto_ed25519_sign(span_of(passwords[i]), nonce, signature) == 0 &&
		       EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
		       EVP_DigestVerify(context, signature, sizeof(signature),
					(const unsigned char *)known, 32) == 1,
		   "OpenSSL takes the signature by \"%s\"", passwords[i]);
		EVP_MD_CTX_free(context);
		EVP_PKEY_free(key);
	}
}

/* RFC 7677, 3: the exchange of "user" with "pencil". */
#define NONCE "rOprNGfwEbeRWgbNEkqO"
#define FIRST "r=" NONCE "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
#define FINAL "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="

static int answer_scram(struct scram *scram, const char *first, struct buf *out)
{
	*scram = (struct scram){.nonce = NONCE, .stage = SCRAM_FIRST};
	buf_clear(out);
	return scram_answer(scram, span_of(first), "user", "pencil", out);
}

static void test_scram(void)
{
	static const char *const wrong[] = {
	    "",
	    "r=" NONCE ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
	    "r=rOprNGfwEbeRWgbNEkqX%,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
	    "r=" NONCE "%,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0",
	    "r=" NONCE "%,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=200001",
	    "r=" NONCE "%,s=W22ZaJ0SNY7soEsUEjb6gQ==",
	    "r=" NONCE "%,s=W2=ZaJ0S,i=4096",
	    "r=" NONCE "%,s=,i=4096",
	    "m=x,r=" NONCE "%,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
	};
	auto_buf struct buf out = {.ceiling = 4096};
	struct scram scram;

	ok(answer_scram(&scram, FIRST, &out) == 0, "SCRAM answers");
	is_str(buf_string(&out),
	       "c=biws,r=" NONCE "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
	       "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
	       "as RFC 7677 has it");
	ok(scram_verify(&scram, span_of(FINAL)) == 0 && scram.stage == SCRAM_PROVEN,
	   "the server proves itself");
	(void)answer_scram(&scram, FIRST, &out);
	ok(scram_verify(&scram, span_of("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")) < 0,
	   "another proof is none");
	(void)answer_scram(&scram, FIRST, &out);
	ok(scram_verify(&scram, span_of("e=other-error")) < 0, "nor is an error");
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		ok(answer_scram(&scram, wrong[i], &out) < 0 && scram.reason && out.len == 0,
		   "\"%s\": %s", wrong[i], scram.reason);
}

static const char *public_key(void)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = xcalloc(1, 4096);

	(void)PEM_write_bio_PUBKEY(bio, key);
	(void)BIO_read(bio, text, 4095);
	BIO_free(bio);
	EVP_PKEY_free(key);
	return text;
}

/* All that OpenSSL is asked for, as the first thing that it is asked for. */
static _Noreturn void compute_in_jail(const char *pem)
{
	auto_buf struct buf out = {.ceiling = 4096};
	unsigned char sealed[CRYPTO_MAX_RSA];
	unsigned char digest[CRYPTO_MAX_DIGEST];
	unsigned char signature[CRYPTO_SIGNATURE];
	struct span text = span_of("text");
	struct scram scram;
	struct err err;

	if (jail_enter(&err) < 0)
		_exit(99);
	if (crypto_digest("MD5", &text, 1, digest) != 16 ||
	    crypto_digest("SHA1", &text, 1, digest) != 20 ||
	    crypto_digest("SHA256", &text, 1, digest) != 32)
		_exit(1);
	if (answer_scram(&scram, FIRST, &out) < 0)
		_exit(2);
	if (crypto_ed25519_sign(text, text, signature) < 0)
		_exit(3);
	_exit(crypto_rsa_oaep(span_of(pem), text, sealed) == 256 ? 0 : 4);
}

/* Run as a program of its own: this one has used OpenSSL already. */
static void test_jail(const char *self)
{
	int status = -1;
	pid_t child;

#ifdef SANITIZED
	ok(true, "all of it works in the jail # SKIP a sanitizer needs calls that it forbids");
	return;
#endif
	child = fork();
	if (child == 0) {
		(void)execl(self, self, "jail", (char *)NULL);
		_exit(98);
	}
	(void)waitpid(child, &status, 0); /* else the status says so */
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "all of it works in the jail: %x",
	   (unsigned)status);
}

static void test_keys(void)
{
	unsigned char sealed[CRYPTO_MAX_RSA];
	const char *pem = public_key();
	char text[256] = {0};

	memset(text, 'x', 255);
	ok(crypto_rsa_oaep(span_of(pem), span_of("s3"), sealed) == 256, "a key of 2048 bits");
	ok(crypto_rsa_oaep(span_of(pem), span_of(text), sealed) < 0, "a text that it cannot hold");
	ok(crypto_rsa_oaep(span_of("-----BEGIN PUBLIC KEY-----\n"), span_of("s3"), sealed) < 0,
	   "a key that is none");
	ok(crypto_rsa_oaep((struct span){0}, span_of("s3"), sealed) < 0, "no key");
	ok(crypto_digest("no such digest", (struct span[]){{0}}, 1, sealed) < 0, "no such digest");
	own_free(&pem);
}

/* A key that was made before, since to make one takes what the jail does not let through. */
static const char fixed_pem[] = "-----BEGIN PUBLIC KEY-----\n"
				"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqCU5eyNDEcwBvR+cpzvi\n"
				"Dd1IdKrxe0960eW4P/xU9Jld3OdpKhSpgiVsyFGRZivo3q8CikWZlGR8vpxyPoUM\n"
				"FJMSZKS43xEsjT7l13RZZ4j5oCM7mnCjBvt5IP8lJVJQ0kyTh9UMcUnZwZ2A+SXD\n"
				"udTCeBe94NdH1uFS9lz+MGPwOU2DnDMRVGHqlvU7LNDKXhFZAAQ63xfAOb4fM1YH\n"
				"Roaqx9dsHCfGeIzxIsGHm7ieCyH24E9tP0BPjF9gX0kQqG98296h5f1ku/MAojqN\n"
				"MO1zj3yaXdefhs0LG6j3c+AQ+zsRdaVzrulqquIB/bqEjFZGv7SxP15kb6Rq57dz\n"
				"9wIDAQAB\n"
				"-----END PUBLIC KEY-----\n";

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "jail") == 0)
		compute_in_jail(fixed_pem);
	test_ed25519();
	test_scram();
	test_keys();
	test_jail(argv[0]);
	return done();
}
