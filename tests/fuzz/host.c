/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * host_run() over any messages of root's side, which come from a recording that somebody sent: each
 * part of the input is a message as it stands. The probe hands on all that it gets.
 */
#include "audit/host.h"

#include "tests/fuzz/channel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int fuzz_host_items(struct host *host, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(host, 0, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		if (item.error) {
			host_item_failed(host, &item, item.path);
			continue;
		}
		row_text(host, item.path);
		row_int(host, (int64_t)item.inode);
		row_span(host, item.data);
		row_span(host, item.exposed);
		row_end(host);
	}
	return got;
}

static int fuzz_host_collect(struct host *host, struct err *err)
{
	struct value row[2];
	int got;

	while ((got = host_input(host, row, 2, err)) > 0) {
		row_null(host);
		row_int(host, row[0].integer);
		row_span(host, row[0].text);
		row_span(host, row[1].text);
		row_end(host);
	}
	if (got < 0 || fuzz_host_items(host, err) < 0)
		return -1;
	return fuzz_host_items(host, err);
}

static const struct probe fuzz_host_probe = {
    .about = "all that it gets",
    COLUMNS({"path", TEXT, "path"}, {"number", INTEGER, "inode"}, {"data", TEXT, "content"},
	    {"exposed", TEXT, "reason"}),
    .collect = fuzz_host_collect,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	struct channel channel;
	struct span part;

	if (size > CHANNEL_MAX_INPUT)
		return 0;
	channel_open(&channel);
	while (channel_part(&input, &part)) {
		if (part.len > 0)
			(void)send(channel.root[0], part.data, part.len, MSG_DONTWAIT);
	}
	channel_run(&channel, &fuzz_host_probe);
	return 0;
}
