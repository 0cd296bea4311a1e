/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which protocol the first bytes are of, and the conversation with memcached. */
#include "audit/talk/greeting.h"

#include "audit/talk/memcached.h"
#include "tests/unit/talk.h"

static enum service see(enum service asked, struct span bytes)
{
	return asked == SERVICE_MORE ? service_of_greeting(bytes) : service_of_answer(asked, bytes);
}

/* `asked` is SERVICE_MORE for a greeting. Each front is this service or one that wants more. */
static void is_service(enum service asked, struct span bytes, enum service expected,
		       const char *name)
{
	bool is_steady = true;

	(void)is_str(service_name(see(asked, bytes)), service_name(expected), name);
	for (size_t cut = 0; cut < bytes.len; cut++) {
		enum service front = see(asked, (struct span){bytes.data, cut});

		is_steady &= front == SERVICE_MORE || front == expected;
	}
	(void)ok(is_steady, "%s: no cut is anything else", name);
}

#define GREETING(text, service) is_service(SERVICE_MORE, BYTES(text), service, #text)
#define ANSWER(asked, text, service) is_service(asked, BYTES(text), service, #text)

static void test_greetings(void)
{
	static char blocked[4 + 3 + 60 + 1];

	GREETING("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", SERVICE_SSH);
	GREETING("220 mail.example.com ESMTP Postfix (Debian)\r\n", SERVICE_SMTP);
	GREETING("220-mail ESMTP Exim 4.96\r\n220 and so on\r\n", SERVICE_SMTP);
	GREETING("220 ftp.example.com ESMTP Postfix\r\n", SERVICE_SMTP);
	GREETING("421 mx SMTP too many connections\r\n", SERVICE_SMTP);
	GREETING("220 (vsFTPd 3.0.3)\r\n", SERVICE_FTP);
	GREETING("220 smtp.example.com FTP server\r\n", SERVICE_FTP);
	GREETING("220---------- Welcome to Pure-FTPd ----------\r\n220 local\r\n", SERVICE_FTP);
	GREETING("220 welcome\r\n", SERVICE_OTHER);
	GREETING("220-half", SERVICE_MORE);
	GREETING("999 no such code\r\n", SERVICE_OTHER);
	GREETING("+OK Dovecot ready.\r\n", SERVICE_POP3);
	GREETING("* OK [CAPABILITY IMAP4rev1] ready\r\n", SERVICE_IMAP);
	GREETING("* PREAUTH hello\r\n", SERVICE_IMAP);
	GREETING("RFB 003.008\n", SERVICE_VNC);
	GREETING("RFB 3.8\n", SERVICE_OTHER);
	GREETING("\xff\xfd\x18\xff\xfd\x20", SERVICE_TELNET);
	GREETING("\xff\x01\x02\x03", SERVICE_OTHER);
	GREETING("-DENIED Redis is running in protected mode\r\n", SERVICE_REDIS);
	GREETING("-ERR max number of clients reached\r\n", SERVICE_REDIS);
	GREETING("ERROR Too many open connections\r\n", SERVICE_MEMCACHED);
	GREETING("\x0e\0\0\0\x0a"
		 "8.0.36\0\1\0\0\0ab",
		 SERVICE_MYSQL);
	GREETING("\x0e\0\0\0\x0a"
		 "8.0.\x1b[\0\1\0\0\0ab",
		 SERVICE_OTHER);
	GREETING("\x0e\0\0\1\x0a"
		 "8.0.36\0\1\0\0\0ab",
		 SERVICE_OTHER);
	GREETING("\xff\xff\xff\0\x0a", SERVICE_OTHER);
	GREETING("\2\0\0\0\x0a\x35", SERVICE_OTHER);
	GREETING("\5\0\0\0\x0a"
		 "8.0.3",
		 SERVICE_OTHER);
	GREETING("\5\0\0\0\xff\x10\x04zz", SERVICE_MYSQL);
	GREETING("\5\0\0\0\x0b\x08\x05\x1a\0", SERVICE_MYSQLX);
	GREETING("\xef\xbf\xbd what is this\r\n", SERVICE_OTHER);
	(void)snprintf(blocked, sizeof(blocked), "%c%c%c%c%c%c%c%-60s", 63, 0, 0, 0, 0xff, 0x69, 4,
		       "Host '192.0.2.1' is blocked because of many errors");
	is_service(SERVICE_MORE, (struct span){blocked, sizeof(blocked) - 1}, SERVICE_MYSQL,
		   "a host that MySQL blocks");
	(void)ok(service_of_greeting(BYTES("")) == SERVICE_MORE, "nothing yet");
}

static void test_answers(void)
{
	ANSWER(SERVICE_HTTP, "HTTP/1.1 200 OK\r\n", SERVICE_HTTP);
	ANSWER(SERVICE_REDIS, "HTTP/1.1 400 Bad Request\r\n", SERVICE_HTTP);
	ANSWER(SERVICE_REDIS, "+PONG\r\n", SERVICE_REDIS);
	ANSWER(SERVICE_REDIS, "-NOAUTH Authentication required.\r\n", SERVICE_REDIS);
	ANSWER(SERVICE_MEMCACHED, "-ERR unknown command 'version'\r\n", SERVICE_REDIS);
	ANSWER(SERVICE_REDIS, "ERROR\r\nERROR\r\nERROR\r\n", SERVICE_MEMCACHED);
	ANSWER(SERVICE_MEMCACHED, "VERSION 1.6.18\r\n", SERVICE_MEMCACHED);
	ANSWER(SERVICE_MEMCACHED, "CLIENT_ERROR unauthenticated\r\n", SERVICE_MEMCACHED);
	ANSWER(SERVICE_POSTGRESQL, "S", SERVICE_POSTGRESQL);
	ANSWER(SERVICE_POSTGRESQL, "N", SERVICE_POSTGRESQL);
	ANSWER(SERVICE_REDIS, "N", SERVICE_OTHER);
	ANSWER(SERVICE_REDIS, "E\0\0\0\x40SFATAL\0", SERVICE_POSTGRESQL);
	ANSWER(SERVICE_REDIS, "E\0\xff\xff\xffSFATAL\0", SERVICE_OTHER);
	ANSWER(SERVICE_TLS, "\x16\x03\x03\0\x7a\2\0\0\x76", SERVICE_TLS);
	ANSWER(SERVICE_TLS, "\x15\x03\x01\0\2\2\x46", SERVICE_TLS);
	ANSWER(SERVICE_TLS, "\x16\x03\x03\0\x7a\1\0\0\x76", SERVICE_OTHER);
	ANSWER(SERVICE_TLS, "\x15\x03\x01\0\3\2\x46", SERVICE_OTHER);
	ANSWER(SERVICE_TLS, "\x16\x03\x09", SERVICE_OTHER);
	ANSWER(SERVICE_REDIS, "hello\r\n", SERVICE_OTHER);
}

static void test_attempts(void)
{
	static const struct {
		uint16_t port;
		const char *comm;
		enum service first;
		unsigned count;
	} hints[] = {{6379, "redis-server", SERVICE_REDIS, 5},
		     {9999, "memcached", SERVICE_MEMCACHED, 5},
		     {11211, NULL, SERVICE_MEMCACHED, 5},
		     {6379, "memcached", SERVICE_MEMCACHED, 5},
		     {5432, "postgres", SERVICE_POSTGRESQL, 5},
		     {443, NULL, SERVICE_TLS, 5},
		     {80, "nginx", SERVICE_REDIS, 5},
		     {0, NULL, SERVICE_REDIS, 3},
		     {1, "what", SERVICE_REDIS, 3},
		     {3306, "mariadbd", SERVICE_OTHER, 0},
		     {3306, "docker-proxy", SERVICE_REDIS, 3}};

	for (size_t i = 0; i < ARRAY_LEN(hints); i++) {
		const enum service *at = service_attempts(hints[i].port, hints[i].comm);
		bool has_redis = false;
		unsigned count = 0;

		(void)ok(*at == hints[i].first, "port %u: first %s", hints[i].port,
			 service_name(*at));
		for (; *at != SERVICE_OTHER; at++, count++) {
			has_redis |= *at == SERVICE_REDIS;
			(void)ok(*at != SERVICE_HTTP || has_redis, "HTTP comes behind Redis");
			(void)ok((service_question(*at).len > 0) == (*at != SERVICE_TLS),
				 "%s has its question", service_name(*at));
		}
		(void)ok(count == hints[i].count, "all that make sense are tried");
	}
	(void)ok(!memmem(service_question(SERVICE_HTTP).data, service_question(SERVICE_HTTP).len,
			 "Host:", 5),
		 "no header that Redis takes for an attack");
}

static enum talk talk_with(struct memcached *memcached, struct span bytes, size_t piece)
{
	auto_buf struct buf out;
	enum talk talk;

	buf_init(&out, 4096);
	(void)memcached_begin(memcached, &out);
	talk = FEED(memcached_feed, memcached, bytes, piece, &out);
	memcached_end(memcached);
	memcached_done(memcached);
	return talk;
}

static void is_memcached(struct span bytes, const char *outcome, enum talk talk, const char *name)
{
	struct memcached memcached;
	struct memcached again;
	bool same = true;
	bool weaker = true;

	(void)ok(talk_with(&memcached, bytes, bytes.len + 1) == talk, "%s: its end", name);
	(void)is_str(memcached_outcome_name(memcached.outcome), outcome, name);
	for (size_t piece = 1; piece < 5; piece++) {
		same &= talk_with(&again, bytes, piece) == talk;
		same &= memcmp(&again, &memcached, offsetof(struct memcached, line)) == 0;
	}
	(void)ok(same, "%s: the same in pieces", name);
	for (size_t cut = 0; cut < bytes.len; cut++) {
		(void)talk_with(&again, (struct span){bytes.data, cut}, cut + 1);
		weaker &= again.outcome == MEMCACHED_UNKNOWN ||
			  again.outcome == memcached.outcome ||
			  memcached.outcome == MEMCACHED_BROKEN;
	}
	(void)ok(weaker, "%s: a cut says no more", name);
}

static void test_memcached(void)
{
	static char endless[TALK_MAX_BYTES * 2];
	static const char open[] =
	    "VERSION 1.6.18\r\nSTAT pid 4711\r\nSTAT uptime 1\r\nSTAT version 1.6.18\r\n"
	    "STAT curr_items 12\r\nSTAT \x1b[2J x\r\nSTAT\r\n";
	struct memcached memcached;
	size_t at;

	is_memcached(BYTES("VERSION 1.6.18\r\nSTAT pid 4711\r\nSTAT curr_items 12\r\nEND\r\n"),
		     "served", TALK_DONE, "open");
	is_memcached(BYTES("VERSION 1.6.18\r\n"), "unknown", TALK_MORE, "a version alone");
	is_memcached(BYTES("VERSION 1.6.18\r\nERROR\r\n"), "unknown", TALK_DONE, "no stats");
	is_memcached(BYTES("CLIENT_ERROR unauthenticated\r\n"), "noauth", TALK_DONE, "a login");
	is_memcached(BYTES("ERROR Too many open connections\r\n"), "unknown", TALK_DONE, "full");
	is_memcached(BYTES(""), "unknown", TALK_MORE, "SASL, which hangs up");
	is_memcached(BYTES("-ERR unknown command\r\n"), "not memcached", TALK_DONE, "Redis");
	is_memcached(BYTES("\n"), "not memcached", TALK_DONE, "an empty line");
	is_memcached((struct span){open, sizeof(open) - 1}, "broken", TALK_BROKEN, "a bad line");
	(void)talk_with(&memcached,
			BYTES("VERSION 1.6.18\r\nSTAT pid 4711\r\nSTAT curr_items 12\r\n"), 1);
	(void)ok(memcached.process_id == 4711 && memcached.item_count == 12 &&
		     memcached.has_item_count,
		 "what it says of itself");
	(void)is_str(memcached.version, "1.6.18", "its version");
	memset(endless, 'V', sizeof(endless));
	at = sizeof("VERSION ") - 1;
	memcpy(endless, "VERSION ", at);
	is_memcached((struct span){endless, 4096}, "broken", TALK_BROKEN, "a line without an end");
	memcpy(endless, "VERSION 1\r\n", 11);
	for (at = 11; at + 10 <= sizeof(endless); at += 10)
		memcpy(endless + at, "STAT a 1\r\n", 10);
	(void)ok(talk_with(&memcached, (struct span){endless, at}, 4096) == TALK_BROKEN,
		 "statistics without an end");
}

static void test_udp(void)
{
	auto_buf struct buf out;
	char version[16];

	buf_init(&out, 64);
	memcached_udp_ask(0x1234, &out);
	(void)ok(out.len == 17 && memcmp(out.data, "\x12\x34\0\0\0\1\0\0version\r\n", 17) == 0,
		 "the question");
	(void)ok(memcached_udp_is_answer(0x1234, BYTES("\x12\x34\0\0\0\1\0\0VERSION 1.6\r\n"),
					 version, sizeof(version)),
		 "an answer");
	(void)is_str(version, "1.6", "its version");
	(void)ok(memcached_udp_is_answer(0x1234, BYTES("\x12\x34\0\0\0\1\0\0ERROR\r\n"), version,
					 sizeof(version)),
		 "an error is one");
	(void)ok(!memcached_udp_is_answer(0x1235, BYTES("\x12\x34\0\0\0\1\0\0ERROR\r\n"), version,
					  sizeof(version)),
		 "not to another question");
	(void)ok(!memcached_udp_is_answer(0x1234, BYTES("\x12\x34\0\1\0\1\0\0ERROR\r\n"), version,
					  sizeof(version)),
		 "not a part that there is not");
	(void)ok(!memcached_udp_is_answer(0x1234, BYTES("\x12\x34\0\0\0\1\0\0hello\r\n"), version,
					  sizeof(version)),
		 "not of anything else");
	for (size_t len = 0; len < 17; len++)
		(void)ok(
		    !memcached_udp_is_answer(
			0x1234,
			(struct span){"\x12\x34\0\0\0\1\0\0VERSION 1.6\r\n", len < 9 ? len : 8},
			version, sizeof(version)),
		    "not cut at %zu", len);
}

int main(void)
{
	test_greetings();
	test_answers();
	test_attempts();
	test_memcached();
	test_udp();
	return done();
}
