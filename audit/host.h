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

/* For host_calls.c: ends what is still being handed out, sends a message, receives the answer. */
int host_settle(struct host *host, struct err *err) MUST_CHECK;
void host_send(struct host *host, const struct wire *message);
int host_receive(struct host *host, struct wire **in, uint8_t *type, struct err *err) MUST_CHECK;

#endif
