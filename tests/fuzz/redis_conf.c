/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as redis.conf: what it points to lies within, and lines that were read stay read. */
#include "audit/redis_conf.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = {(const char *)data, size};
	struct redis_conf front;
	struct redis_conf conf;

	redis_conf_read(&conf, text);
	for (unsigned i = 0; i < conf.file_count; i++)
		if (conf.files[i].len == 0 || conf.files[i].data < text.data ||
		    conf.files[i].data + conf.files[i].len > text.data + text.len)
			__builtin_trap();
	for (size_t len = 0; len < size; len++) {
		if (data[len] != '\n')
			continue;
		redis_conf_read(&front, (struct span){text.data, len});
		if (front.file_count > conf.file_count || (front.is_cut && !conf.is_cut) ||
		    (front.has_password && !conf.has_password))
			__builtin_trap();
		break;
	}
	return 0;
}
