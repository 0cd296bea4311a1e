/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table socket_owners: see the spec at the end. The links /proc/PID/fd/N read "socket:[N]"
 * with the inode that sock_diag tells (proc(5)); only sockets of the table sockets are kept.
 */
#include <stdlib.h>
#include <string.h>

#include "audit/probe.h"

struct inodes {
	uint64_t *sorted;
	size_t count;
};

static int compare(const void *left, const void *right)
{
	uint64_t a;
	uint64_t b;

	memcpy(&a, left, sizeof(a));
	memcpy(&b, right, sizeof(b));
	return (a > b) - (a < b);
}

static int read_input(struct host *host, struct inodes *out, struct err *err)
{
	size_t capacity = 0;
	struct value row;
	int got;

	while ((got = host_input(host, &row, 1, err)) > 0) {
		if (out->count == capacity) {
			uint64_t *grown;

			capacity = capacity ? 2 * capacity : 1024;
			grown = arena_alloc(host_arena(host), capacity, sizeof(*grown));
			if (out->count > 0)
				memcpy(grown, out->sorted, out->count * sizeof(*grown));
			out->sorted = grown;
		}
		out->sorted[out->count++] = (uint64_t)row.integer;
	}
	if (got == 0 && out->count > 0)
		qsort(out->sorted, out->count, sizeof(*out->sorted), compare);
	return got;
}

/* "/proc/PID/fd/N" and "socket:[INODE]". */
static bool read_link(const struct item *item, uint64_t *pid, uint64_t *fd, uint64_t *inode)
{
	struct span path = span_of(item->path);
	struct span part[5];
	struct span number = item->data;

	for (int i = 0; i < 5; i++)
		if (!span_cut(&path, '/', &part[i]))
			return false;
	if (!span_starts(number, "socket:[") || !span_ends(number, "]"))
		return false;
	number = (struct span){number.data + 8, number.len - 9};
	return span_uint(part[2], INT32_MAX, pid) == 0 && span_uint(part[4], INT32_MAX, fd) == 0 &&
	       span_uint(number, UINT64_MAX, inode) == 0;
}

static int collect(struct host *host, struct err *err)
{
	struct inodes inodes = {0};
	struct item item;
	int got;

	if (read_input(host, &inodes, err) < 0 || host_ask(host, 0, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		uint64_t pid;
		uint64_t fd;
		uint64_t inode;

		if (item.error) {
			host_item_failed(host, &item, "open files of some processes");
			continue;
		}
		if (!read_link(&item, &pid, &fd, &inode) || inodes.count == 0 ||
		    !bsearch(&inode, inodes.sorted, inodes.count, sizeof(inode), compare))
			continue;
		row_int(host, (int64_t)inode);
		row_int(host, (int64_t)pid);
		row_int(host, (int64_t)fd);
		row_end(host);
	}
	if (!host_is_privileged(host)) /* /proc may be mounted with hidepid (proc(5)) */
		host_incomplete(host, COVERAGE_DENIED,
				"open files of other users' processes are hidden without root");
	return got;
}

const struct probe probe_socket_owners = {
    .about = "Which process holds which socket of the table sockets open",
    COLUMNS({"inode", INTEGER, "of the socket"}, {"pid", INTEGER, "process that holds it"},
	    {"fd", INTEGER, "its file descriptor"}),
    NEEDS({READ, "/proc/[0-9]*/fd/*@"}),
    .input = "SELECT DISTINCT inode FROM sockets WHERE inode <> 0",
    .collect = collect,
};
