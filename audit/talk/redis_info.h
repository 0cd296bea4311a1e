/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What INFO says, and what the answers of a conversation come to; private to redis.c. */
#ifndef AUDIT_TALK_REDIS_INFO_H
#define AUDIT_TALK_REDIS_INFO_H

#include "audit/talk/redis.h"

/* The lines of a section of INFO. */
void redis_info_read(struct redis *redis, struct span text);
/* Sets redis->may_…: once, when the conversation is over. */
void redis_info_conclude(struct redis *redis);

#endif
