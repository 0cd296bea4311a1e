/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table engine_containers: see the spec at the end. GET /containers/json and
 * /containers/ID/json of the Docker Engine API (docs.docker.com/reference/api/engine), which podman
 * serves as well. A container's environment comes along, and is not looked at.
 */
#include <errno.h>
#include <string.h>

#include "audit/probe.h"
#include "audit/talk/http.h"
#include "lib/json.h"
#include "lib/own.h"

enum { NEED_LIST, NEED_ONE };

#define MAX_CONTAINERS 8192U
#define MAX_ID 64U
#define MAX_TREE ((size_t)128 << 20) /* bytes of memory for what one answer says */

struct engine {
	struct host *host;
	const char *name;
	const char *socket;
	struct span *ids;
	unsigned count;
	bool is_silent; /* it did not come to an end once: it is not asked again */
};

/* What an answer says: 1 and the tree, or 0 when there is none, which has been told. */
static int read_answer(struct engine *engine, const struct item *item, struct arena *arena,
		       struct json **out)
{
	struct http_response response;
	struct err err;

	if (item->error == EACCES || item->error == EPERM) {
		host_incomplete(engine->host, COVERAGE_DENIED, "%s may not be asked",
				engine->socket);
		return 0;
	}
	if (item->error || item->is_cut) {
		engine->is_silent = true;
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: %s", engine->socket,
				item->error ? strerror(item->error) : "the answer has no end");
		return 0;
	}
	if (http_read(item->data, arena, &response, &err) < 0) {
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: %s", engine->socket, err.text);
		return 0;
	}
	if (response.status == 404) /* removed meanwhile */
		return 0;
	if (response.status != 200) {
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s answers with status %u",
				engine->socket, response.status);
		return 0;
	}
	if (json_read(response.body, arena, out, &err) < 0) {
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: the answer is no JSON",
				engine->socket);
		return 0;
	}
	return 1;
}

static bool is_id(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!((text.data[i] >= '0' && text.data[i] <= '9') ||
		      (text.data[i] >= 'a' && text.data[i] <= 'f')))
			return false;
	return text.len == MAX_ID;
}

static struct span text_of(const struct json *object, const char *key)
{
	const struct json *member = json_get(object, key);

	return member && member->type == JSON_STRING ? member->text : (struct span){"", 0};
}

static void keep_ids(struct engine *engine, const struct json *list)
{
	if (list->type != JSON_ARRAY) {
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: the answer is no list",
				engine->socket);
		return;
	}
	for (const struct json *at = list->child; at; at = at->next) {
		struct span id = text_of(at, "Id");

		if (!is_id(id))
			host_incomplete(engine->host, COVERAGE_PARTIAL,
					"%s: a container without an id", engine->socket);
		else if (engine->count == MAX_CONTAINERS)
			host_incomplete(engine->host, COVERAGE_PARTIAL, "more than %u containers",
					MAX_CONTAINERS);
		else
			engine->ids[engine->count++] =
			    span_of(arena_text(host_arena(engine->host), id));
	}
}

/* ---- a row ---- */

static void put_text(struct host *host, struct span value)
{
	if (value.len > 0)
		row_span(host, value);
	else
		row_null(host);
}

static void put_bool(struct host *host, const struct json *object, const char *key)
{
	const struct json *member = json_get(object, key);

	row_int(host, member && member->type == JSON_BOOL && member->integer);
}

/* A list of texts, with commas. */
static void put_list(struct host *host, const struct json *object, const char *key,
		     struct arena *arena)
{
	const struct json *list = json_get(object, key);
	const char *text = "";

	for (const struct json *at = list && list->type == JSON_ARRAY ? list->child : NULL; at;
	     at = at->next) {
		if (at->type != JSON_STRING || strlen(text) + at->text.len > PROBE_MAX_TEXT)
			continue;
		text = arena_printf(arena, "%s%s%.*s", text, *text ? "," : "", (int)at->text.len,
				    at->text.data);
	}
	row_text(host, text);
}

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
	put_text(host, image);
	put_text(host, tag);
	put_text(host, digest);
}

static void put_state(struct host *host, const struct json *root)
{
	const struct json *state = json_get(root, "State");

	put_text(host, text_of(state, "Status"));
	put_text(host, text_of(json_get(state, "Health"), "Status"));
}

static void put_rights(struct host *host, const struct json *root, struct arena *arena)
{
	const struct json *settings = json_get(root, "HostConfig");

	put_text(host, text_of(json_get(settings, "RestartPolicy"), "Name"));
	put_bool(host, settings, "Privileged");
	put_list(host, settings, "CapAdd", arena);
	put_list(host, settings, "CapDrop", arena);
	put_list(host, settings, "SecurityOpt", arena);
	put_bool(host, settings, "ReadonlyRootfs");
	put_text(host, text_of(settings, "NetworkMode"));
	put_text(host, text_of(settings, "PidMode"));
	put_text(host, text_of(settings, "IpcMode"));
	put_text(host, text_of(settings, "UsernsMode"));
}

static void put_log(struct host *host, const struct json *root)
{
	const struct json *log = json_get(json_get(root, "HostConfig"), "LogConfig");

	put_text(host, text_of(log, "Type"));
	put_text(host, text_of(json_get(log, "Config"), "max-size"));
}

static void put(struct engine *engine, struct span id, const struct json *root, struct arena *arena)
{
	struct host *host = engine->host;
	const struct json *config = json_get(root, "Config");
	const struct json *labels = json_get(config, "Labels");
	struct span name = text_of(root, "Name");

	if (span_starts(name, "/"))
		name = (struct span){name.data + 1, name.len - 1};
	row_span(host, id);
	row_text(host, engine->name);
	put_text(host, name);
	put_image(host, text_of(config, "Image"));
	put_text(host, text_of(root, "Image"));
	put_text(host, text_of(config, "User"));
	put_state(host, root);
	put_rights(host, root, arena);
	put_log(host, root);
	put_text(host, text_of(labels, "com.docker.compose.project"));
	put_text(host, text_of(labels, "com.docker.compose.service"));
	row_end(host);
}

/* ---- the conversation ---- */

static int take_one(struct engine *engine, struct span id, struct err *err)
{
	struct arena arena;
	struct json *root;
	struct item item;
	int got;

	if (host_ask_engine(engine->host, NEED_ONE, engine->socket, id, err) < 0)
		return -1;
	arena_init(&arena, MAX_TREE);
	while ((got = host_next(engine->host, &item, err)) > 0)
		if (read_answer(engine, &item, &arena, &root))
			put(engine, id, root, &arena);
	arena_done(&arena);
	return got;
}

/* 1: there is an engine. */
static int take_list(struct engine *engine, struct err *err)
{
	struct arena arena;
	struct json *root;
	struct item item;
	bool is_there = false;
	int got;

	if (host_ask_engine(engine->host, NEED_LIST, engine->socket, (struct span){"", 0}, err) < 0)
		return -1;
	arena_init(&arena, MAX_TREE);
	while ((got = host_next(engine->host, &item, err)) > 0) {
		if (item.error == ENOENT || item.error == ECONNREFUSED)
			continue;
		is_there = true;
		if (read_answer(engine, &item, &arena, &root))
			keep_ids(engine, root);
	}
	arena_done(&arena);
	return got < 0 ? -1 : is_there;
}

static int ask(struct host *host, const char *name, const char *socket, struct err *err)
{
	struct engine engine = {.host = host, .name = name, .socket = socket};
	int is_there;

	engine.ids = arena_alloc(host_arena(host), MAX_CONTAINERS, sizeof(*engine.ids));
	is_there = take_list(&engine, err);
	for (unsigned i = 0; is_there > 0 && i < engine.count && !engine.is_silent; i++)
		if (take_one(&engine, engine.ids[i], err) < 0)
			return -1;
	return is_there;
}

/*
 * systemd would start an engine that does not run: podman comes and goes so, Docker does not. Where
 * there is no socket nobody is asked, so that a recording lacks nothing.
 */
static int collect(struct host *host, struct err *err)
{
	struct value is_there[2];
	int docker = 0;
	int podman = 0;

	if (host_input(host, is_there, ARRAY_LEN(is_there), err) < 0)
		return -1;
	if (is_there[0].integer)
		docker = ask(host, "docker", "/run/docker.sock", err);
	if (docker < 0)
		return -1;
	if (is_there[1].integer)
		podman = ask(host, "podman", "/run/podman/podman.sock", err);
	if (podman < 0)
		return -1;
	if (!docker && !podman)
		host_incomplete(host, COVERAGE_ABSENT, "no container engine answers on this host");
	return 0;
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
    .input = "SELECT EXISTS (SELECT 1 FROM processes WHERE comm = 'dockerd')"
	     "       AND EXISTS (SELECT 1 FROM engine_sockets WHERE path = '/run/docker.sock'),"
	     "       EXISTS (SELECT 1 FROM engine_sockets WHERE path = '/run/podman/podman.sock')",
    .collect = collect,
};
