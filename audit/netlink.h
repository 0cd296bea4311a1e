/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Reads the answers to netlink dumps that root handed on (a need of kind DUMP), with the
 * checks that every table made of them wants: each dump ended, none was interrupted or refused.
 */
#ifndef AUDIT_NETLINK_H
#define AUDIT_NETLINK_H

#include <libmnl/libmnl.h>

#include "audit/probe.h"

/*
 * One message of a dump; `namespace` is the inode of the network namespace. The message is whole,
 * its payload at least `min_payload` bytes, and attributes may be read with mnl_attr_parse().
 */
typedef void netlink_message_fn(const struct nlmsghdr *message, uint64_t namespace, void *context);

struct netlink_dump {
	unsigned need;      /* index in the probe's needs */
	unsigned parts;     /* requests that the dump consists of: each must end with NLMSG_DONE */
	uint16_t type;      /* of the messages that are wanted; 0: of all */
	size_t min_payload; /* size of the fixed header behind nlmsghdr */
	/* Called when the dump of a namespace is not whole, beside host_incomplete(); or NULL. */
	void (*broken)(uint64_t namespace, const char *why, void *context);
};

/*
 * Asks for the dump and calls `each`. 0: read; what was missing is said by host_incomplete().
 * 1: the kernel says that its tables changed meanwhile (NLM_F_DUMP_INTR): ask again. -1: error.
 */
int netlink_read(struct host *host, const struct netlink_dump *dump, netlink_message_fn *each,
		 void *context, struct err *err) MUST_CHECK;

/* The same for an answer that the caller has asked for. */
int netlink_answer(struct host *host, const struct netlink_dump *dump, netlink_message_fn *each,
		   void *context, struct err *err) MUST_CHECK;

/*
 * A table of one row for each message. Rows are kept until the dump was read as a whole, and the
 * dump is asked for again while the kernel says that it changed meanwhile.
 */
struct netlink_table {
	struct netlink_dump dump;
	const char *what; /* "routes", for the message about a table that never holds still */
	size_t row_size;
	/* Fills in a zeroed row; false: the message is none of the table's. */
	bool (*read)(const struct nlmsghdr *message, void *row);
	void (*put)(struct host *host, uint64_t namespace, const void *row);
};

/* The whole of a probe's collect(). */
int netlink_collect(struct host *host, const struct netlink_table *table,
		    struct err *err) MUST_CHECK;

#endif
