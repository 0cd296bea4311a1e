/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Files of settings, one a line, of the services that this folder knows. */
#ifndef AUDIT_USES_SETTINGS_H
#define AUDIT_USES_SETTINGS_H

#include "audit/uses/uses.h"

#define SETTINGS_MAX 8U

/* How a service writes them. */
struct settings_dialect {
	const char *const *keys;     /* those that are wanted; NULL behind the last */
	const char *const *sections; /* only lines in these count; NULL: all do */
	const char *include;         /* word before a file that is read in its place */
	const char *include_folder;  /* word before a folder */
	const char *folder_pattern;  /* the files of a folder that count */
	bool has_dashes;             /* - and _ are the same in a key */
};

/* The value of each key of the dialect; NULL: not set. The last one counts. */
struct settings {
	const char *values[SETTINGS_MAX];
	bool is_found; /* the last file that was read is there */
};

/* Adds what the file and its includes say. */
int settings_read(struct uses *uses, const struct uses_process *process,
		  const struct settings_dialect *dialect, const char *path, struct settings *out,
		  struct err *err) MUST_CHECK;

/* Adds such a use of the process; paths in it are relative to the folder. */
void settings_add(struct uses *uses, const struct uses_process *process, const struct use *paths,
		  const char *folder);

#endif
