/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table engine_containers: see the spec at the end, and engine_container.h. */
#include "audit/engine_container.h"

enum { NEED_LIST, NEED_ONE };

static void put(struct engine *engine, struct span id, const struct json *root, struct arena *arena)
{
	engine_container_put(engine, id, root, arena);
	row_end(engine->host);
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
    .about = "Containers as the engines of root have them, those that do not run as well",
    COLUMNS(ENGINE_CONTAINER_COLUMNS),
    NEEDS([NEED_LIST] = {ASK_ENGINE, ENGINE_CONTAINER_LIST}, [NEED_ONE] = {ASK_ENGINE,
									   ENGINE_CONTAINER_ONE}),
    .input = ENGINES_INPUT,
    .collect = collect,
};
