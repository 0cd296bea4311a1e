/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The network namespaces of this host: see namespaces.h. */
#include "audit/namespaces.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/own.h"

#define TRIES 5 /* to enter a namespace whose processes come and go */

/* A set of inode numbers: open addressing, the size a power of two, at most half full. */
struct seen {
	uint64_t *slots;
	size_t size;
	size_t count;
	dev_t nsfs; /* the file system that all namespaces are in */
};

static bool seen_put(struct seen *seen, uint64_t inode)
{
	size_t at = (size_t)(inode * 0x9e3779b97f4a7c15U >> 20) & (seen->size - 1);

	while (seen->slots[at] != 0) {
		if (seen->slots[at] == inode)
			return false;
		at = (at + 1) & (seen->size - 1);
	}
	seen->slots[at] = inode;
	seen->count++;
	return true;
}

/* True when the inode was not there before. */
static bool seen_add(struct seen *seen, uint64_t inode)
{
	if (2 * (seen->count + 1) > seen->size) {
		struct seen grown = {.size = seen->size ? 2 * seen->size : 64, .nsfs = seen->nsfs};

		grown.slots = xcalloc(grown.size, sizeof(*grown.slots));
		for (size_t i = 0; i < seen->size; i++)
			if (seen->slots[i] != 0)
				(void)seen_put(&grown, seen->slots[i]);
		free(seen->slots);
		*seen = grown;
	}
	return seen_put(seen, inode);
}

/* Adds what FOLDER/NAME leads to; the folder is open. -1 with errno when it cannot be seen. */
static int add(struct namespaces *out, struct seen *seen, const char *folder, int folder_fd,
	       const char *name)
{
	struct stat meta;

	if (fstatat(folder_fd, name, &meta, 0) < 0)
		return -1;
	if (seen->nsfs == 0) /* the first one is a process' */
		seen->nsfs = meta.st_dev;
	/* in /run/netns the file that was mounted over stays behind when the mount is gone */
	if (meta.st_dev != seen->nsfs || !seen_add(seen, meta.st_ino))
		return 0;
	if ((out->count & (out->count + 1)) == 0) /* 0, 1, 3, 7 …: double */
		out->items = xrealloc(out->items, 2 * (out->count + 1), sizeof(*out->items));
	out->items[out->count].inode = meta.st_ino;
	(void)snprintf(out->items[out->count].path, sizeof(out->items->path), "%s/%s", folder,
		       name);
	out->count++;
	return 0;
}

static void add_folder(struct namespaces *out, struct seen *seen, const char *folder,
		       bool is_processes);

/* A process whose first thread has ended shows no namespace, but its others live in theirs. */
static void add_threads(struct namespaces *out, struct seen *seen, const char *pid)
{
	auto_free char *folder = xasprintf("/proc/%s/task", pid);

	add_folder(out, seen, folder, true);
}

/* What each entry of the folder leads to: FOLDER/NAME, or FOLDER/NAME/ns/net for processes. */
static void add_folder(struct namespaces *out, struct seen *seen, const char *folder,
		       bool is_processes)
{
	DIR *stream = opendir(folder);
	struct dirent *entry;

	while (stream && (entry = readdir(stream)) != NULL) {
		char name[sizeof(out->items->path)];
		int len;

		if (is_processes ? entry->d_name[0] < '1' || entry->d_name[0] > '9'
				 : entry->d_name[0] == '.')
			continue;
		len = snprintf(name, sizeof(name), "%s%s", entry->d_name,
			       is_processes ? "/ns/net" : "");
		/* a name too long to follow is one not seen */
		if (len < 0 || (size_t)len + strlen(folder) + 1 >= sizeof(name))
			out->is_denied = true;
		else if (add(out, seen, folder, dirfd(stream), name) == 0)
			continue;
		else if (errno == EACCES || errno == EPERM)
			out->is_denied = true;
		else if (is_processes && strcmp(folder, "/proc") == 0)
			add_threads(out, seen, entry->d_name);
	}
	if (stream)
		(void)closedir(stream); /* opened for reading */
}

void namespaces_find(struct namespaces *out)
{
	auto_close int proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct seen seen = {0};

	*out = (struct namespaces){0};
	if (add(out, &seen, "/proc", proc, "1/ns/net") < 0) {
		auto_free char *ours = xasprintf("%d/ns/net", getpid());

		/* then ours has to do as the host's; not by "self", which others mean differently
		 */
		out->is_denied = true;
		(void)add(out, &seen, "/proc", proc, ours);
	}
	add_folder(out, &seen, "/run/netns", false);
	add_folder(out, &seen, "/run/docker/netns", false);
	add_folder(out, &seen, "/proc", true);
	free(seen.slots);
}

void namespaces_done(struct namespaces *namespaces)
{
	free(namespaces->items);
	*namespaces = (struct namespaces){0};
}

static int enter(const struct namespace *which)
{
	auto_close int fd = open(which->path, O_RDONLY | O_CLOEXEC);
	struct stat own;
	struct stat meta;

	if (fd < 0 || fstat(fd, &meta) < 0)
		return -1;
	if (meta.st_ino != which->inode) { /* the pid went to another process */
		errno = ENOENT;
		return -1;
	}
	/* Ours already: no right is needed to stay. */
	if (stat("/proc/self/ns/net", &own) == 0 && own.st_ino == which->inode)
		return 0;
	return setns(fd, CLONE_NEWNET);
}

/* Another path to the namespace of that inode: 0, or the errno that says why there is none. */
static int find_again(struct namespace *which)
{
	struct namespaces now;
	int error;

	namespaces_find(&now);
	error = now.is_denied ? EACCES : ENOENT;
	for (size_t i = 0; i < now.count && error; i++)
		if (now.items[i].inode == which->inode) {
			*which = now.items[i];
			error = 0;
		}
	namespaces_done(&now);
	return error;
}

int namespaces_enter(const struct namespace *which)
{
	struct namespace where = *which;

	for (int try = 0; try < TRIES; try++) {
		int error;

		if (enter(&where) == 0)
			return 0;
		if (errno != ENOENT && errno != EACCES) /* which one that ends just now gives */
			return -1;
		error = find_again(&where);
		if (error) {
			errno = error;
			return -1;
		}
	}
	errno = EAGAIN; /* it is there, and those who lead to it come and go */
	return -1;
}
