/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A PostgreSQL server of any bytes. The first byte says what is tried, and in which pieces the rest
 * comes; that must make no difference, nor may a password ever leave in clear.
 */
#include "audit/talk/postgres.h"

#include <stdlib.h>
#include <string.h>

#define FUZZ_POSTGRES_PASSWORD "Vb7.secret"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_postgres_check(const struct postgres *postgres, enum talk talk,
				const struct buf *clear)
{
	if (talk == TALK_BROKEN && (postgres->outcome != POSTGRES_UNKNOWN || !postgres->reason))
		__builtin_trap();
	if (postgres->outcome == POSTGRES_UNKNOWN && talk == TALK_DONE && !postgres->reason)
		__builtin_trap();
	if (strlen(postgres->version) >= POSTGRES_MAX_NAME || strlen(postgres->state) > 5)
		__builtin_trap();
	if (clear->len > 0 && memmem(clear->data, clear->len, FUZZ_POSTGRES_PASSWORD,
				     sizeof(FUZZ_POSTGRES_PASSWORD) - 1))
		__builtin_trap();
}

static void fuzz_postgres_converse(struct postgres *postgres, const struct postgres_try *try,
				   struct span in, size_t piece)
{
	auto_buf struct buf out = {.ceiling = TALK_MAX_ANSWER};
	auto_buf struct buf clear = {.ceiling = TALK_MAX_BYTES};
	enum talk talk = postgres_begin(postgres, try, &out);

	for (size_t at = 0; at < in.len; at += piece) {
		size_t len = in.len - at < piece ? in.len - at : piece;

		talk = postgres_feed(postgres, (struct span){in.data + at, len}, &out);
		if (talk == TALK_START_TLS)
			talk = postgres_begin_tls(postgres, &out);
		if (!postgres->tls)
			buf_put(&clear, out.data, out.len);
		buf_clear(&out);
	}
	fuzz_postgres_check(postgres, talk, &clear);
	postgres_end(postgres);
	if (postgres->outcome == POSTGRES_UNKNOWN && !postgres->reason)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char nonce[SCRAM_NONCE] = "0123456789abcdefg";
	struct postgres_try try = {.user = "postgres", .database = "postgres", .nonce = nonce};
	struct postgres *postgres;
	struct span in;

	if (size < 1)
		return 0;
	postgres = calloc(2, sizeof(*postgres));
	if (!postgres)
		return 0;
	in = (struct span){(const char *)data + 1, size - 1};
	if (data[0] & 1)
		try.password = FUZZ_POSTGRES_PASSWORD;
	try.avoid_tls = data[0] & 2;
	fuzz_postgres_converse(postgres, &try, in, 1 + (data[0] >> 2));
	fuzz_postgres_converse(postgres + 1, &try, in, 1);
	/* where TLS is begun depends on the pieces, since what is behind it in one is a fault */
	if (!postgres[1].tls_offered && (postgres[0].outcome != postgres[1].outcome ||
					 strcmp(postgres[0].state, postgres[1].state) != 0))
		__builtin_trap();
	free(postgres);
	return 0;
}
