/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files: see file.h. */
#include "lib/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "lib/own.h"

#define CHUNK (64U << 10)

int file_slurp(int fd, struct buf *out, struct err *err)
{
	for (;;) {
		size_t room = out->ceiling - out->len < CHUNK ? out->ceiling - out->len : CHUNK;
		char *at = buf_reserve(out, room);
		char beyond;
		ssize_t got = read(fd, room ? at : &beyond, room ? room : 1);

		if (got < 0 && errno == EINTR) /* a pipe may keep us waiting for ever */
			return err_set(err, "interrupted");
		if (got < 0)
			return err_sys(err, "read");
		if (got == 0)
			return 0;
		if (room == 0)
			return err_set(err, "larger than %zu MiB", out->ceiling >> 20);
		out->len += (size_t)got;
	}
}

/* /dev/null, null(4): what many give in the place of a file that is to be none. */
static bool is_null(const struct stat *meta)
{
	return S_ISCHR(meta->st_mode) && meta->st_rdev == makedev(1, 3);
}

int file_read(const char *path, struct buf *out, struct stat *meta, struct err *err)
{
	/* O_NONBLOCK: opening a pipe that nobody writes must not hang; reading one may wait. */
	auto_close int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return err_sys(err, "%s", path);
	if (fstat(fd, meta) < 0)
		return err_sys(err, "%s", path);
	if (!S_ISREG(meta->st_mode) && !S_ISFIFO(meta->st_mode) && !is_null(meta))
		return err_set(err, "%s: not a regular file", path);
	if (fcntl(fd, F_SETFL, 0) < 0)
		return err_sys(err, "%s", path);
	return file_slurp(fd, out, err) < 0 ? err_in(err, "%s", path) : 0;
}

/* What lets others change the thing itself, or NULL. `what` is put in front of the reason. */
static char *exposed_by(const char *what, const struct stat *meta, unsigned trusted_uid)
{
	bool is_sticky = S_ISDIR(meta->st_mode) && (meta->st_mode & S_ISVTX);
	unsigned mode = meta->st_mode & 07777;

	if (meta->st_uid != 0 && meta->st_uid != trusted_uid)
		return xasprintf("%sowned by uid %u", what, meta->st_uid);
	if ((mode & S_IWOTH) && !is_sticky)
		return xasprintf("%smode %04o lets everyone write", what, mode);
	if ((mode & S_IWGRP) && !is_sticky && meta->st_gid != 0 && meta->st_gid != meta->st_uid)
		return xasprintf("%smode %04o lets group %u write", what, mode, meta->st_gid);
	return NULL;
}

char *file_writable_by_others(const char *path, unsigned trusted_uid)
{
	auto_free char *real = realpath(path, NULL);
	struct stat meta;
	char *reason;

	if (!real || stat(real, &meta) < 0)
		return xasprintf("cannot be examined: %s", strerror(errno));
	reason = exposed_by("", &meta, trusted_uid);
	while (!reason && strcmp(real, "/") != 0) {
		char *slash = strrchr(real, '/');
		auto_free char *what = NULL;

		slash[slash == real ? 1 : 0] = '\0';
		what = xasprintf("directory %s: ", real);
		if (stat(real, &meta) < 0)
			return xasprintf("%scannot be examined: %s", what, strerror(errno));
		reason = exposed_by(what, &meta, trusted_uid);
	}
	return reason;
}

int file_write(int fd, struct span data, struct err *err)
{
	while (data.len > 0) {
		ssize_t sent = write(fd, data.data, data.len);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return err_sys(err, "write");
		data = (struct span){data.data + sent, data.len - (size_t)sent};
	}
	return 0;
}
