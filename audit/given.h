/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] The files that the user gave on the command line, by role ("intent", "baseline"; "rules"
 * for folders). Each is opened once, at the start: a pipe can be read only once, a wrong path is
 * an error before anything else happens, and every probe sees the same bytes. Nobody looks at
 * the bytes here.
 */
#ifndef AUDIT_GIVEN_H
#define AUDIT_GIVEN_H

#include <sys/stat.h>

#include "lib/buf.h"
#include "lib/err.h"

#define GIVEN_MAX_FILES 256
#define GIVEN_MAX_BYTES (16U << 20) /* of one file */

struct given_file {
	const char *role;
	char *path;         /* as the user wrote it */
	struct buf content; /* empty for a folder */
	struct stat meta;
	char *exposed; /* see file_writable_by_others(); NULL: by nobody */
};

struct given {
	struct given_file *files;
	size_t count;
};

/* Reads a file; `trusted_uid` is the user who called, whose own files are no surprise. */
int given_add(struct given *given, const char *role, const char *path, unsigned trusted_uid,
	      struct err *err) MUST_CHECK;
/* Notes a folder without reading it. */
int given_add_folder(struct given *given, const char *role, const char *path, unsigned trusted_uid,
		     struct err *err) MUST_CHECK;
void given_done(struct given *given);

#endif
