/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser of RESP: whole values, every cut of them, and what no honest server sends. */
#include "audit/talk/resp.h"

#include "tests/unit/talk.h"

/* "*2 $foo :1": the items of a value, read back. */
static void describe(struct span value, struct buf *out)
{
	struct resp_item item;

	while (resp_next(&value, &item)) {
		if (out->len > 0)
			buf_text(out, " ");
		buf_put(out, &item.type, 1);
		if (item.is_null)
			buf_text(out, "null");
		else if (resp_is_aggregate(&item) || item.type == '|')
			buf_printf(out, "%u", (unsigned)item.count);
		else
			buf_put(out, item.text.data, item.text.len);
	}
}

/* What comes of the bytes in pieces: items and what is left over, "more" or "broken". */
static void read_in(struct span bytes, size_t piece, struct buf *out)
{
	enum resp_got got = RESP_MORE;
	struct resp resp;
	size_t at = 0;

	resp_begin(&resp);
	while (got == RESP_MORE && at < bytes.len) {
		size_t left = bytes.len - at;
		struct span in = {bytes.data + at, left < piece ? left : piece};

		got = resp_feed(&resp, &in);
		at = (size_t)(in.data - bytes.data);
	}
	buf_clear(out);
	if (got == RESP_VALUE) {
		describe(resp_value(&resp), out);
		if (at < bytes.len)
			buf_printf(out, " and %zu more", bytes.len - at);
	} else {
		buf_text(out, got == RESP_MORE ? "more" : "broken");
	}
	resp_done(&resp);
}

static void is_read(struct span bytes, const char *expected, const char *name)
{
	auto_buf struct buf whole;
	auto_buf struct buf pieces;
	bool is_same = true;
	bool is_more = true;

	buf_init(&whole, 1U << 20);
	buf_init(&pieces, 1U << 20);
	read_in(bytes, bytes.len, &whole);
	(void)is_str(buf_string(&whole), expected, name);
	for (size_t piece = 1; piece < bytes.len && piece < 40; piece++) {
		read_in(bytes, piece, &pieces);
		is_same &= strcmp(buf_string(&pieces), buf_string(&whole)) == 0;
	}
	(void)ok(is_same, "%s: the same in pieces", name);
	for (size_t cut = 1; cut < bytes.len && strcmp(expected, "broken") != 0; cut++) {
		read_in((struct span){bytes.data, cut}, cut, &pieces);
		is_more &= strcmp(buf_string(&pieces), "more") == 0;
	}
	(void)ok(is_more || strstr(expected, " and "), "%s: every cut wants more", name);
}

static void test_values(void)
{
	is_read(BYTES("+OK\r\n"), "+OK", "a simple string");
	is_read(BYTES("-ERR no\r\n"), "-ERR no", "an error");
	is_read(BYTES(":-12\r\n"), ":-12", "a number");
	is_read(BYTES("$5\r\na\r\nb\0\r\n"), "$a\r\nb", "a bulk of any bytes");
	is_read(BYTES("$0\r\n\r\n"), "$", "an empty bulk");
	is_read(BYTES("$-1\r\n"), "$null", "no bulk");
	is_read(BYTES("*-1\r\n"), "*null", "no array");
	is_read(BYTES("*0\r\n"), "*0", "an empty array");
	is_read(BYTES("*2\r\n*1\r\n:1\r\n$1\r\nx\r\n"), "*2 *1 :1 $x", "an array in an array");
	is_read(BYTES("*2\r\n*0\r\n*0\r\n"), "*2 *0 *0", "empty arrays in an array");
	is_read(BYTES("+a\r\n+b\r\n"), "+a and 4 more", "two values");
	is_read(BYTES("%1\r\n+k\r\n#t\r\n"), "%2 +k #t", "RESP3: a map");
	is_read(BYTES("|1\r\n+k\r\n_\r\n~1\r\n,1.5\r\n"), "|3 +k _null ~1 ,1.5",
		"RESP3: an attribute stands for the value behind it");
	is_read(BYTES("*2\r\n|1\r\n+k\r\n+v\r\n:1\r\n:2\r\n"), "*2 |3 +k +v :1 :2",
		"RESP3: an attribute in an array");
	is_read(BYTES("=7\r\ntxt:abc\r\n"), "=txt:abc", "RESP3: a verbatim string");
	is_read(BYTES("(3492890328409238509324850943850943825024385\r\n"),
		"(3492890328409238509324850943850943825024385", "RESP3: a big number");
	is_read(BYTES("+\xff\x1b[2J\r\n"), "+\xff\x1b[2J", "bytes that are no text");
}

static void test_hostile(void)
{
	is_read(BYTES("HTTP/1.1 400 Bad Request\r\n"), "broken", "HTTP");
	is_read(BYTES("\x15\x03\x01"), "broken", "TLS");
	is_read(BYTES("\r\n"), "broken", "an empty line");
	is_read(BYTES("+OK\n"), "broken", "a line end without CR");
	is_read(BYTES("+OK\rx"), "broken", "a CR inside a line");
	is_read(BYTES("$-2\r\n"), "broken", "a negative length");
	is_read(BYTES("*-2\r\n"), "broken", "a negative count");
	is_read(BYTES("%-1\r\n"), "broken", "a map that is null");
	is_read(BYTES("=-1\r\n"), "broken", "a verbatim string that is null");
	is_read(BYTES("$\r\n"), "broken", "no length");
	is_read(BYTES("$+5\r\nhello\r\n"), "broken", "a length with a sign");
	is_read(BYTES("$0x5\r\nhello\r\n"), "broken", "a length in hexadecimal");
	is_read(BYTES("$?\r\n"), "broken", "a streamed string");
	is_read(BYTES("$65537\r\n"), "broken", "a bulk above the ceiling");
	is_read(BYTES("$18446744073709551615\r\n"), "broken", "a length of 2^64 - 1");
	is_read(BYTES("$99999999999999999999999\r\n"), "broken", "a length beyond 64 bits");
	is_read(BYTES("*1000000000\r\n"), "broken", "a count above the ceiling");
	is_read(BYTES("*60000\r\n"), "broken", "a count whose elements find no room");
	is_read(BYTES("%9223372036854775808\r\n"), "broken", "a map whose count would wrap");
	is_read(BYTES("$1\r\nxyz"), "broken", "a bulk without its end");
}

static void test_endless(void)
{
	static char line[TALK_MAX_ANSWER + 8];
	static char deep[10000 * 4];
	auto_buf struct buf out;
	struct span rest = BYTES("*2\r\n:1\r\n");
	struct resp_item item;
	struct span whole;

	buf_init(&out, 1024);
	memset(line, 'a', sizeof(line));
	line[0] = '+';
	read_in((struct span){line, sizeof(line)}, sizeof(line), &out);
	(void)is_str(buf_string(&out), "broken", "a line without an end");
	read_in((struct span){line, TALK_MAX_ANSWER}, 4096, &out);
	(void)is_str(buf_string(&out), "more", "up to the ceiling it is waited for");
	for (size_t i = 0; i < sizeof(deep); i += 4)
		memcpy(deep + i, "*1\r\n", 4);
	read_in((struct span){deep, sizeof(deep)}, 7, &out);
	(void)is_str(buf_string(&out), "broken", "arrays 10,000 deep");
	read_in((struct span){deep, RESP_MAX_DEPTH * 4}, 1, &out);
	(void)is_str(buf_string(&out), "more", "as many as there may be");
	(void)ok(!resp_skip(&rest, &whole), "a value that lacks an element cannot be skipped");
	rest = BYTES("*1");
	(void)ok(!resp_next(&rest, &item), "nor a line without its end be read");
	rest = BYTES("$9\r\nabc\r\n");
	(void)ok(!resp_next(&rest, &item), "nor a bulk that is too short");
}

int main(void)
{
	test_values();
	test_hostile();
	test_endless();
	return done();
}
