/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] Conversations with what listens on this host: root connects, and carries bytes between the
 * jail and the peer without a look at them. The jail names a row of its probe's input, whose first
 * columns are namespace, protocol, address and port; only an address that the namespace itself has
 * is called, so that no lie of a probe makes root speak to another machine.
 *
 * All calls of a probe are served at once: a peer that says nothing costs its own time and no
 * other's.
 */
#ifndef AUDIT_CALLS_H
#define AUDIT_CALLS_H

#include <netinet/in.h>
#include <sys/socket.h>

#include "audit/broker.h"

struct calls;

struct call_target {
	uint64_t namespace;
	bool is_udp;
	union {
		struct sockaddr any;
		struct sockaddr_in ip4;
		struct sockaddr_in6 ip6;
	} address;
	socklen_t address_len;
};

/* call_target.c: whom the row of broker->input names; false where it names nobody. */
bool call_find_target(struct broker *broker, uint32_t row, struct call_target *out);

/* Each takes its fields of the jail's message. -1: the jail broke the protocol. */
int calls_open(struct broker *broker, struct wire *message, struct err *err) MUST_CHECK;
int calls_say(struct broker *broker, struct wire *message, struct err *err) MUST_CHECK;
int calls_hang_up(struct broker *broker, struct wire *message, struct err *err) MUST_CHECK;
/* Waits until peers do something, and fills broker->out with a MESSAGE_HEARD of what they did. */
void calls_hear(struct broker *broker);

#endif
