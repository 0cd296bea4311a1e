/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a report in one step: see file_out.h. */
#include "lib/file_out.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/own.h"

#define TRIES 100 /* names for the temporary file */

static bool is_trusted(unsigned uid, unsigned trusted_uid)
{
	return uid == 0 || uid == geteuid() || uid == trusted_uid;
}

/* Each part of the path that is a symbolic link must be a trusted user's. */
static int check_links(const char *path, unsigned trusted_uid, struct err *err)
{
	auto_free char *part = xstrdup(path);
	size_t len = strlen(part);
	struct stat meta;

	for (size_t i = 1; i <= len; i++) {
		char held = part[i];

		if (held != '/' && held != '\0')
			continue;
		part[i] = '\0';
		if (lstat(part, &meta) == 0 && S_ISLNK(meta.st_mode) &&
		    !is_trusted(meta.st_uid, trusted_uid))
			return err_set(err, "%s: is a symbolic link of uid %u: refused", part,
				       meta.st_uid);
		part[i] = held;
	}
	return 0;
}

/* The folder, by a path that has no links any more: whoever plants one now is too late. */
static int open_folder(const char *real, struct err *err)
{
	struct open_how how = {.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC,
			       .resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
	int fd = (int)syscall(SYS_openat2, AT_FDCWD, real, &how, sizeof(how));

	return fd < 0 ? err_sys(err, "%s", real) : fd;
}

/* Splits the path into a folder without links and a name in it. */
static int find_place(struct file_out *out, const char *path, struct err *err)
{
	auto_free char *whole = realpath(path, NULL);
	auto_free char *split = xstrdup(whole ? whole : path);
	auto_free char *folder = NULL;
	char *slash = strrchr(split, '/');

	out->name = xstrdup(slash ? slash + 1 : split);
	if (slash)
		slash[slash == split ? 1 : 0] = '\0';
	folder = realpath(slash ? split : ".", NULL);
	if (!folder)
		return err_sys(err, "%s", path);
	if (out->name[0] == '\0')
		return err_set(err, "%s: is a directory", path);
	out->folder_fd = open_folder(folder, err);
	return out->folder_fd < 0 ? -1 : 0;
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
	struct stat meta;

	*out = (struct file_out){.fd = -1, .folder_fd = -1, .path = xstrdup(path)};
	if (check_links(path, trusted_uid, err) < 0)
		return -1;
	if (stat(path, &meta) == 0 && S_ISDIR(meta.st_mode))
		return err_set(err, "%s: is a directory", path);
	if (stat(path, &meta) == 0 && !S_ISREG(meta.st_mode)) {
		out->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return out->fd < 0 ? err_sys(err, "%s", path) : 0;
	}
	return find_place(out, path, err) < 0 ? -1 : open_temporary(out, err);
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
