/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What redis.conf, or an ACL file, holds that others should not read, and the files that it
 * names: redis/redis.conf and redis.io, "ACL". Lines are split as sdssplitargs() of redis/src/sds.c
 * does; an escape within quotes is not undone, since only a path could have one.
 */
#ifndef AUDIT_REDIS_CONF_H
#define AUDIT_REDIS_CONF_H

#include <stdbool.h>

#include "lib/span.h"

#define REDIS_CONF_MAX_FILES 16U

struct redis_conf {
	bool has_password; /* in clear */
	bool has_hash;     /* of one: SHA-256 without salt, so it can be guessed at leisure */
	bool is_cut;       /* it names more files than there is room for */
	unsigned file_count;
	struct span files[REDIS_CONF_MAX_FILES]; /* "include" and "aclfile", as they stand there */
};

/* The spans point into `text`. */
void redis_conf_read(struct redis_conf *conf, struct span text);

#endif
