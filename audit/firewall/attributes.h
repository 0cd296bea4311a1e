/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attributes of netlink messages, read with care: a field of the wrong length counts as one that
 * is not there, and an attribute of a type that this program does not know is noticed, since it
 * may change the meaning of those that it knows.
 */
#ifndef AUDIT_FIREWALL_ATTRIBUTES_H
#define AUDIT_FIREWALL_ATTRIBUTES_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/span.h"

#define ATTRIBUTES_MAX 32

struct attributes {
	const struct nlattr *at[ATTRIBUTES_MAX]; /* by type; NULL: not there */
	bool has_unknown;
};

/* Types up to `last` are known. `nest` may be NULL: no attributes. */
void attributes_of_nest(struct attributes *out, const struct nlattr *nest, unsigned last);
void attributes_of_message(struct attributes *out, const struct nlmsghdr *message, size_t header,
			   unsigned last);

/* Takes the next attribute off the front of *rest; NULL at the end or when the rest is broken. */
const struct nlattr *attribute_next(struct span *rest);

struct span attribute_span(const struct nlattr *attribute);
/* Numbers in network order, as nf_tables sends them; `otherwise` when there is none. */
uint32_t attribute_u32(const struct nlattr *attribute, uint32_t otherwise);
uint64_t attribute_u64(const struct nlattr *attribute, uint64_t otherwise);
uint8_t attribute_u8(const struct nlattr *attribute, uint8_t otherwise);
/* A copy, cut at the first NUL; "" when there is none. */
const char *attribute_text(struct arena *arena, const struct nlattr *attribute);

#endif
