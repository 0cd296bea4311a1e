/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table redis_files: see the spec at the end. Each file is looked for in the root of the
 * server's own process, so that a container's is a container's; modes and owners are as the host
 * has them. Others get at a file only where they may search each folder above it.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "audit/probe.h"
#include "audit/redis_conf.h"
#include "lib/own.h"

#define MAX_FILES 32U /* of one server, with those that are included */

enum { NEED_CONTENT, NEED_MODE };

struct server {
	struct server *next;
	int64_t namespace;
	const char *address;
	int64_t port;
	int64_t pid;
	struct span files[MAX_FILES]; /* those from `asked` on are to be looked at */
	unsigned count;
	unsigned asked;
};

/* What others may do by way of the folders above. */
struct ways {
	bool may_enter;
	bool may_replace; /* what stands in one of them */
};

/*
 * Servers that want a password do not say where their file is, and have put their address over
 * their command line: where Debian, Red Hat and the official image have it.
 */
static const char *const usual[] = {"/etc/redis/redis.conf", "/etc/redis.conf",
				    "/etc/redis/sentinel.conf", "/etc/valkey/valkey.conf",
				    "/usr/local/etc/redis/redis.conf"};

static void add_file(struct host *host, struct server *server, struct span path)
{
	for (unsigned i = 0; i < server->count; i++)
		if (server->files[i].len == path.len &&
		    memcmp(server->files[i].data, path.data, path.len) == 0)
			return;
	if (server->count == MAX_FILES || path.len == 0 || path.data[0] != '/') {
		host_incomplete(host, COVERAGE_PARTIAL,
				"not every file that the server at port %lld names is looked at",
				(long long)server->port);
		return;
	}
	path = span_of(arena_text(host_arena(host), path));
	server->files[server->count++] = path;
}

/* "redis-server /etc/redis/redis.conf", where the server leaves its command line as it was */
static bool add_argument(struct host *host, struct server *server, struct span cmdline)
{
	struct span program;
	struct span word;

	if (!span_word(&cmdline, &program) || !span_word(&cmdline, &word) ||
	    !span_ends(word, ".conf") || word.data[0] != '/')
		return false;
	add_file(host, server, word);
	return true;
}

/* Values: see the input. */
static struct server *new_server(struct host *host, const struct value *values)
{
	struct arena *arena = host_arena(host);
	struct server *server = arena_alloc(arena, 1, sizeof(*server));
	bool says_all = values[5].integer != 0;

	server->namespace = values[0].integer;
	server->address = arena_text(arena, values[1].text);
	server->port = values[2].integer;
	server->pid = values[3].integer;
	if (server->pid == 0)
		host_incomplete(host, COVERAGE_PARTIAL,
				"the process of the server at port %lld could not be seen",
				(long long)server->port);
	else if (values[4].text.len > 0)
		add_file(host, server, values[4].text);
	else if (!says_all && !add_argument(host, server, values[6].text))
		for (size_t i = 0; i < ARRAY_LEN(usual); i++)
			add_file(host, server, span_of(usual[i]));
	return server;
}

/* 1 and the item of one file, or 0 when it does not exist or could not be seen. */
static int get(struct host *host, const struct server *server, unsigned need, struct span path,
	       struct item *item, struct err *err)
{
	int got;

	if (host_ask_file(host, need, server->pid, path, err) < 0)
		return -1;
	got = host_next(host, item, err);
	if (got <= 0 || !item->error)
		return got;
	if (item->error != ENOENT && item->error != ENOTDIR && item->error != ESRCH)
		host_item_failed(host, item, arena_text(host_arena(host), path));
	return 0;
}

/* 0: there is no such folder, or it could not be seen. */
static int look_above(struct host *host, const struct server *server, struct span path,
		      struct ways *ways, struct err *err)
{
	struct item item;

	*ways = (struct ways){.may_enter = true};
	for (size_t len = 1; len < path.len; len++) {
		int got;

		if (path.data[len] != '/')
			continue;
		got = get(host, server, NEED_MODE, (struct span){path.data, len}, &item, err);
		if (got <= 0)
			return got;
		if (!(item.mode & S_IXOTH))
			ways->may_enter = false;
		ways->may_replace |= (item.mode & S_IWOTH) && !(item.mode & S_ISVTX);
	}
	return 1;
}

static void put(struct host *host, const struct server *server, const struct item *item,
		const struct redis_conf *conf, const struct ways *ways)
{
	row_int(host, server->namespace);
	row_text(host, server->address);
	row_int(host, server->port);
	row_text(host, item->path);
	row_int(host, item->mode & 07777);
	row_int(host, item->uid);
	row_int(host, item->gid);
	row_text(host, conf->has_password ? "password" : conf->has_hash ? "hash" : NULL);
	row_int(host, ways->may_enter && (item->mode & S_IROTH));
	row_int(host, ways->may_enter && (ways->may_replace || (item->mode & S_IWOTH)));
	row_end(host);
}

/* "include /etc/redis/conf.d/?*.conf": as many files as there are. */
static int look_up(struct host *host, struct server *server, struct span pattern, struct err *err)
{
	struct item item;
	int got;

	if (host_ask_glob(host, NEED_MODE, server->pid, pattern, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		if (item.error)
			host_item_failed(host, &item, arena_text(host_arena(host), pattern));
		else if (S_ISREG(item.mode))
			add_file(host, server, span_of(item.path));
	}
	return got;
}

static bool is_pattern(struct span path)
{
	for (size_t i = 0; i < path.len; i++)
		if (strchr("*?[", path.data[i]))
			return true;
	return false;
}

static int look_at(struct host *host, struct server *server, struct span path, struct err *err)
{
	struct redis_conf conf;
	struct ways ways;
	struct item item;
	int got;

	if (is_pattern(path))
		return look_up(host, server, path, err);
	got = look_above(host, server, path, &ways, err);
	if (got <= 0)
		return got;
	got = get(host, server, NEED_CONTENT, path, &item, err);
	if (got <= 0)
		return got;
	redis_conf_read(&conf, item.data);
	if (item.is_cut || conf.is_cut)
		host_incomplete(host, COVERAGE_PARTIAL, "%s is too long", item.path);
	put(host, server, &item, &conf, &ways);
	for (unsigned i = 0; i < conf.file_count; i++)
		add_file(host, server, conf.files[i]);
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct server *first = NULL;
	struct value values[7];
	int got;

	while ((got = host_input(host, values, 7, err)) > 0) {
		struct server *server = new_server(host, values);

		server->next = first;
		first = server;
	}
	for (struct server *server = first; got == 0 && server; server = server->next)
		while (got == 0 && server->asked < server->count)
			got = look_at(host, server, server->files[server->asked++], err);
	return got;
}

const struct probe probe_redis_files = {
    .about = "Configuration and ACL files of Redis servers, and what others may do with them",
    COLUMNS(
	{"namespace", INTEGER, "id of the network namespace of the server"},
	{"address", TEXT, "that its listener is bound to"}, {"port", INTEGER, "local port"},
	{"path", TEXT,
	 "as the server's process sees it: as it says itself, else as on its command line, else "
	 "where it usually is"},
	{"mode", INTEGER, "permissions"}, {"uid", INTEGER, "owner, as the host counts"},
	{"gid", INTEGER, "group, as the host counts"},
	{"secret", TEXT, "password: it holds one in clear; hash: the hash of one; NULL: neither"},
	{"others_read", INTEGER, "1: by its mode and those of the folders above"},
	{"others_write", INTEGER, "1: the same way, or as they may replace it"}),
    NEEDS([NEED_CONTENT] = {SECRET_NAMED, ""}, [NEED_MODE] = {STAT_NAMED, ""}),
    /* The listener of an engine's proxy is not the server, which has its own. */
    .input = "WITH owners AS (SELECT inode, min(pid) AS pid FROM socket_owners"
	     " WHERE inode <> 0 GROUP BY inode) "
	     "SELECT r.namespace, r.address, r.port, min(o.pid), max(r.config_file),"
	     " max(r.may_info IS 1), min(p.cmdline) FROM redis_servers r"
	     " JOIN sockets s ON s.namespace = r.namespace AND s.protocol = 'tcp'"
	     " AND s.address = r.address AND s.port = r.port"
	     " LEFT JOIN owners o ON o.inode = s.inode LEFT JOIN processes p ON p.pid = o.pid"
	     " WHERE coalesce(p.comm, '') NOT IN ('docker-proxy', 'rootlessport', 'rootlesskit',"
	     " 'slirp4netns', 'pasta', 'pasta.avx2')"
	     " GROUP BY r.namespace, r.address, r.port",
    .collect = collect,
};
