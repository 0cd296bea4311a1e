/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as part of a URI: see uri.h. */
#include "lib/uri.h"

#include <string.h>

void uri_encode(struct buf *out, const char *text)
{
	/* RFC 3986 section 2.3, and the separator of a path's segments */
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";

	for (; *text; text++) {
		if (strchr(plain, *text))
			buf_put(out, text, 1);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
	}
}
