/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of cron and logs of certbot, of any contents, through the probe renewals. */
#include "tests/fuzz/channel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[] = {"/run/systemd/system",
					    "/etc/systemd/system/timers.target.wants/a.timer",
					    "/etc/crontab",
					    "/etc/cron.d/a",
					    "/var/spool/cron/a",
					    "/etc/cron.daily/a",
					    "/var/log/letsencrypt/letsencrypt.log"};
	struct span input = {(const char *)data, size};
	struct channel channel;
	struct span part;

	if (size > CHANNEL_MAX_INPUT)
		return 0;
	channel_open(&channel);
	channel_hello(&channel, true);
	channel_end(&channel); /* no process */
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		if (channel_part(&input, &part))
			channel_item(&channel, paths[i], 1, part);
		channel_end(&channel);
	}
	channel_run(&channel, channel_probe("renewals"));
	return 0;
}
