/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table environments: see the spec at the end. environ(7) of processes in containers, where
 * passwords are handed over; a value leaves this process only where it is none.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "audit/probe.h"
#include "audit/weak.h"
#include "lib/own.h"

#define MAX_PIDS 65536U

struct pids {
	int64_t *items; /* ascending */
	size_t count;
};

static bool contains(struct span name, const char *part)
{
	size_t len = strlen(part);

	for (size_t i = 0; i + len <= name.len; i++)
		if (strncasecmp(name.data + i, part, len) == 0)
			return true;
	return false;
}

static bool is_secret(struct span name)
{
	static const char *const parts[] = {"PASSWORD",    "PASSWD",    "PASSPHRASE", "SECRET",
					    "TOKEN",       "API_KEY",   "APIKEY",     "ACCESS_KEY",
					    "PRIVATE_KEY", "CREDENTIAL"};

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (contains(name, parts[i]))
			return true;
	return false;
}

/* Whose values are no secrets, and are asked for by rules. */
static bool is_shown(struct span name)
{
	return span_is(name, "MYSQL_ROOT_HOST") || span_is(name, "MARIADB_ROOT_HOST");
}

static const char *verdict(struct span name, struct span value)
{
	if (value.len == 0)
		return "empty";
	if (span_ends(name, "_FILE"))
		return "file";
	return is_secret(name) && password_is_weak(value) ? "weak" : "set";
}

static void put(struct host *host, int64_t pid, struct span environ)
{
	struct span entry;
	struct span name;

	while (span_cut(&environ, '\0', &entry)) {
		if (!span_cut(&entry, '=', &name) || name.len == 0 ||
		    (!is_secret(name) && !is_shown(name)))
			continue;
		row_int(host, pid);
		row_span(host, name);
		row_text(host, verdict(name, entry));
		if (is_shown(name))
			row_span(host, entry);
		else
			row_null(host);
		row_end(host);
	}
}

/* "/proc/PID/environ" */
static int64_t pid_of(const char *path)
{
	int64_t pid = 0;

	for (const char *at = path + strlen("/proc/");
	     isdigit((unsigned char)*at) && pid < INT32_MAX; at++)
		pid = pid * 10 + (*at - '0');
	return pid;
}

static bool is_wanted(const struct pids *pids, int64_t pid)
{
	size_t low = 0;
	size_t high = pids->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pids->items[middle] < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < pids->count && pids->items[low] == pid;
}

static int read_pids(struct host *host, struct pids *pids, struct err *err)
{
	struct value value;
	int got;

	pids->items = arena_alloc(host_arena(host), MAX_PIDS, sizeof(*pids->items));
	while ((got = host_input(host, &value, 1, err)) > 0) {
		if (pids->count == MAX_PIDS) {
			host_incomplete(host, COVERAGE_PARTIAL, "more than %u processes", MAX_PIDS);
			continue;
		}
		pids->items[pids->count++] = value.integer;
	}
	return got;
}

static int read_environments(struct host *host, const struct pids *pids, struct err *err)
{
	struct item item;
	int got;

	while ((got = host_next(host, &item, err)) > 0) {
		int64_t pid = pid_of(item.path);

		if (item.error && (pid == 0 || is_wanted(pids, pid)))
			host_item_failed(host, &item, "an environment");
		else if (!item.error && is_wanted(pids, pid))
			put(host, pid, item.data);
	}
	return got;
}

static int collect(struct host *host, struct err *err)
{
	struct pids pids = {NULL, 0};

	if (read_pids(host, &pids, err) < 0)
		return -1;
	for (size_t at = 0; at < pids.count; at += HOST_MAX_PIDS) {
		size_t count = pids.count - at < HOST_MAX_PIDS ? pids.count - at : HOST_MAX_PIDS;

		if (host_ask_processes(host, 0, pids.items + at, count, err) < 0 ||
		    read_environments(host, &pids, err) < 0)
			return -1;
	}
	return 0;
}

const struct probe probe_environments = {
    .about = "Names of variables in the environment of processes in containers that hold secrets",
    COLUMNS(
	{"pid", INTEGER, "process id"}, {"name", TEXT, "of the variable"},
	{"verdict", TEXT,
	 "empty; file (it ends in _FILE); weak (short, or on every list); set. Never the value"},
	{"value", TEXT, "of MYSQL_ROOT_HOST and MARIADB_ROOT_HOST, which are no secrets"}),
    NEEDS({READ_SECRET, "/proc/[0-9]*/environ"}),
    .input = "SELECT pid FROM processes WHERE container IS NOT NULL ORDER BY pid",
    .collect = collect,
};
