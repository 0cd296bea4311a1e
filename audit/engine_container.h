/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The answer to GET /containers/ID/json of the Docker Engine API
 * (docs.docker.com/reference/api/engine) as values of a row: one table has what engines of root
 * say, another one what those of users do, since these may say anything.
 */
#ifndef AUDIT_ENGINE_CONTAINER_H
#define AUDIT_ENGINE_CONTAINER_H

#include "audit/engine_answer.h"

/* What such a table asks for, and its first columns. */
#define ENGINE_CONTAINER_LIST "/containers/json?all=1"
#define ENGINE_CONTAINER_ONE "/containers/*/json"
#define ENGINE_CONTAINER_COLUMNS                                                                   \
	{"id", TEXT, "64 hexadecimal digits"}, {"engine", TEXT, "docker or podman"},               \
	    {"name", TEXT, "as it was given, or made up by the engine"},                           \
	    {"image", TEXT, "what it was started from, as it was asked for"},                      \
	    {"tag", TEXT, "of the image; NULL without one"},                                       \
	    {"digest", TEXT, "of the image, where it was asked for by that"},                      \
	    {"image_id", TEXT, "sha256 of the image's configuration"},                             \
	    {"user", TEXT, "as configured; NULL: root, or what the image's program makes of it"},  \
	    {"status", TEXT, "created, running, paused, restarting, removing, exited or dead"},    \
	    {"health", TEXT, "starting, healthy or unhealthy; none or NULL without a check"},      \
	    {"restart_policy", TEXT, "no, always, unless-stopped or on-failure"},                  \
	    {"privileged", INTEGER, "1: as configured"}, {"cap_add", TEXT, "parted by commas"},    \
	    {"cap_drop", TEXT, "parted by commas"}, {"security_opt", TEXT, "parted by commas"},    \
	    {"is_read_only", INTEGER, "1: its root file system is"},                               \
	    {"network_mode", TEXT, "host, none, a network's name, container:ID"},                  \
	    {"pid_mode", TEXT, "host, container:ID, or NULL: its own"},                            \
	    {"ipc_mode", TEXT, "host, private, shareable, container:ID"},                          \
	    {"userns_mode", TEXT, "host, or NULL: the engine's default"},                          \
	    {"log_driver", TEXT, "json-file, local, journald, …"},                                 \
	    {"log_max_size", TEXT, "at which its log is begun anew; NULL: never"},                 \
	    {"project", TEXT, "of Compose, by its label"},                                         \
	{                                                                                          \
		"service", TEXT, "of Compose, by its label"                                        \
	}

/* The values of these columns; row_end() is the caller's. */
void engine_container_put(struct engine *engine, struct span id, const struct json *root,
			  struct arena *arena);

#endif
