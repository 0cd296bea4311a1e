/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] Files that the jail names, for the needs READ_NAMED and STAT_NAMED: configuration says
 * where its certificates are, and only the jail reads configuration. A path is resolved as the
 * process that it belongs to would resolve it, in that process' root, which no symbolic link
 * leaves. What is opened is a regular file of a file system that keeps files: reading /proc/kmsg
 * empties it, and opening a device can move it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "audit/broker.h"
#include "lib/file.h"
#include "lib/own.h"

#define MAX_MATCHES 4096U /* of one pattern */

struct named {
	struct broker *broker;
	enum need_kind kind;
	int root_fd; /* of the process that the path belongs to */
	unsigned matches;
	char path[MESSAGE_MAX_PATH + 1]; /* as far as it has been expanded */
};

static int put_error(struct named *named, int error, struct err *err)
{
	struct broker_item item = {.path = named->path, .error = error};

	return broker_put(named->broker, &item, err);
}

static int open_inside(const struct named *named, uint64_t flags)
{
	struct open_how how = {
	    .flags = flags | O_CLOEXEC,
	    .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
	};

	return (int)syscall(SYS_openat2, named->root_fd, named->path[0] ? named->path : "/", &how,
			    sizeof(how));
}

/* Does reading there do nothing but read? */
static bool keeps_files(int fd)
{
	static const long made_up[] = {PROC_SUPER_MAGIC,    SYSFS_MAGIC,    DEBUGFS_MAGIC,
				       TRACEFS_MAGIC,       SELINUX_MAGIC,  SMACK_MAGIC,
				       SECURITYFS_MAGIC,    PSTOREFS_MAGIC, EFIVARFS_MAGIC,
				       CGROUP2_SUPER_MAGIC, BPF_FS_MAGIC,   CGROUP_SUPER_MAGIC};
	struct statfs system;

	if (fstatfs(fd, &system) < 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(made_up); i++)
		if ((long)system.f_type == made_up[i])
			return false;
	return true;
}

/* What was found is opened by way of its descriptor, so that it is the thing that was looked at. */
static int open_found(int found)
{
	char path[32];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", found);
	return open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
}

static int put_found(struct named *named, struct err *err)
{
	struct broker_item item = {.path = named->path};
	auto_close int found = open_inside(named, O_PATH);
	auto_close int fd = -1;
	struct stat meta;
	int error;

	if (found < 0 || fstat(found, &meta) < 0)
		return put_error(named, errno, err);
	broker_set_meta(&item, &meta);
	if (named->kind == STAT_NAMED)
		return broker_put(named->broker, &item, err);
	if (!S_ISREG(meta.st_mode) || !keeps_files(found))
		return put_error(named, EINVAL, err);
	fd = open_found(found);
	if (fd < 0)
		return put_error(named, errno, err);
	error = broker_read_whole(fd, &named->broker->data);
	if (error)
		return put_error(named, error, err);
	item.data = buf_span(&named->broker->data);
	item.is_cut = item.data.len > PROBE_MAX_ITEM;
	if (item.is_cut)
		item.data.len = PROBE_MAX_ITEM;
	return broker_put(named->broker, &item, err);
}

static bool has_wildcard(const char *text)
{
	return strpbrk(text, "*?[") != NULL;
}

/* Appends "/name"; false when it does not fit. */
static bool push(struct named *named, const char *name)
{
	size_t len = strlen(named->path);
	int added = snprintf(named->path + len, sizeof(named->path) - len, "/%s", name);

	return added > 0 && (size_t)added < sizeof(named->path) - len;
}

static int expand(struct named *named, const char *rest, struct err *err);

/* Each entry of the folder that the path has come to. In the order of their names, as glob(3). */
static int expand_folder(struct named *named, const char *pattern, const char *rest,
			 struct err *err)
{
	auto_close int folder = open_inside(named, O_RDONLY | O_DIRECTORY | O_NONBLOCK);
	auto_free char *path = NULL;
	struct dirent **entries = NULL;
	size_t len = strlen(named->path);
	int result = 0;
	int count;

	if (folder < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : put_error(named, errno, err);
	path = xasprintf("/proc/self/fd/%d", folder);
	count = scandir(path, &entries, NULL, alphasort);
	if (count < 0)
		return put_error(named, errno, err);
	for (int i = 0; i < count; i++) {
		if (result == 0 && fnmatch(pattern, entries[i]->d_name, FNM_PERIOD) == 0 &&
		    push(named, entries[i]->d_name))
			result = ++named->matches > MAX_MATCHES ? put_error(named, E2BIG, err)
								: expand(named, rest, err);
		named->path[len] = '\0';
		free(entries[i]);
	}
	free((void *)entries);
	return result;
}

/* `rest` is what has not been expanded. */
static int expand(struct named *named, const char *rest, struct err *err)
{
	size_t len = strlen(named->path);
	auto_free char *name = NULL;
	size_t name_len;
	int result;

	while (rest[0] == '/')
		rest++;
	if (rest[0] == '\0')
		return put_found(named, err);
	name_len = strcspn(rest, "/");
	name = xasprintf("%.*s", (int)name_len, rest);
	rest += name_len;
	if (has_wildcard(name))
		return expand_folder(named, name, rest, err);
	result = push(named, name) ? expand(named, rest, err) : put_error(named, ENAMETOOLONG, err);
	named->path[len] = '\0';
	return result;
}

static int open_root(const struct broker *broker, uint64_t pid)
{
	auto_free char *path = xasprintf("proc/%llu/root", (unsigned long long)pid);

	return openat(broker->root_fd, pid == 0 ? "." : path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

int broker_named(struct broker *broker, const struct need *need, struct wire *ask, struct err *err)
{
	struct named named = {.broker = broker, .kind = need->kind};
	uint64_t pid = wire_get_u64(ask);
	bool is_glob = wire_get_u8(ask) != 0;
	struct span path = wire_get_span(ask, MESSAGE_MAX_PATH);
	auto_close int root = -1;

	if (ask->bad || !wire_at_end(ask) || path.len == 0 || path.data[0] != '/' ||
	    memchr(path.data, '\0', path.len) || pid > INT32_MAX)
		return err_set(err, "the jail broke the protocol");
	root = open_root(broker, pid);
	if (!is_glob || root < 0)
		(void)snprintf(named.path, sizeof(named.path), "%.*s", (int)path.len, path.data);
	if (root < 0)
		return put_error(&named, errno, err);
	named.root_fd = root;
	if (is_glob) {
		auto_free char *pattern = xasprintf("%.*s", (int)path.len - 1, path.data + 1);

		return expand(&named, pattern, err);
	}
	return put_found(&named, err);
}
