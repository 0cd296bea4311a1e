/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages between the processes of one run: see wire.h. */
#include "lib/wire.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "lib/own.h"

void wire_init(struct wire *wire)
{
	*wire = (struct wire){.data = xcalloc(1, WIRE_MAX)};
}

void wire_done(struct wire *wire)
{
	free(wire->data);
	*wire = (struct wire){0};
}

void wire_begin(struct wire *wire, uint8_t type)
{
	wire->len = 0;
	wire->at = 0;
	wire->bad = false;
	wire_put_u8(wire, type);
}

static void put(struct wire *wire, const void *bytes, size_t len)
{
	if (len > WIRE_MAX - wire->len) {
		wire->bad = true;
		return;
	}
	if (len > 0)
		memcpy(wire->data + wire->len, bytes, len);
	wire->len += len;
}

void wire_put_u8(struct wire *wire, uint8_t value)
{
	put(wire, &value, sizeof(value));
}

void wire_put_u32(struct wire *wire, uint32_t value)
{
	uint32_t little = htole32(value);

	put(wire, &little, sizeof(little));
}

void wire_put_u64(struct wire *wire, uint64_t value)
{
	uint64_t little = htole64(value);

	put(wire, &little, sizeof(little));
}

void wire_put_span(struct wire *wire, struct span value)
{
	if (value.len > WIRE_MAX) {
		wire->bad = true;
		return;
	}
	wire_put_u32(wire, (uint32_t)value.len);
	put(wire, value.data, value.len);
}

size_t wire_room(const struct wire *wire)
{
	return WIRE_MAX - wire->len;
}

static const void *get(struct wire *wire, size_t len)
{
	const void *at = wire->data + wire->at;

	if (wire->bad || len > wire->len - wire->at) {
		wire->bad = true;
		return NULL;
	}
	wire->at += len;
	return at;
}

uint8_t wire_get_u8(struct wire *wire)
{
	const uint8_t *at = get(wire, 1);

	return at ? *at : 0;
}

uint32_t wire_get_u32(struct wire *wire)
{
	const void *at = get(wire, sizeof(uint32_t));
	uint32_t value = 0;

	if (at)
		memcpy(&value, at, sizeof(value));
	return le32toh(value);
}

uint64_t wire_get_u64(struct wire *wire)
{
	const void *at = get(wire, sizeof(uint64_t));
	uint64_t value = 0;

	if (at)
		memcpy(&value, at, sizeof(value));
	return le64toh(value);
}

struct span wire_get_span(struct wire *wire, size_t max_bytes)
{
	uint32_t len = wire_get_u32(wire);
	const char *at;

	if (len > max_bytes)
		wire->bad = true;
	at = get(wire, len);
	return (struct span){at ? at : "", at ? len : 0};
}

bool wire_at_end(const struct wire *wire)
{
	return wire->bad || wire->at == wire->len;
}

int wire_send(int fd, const struct wire *wire, struct err *err)
{
	ssize_t sent;

	if (wire->bad)
		return err_set(err, "message is longer than %u bytes", WIRE_MAX);
	do
		sent = send(fd, wire->data, wire->len, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? err_sys(err, "send") : 0;
}

int wire_receive(int fd, struct wire *wire, uint8_t *type, struct err *err)
{
	struct iovec part = {wire->data, WIRE_MAX};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	ssize_t got;

	/* No room for control data is given, so that a descriptor shows as MSG_CTRUNC. */
	do
		got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_sys(err, "receive");
	if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
		return err_set(err, "message is too long or carries a file descriptor");
	if (got == 0)
		return 0;
	wire->len = (size_t)got;
	wire->at = 0;
	wire->bad = false;
	*type = wire_get_u8(wire);
	return 1;
}
