/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A MySQL server's greeting, for the tests of the client. */
#ifndef TESTS_UNIT_TALK_MYSQL_H
#define TESTS_UNIT_TALK_MYSQL_H

#include <openssl/evp.h>

#include "audit/talk/mysql.h"
#include "tests/tap.h"

#define NATIVE "mysql_native_password"
#define CACHING "caching_sha2_password"
#define SHA256 "sha256_password"
#define CAPABILITIES 0x00088a01U /* long password, 4.1, TLS, secure connection, plugins */
#define NO_TLS 0x00088201U
#define SCRAMBLE "abcdefghijklmnopqrst"

/* A server, and what it is to do. */
struct server {
	uint32_t capabilities;
	const char *plugin;    /* of the greeting */
	const char *switch_to; /* of the account, or NULL */
	const char *password;  /* of the account */
	bool cached;           /* caching_sha2_password's fast way is open */
	EVP_PKEY *key;
	/* how far it is */
	enum { ANSWER, SWITCHED, FULL, KEY, OVER } stage;
	bool tls;
	bool quit;       /* the client said COM_QUIT */
	bool clear_seen; /* the password went over the wire in clear */
	uint8_t sequence;
};

__attribute__((unused)) static struct span bytes(const void *data, size_t len)
{
	return (struct span){data, len};
}

__attribute__((unused)) static void put_packet(struct server *server, struct buf *out,
					       const void *data, size_t len)
{
	unsigned char head[4] = {(unsigned char)len, (unsigned char)(len >> 8), 0,
				 server->sequence++};

	buf_put(out, head, 4);
	buf_put(out, data, len);
}

__attribute__((unused)) static void put_greeting(struct server *server, const char *version,
						 struct buf *out)
{
	auto_buf struct buf payload = {.ceiling = 1024};
	const unsigned char caps[4] = {(unsigned char)server->capabilities,
				       (unsigned char)(server->capabilities >> 8),
				       (unsigned char)(server->capabilities >> 16),
				       (unsigned char)(server->capabilities >> 24)};

	buf_put(&payload, "\x0a", 1);
	buf_put(&payload, version, strlen(version) + 1);
	buf_put(&payload, "\x01\0\0\0", 4);
	buf_put(&payload, SCRAMBLE, 8);
	buf_put(&payload, "", 1);
	buf_put(&payload, caps, 2);
	buf_put(&payload, "\x21\x02\0", 3);
	buf_put(&payload, caps + 2, 2);
	buf_put(&payload, "\x15\0\0\0\0\0\0\0\0\0\0", 11);
	buf_put(&payload, &SCRAMBLE[8], 13); /* with its NUL */
	buf_put(&payload, server->plugin, strlen(server->plugin) + 1);
	put_packet(server, out, payload.data, payload.len);
}

#endif
