/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers to netlink dumps, as the kernel would send them, for a recorded host: see play.h. */
#ifndef TESTS_DATAGRAM_H
#define TESTS_DATAGRAM_H

#include <libmnl/libmnl.h>

#include "tests/play.h"

struct datagram {
	_Alignas(struct nlmsghdr) char bytes[4096];
	size_t len;
	struct nlmsghdr *last;
};

/* Begins a message; returns its header of `payload` bytes. Attributes go to datagram->last. */
static void *add_message(struct datagram *datagram, uint16_t type, size_t payload)
{
	datagram->last = mnl_nlmsg_put_header(datagram->bytes + datagram->len);
	datagram->last->nlmsg_type = type;
	datagram->last->nlmsg_flags = NLM_F_MULTI;
	return mnl_nlmsg_put_extra_header(datagram->last, payload);
}

static void end_message(struct datagram *datagram)
{
	datagram->len += (datagram->last->nlmsg_len + 3U) & ~3U; /* NLMSG_ALIGN */
}

static void add_done(struct datagram *datagram)
{
	int status = 0;

	memcpy(add_message(datagram, NLMSG_DONE, sizeof(status)), &status, sizeof(status));
	end_message(datagram);
}

static void play_datagram(struct play *play, uint64_t namespace, const struct datagram *datagram)
{
	play_item(play, &(struct broker_item){.path = "/proc/1/ns/net",
					      .inode = namespace,
					      .data = {datagram->bytes, datagram->len}});
}

#endif
