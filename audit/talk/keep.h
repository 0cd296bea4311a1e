/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What a conversation keeps of a peer's text. */
#ifndef AUDIT_TALK_KEEP_H
#define AUDIT_TALK_KEEP_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/span.h"

/*
 * The front of `from` as a string in `text`, which has `size` bytes; up to its first NUL, since
 * whoever reads it stops there. Nothing is escaped: the row functions do that.
 */
void talk_keep(char *text, size_t size, struct span from);

/* Is the text of an address one of loopback's? */
bool is_loopback_text(const char *address);

#endif
