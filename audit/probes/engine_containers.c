/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table engine_containers: see the spec at the end. GET /containers/json and
 * /containers/ID/json of the Docker Engine API (docs.docker.com/reference/api/engine), which podman
 * serves as well. A container's environment comes along, and is not looked at.
 */
#include <string.h>

#include "audit/engine_answer.h"

enum { NEED_LIST, NEED_ONE };

/* NAME[:TAG][@DIGEST], where a ':' before a '/' is a port. */
static void put_image(struct host *host, struct span image)
{
	struct span name = image;
	struct span digest = {"", 0};
	struct span tag = {"", 0};
	const char *at = image.len ? memchr(image.data, '@', image.len) : NULL;

	if (at) {
		name.len = (size_t)(at - image.data);
		digest = (struct span){at + 1, image.len - name.len - 1};
	}
	for (size_t i = name.len; i > 0 && name.data[i - 1] != '/'; i--)
		if (name.data[i - 1] == ':') {
			tag = (struct span){name.data + i, name.len - i};
			break;
		}
	engine_put_text(host, image);
	engine_put_text(host, tag);
	engine_put_text(host, digest);
}

static void put_state(struct host *host, const struct json *root)
{
	const struct json *state = json_get(root, "State");

	engine_put_text(host, engine_text(state, "Status"));
	engine_put_text(host, engine_text(json_get(state, "Health"), "Status"));
}

static void put_rights(struct host *host, const struct json *root, struct arena *arena)
{
	const struct json *settings = json_get(root, "HostConfig");

	engine_put_text(host, engine_text(json_get(settings, "RestartPolicy"), "Name"));
	engine_put_bool(host, settings, "Privileged");
	engine_put_list(host, engine_list(settings, "CapAdd"), arena);
	engine_put_list(host, engine_list(settings, "CapDrop"), arena);
	engine_put_list(host, engine_list(settings, "SecurityOpt"), arena);
	engine_put_bool(host, settings, "ReadonlyRootfs");
	engine_put_text(host, engine_text(settings, "NetworkMode"));
	engine_put_text(host, engine_text(settings, "PidMode"));
	engine_put_text(host, engine_text(settings, "IpcMode"));
	engine_put_text(host, engine_text(settings, "UsernsMode"));
}

static void put_log(struct host *host, const struct json *root)
{
	const struct json *log = json_get(json_get(root, "HostConfig"), "LogConfig");

	engine_put_text(host, engine_text(log, "Type"));
	engine_put_text(host, engine_text(json_get(log, "Config"), "max-size"));
}

static void put(struct engine *engine, struct span id, const struct json *root, struct arena *arena)
{
	struct host *host = engine->host;
	const struct json *config = json_get(root, "Config");
	const struct json *labels = json_get(config, "Labels");
	struct span name = engine_text(root, "Name");

	if (span_starts(name, "/"))
		name = (struct span){name.data + 1, name.len - 1};
	row_span(host, id);
	row_text(host, engine->name);
	engine_put_text(host, name);
	put_image(host, engine_text(config, "Image"));
	engine_put_text(host, engine_text(root, "Image"));
	engine_put_text(host, engine_text(config, "User"));
	put_state(host, root);
	put_rights(host, root, arena);
	put_log(host, root);
	engine_put_text(host, engine_text(labels, "com.docker.compose.project"));
	engine_put_text(host, engine_text(labels, "com.docker.compose.service"));
	row_end(host);
}

static int ask(struct engine *engine, struct err *err)
{
	static const struct engine_question question = {NEED_ONE, put};

	return engine_ask_each(engine, NEED_LIST, "a container", &question, err);
}

static int collect(struct host *host, struct err *err)
{
	return engines_ask(host, ask, err);
}

const struct probe probe_engine_containers = {
    .about = "Containers as their engine has them, those that do not run as well",
    COLUMNS({"id", TEXT, "64 hexadecimal digits"}, {"engine", TEXT, "docker or podman"},
	    {"name", TEXT, "as it was given, or made up by the engine"},
	    {"image", TEXT, "what it was started from, as it was asked for"},
	    {"tag", TEXT, "of the image; NULL without one"},
	    {"digest", TEXT, "of the image, where it was asked for by that"},
	    {"image_id", TEXT, "sha256 of the image's configuration"},
	    {"user", TEXT, "as configured; NULL: root, or what the image's program makes of it"},
	    {"status", TEXT, "created, running, paused, restarting, removing, exited or dead"},
	    {"health", TEXT, "starting, healthy or unhealthy; none or NULL without a check"},
	    {"restart_policy", TEXT, "no, always, unless-stopped or on-failure"},
	    {"privileged", INTEGER, "1: as configured"}, {"cap_add", TEXT, "parted by commas"},
	    {"cap_drop", TEXT, "parted by commas"}, {"security_opt", TEXT, "parted by commas"},
	    {"is_read_only", INTEGER, "1: its root file system is"},
	    {"network_mode", TEXT, "host, none, a network's name, container:ID"},
	    {"pid_mode", TEXT, "host, container:ID, or NULL: its own"},
	    {"ipc_mode", TEXT, "host, private, shareable, container:ID"},
	    {"userns_mode", TEXT, "host, or NULL: the engine's default"},
	    {"log_driver", TEXT, "json-file, local, journald, …"},
	    {"log_max_size", TEXT, "at which its log is begun anew; NULL: never"},
	    {"project", TEXT, "of Compose, by its label"},
	    {"service", TEXT, "of Compose, by its label"}),
    NEEDS([NEED_LIST] = {ASK_ENGINE, "/containers/json?all=1"}, [NEED_ONE] =
								    {ASK_ENGINE,
								     "/containers/*/json"}),
    .input = ENGINES_INPUT,
    .collect = collect,
};
