/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole response of HTTP/1.1 (RFC 9112), as an engine's API gives it: the body by chunks, by its
 * length, or as far as the connection goes.
 */
#ifndef AUDIT_TALK_HTTP_H
#define AUDIT_TALK_HTTP_H

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/span.h"

struct http_response {
	unsigned status;
	struct span body; /* borrowed from the input, or in the arena */
};

/* -1: it is none, or ends too early. `input` is all that was received. */
int http_read(struct span input, struct arena *arena, struct http_response *out,
	      struct err *err) MUST_CHECK;

#endif
