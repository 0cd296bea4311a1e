/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit/compose/git_index.h, over what git wrote: the seeds of its fuzzing. */
#include "audit/compose/git_index.h"

#include "lib/buf.h"
#include "lib/file.h"
#include "tests/tap.h"

static const char *holds(const char *name, const char *path, size_t cut)
{
	auto_buf struct buf index;
	static struct err err;
	struct stat meta;
	bool is_there;
	char file[100];

	buf_init(&index, 1 << 16);
	(void)snprintf(file, sizeof(file), "tests/fuzz/corpus/git_index/%s", name);
	if (file_read(file, &index, &meta, &err) < 0)
		return err.text;
	if (git_index_holds((struct span){index.data, index.len - cut}, span_of(path), &is_there,
			    &err) < 0)
		return err.text;
	return is_there ? "yes" : "no";
}

int main(void)
{
	static const char *const versions[] = {"v2", "v3", "v4"};

	for (unsigned i = 0; i < 3; i++) {
		is_str(holds(versions[i], ".env", 0), "yes", "a file at the top");
		is_str(holds(versions[i], "a/b/.env", 0), "yes", "and one below");
		is_str(holds(versions[i], "a/.env", 0), "no", "one that is not there");
		is_str(holds(versions[i], "a/b/.en", 0), "no", "nor is the beginning of one");
		is_str(holds(versions[i], ".env", 150), "an index that is cut off, or not of SHA-1",
		       "a part of an index is none");
	}
	is_str(holds("split", "a/.env", 0), "a split index", "entries that are elsewhere");
	is_str(holds("../compose/anchors", ".env", 0), "not an index of Git", "another file");
	return done();
}
