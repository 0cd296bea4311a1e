/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table engine_sockets: see the spec at the end. /var/run is a link to /run wherever these
 * engines run (FHS 3.0, section 5.13).
 */
#include <errno.h>
#include <sys/stat.h>

#include "audit/probe.h"

#define NEED_COUNT 7U

static int collect(struct host *host, struct err *err)
{
	struct item item;
	int got;

	for (unsigned need = 0; need < NEED_COUNT; need++) {
		if (host_ask(host, need, err) < 0)
			return -1;
		while ((got = host_next(host, &item, err)) > 0) {
			if (item.error == ENOENT)
				continue;
			if (item.error)
				host_item_failed(host, &item, item.path);
			if (item.error || !S_ISSOCK(item.mode))
				continue;
			row_text(host, item.path);
			row_int(host, item.mode & 07777);
			row_int(host, item.uid);
			row_int(host, item.gid);
			row_end(host);
		}
		if (got < 0)
			return -1;
	}
	return 0;
}

const struct probe probe_engine_sockets = {
    .about = "Sockets by which container engines take orders",
    COLUMNS({"path", TEXT, "on the host"}, {"mode", INTEGER, "permission bits"},
	    {"uid", INTEGER, "user id of its owner"}, {"gid", INTEGER, "group id of its owner"}),
    NEEDS({STAT, "/run/docker.sock"}, {STAT, "/run/podman/podman.sock"},
	  {STAT, "/run/containerd/containerd.sock"}, {STAT, "/run/crio/crio.sock"},
	  {STAT, "/run/user/*/docker.sock"}, {STAT, "/run/user/*/podman/podman.sock"},
	  {STAT, "/run/k3s/containerd/containerd.sock"}),
    .collect = collect,
};
