/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table container_mounts: see the spec at the end. A mount names a part of a file system;
 * where the host sees the same part, its own mounts tell. A container that ended meanwhile has
 * none.
 */
#include <errno.h>
#include <string.h>

#include "audit/mountinfo.h"
#include "audit/probe.h"
#include "lib/own.h"

#define MAX_CONTAINERS HOST_MAX_PIDS
#define MAX_HOST_MOUNTS 32768U
#define MAX_MOUNTS 100000U /* of all containers */
#define MAX_SOURCES 8U     /* of one mount: ways by which the host sees it */
#define BUCKETS 1024U

enum { NEED_HOST, NEED_CONTAINERS };

struct container {
	int64_t pid;
	struct span id;
};

struct host_mount {
	struct host_mount *next; /* of the same bucket */
	struct mountinfo at;
};

struct bucket {
	struct host_mount *first; /* in the host's order */
	struct host_mount **end;
};

struct mounts {
	struct host *host;
	struct bucket
	    buckets[BUCKETS];         /* by device: an engine mounts something for each container */
	struct container *containers; /* by pid, ascending */
	int64_t *pids;                /* of the same */
	size_t container_count;
	unsigned host_count;
	unsigned count;
};

static int read_containers(struct mounts *mounts, struct err *err)
{
	struct arena *arena = host_arena(mounts->host);
	struct value row[2];
	int got;

	mounts->containers = arena_alloc(arena, MAX_CONTAINERS, sizeof(*mounts->containers));
	mounts->pids = arena_alloc(arena, MAX_CONTAINERS, sizeof(*mounts->pids));
	while ((got = host_input(mounts->host, row, ARRAY_LEN(row), err)) > 0) {
		if (mounts->container_count == MAX_CONTAINERS) {
			host_incomplete(mounts->host, COVERAGE_PARTIAL, "more than %u containers",
					MAX_CONTAINERS);
			continue;
		}
		mounts->pids[mounts->container_count] = row[0].integer;
		mounts->containers[mounts->container_count++] = (struct container){
		    .pid = row[0].integer,
		    .id = span_of(arena_text(arena, row[1].text)),
		};
	}
	return got;
}

/* FNV-1a */
static struct bucket *bucket_of(struct mounts *mounts, struct span device)
{
	uint32_t hash = 2166136261U;

	for (size_t i = 0; i < device.len; i++)
		hash = (hash ^ (unsigned char)device.data[i]) * 16777619U;
	return &mounts->buckets[hash % BUCKETS];
}

static void keep_host(struct mounts *mounts, struct span data)
{
	struct arena *arena = host_arena(mounts->host);
	struct span line;

	data = (struct span){arena_text(arena, data), data.len};
	while (span_cut(&data, '\n', &line)) {
		struct host_mount *mount = arena_alloc(arena, 1, sizeof(*mount));
		struct bucket *bucket;

		if (++mounts->host_count > MAX_HOST_MOUNTS) {
			host_incomplete(mounts->host, COVERAGE_PARTIAL,
					"the host has more than %u mounts", MAX_HOST_MOUNTS);
			return;
		}
		if (!mountinfo_read(line, arena, &mount->at)) {
			host_incomplete(mounts->host, COVERAGE_PARTIAL,
					"/proc/1/mountinfo has a line that is no mount");
			continue;
		}
		mount->next = NULL;
		bucket = bucket_of(mounts, mount->at.device);
		*bucket->end = mount;
		bucket->end = &mount->next;
	}
}

static int read_host(struct mounts *mounts, struct err *err)
{
	struct item item;
	int got;

	for (size_t i = 0; i < BUCKETS; i++)
		mounts->buckets[i].end = &mounts->buckets[i].first;
	if (host_ask(mounts->host, NEED_HOST, err) < 0)
		return -1;
	while ((got = host_next(mounts->host, &item, err)) > 0) {
		if (item.error || item.is_cut)
			host_item_failed(mounts->host, &item, "the host's mounts");
		else
			keep_host(mounts, item.data);
	}
	return got;
}

static void put(struct mounts *mounts, struct span container, const struct mountinfo *mount,
		struct span source)
{
	struct host *host = mounts->host;

	row_span(host, container);
	row_span(host, mount->target);
	if (source.len > 0)
		row_span(host, source);
	else
		row_null(host);
	row_span(host, mount->type);
	row_int(host, mount->is_writable);
	row_end(host);
}

static bool is_told(const struct span *sources, unsigned count, struct span source)
{
	for (unsigned i = 0; i < count; i++)
		if (sources[i].len == source.len &&
		    memcmp(sources[i].data, source.data, source.len) == 0)
			return true;
	return false;
}

/* A row for each path by which the host has it. */
static void put_mount(struct mounts *mounts, struct span container, const struct mountinfo *mount)
{
	struct span sources[MAX_SOURCES];
	unsigned count = 0;

	for (const struct host_mount *at = bucket_of(mounts, mount->device)->first;
	     at && count < MAX_SOURCES; at = at->next) {
		struct span source = mountinfo_source(&at->at, mount, host_arena(mounts->host));

		if (source.len == 0 || is_told(sources, count, source))
			continue;
		sources[count++] = source;
		put(mounts, container, mount, source);
	}
	if (count == 0)
		put(mounts, container, mount, (struct span){"", 0});
}

static void read_mounts(struct mounts *mounts, const struct container *container, struct span data)
{
	struct span line;

	while (span_cut(&data, '\n', &line)) {
		struct mountinfo mount;

		if (++mounts->count > MAX_MOUNTS) {
			host_incomplete(mounts->host, COVERAGE_PARTIAL,
					"containers have more than %u mounts", MAX_MOUNTS);
			return;
		}
		if (mountinfo_read(line, host_arena(mounts->host), &mount))
			put_mount(mounts, container->id, &mount);
		else
			host_incomplete(mounts->host, COVERAGE_PARTIAL,
					"a line of a container's mountinfo is no mount");
	}
}

/* "/proc/PID/mountinfo" */
static const struct container *find(const struct mounts *mounts, const char *path)
{
	struct span rest = span_of(path);
	struct span part = {"", 0};
	uint64_t pid = 0;
	size_t low = 0;
	size_t high = mounts->container_count;

	for (int i = 0; i < 3; i++)
		if (!span_cut(&rest, '/', &part))
			return NULL;
	if (span_uint(part, INT32_MAX, &pid) < 0)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if ((uint64_t)mounts->containers[middle].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < mounts->container_count && (uint64_t)mounts->containers[low].pid == pid)
		return &mounts->containers[low];
	return NULL;
}

static int collect(struct host *host, struct err *err)
{
	struct mounts *mounts = arena_alloc(host_arena(host), 1, sizeof(*mounts));
	struct item item;
	int got;

	*mounts = (struct mounts){.host = host};
	if (read_containers(mounts, err) < 0)
		return -1;
	if (mounts->container_count == 0)
		return 0;
	if (read_host(mounts, err) < 0 || host_ask_processes(host, NEED_CONTAINERS, mounts->pids,
							     mounts->container_count, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		const struct container *container = find(mounts, item.path);

		/* EINVAL: of a process that has ended and waits for its parent */
		if (!container || item.error == EINVAL)
			continue;
		if (item.error || item.is_cut)
			host_item_failed(host, &item, "mounts of some containers");
		if (!item.error)
			read_mounts(mounts, container, item.data);
	}
	return got;
}

const struct probe probe_container_mounts = {
    .about = "What containers have mounted, a row for each path by which the host sees the same",
    COLUMNS({"container", TEXT, "id of the container"},
	    {"target", TEXT, "where the container has it"},
	    {"source", TEXT, "where the host has it; NULL: nowhere, it is the container's own"},
	    {"fstype", TEXT, "kind of file system: ext4, overlay, proc"},
	    {"is_writable", INTEGER, "1: the mount and its file system can be written to"}),
    NEEDS([NEED_HOST] = {READ, "/proc/1/mountinfo"}, [NEED_CONTAINERS] =
							 {READ, "/proc/[0-9]*/mountinfo"}),
    .input = "SELECT pid, id FROM containers ORDER BY pid",
    .collect = collect,
};
