/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The files that the user gave on the command line: see given.h. */
#include "audit/given.h"

#include <stdlib.h>

#include "lib/file.h"
#include "lib/own.h"

static struct given_file *append(struct given *given, const char *role, const char *path,
				 unsigned trusted_uid, struct err *err)
{
	struct given_file *file;

	if (given->count == GIVEN_MAX_FILES) {
		(void)err_set(err, "%s: more than %d files were given", path, GIVEN_MAX_FILES);
		return NULL;
	}
	given->files = xrealloc(given->files, given->count + 1, sizeof(*given->files));
	file = &given->files[given->count++];
	*file = (struct given_file){.role = role, .path = xstrdup(path)};
	buf_init(&file->content, GIVEN_MAX_BYTES);
	file->exposed = file_writable_by_others(path, trusted_uid);
	return file;
}

int given_add(struct given *given, const char *role, const char *path, unsigned trusted_uid,
	      struct err *err)
{
	struct given_file *file = append(given, role, path, trusted_uid, err);
	struct err why;

	if (!file)
		return -1;
	if (file_read(path, &file->content, &file->meta, &why) < 0)
		return err_set(err, "%s %s", role, why.text);
	if (!S_ISREG(file->meta.st_mode)) /* a pipe's other end is the caller's own command */
		free(steal_ptr(&file->exposed));
	return 0;
}

int given_add_folder(struct given *given, const char *role, const char *path, unsigned trusted_uid,
		     struct err *err)
{
	struct given_file *file = append(given, role, path, trusted_uid, err);

	if (!file)
		return -1;
	if (stat(path, &file->meta) < 0)
		return err_sys(err, "%s %s", role, path);
	if (!S_ISDIR(file->meta.st_mode))
		return err_set(err, "%s %s: not a folder", role, path);
	return 0;
}

void given_done(struct given *given)
{
	for (size_t i = 0; i < given->count; i++) {
		free(given->files[i].path);
		free(given->files[i].exposed);
		buf_done(&given->files[i].content);
	}
	free(given->files);
	*given = (struct given){0};
}
