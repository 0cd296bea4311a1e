/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Carries many conversations at once between their machines (talk.h) and the peers: as many
 * as there are slots, the others behind them, so that a hundred peers that say nothing cost one
 * time-out.
 */
#ifndef AUDIT_TALK_CARRY_H
#define AUDIT_TALK_CARRY_H

#include "audit/probe.h"
#include "audit/talk/talk.h"

/* How a conversation came to its end. */
enum carry_end {
	CARRY_DONE,    /* the machine had all that it wanted */
	CARRY_BROKEN,  /* the peer does not keep to the protocol, or says too much */
	CARRY_ALERTED, /* its TLS ended it by an alert */
	CARRY_CLOSED,  /* the peer hung up */
	CARRY_SILENT,  /* time is over */
	CARRY_REFUSED  /* it never began */
};

/* Of a protocol. */
struct carry_machine {
	enum talk (*begin)(void *machine, struct buf *out); /* NULL: the peer begins */
	enum talk (*feed)(void *machine, struct span in, struct buf *out);
	/* once TLS is up: after TALK_START_TLS, or as the first of all for is_tls */
	enum talk (*begin_tls)(void *machine, struct buf *out);
};

struct conversation {
	struct conversation *next;
	unsigned row;        /* of the probe's input */
	unsigned timeout_ms; /* for all of it */
	const struct carry_machine *of;
	void *machine;
	bool is_tls; /* from the first byte on */
	/* Called once, at the end; returns the next conversation that is to be had, or NULL. */
	struct conversation *(*over)(struct conversation *over, enum carry_end end, int error);
	void *context; /* the probe's */
};

/* Has all of them, and what follows from them. */
int carry(struct host *host, unsigned need, struct conversation *queue, struct err *err) MUST_CHECK;

#endif
