/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a control group's path tells of a process: its systemd unit and its container. Engines
 * name the group for the container's id, 64 hexadecimal digits, whichever driver they use:
 * /docker/ID, docker-ID.scope, libpod-ID.scope, nerdctl-ID.scope, /ecs/TASK/ID;
 * kubepods.slice/…/cri-containerd-ID.scope, crio-ID.scope, /kubepods/burstable/podUID/ID, and where
 * kubelet and containerd do not agree about systemd, kubepods-….slice:cri-containerd:ID.
 *
 * A whole system, which has its own init and users, is no container here: it is judged as a host,
 * by an audit within it. systemd-nspawn (systemd-nspawn@NAME.service, machine-NAME.scope) is a
 * unit; LXC (lxc.payload.NAME, lxc/NAME) is nothing. Nor is what `ctr` starts by a name of its own,
 * or a build (buildkit), which has an id of another form and ends soon.
 */
#ifndef AUDIT_CGROUP_H
#define AUDIT_CGROUP_H

#include "lib/span.h"

/*
 * The path out of /proc/PID/cgroup (cgroups(7)): of the unified hierarchy ("0::/…"), or of
 * systemd's own ("N:name=systemd:/…") where that one is empty or only "/". Borrowed.
 */
struct span cgroup_path(struct span file);

/* Borrowed from the path; empty, or NULL, when it tells nothing. */
struct cgroup_names {
	struct span unit;      /* nearest .service, .scope, .socket, .mount or .swap */
	struct span container; /* 64 hexadecimal digits */
	const char *engine;
};
struct cgroup_names cgroup_names(struct span path);

#endif
