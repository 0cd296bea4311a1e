/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] compose_files: the files that the services of a project are made of, and who else can read
 * or change them.
 */
#include <errno.h>

#include <string.h>
#include <sys/stat.h>

#include "audit/compose/git_index.h"
#include "audit/compose/host.h"
#include "audit/compose/services.h"

#define MAX_FOLDERS 64U

/* Does a variable of the file hold a secret? */
static int holds_secret(struct compose_host *project, const struct compose_file *file, bool *out,
			struct err *err)
{
	struct compose_scope scope = {.compose = &project->compose,
				      .path = file->path,
				      .shown = file->shown,
				      .folder = "/",
				      .is_named = true};
	struct compose_variable *list = NULL;

	*out = false;
	if (!file->is_secret)
		return 0;
	if (compose_read_dotenv(&scope, file->data, &list, err) < 0)
		return -1;
	for (; list; list = list->next) {
		enum compose_verdict verdict = compose_judge(
		    span_of(list->name), span_of(list->value ? list->value : ""), true);

		if (verdict == COMPOSE_WEAK || verdict == COMPOSE_LITERAL)
			*out = true;
	}
	return 0;
}

/* Every folder on the way must let others through. */
static int is_readable(struct compose_host *project, const struct compose_file *file, bool *out,
		       struct err *err)
{
	struct arena *arena = host_arena(project->host);
	const char *folder = file->path;

	*out = (file->mode & 04) != 0;
	for (unsigned i = 0; *out && folder[1] != '\0' && i < MAX_FOLDERS; i++) {
		struct item item;
		int got;

		folder = compose_folder_of(arena, folder);
		if (host_ask_file(project->host, COMPOSE_NEED_STAT, 0, span_of(folder), err) < 0)
			return -1;
		got = host_next(project->host, &item, err);
		if (got < 0)
			return -1;
		if (got > 0 && item.error == 0 && (item.mode & 01) == 0)
			*out = false;
	}
	return 0;
}

/* The one item of a file; 0: it is not there. */
static int ask_one(struct compose_host *project, unsigned need, const char *path, struct item *out,
		   struct err *err)
{
	if (host_ask_file(project->host, need, 0, span_of(path), err) < 0)
		return -1;
	if (host_next(project->host, out, err) < 0)
		return -1;
	return out->error != ENOENT && out->error != ENOTDIR;
}

/*
 * The index of the repository whose working tree has `top`; NULL: it is none. .git may be a file
 * that names the folder: gitrepository-layout(5).
 */
static int find_index(struct compose_host *project, const char *top, const char **out,
		      struct err *err)
{
	static const char prefix[] = "gitdir: ";
	struct arena *arena = host_arena(project->host);
	const char *path = compose_join(arena, top, ".git");
	struct item item = {0};
	struct span text;
	int got = ask_one(project, COMPOSE_NEED_STAT, path, &item, err);

	*out = NULL;
	if (got <= 0)
		return got;
	if (S_ISREG(item.mode)) {
		got = ask_one(project, COMPOSE_NEED_FILE, path, &item, err);
		if (got <= 0 || item.error != 0 || !span_starts(item.data, prefix))
			return got < 0 ? -1 : 0;
		text = span_trim(item.data);
		text = (struct span){text.data + strlen(prefix), text.len - strlen(prefix)};
		path = compose_join(arena, top, arena_text(arena, text));
	}
	*out = compose_join(arena, path, "index");
	return 0;
}

/* Is the file in the index of the repository that it lies in? */
static int is_tracked(struct compose_host *project, const struct compose_file *file, bool *out,
		      struct err *err)
{
	struct arena *arena = host_arena(project->host);
	const char *top = file->path;
	const char *index = NULL;
	struct item item = {0};
	struct err why;
	size_t len;
	int got;

	*out = false;
	for (unsigned i = 0; !index && top[1] != '\0' && i < MAX_FOLDERS; i++) {
		top = compose_folder_of(arena, top);
		if (find_index(project, top, &index, err) < 0)
			return -1;
	}
	if (!index)
		return 0;
	got = ask_one(project, COMPOSE_NEED_FILE, index, &item, err);
	if (got <= 0)
		return got;
	len = strlen(top);
	len += top[len - 1] != '/';
	if (item.error != 0)
		host_item_failed(project->host, &item, compose_relative(&project->compose, index));
	else if (git_index_holds(item.data, span_of(file->path + len), out, &why) < 0)
		host_incomplete(project->host, COVERAGE_PARTIAL, "%s: %s",
				compose_relative(&project->compose, index), why.text);
	return 0;
}

static int put_file(struct compose_host *project, const struct compose_file *file, struct err *err)
{
	struct host *host = project->host;
	const char *exposed = file->exposed;
	bool has_secret;
	bool is_in_git = false;
	bool is_open;

	if (holds_secret(project, file, &has_secret, err) < 0 ||
	    is_readable(project, file, &is_open, err) < 0 ||
	    (has_secret && is_tracked(project, file, &is_in_git, err) < 0))
		return -1;
	if (!exposed && (file->mode & 02) != 0 && !file->is_given)
		exposed = arena_printf(host_arena(host), "mode %04o lets everyone write",
				       file->mode & 07777);
	row_text(host, file->shown);
	row_text(host, file->is_secret ? "variables" : "compose");
	row_int(host, file->is_given);
	row_int(host, has_secret);
	row_int(host, is_open);
	row_int(host, is_in_git);
	row_text(host, exposed);
	row_end(host);
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct compose_host project;

	if (compose_open(host, &project, err) < 0)
		return -1;
	for (const struct compose_node *at = compose_services(&project.compose); at;
	     at = at->next) {
		struct compose_setting *ignored;

		/* the files of variables are read with what they are for */
		if (compose_settings(&project.compose, at, &ignored, err) < 0)
			return -1;
	}
	for (const struct compose_file *at = project.files; at; at = at->next)
		if (put_file(&project, at, err) < 0)
			return -1;
	return 0;
}

const struct probe probe_compose_files = {
    .about = "Compose files that were given, and the files that they name",
    COLUMNS({"file", TEXT, "file"},
	    {"role", TEXT, "compose, or variables for a .env file and its like"},
	    {"is_given", INTEGER, "1: named on the command line, or found in a folder that was"},
	    {"has_secret", INTEGER, "1: a variable in it is a secret by its name"},
	    {"is_readable", INTEGER, "1: every user of the host can read it"},
	    {"is_tracked", INTEGER, "1: it holds a secret, and is in a Git repository"},
	    {"exposed", TEXT,
	     "why others than root and the caller could change it; NULL: they could not"}),
    NEEDS(COMPOSE_NEEDS),
    .collect = collect,
};
