/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which protocol any bytes are of: once that is known, more bytes must not change it, except that
 * PostgreSQL answers with one byte. The same bytes go to memcached, and to the reader of its
 * datagrams.
 */
#include "audit/talk/greeting.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "audit/talk/memcached.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum service fuzz_greeting_see(enum service asked, struct span bytes)
{
	return asked == SERVICE_MORE ? service_of_greeting(bytes) : service_of_answer(asked, bytes);
}

static void fuzz_greeting_fronts(enum service asked, struct span bytes)
{
	enum service before = SERVICE_MORE;

	for (size_t len = 0; len <= bytes.len && len <= GREETING_MAX + 8; len++) {
		enum service now = fuzz_greeting_see(asked, (struct span){bytes.data, len});

		if (now >= SERVICES || (now == SERVICE_MORE && len >= GREETING_MAX) ||
		    (before != SERVICE_MORE && before != now &&
		     !(asked == SERVICE_POSTGRESQL && before == SERVICE_POSTGRESQL)))
			__builtin_trap();
		before = now;
	}
}

static void fuzz_greeting_memcached(struct memcached *memcached, struct span input, size_t piece)
{
	enum talk talk;
	struct buf out;

	buf_init(&out, 64);
	talk = memcached_begin(memcached, &out);
	while (talk == TALK_MORE && input.len > 0) {
		size_t len = input.len < piece ? input.len : piece;

		talk = memcached_feed(memcached, (struct span){input.data, len}, &out);
		input = (struct span){input.data + len, input.len - len};
	}
	memcached_end(memcached);
	if (out.overflowed)
		__builtin_trap();
	buf_done(&out);
	memcached_done(memcached);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum service asked[] = {SERVICE_MORE, SERVICE_REDIS, SERVICE_POSTGRESQL,
					     SERVICE_TLS};
	struct span input = {(const char *)data + 1, size - 1};
	struct memcached whole;
	struct memcached pieces;
	char version[32];

	if (size < 1)
		return 0;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		fuzz_greeting_fronts(asked[i], input);
	fuzz_greeting_memcached(&whole, input, SIZE_MAX);
	fuzz_greeting_memcached(&pieces, input, 1U + data[0]);
	if (memcmp(&whole, &pieces, offsetof(struct memcached, line)) != 0)
		__builtin_trap();
	(void)memcached_udp_is_answer(0x1234, input, version, sizeof(version));
	if (strlen(version) >= sizeof(version))
		__builtin_trap();
	return 0;
}
