/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files that leave an expression's words for render.h. */
#ifndef AUDIT_FIREWALL_DESCRIBE_H
#define AUDIT_FIREWALL_DESCRIBE_H

#include "audit/firewall/expressions.h"
#include "lib/buf.h"

/* " limit rate 3/minute": an expression inside of another one. */
void describe_nested(const struct place *at, const struct nlattr *expression, struct buf *out);
/* "counter name": the words before the name of an object, NFT_OBJECT_…. */
const char *describe_object(uint32_t type);

/*
 * describe_load.c: expressions that load a value. Its type goes to op->key, its byte order (1: the
 * host's) to op->flags, its length to op->len.
 */
void describe_numgen(const struct place *at, struct buf *out);
void describe_hash(const struct place *at, struct buf *out);
void describe_rt(const struct place *at, struct buf *out);
void describe_socket(const struct place *at, struct buf *out);
void describe_exthdr(const struct place *at, struct buf *out);
void describe_osf(const struct place *at, struct buf *out);

#endif
