/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table engine_networks: see the spec at the end. GET /networks and /networks/ID of the
 * Docker Engine API (docs.docker.com/reference/api/engine), which podman serves as well; the list
 * has no containers, each network alone has. The options of a bridge:
 * docs.docker.com/engine/network/drivers/bridge.
 */
#include <string.h>

#include "audit/engine_answer.h"

enum { NEED_LIST, NEED_ONE };

/* Options are texts: "true" or "false"; what is not said is NULL. */
static void put_option(struct host *host, const struct json *options, const char *key)
{
	struct span value = engine_text(options, key);

	if (value.len > 0)
		row_int(host, span_is(value, "true") || span_is(value, "1"));
	else
		row_null(host);
}

static void put_subnets(struct host *host, const struct json *root, struct arena *arena)
{
	const char *text = "";

	for (const struct json *at = engine_list(json_get(root, "IPAM"), "Config"); at;
	     at = at->next) {
		struct span subnet = engine_text(at, "Subnet");

		if (subnet.len > 0 && strlen(text) + subnet.len < PROBE_MAX_TEXT)
			text = arena_printf(arena, "%s%s%.*s", text, *text ? "," : "",
					    (int)subnet.len, subnet.data);
	}
	row_text(host, text);
}

static void put(struct engine *engine, struct span id, const struct json *root, struct arena *arena)
{
	struct host *host = engine->host;
	const struct json *options = json_get(root, "Options");
	const struct json *containers = json_get(root, "Containers");
	int64_t count = 0;

	for (const struct json *at =
		 containers && containers->type == JSON_OBJECT ? containers->child : NULL;
	     at; at = at->next)
		count++;
	row_text(host, engine->name);
	engine_put_text(host, engine_text(root, "Name"));
	row_span(host, id);
	engine_put_text(host, engine_text(root, "Driver"));
	put_subnets(host, root, arena);
	engine_put_text(host, engine_text(options, "com.docker.network.bridge.name"));
	engine_put_bool(host, root, "Internal");
	put_option(host, options, "com.docker.network.bridge.default_bridge");
	put_option(host, options, "com.docker.network.bridge.enable_icc");
	engine_put_text(host, engine_text(options, "com.docker.network.bridge.host_binding_ipv4"));
	row_int(host, count);
	row_end(host);
}

static int ask(struct engine *engine, struct err *err)
{
	static const struct engine_question question = {NEED_ONE, put};

	return engine_ask_each(engine, NEED_LIST, "a network", &question, err);
}

static int collect(struct host *host, struct err *err)
{
	return engines_ask(host, ask, err);
}

const struct probe probe_engine_networks = {
    .about = "Networks that container engines have made",
    COLUMNS({"engine", TEXT, "docker or podman"}, {"name", TEXT, "its name"},
	    {"id", TEXT, "64 hexadecimal digits"}, {"driver", TEXT, "bridge, host, overlay, …"},
	    {"subnets", TEXT, "parted by commas"},
	    {"bridge", TEXT, "interface of the host; NULL: br- and the id, or none"},
	    {"is_internal", INTEGER, "1: it leads to no other network"},
	    {"is_default", INTEGER,
	     "1: containers that name no network are in it; NULL, here and below: it does not say"},
	    {"icc", INTEGER, "1: its containers reach all ports of each other"},
	    {"host_binding", TEXT, "address of the host on which ports are published by default"},
	    {"containers", INTEGER, "that run in it"}),
    NEEDS([NEED_LIST] = {ASK_ENGINE, "/networks"}, [NEED_ONE] = {ASK_ENGINE, "/networks/*"}),
    .input = ENGINES_INPUT,
    .collect = collect,
};
