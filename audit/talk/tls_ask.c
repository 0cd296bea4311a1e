/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] One question to a TLS server: see tls_ask.h. */
#include "audit/talk/tls_ask.h"

#include <errno.h>
#include <openssl/rand.h>
#include <string.h>

#include "audit/message.h"
#include "lib/own.h"

/* A server of MySQL counts handshakes that are broken off, and blocks the address in the end; a
 * login that is denied it does not count. */
static const struct mysql_try nobody = {.user = MYSQL_NOBODY, .password = ""};

static enum talk unknown(struct tls_ask *ask, const char *reason)
{
	ask->is_unknown = true;
	ask->reason = reason;
	return TALK_BROKEN;
}

static enum talk begin_tls(struct tls_ask *ask, struct buf *out)
{
	unsigned char random[32] = {0};

	ask->stage = TLS_ASK_TLS;
	if (!ask->is_hello)
		return handshake_begin(&ask->handshake, ask->handshakes, ask->key, ask->name, out);
	(void)RAND_bytes(random, sizeof(random)); /* of zeros it is a hello all the same */
	return hello_begin(&ask->hello, &ask->question, random, out);
}

static enum talk begin(void *machine, struct buf *out)
{
	struct tls_ask *ask = machine;

	switch (ask->prelude) {
	case TLS_AT_ONCE:
		break;
	case TLS_BY_SMTP:
		return starttls_smtp_begin(&ask->smtp, out);
	case TLS_BY_POSTGRES:
		return starttls_postgres_begin(&ask->postgres, out);
	case TLS_BY_MYSQL:
		return mysql_begin(&ask->mysql, &nobody, out);
	}
	return begin_tls(ask, out);
}

/* What a machine before TLS came to. */
static enum talk before(struct tls_ask *ask, enum talk talk, bool is_offered, const char *reason,
			struct buf *out)
{
	switch (talk) {
	case TALK_MORE:
		return TALK_MORE;
	case TALK_START_TLS:
		return begin_tls(ask, out);
	case TALK_DONE:
		if (is_offered || reason)
			return unknown(ask, reason);
		ask->is_clear = true;
		return TALK_DONE;
	case TALK_BROKEN:
		break;
	}
	return unknown(ask, reason);
}

static const char *mysql_reason(const struct mysql *mysql)
{
	if (mysql->outcome == MYSQL_HOST_NOT_ALLOWED)
		return "MySQL has no account for the host that asks";
	if (mysql->outcome == MYSQL_HOST_BLOCKED)
		return "MySQL has blocked the host that asks";
	if (mysql->outcome == MYSQL_BUSY)
		return "MySQL has no connection free";
	return mysql->reason;
}

static enum talk feed_before(struct tls_ask *ask, struct span in, struct buf *out)
{
	enum talk talk;

	switch (ask->prelude) {
	case TLS_AT_ONCE:
		break;
	case TLS_BY_SMTP:
		talk = starttls_smtp_feed(&ask->smtp, in, out);
		return before(ask, talk, ask->smtp.is_offered, ask->smtp.reason, out);
	case TLS_BY_POSTGRES:
		talk = starttls_postgres_feed(&ask->postgres, in);
		return before(ask, talk, ask->postgres.is_offered, ask->postgres.reason, out);
	case TLS_BY_MYSQL:
		talk = mysql_feed(&ask->mysql, in, out);
		return before(ask, talk, ask->mysql.tls_offered, mysql_reason(&ask->mysql), out);
	}
	return unknown(ask, NULL);
}

/* MySQL goes on within TLS, to its end. */
static enum talk feed_within(struct tls_ask *ask, struct span plain, struct buf *out)
{
	struct buf said auto_buf;
	enum talk talk = TALK_MORE;

	buf_init(&said, CALL_MAX_SAID);
	if (ask->stage == TLS_ASK_TLS)
		talk = mysql_begin_tls(&ask->mysql, &said);
	ask->stage = TLS_ASK_WITHIN;
	if (talk == TALK_MORE && plain.len > 0)
		talk = mysql_feed(&ask->mysql, plain, &said);
	if (handshake_say(&ask->handshake, buf_span(&said), out) < 0)
		return TALK_DONE;
	return talk == TALK_MORE ? TALK_MORE : TALK_DONE;
}

static enum talk feed(void *machine, struct span in, struct buf *out)
{
	struct tls_ask *ask = machine;
	struct buf plain auto_buf;
	enum talk talk;

	if (ask->stage == TLS_ASK_BEFORE)
		return feed_before(ask, in, out);
	if (ask->is_hello)
		return hello_feed(&ask->hello, in);
	buf_init(&plain, TALK_MAX_BYTES);
	talk = handshake_feed(&ask->handshake, in, &plain, out);
	if (talk == TALK_DONE && ask->handshake.is_done && ask->prelude == TLS_BY_MYSQL)
		return feed_within(ask, buf_span(&plain), out);
	return talk;
}

const struct carry_machine tls_ask_machine = {begin, feed, NULL};

static const char *reason_of(enum carry_end end, int error)
{
	switch (end) {
	case CARRY_SILENT:
		return "it does not answer in time";
	case CARRY_REFUSED:
		return error == ETIMEDOUT ? "it takes no connection in time"
					  : "it takes no connection";
	case CARRY_CLOSED:
		return error == ECONNRESET ? "it resets the connection" : "it hangs up";
	case CARRY_BROKEN:
		return "it says more than anybody needs";
	case CARRY_ALERTED: /* of a TLS that is not ours */
	case CARRY_DONE:
		break;
	}
	return "it does not keep to the protocol";
}

/* Who hangs up on what was not asked for first, in good order, does not take it. */
static void end_handshake(struct tls_ask *ask, enum carry_end end, int error)
{
	struct handshake *handshake = &ask->handshake;
	bool is_refusal = ask->key != HANDSHAKE_ANY && end == CARRY_CLOSED && error == 0 &&
			  handshake->outcome == HANDSHAKE_MORE;

	handshake_end(handshake);
	if (handshake->outcome != HANDSHAKE_BROKEN)
		return;
	if (is_refusal)
		handshake->outcome = HANDSHAKE_REFUSED;
	else
		(void)unknown(ask, end == CARRY_DONE ? handshake->reason : reason_of(end, error));
}

void tls_ask_end(struct tls_ask *ask, enum carry_end end, int error)
{
	ask->is_unreachable =
	    end == CARRY_REFUSED && (error == ECONNREFUSED || error == ENETUNREACH);
	if (ask->is_clear || ask->is_unknown) {
		if (!ask->reason)
			ask->reason = reason_of(end, error);
		return;
	}
	if (ask->stage == TLS_ASK_BEFORE) {
		(void)unknown(ask, reason_of(end, error));
	} else if (ask->is_hello) {
		hello_end(&ask->hello, end == CARRY_CLOSED && error == 0);
		if (ask->hello.outcome == HELLO_BROKEN)
			(void)unknown(ask, end == CARRY_DONE ? ask->hello.reason
							     : reason_of(end, error));
	} else {
		end_handshake(ask, end, error);
	}
}

void tls_ask_done(struct tls_ask *ask)
{
	handshake_done(&ask->handshake);
	ask->handshake = (struct handshake){0};
	hello_done(&ask->hello);
}
