/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The probes that read answers of netlink, over any bytes. The first byte chooses the probe; the
 * rest is the datagrams of two namespaces in turn, each behind its length.
 */
#include "audit/netlink.h"

#include "tests/fuzz/channel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_netlink_answer(struct channel *channel, struct span input)
{
	struct span part;

	for (unsigned i = 0; channel_part(&input, &part); i++)
		channel_item(channel, "/proc/1/ns/net", 1 + i / 4, part);
	channel_end(channel);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const probes[] = {"sockets", "interfaces", "addresses"};
	struct span input = {(const char *)data + 1, size - 1};
	struct channel channel;

	if (size < 1 || size > CHANNEL_MAX_INPUT)
		return 0;
	channel_open(&channel);
	channel_hello(&channel, true);
	fuzz_netlink_answer(&channel, input);
	fuzz_netlink_answer(&channel, input); /* for one that asks again */
	channel_run(&channel, channel_probe(probes[data[0] % ARRAY_LEN(probes)]));
	return 0;
}
