/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] A project out of what root hands over: see host.h. */
#include "audit/compose/host.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "audit/intent.h"
#include "audit/message.h"

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

static bool could_read(const struct compose_file *who, const struct item *item)
{
	return who->uid == 0 || who->uid == item->uid ||
	       (who->gid == item->gid && (item->mode & 040) != 0);
}

/*
 * Could whoever puts files into the folder that was given have read it himself? The group of a user
 * alone, as many systems make one, is that user.
 */
static bool folder_could_read(const struct compose_file *folder, const struct item *item)
{
	if ((folder->mode & 02) != 0)
		return false;
	if ((folder->mode & 020) != 0 && folder->gid != 0 && folder->gid != folder->uid)
		return folder->gid == item->gid && (item->mode & 040) != 0;
	return could_read(folder, item);
}

/*
 * Could who wrote one of the given files have read it himself? In a folder, where the user named
 * none of them: all who could have named it.
 */
static bool is_theirs(const struct compose_host *project, const struct item *item)
{
	if (item->mode & 04)
		return true;
	if (project->folder && !folder_could_read(project->folder, item))
		return false;
	for (const struct compose_file *at = project->files; at; at = at->next) {
		if (project->folder && (at->is_layer || (project->is_finding && at->is_secret)) &&
		    !could_read(at, item))
			return false;
		if (!project->folder && at->is_layer && could_read(at, item))
			return true;
	}
	return project->folder != NULL;
}

/*
 * Why it was not read: a folder is no regular file (EINVAL), as a pipe is none; and a recording
 * leaves secrets out whether they are there or not (ENODATA), but where nothing is, is none.
 */
static int look_again(struct compose_host *project, const char *path, int *error, struct err *err)
{
	struct item item;
	int got;

	if (host_ask_file(project->host, COMPOSE_NEED_STAT, 0, span_of(path), err) < 0)
		return -1;
	got = host_next(project->host, &item, err);
	if (got > 0 && item.error != 0)
		*error = item.error;
	else if (got > 0 && S_ISDIR(item.mode))
		*error = EISDIR;
	return got < 0 ? -1 : 0;
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
	if (strlen(path) > MESSAGE_MAX_PATH) {
		out->error = ENAMETOOLONG;
		return 0;
	}
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
	if (out->error == ENODATA || out->error == EINVAL)
		return look_again(project, path, &out->error, err);
	if (out->error != 0)
		return 0;
	file = add_file(project, &item);
	file->path = path;
	file->shown = compose_relative(&project->compose, path);
	file->is_secret = is_secret;
	file->is_layer = project->is_finding && !is_secret;
	if (file->is_layer) /* who can write there can have others named */
		file->exposed = project->folder->exposed;
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
			"%s:%u: %s depends on %s, which is not set here: set it in .env, in a file "
			"of --env-file or in the environment (sudo --preserve-env=%s)",
			at->file, at->line, what, name, name);
}

/* What the folder is that was given; it is no file of the project. */
static void set_folder(struct compose_host *project, const struct item *item)
{
	struct arena *arena = host_arena(project->host);
	struct compose_file *folder = arena_alloc(arena, 1, sizeof(*folder));

	*folder = (struct compose_file){.mode = item->mode, .uid = item->uid, .gid = item->gid};
	folder->shown = arena_text(arena, span_of(item->path));
	if (span_starts(item->exposed, "directory ")) /* one above it */
		folder->exposed = arena_text(arena, item->exposed);
	else if (item->exposed.len > 0)
		folder->exposed = arena_printf(arena, "directory %s: %.*s", folder->shown,
					       (int)item->exposed.len, item->exposed.data);
	project->folder = folder;
}

static int read_given(struct compose_host *project, unsigned need, const char *role,
		      struct err *err)
{
	struct host *host = project->host;
	struct item item;
	int got;

	if (host_ask(host, need, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		struct compose_file *file;

		if (S_ISDIR(item.mode)) {
			set_folder(project, &item);
			continue;
		}
		if (item.error == ENODATA) /* of files of variables, to be recorded */
			continue;
		if (intent_check_item(&item, role, err) < 0)
			return -1;
		file = add_file(project, &item);
		file->is_given = true;
		file->is_secret = need == COMPOSE_NEED_ENV_FILE;
		file->is_layer = !file->is_secret;
		file->shown = arena_text(host_arena(host), span_of(item.path));
		file->path =
		    compose_join(host_arena(host), project->compose.directory, file->shown);
		if (item.exposed.len > 0)
			file->exposed = arena_text(host_arena(host), item.exposed);
	}
	return got;
}

/* --env-file: later ones count more, and see what the earlier ones say. */
static int read_env_files(struct compose_host *project, struct err *err)
{
	struct compose *compose = &project->compose;
	const struct compose_file *file = NULL;
	struct item item;
	int got;

	if (host_ask(project->host, COMPOSE_NEED_ENV_FILE_STAT, err) < 0)
		return -1;
	while ((got = host_next(project->host, &item, err)) > 0)
		compose->has_env_files = true;
	if (got < 0 || !compose->has_env_files)
		return got;
	if (read_given(project, COMPOSE_NEED_ENV_FILE, "env-file", err) < 0)
		return -1;
	for (file = project->files; file; file = file->next) {
		const struct compose_scope scope = {.compose = compose,
						    .dotenv = compose->dotenv,
						    .folder = compose->directory,
						    .path = file->path,
						    .shown = file->shown,
						    .is_named = true};

		if (compose_read_dotenv(&scope, file->data, &compose->dotenv, err) < 0)
			return -1;
	}
	if (!project->files)
		compose->unread = "the file of --env-file, which variables come from, could not be "
				  "read: recordings leave it out";
	return 0;
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

static bool has_layers(const struct compose_host *project)
{
	for (const struct compose_file *at = project->files; at; at = at->next)
		if (at->is_layer)
			return true;
	return false;
}

/* As docker compose without -f, called in the folder: COMPOSE_FILE, else what lies there. */
static int find(struct compose_host *project, struct compose_found *out, struct err *err)
{
	struct compose *compose = &project->compose;
	const char *folder =
	    compose_join(compose->arena, compose->directory, project->folder->shown);
	int got;

	project->is_finding = true;
	got = compose_find(compose, folder, out, err);
	project->is_finding = false;
	if (got < 0 || out->is_set)
		return got;
	if (read_given(project, COMPOSE_NEED_DEFAULT, "compose", err) < 0)
		return -1;
	if (has_layers(project) || out->is_unknown)
		return 0;
	return err_set(err,
		       "compose %s: there is no compose.yaml, compose.yml, docker-compose.yml or "
		       "docker-compose.yaml: name the files with -c FILE",
		       project->folder->shown);
}

/* The files of the command line, and what lies in a folder that stands in their place. */
static int load_given(struct compose_host *project, struct err *err)
{
	struct compose *compose = &project->compose;
	struct compose_given *given;
	size_t count = 0;

	for (const struct compose_file *at = project->files; at; at = at->next)
		count++;
	given = arena_alloc(compose->arena, count + 1, sizeof(*given));
	count = 0;
	for (const struct compose_file *at = project->files; at; at = at->next)
		if (at->is_layer)
			given[count++] = (struct compose_given){at->shown, at->data, false};
	return compose_load(compose, given, count, err);
}

int compose_open(struct host *host, struct compose_host *out, struct err *err)
{
	struct compose *compose = &out->compose;
	struct compose_found found = {0};

	*out = (struct compose_host){.host = host, .last = &out->files};
	*compose = (struct compose){.arena = host_arena(host),
				    .context = out,
				    .read = read_named,
				    .variable = read_variable,
				    .incomplete = say_incomplete};
	if (read_directory(out, err) < 0 || read_env_files(out, err) < 0 ||
	    read_given(out, COMPOSE_NEED_GIVEN, "compose", err) < 0)
		return -1;
	if (!out->folder && !has_layers(out)) {
		host_incomplete(host, COVERAGE_ABSENT, "no Compose file was given");
		return 0;
	}
	if (out->folder && !has_layers(out) && find(out, &found, err) < 0)
		return -1;
	if (found.is_set)
		return compose_load(compose, found.files, found.count, err);
	if (out->folder &&
	    compose_load_variables(
		compose, compose_join(compose->arena, compose->directory, out->folder->shown),
		err) < 0)
		return -1;
	return load_given(out, err);
}
