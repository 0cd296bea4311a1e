/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] A container as its engine has it: see engine_container.h. A container's environment comes
 * along, and is not looked at.
 */
#include "audit/engine_container.h"
#include "audit/image.h"

static void put_image(struct host *host, struct span text)
{
	struct image_reference image = image_reference_of(text);

	engine_put_text(host, text);
	engine_put_text(host, image.tag);
	engine_put_text(host, image.digest);
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

void engine_container_put(struct engine *engine, struct span id, const struct json *root,
			  struct arena *arena)
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
}
