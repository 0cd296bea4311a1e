/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Paths that are relative to the folder that a process runs in. */
#include "audit/uses/uses.h"

struct uses_folder {
	const struct uses_folder *next;
	int64_t pid;
	const char *path;
};

static int read_folders(struct uses *uses, struct err *err)
{
	struct arena *arena = host_arena(uses->host);
	struct item item;
	int got;

	uses->has_folders = true;
	if (host_ask(uses->host, USES_FOLDERS, err) < 0)
		return -1;
	while ((got = host_next(uses->host, &item, err)) > 0) {
		struct span rest = span_of(item.path);
		struct uses_folder *folder;
		struct span part = {"", 0};
		uint64_t pid;

		for (int i = 0; i < 3; i++)
			(void)span_cut(&rest, '/', &part); /* /proc/PID/cwd */
		if (item.error || span_uint(part, INT32_MAX, &pid) < 0)
			continue;
		folder = arena_alloc(arena, 1, sizeof(*folder));
		*folder =
		    (struct uses_folder){uses->folders, (int64_t)pid, arena_text(arena, item.data)};
		uses->folders = folder;
	}
	return got;
}

int uses_resolve(struct uses *uses, const struct uses_process *process, struct span path,
		 const char **out, struct err *err)
{
	const struct uses_folder *at;

	*out = uses_join(host_arena(uses->host), NULL, path);
	if (*out)
		return 0;
	if (!uses->has_folders && read_folders(uses, err) < 0)
		return -1;
	for (at = uses->folders; at && at->pid != process->pid; at = at->next)
		;
	if (at && at->path[0] == '/')
		*out = uses_join(host_arena(uses->host), at->path, path);
	return 0;
}
