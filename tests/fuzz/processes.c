/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The probes that read /proc, over any contents of its files. The first byte chooses the probe;
 * then come files, each behind its length: its first byte chooses the name, and its top bit the
 * need that hands it out; the next one is the process.
 */
#include <stdio.h>

#include "tests/fuzz/channel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_processes_file(struct channel *channel, struct span part)
{
	static const char *const names[] = {"status", "uid_map", "gid_map", "cmdline",
					    "cgroup", "exe",     "ns/net",  "ns/user",
					    "fd/3",   "fd/x",    "",        "stat"};
	char path[64];
	unsigned char name;
	unsigned char pid;

	if (part.len < 2)
		return;
	name = (unsigned char)part.data[0] & 0x7f;
	pid = (unsigned char)part.data[1];
	(void)snprintf(path, sizeof(path), "/proc/%u/%s", pid, names[name % ARRAY_LEN(names)]);
	channel_item(channel, path, pid, (struct span){part.data + 2, part.len - 2});
}

static void fuzz_processes_answer(struct channel *channel, struct span input, unsigned need)
{
	struct span part;

	while (channel_part(&input, &part)) {
		if (part.len > 0 && (unsigned char)part.data[0] >> 7 == need)
			fuzz_processes_file(channel, part);
	}
	channel_end(channel);
}

/* Of socket_owners: two sockets that are looked for. */
static void fuzz_processes_input(struct channel *channel)
{
	wire_begin(&channel->out, MESSAGE_INPUT);
	for (unsigned i = 1; i <= 2; i++) {
		wire_put_u8(&channel->out, VALUE_INTEGER);
		wire_put_u64(&channel->out, i);
	}
	channel_send(channel);
	channel_end(channel);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data + 1, size - 1};
	struct channel channel;
	const struct probe *probe;

	if (size < 1 || size > CHANNEL_MAX_INPUT)
		return 0;
	probe = channel_probe(data[0] % 2 ? "processes" : "socket_owners");
	channel_open(&channel);
	channel_hello(&channel, data[0] % 3 != 0);
	if (probe->input)
		fuzz_processes_input(&channel);
	for (unsigned need = 0; need < probe->need_count; need++)
		fuzz_processes_answer(&channel, input, need);
	channel_run(&channel, probe);
	return 0;
}
