/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] .git/index, gitformat-index(5): versions 2 to 4, with object names of SHA-1. A split index
 * keeps some of its entries elsewhere, and is refused.
 */
#include "audit/compose/git_index.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

#define HEADER 12U
#define HASH 20U
#define FIXED 62U /* of an entry, in front of its path: ten numbers, an object name, flags */
#define EXTENDED 0x4000U

struct entries {
	struct span rest;
	unsigned version;
	char path[GIT_INDEX_MAX_PATH];
	size_t len;
};

static uint32_t number(const char *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return be32toh(value);
}

static void skip(struct entries *entries, size_t len)
{
	entries->rest = (struct span){entries->rest.data + len, entries->rest.len - len};
}

/* The variable width number of gitformat-pack(5), as offsets are written. */
static bool take_varint(struct entries *entries, size_t *out)
{
	size_t value = 0;

	for (unsigned i = 0; i < 4 && entries->rest.len > 0; i++) {
		unsigned char byte = (unsigned char)entries->rest.data[0];

		skip(entries, 1);
		value = (i > 0 ? (value + 1) << 7 : 0) | (byte & 0x7f);
		if (!(byte & 0x80)) {
			*out = value;
			return true;
		}
	}
	return false;
}

/* The path of the entry that begins here, of which version 4 says how it differs from the last. */
static bool next_path(struct entries *entries)
{
	size_t fixed = FIXED;
	size_t dropped = entries->len;
	const char *end;
	size_t added;

	if (entries->rest.len <= FIXED)
		return false;
	if (entries->version >= 3 &&
	    (((unsigned)(unsigned char)entries->rest.data[60] << 8) & EXTENDED) != 0)
		fixed += 2;
	if (entries->rest.len <= fixed)
		return false;
	skip(entries, fixed);
	if (entries->version == 4 &&
	    (!take_varint(entries, &dropped) || dropped > entries->len || entries->rest.len == 0))
		return false;
	entries->len -= dropped;
	end = memchr(entries->rest.data, '\0', entries->rest.len);
	added = end ? (size_t)(end - entries->rest.data) : 0;
	if (!end || entries->len + added > sizeof(entries->path))
		return false;
	memcpy(entries->path + entries->len, entries->rest.data, added);
	entries->len += added;
	/* 1 to 8 NULs, so that the entry is a multiple of 8 bytes; in version 4 one */
	added += entries->version == 4 ? 1 : 8 - (fixed + added) % 8;
	if (added > entries->rest.len)
		return false;
	skip(entries, added);
	return true;
}

/* Extensions behind the entries: a signature and a length each. */
static bool is_split(struct entries *entries)
{
	while (entries->rest.len >= 8 + HASH) {
		uint32_t size = number(entries->rest.data + 4);

		if (memcmp(entries->rest.data, "link", 4) == 0)
			return true;
		if (size > entries->rest.len - 8)
			return false;
		skip(entries, 8 + (size_t)size);
	}
	return false;
}

int git_index_holds(struct span index, struct span path, bool *out, struct err *err)
{
	struct entries entries = {.rest = index};
	uint32_t count;

	*out = false;
	if (index.len < HEADER + HASH || memcmp(index.data, "DIRC", 4) != 0)
		return err_set(err, "not an index of Git");
	entries.version = number(index.data + 4);
	count = number(index.data + 8);
	if (entries.version < 2 || entries.version > 4)
		return err_set(err, "an index of version %u", entries.version);
	skip(&entries, HEADER);
	for (uint32_t i = 0; i < count; i++) {
		if (!next_path(&entries))
			return err_set(err, "an index that is cut off, or not of SHA-1");
		if (entries.len == path.len && memcmp(entries.path, path.data, path.len) == 0)
			*out = true;
	}
	if (!*out && is_split(&entries))
		return err_set(err, "a split index");
	return 0;
}
