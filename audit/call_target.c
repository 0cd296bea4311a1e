/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] Whom a row of the input names: see calls.h. Its bytes are what input.c wrote. */
#include <arpa/inet.h>
#include <string.h>

#include "audit/calls.h"
#include "lib/inet.h"

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

static bool find_row(const struct broker *broker, uint32_t row, struct cell out[4])
{
	struct span rest = broker->input;

	while (rest.len > sizeof(uint32_t)) {
		uint32_t len;
		struct wire message;

		memcpy(&len, rest.data, sizeof(len));
		message = (struct wire){.data = (unsigned char *)(uintptr_t)rest.data + sizeof(len),
					.len = len,
					.at = 1}; /* behind the type; it is only read */
		while (!wire_at_end(&message)) {
			if (!get_row(&message, broker->input_columns, out))
				return false;
			if (row-- == 0)
				return true;
		}
		rest = (struct span){rest.data + sizeof(len) + len, rest.len - sizeof(len) - len};
	}
	return false;
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

bool call_find_target(const struct broker *broker, uint32_t row, struct call_target *out)
{
	struct cell cells[4] = {{0}};

	*out = (struct call_target){0};
	if (broker->input_columns < 4 || !find_row(broker, row, cells))
		return false;
	out->namespace = cells[0].integer;
	out->is_udp = span_is(cells[1].text, "udp");
	return set_address(out, cells[2].text, cells[3].integer);
}
