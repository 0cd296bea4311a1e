/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] Conversations with what listens on this host: see calls.h. */
#include "audit/calls.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lib/own.h"

#define MAX_CHUNK (16U << 10) /* bytes of one peer that a MESSAGE_HEARD carries */
#define HEARD_HEAD 13U        /* and what stands before them */

enum phase { FREE, CONNECTING, OPEN, FAILED };

struct call {
	enum phase phase;
	int fd;
	int error; /* of FAILED: waits to be told; of OPEN: nothing can be said any more */
	int64_t deadline_ms;
	size_t heard; /* bytes */
	struct buf out;
	size_t said; /* of them */
};

struct calls {
	struct call list[CALL_SLOTS];
	int64_t end_ms; /* of all calls */
	unsigned next;  /* whose turn it is: nobody is served twice before all others */
	unsigned used;  /* no slot from this one on ever was */
};

static int64_t now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int broke(struct err *err)
{
	return err_set(err, "the jail broke the protocol");
}

/* ---- a call ---- */

/* From the address to itself: a peer sees one that is not loopback's, unless that was called; and
 * bind(2) refuses an address that the namespace does not have. */
static int bind_own(int fd, const struct call_target *target)
{
	struct call_target own = *target;

	if (own.address.any.sa_family == AF_INET)
		own.address.ip4.sin_port = 0;
	else
		own.address.ip6.sin6_port = 0;
	return bind(fd, &own.address.any, own.address_len);
}

static int enter(struct broker *broker, uint64_t namespace)
{
	if (broker->entered == namespace && namespace != 0)
		return 0;
	broker->entered = 0;
	for (size_t i = 0; i < broker->namespaces->count; i++) {
		if (broker->namespaces->items[i].inode != namespace)
			continue;
		if (namespaces_enter(&broker->namespaces->items[i]) < 0)
			return -1;
		broker->entered = namespace;
		return 0;
	}
	errno = ENOENT;
	return -1;
}

static int dial(struct broker *broker, const struct call_target *target)
{
	auto_close int fd = -1;

	if (enter(broker, target->namespace) < 0)
		return -1;
	fd = socket(target->address.any.sa_family,
		    (target->is_udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind_own(fd, target) < 0 ||
	    (connect(fd, &target->address.any, target->address_len) < 0 && errno != EINPROGRESS))
		return -1;
	return steal_fd(&fd);
}

/*
 * All calls are over before the probe's deadline is, and it can tell of those who did answer: one
 * peer that drags on, try after try, would else cost the rows of all others.
 */
static struct calls *calls_of(struct broker *broker)
{
	if (broker->calls)
		return broker->calls;
	broker->calls = xcalloc(1, sizeof(*broker->calls));
	broker->calls->end_ms =
	    broker->timeout_ms > 0 ? now_ms() + broker->timeout_ms * 3L / 4 : INT64_MAX;
	return broker->calls;
}

static void end_call(struct call *call)
{
	own_close(&call->fd);
	buf_done(&call->out);
	*call = (struct call){.fd = -1};
}

static void fail_call(struct call *call, int error)
{
	own_close(&call->fd);
	call->fd = -1; /* the number may soon be another call's */
	call->phase = FAILED;
	call->error = error;
}

/*
 * Sends what there is to be said, as far as the peer takes it. Whoever takes no more may have said
 * why before it went, and that is heard first.
 */
static void flush_call(struct call *call)
{
	while (call->said < call->out.len) {
		ssize_t sent = send(call->fd, call->out.data + call->said,
				    call->out.len - call->said, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0) {
			if (errno == EAGAIN)
				return;
			call->error = errno;
			break;
		}
		call->said += (size_t)sent;
	}
	buf_clear(&call->out);
	call->said = 0;
}

static bool is_declared(const struct broker *broker, uint32_t need)
{
	return need < broker->probe->need_count && broker->probe->needs[need].kind == CALL;
}

int calls_open(struct broker *broker, struct wire *message, struct err *err)
{
	uint32_t need = wire_get_u32(message);
	uint32_t row = wire_get_u32(message);
	uint32_t slot = wire_get_u32(message);
	uint32_t timeout_ms = wire_get_u32(message);
	struct call_target target;
	struct call *call;

	if (message->bad || slot >= CALL_SLOTS || timeout_ms > CALL_MAX_MS ||
	    !is_declared(broker, need) || calls_of(broker)->list[slot].phase != FREE ||
	    !call_find_target(broker, row, &target))
		return broke(err);
	if (broker->calls->used <= slot)
		broker->calls->used = slot + 1;
	call = &broker->calls->list[slot];
	*call = (struct call){.phase = CONNECTING, .deadline_ms = now_ms() + timeout_ms};
	if (call->deadline_ms > broker->calls->end_ms)
		call->deadline_ms = broker->calls->end_ms;
	buf_init(&call->out, CALL_MAX_SAID);
	call->fd = dial(broker, &target);
	if (call->fd < 0)
		fail_call(call, errno);
	return 0;
}

static struct call *find_call(struct broker *broker, struct wire *message)
{
	uint32_t slot = wire_get_u32(message);

	if (message->bad || slot >= CALL_SLOTS || !broker->calls ||
	    broker->calls->list[slot].phase == FREE)
		return NULL;
	return &broker->calls->list[slot];
}

int calls_say(struct broker *broker, struct wire *message, struct err *err)
{
	struct call *call = find_call(broker, message);
	struct span said = wire_get_span(message, WIRE_MAX);

	if (!call || message->bad)
		return broke(err);
	buf_put(&call->out, said.data, said.len);
	if (call->out.overflowed && call->phase != FAILED)
		fail_call(call, EMSGSIZE);
	return 0;
}

int calls_hang_up(struct broker *broker, struct wire *message, struct err *err)
{
	struct call *call = find_call(broker, message);

	if (!call)
		return broke(err);
	if (call->phase == OPEN) /* what is said last is sent, too */
		flush_call(call);
	end_call(call);
	return 0;
}

/* ---- what peers do ---- */

static void put_heard(struct broker *broker, unsigned slot, enum heard kind, int error,
		      struct span data)
{
	wire_put_u32(&broker->out, slot);
	wire_put_u8(&broker->out, (uint8_t)kind);
	wire_put_u32(&broker->out, (uint32_t)error);
	wire_put_span(&broker->out, data);
}

static void finish_connect(struct broker *broker, unsigned slot)
{
	struct call *call = &broker->calls->list[slot];
	socklen_t len = sizeof(int);
	int error = 0;

	if (getsockopt(call->fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0)
		error = errno;
	if (error) {
		fail_call(call, error);
		return;
	}
	call->phase = OPEN;
	put_heard(broker, slot, HEARD_OPEN, 0, (struct span){NULL, 0});
}

static void take_bytes(struct broker *broker, unsigned slot)
{
	struct call *call = &broker->calls->list[slot];
	char chunk[MAX_CHUNK];
	ssize_t got = recv(call->fd, chunk, sizeof(chunk), 0);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got < 0) {
		fail_call(call, errno);
		return;
	}
	if (got == 0 && call->error) {
		fail_call(call, call->error);
		return;
	}
	call->heard += (size_t)got;
	if (call->heard > CALL_MAX_HEARD) {
		fail_call(call, EMSGSIZE);
		return;
	}
	put_heard(broker, slot, got == 0 ? HEARD_END : HEARD_BYTES, 0,
		  (struct span){chunk, (size_t)got});
	if (got == 0)
		end_call(call);
}

/* What it has to tell is put behind what is in broker->out. */
static void serve_call(struct broker *broker, unsigned slot, short events)
{
	struct call *call = &broker->calls->list[slot];

	if (call->phase == CONNECTING) {
		if (events & (POLLOUT | POLLERR | POLLHUP))
			finish_connect(broker, slot);
		return;
	}
	if (call->phase == OPEN && (events & POLLOUT))
		flush_call(call);
	if (call->phase == OPEN && (events & (POLLIN | POLLERR | POLLHUP)))
		take_bytes(broker, slot);
}

static bool has_room(const struct broker *broker)
{
	return wire_room(&broker->out) >= HEARD_HEAD + MAX_CHUNK;
}

static void tell_failures(struct broker *broker)
{
	int64_t now = now_ms();

	for (unsigned slot = 0; slot < broker->calls->used && has_room(broker); slot++) {
		struct call *call = &broker->calls->list[slot];

		if (call->phase != FREE && call->phase != FAILED && now >= call->deadline_ms)
			fail_call(call, ETIMEDOUT);
		if (call->phase != FAILED)
			continue;
		put_heard(broker, slot, HEARD_FAILED, call->error, (struct span){NULL, 0});
		end_call(call);
	}
}

static int64_t first_deadline(const struct calls *calls)
{
	int64_t first = INT64_MAX;

	for (unsigned i = 0; i < calls->used; i++)
		if (calls->list[i].phase != FREE && calls->list[i].deadline_ms < first)
			first = calls->list[i].deadline_ms;
	return first;
}

static void wait_for_peers(struct calls *calls, struct pollfd polled[CALL_SLOTS])
{
	int64_t rest = first_deadline(calls) - now_ms();

	for (unsigned i = 0; i < calls->used; i++) {
		struct call *call = &calls->list[i];

		/* in one piece: who hangs up at its first half would answer the second by a reset,
		 * and what it has said would be lost */
		if (call->phase == OPEN && call->said < call->out.len)
			flush_call(call);
		polled[i] = (struct pollfd){.fd = call->phase == FREE ? -1 : call->fd};
		polled[i].events = call->phase == CONNECTING ? POLLOUT : POLLIN;
		if (call->phase == OPEN && call->said < call->out.len)
			polled[i].events |= POLLOUT;
	}
	/* a deadline is never further away than CALL_MAX_MS; EINTR: the next round asks again */
	(void)poll(polled, calls->used, rest < 0 ? 0 : (int)rest);
}

/* Each peer once, so that none is heard of twice in one message. */
static void serve_peers(struct broker *broker)
{
	struct calls *calls = broker->calls;
	struct pollfd polled[CALL_SLOTS];
	unsigned first = calls->next;

	wait_for_peers(calls, polled);
	for (unsigned i = 0; i < calls->used && has_room(broker); i++) {
		unsigned slot = (first + i) % calls->used;

		if (!polled[slot].revents)
			continue;
		serve_call(broker, slot, polled[slot].revents);
		calls->next = slot + 1;
	}
}

void calls_hear(struct broker *broker)
{
	const struct calls *calls = calls_of(broker);

	wire_begin(&broker->out, MESSAGE_HEARD);
	for (;;) {
		tell_failures(broker);
		if (broker->out.len > 1)
			return;
		if (first_deadline(calls) == INT64_MAX) {
			put_heard(broker, CALL_SLOTS, HEARD_NOTHING, 0, (struct span){NULL, 0});
			return;
		}
		serve_peers(broker);
		if (broker->out.len > 1)
			return;
	}
}
