/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Java's own key stores, as sun.security.provider.JavaKeyStore and
 * com.sun.crypto.provider.JceKeyStore of the JDK write them:
 *
 *	u4 magic, u4 version, u4 count, entries, 20 bytes of SHA-1
 *	entry: u4 tag, UTF alias, u8 date, and
 *	  1, a key: u4 length, bytes (encrypted); u4 count of certificates
 *	  2, a certificate
 *	  3, a secret key, of JCEKS alone: an object of java.io.ObjectOutputStream
 *	certificate: UTF type (version 2 alone), u4 length, bytes
 *	UTF: u2 length, bytes; all numbers big-endian
 *
 * Certificates are not encrypted, and need no password; the digest would need it.
 */
#include <string.h>

#include "audit/keystore/keystore.h"

#define DIGEST_SIZE 20U
#define MAX_STEPS 4000000U /* entries, and places at which one may begin */
#define MAX_DEPTH 50U

enum tag { TAG_KEY = 1, TAG_CERTIFICATE, TAG_SECRET };

struct reader {
	struct keystore *keystore; /* NULL: only to see whether it fits */
	struct span rest;
	uint32_t version;
	bool is_bad;     /* what a length says goes beyond the end */
	bool is_corrupt; /* no key store has this */
	bool is_full;
	unsigned *steps; /* that were taken, for all trials together */
	unsigned depth;  /* of trials within trials */
};

static bool is_over(struct reader *reader)
{
	if (++*reader->steps > MAX_STEPS)
		reader->is_bad = true;
	return reader->is_bad || reader->is_corrupt || reader->is_full;
}

static struct span take(struct reader *reader, size_t len)
{
	struct span out = {reader->rest.data, len};

	if (len > reader->rest.len) {
		reader->is_bad = true;
		return (struct span){"", 0};
	}
	reader->rest = (struct span){reader->rest.data + len, reader->rest.len - len};
	return out;
}

static uint32_t take_number(struct reader *reader, size_t len)
{
	struct span bytes = take(reader, len);
	uint32_t number = 0;

	for (size_t i = 0; i < bytes.len; i++)
		number = number << 8 | (unsigned char)bytes.data[i];
	return number;
}

static void take_certificate(struct reader *reader, struct span alias)
{
	struct span type = span_of("X.509");
	struct span der;

	if (reader->version == 2)
		type = take(reader, take_number(reader, 2));
	der = take(reader, take_number(reader, 4));
	if (reader->is_bad || !reader->keystore || !span_is(type, "X.509"))
		return;
	if (!keystore_put_certificate(reader->keystore, der,
				      arena_text(reader->keystore->arena, alias)))
		reader->is_full = true;
}

static void take_key(struct reader *reader, struct span alias)
{
	uint32_t count;

	(void)take(reader, take_number(reader, 4)); /* the key, encrypted */
	count = take_number(reader, 4);
	if (!reader->is_bad && reader->keystore) {
		struct keystore_key key = {.is_encrypted = true};

		key.alias = arena_text(reader->keystore->arena, alias);
		reader->keystore->key(reader->keystore, &key);
	}
	while (count-- > 0 && !is_over(reader))
		take_certificate(reader, alias);
}

static void take_entries(struct reader *reader, uint32_t count);

/* Would `count` entries and the digest be all that is left? */
static bool fits(const struct reader *reader, struct span rest, uint32_t count)
{
	struct reader trial = {.rest = rest,
			       .version = reader->version,
			       .steps = reader->steps,
			       .depth = reader->depth + 1};

	if (trial.depth > MAX_DEPTH)
		return false;
	take_entries(&trial, count);
	return !trial.is_bad && !trial.is_corrupt && trial.rest.len == DIGEST_SIZE;
}

/*
 * The object has no length: what follows begins where the rest of the file makes sense to its end.
 */
static void skip_secret(struct reader *reader, uint32_t left)
{
	while (reader->rest.len > DIGEST_SIZE && !is_over(reader)) {
		struct span rest = reader->rest;

		if (left == 0) {
			(void)take(reader, rest.len - DIGEST_SIZE);
			return;
		}
		if (memcmp(rest.data, "\0\0\0", 3) == 0 && rest.data[3] >= TAG_KEY &&
		    rest.data[3] <= TAG_SECRET && fits(reader, rest, left))
			return;
		(void)take(reader, 1);
	}
	reader->is_bad = true;
}

static void take_entries(struct reader *reader, uint32_t count)
{
	while (count-- > 0 && !is_over(reader)) {
		uint32_t tag = take_number(reader, 4);
		struct span alias = take(reader, take_number(reader, 2));

		(void)take(reader, 8); /* the date on which it was put in */
		if (tag == TAG_KEY)
			take_key(reader, alias);
		else if (tag == TAG_CERTIFICATE)
			take_certificate(reader, alias);
		else if (tag == TAG_SECRET)
			skip_secret(reader, count);
		else if (!reader->is_bad)
			reader->is_corrupt = true;
	}
}

enum keystore_outcome keystore_jks(struct keystore *keystore, struct span data)
{
	unsigned steps = 0;
	struct reader reader = {.keystore = keystore, .rest = data, .steps = &steps};
	uint32_t count;

	keystore->format = data.data[0] == '\xfe' ? "JKS" : "JCEKS";
	(void)take_number(&reader, 4); /* the magic */
	reader.version = take_number(&reader, 4);
	count = take_number(&reader, 4);
	if (!reader.is_bad && (reader.version == 0 || reader.version > 2))
		return KEYSTORE_CORRUPT;
	take_entries(&reader, count);
	if (reader.is_corrupt)
		return KEYSTORE_CORRUPT;
	if (reader.is_full || reader.is_bad || reader.rest.len < DIGEST_SIZE)
		return KEYSTORE_CUT;
	return reader.rest.len == DIGEST_SIZE ? KEYSTORE_READ : KEYSTORE_CORRUPT;
}
