/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The probe's view of the host: see probe.h for what each function promises. */
#include "audit/host.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "audit/message.h"
#include "lib/own.h"
#include "lib/text.h"

struct host {
	const struct probe *probe;
	int broker_fd;
	int main_fd;
	bool is_privileged;
	struct arena arena;

	struct wire in; /* the message being read */
	uint8_t in_type;
	bool in_open;      /* an ASK was made, and its END has not come */
	unsigned asked;    /* the need it was for */
	struct buf pieces; /* an item that came in several messages */
	char path[MESSAGE_MAX_PATH + 1];

	struct host_calls calls;

	struct wire rows;   /* the message being filled */
	size_t row_start;   /* where the current row begins in it */
	unsigned column;    /* of the current row, the next one */
	struct buf escaped; /* text on its way into a row */

	enum coverage status;
	char detail[MESSAGE_MAX_DETAIL];
};

/* The channels are the process' whole world: without them there is nothing left to say it to. */
static void send_or_end(int fd, const struct wire *message)
{
	struct err err;

	if (wire_send(fd, message, &err) < 0)
		die("jail: %s", err.text);
}

static int receive(struct host *host, struct err *err)
{
	int got = wire_receive(host->broker_fd, &host->in, &host->in_type, err);

	if (got == 0)
		return err_set(err, "root's side broke off");
	return got < 0 ? -1 : 0;
}

/* The rest of an answer that the probe did not want to its end. */
static int skip_rest(struct host *host, struct err *err)
{
	while (host->in_open) {
		if (receive(host, err) < 0)
			return -1;
		host->in_open = host->in_type != MESSAGE_END;
	}
	return 0;
}

int host_begin_ask(struct host *host, struct wire *message, uint32_t index, struct err *err)
{
	if (skip_rest(host, err) < 0)
		return -1;
	wire_init(message);
	wire_begin(message, MESSAGE_ASK);
	wire_put_u32(message, index);
	return 0;
}

void host_send_ask(struct host *host, struct wire *message, uint32_t index)
{
	send_or_end(host->broker_fd, message);
	wire_done(message);
	host->in_open = true;
	host->asked = index;
	host->in.len = 0;
	host->in.at = 0;
}

int host_settle(struct host *host, struct err *err)
{
	return skip_rest(host, err);
}

struct host_calls *host_calls(struct host *host)
{
	return &host->calls;
}

void host_send_calls(struct host *host, uint8_t type)
{
	host->calls.out.data[0] = type;
	send_or_end(host->broker_fd, &host->calls.out);
	wire_begin(&host->calls.out, MESSAGE_CALLS);
}

int host_receive_heard(struct host *host, uint8_t *type, struct err *err)
{
	struct wire heard;

	if (receive(host, err) < 0)
		return -1;
	heard = host->in;
	host->in = host->calls.heard;
	host->in.len = host->in.at = 0;
	host->calls.heard = heard;
	*type = host->in_type;
	return 0;
}

int host_ask(struct host *host, unsigned need, struct err *err)
{
	struct wire message;

	if (host_begin_ask(host, &message, need, err) < 0)
		return -1;
	host_send_ask(host, &message, need);
	return 0;
}

static int protocol_error(struct err *err)
{
	return err_set(err, "root's side broke the protocol");
}

/* The rest of an item that is larger than one message. */
static int read_pieces(struct host *host, struct item *out, uint8_t flags, struct err *err)
{
	buf_clear(&host->pieces);
	buf_put(&host->pieces, out->data.data, out->data.len);
	while (flags & ITEM_MORE) {
		struct span piece;

		if (receive(host, err) < 0)
			return -1;
		flags = wire_get_u8(&host->in);
		piece = wire_get_span(&host->in, WIRE_MAX);
		buf_put(&host->pieces, piece.data, piece.len);
		if (host->in_type != MESSAGE_PIECE || host->in.bad || host->pieces.overflowed)
			return protocol_error(err);
	}
	out->is_cut = (flags & ITEM_CUT) != 0;
	out->data = buf_span(&host->pieces);
	return 0;
}

int host_next(struct host *host, struct item *out, struct err *err)
{
	struct span path;
	uint8_t flags;

	while (host->in_open && wire_at_end(&host->in)) {
		if (receive(host, err) < 0)
			return -1;
		if (host->in_type == MESSAGE_END)
			host->in_open = false;
		else if (host->in_type != MESSAGE_ITEMS)
			return protocol_error(err);
	}
	if (!host->in_open)
		return 0;
	flags = wire_get_u8(&host->in);
	*out = (struct item){.path = host->path, .is_cut = (flags & ITEM_CUT) != 0};
	out->error = (int)wire_get_u32(&host->in);
	out->inode = wire_get_u64(&host->in);
	out->mode = wire_get_u32(&host->in);
	out->uid = wire_get_u32(&host->in);
	out->gid = wire_get_u32(&host->in);
	out->mtime = (int64_t)wire_get_u64(&host->in);
	out->exposed = wire_get_span(&host->in, MESSAGE_MAX_EXPOSED);
	path = wire_get_span(&host->in, MESSAGE_MAX_PATH);
	out->data = wire_get_span(&host->in, WIRE_MAX);
	if (host->in.bad)
		return protocol_error(err);
	memcpy(host->path, path.data, path.len);
	host->path[path.len] = '\0';
	if ((flags & ITEM_MORE) && read_pieces(host, out, flags, err) < 0)
		return -1;
	return 1;
}

int host_input(struct host *host, struct value *row, unsigned columns, struct err *err)
{
	if (!host->in_open || host->asked != ASK_INPUT) {
		struct wire message;

		if (host_begin_ask(host, &message, ASK_INPUT, err) < 0)
			return -1;
		host_send_ask(host, &message, ASK_INPUT);
	}
	while (wire_at_end(&host->in)) {
		if (receive(host, err) < 0)
			return -1;
		if (host->in_type == MESSAGE_END) {
			host->in_open = false;
			return 0;
		}
		if (host->in_type != MESSAGE_INPUT)
			return protocol_error(err);
	}
	for (unsigned i = 0; i < columns; i++) {
		uint8_t tag = wire_get_u8(&host->in);

		row[i] = (struct value){0};
		if (tag == VALUE_INTEGER)
			row[i].integer = (int64_t)wire_get_u64(&host->in);
		else if (tag == VALUE_TEXT)
			row[i].text = wire_get_span(&host->in, PROBE_MAX_TEXT);
		else
			row[i].is_null = true;
	}
	return host->in.bad ? protocol_error(err) : 1;
}

void host_incomplete(struct host *host, enum coverage status, const char *fmt, ...)
{
	va_list args;

	if (status <= host->status)
		return;
	host->status = status;
	va_start(args, fmt);
	(void)vsnprintf(host->detail, sizeof(host->detail), fmt, args);
	va_end(args);
}

void host_note(struct host *host, const char *fmt, ...)
{
	va_list args;

	if (host->status != COVERAGE_COMPLETE || host->detail[0])
		return;
	va_start(args, fmt);
	(void)vsnprintf(host->detail, sizeof(host->detail), fmt, args);
	va_end(args);
}

void host_item_failed(struct host *host, const struct item *item, const char *what)
{
	bool is_denied = item->error == EACCES || item->error == EPERM;

	host_incomplete(host, is_denied ? COVERAGE_DENIED : COVERAGE_PARTIAL, "%s: %s", what,
			item->error == ENODATA ? "recordings leave it out" : strerror(item->error));
}

bool host_is_privileged(const struct host *host)
{
	return host->is_privileged;
}

struct arena *host_arena(struct host *host)
{
	return &host->arena;
}

static void begin_rows(struct host *host)
{
	wire_begin(&host->rows, MESSAGE_ROWS);
	host->row_start = host->rows.len;
}

/*
 * Room for `size` bytes of the current row. When the message is full, the finished rows are sent
 * and the unfinished one moves to the front of the next message.
 */
static void make_room(struct host *host, size_t size)
{
	size_t begun = host->rows.len - host->row_start;
	unsigned char *start = host->rows.data + host->row_start;

	if (host->column >= host->probe->column_count)
		die("a row has more values than columns");
	host->column++;
	if (wire_room(&host->rows) >= size)
		return;
	if (begun + size + 1 > WIRE_MAX)
		die("a row is larger than %u bytes", WIRE_MAX);
	host->rows.len = host->row_start;
	send_or_end(host->main_fd, &host->rows);
	begin_rows(host);
	memmove(host->rows.data + host->row_start, start, begun);
	host->rows.len += begun;
}

void row_int(struct host *host, int64_t value)
{
	make_room(host, 1 + sizeof(uint64_t));
	wire_put_u8(&host->rows, VALUE_INTEGER);
	wire_put_u64(&host->rows, (uint64_t)value);
}

void row_null(struct host *host)
{
	make_room(host, 1);
	wire_put_u8(&host->rows, VALUE_NULL);
}

void row_span(struct host *host, struct span value)
{
	buf_clear(&host->escaped);
	text_escape(&host->escaped, value, PROBE_MAX_TEXT - 3); /* 3: the "…" of a cut */
	make_room(host, 1 + sizeof(uint32_t) + host->escaped.len);
	wire_put_u8(&host->rows, VALUE_TEXT);
	wire_put_span(&host->rows, buf_span(&host->escaped));
}

void row_text(struct host *host, const char *value)
{
	if (value)
		row_span(host, span_of(value));
	else
		row_null(host);
}

void row_end(struct host *host)
{
	if (host->column != host->probe->column_count)
		die("a row has fewer values than columns");
	host->column = 0;
	host->row_start = host->rows.len;
}

static void send_coverage(int main_fd, enum coverage status, const char *detail)
{
	struct wire message;
	struct buf safe auto_buf;

	buf_init(&safe, WIRE_MAX / 2);
	if (text_is_printable(span_of(detail))) /* what it quotes is escaped already */
		buf_text(&safe, detail);
	else
		text_escape(&safe, span_of(detail), MESSAGE_MAX_DETAIL - 4);
	wire_init(&message);
	wire_begin(&message, MESSAGE_COVERAGE);
	wire_put_u8(&message, (uint8_t)status);
	wire_put_span(&message, buf_span(&safe));
	send_or_end(main_fd, &message);
	wire_begin(&message, MESSAGE_DONE);
	send_or_end(main_fd, &message);
	wire_done(&message);
}

void host_fail_early(int main_fd, const struct err *why)
{
	send_coverage(main_fd, COVERAGE_ERROR, why->text);
}

static int greet(struct host *host, struct err *err)
{
	if (receive(host, err) < 0)
		return -1;
	host->is_privileged = wire_get_u8(&host->in) != 0;
	return host->in_type != MESSAGE_HELLO || host->in.bad ? protocol_error(err) : 0;
}

int host_run(const struct probe *probe, int broker_fd, int main_fd)
{
	struct host host = {.probe = probe, .broker_fd = broker_fd, .main_fd = main_fd};
	struct err err = {""};

	arena_init(&host.arena, PROBE_MAX_MEMORY);
	wire_init(&host.in);
	wire_init(&host.rows);
	wire_init(&host.calls.out);
	wire_begin(&host.calls.out, MESSAGE_CALLS);
	wire_init(&host.calls.heard);
	buf_init(&host.pieces, PROBE_MAX_ITEM);
	buf_init(&host.escaped, PROBE_MAX_TEXT);
	begin_rows(&host);
	if (greet(&host, &err) < 0 || probe->collect(&host, &err) < 0)
		host_incomplete(&host, COVERAGE_ERROR, "%s", err.text);
	host.rows.len = host.row_start; /* an unfinished row is not a row */
	if (host.rows.len > 1)
		send_or_end(main_fd, &host.rows);
	send_coverage(main_fd, host.status, host.detail);
	wire_done(&host.in);
	wire_done(&host.rows);
	wire_done(&host.calls.out);
	wire_done(&host.calls.heard);
	buf_done(&host.pieces);
	buf_done(&host.escaped);
	arena_done(&host.arena);
	return 0;
}
