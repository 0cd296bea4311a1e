/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IPv4 and IPv6 addresses and prefixes as numbers, so that they can be compared and counted.
 */
#ifndef LIB_INET_H
#define LIB_INET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"
#include "lib/span.h"

__extension__ typedef unsigned __int128 u128;

/* An inclusive range of addresses of one family. A prefix is the range that it covers. */
struct inet_range {
	int family; /* AF_INET or AF_INET6 */
	u128 first;
	u128 last;
};

#define INET_TEXT_SIZE 64 /* holds any address or prefix as text */

/* From `len` (4 or 16) bytes in network order. */
u128 inet_number(const void *bytes, size_t len);

/* An address as RFC 5952 writes it. `text` has INET_TEXT_SIZE bytes; returns it. */
char *inet_text(int family, u128 address, char *text);

/* One address, without prefix length or zone. */
int inet_parse(struct span span, int *family, u128 *out, struct err *err) MUST_CHECK;

/*
 * ADDR/LEN, or ADDR alone (a prefix of full length). Bits behind the prefix length must be zero:
 * 10.0.0.1/8 is an error, since nobody can tell which of the two was meant.
 */
int inet_parse_prefix(struct span span, struct inet_range *out, struct err *err) MUST_CHECK;

/* "10.0.0.0/8", "192.0.2.1" for one address, FIRST-LAST where it is no prefix. `text` has
 * INET_RANGE_TEXT_SIZE bytes. */
#define INET_RANGE_TEXT_SIZE (2 * INET_TEXT_SIZE)
char *inet_range_text(const struct inet_range *range, char *text);

/* The number of bits of an address of the family: 32 or 128. */
unsigned inet_bits(int family);

bool inet_is_loopback(int family, u128 address);

/*
 * True when packets of the range may come from the public internet: when it is not wholly inside
 * the blocks that the IANA special-purpose registries (RFC 6890) name as not globally reachable.
 */
bool inet_is_public(const struct inet_range *range);

#endif
