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
#include <ctype.h>
#include <string.h>

#include "audit/engine_answer.h"
#include "lib/buf.h"
#include "lib/own.h"

#define MAX_CONTAINERS 8192U
#define MAX_LIST (PROBE_MAX_TEXT - 128) /* bytes of a column that is one */
#define MAX_PATH 4096U

enum { NEED_SECRET, NEED_STORE };

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

/* ---- values ---- */

static bool is_address(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!strchr("0123456789abcdef.:", text.data[i]) || !text.data[i])
			return false;
	return text.len > 0;
}

/* docs.docker.com/reference/cli/docker/network/create: what a name may be, so that it needs no
 * quoting. */
static bool is_name(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!isalnum((unsigned char)text.data[i]) && text.data[i] != '_' &&
		    text.data[i] != '.' && text.data[i] != '-')
			return false;
	return text.len > 0;
}

/* Of "Ports": {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]}. */
static void add_port(struct buf *out, const char *key, const struct json *binding)
{
	struct span rest = span_of(key);
	struct span address = engine_text(binding, "HostIp");
	struct span port;
	uint64_t inner;
	uint64_t outer;

	if (!span_cut(&rest, '/', &port) || span_uint(port, 65535, &inner) < 0 ||
	    !(span_is(rest, "tcp") || span_is(rest, "udp") || span_is(rest, "sctp")) ||
	    span_uint(engine_text(binding, "HostPort"), 65535, &outer) < 0 || outer == 0)
		return;
	if (address.len == 0)
		address = span_of("0.0.0.0");
	if (is_address(address))
		buf_printf(out, "%s[\"%.*s\",\"%.*s\",%u,%u]", out->len > 1 ? "," : "",
			   (int)rest.len, rest.data, (int)address.len, address.data,
			   (unsigned)outer, (unsigned)inner);
}

/* Half a list would say that the rest is not there. */
static void put_list(struct host *host, const struct buf *list)
{
	if (list->len <= MAX_LIST)
		row_span(host, buf_span(list));
	else
		row_null(host);
}

static void put_ports(struct host *host, const struct json *network)
{
	const struct json *ports = json_get(network, "Ports");
	struct buf out auto_buf;

	buf_init(&out, PROBE_MAX_TEXT);
	buf_printf(&out, "[");
	for (const struct json *at = ports && ports->type == JSON_OBJECT ? ports->child : NULL; at;
	     at = at->next)
		for (const struct json *to = at->type == JSON_ARRAY ? at->child : NULL;
		     to && out.len < MAX_LIST; to = to->next)
			add_port(&out, at->key, to);
	buf_printf(&out, "]");
	put_list(host, &out);
}

static void add_network(struct buf *out, const struct json *network)
{
	static const char *const families[] = {"IPAddress", "GlobalIPv6Address"};

	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		struct span address = engine_text(network, families[i]);

		if (is_name(span_of(network->key)) && is_address(address) && out->len < MAX_LIST)
			buf_printf(out, "%s[\"%s\",\"%.*s\"]", out->len > 1 ? "," : "",
				   network->key, (int)address.len, address.data);
	}
}

static void put_networks(struct host *host, const struct json *network)
{
	const struct json *networks = json_get(network, "Networks");
	struct buf out auto_buf;

	buf_init(&out, PROBE_MAX_TEXT);
	buf_printf(&out, "[");
	for (const struct json *at = networks && networks->type == JSON_OBJECT ? networks->child
									       : NULL;
	     at; at = at->next)
		add_network(&out, at);
	buf_printf(&out, "]");
	put_list(host, &out);
}

/* ---- Docker ---- */

static bool is_id_of(const struct container *container, struct span id)
{
	return id.len == container->id.len && memcmp(id.data, container->id.data, id.len) == 0;
}

static void put_docker(struct configs *configs, struct container *container,
		       const struct item *item, const struct json *root)
{
	struct host *host = configs->host;
	const struct json *config = json_get(root, "Config");
	const struct json *labels = json_get(config, "Labels");
	struct span name = engine_text(root, "Name");

	if (span_starts(name, "/"))
		name = (struct span){name.data + 1, name.len - 1};
	container->is_told = true;
	row_span(host, container->id);
	row_text(host, "docker");
	row_text(host, item->path);
	row_int(host, item->uid);
	engine_put_text(host, name);
	engine_put_text(host, engine_text(config, "Image"));
	engine_put_text(host, engine_text(root, "Image"));
	engine_put_text(host, engine_text(labels, "com.docker.compose.project"));
	engine_put_text(host, engine_text(labels, "com.docker.compose.service"));
	put_ports(host, json_get(root, "NetworkSettings"));
	put_networks(host, json_get(root, "NetworkSettings"));
	row_end(host);
}

static void take_docker(struct configs *configs, struct container *container,
			const struct item *item)
{
	struct arena arena;
	struct json *root;
	struct span id;
	struct err err;

	if (item->error || item->is_cut)
		return;
	arena_init(&arena, ENGINE_MAX_TREE);
	if (json_read(item->data, &arena, &root, &err) == 0) {
		id = engine_text(root, "ID");
		if (is_id_of(container, id))
			put_docker(configs, container, item, root);
	}
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
		take_docker(configs, container, &item);
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

	if (item->error || item->is_cut)
		return;
	arena_init(&arena, ENGINE_MAX_TREE);
	if (json_read(item->data, &arena, &root, &err) == 0 && root->type == JSON_ARRAY)
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
		if (span_is(option, "-n") && is_name(word))
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

		if (ask_docker(&configs, at, span_of("/var/lib/docker/containers"), err) < 0)
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
