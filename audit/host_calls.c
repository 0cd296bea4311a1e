/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Calls of what listens on this host: see probe.h. */
#include "audit/host.h"
#include "audit/message.h"

int host_call(struct host *host, unsigned need, unsigned row, unsigned slot, unsigned timeout_ms,
	      struct err *err)
{
	struct wire message;

	if (host_settle(host, err) < 0)
		return -1;
	wire_init(&message);
	wire_begin(&message, MESSAGE_CALL);
	wire_put_u32(&message, need);
	wire_put_u32(&message, row);
	wire_put_u32(&message, slot);
	wire_put_u32(&message, timeout_ms);
	host_send(host, &message);
	wire_done(&message);
	return 0;
}

int host_say(struct host *host, unsigned slot, struct span bytes, struct err *err)
{
	struct wire message;

	if (host_settle(host, err) < 0)
		return -1;
	wire_init(&message);
	while (bytes.len > 0) {
		size_t room;

		wire_begin(&message, MESSAGE_SAY);
		wire_put_u32(&message, slot);
		room = wire_room(&message) - sizeof(uint32_t);
		if (room > bytes.len)
			room = bytes.len;
		wire_put_span(&message, (struct span){bytes.data, room});
		host_send(host, &message);
		bytes = (struct span){bytes.data + room, bytes.len - room};
	}
	wire_done(&message);
	return 0;
}

int host_hang_up(struct host *host, unsigned slot, struct err *err)
{
	struct wire message;

	if (host_settle(host, err) < 0)
		return -1;
	wire_init(&message);
	wire_begin(&message, MESSAGE_HANG_UP);
	wire_put_u32(&message, slot);
	host_send(host, &message);
	wire_done(&message);
	return 0;
}

int host_hear(struct host *host, struct heard_event *out, struct err *err)
{
	struct wire message;
	struct wire *in;
	uint8_t type;

	if (host_settle(host, err) < 0)
		return -1;
	wire_init(&message);
	wire_begin(&message, MESSAGE_HEAR);
	host_send(host, &message);
	wire_done(&message);
	if (host_receive(host, &in, &type, err) < 0)
		return -1;
	out->slot = wire_get_u32(in);
	out->kind = wire_get_u8(in);
	out->error = (int)wire_get_u32(in);
	out->data = wire_get_span(in, WIRE_MAX);
	if (type != MESSAGE_HEARD || in->bad || !wire_at_end(in) || out->kind > HEARD_NOTHING ||
	    (out->slot >= CALL_SLOTS && out->kind != HEARD_NOTHING))
		return err_set(err, "root's side broke the protocol");
	return out->kind != HEARD_NOTHING;
}
