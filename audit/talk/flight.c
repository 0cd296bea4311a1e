/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What follows ServerHello, in clear: see flight.h. */
#include "audit/talk/flight.h"

#include <string.h>

/* RFC 5246, 7.4; RFC 6066, 8 */
enum { CERTIFICATE = 11, KEY_EXCHANGE = 12, REQUEST = 13, HELLO_DONE = 14, STATUS = 22 };

static size_t number_at(const char *at)
{
	const unsigned char *bytes = (const unsigned char *)at;

	return (size_t)bytes[0] << 16 | (size_t)bytes[1] << 8 | bytes[2];
}

void flight_begin(struct flight *flight)
{
	*flight = (struct flight){.is_begun = true};
	buf_init(&flight->body, FLIGHT_MAX_CHAIN);
}

void flight_done(struct flight *flight)
{
	if (flight->is_begun)
		buf_done(&flight->body);
	*flight = (struct flight){0};
}

bool flight_next(struct span *list, struct span *out)
{
	size_t len;

	if (list->len < 3 || (len = number_at(list->data)) > list->len - 3)
		return false;
	*out = (struct span){list->data + 3, len};
	*list = (struct span){list->data + 3 + len, list->len - 3 - len};
	return true;
}

static enum talk broken(struct flight *flight, const char *reason)
{
	flight->reason = reason;
	return TALK_BROKEN;
}

static enum talk take_chain(struct flight *flight)
{
	struct span body = buf_span(&flight->body);
	struct span rest;
	struct span one;

	if (body.len < 3 || number_at(body.data) != body.len - 3)
		return broken(flight, "its chain is not of the length that it says");
	rest = flight->chain = (struct span){body.data + 3, body.len - 3};
	while (rest.len > 0)
		if (!flight_next(&rest, &one) || one.len == 0)
			return broken(flight, "its chain is cut short");
	return flight->chain.len > 0 ? TALK_MORE : broken(flight, "it shows no certificate");
}

/* The head of a message is whole. */
static enum talk begin_message(struct flight *flight)
{
	unsigned type = flight->head[0];

	flight->left = number_at((const char *)flight->head + 1);
	if ((type == CERTIFICATE) == (flight->chain.len > 0))
		return broken(flight, "its chain does not follow ServerHello");
	if (type == CERTIFICATE)
		return flight->left <= FLIGHT_MAX_CHAIN
			   ? TALK_MORE
			   : broken(flight, "its chain is larger than 100 KiB");
	if (type == HELLO_DONE)
		return flight->left == 0 ? TALK_DONE : broken(flight, "its flight ends oddly");
	if (type != KEY_EXCHANGE && type != REQUEST && type != STATUS)
		return broken(flight, "its flight has what does not belong there");
	flight->wants_certificate |= type == REQUEST;
	return flight->left <= FLIGHT_MAX_OTHER ? TALK_MORE
						: broken(flight, "it says more than anybody needs");
}

static enum talk end_message(struct flight *flight)
{
	flight->head_len = 0;
	return flight->head[0] == CERTIFICATE ? take_chain(flight) : TALK_MORE;
}

static enum talk step(struct flight *flight, struct span *in)
{
	size_t taken;

	if (flight->head_len < sizeof(flight->head)) {
		flight->head[flight->head_len++] = (unsigned char)in->data[0];
		*in = (struct span){in->data + 1, in->len - 1};
		if (flight->head_len < sizeof(flight->head))
			return TALK_MORE;
		if (begin_message(flight) != TALK_MORE)
			return flight->reason ? TALK_BROKEN : TALK_DONE;
	} else {
		taken = in->len < flight->left ? in->len : flight->left;
		if (flight->head[0] == CERTIFICATE)
			buf_put(&flight->body, in->data, taken);
		flight->left -= taken;
		*in = (struct span){in->data + taken, in->len - taken};
	}
	return flight->left == 0 ? end_message(flight) : TALK_MORE;
}

enum talk flight_feed(struct flight *flight, struct span in)
{
	enum talk talk = TALK_MORE;

	while (talk == TALK_MORE && in.len > 0)
		talk = step(flight, &in);
	return talk;
}
