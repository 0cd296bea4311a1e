/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] A project out of what root hands over: see host.h. */
#include "audit/compose/host.h"

#include <errno.h>
#include <string.h>

#include "audit/intent.h"

static struct compose_host *project_of(const struct compose *compose)
{
	return compose->context;
}

static struct compose_file *add_file(struct compose_host *project, const struct item *item)
{
	struct arena *arena = host_arena(project->host);
	struct compose_file *file = arena_alloc(arena, 1, sizeof(*file));

	*file = (struct compose_file){.mode = item->mode, .uid = item->uid, .gid = item->gid};
	file->data = (struct span){arena_text(arena, item->data), item->data.len};
	*project->last = file;
	project->last = &file->next;
	return file;
}

/* Could who wrote one of the given files have read it himself? */
static bool is_theirs(const struct compose_host *project, const struct item *item)
{
	if (item->mode & 04)
		return true;
	for (const struct compose_file *at = project->files; at; at = at->next)
		if (at->is_given && (at->uid == 0 || at->uid == item->uid ||
				     (at->gid == item->gid && (item->mode & 040) != 0)))
			return true;
	return false;
}

int compose_read_named(struct compose_host *project, const char *path, bool is_secret,
		       struct compose_content *out, struct err *err)
{
	struct host *host = project->host;
	struct compose_file *file;
	struct item item;
	int got;

	for (file = project->files; file; file = file->next) {
		if (!file->is_given && strcmp(file->path, path) == 0) {
			*out = (struct compose_content){.data = file->data};
			return 0;
		}
	}
	*out = (struct compose_content){.error = ENOENT};
	if (host_ask_file(host, is_secret ? COMPOSE_NEED_SECRET : COMPOSE_NEED_FILE, 0,
			  span_of(path), err) < 0)
		return -1;
	got = host_next(host, &item, err);
	if (got <= 0)
		return got;
	out->error = item.error;
	if (item.error == 0 && item.is_cut)
		out->error = EFBIG;
	else if (item.error == 0 && !is_theirs(project, &item))
		out->error = EACCES;
	if (out->error != 0)
		return 0;
	file = add_file(project, &item);
	file->path = path;
	file->shown = compose_relative(&project->compose, path);
	file->is_secret = is_secret;
	out->data = file->data;
	return 0;
}

static int read_named(struct compose *compose, const char *path, bool is_secret,
		      struct compose_content *out, struct err *err)
{
	return compose_read_named(project_of(compose), path, is_secret, out, err);
}

static int read_variable(struct compose *compose, const char *name, const char **out,
			 struct err *err)
{
	struct host *host = project_of(compose)->host;
	struct item item;
	int got;

	*out = NULL;
	if (strlen(name) > 200)
		return 0;
	if (host_ask_variable(host, COMPOSE_NEED_VARIABLE, span_of(name), err) < 0)
		return -1;
	got = host_next(host, &item, err);
	if (got > 0 && item.error == 0 && item.data.len <= COMPOSE_MAX_TEXT)
		*out = arena_text(compose->arena, item.data);
	return got < 0 ? -1 : 0;
}

static void say_incomplete(struct compose *compose, const char *detail)
{
	host_incomplete(project_of(compose)->host, COVERAGE_PARTIAL, "%s", detail);
}

/* The variable, of the value itself or of a member. */
static const char *unset_name(const struct compose_node *at)
{
	const char *name = at->unset;

	for (const struct compose_node *in = at->child; in && !name; in = in->next)
		name = in->unset;
	return name ? name : "VARIABLE";
}

void compose_say_unset(struct compose_host *project, const struct compose_node *at,
		       const char *what)
{
	const char *name = unset_name(at);

	host_incomplete(project->host, COVERAGE_PARTIAL,
			"%s:%u: %s depends on %s, which is not set here: set it in .env or in the "
			"environment (sudo --preserve-env=%s)",
			at->file, at->line, what, name, name);
}

static int read_given(struct compose_host *project, struct err *err)
{
	struct host *host = project->host;
	struct item item;
	int got;

	if (host_ask(host, COMPOSE_NEED_GIVEN, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		struct compose_file *file;

		if (intent_check_item(&item, "compose", err) < 0)
			return -1;
		file = add_file(project, &item);
		file->is_given = true;
		file->shown = arena_text(host_arena(host), span_of(item.path));
		if (item.exposed.len > 0)
			file->exposed = arena_text(host_arena(host), item.exposed);
	}
	return got;
}

static int read_directory(struct compose_host *project, struct err *err)
{
	struct item item;
	int got;

	project->compose.directory = "/";
	if (host_ask(project->host, COMPOSE_NEED_DIRECTORY, err) < 0)
		return -1;
	got = host_next(project->host, &item, err);
	if (got > 0 && item.path[0] == '/')
		project->compose.directory = compose_join(project->compose.arena, "/", item.path);
	return got < 0 ? -1 : 0;
}

int compose_open(struct host *host, struct compose_host *out, struct err *err)
{
	struct compose *compose = &out->compose;
	struct compose_given *given;
	size_t count = 0;

	*out = (struct compose_host){.host = host, .last = &out->files};
	*compose = (struct compose){.arena = host_arena(host),
				    .context = out,
				    .read = read_named,
				    .variable = read_variable,
				    .incomplete = say_incomplete};
	if (read_given(out, err) < 0 || read_directory(out, err) < 0)
		return -1;
	if (!out->files) {
		host_incomplete(host, COVERAGE_ABSENT, "no Compose file was given");
		return 0;
	}
	for (const struct compose_file *at = out->files; at; at = at->next)
		count++;
	given = arena_alloc(compose->arena, count, sizeof(*given));
	count = 0;
	for (struct compose_file *at = out->files; at; at = at->next) {
		at->path = compose_join(compose->arena, compose->directory, at->shown);
		given[count++] = (struct compose_given){at->shown, at->data};
	}
	return compose_load(compose, given, count, err);
}
