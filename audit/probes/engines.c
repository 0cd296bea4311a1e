/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table engines: see the spec at the end. GET /info of the Docker Engine API
 * (docs.docker.com/reference/api/engine), which podman serves as well. What /etc/docker/daemon.json
 * has and what the daemon does are two things, since it is read at its start alone.
 */
#include <string.h>

#include "audit/engine_answer.h"
#include "lib/buf.h"

#define MAX_REGISTRIES (PROBE_MAX_TEXT - 512) /* bytes of the list */

/* A network, or the name of a registry and its port: what needs no quoting in JSON. */
static bool is_plain(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] <= ' ' || text.data[i] > '~' || strchr("\"\\,", text.data[i]))
			return false;
	return text.len > 0 && text.len < 256;
}

static void add(struct engine *engine, struct buf *list, struct span registry)
{
	if (!is_plain(registry) || list->len > MAX_REGISTRIES) {
		host_incomplete(engine->host, COVERAGE_PARTIAL,
				"%s: its list of registries cannot be read", engine->socket);
		return;
	}
	buf_printf(list, "%s\"%.*s\"", list->len > 1 ? "," : "", (int)registry.len, registry.data);
}

/* Which it would speak to without a certificate that holds. */
static void put_registries(struct engine *engine, const struct json *root)
{
	const struct json *config = json_get(root, "RegistryConfig");
	const struct json *indexes = json_get(config, "IndexConfigs");
	struct buf list auto_buf;

	buf_init(&list, PROBE_MAX_TEXT);
	buf_printf(&list, "[");
	for (const struct json *at = engine_list(config, "InsecureRegistryCIDRs"); at;
	     at = at->next)
		add(engine, &list, at->type == JSON_STRING ? at->text : (struct span){"", 0});
	for (const struct json *at = indexes && indexes->type == JSON_OBJECT ? indexes->child
									     : NULL;
	     at; at = at->next) {
		const struct json *is_secure = json_get(at, "Secure");

		if (is_secure && is_secure->type == JSON_BOOL && !is_secure->integer)
			add(engine, &list, span_of(at->key));
	}
	buf_printf(&list, "]");
	row_span(engine->host, buf_span(&list));
}

static void put(struct engine *engine, struct span none, const struct json *root,
		struct arena *arena)
{
	struct host *host = engine->host;

	(void)none; /* one answer is all */
	if (root->type != JSON_OBJECT) {
		host_incomplete(host, COVERAGE_PARTIAL, "%s: the answer is no object",
				engine->socket);
		return;
	}
	row_text(host, engine->name);
	engine_put_text(host, engine_text(root, "ServerVersion"));
	engine_put_text(host, engine_text(root, "DockerRootDir"));
	engine_put_text(host, engine_text(root, "LoggingDriver"));
	engine_put_text(host, engine_text(root, "CgroupVersion"));
	engine_put_bool(host, root, "LiveRestoreEnabled");
	engine_put_text(host, engine_text(json_get(root, "Swarm"), "LocalNodeState"));
	engine_put_list(host, engine_list(root, "SecurityOptions"), arena);
	put_registries(engine, root);
	row_end(host);
}

static int ask(struct engine *engine, struct err *err)
{
	static const struct engine_question question = {0, put};

	return engine_ask(engine, &question, err);
}

static int collect(struct host *host, struct err *err)
{
	return engines_ask(host, ask, err);
}

const struct probe probe_engines = {
    .about = "Container engines of root that answer, and how they are set up now",
    COLUMNS({"engine", TEXT, "docker or podman"}, {"version", TEXT, "as it says"},
	    {"root_dir", TEXT, "where it keeps images and containers"},
	    {"log_driver", TEXT, "of containers that name none"},
	    {"cgroup_version", TEXT, "1 or 2"},
	    {"is_live_restore", INTEGER, "1: containers go on while it is restarted"},
	    {"swarm", TEXT, "inactive, active, …"},
	    {"security_options", TEXT, "name=seccomp,profile=default and the like, with commas"},
	    {"insecure_registries", TEXT,
	     "JSON, a list of networks and names: it takes images from them without a certificate "
	     "that holds; loopback is always among them"}),
    NEEDS({ASK_ENGINE, "/info"}),
    .input = ENGINES_INPUT,
    .collect = collect,
};
