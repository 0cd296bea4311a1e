/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What Docker keeps of a container in config.v2.json (moby, container/container.go), as
 * values of a row. Lists are JSON again, so that a query can take them apart; what would need
 * quoting is no name and no address, and is left out.
 */
#ifndef AUDIT_DOCKER_CONFIG_H
#define AUDIT_DOCKER_CONFIG_H

#include "audit/probe.h"
#include "lib/json.h"

/* Name, image, id of the image, project and service of Compose, ports, networks. */
void docker_config_put(struct host *host, const struct json *root);

#endif
