/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What engines keep of containers on disk, and the command line of conmon, of any contents, through
 * the probe container_configs.
 */
#include "tests/fuzz/channel.h"

#include "lib/json.h"

#define ID "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[] = {
	    "/var/lib/containers/storage/overlay-containers/containers.json",
	    "/var/lib/docker/containers/" ID "/config.v2.json"};
	struct span input = {(const char *)data, size};
	struct channel channel;
	struct span part;

	if (size > CHANNEL_MAX_INPUT)
		return 0;
	json_prepare();
	channel_open(&channel);
	channel_hello(&channel, true);
	wire_begin(&channel.out, MESSAGE_INPUT);
	wire_put_u8(&channel.out, VALUE_TEXT);
	wire_put_span(&channel.out, span_of(ID));
	wire_put_u8(&channel.out, VALUE_NULL);
	wire_put_u8(&channel.out, VALUE_TEXT);
	wire_put_span(&channel.out, channel_part(&input, &part) ? part : span_of(""));
	wire_put_u8(&channel.out, VALUE_INTEGER);
	wire_put_u64(&channel.out, 1000);
	channel_send(&channel);
	channel_end(&channel);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		if (channel_part(&input, &part))
			channel_item(&channel, paths[i], 1, part);
		channel_end(&channel);
	}
	channel_run(&channel, channel_probe("container_configs"));
	return 0;
}
