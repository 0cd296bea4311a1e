/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Messages between the processes of one run. A SOCK_SEQPACKET message is a type byte and fields;
 * each field is little-endian and copied one by one, never a struct. The receiver bounds every
 * length before it uses it. The kernel keeps message borders, so there is no framing to get wrong.
 */
#ifndef LIB_WIRE_H
#define LIB_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"
#include "lib/span.h"

#define WIRE_MAX (64U << 10) /* bytes of one message, its type byte included */

/* A message being written, or one that was received and is being read. */
struct wire {
	unsigned char *data; /* WIRE_MAX bytes, allocated by wire_init() */
	size_t len;          /* bytes written, or received */
	size_t at;           /* reading: offset of the next field */
	bool bad;            /* writing: did not fit; reading: a field ran over the end */
};

void wire_init(struct wire *wire);
void wire_done(struct wire *wire);

/* Starts a message. */
void wire_begin(struct wire *wire, uint8_t type);
void wire_put_u8(struct wire *wire, uint8_t value);
void wire_put_u32(struct wire *wire, uint32_t value);
void wire_put_u64(struct wire *wire, uint64_t value);
/* A length (u32) and the bytes. */
void wire_put_span(struct wire *wire, struct span value);
/* Bytes that still fit into the message. */
size_t wire_room(const struct wire *wire);

/* Reading: zero (or an empty span) and wire->bad when the message is too short for the field. */
uint8_t wire_get_u8(struct wire *wire);
uint32_t wire_get_u32(struct wire *wire);
uint64_t wire_get_u64(struct wire *wire);
/* Borrowed from the message; at most max_bytes, else wire->bad. */
struct span wire_get_span(struct wire *wire, size_t max_bytes);
bool wire_at_end(const struct wire *wire);

/* Sends the message; blocks until there is room. Peer gone: -1. */
int wire_send(int fd, const struct wire *wire, struct err *err) MUST_CHECK;

/*
 * Receives one message and reads its type into *type. 1: received; 0: the peer has closed; -1: an
 * error, among them a message that is too long, empty, or carries a file descriptor.
 */
int wire_receive(int fd, struct wire *wire, uint8_t *type, struct err *err) MUST_CHECK;

#endif
