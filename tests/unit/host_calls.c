/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls as the jail makes them: what is gathered for one message, and answers of all sorts. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "audit/host.h"
#include "audit/message.h"
#include "lib/own.h"
#include "tests/tap.h"

static struct heard_event heard[4];
static int last; /* of host_hear() */
static bool is_asking;

static int collect(struct host *host, struct err *err)
{
	unsigned count = 0;

	if (host_call(host, 0, 7, 3, 100, err) < 0 || host_call(host, 0, 8, 4, 100, err) < 0 ||
	    host_say(host, 3, span_of("hello"), err) < 0 || host_hang_up(host, 4, err) < 0)
		return -1;
	while (count < 4 && (last = host_hear(host, &heard[count], err)) > 0)
		if (++count == 1 && is_asking && host_ask(host, 1, err) < 0)
			return -1;
	return last < 0 ? -1 : 0;
}

static const struct probe probe = {
    .about = "calls",
    COLUMNS({"name", TEXT, "of nothing"}),
    NEEDS({CALL, ""}, {READ, "/proc/modules"}),
    .collect = collect,
};

static void put_event(struct wire *out, unsigned slot, unsigned kind, const char *text)
{
	wire_put_u32(out, slot);
	wire_put_u8(out, (uint8_t)kind);
	wire_put_u32(out, 0);
	wire_put_span(out, span_of(text));
}

struct channel {
	int ends[2];
	int rows[2];
	struct wire out;
};

static void begin(struct channel *channel)
{
	struct err err;

	last = -2;
	memset(heard, 0, sizeof(heard));
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel->ends) < 0 ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel->rows) < 0)
		die("socketpair");
	wire_init(&channel->out);
	wire_begin(&channel->out, MESSAGE_HELLO);
	wire_put_u8(&channel->out, 1);
	if (wire_send(channel->ends[0], &channel->out, &err) < 0)
		die("%s", err.text);
	wire_begin(&channel->out, MESSAGE_HEARD);
}

/* Has the probe run over it; returns what it said first, and what else there is to be read. */
static void run(struct channel *channel, struct wire *said)
{
	struct err err;
	uint8_t type;

	if (wire_send(channel->ends[0], &channel->out, &err) < 0 ||
	    shutdown(channel->ends[0], SHUT_WR) < 0)
		die("%s", err.text);
	(void)host_run(&probe, channel->ends[1], channel->rows[1]);
	said->len = 0;
	if (wire_receive(channel->ends[0], said, &type, &err) < 0)
		die("%s", err.text);
	for (int i = 0; i < 2; i++) {
		own_close(&channel->ends[i]);
		own_close(&channel->rows[i]);
	}
	wire_done(&channel->out);
}

static void test_gathered(struct wire *said)
{
	struct channel channel;

	begin(&channel);
	put_event(&channel.out, 3, HEARD_OPEN, "");
	put_event(&channel.out, 4, HEARD_BYTES, "good day");
	put_event(&channel.out, CALL_SLOTS, HEARD_NOTHING, "");
	run(&channel, said);
	ok(heard[0].slot == 3 && heard[0].kind == HEARD_OPEN, "what one peer did");
	ok(heard[1].slot == 4 && heard[1].kind == HEARD_BYTES, "and, in the same answer, another");
	ok(last == 0, "until there is nothing more");
	said->at = 2 + 4 * 4;
	ok(said->data[0] == MESSAGE_HEAR && said->data[1] == CALL_OPEN &&
	       wire_get_u8(said) == CALL_OPEN,
	   "two calls are one message");
	said->at += 4 * 4;
	ok(wire_get_u8(said) == CALL_SAY && wire_get_u32(said) == 3 &&
	       span_is(wire_get_span(said, 99), "hello"),
	   "with what is said");
	ok(wire_get_u8(said) == CALL_HANG_UP && wire_get_u32(said) == 4, "who is hung up on");
	ok(wire_at_end(said) && !said->bad, "and the wish to hear");
}

static void test_broken(struct wire *said)
{
	struct channel channel;

	begin(&channel);
	put_event(&channel.out, 3, HEARD_OPEN, "");
	wire_put_u32(&channel.out, 4);
	run(&channel, said);
	ok(heard[0].kind == HEARD_OPEN && last == -1, "an event that is cut short is the end");
	begin(&channel);
	put_event(&channel.out, CALL_SLOTS, HEARD_OPEN, "");
	run(&channel, said);
	ok(last == -1, "so is a slot that there is not");
	begin(&channel);
	put_event(&channel.out, 3, HEARD_NOTHING + 1, "");
	run(&channel, said);
	ok(last == -1, "or an event that there is not");
	begin(&channel);
	wire_begin(&channel.out, MESSAGE_END);
	run(&channel, said);
	ok(last == -1, "or another message");
}

/* What is asked meanwhile takes nothing from what was heard. */
static void test_between(struct wire *said)
{
	struct channel channel;
	struct err err;

	begin(&channel);
	put_event(&channel.out, 3, HEARD_OPEN, "");
	put_event(&channel.out, 4, HEARD_OPEN, "");
	put_event(&channel.out, CALL_SLOTS, HEARD_NOTHING, "");
	if (wire_send(channel.ends[0], &channel.out, &err) < 0)
		die("%s", err.text);
	wire_begin(&channel.out, MESSAGE_END);
	is_asking = true;
	run(&channel, said);
	ok(heard[1].slot == 4 && last == 0, "a question between two events loses none");
}

int main(void)
{
	struct wire said;

	wire_init(&said);
	test_gathered(&said);
	test_broken(&said);
	test_between(&said);
	wire_done(&said);
	return done();
}
