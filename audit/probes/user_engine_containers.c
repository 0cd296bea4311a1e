/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table user_engine_containers: see the spec at the end. Whoever may write to
 * /run/user/UID may answer there, and may say anything, or nothing: so this is a table of its own,
 * which no rule over containers of root reads. What the kernel knows too, the view user_containers
 * tells.
 */
#include "audit/engine_container.h"
#include "lib/own.h"

#define MAX_ENGINES 64U

enum { NEED_LIST, NEED_ONE };

static void put(struct engine *engine, struct span id, const struct json *root, struct arena *arena)
{
	engine_container_put(engine, id, root, arena);
	row_int(engine->host, engine->uid);
	row_end(engine->host);
}

static int collect(struct host *host, struct err *err)
{
	static const struct engine_question question = {NEED_ONE, put};
	struct engine *engines = arena_alloc(host_arena(host), MAX_ENGINES, sizeof(*engines));
	unsigned count = 0;
	bool is_any = false;
	struct value row[2];
	int got;

	while ((got = host_input(host, row, ARRAY_LEN(row), err)) > 0) {
		if (count == MAX_ENGINES) {
			host_incomplete(host, COVERAGE_PARTIAL, "more than %u engines of users",
					MAX_ENGINES);
			continue;
		}
		engines[count++] = (struct engine){
		    .host = host,
		    .name = span_ends(row[0].text, "/docker.sock") ? "docker" : "podman",
		    .socket = arena_text(host_arena(host), row[0].text),
		    .uid = row[1].integer,
		};
	}
	for (unsigned i = 0; got == 0 && i < count; i++) {
		got = engine_ask_each(&engines[i], NEED_LIST, "a container", &question, err);
		is_any = is_any || got > 0;
		got = got < 0 ? -1 : 0;
	}
	if (got == 0 && !is_any)
		host_incomplete(host, COVERAGE_ABSENT, "no container engine of a user answers");
	return got;
}

const struct probe probe_user_engine_containers = {
    .about = "Containers as engines of users have them, who may say anything; those that the "
	     "kernel knows to be theirs has the view user_containers",
    COLUMNS(ENGINE_CONTAINER_COLUMNS, {"uid", INTEGER, "user id of the engine's owner"}),
    NEEDS([NEED_LIST] = {ASK_ENGINE, ENGINE_CONTAINER_LIST}, [NEED_ONE] = {ASK_ENGINE,
									   ENGINE_CONTAINER_ONE}),
    .input = "SELECT s.path, s.uid FROM engine_sockets s"
	     " WHERE s.uid <> 0 AND (s.path = '/run/user/' || s.uid || '/podman/podman.sock'"
	     "    OR s.path = '/run/user/' || s.uid || '/docker.sock' AND EXISTS"
	     "       (SELECT 1 FROM processes p WHERE p.comm = 'dockerd' AND p.uid = s.uid))"
	     " ORDER BY s.uid, s.path",
    .collect = collect,
};
