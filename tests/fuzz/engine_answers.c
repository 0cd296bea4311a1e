/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers of a container engine, of any contents, through the probes that ask for them. The first
 * byte says which.
 */
#include "tests/fuzz/channel.h"

#include "lib/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const tables[] = {"engine_containers", "images", "engine_networks",
					     "engines"};
	struct span input;
	struct channel channel;
	struct span part;

	if (size < 1 || size > CHANNEL_MAX_INPUT)
		return 0;
	input = (struct span){(const char *)data + 1, size - 1};
	json_prepare();
	channel_open(&channel);
	channel_hello(&channel, true);
	wire_begin(&channel.out, MESSAGE_INPUT);
	wire_put_u8(&channel.out, VALUE_INTEGER);
	wire_put_u64(&channel.out, 1);
	wire_put_u8(&channel.out, VALUE_INTEGER);
	wire_put_u64(&channel.out, 0);
	wire_put_u8(&channel.out, VALUE_INTEGER);
	wire_put_u64(&channel.out, 1);
	channel_send(&channel);
	channel_end(&channel);
	while (channel_part(&input, &part)) {
		channel_item(&channel, "/run/docker.sock", 1, part);
		channel_end(&channel);
	}
	channel_run(&channel, channel_probe(tables[data[0] % ARRAY_LEN(tables)]));
	return 0;
}
