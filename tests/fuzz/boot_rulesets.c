/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files of firewalls and of systemd, of any contents, through the probe boot_rulesets. Each file
 * stands behind its length; its first byte chooses the path.
 */
#include "tests/fuzz/channel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In the order in which the probe asks under systemd. */
#define FUZZ_BOOT_ASKS 33U
struct fuzz_boot_rulesets_file {
	unsigned ask;
	const char *path;
};

static const struct fuzz_boot_rulesets_file fuzz_boot_rulesets_files[] = {
    {0, "/etc/nftables.conf"},
    {1, "/etc/sysconfig/nftables.conf"},
    {2, "/etc/nftables/a.nft"},
    {3, "/etc/nftables.d/a.nft"},
    {3, "/etc/nftables.d/b.nft"},
    {7, "/etc/iptables/rules.v4"},
    {8, "/etc/ufw/ufw.conf"},
    {8, "/etc/ufw/user.rules"},
    {9, "/etc/default/ufw"},
    {10, "/etc/firewalld/firewalld.conf"},
    {11, "/etc/systemd/system/nftables.service"},
    {12, "/etc/systemd/system/nftables.service.d/a.conf"},
    {15, "/etc/rc.local"},
    {23, "/etc/cron.d/a"},
    {26, "/run/systemd/system"},
    {27, "/etc/systemd/system/a.target.wants/nftables.service"},
    {30, "/etc/systemd/system/nftables.service"},
    {32, "/etc/network/if-up.d/a"},
};

static void fuzz_boot_rulesets_answer(struct channel *channel, struct span input, unsigned ask)
{
	struct span part;

	while (channel_part(&input, &part)) {
		const struct fuzz_boot_rulesets_file *file;

		if (part.len == 0)
			continue;
		file = &fuzz_boot_rulesets_files[(unsigned char)part.data[0] %
						 ARRAY_LEN(fuzz_boot_rulesets_files)];
		if (file->ask == ask)
			channel_item(channel, file->path, 1,
				     (struct span){part.data + 1, part.len - 1});
	}
	channel_end(channel);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	struct channel channel;

	if (size > CHANNEL_MAX_INPUT)
		return 0;
	channel_open(&channel);
	channel_hello(&channel, true);
	for (unsigned ask = 0; ask < FUZZ_BOOT_ASKS; ask++)
		fuzz_boot_rulesets_answer(&channel, input, ask);
	channel_run(&channel, channel_probe("boot_rulesets"));
	return 0;
}
