/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Which protocol a port speaks: see greeting.h. */
#include "audit/talk/greeting.h"

#include <string.h>
#include <strings.h>

#include "lib/own.h"

/* A beginning that says all. */
struct beginning {
	const char *text;
	enum service service;
};

/* What servers send by themselves. RFC 4253, 4.2; RFC 1939, 4; RFC 3501, 7.1. */
static const struct beginning greetings[] = {
    {"SSH-", SERVICE_SSH},
    {"+OK", SERVICE_POP3},
    {"* OK", SERVICE_IMAP},
    {"* PREAUTH", SERVICE_IMAP},
    {"* BYE", SERVICE_IMAP},
    {"-DENIED ", SERVICE_REDIS},
    {"-ERR max number of clients", SERVICE_REDIS}, /* redis/src/networking.c */
    {"ERROR Too many open connections", SERVICE_MEMCACHED},
};

/* What they answer. Errors of Redis stand before its commands are looked at, or behind it. */
static const struct beginning answers[] = {
    {"HTTP/1.", SERVICE_HTTP},
    {"+PONG\r\n", SERVICE_REDIS},
    {"-NOAUTH ", SERVICE_REDIS},
    {"-NOPERM ", SERVICE_REDIS},
    {"-DENIED ", SERVICE_REDIS},
    {"-LOADING ", SERVICE_REDIS},
    {"-MISCONF ", SERVICE_REDIS},
    {"-MASTERDOWN ", SERVICE_REDIS},
    {"-BUSY ", SERVICE_REDIS},
    {"-ERR unknown command", SERVICE_REDIS},
    {"-ERR wrong number of arguments", SERVICE_REDIS},
    {"-ERR operation not permitted", SERVICE_REDIS},
    {"-ERR max number of clients", SERVICE_REDIS},
    {"-ERR Protocol error", SERVICE_REDIS},
    {"VERSION ", SERVICE_MEMCACHED},
    {"ERROR\r\n", SERVICE_MEMCACHED},
    {"ERROR Too many open connections", SERVICE_MEMCACHED},
    {"CLIENT_ERROR ", SERVICE_MEMCACHED},
    {"SERVER_ERROR ", SERVICE_MEMCACHED},
};

/* MORE while the bytes are the front of one of them. */
static enum service look_up(const struct beginning *list, size_t count, struct span bytes)
{
	enum service found = SERVICE_OTHER;

	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(list[i].text);

		if (bytes.len >= len && memcmp(bytes.data, list[i].text, len) == 0)
			return list[i].service;
		if (bytes.len < len && memcmp(bytes.data, list[i].text, bytes.len) == 0)
			found = SERVICE_MORE;
	}
	return found;
}

static unsigned byte_at(struct span bytes, size_t at)
{
	return (unsigned char)bytes.data[at];
}

static bool is_printable(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (byte_at(text, i) < ' ' || byte_at(text, i) > '~')
			return false;
	return true;
}

/* Length and number of a packet, then protocol 10 or 9 with its version, or an error. */
static enum service mysql(struct span bytes)
{
	struct span version = {NULL, 0};
	struct span text;
	size_t len;

	if (bytes.len < 5)
		return bytes.len < 4 || byte_at(bytes, 3) == 0 ? SERVICE_MORE : SERVICE_OTHER;
	len = byte_at(bytes, 0) | byte_at(bytes, 1) << 8 | byte_at(bytes, 2) << 16;
	if (byte_at(bytes, 3) != 0 || len < 4 || len + 4 > GREETING_MAX)
		return SERVICE_OTHER;
	if (bytes.len < len + 4)
		return SERVICE_MORE;
	text = (struct span){bytes.data + 5, len - 1};
	if (byte_at(bytes, 4) == 0xff) { /* number and text: "Host … is blocked" and others */
		unsigned number = byte_at(text, 0) | byte_at(text, 1) << 8;

		text = (struct span){text.data + 2, text.len - 2};
		return number >= 1000 && text.len > 0 && byte_at(text, 0) >= ' ' ? SERVICE_MYSQL
										 : SERVICE_OTHER;
	}
	if (byte_at(bytes, 4) != 10 && byte_at(bytes, 4) != 9)
		return SERVICE_OTHER;
	(void)span_cut(&text, '\0', &version); /* false leaves it empty */
	return version.len > 0 && text.len > 0 && is_printable(version) ? SERVICE_MYSQL
									: SERVICE_OTHER;
}

/* MySQL's X Protocol greets with a notice: a message of length 5, type 11 (NOTICE), which holds
 * {type: 5 (ServerHello), payload: ""}. Its mysqlx_notice.proto. */
static enum service mysqlx(struct span bytes)
{
	static const char hello[] = {5, 0, 0, 0, 11, 8, 5, 26, 0};
	size_t len = bytes.len < sizeof(hello) ? bytes.len : sizeof(hello);

	if (memcmp(bytes.data, hello, len) != 0)
		return SERVICE_OTHER;
	return len < sizeof(hello) ? SERVICE_MORE : SERVICE_MYSQLX;
}

/* "RFB 003.008\n": RFC 6143, 7.1.1 */
static enum service vnc(struct span bytes)
{
	static const char shape[] = "RFB ddd.ddd\n";

	for (size_t i = 0; i < bytes.len && i < sizeof(shape) - 1; i++) {
		bool is_digit = bytes.data[i] >= '0' && bytes.data[i] <= '9';

		if (shape[i] == 'd' ? !is_digit : bytes.data[i] != shape[i])
			return SERVICE_OTHER;
	}
	return bytes.len < sizeof(shape) - 1 ? SERVICE_MORE : SERVICE_VNC;
}

/* IAC and WILL, WON'T, DO or DON'T: RFC 854 */
static enum service telnet(struct span bytes)
{
	if (byte_at(bytes, 0) != 0xff)
		return SERVICE_OTHER;
	if (bytes.len < 3)
		return bytes.len < 2 || byte_at(bytes, 1) >= 0xfb ? SERVICE_MORE : SERVICE_OTHER;
	return byte_at(bytes, 1) >= 0xfb && byte_at(bytes, 1) <= 0xfe ? SERVICE_TELNET
								      : SERVICE_OTHER;
}

/* By what its text calls itself: SMTP as a word (a host may be called smtp), FTP anywhere. */
static enum service named(struct span text)
{
	struct span rest = text;
	struct span word;

	while (span_word(&rest, &word))
		if ((word.len == 4 && strncasecmp(word.data, "SMTP", 4) == 0) ||
		    (word.len == 5 && strncasecmp(word.data, "ESMTP", 5) == 0))
			return SERVICE_SMTP;
	for (size_t i = 0; i + 3 <= text.len; i++)
		if (strncasecmp(text.data + i, "FTP", 3) == 0)
			return SERVICE_FTP;
	return SERVICE_OTHER;
}

/* "220-" goes on, "220 " is the last line: RFC 959, 4.2 and RFC 5321, 4.2 */
static enum service reply(struct span bytes)
{
	struct span rest = bytes;
	struct span line;

	for (size_t i = 0; i < bytes.len && i < 3; i++)
		if (bytes.data[i] < (i == 0 ? '2' : '0') || bytes.data[i] > (i == 0 ? '5' : '9'))
			return SERVICE_OTHER;
	if (bytes.len > 3 && bytes.data[3] != ' ' && bytes.data[3] != '-')
		return SERVICE_OTHER;
	while (span_cut(&rest, '\n', &line)) {
		bool is_whole = line.data + line.len < bytes.data + bytes.len;

		if (is_whole && line.len > 3 && memcmp(line.data, bytes.data, 3) == 0 &&
		    line.data[3] == ' ')
			return named(
			    (struct span){bytes.data, (size_t)(line.data + line.len - bytes.data)});
	}
	return SERVICE_MORE;
}

/* A record of TLS: an alert of two bytes, or a handshake with ServerHello. RFC 8446, 5.1 and 4. */
static enum service tls(struct span bytes)
{
	unsigned type = byte_at(bytes, 0);
	size_t len;

	if ((type != 21 && type != 22) || (bytes.len > 1 && byte_at(bytes, 1) != 3) ||
	    (bytes.len > 2 && byte_at(bytes, 2) > 4))
		return SERVICE_OTHER;
	if (bytes.len < 6)
		return SERVICE_MORE;
	len = byte_at(bytes, 3) << 8 | byte_at(bytes, 4);
	if (type == 21)
		return len == 2 && (byte_at(bytes, 5) == 1 || byte_at(bytes, 5) == 2)
			   ? SERVICE_TLS
			   : SERVICE_OTHER;
	return len >= 4 && len <= 16384 && byte_at(bytes, 5) == 2 ? SERVICE_TLS : SERVICE_OTHER;
}

/* 'S' or 'N' alone, or 'E', a length and the field of a severity: PostgreSQL, "Message Formats". */
static enum service postgresql(enum service asked, struct span bytes)
{
	size_t len;

	if (asked == SERVICE_POSTGRESQL && bytes.len == 1 &&
	    (bytes.data[0] == 'S' || bytes.data[0] == 'N'))
		return SERVICE_POSTGRESQL;
	if (bytes.data[0] != 'E' || (bytes.len > 1 && bytes.data[1] != 0))
		return SERVICE_OTHER;
	if (bytes.len < 6)
		return SERVICE_MORE;
	len = byte_at(bytes, 2) << 16 | byte_at(bytes, 3) << 8 | byte_at(bytes, 4);
	return len >= 8 && len <= 30000 && bytes.data[5] == 'S' ? SERVICE_POSTGRESQL
								: SERVICE_OTHER;
}

/* The one that says more: a protocol, then MORE, then OTHER. */
static enum service better(enum service one, enum service other)
{
	if (one > SERVICE_OTHER || other == SERVICE_OTHER)
		return one;
	return other > SERVICE_OTHER || one == SERVICE_OTHER ? other : one;
}

/* Is nothing more worth waiting for? */
static enum service settle(enum service found, struct span bytes)
{
	return found == SERVICE_MORE && bytes.len >= GREETING_MAX ? SERVICE_OTHER : found;
}

enum service service_of_greeting(struct span first)
{
	enum service found;

	if (first.len == 0)
		return SERVICE_MORE;
	found = look_up(greetings, ARRAY_LEN(greetings), first);
	found = better(found, vnc(first));
	found = better(found, telnet(first));
	found = better(found, reply(first));
	found = better(found, mysqlx(first));
	found = better(found, mysql(first));
	return settle(found, first);
}

enum service service_of_answer(enum service asked, struct span answer)
{
	enum service found;

	if (answer.len == 0)
		return SERVICE_MORE;
	found = look_up(answers, ARRAY_LEN(answers), answer);
	found = better(found, tls(answer));
	found = better(found, postgresql(asked, answer));
	return settle(found, answer);
}

static const enum service none[] = {SERVICE_OTHER};
/* Whoever is none of these and answers, answers PING, be it by an error. */
static const enum service any[] = {SERVICE_REDIS, SERVICE_TLS, SERVICE_POSTGRESQL, SERVICE_OTHER};
static const enum service redis_first[] = {SERVICE_REDIS, SERVICE_MEMCACHED, SERVICE_POSTGRESQL,
					   SERVICE_HTTP,  SERVICE_TLS,       SERVICE_OTHER};
static const enum service memcached_first[] = {SERVICE_MEMCACHED, SERVICE_REDIS, SERVICE_POSTGRESQL,
					       SERVICE_HTTP,      SERVICE_TLS,   SERVICE_OTHER};
static const enum service postgresql_first[] = {
    SERVICE_POSTGRESQL, SERVICE_REDIS, SERVICE_MEMCACHED, SERVICE_HTTP, SERVICE_TLS, SERVICE_OTHER};
static const enum service http_early[] = {SERVICE_REDIS,     SERVICE_HTTP,       SERVICE_TLS,
					  SERVICE_MEMCACHED, SERVICE_POSTGRESQL, SERVICE_OTHER};
static const enum service tls_first[] = {SERVICE_TLS,       SERVICE_REDIS,      SERVICE_HTTP,
					 SERVICE_MEMCACHED, SERVICE_POSTGRESQL, SERVICE_OTHER};

/* A process name, up to the 15 bytes that the kernel keeps (comm), or a port: 0 is none. */
static const struct hint {
	const char *comm; /* its beginning */
	uint16_t port;
	const enum service *attempts;
} hints[] = {
    {"mysqld", 0, none}, /* who greets is asked nothing else */
    {"mariadbd", 0, none},
    {"redis", 6379, redis_first},
    {"valkey", 26379, redis_first},
    {"keydb", 0, redis_first},
    {"dragonfly", 0, redis_first},
    {"memcached", 11211, memcached_first},
    {"postgres", 5432, postgresql_first},
    {"pgbouncer", 6432, postgresql_first},
    {"nginx", 80, http_early},
    {"apache2", 8080, http_early},
    {"httpd", 8000, http_early},
    {"caddy", 3000, http_early},
    {NULL, 443, tls_first},
    {NULL, 8443, tls_first},
};

static const struct hint *find_hint(uint16_t port, const char *comm)
{
	for (size_t i = 0; comm && i < ARRAY_LEN(hints); i++)
		if (hints[i].comm && strncmp(comm, hints[i].comm, strlen(hints[i].comm)) == 0)
			return &hints[i];
	for (size_t i = 0; port && i < ARRAY_LEN(hints); i++)
		if (hints[i].port == port)
			return &hints[i];
	return NULL;
}

const enum service *service_attempts(uint16_t port, const char *comm)
{
	const struct hint *hint = find_hint(port, comm);

	return hint ? hint->attempts : any;
}

bool service_is_hinted(uint16_t port, const char *comm)
{
	return find_hint(port, comm) != NULL;
}

bool service_never_greets(const char *comm)
{
	const struct hint *hint = find_hint(0, comm);

	return hint && hint->attempts != none;
}

bool service_is_web(uint16_t port, const char *comm)
{
	const struct hint *hint = find_hint(port, comm);

	return hint && (hint->attempts == http_early || hint->attempts == tls_first);
}

bool service_keeps_all(uint16_t port)
{
	return port == 514 || port == 515 || port == 601 || port == 6514 ||
	       (port >= 9100 && port <= 9107);
}

struct span service_question(enum service service)
{
	static const char ssl_request[] = {0, 0, 0, 8, 4, (char)0xd2, 22, 47}; /* 1234, 5679 */

	if (service == SERVICE_REDIS)
		return span_of("*1\r\n$4\r\nPING\r\n");
	if (service == SERVICE_MEMCACHED)
		return span_of("version\r\n");
	if (service == SERVICE_HTTP)
		return span_of("HEAD / HTTP/1.0\r\n\r\n");
	if (service == SERVICE_POSTGRESQL)
		return (struct span){ssl_request, sizeof(ssl_request)};
	return (struct span){"", 0};
}

const char *service_name(enum service service)
{
	static const char *const names[SERVICES] = {
	    [SERVICE_MORE] = "more",
	    [SERVICE_OTHER] = "other",
	    [SERVICE_MYSQL] = "mysql",
	    [SERVICE_MYSQLX] = "mysqlx",
	    [SERVICE_SSH] = "ssh",
	    [SERVICE_SMTP] = "smtp",
	    [SERVICE_FTP] = "ftp",
	    [SERVICE_POP3] = "pop3",
	    [SERVICE_IMAP] = "imap",
	    [SERVICE_VNC] = "vnc",
	    [SERVICE_TELNET] = "telnet",
	    [SERVICE_REDIS] = "redis",
	    [SERVICE_MEMCACHED] = "memcached",
	    [SERVICE_POSTGRESQL] = "postgresql",
	    [SERVICE_HTTP] = "http",
	    [SERVICE_TLS] = "tls",
	};

	return names[service];
}
