/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] ClientHello, and the first answer to it: see hello.h. */
#include "audit/talk/hello.h"

#include <string.h>

#include "lib/own.h"

/* RFC 8446, 4.1.3: the random of a ServerHello that is a HelloRetryRequest */
static const unsigned char retry[32] = {
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c};

#define SUPPORTED_VERSIONS 43 /* RFC 8446, 4.2 */
#define KEY_SHARE 51

/* ---- what is said ---- */

static void put(struct buf *out, size_t value, size_t bytes)
{
	while (bytes-- > 0)
		buf_put(out, &(unsigned char){(unsigned char)(value >> 8 * bytes)}, 1);
}

/* Room for a length of that many bytes; where it is. */
static size_t open_length(struct buf *out, size_t bytes)
{
	put(out, 0, bytes);
	return out->len;
}

static void close_length(const struct buf *out, size_t from, size_t bytes)
{
	size_t len = out->len - from;

	for (size_t i = 0; i < bytes && !out->overflowed; i++)
		out->data[from - 1 - i] = (char)(unsigned char)(len >> 8 * i);
}

static void put_suites(const struct hello_question *question, struct buf *out)
{
	size_t from = open_length(out, 2);

	suites_put(&question->suites, out);
	put(out, 0x00ff, 2); /* RFC 5746, 3.3: some refuse who does not know of it */
	close_length(out, from, 2);
}

/* RFC 6066, 3 */
static void put_server_name(const char *name, struct buf *out)
{
	size_t len = strlen(name);

	put(out, 0, 2);
	put(out, len + 5, 2);
	put(out, len + 3, 2);
	put(out, 0, 1); /* host_name */
	put(out, len, 2);
	buf_put(out, name, len);
}

static void put_list(unsigned extension, const uint16_t *list, size_t count, struct buf *out)
{
	put(out, extension, 2);
	put(out, 2 * count + 2, 2);
	put(out, 2 * count, 2);
	for (size_t i = 0; i < count; i++)
		put(out, list[i], 2);
}

/* RFC 8446, 4.2.1 and 4.2.8 */
static void put_versions(struct buf *out)
{
	put(out, SUPPORTED_VERSIONS, 2);
	put(out, 9, 2);
	put(out, 8, 1);
	for (unsigned version = TLS_1_3; version >= TLS_1_0; version--)
		put(out, version, 2);
	put(out, KEY_SHARE, 2); /* none: "in order to request group selection from the server" */
	put(out, 2, 2);
	put(out, 0, 2);
}

static void put_extensions(const struct hello_question *question, struct buf *out)
{
	/* RFC 8422, 5.1: x25519, P-256, P-384, P-521, x448 */
	static const uint16_t groups[] = {29, 23, 24, 25, 30};
	/* RFC 5246, 7.4.1.4.1 and RFC 8446, 4.2.3: also those that are no good */
	static const uint16_t signatures[] = {
	    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x080a, 0x080b, 0x0804, 0x0805, 0x0806,
	    0x0401, 0x0501, 0x0601, 0x0402, 0x0303, 0x0301, 0x0203, 0x0201, 0x0202, 0x0101};
	size_t from = open_length(out, 2);

	if (question->name)
		put_server_name(question->name, out);
	put_list(10, groups, ARRAY_LEN(groups), out);
	put(out, 11, 2); /* ec_point_formats: uncompressed */
	put(out, 2, 2);
	put(out, 0x0100, 2);
	if (question->version >= TLS_1_2)
		put_list(13, signatures, ARRAY_LEN(signatures), out);
	if (question->version == TLS_1_3)
		put_versions(out);
	put(out, 23, 2); /* RFC 7627: extended_master_secret, which some insist on */
	put(out, 0, 2);
	close_length(out, from, 2);
}

enum talk hello_begin(struct hello *hello, const struct hello_question *question,
		      const unsigned char *random, struct buf *out)
{
	size_t record;
	size_t message;

	*hello = (struct hello){.question = *question, .weakness = HELLO_WEAKNESSES};
	hello->question.suites.is_13 = question->version == TLS_1_3;
	put(out, 0x16, 1);
	put(out, TLS_1_0, 2); /* RFC 5246, E.1: for servers that look at this one */
	record = open_length(out, 2);
	put(out, 1, 1);
	message = open_length(out, 3);
	put(out, question->version == TLS_1_3 ? TLS_1_2 : question->version, 2);
	buf_put(out, random, 32);
	put(out, 0, 1); /* no session to resume */
	put_suites(&hello->question, out);
	put(out, 0x0100, 2); /* no compression */
	put_extensions(question, out);
	close_length(out, message, 3);
	close_length(out, record, 2);
	return TALK_MORE;
}

/* ---- what is answered ---- */

static enum talk decided(struct hello *hello, enum hello_outcome outcome, const char *reason)
{
	hello->outcome = outcome;
	hello->reason = reason;
	return TALK_DONE;
}

static unsigned number_at(const unsigned char *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

/* What stands behind the suite: the version of TLS 1.3, in an extension; 0: there is none. */
static unsigned read_version_13(const unsigned char *at, size_t len)
{
	if (len < 3) /* compression, and the length of the extensions */
		return 0;
	at += 3;
	len -= 3;
	while (len >= 4) {
		size_t size = number_at(at + 2);

		if (size > len - 4)
			return 0;
		if (number_at(at) == SUPPORTED_VERSIONS && size == 2)
			return number_at(at + 4);
		at += 4 + size;
		len -= 4 + size;
	}
	return 0;
}

/* Is it an answer that was asked for? It must not be one of TLS 1.3 without being
 * HelloRetryRequest, since there was no share of a key to go on with. */
static bool is_offered(const struct hello *hello, bool is_retry)
{
	const struct hello_question *question = &hello->question;

	if (hello->version < 0x0300 || hello->version > question->version ||
	    !suites_has(&question->suites, hello->suite))
		return false;
	return (hello->version == TLS_1_3) == is_retry &&
	       suite_is_13(hello->suite) == (hello->version == TLS_1_3);
}

/* RFC 5246, 7.4.1.3; RFC 8446, 4.1.3 */
static enum talk read_server_hello(struct hello *hello, const unsigned char *body, size_t len)
{
	size_t session;
	unsigned version;

	if (len < 35 || (session = body[34]) > 32 || len < 35 + session + 3)
		return decided(hello, HELLO_BROKEN, "its ServerHello is cut short");
	hello->version = (uint16_t)number_at(body);
	hello->suite = (uint16_t)number_at(body + 35 + session);
	version = read_version_13(body + 37 + session, len - 37 - session);
	if (hello->question.version == TLS_1_3 && version)
		hello->version = (uint16_t)version;
	if (!is_offered(hello, memcmp(body + 2, retry, sizeof(retry)) == 0))
		return decided(hello, HELLO_BROKEN, "it chooses what was not offered");
	hello->weakness = suite_weakness(hello->suite);
	if (!hello->question.wants_chain || hello->version == TLS_1_3)
		return decided(hello, HELLO_TAKEN, NULL);
	hello->is_in_flight = true;
	flight_begin(&hello->flight);
	return TALK_MORE;
}

static enum talk read_flight(struct hello *hello, struct span in)
{
	switch (flight_feed(&hello->flight, in)) {
	case TALK_DONE:
		return decided(hello, HELLO_TAKEN, NULL);
	case TALK_BROKEN:
		return decided(hello, HELLO_BROKEN, hello->flight.reason);
	case TALK_MORE:
	case TALK_START_TLS:
		break;
	}
	return TALK_MORE;
}

static enum talk read_message(struct hello *hello)
{
	const unsigned char *message = hello->message;
	size_t len;

	if (hello->len < 4)
		return TALK_MORE;
	len = (size_t)message[1] << 16 | number_at(message + 2);
	if (message[0] == 0 && len == 0) { /* HelloRequest: passed over, RFC 5246, 7.4.1.1 */
		hello->len -= 4;
		memmove(hello->message, hello->message + 4, hello->len);
		return read_message(hello);
	}
	if (message[0] != 2)
		return decided(hello, HELLO_BROKEN, "it does not begin with ServerHello");
	if (len > HELLO_MAX - 4)
		return decided(hello, HELLO_BROKEN, "its ServerHello is too long");
	if (hello->len < 4 + len)
		return TALK_MORE;
	if (read_server_hello(hello, message + 4, len) == TALK_DONE)
		return TALK_DONE;
	return read_flight(hello,
			   (struct span){(const char *)message + 4 + len, hello->len - 4 - len});
}

/* A warning, such as that the name is not known, is no refusal: RFC 5246, 7.2. */
static enum talk read_alert(struct hello *hello)
{
	const unsigned char *alert = hello->record + 5;

	hello->record_len = 0;
	if (alert[0] == 1 && alert[1] != 0)
		return TALK_MORE;
	if (hello->is_in_flight)
		return decided(hello, HELLO_BROKEN, "it breaks off behind ServerHello");
	hello->alert = alert[1];
	return decided(hello, HELLO_REFUSED, NULL);
}

static enum talk no_tls(struct hello *hello)
{
	return hello->is_in_flight ? decided(hello, HELLO_BROKEN, "it does not keep to TLS")
				   : decided(hello, HELLO_NO_TLS, NULL);
}

/* The header is whole: RFC 5246, 6.2.1. */
static enum talk read_header(struct hello *hello)
{
	unsigned type = hello->record[0];
	size_t len = number_at(hello->record + 3);

	if (hello->record[1] != 3)
		return no_tls(hello);
	if (type != 21 && type != 22)
		return decided(hello, HELLO_BROKEN, "it does not begin with ServerHello");
	if (len == 0 || len > 16384 || (type == 21 && len != 2))
		return decided(hello, HELLO_BROKEN, "its record is of a length that none may have");
	hello->left = len;
	return TALK_MORE;
}

/* Moves up to `wanted` bytes of *in behind what is in `to`. */
static void move(struct span *in, unsigned char *to, size_t *len, size_t wanted)
{
	size_t moved = in->len < wanted ? in->len : wanted;

	memcpy(to + *len, in->data, moved);
	*len += moved;
	*in = (struct span){in->data + moved, in->len - moved};
}

static enum talk step_in_flight(struct hello *hello, struct span *in)
{
	size_t len = in->len < hello->left ? in->len : hello->left;
	struct span taken = {in->data, len};

	*in = (struct span){in->data + len, in->len - len};
	hello->left -= len;
	if (hello->left == 0)
		hello->record_len = 0;
	return read_flight(hello, taken);
}

static enum talk step(struct hello *hello, struct span *in)
{
	size_t before = hello->len;

	if (hello->record_len < 5) {
		move(in, hello->record, &hello->record_len, 5 - hello->record_len);
		/* a plain answer may be shorter than a header */
		if (hello->record[0] < 20 || hello->record[0] > 23)
			return no_tls(hello);
		return hello->record_len < 5 ? TALK_MORE : read_header(hello);
	}
	if (hello->record[0] == 21) {
		move(in, hello->record, &hello->record_len, 7 - hello->record_len);
		return hello->record_len < 7 ? TALK_MORE : read_alert(hello);
	}
	if (hello->is_in_flight)
		return step_in_flight(hello, in);
	if (hello->len == HELLO_MAX)
		return decided(hello, HELLO_BROKEN, "its ServerHello is too long");
	move(in, hello->message, &hello->len,
	     hello->left < HELLO_MAX - hello->len ? hello->left : HELLO_MAX - hello->len);
	hello->left -= hello->len - before;
	if (hello->left == 0)
		hello->record_len = 0;
	return read_message(hello);
}

enum talk hello_feed(struct hello *hello, struct span in)
{
	enum talk talk = hello->outcome == HELLO_MORE ? TALK_MORE : TALK_DONE;

	while (talk == TALK_MORE && in.len > 0)
		talk = step(hello, &in);
	return talk;
}

void hello_end(struct hello *hello, bool in_order)
{
	if (hello->outcome != HELLO_MORE)
		return;
	if (in_order && hello->record_len == 0 && hello->len == 0)
		(void)decided(hello, HELLO_REFUSED, NULL);
	else
		(void)decided(hello, HELLO_BROKEN, "it goes before it answers");
}

void hello_done(struct hello *hello)
{
	flight_done(&hello->flight);
}
