/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Carries conversations: see carry.h. */
#include "audit/talk/carry.h"

#include <errno.h>

#include "audit/message.h"
#include "lib/own.h"

struct line {
	struct conversation *conversation; /* NULL: free */
	size_t heard;
	bool is_open;
};

struct carrier {
	struct host *host;
	unsigned need;
	struct conversation *first; /* waiting */
	struct conversation **end;
	unsigned open;
	struct line lines[CALL_SLOTS];
};

static void enqueue(struct carrier *carrier, struct conversation *conversation)
{
	conversation->next = NULL;
	*carrier->end = conversation;
	carrier->end = &conversation->next;
}

static int start_waiting(struct carrier *carrier, struct err *err)
{
	for (unsigned slot = 0; slot < CALL_SLOTS && carrier->first; slot++) {
		struct conversation *at = carrier->first;

		if (carrier->lines[slot].conversation)
			continue;
		carrier->first = at->next;
		if (!carrier->first)
			carrier->end = &carrier->first;
		carrier->lines[slot] = (struct line){.conversation = at};
		carrier->open++;
		if (host_call(carrier->host, carrier->need, at->row, slot, at->timeout_ms, err) < 0)
			return -1;
	}
	return 0;
}

static void finish(struct carrier *carrier, unsigned slot, enum carry_end end, int error)
{
	struct conversation *over = carrier->lines[slot].conversation;
	struct conversation *next = over->over ? over->over(over, end, error) : NULL;

	carrier->lines[slot] = (struct line){0};
	carrier->open--;
	if (next)
		enqueue(carrier, next);
}

/* What the machine wants now: to say something, to go on, or to hang up. */
static int take_turn(struct carrier *carrier, unsigned slot, enum talk turn, struct buf *out,
		     struct err *err)
{
	if (out->len > 0 && host_say(carrier->host, slot, buf_span(out), err) < 0)
		return -1;
	if (turn == TALK_MORE && !out->overflowed)
		return 0;
	if (host_hang_up(carrier->host, slot, err) < 0)
		return -1;
	finish(carrier, slot, turn == TALK_DONE ? CARRY_DONE : CARRY_BROKEN, 0);
	return 0;
}

static int on_open(struct carrier *carrier, unsigned slot, struct err *err)
{
	struct line *line = &carrier->lines[slot];
	struct buf out auto_buf;
	enum talk turn = TALK_MORE;

	buf_init(&out, CALL_MAX_SAID);
	line->is_open = true;
	if (line->conversation->of->begin)
		turn = line->conversation->of->begin(line->conversation->machine, &out);
	return take_turn(carrier, slot, turn, &out, err);
}

static int on_bytes(struct carrier *carrier, unsigned slot, struct span bytes, struct err *err)
{
	struct line *line = &carrier->lines[slot];
	struct buf out auto_buf;
	enum talk turn = TALK_BROKEN;

	buf_init(&out, CALL_MAX_SAID);
	line->heard += bytes.len;
	if (line->heard <= TALK_MAX_BYTES)
		turn = line->conversation->of->feed(line->conversation->machine, bytes, &out);
	return take_turn(carrier, slot, turn, &out, err);
}

static int take_event(struct carrier *carrier, const struct heard_event *event, struct err *err)
{
	if (!carrier->lines[event->slot].conversation)
		return err_set(err, "root's side broke the protocol");
	switch (event->kind) {
	case HEARD_OPEN:
		return on_open(carrier, event->slot, err);
	case HEARD_BYTES:
		return on_bytes(carrier, event->slot, event->data, err);
	case HEARD_END:
		finish(carrier, event->slot, CARRY_CLOSED, 0);
		return 0;
	case HEARD_FAILED:
	case HEARD_NOTHING:
		finish(carrier, event->slot,
		       !carrier->lines[event->slot].is_open ? CARRY_REFUSED
		       : event->error == ETIMEDOUT          ? CARRY_SILENT
		       : event->error == EMSGSIZE           ? CARRY_BROKEN
							    : CARRY_CLOSED,
		       event->error);
		return 0;
	}
	return 0;
}

int carry(struct host *host, unsigned need, struct conversation *queue, struct err *err)
{
	struct carrier *carrier = arena_alloc(host_arena(host), 1, sizeof(*carrier));
	struct heard_event event;
	int got = 1;

	carrier->host = host;
	carrier->need = need;
	carrier->end = &carrier->first;
	while (queue) {
		struct conversation *at = queue;

		queue = at->next;
		enqueue(carrier, at);
	}
	while (got > 0) {
		if (start_waiting(carrier, err) < 0)
			return -1;
		if (carrier->open == 0)
			return 0;
		got = host_hear(host, &event, err);
		if (got > 0 && take_event(carrier, &event, err) < 0)
			return -1;
	}
	return got < 0 ? -1 : err_set(err, "root's side lost a call");
}
