/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lib/: the ground that every stage stands on. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/file.h"
#include "lib/file_out.h"
#include "lib/inet.h"
#include "lib/own.h"
#include "lib/text.h"
#include "lib/wire.h"
#include "tests/tap.h"

static void test_err(void)
{
	struct err err;

	ok(err_set(&err, "line %d", 3) == -1, "err_set() is the whole error path");
	(void)err_in(&err, "file %s", "a");
	is_str(err.text, "file a: line 3", "err_in() puts context in front");
	errno = ENOENT;
	(void)err_sys(&err, "open %s", "b");
	is_str(err.text, "open b: No such file or directory", "err_sys() adds errno");
	for (int i = 0; i < 100; i++)
		(void)err_in(&err, "%s", "context that goes on and on");
	ok(strlen(err.text) < sizeof(err.text), "a long chain is cut, not overrun");
}

static void test_span(void)
{
	struct span rest = span_of("a,,b");
	struct span part;
	uint64_t number;

	ok(span_cut(&rest, ',', &part) && span_is(part, "a"), "first part");
	ok(span_cut(&rest, ',', &part) && span_is(part, ""), "empty part");
	ok(span_cut(&rest, ',', &part) && span_is(part, "b"), "last part");
	ok(!span_cut(&rest, ',', &part), "then none");
	rest = span_of(" \t one  two\n");
	ok(span_word(&rest, &part) && span_is(part, "one"), "first word");
	ok(span_word(&rest, &part) && span_is(part, "two"), "second word");
	ok(!span_word(&rest, &part), "no third");
	ok(span_uint(span_of("65535"), 65535, &number) == 0 && number == 65535, "at the maximum");
	ok(span_uint(span_of("65536"), 65535, &number) < 0, "beyond the maximum");
	ok(span_uint(span_of("18446744073709551615"), UINT64_MAX, &number) == 0, "the largest");
	ok(span_uint(span_of("18446744073709551616"), UINT64_MAX, &number) < 0, "one more");
	ok(span_uint(span_of(""), 9, &number) < 0, "nothing is no number");
	ok(span_uint(span_of("+1"), 9, &number) < 0, "a sign is no digit");
	ok(span_uint(span_of("7"), 5, &number) < 0, "one digit beyond a small maximum");
	ok(span_hex(span_of("fF0"), &number) == 0 && number == 0xff0, "hexadecimal");
	ok(span_hex(span_of("12345678123456781"), &number) < 0, "too many hexadecimal digits");
}

static void escape_to(struct buf *out, struct span raw, size_t max)
{
	buf_clear(out);
	text_escape(out, raw, max);
}

static void test_text(void)
{
	struct buf out auto_buf;

	buf_init(&out, 4096);
	escape_to(&out, span_of("gr\xc3\xbc\xc3\x9f \\ \x1b[31m\x7f"), 100);
	is_str(buf_string(&out), "gr\xc3\xbc\xc3\x9f \\\\ \\x1b[31m\\x7f",
	       "controls and backslash");
	escape_to(&out, span_of("\xe2\x80\xae\xef\xbb\xbf\xc2\x9b"), 100);
	is_str(buf_string(&out), "\\xe2\\x80\\xae\\xef\\xbb\\xbf\\xc2\\x9b",
	       "reordering, byte order mark, C1");
	escape_to(&out, (struct span){"a\0b", 3}, 100);
	is_str(buf_string(&out), "a\\x00b", "NUL");
	escape_to(&out, span_of("\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x82"), 100);
	is_str(buf_string(&out), "\\xc0\\xaf\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80\\xe2\\x82",
	       "overlong, surrogate, beyond Unicode, cut");
	escape_to(&out, span_of("abcdef"), 3);
	is_str(buf_string(&out), "abc\xe2\x80\xa6", "cut with an ellipsis");
	ok(text_is_printable(span_of("plain \xe2\x9c\x93")), "printable");
	ok(!text_is_printable(span_of("a\nb")), "a line end is not");
}

static bool prefix_fails(const char *text, const char *part_of_message)
{
	struct inet_range range;
	struct err err;

	return inet_parse_prefix(span_of(text), &range, &err) < 0 &&
	       strstr(err.text, part_of_message) != NULL;
}

static bool is_public(const char *text)
{
	struct inet_range range = {0};
	struct err err;

	return inet_parse_prefix(span_of(text), &range, &err) == 0 && inet_is_public(&range);
}

static void is_range_text(int family, u128 first, u128 last, const char *expected)
{
	char text[INET_RANGE_TEXT_SIZE];

	is_str(inet_range_text(&(struct inet_range){family, first, last}, text), expected,
	       expected);
}

static void test_range_text(void)
{
	const u128 all6 = ~(u128)0;

	is_range_text(AF_INET, 0, UINT32_MAX, "0.0.0.0/0");
	is_range_text(AF_INET, 0x0a000000, 0x0affffff, "10.0.0.0/8");
	is_range_text(AF_INET, 0x0a000001, 0x0a000001, "10.0.0.1");
	is_range_text(AF_INET, 0, 0, "0.0.0.0");
	is_range_text(AF_INET, UINT32_MAX, UINT32_MAX, "255.255.255.255");
	is_range_text(AF_INET, 0x0a000000, 0x0a000001, "10.0.0.0/31");
	/* as many as a prefix has, and does not begin where one does */
	is_range_text(AF_INET, 0x0a000001, 0x0a000002, "10.0.0.1-10.0.0.2");
	is_range_text(AF_INET, 0x0a000000, 0x0a000002, "10.0.0.0-10.0.0.2");
	is_range_text(AF_INET, 1, UINT32_MAX, "0.0.0.1-255.255.255.255");
	is_range_text(AF_INET6, 0, all6, "::/0");
	is_range_text(AF_INET6, (u128)1 << 127, all6, "8000::/1");
	is_range_text(AF_INET6, 1, 1, "::1");
	is_range_text(AF_INET6, all6, all6, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
	is_range_text(AF_INET6, 1, all6, "::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

static void test_inet(void)
{
	struct inet_range range;
	char text[INET_TEXT_SIZE];
	struct err err;

	ok(inet_parse_prefix(span_of("0.0.0.0/0"), &range, &err) == 0 && range.first == 0 &&
	       range.last == UINT32_MAX,
	   "all of IPv4");
	ok(inet_parse_prefix(span_of("::/0"), &range, &err) == 0 && range.last == ~(u128)0,
	   "all of IPv6");
	ok(inet_parse_prefix(span_of("10.1.0.0/16"), &range, &err) == 0 &&
	       range.last - range.first == 65535,
	   "a prefix is a range");
	ok(inet_parse_prefix(span_of("2001:db8::1"), &range, &err) == 0 &&
	       range.first == range.last,
	   "an address alone");
	is_str(inet_text(AF_INET6, range.first, text), "2001:db8::1", "and back");
	ok(prefix_fails("10.0.0.1/8", "write 10.0.0.0/8"), "host bits say what was meant");
	ok(prefix_fails("10.0.0.0/33", "0 to 32"), "prefix 33");
	ok(prefix_fails("::/129", "0 to 128"), "prefix 129");
	ok(prefix_fails("10.0.0", "not an IP address"), "three numbers");
	ok(prefix_fails("", "empty"), "nothing");
	ok(prefix_fails("10.0.0.0/", "0 to 32"), "a slash and no length");
	ok(prefix_fails("fe80::1%eth0", "not an IP address"), "a zone");
	ok(inet_is_loopback(AF_INET, (u128)0x7f000035), "127.0.0.53");
	ok(inet_is_loopback(AF_INET6, 1), "::1");
	ok(inet_is_loopback(AF_INET6, (u128)0xffff7f000001), "::ffff:127.0.0.1");
	ok(!inet_is_loopback(AF_INET6, 0), ":: is not");
	ok(is_public("0.0.0.0/0") && is_public("8.8.8.8") && is_public("2600::/12"), "public");
	ok(!is_public("10.0.0.0/8") && !is_public("192.168.1.1") && !is_public("fd00::/8"),
	   "private");
	ok(is_public("10.0.0.0/7"), "one half of it is public");
}

static void test_wire(void)
{
	struct wire out;
	struct wire in;
	struct err err;
	uint8_t type = 0;
	int ends[2] = {-1, -1};

	wire_init(&out);
	wire_init(&in);
	ok(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0, "a channel");
	wire_begin(&out, 7);
	wire_put_u64(&out, 0x0102030405060708);
	wire_put_span(&out, span_of("text"));
	ok(wire_send(ends[0], &out, &err) == 0, "sent");
	ok(wire_receive(ends[1], &in, &type, &err) == 1 && type == 7, "received");
	ok(wire_get_u64(&in) == 0x0102030405060708, "a number");
	ok(span_is(wire_get_span(&in, 4), "text") && wire_at_end(&in) && !in.bad, "a text");
	ok(wire_get_u8(&in) == 0 && in.bad, "beyond the end is bad, and zero");
	wire_begin(&out, 7);
	wire_put_u32(&out, 0xffffffff);
	ok(wire_send(ends[0], &out, &err) == 0 && wire_receive(ends[1], &in, &type, &err) == 1 &&
	       wire_get_span(&in, WIRE_MAX).len == 0 && in.bad,
	   "a length that lies is bad, and empty");
	wire_begin(&out, 7);
	for (unsigned i = 0; i < WIRE_MAX; i++)
		wire_put_u8(&out, 1);
	ok(out.bad && wire_send(ends[0], &out, &err) < 0, "a message that is too long is not sent");
	own_close(&ends[0]);
	ok(wire_receive(ends[1], &in, &type, &err) == 0, "a closed channel is an end");
	own_close(&ends[1]);
	wire_done(&out);
	wire_done(&in);
}

static void test_wire_descriptor(void)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.header = {.cmsg_len = CMSG_LEN(sizeof(int)),
				.cmsg_level = SOL_SOCKET,
				.cmsg_type = SCM_RIGHTS}};
	char byte = 1;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control.bytes)};
	struct wire in;
	struct err err;
	uint8_t type;
	int ends[2] = {-1, -1};
	int stdin_fd = STDIN_FILENO;

	wire_init(&in);
	memcpy(CMSG_DATA(&control.header), &stdin_fd, sizeof(stdin_fd));
	ok(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0 &&
	       sendmsg(ends[0], &message, 0) == 1,
	   "a descriptor is on its way");
	ok(wire_receive(ends[1], &in, &type, &err) < 0, "and is refused");
	own_close(&ends[0]);
	own_close(&ends[1]);
	wire_done(&in);
}

static void test_memory(void)
{
	struct arena arena;
	struct buf buf auto_buf;
	char *text;

	arena_init(&arena, 1000);
	text = arena_printf(&arena, "%s-%d", "a", 1);
	is_str(text, "a-1", "arena_printf()");
	is_str(arena_text(&arena, (struct span){"abc", 2}), "ab", "arena_text() ends with NUL");
	ok(arena.used <= 10, "counted");
	arena_done(&arena);
	buf_init(&buf, 10);
	buf_text(&buf, "0123456789");
	ok(!buf.overflowed && buf.len == 10, "up to the ceiling");
	buf_text(&buf, "x");
	ok(buf.overflowed && buf.len == 10, "and not beyond");
	is_str(buf_string(&buf), "0123456789", "what was there stays");
}

static void write_mode(const char *path, mode_t mode)
{
	auto_close int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	ok(fd >= 0 && fchmod(fd, mode) == 0, "a file of mode %04o", mode);
}

static void test_writable(const char *folder)
{
	auto_free char *path = xasprintf("%s/file", folder);
	char *reason;

	write_mode(path, 0644);
	reason = file_writable_by_others(path, getuid());
	is_str(reason, NULL, "by its owner alone");
	free(reason);
	write_mode(path, 0666);
	reason = file_writable_by_others(path, getuid());
	is_str(reason, "mode 0666 lets everyone write", "by everyone");
	free(reason);
	write_mode(path, 0644);
	ok(chmod(folder, 0777) == 0, "a folder that everyone may write");
	reason = file_writable_by_others(path, getuid());
	ok(reason && strstr(reason, "directory") && strstr(reason, "0777"), "by way of the folder");
	free(reason);
	ok(chmod(folder, 01777) == 0, "a sticky folder");
	reason = file_writable_by_others(path, getuid());
	is_str(reason, NULL, "protects what others own");
	free(reason);
	ok(unlink(path) == 0 && chmod(folder, 0700) == 0, "tidied up");
}

static void test_output(const char *folder)
{
	auto_free char *path = xasprintf("%s/report", folder);
	struct buf text auto_buf;
	struct file_out out;
	struct stat meta;
	struct err err;

	buf_init(&text, 1000);
	ok(file_out_open(&out, path, getuid(), &err) == 0 &&
	       file_write(out.fd, span_of("one"), &err) == 0,
	   "written");
	ok(access(path, F_OK) < 0, "not there before it is complete");
	ok(file_out_commit(&out, &err) == 0 && file_read(path, &text, &meta, &err) == 0,
	   "put there");
	is_str(buf_string(&text), "one", "whole");
	ok(file_out_open(&out, path, getuid(), &err) == 0 &&
	       file_write(out.fd, span_of("tw"), &err) == 0,
	   "a second one begins");
	file_out_abort(&out);
	buf_clear(&text);
	ok(file_read(path, &text, &meta, &err) == 0, "and is given up");
	is_str(buf_string(&text), "one", "the first one stays");
	ok(file_out_open(&out, folder, getuid(), &err) < 0, "a folder is no file");
	file_out_abort(&out);
	ok(unlink(path) == 0, "one file, and no litter");
}

/* A report may go where a link leads that its owner made, and nowhere that somebody else chose. */
static void test_output_links(const char *folder)
{
	auto_free char *link = xasprintf("%s/link", folder);
	auto_free char *target = xasprintf("%s/target", folder);
	struct file_out out;
	struct stat meta;
	struct err err;

	write_mode(target, 0600);
	ok(symlink(target, link) == 0, "a link of our own");
	ok(file_out_open(&out, link, getuid(), &err) == 0 && file_out_commit(&out, &err) == 0,
	   "is followed");
	ok(lstat(link, &meta) == 0 && S_ISLNK(meta.st_mode), "and stays");
	if (geteuid() == 0) {
		ok(lchown(link, 65534, 65534) == 0, "a link of somebody else's");
		ok(file_out_open(&out, link, 0, &err) < 0 && strstr(err.text, "refused"),
		   "is refused");
		file_out_abort(&out);
		ok(file_out_open(&out, link, 65534, &err) == 0, "but not the caller's own");
		file_out_abort(&out);
	}
	ok(unlink(link) == 0 && unlink(target) == 0 && rmdir(folder) == 0, "no litter");
}

int main(void)
{
	char folder[] = "/tmp/harden-lib-XXXXXX";

	test_err();
	test_span();
	test_text();
	test_inet();
	test_range_text();
	test_wire();
	test_wire_descriptor();
	test_memory();
	if (!mkdtemp(folder))
		return 1;
	test_writable(folder);
	test_output(folder);
	test_output_links(folder);
	return done();
}
