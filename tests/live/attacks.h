/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hostile servers of peers.c say: politely, and then. */
#ifndef TESTS_LIVE_ATTACKS_H
#define TESTS_LIVE_ATTACKS_H

#include <stddef.h>

struct bytes {
	const char *data;
	size_t len;
};
#define BYTES(text)                                                                                \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

/* What a polite server says at once, and to the first word. */
struct protocol {
	const char *name;
	const char *comm;
	struct bytes greeting;
	struct bytes answer;
};

/* Protocol 10, capabilities 0xf7fe without and 0xfffe with TLS, mysql_native_password:
 * dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html
 */
#define MYSQL_BODY(low)                                                                            \
	"\x0a"                                                                                     \
	"8.0.36\0\x2a\0\0\0"                                                                       \
	"01234567\0\xfe" low "\x21\x02\0\xff\x81\x15\0\0\0\0\0\0\0\0\0\0"                          \
	"0123456789ab\0mysql_native_password\0"
#define MYSQL_GREETING "\x4a\0\0\0" MYSQL_BODY("\xf7")
#define MYSQL_GREETING_TLS "\x4a\0\0\0" MYSQL_BODY("\xff")
/* ServerHello of the greatest length, in a record of the greatest length: RFC 8446, 5.1 and 4 */
#define TLS_START "\x16\x03\x03\x40\x00\x02\xff\xff\xff"
#define EVIL "\x1b]0;owned\x07\x1b[2J\xff\xfe\xc2\x9b\xe2\x80\xae"

static const struct protocol protocols[] = {
    {"redis", "redis-evil", BYTES(""), BYTES("+PONG\r\n")},
    {"mysql", "mysqld-evil", BYTES(MYSQL_GREETING), BYTES("")},
    {"postgresql", "postgres-evil", BYTES(""), BYTES("N")},
    {"memcached", "memcached-evil", BYTES(""), BYTES("VERSION 1.6.18\r\n")},
};

struct attack {
	const char *protocol; /* NULL: any */
	const char *name;
	unsigned words;   /* of the client, that are answered politely before */
	struct bytes say; /* to the next one; at once where there is nothing to be answered */
	struct bytes for_ever;
	enum { HOLD, RESET, CLOSE, AGAIN, AGAIN_IN_SEQUENCE } then;
};

/* `words` counts what came until the attack: 0 is instead of a greeting or of the first answer. */
static const struct attack attacks[] = {
    {NULL, "silent", 0, BYTES(""), BYTES(""), HOLD},
    {NULL, "reset", 0, BYTES(""), BYTES(""), RESET},
    {NULL, "noise", 0, BYTES(EVIL), BYTES(EVIL), HOLD},
    {NULL, "tls-endless", 0, BYTES(TLS_START), BYTES("\x16\x03\x03\x00\x08zzzzzzzz"), HOLD},

    {"redis", "bulk-endless", 1, BYTES("$536870912\r\n"), BYTES("zzzzzzzz"), HOLD},
    {"redis", "bulk-first", 0, BYTES("$536870912\r\n"), BYTES("zzzzzzzz"), HOLD},
    {"redis", "line-endless", 1, BYTES("+"), BYTES("zzzzzzzz"), HOLD},
    {"redis", "array-endless", 1, BYTES("*1000000\r\n"), BYTES(":1\r\n"), HOLD},
    {"redis", "array-nested", 1, BYTES(""), BYTES("*1\r\n"), HOLD},
    {"redis", "array-wide", 1, BYTES("*4294967295\r\n"), BYTES("*4294967295\r\n"), HOLD},
    {"redis", "array-negative", 1, BYTES("*-7\r\n"), BYTES(""), HOLD},
    {"redis", "bulk-negative", 1, BYTES("$-5\r\n"), BYTES(""), HOLD},
    {"redis", "bulk-huge", 1, BYTES("$99999999999999999999\r\n"), BYTES(""), HOLD},
    {"redis", "bulk-largest", 1, BYTES("$9223372036854775807\r\nx"), BYTES(""), HOLD},
    {"redis", "bulk-short", 1, BYTES("$3\r\nabcdef\r\n"), BYTES(""), HOLD},
    {"redis", "push-endless", 1, BYTES(""), BYTES(">2\r\n+a\r\n+b\r\n"), HOLD},
    {"redis", "pong-endless", 0, BYTES(""), BYTES("+PONG\r\n"), HOLD},
    {"redis", "silent-later", 1, BYTES(""), BYTES(""), HOLD},
    {"redis", "reset-later", 1, BYTES(""), BYTES(""), RESET},
    {"redis", "close-later", 1, BYTES(""), BYTES(""), CLOSE},
    {"redis", "evil-error", 0, BYTES("-ERR " EVIL "\r\n"), BYTES(""), AGAIN},
    {"redis", "evil-text", 1, BYTES("$21\r\n" EVIL "\r\n"), BYTES(""), AGAIN},
    {"redis", "evil-folder", 1, BYTES("*2\r\n$3\r\ndir\r\n$30\r\n/var/www/" EVIL "\r\n"), BYTES(""),
     AGAIN},

    {"mysql", "sequence", 0, BYTES("\x4a\0\0\x05" MYSQL_BODY("\xf7")), BYTES(""), HOLD},
    {"mysql", "sequence-later", 1, BYTES("\x07\0\0\x09\0\0\0\x02\0\0\0"), BYTES(""), HOLD},
    {"mysql", "ok-first", 0, BYTES("\x07\0\0\0\0\0\0\x02\0\0\0"), BYTES(""), HOLD},
    {"mysql", "packet-huge", 0, BYTES("\xff\xff\xff\0\x0a"), BYTES("zzzzzzzz"), HOLD},
    {"mysql", "packet-huge-later", 1, BYTES("\xff\xff\xff\x02\0"), BYTES("zzzzzzzz"), HOLD},
    {"mysql", "packet-empty", 1, BYTES("\0\0\0\x02"), BYTES("\0\0\0\x03"), HOLD},
    {"mysql", "switch-endless", 1,
     BYTES("\x2c\0\0\x02\xfemysql_native_password\0"
	   "0123456789abcdefghij\0"),
     BYTES(""), AGAIN_IN_SEQUENCE},
    {"mysql", "more-endless", 1, BYTES("\x02\0\0\x02\x01\x04"), BYTES(""), AGAIN_IN_SEQUENCE},
    {"mysql", "infile", 1, BYTES("\x0c\0\0\x02\xfb/etc/passwd"), BYTES(""), HOLD},
    {"mysql", "evil-error", 1, BYTES("\x1f\0\0\x02\xff\x51\x04#HY000" EVIL "\0"), BYTES(""), HOLD},
    {"mysql", "silent-later", 1, BYTES(""), BYTES(""), HOLD},
    {"mysql", "reset-later", 1, BYTES(""), BYTES(""), RESET},
    {"mysql", "tls-silent", 0, BYTES(MYSQL_GREETING_TLS), BYTES(""), HOLD},
    {"mysql", "tls-endless-later", 0, BYTES(MYSQL_GREETING_TLS TLS_START), BYTES("zzzzzzzz"), HOLD},

    {"postgresql", "tls-silent", 0, BYTES("S"), BYTES(""), HOLD},
    {"postgresql", "tls-endless-later", 0, BYTES("S" TLS_START), BYTES("zzzzzzzz"), HOLD},
    {"postgresql", "notice-endless", 1, BYTES(""), BYTES("N\0\0\0\x0bSWARN\0\0"), HOLD},
    {"postgresql", "message-endless", 1, BYTES("E\x7f\xff\xff\xffS"), BYTES("zzzzzzzz"), HOLD},
    {"postgresql", "length-zero", 1, BYTES("R\0\0\0\0\0\0\0\0"), BYTES(""), HOLD},
    {"postgresql", "length-negative", 1, BYTES("R\xff\xff\xff\xff\0\0\0\0"), BYTES(""), HOLD},
    {"postgresql", "length-short", 1, BYTES("R\0\0\0\x05\0"), BYTES(""), HOLD},
    {"postgresql", "evil-error", 1, BYTES("E\0\0\0\x25SFATAL\0C28" EVIL "\0\0"), BYTES(""), HOLD},
    {"postgresql", "silent-later", 1, BYTES(""), BYTES(""), HOLD},
    {"postgresql", "reset-later", 1, BYTES(""), BYTES(""), RESET},

    {"memcached", "stats-endless", 1, BYTES(""), BYTES("STAT pid 1\r\n"), HOLD},
    {"memcached", "line-endless", 1, BYTES("STAT "), BYTES("zzzzzzzz"), HOLD},
    {"memcached", "stats-silent", 1, BYTES("STAT pid 1\r\n"), BYTES(""), HOLD},
    {"memcached", "evil-text", 0, BYTES("VERSION " EVIL "\r\n"), BYTES(""), AGAIN},
    {"memcached", "silent-later", 1, BYTES(""), BYTES(""), HOLD},
    {"memcached", "reset-later", 1, BYTES(""), BYTES(""), RESET},
};

#endif
