/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] References of images: see image.h. */
#include "audit/image.h"

#include <string.h>

/* What is behind a byte of the span. */
static struct span behind(struct span span, const char *at)
{
	return (struct span){at + 1, span.len - (size_t)(at + 1 - span.data)};
}

struct image_reference image_reference_of(struct span text)
{
	struct image_reference image = {.repository = text};
	const char *at = text.len > 0 ? memchr(text.data, '@', text.len) : NULL;
	const char *slash;
	const char *colon;

	if (at) {
		image.digest = behind(text, at);
		image.repository.len = (size_t)(at - text.data);
	}
	image.base = image.repository;
	slash = image.base.len > 0 ? memrchr(image.base.data, '/', image.base.len) : NULL;
	if (slash)
		image.base = behind(image.base, slash);
	/* one in front of a '/' is that of a port */
	colon = image.base.len > 0 ? memchr(image.base.data, ':', image.base.len) : NULL;
	if (colon) {
		image.tag = behind(image.base, colon);
		image.base.len = (size_t)(colon - image.base.data);
		image.repository.len = (size_t)(colon - image.repository.data);
	}
	return image;
}
