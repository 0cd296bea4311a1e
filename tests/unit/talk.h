/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A peer of bytes for a conversation: all at once, byte by byte, or up to a cut. */
#ifndef TESTS_UNIT_TALK_H
#define TESTS_UNIT_TALK_H

#include "audit/talk/talk.h"
#include "lib/own.h"
#include "tests/tap.h"

#define BYTES(text) ((struct span){text, sizeof(text) - 1})

/* Feeds `bytes` in pieces of `piece` through feed(), which closes over its machine and `out`. */
#define FEED(feed, machine, bytes, piece, out)                                                     \
	({                                                                                         \
		enum talk fed_ = TALK_MORE;                                                        \
		for (size_t at_ = 0; at_ < (bytes).len && fed_ == TALK_MORE; at_ += (piece)) {     \
			size_t left_ = (bytes).len - at_;                                          \
			fed_ = feed(                                                               \
			    (machine),                                                             \
			    (struct span){(bytes).data + at_, left_ < (piece) ? left_ : (piece)},  \
			    (out));                                                                \
		}                                                                                  \
		fed_;                                                                              \
	})

#endif
