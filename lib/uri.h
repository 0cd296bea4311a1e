/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text as part of a URI (RFC 3986).
 */
#ifndef LIB_URI_H
#define LIB_URI_H

#include "lib/buf.h"

/* Appends the text; every byte but unreserved characters and '/' is percent-encoded. */
void uri_encode(struct buf *out, const char *text);

#endif
