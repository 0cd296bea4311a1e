/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table container_processes: see the spec at the end. The links in /proc/PID/ns are those of
 * namespaces(7): two processes share a namespace when theirs are the same.
 */
#include <string.h>

#include "audit/probe.h"
#include "lib/own.h"

#define MAX_PROCESSES 65536U

/* In the order of the columns. */
static const char *const kinds[] = {"pid", "ipc", "uts", "mnt", "cgroup", "user"};

struct process {
	int64_t pid;
	struct span container;
	uint64_t inodes[ARRAY_LEN(kinds)]; /* 0: not seen */
};

struct processes {
	struct process *items; /* by pid, ascending */
	int64_t *pids;         /* of the same, and before them 1 */
	size_t count;
	struct process first; /* process 1, which is the host's */
};

static int read_input(struct host *host, struct processes *out, struct err *err)
{
	struct value row[2];
	int got;

	out->items = arena_alloc(host_arena(host), MAX_PROCESSES, sizeof(*out->items));
	out->pids = arena_alloc(host_arena(host), MAX_PROCESSES + 1, sizeof(*out->pids));
	out->pids[0] = 1;
	while ((got = host_input(host, row, ARRAY_LEN(row), err)) > 0) {
		if (out->count == MAX_PROCESSES) {
			host_incomplete(host, COVERAGE_PARTIAL, "more than %u processes",
					MAX_PROCESSES);
			continue;
		}
		out->pids[out->count + 1] = row[0].integer;
		out->items[out->count++] = (struct process){
		    .pid = row[0].integer,
		    .container = span_of(arena_text(host_arena(host), row[1].text)),
		};
	}
	return got;
}

static struct process *find(struct processes *processes, uint64_t pid)
{
	size_t low = 0;
	size_t high = processes->count;

	if (pid == 1)
		return &processes->first;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if ((uint64_t)processes->items[middle].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < processes->count && (uint64_t)processes->items[low].pid == pid)
		return &processes->items[low];
	return NULL;
}

/* "/proc/PID/ns/KIND", and "KIND:[INODE]" in it. */
static bool read_path(const char *path, uint64_t *pid, struct span *kind)
{
	struct span rest = span_of(path);
	struct span part = {"", 0};

	for (int i = 0; i < 3; i++)
		if (!span_cut(&rest, '/', &part))
			return false;
	if (span_uint(part, INT32_MAX, pid) < 0 || !span_cut(&rest, '/', &part))
		return false;
	*kind = rest;
	return span_is(part, "ns");
}

static uint64_t inode_of(struct span link)
{
	uint64_t inode = 0;
	struct span kind;

	if (!span_cut(&link, '[', &kind) || !span_ends(link, "]") ||
	    span_uint((struct span){link.data, link.len - 1}, INT64_MAX, &inode) < 0)
		return 0;
	return inode;
}

static void take(struct host *host, struct processes *processes, const struct item *item)
{
	struct process *process;
	struct span kind;
	uint64_t pid;

	if (!read_path(item->path, &pid, &kind)) {
		host_item_failed(host, item, "namespaces of processes");
		return;
	}
	process = find(processes, pid);
	if (!process) /* in no container */
		return;
	if (item->error) {
		host_item_failed(host, item, "namespaces of some processes");
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (span_is(kind, kinds[i]))
			process->inodes[i] = inode_of(item->data);
}

static void put(struct host *host, const struct process *process, const struct process *first)
{
	row_int(host, process->pid);
	row_span(host, process->container);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (process->inodes[i] && first->inodes[i])
			row_int(host, process->inodes[i] == first->inodes[i]);
		else
			row_null(host);
	}
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	struct processes processes = {0};
	struct item item;
	int got = 0;

	if (read_input(host, &processes, err) < 0)
		return -1;
	if (processes.count == 0)
		return 0;
	for (size_t at = 0; at <= processes.count; at += HOST_MAX_PIDS) {
		size_t count = processes.count + 1 - at;

		if (host_ask_processes(host, 0, processes.pids + at,
				       count < HOST_MAX_PIDS ? count : HOST_MAX_PIDS, err) < 0)
			return -1;
		while ((got = host_next(host, &item, err)) > 0)
			take(host, &processes, &item);
		if (got < 0)
			return -1;
	}
	for (size_t i = 0; i < processes.count; i++)
		put(host, &processes.items[i], &processes.first);
	return 0;
}

const struct probe probe_container_processes = {
    .about = "Processes in containers, and which namespaces they share with the host",
    COLUMNS(
	{"pid", INTEGER, "process id; who it is, the table processes tells"},
	{"container", TEXT, "id of its container"},
	{"shares_pid", INTEGER, "1: it sees the host's processes; NULL, here and below: not seen"},
	{"shares_ipc", INTEGER, "1: it shares the host's memory segments and queues"},
	{"shares_uts", INTEGER, "1: it shares the host's name"},
	{"shares_mounts", INTEGER, "1: it sees the host's mounts"},
	{"shares_cgroup", INTEGER, "1: it sees the host's control groups"},
	{"shares_user", INTEGER, "1: its user ids and capabilities are the host's own"}),
    NEEDS({READ, "/proc/[0-9]*/ns/{pid@,ipc@,uts@,mnt@,cgroup@,user@}"}),
    .input = "SELECT pid, container FROM processes WHERE container IS NOT NULL ORDER BY pid",
    .collect = collect,
};
