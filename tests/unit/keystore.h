/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file through the reader of key stores, as a line for each thing that it holds. */
#ifndef TESTS_UNIT_KEYSTORE_H
#define TESTS_UNIT_KEYSTORE_H

#include <string.h>

#include "audit/certificate.h"
#include "audit/keystore/keystore.h"
#include "lib/buf.h"

static void keystore_tell_certificate(struct keystore *keystore, struct span der, const char *alias)
{
	struct buf *out = keystore->context;
	struct certificate read;
	struct err err;

	if (certificate_read(keystore->arena, der, &read, &err) < 0)
		buf_printf(out, "bad %s\n", alias);
	else
		buf_printf(out, "%.*s%s%s %.4s\n", (int)read.subject.len, read.subject.data,
			   alias[0] ? " " : "", alias, read.spki);
}

static void keystore_tell_key(struct keystore *keystore, const struct keystore_key *key)
{
	struct buf *out = keystore->context;

	buf_printf(out, "key %s%s%.4s\n", key->alias, key->is_encrypted ? "encrypted " : "",
		   key->spki);
}

/* Ends with "FORMAT OUTCOME". `password`: of the configuration, or NULL. */
__attribute__((unused)) static void keystore_tell(struct span data, bool is_cut,
						  const char *password, struct buf *out)
{
	struct arena arena;
	struct keystore keystore = {.arena = &arena,
				    .context = out,
				    .certificate = keystore_tell_certificate,
				    .key = keystore_tell_key};
	enum keystore_outcome outcome;

	arena_init(&arena, (size_t)512 << 20);
	if (password)
		keystore_add_password(&keystore, span_of(password));
	outcome = keystore_read(&keystore, data, is_cut);
	buf_printf(out, "%s %s\n", keystore.format, keystore_outcome_name(outcome));
	arena_done(&arena);
}

static void keystore_tell_entry(struct archive *archive, const struct archive_entry *entry)
{
	struct buf *out = archive->context;

	buf_printf(out, "%s: %s, ", entry->name, keystore_outcome_name(entry->outcome));
	keystore_tell(entry->data, false, NULL, out);
}

__attribute__((unused)) static void archive_tell(struct span data, bool is_cut, struct buf *out)
{
	struct archive archive = {.context = out, .entry = keystore_tell_entry};

	buf_printf(out, "archive %s\n",
		   keystore_outcome_name(archive_read(&archive, data, is_cut)));
}

#endif
