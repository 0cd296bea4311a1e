/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The start of PostgreSQL's protocol 3.0, on the client's side: see postgres.h. The chapters
 * named are those of postgresql.org/docs/current/.
 */
#include "audit/talk/postgres.h"

#include <string.h>

#include "audit/talk/postgres_read.h"

#define HEADER 5
/* Ahead of ReadyForQuery come some fifteen parameters, and perhaps notices. */
#define MAX_MESSAGES 64

/* protocol-message-formats.html: StartupMessage, SSLRequest */
#define PROTOCOL_3_0 196608U
#define SSL_REQUEST 80877103U

static enum talk stop(struct postgres *postgres, enum talk talk, const char *reason)
{
	if (reason)
		postgres->reason = reason;
	postgres->stage = POSTGRES_OVER;
	postgres->last = talk;
	return talk;
}

static enum talk broken(struct postgres *postgres, const char *reason)
{
	postgres->outcome = POSTGRES_UNKNOWN;
	return stop(postgres, TALK_BROKEN, reason);
}

static enum talk decided(struct postgres *postgres, enum postgres_outcome outcome)
{
	postgres->outcome = outcome;
	return stop(postgres, TALK_DONE, NULL);
}

static void put_number(struct buf *out, size_t value)
{
	unsigned char bytes[4] = {(unsigned char)(value >> 24), (unsigned char)(value >> 16),
				  (unsigned char)(value >> 8), (unsigned char)value};

	buf_put(out, bytes, sizeof(bytes));
}

static uint32_t number_at(struct span bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.data;

	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Terminate: protocol-flow.html, 55.2.10. Else the server's log is told of a lost connection. */
static enum talk leave(struct postgres *postgres, enum postgres_outcome outcome, struct buf *out)
{
	buf_text(out, "X");
	put_number(out, 4);
	return decided(postgres, outcome);
}

static enum talk send_startup(struct postgres *postgres, struct buf *out)
{
	const char *const texts[] = {"user", postgres->try.user, "database", postgres->try.database,
				     ""};
	size_t len = 8;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		len += strlen(texts[i]) + 1;
	put_number(out, len);
	put_number(out, PROTOCOL_3_0);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		buf_put(out, texts[i], strlen(texts[i]) + 1);
	postgres->stage = POSTGRES_LOGIN;
	return TALK_MORE;
}

/* PasswordMessage, SASLInitialResponse and SASLResponse all have this head. */
static void put_password_head(struct postgres *postgres, struct buf *out, size_t len)
{
	buf_text(out, "p");
	put_number(out, len + 4);
	postgres->answered = true;
}

static enum talk answer_md5(struct postgres *postgres, struct span salt, struct buf *out)
{
	char text[POSTGRES_MD5_ANSWER];

	if (salt.len != 4)
		return broken(postgres, "its salt is not of four bytes");
	if (postgres_md5(&postgres->try, salt, text) < 0)
		return stop(postgres, TALK_DONE, "OpenSSL has no MD5");
	put_password_head(postgres, out, sizeof(text));
	buf_put(out, text, sizeof(text));
	return TALK_MORE;
}

static enum talk answer_cleartext(struct postgres *postgres, struct buf *out)
{
	size_t len = strlen(postgres->try.password) + 1;

	if (!postgres->tls)
		return leave(postgres, POSTGRES_UNSUPPORTED, out);
	put_password_head(postgres, out, len);
	buf_put(out, postgres->try.password, len);
	return TALK_MORE;
}

/* Whether the list of names, each ended by NUL, has SCRAM-SHA-256: sasl-authentication.html */
static bool offers_scram(struct span names)
{
	struct span name;

	while (span_cut(&names, '\0', &name)) {
		if (span_is(name, "SCRAM-SHA-256"))
			return true;
	}
	return false;
}

static enum talk begin_scram(struct postgres *postgres, struct span names, struct buf *out)
{
	static const char mechanism[] = "SCRAM-SHA-256";
	auto_buf struct buf first = {.ceiling = 256};

	if (!offers_scram(names)) {
		postgres->method = POSTGRES_OTHER;
		return leave(postgres, POSTGRES_UNSUPPORTED, out);
	}
	if (scram_begin(&postgres->scram, postgres->try.nonce, "", &first) < 0)
		return broken(postgres, postgres->scram.reason);
	put_password_head(postgres, out, sizeof(mechanism) + 4 + first.len);
	buf_put(out, mechanism, sizeof(mechanism));
	put_number(out, first.len);
	buf_put(out, first.data, first.len);
	return TALK_MORE;
}

static enum talk continue_scram(struct postgres *postgres, struct span data, struct buf *out)
{
	auto_buf struct buf final = {.ceiling = 2048};

	if (scram_answer(&postgres->scram, data, "", postgres->try.password, &final) < 0)
		return broken(postgres, postgres->scram.reason);
	put_password_head(postgres, out, final.len);
	buf_put(out, final.data, final.len);
	return TALK_MORE;
}

/* protocol-message-formats.html: those that an exchange can begin with */
static const struct {
	uint32_t code;
	enum postgres_method method;
} methods[] = {
    {3, POSTGRES_CLEARTEXT}, {5, POSTGRES_MD5},    {7, POSTGRES_GSS},
    {9, POSTGRES_SSPI},      {10, POSTGRES_SCRAM},
};

static enum postgres_method method_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		if (methods[i].code == code)
			return methods[i].method;
	}
	return POSTGRES_OTHER;
}

static bool is_ascii(const char *text)
{
	for (; *text; text++) {
		if (*text < ' ' || *text > '~')
			return false;
	}
	return true;
}

static enum talk first_request(struct postgres *postgres, uint32_t code, struct span data,
			       struct buf *out)
{
	postgres->method = method_of(code);
	if (!postgres->try.password)
		return leave(postgres, POSTGRES_WANTED, out);
	if (code == 3)
		return answer_cleartext(postgres, out);
	if (code == 5)
		return answer_md5(postgres, data, out);
	if (code == 10 && is_ascii(postgres->try.password))
		return begin_scram(postgres, data, out);
	return leave(postgres, POSTGRES_UNSUPPORTED, out);
}

/* AuthenticationOk. With SCRAM the server must have proven that it knows the password: one that
 * lets anybody in would only say so. */
static enum talk let_in(struct postgres *postgres)
{
	if (postgres->scram.stage != SCRAM_IDLE && postgres->scram.stage != SCRAM_PROVEN)
		return broken(postgres, "it lets in before SCRAM is at its end");
	postgres->stage = POSTGRES_IN;
	return TALK_MORE;
}

static enum talk read_authentication(struct postgres *postgres, struct span body, struct buf *out)
{
	struct span data;
	uint32_t code;

	if (postgres->stage != POSTGRES_LOGIN)
		return broken(postgres, "it asks who we are after it has let us in");
	if (body.len < 4)
		return broken(postgres, "its request is cut short");
	code = number_at(body);
	data = (struct span){body.data + 4, body.len - 4};
	if (code == 0)
		return let_in(postgres);
	if (!postgres->answered)
		return first_request(postgres, code, data, out);
	if (code == 11)
		return continue_scram(postgres, data, out);
	if (code != 12)
		return broken(postgres, "it asks a second time");
	if (scram_verify(&postgres->scram, data) < 0)
		return broken(postgres, postgres->scram.reason);
	return TALK_MORE;
}

static enum talk read_error(struct postgres *postgres, struct span body)
{
	enum postgres_outcome outcome = POSTGRES_UNKNOWN;

	if (postgres_read_error(postgres, body, &outcome) < 0)
		return broken(postgres, "its error has no SQLSTATE");
	postgres->avoid_tls = postgres->stage == POSTGRES_ASKED_TLS;
	if (outcome == POSTGRES_UNKNOWN)
		return stop(postgres, TALK_DONE, "it answers with an error that decides nothing");
	return decided(postgres, outcome);
}

/* ParameterStatus: a name and a value, each ended by NUL */
static enum talk read_parameter(struct postgres *postgres, struct span body)
{
	struct span name;
	struct span value;

	if (!span_cut(&body, '\0', &name) || !span_cut(&body, '\0', &value))
		return broken(postgres, "its parameter is cut short");
	if (!span_is(name, "server_version"))
		return TALK_MORE;
	if (value.len > sizeof(postgres->version) - 1)
		value.len = sizeof(postgres->version) - 1;
	for (size_t i = 0; i < value.len; i++)
		postgres->version[i] =
		    value.data[i] >= ' ' && value.data[i] <= '~' ? value.data[i] : '?';
	postgres->version[value.len] = '\0';
	return TALK_MORE;
}

static enum talk read_message(struct postgres *postgres, char type, struct span body,
			      struct buf *out)
{
	if (++postgres->messages > MAX_MESSAGES)
		return broken(postgres, "it tells on and on");
	if (type == 'E')
		return read_error(postgres, body);
	if (postgres->stage == POSTGRES_ASKED_TLS)
		return broken(postgres, "it answers SSLRequest with neither S nor N");
	if (type == 'R')
		return read_authentication(postgres, body, out);
	if (type == 'N') /* NoticeResponse */
		return TALK_MORE;
	if (postgres->stage != POSTGRES_IN)
		return broken(postgres, "it does not speak PostgreSQL");
	switch (type) {
	case 'S':
		return read_parameter(postgres, body);
	case 'K': /* BackendKeyData */
		return TALK_MORE;
	case 'Z':
		postgres->ready = true;
		return leave(postgres, POSTGRES_ACCEPTED, out);
	default:
		return broken(postgres, "it sends what does not belong to a start");
	}
}

/* The head is whole: a type, and the length of itself and the body. */
static enum talk read_head(struct postgres *postgres)
{
	uint32_t len = number_at((struct span){(const char *)postgres->message + 1, 4});

	if (len < 4 || len - 4 > POSTGRES_MAX_MESSAGE)
		return broken(postgres,
			      "it sends a message that is too long, or does not speak PostgreSQL");
	postgres->total = HEADER + len - 4;
	return TALK_MORE;
}

/* protocol-flow.html, 55.2.11: one byte. What comes right behind S in clear would be taken for what
 * came through TLS (CVE-2021-23222), so it must not be there. */
static enum talk read_tls_answer(struct postgres *postgres, char answer, bool last, struct buf *out)
{
	if (answer == 'N')
		return send_startup(postgres, out);
	if (!last)
		return broken(postgres, "it goes on in clear after TLS was agreed on");
	postgres->tls_offered = true;
	postgres->stage = POSTGRES_TLS;
	return TALK_START_TLS;
}

enum talk postgres_begin(struct postgres *postgres, const struct postgres_try *try, struct buf *out)
{
	*postgres = (struct postgres){.try = *try, .total = HEADER, .last = TALK_MORE};
	if (try->password && strlen(try->password) > POSTGRES_MAX_PASSWORD)
		return stop(postgres, TALK_DONE, "the password is too long to be tried");
	if (try->avoid_tls)
		return send_startup(postgres, out);
	put_number(out, 8);
	put_number(out, SSL_REQUEST);
	return TALK_MORE;
}

/* Moves what completes the head or the message; true when it is whole. */
static bool gather(struct postgres *postgres, struct span *in)
{
	size_t missing = postgres->total - postgres->len;
	size_t moved = in->len < missing ? in->len : missing;

	if (moved > 0)
		memcpy(postgres->message + postgres->len, in->data, moved);
	postgres->len += moved;
	*in = (struct span){in->data + moved, in->len - moved};
	return postgres->len == postgres->total;
}

/* Reads on in *in; it is not empty. */
static enum talk step(struct postgres *postgres, struct span *in, struct buf *out)
{
	struct span body;
	enum talk talk;

	if (postgres->stage == POSTGRES_TLS)
		return broken(postgres, "it goes on in clear after TLS was agreed on");
	if (postgres->stage == POSTGRES_ASKED_TLS && postgres->len == 0 && in->data[0] != 'E') {
		char answer = in->data[0];

		if (answer != 'S' && answer != 'N')
			return broken(postgres, "it answers SSLRequest with neither S nor N");
		*in = (struct span){in->data + 1, in->len - 1};
		return read_tls_answer(postgres, answer, in->len == 0, out);
	}
	if (!gather(postgres, in))
		return TALK_MORE;
	if (postgres->total == HEADER && postgres->len == HEADER) {
		talk = read_head(postgres);
		if (talk != TALK_MORE || postgres->len != postgres->total)
			return talk;
	}
	body = (struct span){(const char *)postgres->message + HEADER, postgres->total - HEADER};
	postgres->len = 0;
	postgres->total = HEADER;
	return read_message(postgres, (char)postgres->message[0], body, out);
}

enum talk postgres_feed(struct postgres *postgres, struct span in, struct buf *out)
{
	while (in.len > 0 && postgres->stage != POSTGRES_OVER) {
		if (step(postgres, &in, out) == TALK_START_TLS)
			return TALK_START_TLS;
	}
	return postgres->last;
}

enum talk postgres_begin_tls(struct postgres *postgres, struct buf *out)
{
	if (postgres->stage != POSTGRES_TLS)
		return postgres->last;
	postgres->tls = true;
	return send_startup(postgres, out);
}

void postgres_end(struct postgres *postgres)
{
	if (postgres->stage == POSTGRES_OVER)
		return;
	if (postgres->stage == POSTGRES_ASKED_TLS)
		postgres->reason = "it does not answer SSLRequest";
	else if (postgres->stage == POSTGRES_TLS)
		postgres->reason = "it offers TLS, but none comes about";
	else
		postgres->reason = "it goes before it decides";
	postgres->avoid_tls = postgres->stage == POSTGRES_ASKED_TLS;
	postgres->stage = POSTGRES_OVER;
	postgres->last = TALK_DONE;
}
