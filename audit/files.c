/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] Files by glob, for the needs READ and STAT. Each folder on the way is opened by itself
 * with openat2() beneath the root folder, and symbolic links are refused, so that a link that
 * somebody planted leads nowhere. What is found is handed on, never looked at.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "audit/broker.h"
#include "lib/own.h"

#define MAX_PATH 4096
#define LITTLE 2048U
#define MUCH (64U << 10)
#define EACH_PROCESS "/proc/[0-9]*/"
#define LIST_SIZE (16U << 10) /* of a folder, at a time */
#define MAX_DEPTH 64U         /* of folders below a ** */

struct walk {
	struct broker *broker;
	enum need_kind kind;
	const char *names; /* the last component: one name, or {several} */
	bool below_glob;   /* some component above had a wildcard */
	bool is_proc;      /* we are in procfs, which has no FIFOs and no devices */
	unsigned depth;    /* of folders that we are in */
	char path[MAX_PATH];
};

typedef int entry_fn(struct walk *walk, int dir, const char *name, void *context, struct err *err);

static int open_beneath(int dir, const char *path, uint64_t flags)
{
	struct open_how how = {
	    .flags = flags | O_CLOEXEC | O_NOFOLLOW,
	    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};

	return (int)syscall(SYS_openat2, dir, path, &how, sizeof(how));
}

static bool has_wildcard(const char *text)
{
	return strpbrk(text, "*[?") != NULL;
}

/* A process or a file that went away while we looked is no failure to see: it is not there. */
static bool is_gone(int error)
{
	return error == ENOENT || error == ESRCH || error == ENOTDIR;
}

static int put_error(struct walk *walk, int error, struct err *err)
{
	struct broker_item item = {
	    .path = walk->path, .error = error, .inode = walk->broker->namespace};

	if (walk->below_glob && is_gone(error))
		return 0;
	return broker_put(walk->broker, &item, err);
}

/*
 * Reads to the end, or to the ceiling. Returns an errno. At first by little: for a value of
 * /proc/sys the kernel clears as much memory as is asked for (proc_sys_call_handler()).
 */
int broker_read_whole(int fd, struct buf *data)
{
	buf_clear(data);
	while (data->len < data->ceiling) {
		size_t wanted = data->len < LITTLE ? 2 * LITTLE : MUCH;
		size_t left = data->ceiling - data->len;
		size_t room = left < wanted ? left : wanted;
		char *at = buf_reserve(data, room);
		ssize_t got = read(fd, at, room);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		if (got == 0)
			return 0;
		data->len += (size_t)got;
	}
	return 0;
}

void broker_set_meta(struct broker_item *item, const struct stat *meta)
{
	item->inode = meta->st_ino;
	item->mode = meta->st_mode;
	item->uid = meta->st_uid;
	item->gid = meta->st_gid;
	item->mtime = meta->st_mtime;
}

static int put_stat(struct walk *walk, int dir, const char *name, struct err *err)
{
	struct broker_item item = {.path = walk->path};
	auto_close int fd = open_beneath(dir, name, O_PATH);
	struct stat meta;

	if (fd < 0 || fstat(fd, &meta) < 0)
		return put_error(walk, errno, err);
	broker_set_meta(&item, &meta);
	return broker_put(walk->broker, &item, err);
}

static int put_file(struct walk *walk, int dir, const char *name, struct err *err)
{
	struct broker_item item = {.path = walk->path, .inode = walk->broker->namespace};
	/* O_NONBLOCK: a FIFO that lies in the way must not hold us up */
	auto_close int fd = open_beneath(dir, name, O_RDONLY | O_NOCTTY | O_NONBLOCK);
	struct stat meta;
	int error;

	if (fd < 0)
		return put_error(walk, errno, err);
	if (!walk->is_proc) {
		if (fstat(fd, &meta) < 0)
			return put_error(walk, errno, err);
		if (!S_ISREG(meta.st_mode))
			return put_error(walk, EINVAL, err);
		broker_set_meta(&item, &meta);
	}
	error = broker_read_whole(fd, &walk->broker->data);
	if (error)
		return put_error(walk, error, err);
	item.data = buf_span(&walk->broker->data);
	item.is_cut = item.data.len > PROBE_MAX_ITEM;
	if (item.is_cut)
		item.data.len = PROBE_MAX_ITEM;
	return broker_put(walk->broker, &item, err);
}

static int put_link(struct walk *walk, int dir, const char *name, struct err *err)
{
	char target[MAX_PATH];
	ssize_t len = readlinkat(dir, name, target, sizeof(target));
	struct broker_item item = {.path = walk->path};

	if (len < 0)
		return put_error(walk, errno, err);
	item.data = (struct span){target, (size_t)len};
	return broker_put(walk->broker, &item, err);
}

/* Appends "/name" to the path; false when it does not fit. */
static bool push(struct walk *walk, const char *name)
{
	size_t len = strlen(walk->path);
	int added = snprintf(walk->path + len, MAX_PATH - len, "/%s", name);

	return added > 0 && (size_t)added < MAX_PATH - len;
}

static int put_named(struct walk *walk, int dir, const char *name, bool is_link, struct err *err)
{
	size_t len = strlen(walk->path);
	int result = 0;

	if (push(walk, name))
		result = is_link              ? put_link(walk, dir, name, err)
			 : walk->kind == STAT ? put_stat(walk, dir, name, err)
					      : put_file(walk, dir, name, err);
	walk->path[len] = '\0';
	return result;
}

static int enter(struct walk *walk, int dir, const char *name, void *components, struct err *err);

/* A file is no folder, and need not be tried: a control group has 70 of them (DT_*: readdir(3)). */
static bool may_match(const struct dirent64 *found, const char *pattern, entry_fn *entry)
{
	if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0)
		return false;
	if (entry == enter && found->d_type != DT_DIR && found->d_type != DT_LNK &&
	    found->d_type != DT_UNKNOWN)
		return false;
	return fnmatch(pattern, found->d_name, FNM_PERIOD) == 0;
}

/*
 * One call for each entry of the folder that matches; `.` and `..` never do. By getdents64(2),
 * since a stream of readdir(3) costs four more system calls for each of thousands of folders.
 */
static int each_entry(struct walk *walk, int dir, const char *pattern, entry_fn *entry,
		      void *context, struct err *err)
{
	alignas(struct dirent64) char list[LIST_SIZE];
	bool was_below = walk->below_glob;
	ssize_t len;

	if (lseek(dir, 0, SEEK_SET) < 0) /* another alternative may have listed it already */
		return put_error(walk, errno, err);
	walk->below_glob = true;
	while ((len = getdents64(dir, list, sizeof(list))) > 0) {
		for (ssize_t at = 0; at < len;) {
			const struct dirent64 *found = (const struct dirent64 *)(list + at);

			at += found->d_reclen;
			if (may_match(found, pattern, entry) &&
			    entry(walk, dir, found->d_name, context, err) < 0)
				return -1;
		}
	}
	if (len < 0 && put_error(walk, errno, err) < 0)
		return -1;
	walk->below_glob = was_below;
	return 0;
}

static int put_matched(struct walk *walk, int dir, const char *name, void *is_link, struct err *err)
{
	return put_named(walk, dir, name, *(bool *)is_link, err);
}

/* The last component: each alternative in turn, in the folder that `dir` is. */
static int put_names(struct walk *walk, int dir, struct err *err)
{
	char names[MAX_PATH];
	char *rest = names;
	char *name;

	(void)snprintf(names, sizeof(names), "%s", walk->names);
	if (names[0] == '{') {
		rest++;
		names[strlen(names) - 1] = '\0';
	}
	while ((name = strsep(&rest, ",")) != NULL) {
		size_t len = strlen(name);
		bool is_link = len > 0 && name[len - 1] == '@';
		int result;

		if (is_link)
			name[len - 1] = '\0';
		if (has_wildcard(name))
			result = each_entry(walk, dir, name, put_matched, &is_link, err);
		else
			result = put_named(walk, dir, name, is_link, err);
		if (result < 0)
			return -1;
	}
	return 0;
}

static int walk_folder(struct walk *walk, int dir, const char *components, struct err *err);

/* A link to a folder is refused as if it were none (ENOTDIR): but it is there, and not seen. */
static int folder_error(int dir, const char *name, int error)
{
	struct stat meta;

	if (error == ENOTDIR && fstatat(dir, name, &meta, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISLNK(meta.st_mode))
		return ELOOP;
	return error;
}

static int enter(struct walk *walk, int dir, const char *name, void *components, struct err *err)
{
	size_t len = strlen(walk->path);
	bool was_proc = walk->is_proc;
	auto_close int inner = open_beneath(dir, name, O_RDONLY | O_DIRECTORY);
	struct statfs system;
	int error = errno;
	int result = 0;

	if (walk->depth == MAX_DEPTH || !push(walk, name))
		return put_error(walk, ENAMETOOLONG, err);
	walk->depth++;
	if (inner < 0) {
		result = put_error(walk, folder_error(dir, name, error), err);
	} else {
		walk->is_proc =
		    was_proc || (fstatfs(inner, &system) == 0 && system.f_type == PROC_SUPER_MAGIC);
		result = walk_folder(walk, inner, components, err);
	}
	walk->depth--;
	walk->is_proc = was_proc;
	walk->path[len] = '\0';
	return result;
}

/* This folder and all below it; each one before those in it. */
static int walk_below(struct walk *walk, int dir, struct err *err)
{
	bool was_below = walk->below_glob;
	char again[] = "**";
	int result;

	walk->below_glob = true;
	result = put_names(walk, dir, err);
	if (result == 0)
		result = each_entry(walk, dir, "*", enter, again, err);
	walk->below_glob = was_below;
	return result;
}

/* `components` are the folders that are still to be entered, "a/b*"; empty: we are there. */
static int walk_folder(struct walk *walk, int dir, const char *components, struct err *err)
{
	char name[MAX_PATH];
	const char *slash = strchr(components, '/');
	size_t len = slash ? (size_t)(slash - components) : strlen(components);
	auto_free char *rest = xstrdup(slash ? slash + 1 : "");

	if (len == 0)
		return put_names(walk, dir, err);
	if (strcmp(components, "**") == 0)
		return walk_below(walk, dir, err);
	(void)snprintf(name, sizeof(name), "%.*s", (int)len, components);
	return has_wildcard(name) ? each_entry(walk, dir, name, enter, rest, err)
				  : enter(walk, dir, name, rest, err);
}

/* "/proc/net" is a symbolic link by way of another one, "self": here is where it leads. */
static char *pattern_of(const struct need *need)
{
	static const char prefix[] = "/proc/net/";

	if (strncmp(need->pattern, prefix, strlen(prefix)) != 0)
		return xstrdup(need->pattern);
	return xasprintf("/proc/%d/net/%s", getpid(), need->pattern + strlen(prefix));
}

static int walk_pattern(struct walk *walk, const char *pattern, struct err *err)
{
	auto_free char *folder = xstrdup(pattern + 1); /* patterns are absolute */
	char *brace = strchr(folder, '{');
	char *last;

	if (brace)
		*brace = '\0';
	last = strrchr(folder, '/');
	if (last)
		*last = '\0';
	else
		folder[0] = '\0';
	walk->names = pattern + 1 + (last ? (size_t)(last - folder) + 1 : 0);
	return walk_folder(walk, walk->broker->root_fd, folder, err);
}

int broker_files(struct broker *broker, const struct need *need, struct err *err)
{
	struct walk walk = {.broker = broker, .kind = need->kind};
	auto_free char *pattern = pattern_of(need);

	return walk_pattern(&walk, pattern, err);
}

bool broker_takes_pids(const struct need *need)
{
	return strncmp(need->pattern, EACH_PROCESS, strlen(EACH_PROCESS)) == 0;
}

int broker_files_of(struct broker *broker, const struct need *need, struct wire *ask,
		    struct err *err)
{
	/* a process that is gone is no failure */
	struct walk walk = {.broker = broker, .kind = need->kind, .below_glob = true};

	while (!wire_at_end(ask)) {
		uint32_t pid = wire_get_u32(ask);
		auto_free char *pattern =
		    xasprintf("/proc/%u/%s", pid, need->pattern + strlen(EACH_PROCESS));

		if (ask->bad)
			return err_set(err, "the jail broke the protocol");
		if (walk_pattern(&walk, pattern, err) < 0)
			return -1;
	}
	return 0;
}
