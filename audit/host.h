/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The probe's view of the host: implements the functions of probe.h over two channels.
 */
#ifndef AUDIT_HOST_H
#define AUDIT_HOST_H

#include "audit/probe.h"
#include "lib/wire.h"

/* Runs the probe's collect() and sends what it says; returns the exit status of the process. */
int host_run(const struct probe *probe, int broker_fd, int main_fd);

/* The jail could not be closed: says so to main as an error, in place of running the probe. */
void host_fail_early(int main_fd, const struct err *why);

/* For host_asks.c: an ASK for the need of that index; its argument is put behind it. */
int host_begin_ask(struct host *host, struct wire *message, uint32_t index,
		   struct err *err) MUST_CHECK;
void host_send_ask(struct host *host, struct wire *message, uint32_t index);

/*
 * For host_calls.c. What is said of calls is gathered, and sent when the answer to it is waited
 * for: with many calls a message for each would cost more than what they say.
 */
struct host_calls {
	struct wire out;
	struct wire heard; /* the answer, as far as it was read */
};
struct host_calls *host_calls(struct host *host);
/* Ends what is still being handed out. */
int host_settle(struct host *host, struct err *err) MUST_CHECK;
/* As MESSAGE_CALLS or MESSAGE_HEAR. */
void host_send_calls(struct host *host, uint8_t type);
/* Waits for the answer, which is in `heard` then, behind its type. */
int host_receive_heard(struct host *host, uint8_t *type, struct err *err) MUST_CHECK;

#endif
