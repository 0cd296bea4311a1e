/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Archives, PKWARE's APPNOTE.TXT: the files of a jar that may hold certificates, or the
 * passwords of those that do. Names are only compared, sizes are bounded before a byte is inflated.
 */
#include <string.h>
#include <zlib.h>

#include "audit/keystore/keystore.h"
#include "lib/own.h"

enum { STORED = 0, DEFLATED = 8 };
#define LOCAL_SIZE 30U
#define CENTRAL_SIZE 46U
#define END_SIZE 22U
#define HAS_DESCRIPTOR 8U /* of the flags: sizes stand behind the data */
#define IS_ENCRYPTED 1U
#define MAX_MEMBERS 200000U
#define MAX_INFLATED ((size_t)256 << 20)

struct member {
	struct span name;
	unsigned flags;
	unsigned method;
	uint32_t packed;
	uint32_t size;
	struct span data; /* from where it begins, to the end of the archive */
};

struct reading {
	struct archive *archive;
	struct span data;
	unsigned entries;
	size_t inflated; /* bytes, only to see how long they are */
	enum keystore_outcome worst;
};

static uint32_t number(struct span data, size_t at, size_t len)
{
	uint32_t value = 0;

	for (size_t i = 0; i < len; i++)
		value |= (uint32_t)(unsigned char)data.data[at + i] << (8 * i);
	return value;
}

bool archive_is(struct span data)
{
	return span_starts(data, "PK\x03\x04");
}

static struct span from(struct span data, size_t at)
{
	return at <= data.len ? (struct span){data.data + at, data.len - at}
			      : (struct span){data.data + data.len, 0};
}

static bool is_wanted(struct span name)
{
	static const char *const ends[] = {".jks", ".jceks", ".p12",  ".pfx",       ".pkcs12",
					   ".pem", ".crt",   ".cer",  ".der",       ".keystore",
					   ".ks",  ".ts",    ".cert", ".truststore"};
	const char *slash = memrchr(name.data, '/', name.len);
	struct span base = slash ? from(name, (size_t)(slash - name.data) + 1) : name;

	for (unsigned i = 0; i < ARRAY_LEN(ends); i++)
		if (span_ends(base, ends[i]))
			return true;
	return span_is(base, "keystore") || span_is(base, "truststore") ||
	       (span_starts(base, "application") &&
		(span_ends(base, ".properties") || span_ends(base, ".yml") ||
		 span_ends(base, ".yaml")));
}

struct inflated {
	size_t used; /* bytes of what was inflated */
	size_t size; /* bytes that came of it */
};

/* To `out`, which has `room` bytes, or when that is NULL to nowhere. */
static bool inflate_member(struct span data, unsigned char *out, size_t room,
			   struct inflated *inflated)
{
	unsigned char scratch[16384] = {0};
	z_stream stream = {.next_in = (unsigned char *)(uintptr_t)data.data,
			   .avail_in = (unsigned)data.len};
	size_t total = 0;
	int result = Z_OK;

	if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
		return false;
	while (result == Z_OK && total < room) {
		unsigned char *to = out ? out + total : scratch;
		size_t left = out ? room - total : sizeof(scratch);

		stream.next_out = to;
		stream.avail_out = (unsigned)left; /* at most MAX_INFLATED */
		result = inflate(&stream, Z_NO_FLUSH);
		total += (size_t)(stream.next_out - to);
	}
	*inflated = (struct inflated){data.len - stream.avail_in, total};
	(void)inflateEnd(&stream); /* frees */
	return result == Z_STREAM_END;
}

static enum keystore_outcome unpack(struct arena *arena, const struct member *member,
				    struct span *out)
{
	struct inflated inflated;
	unsigned char *bytes;

	*out = (struct span){"", 0};
	if ((member->flags & IS_ENCRYPTED) != 0)
		return KEYSTORE_WRONG_PASSWORD;
	if (member->size > KEYSTORE_MAX_ENTRY || member->packed > member->data.len)
		return KEYSTORE_CUT;
	if (member->method == STORED) {
		*out = (struct span){member->data.data, member->packed};
		return KEYSTORE_READ;
	}
	if (member->method != DEFLATED)
		return KEYSTORE_CORRUPT;
	bytes = arena_alloc(arena, (size_t)member->size + 1, 1); /* one more would be too many */
	if (!inflate_member((struct span){member->data.data, member->packed}, bytes,
			    (size_t)member->size + 1, &inflated) ||
	    inflated.size != member->size)
		return KEYSTORE_CORRUPT;
	*out = (struct span){(const char *)bytes, inflated.size};
	return KEYSTORE_READ;
}

static void hand_out(struct reading *reading, const struct member *member)
{
	struct archive_entry entry;
	struct arena arena;

	if (!is_wanted(member->name))
		return;
	if (reading->entries++ == KEYSTORE_MAX_ENTRIES)
		reading->worst = KEYSTORE_CUT;
	if (reading->entries > KEYSTORE_MAX_ENTRIES)
		return;
	arena_init(&arena, KEYSTORE_MAX_ENTRY + 0x20000);
	entry.name = arena_text(&arena, member->name);
	entry.outcome = unpack(&arena, member, &entry.data);
	reading->archive->entry(reading->archive, &entry);
	arena_done(&arena);
}

/* The data of a local header that begins `at`; false: there is none. */
static bool find_data(struct span archive, size_t at, struct span *out)
{
	struct span header = from(archive, at);

	if (header.len < LOCAL_SIZE || !span_starts(header, "PK\x03\x04"))
		return false;
	*out = from(header, LOCAL_SIZE + number(header, 26, 2) + number(header, 28, 2));
	return true;
}

static void read_central(struct reading *reading, struct span directory, unsigned count)
{
	while (count-- > 0) {
		struct member member = {0};

		if (directory.len < CENTRAL_SIZE || !span_starts(directory, "PK\x01\x02")) {
			reading->worst = KEYSTORE_CORRUPT;
			return;
		}
		member.flags = number(directory, 8, 2);
		member.method = number(directory, 10, 2);
		member.packed = number(directory, 20, 4);
		member.size = number(directory, 24, 4);
		member.name = from(directory, CENTRAL_SIZE);
		if (member.name.len > number(directory, 28, 2))
			member.name.len = number(directory, 28, 2);
		if (find_data(reading->data, number(directory, 42, 4), &member.data))
			hand_out(reading, &member);
		else
			reading->worst = KEYSTORE_CORRUPT;
		directory =
		    from(directory, CENTRAL_SIZE + number(directory, 28, 2) +
					number(directory, 30, 2) + number(directory, 32, 2));
	}
}

/* The record at the end, behind which a comment may stand. */
static bool find_end(struct span data, size_t *out)
{
	size_t first = data.len > 65535 + END_SIZE ? data.len - 65535 - END_SIZE : 0;

	if (data.len < END_SIZE)
		return false;
	for (size_t at = data.len - END_SIZE + 1; at-- > first;) {
		if (memcmp(data.data + at, "PK\x05\x06", 4) == 0) {
			*out = at;
			return true;
		}
	}
	return false;
}

/* A member whose sizes stand behind its data: they are found by inflating it. */
static bool measure(struct reading *reading, struct member *member)
{
	struct inflated inflated;

	if ((member->flags & HAS_DESCRIPTOR) == 0 || member->packed > 0)
		return true;
	if (member->method != DEFLATED || reading->inflated > MAX_INFLATED ||
	    !inflate_member(member->data, NULL, MAX_INFLATED, &inflated))
		return false;
	reading->inflated += inflated.size;
	member->packed = (uint32_t)inflated.used;
	member->size = (uint32_t)inflated.size;
	return true;
}

/*
 * Of an archive without its end: from member to member. Spring Boot puts the libraries behind the
 * classes and what belongs to them, so what comes with the first library needs not be seen.
 */
static enum keystore_outcome read_forward(struct reading *reading)
{
	struct span rest = reading->data;

	for (unsigned i = 0; i < MAX_MEMBERS; i++) {
		struct member member = {0};

		if (rest.len < LOCAL_SIZE || !find_data(rest, 0, &member.data))
			return KEYSTORE_CUT;
		member.name = from(rest, LOCAL_SIZE);
		if (member.name.len > number(rest, 26, 2))
			member.name.len = number(rest, 26, 2);
		if (span_starts(member.name, "BOOT-INF/lib/"))
			return reading->worst;
		member.flags = number(rest, 6, 2);
		member.method = number(rest, 8, 2);
		member.packed = number(rest, 18, 4);
		member.size = number(rest, 22, 4);
		if (!measure(reading, &member))
			return KEYSTORE_CUT;
		hand_out(reading, &member);
		rest = from(member.data, member.packed);
		if ((member.flags & HAS_DESCRIPTOR) != 0)
			rest = from(rest, span_starts(rest, "PK\x07\x08") ? 16 : 12);
	}
	return KEYSTORE_CUT;
}

enum keystore_outcome archive_read(struct archive *archive, struct span data, bool is_cut)
{
	struct reading reading = {.archive = archive, .data = data, .worst = KEYSTORE_READ};
	size_t end;

	if (is_cut)
		return read_forward(&reading);
	if (!find_end(data, &end))
		return KEYSTORE_CORRUPT;
	if (number(data, end + 16, 4) == UINT32_MAX) /* zip64: larger than what is read */
		return KEYSTORE_CUT;
	read_central(&reading, from(data, number(data, end + 16, 4)), number(data, end + 10, 2));
	return reading.worst;
}
