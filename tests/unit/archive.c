/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives made by hand: stored and deflated members, without their end, and bombs. */
#include <zlib.h>

#include "tests/tap.h"
#include "tests/unit/keystore.h"

enum { STORED, DEFLATED = 8, WITH_DESCRIPTOR = 16 };

static const char locked[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n";

static struct buf got;
static struct buf archive;
static struct buf directory;
static unsigned members;

static void put(struct buf *out, unsigned long number, int len)
{
	for (int i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)(i < 8 ? number >> (8 * i) & 0xff : 0);

		buf_put(out, &byte, 1);
	}
}

static size_t deflate_to(struct buf *out, const void *data, size_t len)
{
	static unsigned char packed[1 << 20];
	z_stream stream = {.next_in = (unsigned char *)(uintptr_t)data,
			   .avail_in = (unsigned)len,
			   .next_out = packed,
			   .avail_out = sizeof(packed)};

	(void)deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
	(void)deflate(&stream, Z_FINISH);
	(void)deflateEnd(&stream);
	buf_put(out, packed, stream.total_out);
	return stream.total_out;
}

/* size: as the headers have it; 0: as it is. */
static void add(const char *name, int how, const char *data, size_t len, size_t size)
{
	struct buf packed auto_buf;
	size_t at = archive.len;
	unsigned flags = how & WITH_DESCRIPTOR ? 8 : 0;
	unsigned method = (unsigned)how & DEFLATED;

	buf_init(&packed, 2 << 20);
	if (method == STORED)
		buf_put(&packed, data, len);
	else
		(void)deflate_to(&packed, data, len);
	if (size == 0)
		size = len;
	put(&archive, 0x04034b50, 4);
	put(&archive, 20, 2);
	put(&archive, flags, 2);
	put(&archive, method, 2);
	put(&archive, 0, 8); /* date and CRC-32, which nobody looks at here */
	put(&archive, flags ? 0 : packed.len, 4);
	put(&archive, flags ? 0 : size, 4);
	put(&archive, strlen(name), 2);
	put(&archive, 0, 2);
	buf_text(&archive, name);
	buf_put(&archive, packed.data, packed.len);
	if (flags) {
		put(&archive, 0x08074b50, 4);
		put(&archive, 0, 4);
		put(&archive, packed.len, 4);
		put(&archive, size, 4);
	}
	put(&directory, 0x02014b50, 4);
	put(&directory, 20, 4);
	put(&directory, flags, 2);
	put(&directory, method, 2);
	put(&directory, 0, 8);
	put(&directory, packed.len, 4);
	put(&directory, size, 4);
	put(&directory, strlen(name), 2);
	put(&directory, 0, 12);
	put(&directory, at, 4);
	buf_text(&directory, name);
	members++;
}

static void end(void)
{
	size_t at = archive.len;

	buf_put(&archive, directory.data, directory.len);
	put(&archive, 0x06054b50, 4);
	put(&archive, 0, 4);
	put(&archive, members, 2);
	put(&archive, members, 2);
	put(&archive, directory.len, 4);
	put(&archive, at, 4);
	put(&archive, 3, 2);
	buf_text(&archive, "end");
}

static void begin(void)
{
	buf_clear(&archive);
	buf_clear(&directory);
	members = 0;
}

static const char *read_all(size_t len, bool is_cut)
{
	buf_clear(&got);
	archive_tell((struct span){archive.data, len}, is_cut, &got);
	return buf_string(&got);
}

static const char both[] = "BOOT-INF/classes/tls/a.pem: read, key encrypted \nPEM read\n"
			   "BOOT-INF/classes/b.p12: read,  none\n"
			   "BOOT-INF/classes/application.properties: read,  none\n"
			   "BOOT-INF/classes/c.crt: read, key encrypted \nPEM read\narchive read\n";

static void test_members(void)
{
	static const char zeros[1 << 16];
	unsigned wrong = 0;

	begin();
	add("META-INF/MANIFEST.MF", DEFLATED | WITH_DESCRIPTOR, "Manifest: 1", 11, 0);
	add("BOOT-INF/classes/tls/a.pem", DEFLATED, locked, strlen(locked), 0);
	add("BOOT-INF/classes/b.p12", STORED, "no", 2, 0);
	add("BOOT-INF/classes/application.properties", DEFLATED | WITH_DESCRIPTOR, "a=b\n", 4, 0);
	add("BOOT-INF/classes/c.crt", DEFLATED | WITH_DESCRIPTOR, locked, strlen(locked), 0);
	add("BOOT-INF/classes/d.class", DEFLATED, locked, strlen(locked), 0);
	add("BOOT-INF/lib/x.jar", STORED, zeros, sizeof(zeros), 0);
	end();
	ok(archive_is(buf_span(&archive)), "it is an archive");
	is_str(read_all(archive.len, false), both, "stored and deflated members");
	is_str(read_all(archive.len - 100, true), both,
	       "without its end: from member to member, up to the first library");
	for (size_t len = 4; len < 900; len += 7)
		wrong += strstr(read_all(len, true), "archive cut") == NULL &&
			 strcmp(buf_string(&got), both) != 0;
	ok(wrong == 0, "one that is cut before that is cut");
	for (size_t len = 4; len < archive.len - 3; len += 101)
		wrong += strstr(read_all(len, false), "archive read") != NULL;
	ok(wrong == 0, "and without its directory it is not whole");
}

static void test_bombs(void)
{
	static char zeros[8 << 20];

	begin();
	add("a.pem", DEFLATED, zeros, sizeof(zeros), 0);
	add("b.pem", DEFLATED, zeros, sizeof(zeros), 100);
	add("c.pem", DEFLATED, "ab", 2, 3);
	add("d.pem", DEFLATED, "ab", 2, 2);
	end();
	is_str(read_all(archive.len, false),
	       "a.pem: cut,  none\nb.pem: corrupt,  none\nc.pem: corrupt,  none\n"
	       "d.pem: read,  none\narchive read\n",
	       "what is too large, and what is not as large as it says");
	begin();
	for (int i = 0; i < 70; i++)
		add("a.pem", STORED, "", 0, 0);
	end();
	ok(strstr(read_all(archive.len, false), "archive cut\n") != NULL, "too many members");
	begin();
	put(&archive, 0x04034b50, 4);
	end();
	archive.data[archive.len - 15] = 9; /* members that are not there */
	ok(strstr(read_all(archive.len, false), "archive corrupt\n") != NULL,
	   "a directory that is not there");
}

int main(void)
{
	keystore_prepare();
	buf_init(&got, 1 << 20);
	buf_init(&archive, 32 << 20);
	buf_init(&directory, 1 << 20);
	test_members();
	test_bombs();
	buf_done(&got);
	buf_done(&archive);
	buf_done(&directory);
	return done();
}
