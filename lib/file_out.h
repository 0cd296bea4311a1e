/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a report so that a reader sees the old one or the new one, never half of one; and so
 * that root, who writes it, cannot be led astray: a symbolic link that somebody else has planted on
 * the way is refused.
 */
#ifndef LIB_FILE_OUT_H
#define LIB_FILE_OUT_H

#include "lib/err.h"

/* A report on its way: a temporary file beside its place, or the pipe or device itself. */
struct file_out {
	int fd;
	int folder_fd;   /* of the place; -1: `fd` is written directly */
	char *path;      /* as given, for messages */
	char *name;      /* in the folder */
	char *temporary; /* in the folder; NULL: there is none */
};

/*
 * Opens for writing: a regular file or a new one by way of a temporary file in the same folder,
 * anything else (pipe, device) directly. Symbolic links are followed when root, this process' user
 * or `trusted_uid` owns them, and are an error otherwise.
 */
int file_out_open(struct file_out *out, const char *path, unsigned trusted_uid,
		  struct err *err) MUST_CHECK;

/* Makes what was written durable and puts it in place of the old file; closes. */
int file_out_commit(struct file_out *out, struct err *err) MUST_CHECK;

/* Forgets what was written; the old file stays. Safe to call after file_out_commit(). */
void file_out_abort(struct file_out *out);

#endif
