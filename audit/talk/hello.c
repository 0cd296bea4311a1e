/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] ClientHello, and the first answer to it: see hello.h. */
#include "audit/talk/hello.h"

#include <string.h>

#include "lib/own.h"

/* The IANA registry "TLS Cipher Suites"; those of PSK, SRP and the like are not asked for. */
static const struct {
	uint16_t suite;
	enum hello_weakness weakness;
} weak_suites[] = {
    {0x0001, HELLO_NULL},   {0x0002, HELLO_NULL},   {0x003b, HELLO_NULL},   {0xc001, HELLO_NULL},
    {0xc006, HELLO_NULL},   {0xc00b, HELLO_NULL},   {0xc010, HELLO_NULL},   {0xc015, HELLO_NULL},
    {0x0017, HELLO_ANON},   {0x0018, HELLO_ANON},   {0x0019, HELLO_ANON},   {0x001a, HELLO_ANON},
    {0x001b, HELLO_ANON},   {0x0034, HELLO_ANON},   {0x003a, HELLO_ANON},   {0x0046, HELLO_ANON},
    {0x006c, HELLO_ANON},   {0x006d, HELLO_ANON},   {0x0089, HELLO_ANON},   {0x009b, HELLO_ANON},
    {0x00a6, HELLO_ANON},   {0x00a7, HELLO_ANON},   {0xc016, HELLO_ANON},   {0xc017, HELLO_ANON},
    {0xc018, HELLO_ANON},   {0xc019, HELLO_ANON},   {0x0003, HELLO_EXPORT}, {0x0006, HELLO_EXPORT},
    {0x0008, HELLO_EXPORT}, {0x000b, HELLO_EXPORT}, {0x000e, HELLO_EXPORT}, {0x0011, HELLO_EXPORT},
    {0x0014, HELLO_EXPORT}, {0x0062, HELLO_EXPORT}, {0x0063, HELLO_EXPORT}, {0x0064, HELLO_EXPORT},
    {0x0065, HELLO_EXPORT}, {0x0009, HELLO_DES},    {0x000c, HELLO_DES},    {0x000f, HELLO_DES},
    {0x0012, HELLO_DES},    {0x0015, HELLO_DES},    {0x0004, HELLO_RC4},    {0x0005, HELLO_RC4},
    {0x0066, HELLO_RC4},    {0xc002, HELLO_RC4},    {0xc007, HELLO_RC4},    {0xc00c, HELLO_RC4},
    {0xc011, HELLO_RC4},    {0x000a, HELLO_3DES},   {0x000d, HELLO_3DES},   {0x0010, HELLO_3DES},
    {0x0013, HELLO_3DES},   {0x0016, HELLO_3DES},   {0xc003, HELLO_3DES},   {0xc008, HELLO_3DES},
    {0xc00d, HELLO_3DES},   {0xc012, HELLO_3DES},
};

/* AEAD and CBC with ECDHE, DHE, and RSA: what servers of the last twenty years have one of. */
static const struct {
	uint16_t suite;
	enum hello_key key;
} usual_suites[] = {
    {0xc02b, HELLO_ECDSA}, {0xc02f, HELLO_RSA},     {0xc02c, HELLO_ECDSA},   {0xc030, HELLO_RSA},
    {0xcca9, HELLO_ECDSA}, {0xcca8, HELLO_RSA},     {0x009e, HELLO_RSA},     {0x009f, HELLO_RSA},
    {0xccaa, HELLO_RSA},   {0xc023, HELLO_ECDSA},   {0xc027, HELLO_RSA},     {0xc024, HELLO_ECDSA},
    {0xc028, HELLO_RSA},   {0xc009, HELLO_ECDSA},   {0xc013, HELLO_RSA},     {0xc00a, HELLO_ECDSA},
    {0xc014, HELLO_RSA},   {0x0067, HELLO_RSA},     {0x006b, HELLO_RSA},     {0x0033, HELLO_RSA},
    {0x0039, HELLO_RSA},   {0x0032, HELLO_ANY_KEY}, {0x0038, HELLO_ANY_KEY}, /* DSS */
    {0x009c, HELLO_RSA},   {0x009d, HELLO_RSA},     {0x003c, HELLO_RSA},     {0x003d, HELLO_RSA},
    {0x002f, HELLO_RSA},   {0x0035, HELLO_RSA},     {0x0041, HELLO_RSA},     {0x0084, HELLO_RSA},
    {0x0045, HELLO_RSA},   {0x0088, HELLO_RSA},
};

static bool wants(const struct hello_question *question, enum hello_key key)
{
	return question->weaknesses == 0 &&
	       (question->key == HELLO_ANY_KEY || question->key == key);
}

const char *hello_weakness_name(enum hello_weakness weakness)
{
	static const char *const names[HELLO_WEAKNESSES] = {
	    [HELLO_NULL] = "NULL", [HELLO_ANON] = "anon", [HELLO_EXPORT] = "EXPORT",
	    [HELLO_DES] = "DES",   [HELLO_RC4] = "RC4",   [HELLO_3DES] = "3DES",
	};

	return names[weakness];
}

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

	for (size_t i = 0; i < ARRAY_LEN(usual_suites); i++)
		if (wants(question, usual_suites[i].key))
			put(out, usual_suites[i].suite, 2);
	for (size_t i = 0; i < ARRAY_LEN(weak_suites); i++)
		if (question->weaknesses >> weak_suites[i].weakness & 1)
			put(out, weak_suites[i].suite, 2);
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

static void put_extensions(const struct hello_question *question, struct buf *out)
{
	/* RFC 8422, 5.1: x25519, P-256, P-384, P-521, x448 */
	static const uint16_t groups[] = {29, 23, 24, 25, 30};
	/* RFC 5246, 7.4.1.4.1 and RFC 8446, 4.2.3: also those that are no good */
	static const uint16_t signatures[] = {0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804,
					      0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0402,
					      0x0303, 0x0301, 0x0203, 0x0201, 0x0202, 0x0101};
	size_t from = open_length(out, 2);

	if (question->name)
		put_server_name(question->name, out);
	put_list(10, groups, ARRAY_LEN(groups), out);
	put(out, 11, 2); /* ec_point_formats: uncompressed */
	put(out, 2, 2);
	put(out, 0x0100, 2);
	if (question->version >= TLS_1_2)
		put_list(13, signatures, ARRAY_LEN(signatures), out);
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
	put(out, 0x16, 1);
	put(out, TLS_1_0, 2); /* RFC 5246, E.1: for servers that look at this one */
	record = open_length(out, 2);
	put(out, 1, 1);
	message = open_length(out, 3);
	put(out, question->version, 2);
	buf_put(out, random, 32);
	put(out, 0, 1); /* no session to resume */
	put_suites(question, out);
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

static bool was_offered(const struct hello *hello, uint16_t suite)
{
	for (size_t i = 0; i < ARRAY_LEN(weak_suites); i++)
		if (weak_suites[i].suite == suite)
			return hello->question.weaknesses >> weak_suites[i].weakness & 1;
	for (size_t i = 0; i < ARRAY_LEN(usual_suites); i++)
		if (usual_suites[i].suite == suite)
			return wants(&hello->question, usual_suites[i].key);
	return false;
}

/* RFC 5246, 7.4.1.3. What stands behind the suite changes nothing. */
static enum talk read_server_hello(struct hello *hello, const unsigned char *body, size_t len)
{
	size_t session;

	if (len < 35 || (session = body[34]) > 32 || len < 35 + session + 3)
		return decided(hello, HELLO_BROKEN, "its ServerHello is cut short");
	hello->version = (uint16_t)number_at(body);
	hello->suite = (uint16_t)number_at(body + 35 + session);
	if (hello->version < 0x0300 || hello->version > hello->question.version ||
	    !was_offered(hello, hello->suite))
		return decided(hello, HELLO_BROKEN, "it chooses what was not offered");
	for (size_t i = 0; i < ARRAY_LEN(weak_suites); i++)
		if (weak_suites[i].suite == hello->suite)
			hello->weakness = weak_suites[i].weakness;
	return decided(hello, HELLO_TAKEN, NULL);
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
	return hello->len < 4 + len ? TALK_MORE : read_server_hello(hello, message + 4, len);
}

/* A warning, such as that the name is not known, is no refusal: RFC 5246, 7.2. */
static enum talk read_alert(struct hello *hello)
{
	const unsigned char *alert = hello->record + 5;

	hello->record_len = 0;
	if (alert[0] == 1 && alert[1] != 0)
		return TALK_MORE;
	hello->alert = alert[1];
	return decided(hello, HELLO_REFUSED, NULL);
}

/* The header is whole: RFC 5246, 6.2.1. */
static enum talk read_header(struct hello *hello)
{
	unsigned type = hello->record[0];
	size_t len = number_at(hello->record + 3);

	if (hello->record[1] != 3 || (type != 21 && type != 22))
		return decided(hello, HELLO_NO_TLS, NULL);
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

static enum talk step(struct hello *hello, struct span *in)
{
	size_t before = hello->len;

	if (hello->record_len < 5) {
		move(in, hello->record, &hello->record_len, 5 - hello->record_len);
		/* a plain answer may be shorter than a header */
		if (hello->record[0] != 21 && hello->record[0] != 22)
			return decided(hello, HELLO_NO_TLS, NULL);
		return hello->record_len < 5 ? TALK_MORE : read_header(hello);
	}
	if (hello->record[0] == 21) {
		move(in, hello->record, &hello->record_len, 7 - hello->record_len);
		return hello->record_len < 7 ? TALK_MORE : read_alert(hello);
	}
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
