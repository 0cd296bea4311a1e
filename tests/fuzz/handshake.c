/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A TLS server of any bytes, to a whole handshake by OpenSSL: mostly its chain, in TLS 1.2. */
#include "audit/talk/handshake.h"

#include "audit/chain.h"
#include "audit/talk/tls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_handshake_check(const struct handshake *handshake)
{
	if ((handshake->outcome == HANDSHAKE_SERVED) != (handshake->chain != NULL) ||
	    (handshake->outcome == HANDSHAKE_BROKEN && !handshake->reason) ||
	    handshake->outcome == HANDSHAKE_MORE || (handshake->is_done && !handshake->version))
		__builtin_trap();
	(void)chain_judge(handshake->chain, NULL, 1800000000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct handshakes all;
	auto_buf struct buf out = {.ceiling = TALK_MAX_BYTES};
	auto_buf struct buf plain = {.ceiling = TALK_MAX_BYTES};
	struct handshake handshake;
	struct span in = {(const char *)data + 1, size - 1};
	size_t piece;

	if (size < 1)
		return 0;
	if (!all.contexts[0])
		tls_prepare();
	piece = 1 + (size_t)(data[0] >> 2) * 64;
	(void)handshake_begin(&handshake, &all, (enum handshake_key)(data[0] % HANDSHAKE_KEYS),
			      "www.example.org", &out);
	for (size_t at = 0; handshake.outcome == HANDSHAKE_MORE && at < in.len; at += piece)
		(void)handshake_feed(
		    &handshake,
		    (struct span){in.data + at, in.len - at < piece ? in.len - at : piece}, &plain,
		    &out);
	handshake_end(&handshake);
	fuzz_handshake_check(&handshake);
	handshake_done(&handshake);
	return 0;
}
