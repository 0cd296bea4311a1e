/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Carries the bytes of one conversation of audit/talk/ to a real server and back, through TLS when
 * the conversation asks for it, and prints what was learned as NAME=VALUE.
 *
 * Usage: talk_sql mysql|postgres ADDRESS PORT USER PASSWORD|- [clear]     "-" is no password
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "audit/talk/mysql.h"
#include "audit/talk/postgres.h"
#include "lib/own.h"

/* A conversation of either protocol. */
struct protocol {
	enum talk (*begin)(struct buf *out);
	enum talk (*feed)(struct span in, struct buf *out);
	enum talk (*begin_tls)(struct buf *out);
	void (*end)(void);
	void (*print)(void);
};

/* The connection; once `tls` is there, its two memory BIOs stand between. */
struct wire {
	int fd;
	SSL *tls;
	BIO *in;
	BIO *out;
};

static struct mysql mysql;
static struct mysql_try mysql_try;
static struct postgres postgres;
static struct postgres_try postgres_try;
static unsigned char nonce[SCRAM_NONCE];

static enum talk begin_mysql(struct buf *out)
{
	return mysql_begin(&mysql, &mysql_try, out);
}

static enum talk feed_mysql(struct span in, struct buf *out)
{
	return mysql_feed(&mysql, in, out);
}

static enum talk begin_tls_mysql(struct buf *out)
{
	return mysql_begin_tls(&mysql, out);
}

static void end_mysql(void)
{
	mysql_end(&mysql);
}

static void print_mysql(void)
{
	static const char *const outcomes[] = {
	    [MYSQL_UNKNOWN] = "unknown",
	    [MYSQL_ACCEPTED] = "accepted",
	    [MYSQL_DENIED] = "denied",
	    [MYSQL_LOCKED] = "locked",
	    [MYSQL_HOST_NOT_ALLOWED] = "host-not-allowed",
	    [MYSQL_HOST_BLOCKED] = "host-blocked",
	    [MYSQL_TLS_REQUIRED] = "tls-required",
	    [MYSQL_UNSUPPORTED] = "unsupported",
	    [MYSQL_BUSY] = "busy",
	};

	printf("outcome=%s error=%u mariadb=%d offered=%d tls=%d expired=%d answered=%d plugin=%s "
	       "version=%s reason=%s\n",
	       outcomes[mysql.outcome], mysql.error, mysql.is_mariadb, mysql.tls_offered, mysql.tls,
	       mysql.expired, mysql.answered, mysql.plugin, mysql.version,
	       mysql.reason ? mysql.reason : "-");
}

static enum talk begin_postgres(struct buf *out)
{
	return postgres_begin(&postgres, &postgres_try, out);
}

static enum talk feed_postgres(struct span in, struct buf *out)
{
	return postgres_feed(&postgres, in, out);
}

static enum talk begin_tls_postgres(struct buf *out)
{
	return postgres_begin_tls(&postgres, out);
}

static void end_postgres(void)
{
	postgres_end(&postgres);
}

static void print_postgres(void)
{
	static const char *const outcomes[] = {
	    [POSTGRES_UNKNOWN] = "unknown",   [POSTGRES_ACCEPTED] = "accepted",
	    [POSTGRES_WANTED] = "wanted",     [POSTGRES_DENIED] = "denied",
	    [POSTGRES_NO_ENTRY] = "no-entry", [POSTGRES_UNSUPPORTED] = "unsupported",
	    [POSTGRES_BUSY] = "busy",
	};
	static const char *const methods[] = {
	    [POSTGRES_NONE] = "none",   [POSTGRES_CLEARTEXT] = "cleartext",
	    [POSTGRES_MD5] = "md5",     [POSTGRES_SCRAM] = "scram",
	    [POSTGRES_GSS] = "gss",     [POSTGRES_SSPI] = "sspi",
	    [POSTGRES_OTHER] = "other",
	};

	printf("outcome=%s method=%s state=%s offered=%d tls=%d ready=%d version=%s reason=%s\n",
	       outcomes[postgres.outcome], methods[postgres.method], postgres.state,
	       postgres.tls_offered, postgres.tls, postgres.ready, postgres.version,
	       postgres.reason ? postgres.reason : "-");
}

static const struct protocol protocols[] = {
    {begin_mysql, feed_mysql, begin_tls_mysql, end_mysql, print_mysql},
    {begin_postgres, feed_postgres, begin_tls_postgres, end_postgres, print_postgres},
};

static _Noreturn void fail(const char *what)
{
	perror(what);
	exit(2);
}

static int connect_to(const char *address, const char *port)
{
	const struct timeval limit = {.tv_sec = 20};
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || inet_pton(AF_INET, address, &to.sin_addr) != 1 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) < 0 ||
	    connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0)
		fail(address);
	return fd;
}

static void send_raw(const struct wire *wire, const void *data, size_t len)
{
	const char *at = data;

	while (len > 0) {
		ssize_t sent = send(wire->fd, at, len, MSG_NOSIGNAL);

		if (sent <= 0)
			return; /* the peer is gone: what it said last is still to be read */
		at += sent;
		len -= (size_t)sent;
	}
}

/* What TLS has to send. */
static void flush_tls(const struct wire *wire)
{
	char bytes[4096];
	int len;

	while (wire->tls && (len = BIO_read(wire->out, bytes, sizeof(bytes))) > 0)
		send_raw(wire, bytes, (size_t)len);
}

static void send_out(const struct wire *wire, struct buf *out)
{
	if (out->len > 0 && wire->tls)
		(void)SSL_write(wire->tls, out->data, (int)out->len); /* memory takes it all */
	else if (out->len > 0)
		send_raw(wire, out->data, out->len);
	flush_tls(wire);
	buf_clear(out);
}

/* More bytes of the peer, decrypted; 0 when it is gone. */
static size_t receive(const struct wire *wire, char *bytes, size_t room)
{
	char raw[4096];

	for (;;) {
		int got = wire->tls ? SSL_read(wire->tls, bytes, (int)room) : 0;
		ssize_t len;

		if (got > 0)
			return (size_t)got;
		flush_tls(wire);
		len = recv(wire->fd, wire->tls ? raw : bytes, wire->tls ? sizeof(raw) : room, 0);
		if (len <= 0)
			return 0;
		if (!wire->tls)
			return (size_t)len;
		(void)BIO_write(wire->in, raw, (int)len); /* memory takes it all */
	}
}

static bool start_tls(struct wire *wire)
{
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	char raw[4096];

	wire->tls = context ? SSL_new(context) : NULL;
	wire->in = BIO_new(BIO_s_mem());
	wire->out = BIO_new(BIO_s_mem());
	if (!wire->tls || !wire->in || !wire->out)
		fail("TLS");
	SSL_CTX_free(context); /* the SSL holds it */
	SSL_set_bio(wire->tls, wire->in, wire->out);
	SSL_set_connect_state(wire->tls);
	while (SSL_do_handshake(wire->tls) != 1) {
		ssize_t len;

		flush_tls(wire);
		len = recv(wire->fd, raw, sizeof(raw), 0);
		if (len <= 0)
			return false;
		(void)BIO_write(wire->in, raw, (int)len); /* memory takes it all */
	}
	flush_tls(wire);
	return true;
}

static void converse(const struct protocol *protocol, struct wire *wire)
{
	auto_buf struct buf out = {.ceiling = TALK_MAX_ANSWER};
	enum talk talk = protocol->begin(&out);
	char bytes[4096];

	send_out(wire, &out);
	while (talk == TALK_MORE || talk == TALK_START_TLS) {
		if (talk == TALK_START_TLS && start_tls(wire)) {
			talk = protocol->begin_tls(&out);
		} else {
			size_t len = talk == TALK_MORE ? receive(wire, bytes, sizeof(bytes)) : 0;

			if (len == 0)
				break;
			talk = protocol->feed((struct span){bytes, len}, &out);
		}
		send_out(wire, &out);
	}
	protocol->end();
}

int main(int argc, char **argv)
{
	struct wire wire = {.fd = -1};
	const struct protocol *protocol;
	const char *password;
	bool clear;

	if (argc < 6 || RAND_bytes(nonce, sizeof(nonce)) != 1)
		return 2;
	protocol = &protocols[strcmp(argv[1], "mysql") != 0];
	password = strcmp(argv[5], "-") == 0 ? NULL : argv[5];
	clear = argc > 6;
	mysql_try = (struct mysql_try){argv[4], password ? password : "", clear};
	postgres_try = (struct postgres_try){argv[4], "postgres", password, nonce, clear};
	wire.fd = connect_to(argv[2], argv[3]);
	converse(protocol, &wire);
	SSL_free(wire.tls);
	(void)close(wire.fd); /* nothing is left to send */
	protocol->print();
	return 0;
}
