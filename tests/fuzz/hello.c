/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A TLS server of any bytes, asked by one ClientHello. The first byte says what is asked (also for
 * the chain) and in which pieces the rest comes; that must make no difference.
 */
#include "audit/talk/hello.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_hello_check(const struct hello *hello)
{
	if (hello->outcome == HELLO_TAKEN &&
	    (hello->version > hello->question.version ||
	     (hello->question.suites.weaknesses != 0) != (hello->weakness != HELLO_WEAKNESSES)))
		__builtin_trap();
	if ((hello->outcome == HELLO_TAKEN && hello->question.wants_chain &&
	     hello->version != TLS_1_3) !=
	    (hello->flight.chain.len > 0 && hello->outcome == HELLO_TAKEN))
		__builtin_trap();
	if ((hello->outcome == HELLO_BROKEN) != (hello->reason != NULL) || hello->len > HELLO_MAX ||
	    hello->record_len > sizeof(hello->record))
		__builtin_trap();
}

/* As many certificates as take the whole list, none of them empty. */
static void fuzz_hello_check_chain(const struct hello *hello)
{
	struct span list = hello->flight.chain;
	struct span one;

	if (hello->outcome != HELLO_TAKEN)
		return;
	while (flight_next(&list, &one))
		if (one.len == 0)
			__builtin_trap();
	if (list.len > 0 || hello->flight.chain.len > FLIGHT_MAX_CHAIN)
		__builtin_trap();
}

static void fuzz_hello_converse(struct hello *hello, const struct hello_question *question,
				struct span in, size_t piece)
{
	static const unsigned char random[32];
	auto_buf struct buf out = {.ceiling = TALK_MAX_ANSWER};

	(void)hello_begin(hello, question, random, &out);
	if (out.overflowed || out.len < 44)
		__builtin_trap();
	for (size_t at = 0; at < in.len; at += piece) {
		size_t len = in.len - at < piece ? in.len - at : piece;
		enum talk talk = hello_feed(hello, (struct span){in.data + at, len});

		if ((talk == TALK_MORE) != (hello->outcome == HELLO_MORE))
			__builtin_trap();
	}
	hello_end(hello, true);
	fuzz_hello_check(hello);
	fuzz_hello_check_chain(hello);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hello hello[2];
	struct hello_question question = {.version = TLS_1_2};
	struct span in;

	if (size < 1)
		return 0;
	in = (struct span){(const char *)data + 1, size - 1};
	question.version = (uint16_t)(TLS_1_0 + (data[0] & 3));
	question.suites.weaknesses = data[0] & 4 ? (1U << HELLO_WEAKNESSES) - 1 : 0;
	question.wants_chain = question.version == TLS_1_3 || (data[0] & 8);
	question.name = data[0] & 8 ? "www.example.org" : NULL;
	fuzz_hello_converse(&hello[0], &question, in, 1 + (data[0] >> 4));
	fuzz_hello_converse(&hello[1], &question, in, 1);
	if (hello[0].outcome != hello[1].outcome || hello[0].suite != hello[1].suite ||
	    hello[0].alert != hello[1].alert ||
	    hello[0].flight.chain.len != hello[1].flight.chain.len ||
	    hello[0].flight.wants_certificate != hello[1].flight.wants_certificate)
		__builtin_trap();
	hello_done(&hello[0]);
	hello_done(&hello[1]);
	return 0;
}
