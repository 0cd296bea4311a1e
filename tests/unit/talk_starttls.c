/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes before TLS in SMTP and PostgreSQL. */
#include "audit/talk/starttls.h"

#include "tests/tap.h"
#include "tests/unit/talk.h"

#define GREETING "220 mail.example ESMTP Postfix\r\n"

static struct starttls_smtp smtp;

/* To SMTP, all in pieces of that size; what it says stays in `out`. */
static enum talk mail(struct span said, size_t piece, struct buf *out)
{
	buf_clear(out);
	(void)starttls_smtp_begin(&smtp, out);
	return FEED(starttls_smtp_feed, &smtp, said, piece, out);
}

static void test_smtp(void)
{
	struct buf out auto_buf;
	struct span good = BYTES(GREETING "250-mail.example\r\n250-SIZE\r\n250-starttls\r\n"
					  "250 HELP\r\n220 2.0.0 Ready\r\n");

	buf_init(&out, 4096);
	for (size_t piece = 1; piece <= good.len; piece += 16) {
		ok(mail(good, piece, &out) == TALK_START_TLS && smtp.is_offered,
		   "TLS is agreed on, in pieces of %zu", piece);
		is_str(buf_string(&out), "EHLO localhost\r\nSTARTTLS\r\n", "and no more is said");
	}
	ok(mail(BYTES("220-one\r\n" GREETING "250 STARTTLS\r\n220\r\n"), 9, &out) == TALK_START_TLS,
	   "a greeting of two lines, and an answer without a text");
	ok(mail(BYTES(GREETING "250-mail.example\r\n250 SIZE\r\n"), 64, &out) == TALK_DONE &&
	       !smtp.is_offered && !smtp.reason,
	   "it offers none");
	is_str(buf_string(&out), "EHLO localhost\r\nQUIT\r\n", "and is left in good order");
	ok(mail(BYTES(GREETING "502 STARTTLS\r\n"), 64, &out) == TALK_DONE && !smtp.is_offered,
	   "it does not know EHLO");
	ok(mail(BYTES(GREETING "250 STARTTLSX\r\n"), 64, &out) == TALK_DONE, "another word");
	ok(mail(BYTES(GREETING "250 STARTTLS\r\n454 not now\r\n"), 64, &out) == TALK_BROKEN,
	   "it offers and refuses");
	ok(mail(BYTES("554 no\r\n"), 64, &out) == TALK_BROKEN, "it serves nobody");
	ok(mail(BYTES("SSH-2.0-x\r\n"), 64, &out) == TALK_BROKEN, "it speaks something else");
	ok(mail(BYTES(GREETING "250 STARTTLS\r\n220 Go\r\n250 x\r\n"), 100, &out) == TALK_BROKEN,
	   "what is injected behind it is not taken");
	is_str(smtp.reason, "it goes on in clear after TLS was agreed on", "and named");
}

static void test_endless(void)
{
	static char line[STARTTLS_MAX_LINE + 2];
	struct buf out auto_buf;
	enum talk talk = TALK_MORE;

	buf_init(&out, 4096);
	memset(line, '2', sizeof(line));
	ok(mail((struct span){line, sizeof(line)}, 100, &out) == TALK_BROKEN, "a line without end");
	(void)starttls_smtp_begin(&smtp, &out);
	for (int i = 0; i < 1000 && talk == TALK_MORE; i++)
		talk = starttls_smtp_feed(&smtp, BYTES("220-more\r\n"), &out);
	ok(talk == TALK_BROKEN, "a greeting without end");
}

static enum talk ask_postgres(struct span answer, struct starttls_postgres *postgres)
{
	struct buf out auto_buf;

	buf_init(&out, 64);
	(void)starttls_postgres_begin(postgres, &out);
	if (out.len != 8 || memcmp(out.data, "\0\0\0\x08\x04\xd2\x16\x2f", 8) != 0)
		return TALK_MORE;
	return starttls_postgres_feed(postgres, answer);
}

static void test_postgres(void)
{
	struct starttls_postgres postgres;

	ok(ask_postgres(BYTES("S"), &postgres) == TALK_START_TLS && postgres.is_offered, "S");
	ok(ask_postgres(BYTES("N"), &postgres) == TALK_DONE && !postgres.is_offered, "N");
	ok(ask_postgres(BYTES("E\0\0\0\x08S"), &postgres) == TALK_BROKEN && postgres.reason, "E");
	ok(ask_postgres(BYTES("SS"), &postgres) == TALK_BROKEN, "S, and more in clear");
	ok(ask_postgres(BYTES("NN"), &postgres) == TALK_BROKEN, "N, and more");
}

int main(void)
{
	test_smtp();
	test_endless();
	test_postgres();
	return done();
}
