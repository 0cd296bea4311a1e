/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] Whom a row of the input names: see calls.h. Its bytes are what input.c wrote. */
#include <arpa/inet.h>
#include <string.h>

#include "audit/calls.h"
#include "lib/inet.h"
#include "lib/own.h"

struct cell {
	uint64_t integer;
	struct span text;
};

static bool get_cell(struct wire *message, struct cell *out)
{
	uint8_t tag = wire_get_u8(message);

	*out = (struct cell){0};
	if (tag == VALUE_INTEGER)
		out->integer = wire_get_u64(message);
	else if (tag == VALUE_TEXT)
		out->text = wire_get_span(message, PROBE_MAX_TEXT);
	return !message->bad;
}

/* The first four values of a row; the others are passed over. */
static bool get_row(struct wire *message, unsigned columns, struct cell out[4])
{
	for (unsigned i = 0; i < columns; i++) {
		struct cell cell;

		if (!get_cell(message, &cell))
			return false;
		if (i < 4)
			out[i] = cell;
	}
	return true;
}

/* Where each row begins: they are called several times each, and there may be many. */
static void find_rows(struct broker *broker)
{
	size_t room = 64;
	size_t place = 0;

	broker->input_rows = xrealloc(NULL, room, sizeof(*broker->input_rows));
	while (broker->input.len - place > sizeof(uint32_t)) {
		struct wire message = {.at = place + sizeof(uint32_t) + 1}; /* behind the type */
		struct cell ignored[4];
		uint32_t len;

		memcpy(&len, broker->input.data + place, sizeof(len));
		place += sizeof(uint32_t) + len;
		message.data = (unsigned char *)(uintptr_t)broker->input.data; /* only read */
		message.len = place;
		while (!wire_at_end(&message)) {
			size_t at = message.at;

			if (!get_row(&message, broker->input_columns, ignored))
				return;
			if (broker->input_row_count == room)
				broker->input_rows = xrealloc(broker->input_rows, room *= 2,
							      sizeof(*broker->input_rows));
			broker->input_rows[broker->input_row_count++] = at;
		}
	}
}

static bool find_row(struct broker *broker, uint32_t row, struct cell out[4])
{
	struct wire message = {.data = (unsigned char *)(uintptr_t)broker->input.data,
			       .len = broker->input.len}; /* it is only read */

	if (!broker->input_rows)
		find_rows(broker);
	if (row >= broker->input_row_count)
		return false;
	message.at = broker->input_rows[row];
	return get_row(&message, broker->input_columns, out);
}

static bool set_address(struct call_target *target, struct span text, uint64_t port)
{
	struct err err;
	u128 number;
	int family;

	if (port == 0 || port > 65535 || inet_parse(text, &family, &number, &err) < 0)
		return false;
	if (family == AF_INET) {
		target->address.ip4 =
		    (struct sockaddr_in){.sin_family = AF_INET,
					 .sin_port = htons((uint16_t)port),
					 .sin_addr.s_addr = htonl((uint32_t)number)};
		target->address_len = sizeof(target->address.ip4);
		return true;
	}
	target->address.ip6 =
	    (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	for (unsigned i = 0; i < 16; i++)
		target->address.ip6.sin6_addr.s6_addr[i] = (uint8_t)(number >> (120 - 8 * i));
	target->address_len = sizeof(target->address.ip6);
	return true;
}

bool call_find_target(struct broker *broker, uint32_t row, struct call_target *out)
{
	struct cell cells[4] = {{0}};

	*out = (struct call_target){0};
	if (broker->input_columns < 4 || !find_row(broker, row, cells))
		return false;
	out->namespace = cells[0].integer;
	out->is_udp = span_is(cells[1].text, "udp");
	return set_address(out, cells[2].text, cells[3].integer);
}
