/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table containers: see the spec at the end. Which there are, the kernel tells (cgroups(7)),
 * whichever engine started them and whether it answers or not. A limit of a group above counts as
 * well (Documentation/admin-guide/cgroup-v2.rst); version 1 writes "none" as the largest number of
 * pages that fits.
 */
#include <errno.h>
#include <string.h>

#include "audit/cgroup.h"
#include "audit/probe.h"
#include "lib/own.h"

#define MAX_CONTAINERS 8192U
#define MAX_GROUPS 32768U
#define NO_LIMIT INT64_MAX
#define NEARLY_NO_LIMIT ((uint64_t)1 << 62)

enum { LIMIT_MEMORY, LIMIT_PIDS, LIMIT_COUNT };

/* A control group that limits something; those above it came before it. */
struct group {
	struct group *next; /* of the same bucket */
	struct span path;
	struct span container; /* whose own group it is; or empty */
	int64_t limits[LIMIT_COUNT];
	bool is_seen[LIMIT_COUNT];
};

#define BUCKETS 4096U

struct groups {
	struct host *host;
	struct group *buckets[BUCKETS];    /* by path */
	struct group *containers[BUCKETS]; /* by the id in the path: a copy of the group */
	unsigned count;
};

/* FNV-1a: nobody gains by collisions but a slower look at its own host. */
static unsigned bucket_of(struct span key)
{
	uint32_t hash = 2166136261U;

	for (size_t i = 0; i < key.len; i++)
		hash = (hash ^ (unsigned char)key.data[i]) * 16777619U;
	return hash % BUCKETS;
}

static bool same(struct span one, struct span other)
{
	return one.len == other.len && one.len > 0 && memcmp(one.data, other.data, one.len) == 0;
}

static struct group *find(struct group *list, struct span path)
{
	for (; list; list = list->next)
		if (same(list->path, path))
			return list;
	return NULL;
}

static struct span folder_of(struct span path)
{
	while (path.len > 0 && path.data[path.len - 1] != '/')
		path.len--;
	if (path.len > 0)
		path.len--;
	return path;
}

/* The container whose own group this is, and not one further up. */
static struct span container_of(struct span path)
{
	struct span id = cgroup_names(path).container;
	const char *last = path.data + folder_of(path).len;

	return id.len > 0 && id.data >= last ? id : (struct span){"", 0};
}

static struct group *new_group(struct groups *groups, struct span path)
{
	struct group *group = arena_alloc(host_arena(groups->host), 1, sizeof(*group));
	struct group *above = NULL;
	unsigned bucket = bucket_of(path);

	for (struct span at = folder_of(path); at.len > 0 && !above; at = folder_of(at))
		above = find(groups->buckets[bucket_of(at)], at);
	*group = (struct group){.limits = {NO_LIMIT, NO_LIMIT}};
	if (above)
		memcpy(group->limits, above->limits, sizeof(group->limits));
	group->path = span_of(arena_text(host_arena(groups->host), path));
	group->container = container_of(group->path);
	group->next = groups->buckets[bucket];
	groups->buckets[bucket] = group;
	groups->count++;
	return group;
}

static int64_t read_limit(struct span data)
{
	uint64_t limit;

	if (span_uint(span_trim(data), NEARLY_NO_LIMIT, &limit) < 0 || limit >= NEARLY_NO_LIMIT)
		return NO_LIMIT; /* "max" */
	return (int64_t)limit;
}

static void take(struct groups *groups, const struct item *item)
{
	struct span file = span_of(item->path);
	struct span path = folder_of(file);
	int which = span_ends(file, "/pids.max") ? LIMIT_PIDS : LIMIT_MEMORY;
	struct group *group;
	int64_t limit;

	/* version 1 has links to its hierarchies, and a group that goes has no device any more */
	if (item->error == ELOOP || item->error == ENODEV)
		return;
	if (item->error) {
		host_item_failed(groups->host, item, "limits of some control groups");
		return;
	}
	group = find(groups->buckets[bucket_of(path)], path);
	if (!group && groups->count == MAX_GROUPS) {
		host_incomplete(groups->host, COVERAGE_PARTIAL, "more than %u control groups",
				MAX_GROUPS);
		return;
	}
	if (!group)
		group = new_group(groups, path);
	limit = read_limit(item->data);
	group->is_seen[which] = true;
	if (limit < group->limits[which])
		group->limits[which] = limit;
}

/* By id: a container has a group in each hierarchy of version 1. */
static void index_containers(struct groups *groups)
{
	for (unsigned i = 0; i < BUCKETS; i++)
		for (const struct group *at = groups->buckets[i]; at; at = at->next) {
			unsigned bucket = bucket_of(at->container);
			struct group *copy;

			if (at->container.len == 0)
				continue;
			copy = arena_alloc(host_arena(groups->host), 1, sizeof(*copy));
			*copy = *at;
			copy->next = groups->containers[bucket];
			groups->containers[bucket] = copy;
		}
}

static void put_limit(struct host *host, const struct group *list, struct span id, int which)
{
	int64_t limit = NO_LIMIT;

	for (; list; list = list->next)
		if (same(list->container, id) && list->is_seen[which] &&
		    list->limits[which] < limit)
			limit = list->limits[which];
	if (limit == NO_LIMIT)
		row_null(host);
	else
		row_int(host, limit);
}

static bool sees_memory(const struct group *list, struct span id)
{
	for (; list; list = list->next)
		if (same(list->container, id) && list->is_seen[LIMIT_MEMORY])
			return true;
	return false;
}

enum { IN_ID, IN_ENGINE, IN_PID, IN_CGROUP, IN_NAMESPACE, IN_NETWORK, IN_SHARES, IN_COUNT = 10 };

static void put_value(struct host *host, const struct value *value)
{
	if (value->is_null)
		row_null(host);
	else if (value->text.data)
		row_span(host, value->text);
	else
		row_int(host, value->integer);
}

static void put(struct groups *groups, const struct value row[IN_COUNT])
{
	struct host *host = groups->host;
	const struct group *list = groups->containers[bucket_of(row[IN_ID].text)];

	for (int i = 0; i < IN_COUNT; i++)
		put_value(host, &row[i]);
	row_int(host, sees_memory(list, row[IN_ID].text));
	put_limit(host, list, row[IN_ID].text, LIMIT_MEMORY);
	put_limit(host, list, row[IN_ID].text, LIMIT_PIDS);
	row_end(host);
}

enum { NEED_UNIFIED, NEED_GROUPS, NEED_OLD };
#define NEED_COUNT (NEED_OLD + 3)

static int read_need(struct groups *groups, unsigned need, struct err *err)
{
	struct item item;
	int got;

	if (host_ask(groups->host, need, err) < 0)
		return -1;
	while ((got = host_next(groups->host, &item, err)) > 0)
		take(groups, &item);
	return got;
}

/* Are the groups of version 2, and those alone? Else each hierarchy has a folder of its own. */
static int is_unified(struct groups *groups, bool *out, struct err *err)
{
	struct item item;
	int got;

	*out = false;
	if (host_ask(groups->host, NEED_UNIFIED, err) < 0)
		return -1;
	while ((got = host_next(groups->host, &item, err)) > 0)
		*out = item.error == 0;
	return got;
}

/* A host without containers is not asked for its control groups; nor is the input kept. */
static int read_groups(struct groups *groups, struct err *err)
{
	bool unified;

	if (is_unified(groups, &unified, err) < 0)
		return -1;
	for (unsigned need = unified ? NEED_GROUPS : NEED_OLD;
	     need < (unified ? NEED_OLD : NEED_COUNT); need++)
		if (read_need(groups, need, err) < 0)
			return -1;
	index_containers(groups);
	return 0;
}

static struct value *read_input(struct host *host, size_t *count, struct err *err)
{
	struct value *rows =
	    arena_alloc(host_arena(host), MAX_CONTAINERS * IN_COUNT, sizeof(*rows));
	struct value row[IN_COUNT];
	int got;

	while ((got = host_input(host, row, IN_COUNT, err)) > 0) {
		if (*count == MAX_CONTAINERS) {
			host_incomplete(host, COVERAGE_PARTIAL, "more than %u containers",
					MAX_CONTAINERS);
			continue;
		}
		for (int i = 0; i < IN_COUNT; i++) {
			struct value *out = &rows[*count * IN_COUNT + (size_t)i];

			*out = row[i];
			if (row[i].text.data)
				out->text = span_of(arena_text(host_arena(host), row[i].text));
		}
		++*count;
	}
	return got < 0 ? NULL : rows;
}

static int collect(struct host *host, struct err *err)
{
	struct groups *groups = arena_alloc(host_arena(host), 1, sizeof(*groups));
	struct value *rows;
	size_t count = 0;

	*groups = (struct groups){.host = host};
	rows = read_input(host, &count, err);
	if (!rows)
		return -1;
	if (count == 0)
		return 0;
	if (read_groups(groups, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		put(groups, &rows[i * IN_COUNT]);
	return 0;
}

const struct probe probe_containers = {
    .about = "Containers that run, as the kernel sees them",
    COLUMNS({"id", TEXT, "64 hexadecimal digits, from the control group"},
	    {"engine", TEXT, "docker, podman, containerd, cri-o or kubernetes; NULL if unknown"},
	    {"pid", INTEGER, "its main process: the oldest that something outside it started"},
	    {"cgroup", TEXT, "path of that one's control group"},
	    {"namespace", INTEGER, "id of its network namespace; NULL when hidden"},
	    {"shares_network", INTEGER, "1: it has the host's own; NULL, here and below: not seen"},
	    {"shares_pid", INTEGER, "1: it sees the host's processes"},
	    {"shares_ipc", INTEGER, "1: it shares the host's memory segments and queues"},
	    {"shares_uts", INTEGER, "1: it shares the host's name"},
	    {"shares_user", INTEGER,
	     "1: its user ids are the host's, and its root is the host's; 0: a user namespace"},
	    {"has_memory_control", INTEGER, "1: the kernel counts its memory"},
	    {"memory_max", INTEGER, "bytes that it may use, by all groups above; NULL: no limit"},
	    {"pids_max", INTEGER, "processes that it may have, the same way; NULL: no limit"}),
    /* what lies above comes first */
    NEEDS([NEED_UNIFIED] = {STAT, "/sys/fs/cgroup/cgroup.procs"},
	  [NEED_GROUPS] = {READ, "/sys/fs/cgroup/**/{memory.max,pids.max}"},
	  [NEED_OLD] = {READ, "/sys/fs/cgroup/*memory*/**/memory.limit_in_bytes"},
	  {READ, "/sys/fs/cgroup/*pids*/**/pids.max"},
	  {READ, "/sys/fs/cgroup/unified/**/{memory.max,pids.max}"}),
    .input = "SELECT container, engine, pid, cgroup, namespace, shares_network, shares_pid,"
	     "       shares_ipc, shares_uts, shares_user"
	     "  FROM (SELECT p.container, p.engine, p.pid, p.cgroup, p.namespace,"
	     "               n.is_host AS shares_network, c.shares_pid, c.shares_ipc,"
	     "               c.shares_uts, c.shares_user,"
	     "               row_number() OVER (PARTITION BY p.container"
	     "                                  ORDER BY q.container IS p.container,"
	     "                                           p.started, p.pid) AS rank"
	     "          FROM processes p"
	     "          JOIN container_processes c ON c.pid = p.pid"
	     "          LEFT JOIN processes q ON q.pid = p.ppid"
	     "          LEFT JOIN namespaces n ON n.id = p.namespace)"
	     " WHERE rank = 1 ORDER BY container",
    .collect = collect,
};
