/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files: reading whole ones, and asking who else could have written them. See file_out.h for
 * writing reports.
 */
#ifndef LIB_FILE_H
#define LIB_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "lib/buf.h"
#include "lib/err.h"

/* Reads fd to its end into `out`, up to out's ceiling; beyond it is an error. */
int file_slurp(int fd, struct buf *out, struct err *err) MUST_CHECK;

/* Opens and reads a regular file, a pipe or /dev/null. Errors name the path. */
int file_read(const char *path, struct buf *out, struct stat *meta, struct err *err) MUST_CHECK;

/*
 * Could somebody other than root and `trusted_uid` change what `path` names? Looks at the file and
 * at each directory above it (a sticky directory protects what others own). Returns NULL for no,
 * or the reason ("mode 0666 lets everyone write", "directory /srv/ci: owned by uid 1000"), which
 * the caller frees. A group that has the owner's own number (a user's private group) counts as
 * the owner. Access control lists show in the group bits of the mode (acl(5)) and so count.
 */
char *file_writable_by_others(const char *path, unsigned trusted_uid);

/* Writes all bytes, going on after interruption. */
int file_write(int fd, struct span data, struct err *err) MUST_CHECK;

#endif
