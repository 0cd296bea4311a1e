/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a report in one step: see file_out.h. */
#include "lib/file_out.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "lib/own.h"

#define TRIES 100    /* names for the temporary file */
#define MAX_LINKS 40 /* on the way: as many as Linux follows */

static bool is_trusted(unsigned uid, unsigned trusted_uid)
{
	return uid == 0 || uid == geteuid() || uid == trusted_uid;
}

/* A path on its way from part to part: each is opened before anything is asked about it. */
struct walk {
	struct file_out *out;
	unsigned trusted_uid;
	int dir;    /* where the rest begins */
	char *rest; /* not walked yet */
	unsigned links;
};

static int begin_at(struct walk *walk, const char *path, struct err *err)
{
	if (*path == '/' || walk->dir < 0) {
		own_close(&walk->dir);
		walk->dir = open(*path == '/' ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	}
	return walk->dir < 0 ? err_sys(err, "%s", walk->out->path) : 0;
}

/* Takes the next part off; NULL: there is none, so the path names a folder. The caller frees. */
static char *next_part(struct walk *walk, bool *is_last)
{
	char *before = walk->rest;
	const char *start = before + strspn(before, "/");
	size_t len = strcspn(start, "/");
	char *part = len > 0 ? xasprintf("%.*s", (int)len, start) : NULL;

	*is_last = start[len] == '\0';
	walk->rest = xstrdup(start + len);
	free(before);
	return part;
}

/*
 * Puts what the link says in front of the rest. It is read from the very link whose owner was
 * looked at: one that is planted meanwhile is another.
 */
static int follow(struct walk *walk, int link, const struct stat *meta, const char *part,
		  struct err *err)
{
	char target[PATH_MAX];
	auto_free char *before = steal_ptr(&walk->rest);
	ssize_t len;

	if (!is_trusted(meta->st_uid, walk->trusted_uid))
		return err_set(err, "%s: \"%s\" is a symbolic link of uid %u: refused",
			       walk->out->path, part, meta->st_uid);
	len = readlinkat(link, "", target, sizeof(target));
	if (len < 0)
		return err_sys(err, "%s", walk->out->path);
	if (len == 0 || (size_t)len == sizeof(target) || ++walk->links > MAX_LINKS)
		return err_set(err, "%s: too many or too long symbolic links", walk->out->path);
	walk->rest = xasprintf("%.*s%s", (int)len, target, before);
	return begin_at(walk, walk->rest, err);
}

/* /dev/stdout leads to a link of procfs that no path stands for: the kernel follows it. */
static int open_magic(const struct walk *walk, const char *part, struct stat *meta)
{
	struct statfs system;
	int fd = -1;

	if (fstatfs(walk->dir, &system) == 0 && system.f_type == PROC_SUPER_MAGIC)
		fd = openat(walk->dir, part, O_PATH | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, meta) == 0 && !S_ISREG(meta->st_mode))
		return fd;
	own_close(&fd);
	return -1;
}

/* The pipe or device that was found, and no other of that name. */
static int open_found(struct file_out *out, int found, struct err *err)
{
	auto_free char *path = xasprintf("/proc/self/fd/%d", found);

	out->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	return out->fd < 0 ? err_sys(err, "%s", out->path) : 0;
}

/* What a part is that is no link: 1 when the place is known by it, 0 to go on in a folder. */
static int arrive(struct walk *walk, int *fd, const struct stat *meta, bool is_last,
		  struct err *err)
{
	struct file_out *out = walk->out;

	if (*fd >= 0 && S_ISDIR(meta->st_mode)) {
		if (is_last)
			return err_set(err, "%s: is a directory", out->path);
		own_close(&walk->dir);
		walk->dir = steal_fd(fd);
		return 0;
	}
	if (!is_last) {
		errno = ENOTDIR;
		return err_sys(err, "%s", out->path);
	}
	if (*fd >= 0 && !S_ISREG(meta->st_mode))
		return open_found(out, *fd, err) < 0 ? -1 : 1;
	out->folder_fd = steal_fd(&walk->dir);
	return 1;
}

/* One part: 1 when the place is known, 0 to go on. */
static int step(struct walk *walk, struct err *err)
{
	struct file_out *out = walk->out;
	bool is_last;
	auto_free char *part = next_part(walk, &is_last);
	auto_close int fd = part ? openat(walk->dir, part, O_PATH | O_NOFOLLOW | O_CLOEXEC) : -1;
	struct stat meta;
	int result;

	if (!part)
		return err_set(err, "%s: is a directory", out->path);
	if (fd < 0 && (errno != ENOENT || !is_last))
		return err_sys(err, "%s", out->path);
	if (fd >= 0 && fstat(fd, &meta) < 0)
		return err_sys(err, "%s", out->path);
	if (fd >= 0 && S_ISLNK(meta.st_mode)) {
		struct stat end;
		int magic =
		    is_trusted(meta.st_uid, walk->trusted_uid) ? open_magic(walk, part, &end) : -1;

		if (magic < 0)
			return follow(walk, fd, &meta, part, err);
		own_close(&fd);
		fd = magic;
		meta = end;
	}
	result = arrive(walk, &fd, &meta, is_last, err);
	if (result == 1 && out->folder_fd >= 0)
		out->name = steal_ptr(&part);
	return result;
}

/* Finds the folder of the place and the name in it, or opens the pipe or device that is there. */
static int find_place(struct file_out *out, const char *path, unsigned trusted_uid, struct err *err)
{
	struct walk walk = {
	    .out = out, .trusted_uid = trusted_uid, .dir = -1, .rest = xstrdup(path)};
	int result = begin_at(&walk, path, err);

	while (result == 0)
		result = step(&walk, err);
	own_close(&walk.dir);
	free(walk.rest);
	return result < 0 ? -1 : 0;
}

static int open_temporary(struct file_out *out, struct err *err)
{
	for (int i = 0; i < TRIES; i++) {
		uint64_t number = 0;
		auto_free char *name = NULL;

		if (getrandom(&number, sizeof(number), 0) < 0)
			return err_sys(err, "%s", out->path);
		name = xasprintf("%s.%016llx", out->name, (unsigned long long)number);
		out->fd = openat(out->folder_fd, name,
				 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
		if (out->fd >= 0) {
			out->temporary = steal_ptr(&name);
			return 0;
		}
		if (errno != EEXIST)
			break;
	}
	return err_sys(err, "%s", out->path);
}

int file_out_open(struct file_out *out, const char *path, unsigned trusted_uid, struct err *err)
{
	*out = (struct file_out){.fd = -1, .folder_fd = -1, .path = xstrdup(path)};
	if (find_place(out, path, trusted_uid, err) < 0)
		return -1;
	return out->fd < 0 ? open_temporary(out, err) : 0;
}

int file_out_commit(struct file_out *out, struct err *err)
{
	int result = 0;

	if (out->temporary && fsync(out->fd) < 0)
		result = err_sys(err, "%s", out->path);
	if (close(steal_fd(&out->fd)) < 0 && result == 0)
		result = err_sys(err, "%s", out->path);
	if (result == 0 && out->temporary) {
		/* over whatever has that name now, and be it a link: it is not followed */
		if (renameat(out->folder_fd, out->temporary, out->folder_fd, out->name) < 0)
			result = err_sys(err, "%s", out->path);
		else
			free(steal_ptr(&out->temporary));
	}
	file_out_abort(out);
	return result;
}

void file_out_abort(struct file_out *out)
{
	if (out->fd >= 0)
		(void)close(steal_fd(&out->fd)); /* what was written is not wanted */
	if (out->temporary)
		(void)unlinkat(out->folder_fd, out->temporary, 0); /* it is only litter */
	if (out->path) /* else it was never opened, and folder_fd is 0 or -1 */
		own_close(&out->folder_fd);
	out->folder_fd = -1;
	free(steal_ptr(&out->temporary));
	free(steal_ptr(&out->name));
	free(steal_ptr(&out->path));
}
