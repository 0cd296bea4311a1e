/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Calls of what listens on this host: see probe.h. */
#include "audit/host.h"
#include "audit/message.h"

#define HEAD (1 + 4 * sizeof(uint32_t)) /* of the largest: CALL_OPEN */

/* Where one more is put, behind those that have not been sent. */
static struct wire *begin(struct host *host, enum call_order order)
{
	struct wire *out = &host_calls(host)->out;

	if (wire_room(out) < HEAD)
		host_send_calls(host, MESSAGE_CALLS);
	wire_put_u8(out, (uint8_t)order);
	return out;
}

int host_call(struct host *host, unsigned need, unsigned row, unsigned slot, unsigned timeout_ms,
	      struct err *err)
{
	struct wire *out;

	if (host_settle(host, err) < 0)
		return -1;
	out = begin(host, CALL_OPEN);
	wire_put_u32(out, need);
	wire_put_u32(out, row);
	wire_put_u32(out, slot);
	wire_put_u32(out, timeout_ms);
	return 0;
}

int host_say(struct host *host, unsigned slot, struct span bytes, struct err *err)
{
	if (host_settle(host, err) < 0)
		return -1;
	while (bytes.len > 0) {
		struct wire *out = begin(host, CALL_SAY);
		size_t room;

		wire_put_u32(out, slot);
		room = wire_room(out) - sizeof(uint32_t);
		if (room > bytes.len)
			room = bytes.len;
		wire_put_span(out, (struct span){bytes.data, room});
		bytes = (struct span){bytes.data + room, bytes.len - room};
	}
	return 0;
}

int host_hang_up(struct host *host, unsigned slot, struct err *err)
{
	struct wire *out;

	if (host_settle(host, err) < 0)
		return -1;
	out = begin(host, CALL_HANG_UP);
	wire_put_u32(out, slot);
	return 0;
}

static int receive(struct host *host, struct err *err)
{
	uint8_t type;

	host_send_calls(host, MESSAGE_HEAR);
	if (host_receive_heard(host, &type, err) < 0)
		return -1;
	return type == MESSAGE_HEARD ? 0 : err_set(err, "root's side broke the protocol");
}

int host_hear(struct host *host, struct heard_event *out, struct err *err)
{
	struct wire *in = &host_calls(host)->heard;

	if (host_settle(host, err) < 0)
		return -1;
	if (wire_at_end(in) && receive(host, err) < 0)
		return -1;
	out->slot = wire_get_u32(in);
	out->kind = wire_get_u8(in);
	out->error = (int)wire_get_u32(in);
	out->data = wire_get_span(in, WIRE_MAX);
	if (in->bad || out->kind > HEARD_NOTHING ||
	    (out->slot >= CALL_SLOTS && out->kind != HEARD_NOTHING))
		return err_set(err, "root's side broke the protocol");
	return out->kind != HEARD_NOTHING;
}
