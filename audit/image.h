/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] References of images: [HOST[:PORT]/]NAME[:TAG][@DIGEST], distribution/reference. */
#ifndef AUDIT_IMAGE_H
#define AUDIT_IMAGE_H

#include "lib/span.h"

/* Parts of the text; `data` of a tag or a digest that is not there is NULL. */
struct image_reference {
	struct span repository; /* all in front of the tag */
	struct span base;       /* its last part: redis of ghcr.io/x/redis */
	struct span tag;
	struct span digest;
};

struct image_reference image_reference_of(struct span text);

#endif
