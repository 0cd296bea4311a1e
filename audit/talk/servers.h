/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The frame of probes that ask the servers of their input all at once, one row and one
 * conversation each, and then put a row for each, in the order of the input.
 */
#ifndef AUDIT_TALK_SERVERS_H
#define AUDIT_TALK_SERVERS_H

#include "audit/talk/carry.h"
#include "audit/talk/words.h"

/* Columns that the input has first: namespace, protocol, the address and the port to call (so far
 * what a call needs, see probe.h), the address that the listener is bound to. */
#define SERVER_COLUMNS 5U
#define SERVER_MAX_COLUMNS 8U

/* What a probe keeps of one begins with this. It is the arena's, and zero behind this. */
struct server {
	struct conversation conversation; /* `machine` and `context` are the server itself */
	struct server *next;
	struct host *host;
	const struct words *words; /* gathered before any is asked; NULL: none are wanted */
	int64_t namespace;
	const char *bound;
	const char *address;
	int64_t port;
};

/* Of a probe; its first need is CALL, and WORDS_NEEDS are behind it where words are wanted. */
struct servers {
	size_t size;
	unsigned columns; /* of the input */
	unsigned timeout_ms;
	const struct carry_machine *machine;
	struct conversation *(*over)(struct conversation *over, enum carry_end end, int error);
	const struct words_of *words;                        /* or NULL */
	void (*init)(void *server, const struct value *row); /* or NULL */
	void (*put)(struct host *host, void *server);        /* its row; and it is done with */
};

int servers_ask(struct host *host, const struct servers *of, struct err *err) MUST_CHECK;

/* The columns namespace, address, port and asked. */
void server_put(struct host *host, const struct server *server);

#endif
