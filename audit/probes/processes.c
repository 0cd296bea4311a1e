/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table processes: see the spec at the end. /proc/PID/status and uid_map are those of
 * proc(5) and user_namespaces(7), cgroup that of cgroups(7). Root hands a process' files out
 * together, in the order of the spec, so that the next pid is the next process.
 */
#include <string.h>

#include "audit/cgroup.h"
#include "audit/probe.h"

enum { NEED_PROCESS, NEED_MAPS };

/* The initial user namespace, whose map is the identity (include/linux/proc_ns.h). */
#define FIRST_USER_NAMESPACE 0xeffffffdU
#define MAX_CMDLINE 2048 /* bytes of a command line that are kept */
#define USER_HZ 100U     /* ticks of a second, on all machines of today */

/* One process while its files come in. A file that is not there leaves its field at 0. */
struct process {
	struct process *next; /* of those whose user namespace is not the first one */
	uint64_t pid;
	bool has_status;
	char comm[64];
	uint64_t ppid, uid, gid, inside_uid, inside_gid, no_new_privs, seccomp, namespace,
	    user_namespace, started;
	char caps_effective[17], caps_bounding[17];
	char *exe, *cmdline, *cgroup;
	struct cgroup_names names;
	bool has_inside_uid, has_inside_gid, has_started;
};

static void copy(char *out, size_t size, struct span value)
{
	size_t len = value.len < size ? value.len : size - 1;

	memcpy(out, value.data, len);
	out[len] = '\0';
}

/* The second number of "Uid: real effective saved filesystem". */
static uint64_t effective(struct span value)
{
	struct span word = {"", 0};
	uint64_t number = 0;

	for (int i = 0; i < 2; i++)
		if (!span_word(&value, &word))
			return 0;
	(void)span_uint(word, UINT32_MAX, &number); /* the kernel's own: always a number */
	return number;
}

static uint64_t number_of(struct span value)
{
	uint64_t number = 0;

	(void)span_uint(value, UINT32_MAX, &number); /* as above */
	return number;
}

static void read_status(struct process *process, struct span data)
{
	struct span line;

	process->has_status = true;
	while (span_cut(&data, '\n', &line)) {
		struct span value = line;
		struct span key;

		if (!span_cut(&value, ':', &key))
			continue;
		value = span_trim(value);
		if (span_is(key, "Name"))
			copy(process->comm, sizeof(process->comm), value);
		else if (span_is(key, "PPid"))
			process->ppid = number_of(value);
		else if (span_is(key, "Uid"))
			process->uid = effective(value);
		else if (span_is(key, "Gid"))
			process->gid = effective(value);
		else if (span_is(key, "CapEff"))
			copy(process->caps_effective, sizeof(process->caps_effective), value);
		else if (span_is(key, "CapBnd"))
			copy(process->caps_bounding, sizeof(process->caps_bounding), value);
		else if (span_is(key, "NoNewPrivs"))
			process->no_new_privs = number_of(value);
		else if (span_is(key, "Seccomp"))
			process->seccomp = number_of(value);
	}
}

/* "PID (NAME) STATE PPID …": starttime is word 22, and a name may hold anything, as ") " too. */
static void read_stat(struct process *process, struct span data)
{
	const char *name_end = memrchr(data.data, ')', data.len);
	struct span rest;
	struct span word = {"", 0};
	uint64_t ticks;

	if (!name_end)
		return;
	rest = (struct span){name_end + 1, data.len - (size_t)(name_end + 1 - data.data)};
	for (int i = 3; i <= 22; i++)
		if (!span_word(&rest, &word))
			return;
	process->has_started = span_uint(word, INT64_MAX, &ticks) == 0;
	if (process->has_started)
		process->started = ticks / USER_HZ;
}

/*
 * What the process itself sees in place of the host's id: each line of uid_map is "inside host
 * count". An id that no line covers has no name inside.
 */
static bool translate(struct span map, uint64_t id, uint64_t *out)
{
	struct span line;

	while (span_cut(&map, '\n', &line)) {
		uint64_t numbers[3];
		struct span word;
		int count = 0;

		while (count < 3 && span_word(&line, &word) &&
		       span_uint(word, UINT32_MAX, &numbers[count]) == 0)
			count++;
		if (count == 3 && id >= numbers[1] && id - numbers[1] < numbers[2]) {
			*out = numbers[0] + (id - numbers[1]);
			return true;
		}
	}
	return false;
}

/* Arguments end with NUL each; shown they are parted by blanks. */
static char *read_cmdline(struct host *host, struct span data)
{
	char *text;

	if (data.len > MAX_CMDLINE)
		data.len = MAX_CMDLINE;
	while (data.len > 0 && data.data[data.len - 1] == '\0')
		data.len--;
	text = arena_text(host_arena(host), data);
	for (size_t i = 0; i < data.len; i++)
		if (text[i] == '\0')
			text[i] = ' ';
	return text;
}

/* The number in a link like "net:[4026531840]"; 0 when there is none. */
static uint64_t inode_of(struct span link, const char *prefix)
{
	size_t len = strlen(prefix);
	uint64_t inode = 0;

	if (span_starts(link, prefix) && span_ends(link, "]"))
		(void)span_uint((struct span){link.data + len, link.len - len - 1}, INT64_MAX,
				&inode); /* stays 0 */
	return inode;
}

static void read_file(struct host *host, struct process *process, struct span name,
		      struct span data)
{
	if (span_is(name, "status")) {
		read_status(process, data);
	} else if (span_is(name, "stat")) {
		read_stat(process, data);
	} else if (span_is(name, "cmdline")) {
		process->cmdline = read_cmdline(host, data);
	} else if (span_is(name, "cgroup")) {
		process->cgroup = arena_text(host_arena(host), cgroup_path(data));
		process->names = cgroup_names(span_of(process->cgroup));
	} else if (span_is(name, "exe")) {
		process->exe = arena_text(host_arena(host), data);
	} else if (span_is(name, "ns/net")) {
		process->namespace = inode_of(data, "net:[");
	} else if (span_is(name, "ns/user")) {
		process->user_namespace = inode_of(data, "user:[");
	}
}

static void put_span_or_null(struct host *host, struct span value)
{
	if (value.len > 0)
		row_span(host, value);
	else
		row_null(host);
}

static void put_process(struct host *host, const struct process *process)
{
	row_int(host, (int64_t)process->pid);
	row_int(host, (int64_t)process->ppid);
	row_int(host, (int64_t)process->uid);
	row_int(host, (int64_t)process->gid);
	if (process->has_inside_uid)
		row_int(host, (int64_t)process->inside_uid);
	else
		row_null(host);
	if (process->has_inside_gid)
		row_int(host, (int64_t)process->inside_gid);
	else
		row_null(host);
	row_text(host, process->comm);
	row_text(host, process->exe);
	row_text(host, process->cmdline ? process->cmdline : "");
	row_text(host, process->caps_effective);
	row_text(host, process->caps_bounding);
	row_int(host, (int64_t)process->no_new_privs);
	row_int(host, (int64_t)process->seccomp);
	row_text(host, process->cgroup);
	put_span_or_null(host, process->names.unit);
	put_span_or_null(host, process->names.container);
	row_text(host, process->names.engine);
	if (process->namespace)
		row_int(host, (int64_t)process->namespace);
	else
		row_null(host);
	if (process->has_started)
		row_int(host, (int64_t)process->started);
	else
		row_null(host);
	row_end(host);
}

/* Cuts "/proc/PID/NAME". */
static bool read_path(const char *path, uint64_t *pid, struct span *name)
{
	struct span rest = span_of(path);
	struct span part = {"", 0};

	for (int i = 0; i < 3; i++)
		if (!span_cut(&rest, '/', &part))
			return false;
	*name = rest;
	return span_uint(part, INT32_MAX, pid) == 0;
}

/* Where the processes go that have been read: those of the first user namespace are rows already.
 */
struct reading {
	struct host *host;
	struct process *deferred; /* in the order that they came in */
	struct process **end;
	struct process *cursor;
};

static void take_process(struct reading *reading, const struct process *process)
{
	struct process *copy;

	if (!process->has_status) /* it went before we could read it */
		return;
	if (process->user_namespace == FIRST_USER_NAMESPACE) {
		struct process same = *process;

		same.inside_uid = process->uid;
		same.inside_gid = process->gid;
		same.has_inside_uid = same.has_inside_gid = true;
		put_process(reading->host, &same);
		return;
	}
	copy = arena_alloc(host_arena(reading->host), 1, sizeof(*copy));
	*copy = *process;
	copy->next = NULL;
	*reading->end = copy;
	reading->end = &copy->next;
}

static int read_processes(struct reading *reading, struct err *err)
{
	struct host *host = reading->host;
	struct process process = {0};
	struct item item;
	int got;

	if (host_ask(host, NEED_PROCESS, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		struct span name;
		uint64_t pid;

		if (!read_path(item.path, &pid, &name)) {
			host_item_failed(host, &item, item.path);
			continue;
		}
		if (pid != process.pid) {
			take_process(reading, &process);
			process = (struct process){.pid = pid};
		}
		if (item.error)
			host_item_failed(host, &item, "details of some processes");
		else
			read_file(host, &process, name, item.data);
	}
	take_process(reading, &process);
	return got;
}

/*
 * Root hands processes out in the same order each time, so that the one that is looked for is
 * nearly always the next.
 */
static struct process *find(struct reading *reading, uint64_t pid)
{
	for (int round = 0; round < 2; round++) {
		for (; reading->cursor; reading->cursor = reading->cursor->next)
			if (reading->cursor->pid == pid)
				return reading->cursor;
		reading->cursor = reading->deferred;
	}
	return NULL;
}

/* Only where some process has a user namespace of its own: two more files for each process. */
static int read_maps(struct reading *reading, struct err *err)
{
	struct item item;
	int got;

	if (!reading->deferred)
		return 0;
	if (host_ask(reading->host, NEED_MAPS, err) < 0)
		return -1;
	while ((got = host_next(reading->host, &item, err)) > 0) {
		struct process *process;
		struct span name;
		uint64_t pid;

		if (item.error)
			host_item_failed(reading->host, &item, "user namespaces of some processes");
		if (item.error || !read_path(item.path, &pid, &name))
			continue;
		process = find(reading, pid);
		if (process && span_is(name, "uid_map"))
			process->has_inside_uid =
			    translate(item.data, process->uid, &process->inside_uid);
		else if (process)
			process->has_inside_gid =
			    translate(item.data, process->gid, &process->inside_gid);
	}
	return got;
}

static int collect(struct host *host, struct err *err)
{
	struct reading reading = {.host = host};

	reading.end = &reading.deferred;
	if (read_processes(&reading, err) < 0 || read_maps(&reading, err) < 0)
		return -1;
	for (const struct process *at = reading.deferred; at; at = at->next)
		put_process(host, at);
	if (!host_is_privileged(host)) /* /proc may be mounted with hidepid (proc(5)) */
		host_incomplete(host, COVERAGE_DENIED,
				"details of other users' processes are hidden without root");
	return 0;
}

const struct probe probe_processes = {
    .about = "Processes, as who they run, and the unit and container that they belong to",
    COLUMNS({"pid", INTEGER, "process id"}, {"ppid", INTEGER, "process id of its parent"},
	    {"uid", INTEGER, "effective user id as the host counts: 0 is the host's root"},
	    {"gid", INTEGER, "effective group id as the host counts"},
	    {"inside_uid", INTEGER,
	     "effective user id as its own user namespace counts; NULL when it has no name there"},
	    {"inside_gid", INTEGER, "effective group id, the same way"},
	    {"comm", TEXT, "name of the program, at most 15 bytes"},
	    {"exe", TEXT, "path of the program; NULL for kernel threads and when hidden"},
	    {"cmdline", TEXT, "arguments parted by blanks, the first 2048 bytes; escaped"},
	    {"caps_effective", TEXT, "effective capabilities, 16 hexadecimal digits"},
	    {"caps_bounding", TEXT, "bounding set of capabilities, 16 hexadecimal digits"},
	    {"no_new_privs", INTEGER, "1: exec can give it no new rights"},
	    {"seccomp", INTEGER, "0: no filter, 1: strict, 2: filter"},
	    {"cgroup", TEXT, "path of its control group"},
	    {"unit", TEXT, "systemd unit, from the control group; NULL without one"},
	    {"container", TEXT, "id of its container, from the control group; NULL without one"},
	    {"engine", TEXT, "docker, podman, containerd, cri-o or kubernetes; NULL if unknown"},
	    {"namespace", INTEGER, "id of its network namespace; NULL when hidden"},
	    {"started", INTEGER, "when it began, in seconds since the host did"}),
    NEEDS([NEED_PROCESS] = {READ,
			    "/proc/[0-9]*/{status,stat,cmdline,cgroup,exe@,ns/net@,ns/user@}"},
	  [NEED_MAPS] = {READ, "/proc/[0-9]*/{uid_map,gid_map}"}),
    .collect = collect,
};
