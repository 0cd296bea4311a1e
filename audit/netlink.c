/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Answers to netlink dumps: see netlink.h. */
#include "audit/netlink.h"

#include <errno.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* One answer while it is read, and what is known of the namespace whose messages are coming in. */
struct reading {
	struct host *host;
	const struct netlink_dump *dump;
	netlink_message_fn *each;
	void *context;
	uint64_t namespace;
	unsigned done; /* NLMSG_DONE seen */
	bool failed;   /* said already */
	bool interrupted;
	/* netlink wants its headers aligned, and an item lies wherever its message put it */
	struct nlmsghdr *aligned;
	size_t capacity;
};

/* Netlink writes an errno with a minus; the least number has no positive one. */
static const char *reason(int negative)
{
	return strerror((int)-(unsigned)negative);
}

static void say_broken(struct reading *reading, const char *what, const char *why)
{
	char text[256];

	(void)snprintf(text, sizeof(text), "%s%s%s", what, why ? ": " : "", why ? why : "");
	host_incomplete(reading->host, COVERAGE_PARTIAL, "%s", text);
	if (reading->dump->broken)
		reading->dump->broken(reading->namespace, text, reading->context);
}

static void check_end(struct reading *reading)
{
	if (reading->namespace != 0 && !reading->failed && reading->done != reading->dump->parts)
		say_broken(reading, "a netlink dump ended early", NULL);
}

static void read_message(struct reading *reading, const struct nlmsghdr *message)
{
	size_t len = mnl_nlmsg_get_payload_len(message);

	if (message->nlmsg_flags & NLM_F_DUMP_INTR)
		reading->interrupted = true;
	if (message->nlmsg_type == NLMSG_DONE) {
		int status = 0;

		/* a dump that failed in its middle ends with DONE and the error in it */
		if (len >= sizeof(status))
			memcpy(&status, mnl_nlmsg_get_payload(message), sizeof(status));
		reading->done++;
		if (status < 0)
			say_broken(reading, "a netlink dump failed", reason(status));
	} else if (message->nlmsg_type == NLMSG_ERROR || message->nlmsg_type == NLMSG_OVERRUN) {
		const struct nlmsgerr *error = mnl_nlmsg_get_payload(message);

		reading->failed = true;
		say_broken(reading, "the kernel refused a netlink dump",
			   len >= sizeof(*error) ? reason(error->error) : "no reason given");
	} else if ((reading->dump->type == 0 || message->nlmsg_type == reading->dump->type) &&
		   len >= reading->dump->min_payload) {
		reading->each(message, reading->namespace, reading->context);
	}
}

/* mnl_nlmsg_ok() takes a length of 2 GiB and more for a negative number, which fits anywhere. */
static bool is_whole(const struct nlmsghdr *message, int left)
{
	return left >= (int)sizeof(*message) && message->nlmsg_len >= sizeof(*message) &&
	       message->nlmsg_len <= (unsigned)left;
}

static void read_datagram(struct reading *reading, struct span datagram)
{
	struct nlmsghdr *message;
	int left = (int)datagram.len;

	if (datagram.len > reading->capacity) {
		reading->aligned = arena_alloc(host_arena(reading->host), 1, datagram.len);
		reading->capacity = datagram.len;
	}
	message = reading->aligned;
	if (datagram.len > 0)
		memcpy(message, datagram.data, datagram.len);
	while (is_whole(message, left)) {
		read_message(reading, message);
		message = mnl_nlmsg_next(message, &left);
	}
	if (left > 0)
		say_broken(reading, "a netlink message is cut off", NULL);
}

static void item_failed(struct reading *reading, const struct item *item)
{
	if (item->inode == reading->namespace)
		reading->failed = true;
	host_item_failed(reading->host, item, "the network namespace of some processes");
	if (reading->dump->broken)
		reading->dump->broken(item->inode, strerror(item->error), reading->context);
}

int netlink_answer(struct host *host, const struct netlink_dump *dump, netlink_message_fn *each,
		   void *context, struct err *err)
{
	struct reading reading = {.host = host, .dump = dump, .each = each, .context = context};
	struct item item;
	int got;

	while ((got = host_next(host, &item, err)) > 0) {
		if (item.error) {
			item_failed(&reading, &item);
			continue;
		}
		if (item.inode != reading.namespace) {
			check_end(&reading);
			reading.namespace = item.inode;
			reading.done = 0;
			reading.failed = false;
		}
		read_datagram(&reading, item.data);
	}
	if (got < 0)
		return -1;
	check_end(&reading);
	return reading.interrupted ? 1 : 0;
}

int netlink_read(struct host *host, const struct netlink_dump *dump, netlink_message_fn *each,
		 void *context, struct err *err)
{
	if (host_ask(host, dump->need, err) < 0)
		return -1;
	return netlink_answer(host, dump, each, context, err);
}

#define TRIES 5 /* times that a dump is asked for before its table is called partial */

/* One row while its table is read. */
struct kept {
	struct kept *next;
	uint64_t namespace;
	alignas(max_align_t) unsigned char row[];
};

struct keeping {
	struct arena *arena;
	const struct netlink_table *table;
	struct kept *first;
	struct kept **end;
};

static void keep(const struct nlmsghdr *message, uint64_t namespace, void *context)
{
	struct keeping *keeping = context;
	struct kept *kept =
	    arena_alloc(keeping->arena, 1, sizeof(*kept) + keeping->table->row_size);

	if (!keeping->table->read(message, kept->row))
		return;
	kept->namespace = namespace;
	*keeping->end = kept;
	keeping->end = &kept->next;
}

int netlink_collect(struct host *host, const struct netlink_table *table, struct err *err)
{
	struct keeping keeping = {.arena = host_arena(host), .table = table};
	int result = 1;

	for (int try = 0; result == 1 && try < TRIES; try++) {
		keeping.first = NULL;
		keeping.end = &keeping.first;
		result = netlink_read(host, &table->dump, keep, &keeping, err);
	}
	if (result < 0)
		return -1;
	if (result == 1)
		host_incomplete(host, COVERAGE_PARTIAL, "%s changed while they were read",
				table->what);
	for (const struct kept *at = keeping.first; at; at = at->next)
		table->put(host, at->namespace, at->row);
	return 0;
}
