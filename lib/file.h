/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files: reading whole ones, asking who else could have written them, and writing reports so
 * that a reader sees the old one or the new one, never half of one.
 */
#ifndef LIB_FILE_H
#define LIB_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "lib/buf.h"
#include "lib/err.h"

/* Reads fd to its end into `out`, up to out's ceiling; beyond it is an error. */
int file_slurp(int fd, struct buf *out, struct err *err) MUST_CHECK;

/* Opens and reads a regular file or pipe. Errors name the path. */
int file_read(const char *path, struct buf *out, struct stat *meta, struct err *err) MUST_CHECK;

/*
 * Could somebody other than root and `trusted_uid` change what `path` names? Looks at the file and
 * at each directory above it (a sticky directory protects what others own). Returns NULL for no,
 * or the reason ("mode 0666 lets everyone write", "directory /srv/ci: owned by uid 1000"), which
 * the caller frees. A group that has the owner's own number (a user's private group) counts as
 * the owner. Access control lists show in the group bits of the mode (acl(5)) and so count.
 */
char *file_writable_by_others(const char *path, unsigned trusted_uid);

/* A report on its way: a temporary file beside `path`, or the pipe or device itself. */
struct file_out {
	int fd;
	char *path;
	char *temporary; /* NULL: `path` is written directly */
};

/*
 * Opens for writing: a regular file or a new one by way of a temporary file in the same folder,
 * anything else (pipe, device) directly. A symbolic link is followed to its target first.
 */
int file_out_open(struct file_out *out, const char *path, struct err *err) MUST_CHECK;

/* Makes what was written durable and puts it in place of the old file; closes. */
int file_out_commit(struct file_out *out, struct err *err) MUST_CHECK;

/* Forgets what was written; the old file stays. Safe to call after file_out_commit(). */
void file_out_abort(struct file_out *out);

/* Writes all bytes, going on after interruption. */
int file_write(int fd, struct span data, struct err *err) MUST_CHECK;

#endif
