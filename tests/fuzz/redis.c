/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The conversation with Redis, and its parser, over any bytes: in pieces it must come to what it
 * comes to in one. The first byte chooses the size of the pieces, and whether there are passwords.
 */
#include "audit/talk/redis.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_redis_talk(struct redis *redis, struct span input, size_t piece, bool guesses)
{
	static const char *const passwords[] = {"foobared", "redis", "secret", NULL};
	enum talk talk;
	struct buf out;

	buf_init(&out, 1U << 20);
	talk = redis_begin(redis, guesses ? passwords : NULL, &out);
	while (talk == TALK_MORE && input.len > 0) {
		size_t len = input.len < piece ? input.len : piece;

		talk = redis_feed(redis, (struct span){input.data, len}, &out);
		input = (struct span){input.data + len, input.len - len};
	}
	redis_end(redis);
	/* never more than this many questions, each of a few words */
	if (out.overflowed || out.len > 2048 || redis->tries > REDIS_MAX_TRIES)
		__builtin_trap();
	buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data + 1, size - 1};
	struct redis whole;
	struct redis pieces;
	struct redis_acl acl;

	if (size < 1)
		return 0;
	fuzz_redis_talk(&whole, input, SIZE_MAX, data[0] & 1);
	fuzz_redis_talk(&pieces, input, 1 + data[0] / 2, data[0] & 1);
	if (memcmp(&whole, &pieces, offsetof(struct redis, resp)) != 0)
		__builtin_trap();
	redis_done(&whole);
	redis_done(&pieces);
	redis_acl_read(&acl, input); /* its bytes were parsed once, but it must not count on that */
	if (strlen(acl.rules) >= sizeof(acl.rules))
		__builtin_trap();
	return 0;
}
