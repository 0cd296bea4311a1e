/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Carries conversations: see carry.h. */
#include "audit/talk/carry.h"

#include <errno.h>

#include "audit/message.h"
#include "audit/talk/tls.h"
#include "lib/own.h"

struct line {
	struct conversation *conversation; /* NULL: free */
	size_t heard;
	bool is_open;
	struct tls *tls; /* or NULL */
	bool is_tls_up;
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

	tls_end(carrier->lines[slot].tls);
	carrier->lines[slot] = (struct line){0};
	carrier->open--;
	if (next)
		enqueue(carrier, next);
}

static int hang_up(struct carrier *carrier, unsigned slot, enum carry_end end, struct err *err)
{
	if (host_hang_up(carrier->host, slot, err) < 0)
		return -1;
	finish(carrier, slot, end, 0);
	return 0;
}

static int say(struct carrier *carrier, unsigned slot, const struct buf *out, struct err *err)
{
	return out->len == 0 ? 0 : host_say(carrier->host, slot, buf_span(out), err);
}

static int start_tls(struct carrier *carrier, unsigned slot, struct err *err)
{
	struct line *line = &carrier->lines[slot];
	struct buf out auto_buf;

	buf_init(&out, CALL_MAX_SAID);
	line->tls = line->tls ? NULL : tls_start(&out); /* not twice */
	if (!line->tls || !line->conversation->of->begin_tls)
		return hang_up(carrier, slot, CARRY_BROKEN, err);
	return say(carrier, slot, &out, err);
}

/* What the machine wants now: to say something, to go on, or to hang up. */
static int take_turn(struct carrier *carrier, unsigned slot, enum talk turn, const struct buf *said,
		     struct err *err)
{
	struct line *line = &carrier->lines[slot];
	struct buf out auto_buf;

	buf_init(&out, CALL_MAX_SAID);
	if (line->is_tls_up && tls_say(line->tls, buf_span(said), &out) < 0)
		return hang_up(carrier, slot, CARRY_BROKEN, err);
	if (say(carrier, slot, line->is_tls_up ? &out : said, err) < 0)
		return -1;
	switch (turn) {
	case TALK_MORE:
		return said->overflowed || out.overflowed
			   ? hang_up(carrier, slot, CARRY_BROKEN, err)
			   : 0;
	case TALK_START_TLS:
		return start_tls(carrier, slot, err);
	case TALK_DONE:
		return hang_up(carrier, slot, CARRY_DONE, err);
	case TALK_BROKEN:
		break;
	}
	return hang_up(carrier, slot, CARRY_BROKEN, err);
}

static int on_open(struct carrier *carrier, unsigned slot, struct err *err)
{
	struct line *line = &carrier->lines[slot];
	struct buf out auto_buf;
	enum talk turn = TALK_MORE;

	buf_init(&out, CALL_MAX_SAID);
	line->is_open = true;
	if (line->conversation->is_tls)
		return start_tls(carrier, slot, err);
	if (line->conversation->of->begin)
		turn = line->conversation->of->begin(line->conversation->machine, &out);
	return take_turn(carrier, slot, turn, &out, err);
}

/* Bytes of TLS: records of its own, and what the peer says within. */
static int on_records(struct carrier *carrier, unsigned slot, struct span bytes, struct err *err)
{
	struct line *line = &carrier->lines[slot];
	const struct carry_machine *of = line->conversation->of;
	struct buf plain auto_buf;
	struct buf records auto_buf;
	struct buf out auto_buf;
	enum talk turn = TALK_MORE;
	int result;

	buf_init(&plain, TALK_MAX_BYTES);
	buf_init(&records, CALL_MAX_SAID);
	buf_init(&out, CALL_MAX_SAID);
	result = tls_feed(line->tls, bytes, &plain, &records);
	if (say(carrier, slot, &records, err) < 0)
		return -1;
	if (result <= 0)
		return result == 0
			   ? 0
			   : hang_up(carrier, slot,
				     tls_was_refused(line->tls) ? CARRY_ALERTED : CARRY_BROKEN,
				     err);
	if (!line->is_tls_up)
		turn = of->begin_tls(line->conversation->machine, &out);
	line->is_tls_up = true;
	if (turn == TALK_MORE && plain.len > 0)
		turn = of->feed(line->conversation->machine, buf_span(&plain), &out);
	return take_turn(carrier, slot, turn, &out, err);
}

static int on_bytes(struct carrier *carrier, unsigned slot, struct span bytes, struct err *err)
{
	struct line *line = &carrier->lines[slot];
	struct buf out auto_buf;

	buf_init(&out, CALL_MAX_SAID);
	line->heard += bytes.len;
	if (line->heard > TALK_MAX_BYTES)
		return hang_up(carrier, slot, CARRY_BROKEN, err);
	if (line->tls)
		return on_records(carrier, slot, bytes, err);
	return take_turn(carrier, slot,
			 line->conversation->of->feed(line->conversation->machine, bytes, &out),
			 &out, err);
}

static int take_event(struct carrier *carrier, const struct heard_event *event, struct err *err)
{
	if (!carrier->lines[event->slot].conversation)
		/* live it cannot be: root's side tells of calls that were made */
		return err_set(err,
			       "a peer was recorded that does not fit: TLS cannot be replayed");
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
