/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table container_configs: see the spec at the end. Engines answer or they do not, but each
 * keeps on disk what it knows of a container, and that stays while it runs. Docker's is
 * ROOT/containers/ID/config.v2.json (moby, daemon/container/container.go), and files of that folder
 * are mounted into the container, so that the kernel tells which ROOT it is. Podman's names are in
 * GRAPHROOT/DRIVER-containers/containers.json (containers/storage, containers.go); for those of
 * users there is conmon, the container's parent, which is told its name: conmon -c ID -n NAME.
 *
 * A container that may mount can show another folder, and a user's own engine writes what the user
 * likes: so a file counts only for the container whose mounts lead there, and beneath its id.
 */
#include <errno.h>
#include <string.h>

#include "audit/docker_config.h"
#include "audit/engine_answer.h"
#include "lib/own.h"

#define MAX_CONTAINERS 8192U
#define MAX_PATH 4096U

enum { NEED_SECRET, NEED_STORE };

static const char usual_folder[] = "/var/lib/docker/containers";

struct container {
	struct container *next;
	struct span id;
	struct span source; /* where the host has a file that an engine mounts; or empty */
	struct span conmon; /* its command line; or empty */
	int64_t conmon_uid;
	bool is_told;
};

struct configs {
	struct host *host;
	struct container *first;
	struct container **end;
	unsigned count;
};

/* ---- Docker ---- */

static bool is_id_of(const struct container *container, struct span id)
{
	return id.len == container->id.len && memcmp(id.data, container->id.data, id.len) == 0;
}

static void put_docker(struct configs *configs, struct container *container,
		       const struct item *item, const struct json *root)
{
	struct host *host = configs->host;

	container->is_told = true;
	row_span(host, container->id);
	row_text(host, "docker");
	row_text(host, item->path);
	row_int(host, item->uid);
	docker_config_put(host, root);
	row_end(host);
}

static void take_docker(struct configs *configs, struct container *container,
			const struct item *item, bool is_roots)
{
	struct arena arena;
	struct json *root;
	struct span id;
	struct err err;

	/* what is a user's may fail as the user likes; a recording lacks it, whosever it is */
	if (item->error == ENODATA || (item->error && item->error != ENOENT && is_roots))
		host_item_failed(configs->host, item, "what Docker has on disk of containers");
	if (item->error)
		return;
	arena_init(&arena, ENGINE_MAX_TREE);
	if (!item->is_cut && json_read(item->data, &arena, &root, &err) == 0) {
		id = engine_text(root, "ID");
		if (is_id_of(container, id))
			put_docker(configs, container, item, root);
	}
	if (!container->is_told && is_roots)
		host_incomplete(configs->host, COVERAGE_PARTIAL,
				"what Docker has on disk of a container cannot be read");
	arena_done(&arena);
}

static int ask_docker(struct configs *configs, struct container *container, struct span folder,
		      struct err *err)
{
	const char *path =
	    arena_printf(host_arena(configs->host), "%.*s/%.*s/config.v2.json", (int)folder.len,
			 folder.data, (int)container->id.len, container->id.data);
	struct item item;
	int got;

	if (container->is_told || folder.len > MAX_PATH)
		return 0;
	if (host_ask_file(configs->host, NEED_SECRET, 0, span_of(path), err) < 0)
		return -1;
	while ((got = host_next(configs->host, &item, err)) > 0)
		take_docker(configs, container, &item, span_is(folder, usual_folder));
	return got;
}

/* ROOT/containers of ROOT/containers/ID/hostname; the id may be another container's, whose network
 * this one shares. Empty: it is none. */
static struct span docker_folder(struct span source)
{
	struct span rest = source;
	size_t slashes[2] = {0, 0};

	for (size_t i = 0; i < source.len; i++)
		if (source.data[i] == '/') {
			slashes[0] = slashes[1];
			slashes[1] = i;
		}
	rest.len = slashes[0];
	if (slashes[1] - slashes[0] != ENGINE_ID_LENGTH + 1 || !span_ends(rest, "/containers") ||
	    !engine_is_id((struct span){source.data + slashes[0] + 1, ENGINE_ID_LENGTH}))
		return (struct span){"", 0};
	return rest;
}

/* ---- podman ---- */

static struct container *find(struct configs *configs, struct span id)
{
	for (struct container *at = configs->first; at; at = at->next)
		if (is_id_of(at, id))
			return at;
	return NULL;
}

static void put_podman(struct configs *configs, struct container *container,
		       const struct item *item, const struct json *entry, struct arena *arena)
{
	struct host *host = configs->host;
	const struct json *names = engine_list(entry, "names");
	struct span metadata = engine_text(entry, "metadata"); /* JSON within JSON */
	struct json *more = NULL;
	struct err err;

	if (json_read(metadata, arena, &more, &err) < 0)
		more = NULL;
	container->is_told = true;
	row_span(host, container->id);
	row_text(host, "podman");
	row_text(host, item->path);
	row_int(host, item->uid);
	engine_put_text(host,
			names && names->type == JSON_STRING ? names->text : (struct span){"", 0});
	engine_put_text(host, engine_text(more, "image-name"));
	engine_put_text(host, engine_text(entry, "image"));
	for (int i = 0; i < 4; i++) /* it keeps labels, ports and networks elsewhere */
		row_null(host);
	row_end(host);
}

static void take_podman(struct configs *configs, const struct item *item)
{
	struct arena arena;
	struct json *root;
	struct err err;

	if (item->error && item->error != ENOENT)
		host_item_failed(configs->host, item, "what podman has on disk of containers");
	if (item->error || item->data.len == 0) /* as it may be before the first container */
		return;
	arena_init(&arena, ENGINE_MAX_TREE);
	if (item->is_cut || json_read(item->data, &arena, &root, &err) < 0 ||
	    root->type != JSON_ARRAY)
		host_incomplete(configs->host, COVERAGE_PARTIAL,
				"what podman has on disk of containers cannot be read");
	else
		for (const struct json *at = root->child; at; at = at->next) {
			struct container *container = find(configs, engine_text(at, "id"));

			if (container && !container->is_told)
				put_podman(configs, container, item, at, &arena);
		}
	arena_done(&arena);
}

static int ask_podman(struct configs *configs, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(configs->host, NEED_STORE, err) < 0)
		return -1;
	while ((got = host_next(configs->host, &item, err)) > 0)
		take_podman(configs, &item);
	return got;
}

static void put_conmon(struct host *host, struct container *container)
{
	struct span rest = container->conmon;
	struct span option = {"", 0};
	struct span name = {"", 0};
	struct span word;
	bool is_its = false;

	while (span_word(&rest, &word)) {
		if (span_is(option, "-c"))
			is_its = is_id_of(container, word);
		if (span_is(option, "-n") && engine_is_name(word))
			name = word;
		option = word;
	}
	if (!is_its || name.len == 0)
		return;
	container->is_told = true;
	row_span(host, container->id);
	row_text(host, "podman");
	row_null(host);
	row_int(host, container->conmon_uid);
	row_span(host, name);
	for (int i = 0; i < 6; i++) /* it is told no more */
		row_null(host);
	row_end(host);
}

/* ---- which containers ---- */

static int read_input(struct configs *configs, struct err *err)
{
	struct arena *arena = host_arena(configs->host);
	struct value row[4];
	int got;

	configs->end = &configs->first;
	while ((got = host_input(configs->host, row, ARRAY_LEN(row), err)) > 0) {
		struct container *container = arena_alloc(arena, 1, sizeof(*container));

		if (++configs->count > MAX_CONTAINERS) {
			host_incomplete(configs->host, COVERAGE_PARTIAL, "more than %u containers",
					MAX_CONTAINERS);
			continue;
		}
		container->id = span_of(arena_text(arena, row[0].text));
		if (row[1].text.data)
			container->source = span_of(arena_text(arena, row[1].text));
		if (row[2].text.data)
			container->conmon = span_of(arena_text(arena, row[2].text));
		container->conmon_uid = row[3].integer;
		*configs->end = container;
		configs->end = &container->next;
	}
	return got;
}

/*
 * No file is no fault: engines of Kubernetes have none of these, and a container is called by its
 * id then, the same at each run. The folder that only root can write to comes first.
 */
static int collect(struct host *host, struct err *err)
{
	struct configs configs = {.host = host};

	if (read_input(&configs, err) < 0)
		return -1;
	if (configs.count > 0 && ask_podman(&configs, err) < 0)
		return -1;
	for (struct container *at = configs.first; at; at = at->next) {
		struct span folder = docker_folder(at->source);

		if (ask_docker(&configs, at, span_of(usual_folder), err) < 0)
			return -1;
		if (folder.len > 0 && ask_docker(&configs, at, folder, err) < 0)
			return -1;
		if (!at->is_told)
			put_conmon(host, at);
	}
	return 0;
}

const struct probe probe_container_configs = {
    .about = "What engines have on disk of containers that run, whether they answer or not",
    COLUMNS({"id", TEXT, "64 hexadecimal digits"}, {"engine", TEXT, "docker or podman"},
	    {"path", TEXT, "of the file; NULL: what its conmon was told"},
	    {"uid", INTEGER, "user id of its owner, or of its conmon"},
	    {"name", TEXT, "as it was given, or made up by the engine"},
	    {"image", TEXT, "what it was started from, as it was asked for"},
	    {"image_id", TEXT, "sha256 of the image's configuration"},
	    {"project", TEXT, "of Compose, by its label"},
	    {"service", TEXT, "of Compose, by its label"},
	    {"ports", TEXT,
	     "JSON, a list of [protocol, address, port, port of the container]; NULL: not kept, or "
	     "very many"},
	    {"networks", TEXT, "JSON, a list of [name, address of the container]; NULL: not kept"}),
    /* a configuration has the environment of its container */
    NEEDS([NEED_SECRET] = {SECRET_NAMED, ""},
	  [NEED_STORE] = {READ, "/var/lib/containers/storage/*-containers/containers.json"}),
    .input =
	"SELECT c.id, min(m.source), q.cmdline, q.uid"
	"  FROM containers c"
	"  LEFT JOIN container_mounts m ON m.container = c.id AND m.source GLOB '*/containers/*'"
	"   AND m.target IN ('/etc/hostname', '/etc/hosts', '/etc/resolv.conf')"
	"  LEFT JOIN processes p ON p.pid = c.pid"
	"  LEFT JOIN processes q ON q.pid = p.ppid AND q.comm = 'conmon'"
	"   AND coalesce(c.engine, 'podman') = 'podman'"
	" GROUP BY c.id ORDER BY c.id",
    .collect = collect,
};
