/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For the harnesses of the jail's side: what root would say is written into the channel first, as
 * far as it fits; then the probe runs over it in this process. What it says must please the
 * decoder of the other side, whatever it was told.
 */
#ifndef TESTS_FUZZ_CHANNEL_H
#define TESTS_FUZZ_CHANNEL_H

#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "audit/collect.h"
#include "audit/host.h"
#include "audit/message.h"
#include "audit/rows.h"
#include "lib/own.h"

/* Of one input: rows of it, escaped, must fit into a channel that nobody empties meanwhile. */
#define CHANNEL_MAX_INPUT 8192U

struct channel {
	int root[2]; /* root's end, the probe's end */
	int rows[2]; /* main's end, the probe's end */
	struct wire out;
};

__attribute__((unused)) static void channel_open(struct channel *channel)
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel->root) < 0 ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel->rows) < 0)
		die("socketpair");
	wire_init(&channel->out);
}

/* The message that was filled; dropped when the channel is full. */
__attribute__((unused)) static void channel_send(struct channel *channel)
{
	if (!channel->out.bad)
		(void)send(channel->root[0], channel->out.data, channel->out.len, MSG_DONTWAIT);
}

__attribute__((unused)) static void channel_hello(struct channel *channel, bool is_privileged)
{
	wire_begin(&channel->out, MESSAGE_HELLO);
	wire_put_u8(&channel->out, is_privileged);
	channel_send(channel);
}

__attribute__((unused)) static void channel_end(struct channel *channel)
{
	wire_begin(&channel->out, MESSAGE_END);
	channel_send(channel);
}

/* An item as the broker writes it, into a message of its own. */
__attribute__((unused)) static void channel_item(struct channel *channel, const char *path,
						 uint64_t inode, struct span data)
{
	struct wire *out = &channel->out;

	wire_begin(out, MESSAGE_ITEMS);
	wire_put_u8(out, 0);
	wire_put_u32(out, 0);
	wire_put_u64(out, inode);
	for (int i = 0; i < 3; i++)
		wire_put_u32(out, 0);
	wire_put_u64(out, 0);
	wire_put_span(out, span_of(""));
	wire_put_span(out, span_of(path));
	wire_put_span(out, data);
	channel_send(channel);
}

/* Everything that the probe said, through the decoder. */
static void channel_check(struct channel *channel, const struct probe *probe)
{
	struct rows rows = {.probe = probe};
	struct wire message = {.data = channel->out.data};
	struct err err;
	ssize_t got;

	while ((got = recv(channel->rows[0], message.data, WIRE_MAX, MSG_DONTWAIT)) > 0) {
		uint8_t type;

		message.len = (size_t)got;
		message.at = 0;
		message.bad = false;
		type = wire_get_u8(&message);
		if (rows_take(&rows, &message, type, &err) < 0)
			__builtin_trap();
	}
	if (!rows.is_done)
		__builtin_trap();
}

__attribute__((unused)) static void channel_run(struct channel *channel, const struct probe *probe)
{
	if (shutdown(channel->root[0], SHUT_WR) < 0)
		die("shutdown");
	if (host_run(probe, channel->root[1], channel->rows[1]) != 0)
		__builtin_trap();
	channel_check(channel, probe);
	for (int i = 0; i < 2; i++) {
		own_close(&channel->root[i]);
		own_close(&channel->rows[i]);
	}
	wire_done(&channel->out);
}

/*
 * The next part of the input: each stands behind its length, two bytes. False at the end.
 */
__attribute__((unused)) static bool channel_part(struct span *input, struct span *out)
{
	size_t len;

	if (input->len < 2)
		return false;
	len = (size_t)(unsigned char)input->data[0] | (size_t)(unsigned char)input->data[1] << 8;
	if (len > input->len - 2)
		len = input->len - 2;
	*out = (struct span){input->data + 2, len};
	*input = (struct span){input->data + 2 + len, input->len - 2 - len};
	return true;
}

/* The project's own probe of that name. */
__attribute__((unused)) static const struct probe *channel_probe(const char *name)
{
	int index = probe_find(probe_registry, name);

	if (index >= 0)
		return probe_registry[index].probe;
	die("there is no probe %s", name);
}

#endif
