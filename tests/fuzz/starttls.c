/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes before TLS in SMTP and PostgreSQL, of any bytes, in pieces that the first byte says.
 */
#include "audit/talk/starttls.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_starttls_check(enum talk talk, bool is_offered, const char *reason)
{
	if ((talk == TALK_BROKEN) != (reason != NULL) || (talk == TALK_START_TLS && !is_offered) ||
	    (talk == TALK_DONE && is_offered))
		__builtin_trap();
}

static void fuzz_starttls_smtp(struct span in, size_t piece)
{
	auto_buf struct buf out = {.ceiling = TALK_MAX_ANSWER};
	struct starttls_smtp smtp;
	enum talk talk = starttls_smtp_begin(&smtp, &out);

	for (size_t at = 0; talk == TALK_MORE && at < in.len; at += piece) {
		size_t len = in.len - at < piece ? in.len - at : piece;

		talk = starttls_smtp_feed(&smtp, (struct span){in.data + at, len}, &out);
	}
	fuzz_starttls_check(talk, smtp.is_offered, smtp.reason);
	if (out.overflowed || out.len > 64)
		__builtin_trap();
}

static void fuzz_starttls_postgres(struct span in)
{
	auto_buf struct buf out = {.ceiling = TALK_MAX_ANSWER};
	struct starttls_postgres postgres;
	enum talk talk = starttls_postgres_begin(&postgres, &out);

	if (talk != TALK_MORE || out.len != 8)
		__builtin_trap();
	talk = starttls_postgres_feed(&postgres, in);
	fuzz_starttls_check(talk, postgres.is_offered, postgres.reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data + 1, size - 1};

	if (size < 1)
		return 0;
	fuzz_starttls_smtp(in, 1 + data[0] % 64);
	fuzz_starttls_postgres(in);
	return 0;
}
