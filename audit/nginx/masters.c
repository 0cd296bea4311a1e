/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] See masters.h. */
#include "audit/nginx/masters.h"

#include <string.h>

#include "lib/own.h"

struct search {
	struct host *host;
	unsigned need;
	struct nginx_master *masters;
	unsigned count;
};

static struct nginx_master *find_master(const struct search *search, struct span pid)
{
	struct nginx_master *at = search->masters;
	uint64_t number;

	if (span_uint(pid, INT32_MAX, &number) < 0)
		return NULL;
	while (at && at->pid != (int64_t)number)
		at = at->next;
	return at;
}

/* Links are told as the host sees them: the same within the root of the process. */
static const char *inside(const char *path, const char *root)
{
	size_t len = root ? strlen(root) : 0;

	if (!path || len <= 1 || strncmp(path, root, len) != 0)
		return path;
	if (path[len] == '\0')
		return "/";
	return path[len] == '/' ? path + len : path;
}

/* Links only. A file that -c or -p names may be relative to the folder that it runs in. */
static int find_folders(struct search *search, struct err *err)
{
	struct host *host = search->host;
	struct item item;
	int got;

	if (host_ask(host, search->need, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		struct span rest = span_of(item.path);
		struct span part = {"", 0};
		struct nginx_master *master;

		for (int i = 0; i < 3; i++)
			(void)span_cut(&rest, '/', &part); /* /proc/PID/cwd */
		master = item.error ? NULL : find_master(search, part);
		if (master && span_is(rest, "cwd"))
			master->folder = arena_text(host_arena(host), item.data);
		else if (master)
			master->root = arena_text(host_arena(host), item.data);
	}
	for (struct nginx_master *at = search->masters; at; at = at->next) {
		at->folder = inside(at->folder, at->root);
		at->program = inside(at->program, at->root);
	}
	return got;
}

static int read_input(struct search *search, struct err *err)
{
	struct host *host = search->host;
	struct arena *arena = host_arena(host);
	struct nginx_master **end = &search->masters;
	struct value row[5];
	int got;

	while ((got = host_input(host, row, ARRAY_LEN(row), err)) > 0) {
		struct nginx_master *master;

		if (search->count++ >= NGINX_MAX_MASTERS) {
			host_incomplete(host, COVERAGE_PARTIAL, "nginx runs too often");
			continue;
		}
		master = arena_alloc(arena, 1, sizeof(*master));
		master->pid = row[0].integer;
		master->namespace = row[1].integer > 0 ? row[1].integer : -1;
		master->cmdline = arena_text(arena, row[2].text);
		master->program = row[3].text.data ? arena_text(arena, row[3].text) : NULL;
		master->place = arena_text(arena, row[4].text);
		*end = master;
		end = &master->next;
	}
	return got;
}

int nginx_find_masters(struct host *host, unsigned need, const struct nginx_master **out,
		       struct err *err)
{
	struct search search = {.host = host, .need = need};

	if (read_input(&search, err) < 0 || (search.masters && find_folders(&search, err) < 0))
		return -1;
	*out = search.masters;
	return 0;
}
