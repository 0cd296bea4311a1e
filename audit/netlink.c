/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Answers to netlink dumps: see netlink.h. */
#include "audit/netlink.h"

#include <errno.h>
#include <stdalign.h>
#include <stddef.h>
#include <string.h>

/* What is known of the namespace whose messages are coming in. */
struct progress {
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

static void check_end(struct host *host, const struct netlink_dump *dump,
		      const struct progress *progress)
{
	if (progress->namespace != 0 && !progress->failed && progress->done != dump->parts)
		host_incomplete(host, COVERAGE_PARTIAL, "a netlink dump ended early");
}

static void read_message(struct host *host, const struct netlink_dump *dump,
			 struct progress *progress, const struct nlmsghdr *message,
			 netlink_message_fn *each, void *context)
{
	if (message->nlmsg_flags & NLM_F_DUMP_INTR)
		progress->interrupted = true;
	if (message->nlmsg_type == NLMSG_DONE) {
		int status = 0;

		/* a dump that failed in its middle ends with DONE and the error in it */
		if (mnl_nlmsg_get_payload_len(message) >= sizeof(status))
			memcpy(&status, mnl_nlmsg_get_payload(message), sizeof(status));
		progress->done++;
		if (status < 0)
			host_incomplete(host, COVERAGE_PARTIAL, "a netlink dump failed: %s",
					reason(status));
	} else if (message->nlmsg_type == NLMSG_ERROR || message->nlmsg_type == NLMSG_OVERRUN) {
		const struct nlmsgerr *error = mnl_nlmsg_get_payload(message);
		bool has_code = mnl_nlmsg_get_payload_len(message) >= sizeof(*error);

		progress->failed = true;
		host_incomplete(host, COVERAGE_PARTIAL, "the kernel refused a netlink dump: %s",
				has_code ? reason(error->error) : "no reason given");
	} else if (message->nlmsg_type == dump->type &&
		   mnl_nlmsg_get_payload_len(message) >= dump->min_payload) {
		each(message, progress->namespace, context);
	}
}

/* mnl_nlmsg_ok() takes a length of 2 GiB and more for a negative number, which fits anywhere. */
static bool is_whole(const struct nlmsghdr *message, int left)
{
	return left >= (int)sizeof(*message) && message->nlmsg_len >= sizeof(*message) &&
	       message->nlmsg_len <= (unsigned)left;
}

static void read_datagram(struct host *host, const struct netlink_dump *dump,
			  struct progress *progress, struct span datagram, netlink_message_fn *each,
			  void *context)
{
	struct nlmsghdr *message;
	int left = (int)datagram.len;

	if (datagram.len > progress->capacity) {
		progress->aligned = arena_alloc(host_arena(host), 1, datagram.len);
		progress->capacity = datagram.len;
	}
	message = progress->aligned;
	if (datagram.len > 0)
		memcpy(message, datagram.data, datagram.len);
	while (is_whole(message, left)) {
		read_message(host, dump, progress, message, each, context);
		message = mnl_nlmsg_next(message, &left);
	}
	if (left > 0)
		host_incomplete(host, COVERAGE_PARTIAL, "a netlink message is cut off");
}

int netlink_read(struct host *host, const struct netlink_dump *dump, netlink_message_fn *each,
		 void *context, struct err *err)
{
	struct progress progress = {0};
	struct item item;
	int got;

	if (host_ask(host, dump->need, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		if (item.error) {
			if (item.inode == progress.namespace)
				progress.failed = true;
			host_item_failed(host, &item, "the network namespace of some processes");
			continue;
		}
		if (item.inode != progress.namespace) {
			check_end(host, dump, &progress);
			progress.namespace = item.inode;
			progress.done = 0;
			progress.failed = false;
		}
		read_datagram(host, dump, &progress, item.data, each, context);
	}
	if (got < 0)
		return -1;
	check_end(host, dump, &progress);
	return progress.interrupted ? 1 : 0;
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
