/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table namespaces: see the spec at the end. */
#include <string.h>

#include "audit/probe.h"

#define NAMED "/run/netns/"

static int collect(struct host *host, struct err *err)
{
	struct item item;
	bool is_first = true;
	int got;

	if (host_ask(host, 0, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		if (item.error) {
			host_item_failed(host, &item, "the network namespace of some processes");
			continue;
		}
		row_int(host, (int64_t)item.inode);
		row_text(host, strncmp(item.path, NAMED, strlen(NAMED)) == 0
				   ? item.path + strlen(NAMED)
				   : NULL);
		row_int(host, is_first);
		row_end(host);
		is_first = false;
	}
	return got;
}

const struct probe probe_namespaces = {
    .about = "Network namespaces: the host's own and those of containers and services",
    COLUMNS({"id", INTEGER, "inode number, as in the link /proc/PID/ns/net"},
	    {"name", TEXT, "name in /run/netns, as ip-netns(8) gives it; NULL without one"},
	    {"is_host", INTEGER, "1: the namespace of process 1"}),
    NEEDS({NAMESPACES, ""}),
    .collect = collect,
};
