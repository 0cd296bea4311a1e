/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What a conversation keeps of a peer's text: see keep.h. */
#include "audit/talk/keep.h"

#include <string.h>

void talk_keep(char *text, size_t size, struct span from)
{
	size_t len = 0;

	while (len < from.len && len + 1 < size && from.data[len] != '\0') {
		text[len] = from.data[len];
		len++;
	}
	text[len] = '\0';
}

bool is_loopback_text(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}
