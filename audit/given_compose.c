/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The Compose files that the user gave: see given_compose.h. */
#include "audit/given_compose.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/own.h"

/* compose-go, cli/options.go: DefaultFileNames and DefaultOverrideFileNames, in their order. */
static const char *const default_names[] = {"compose.yaml", "compose.yml", "docker-compose.yml",
					    "docker-compose.yaml", NULL};
static const char *const override_names[] = {"compose.override.yml", "compose.override.yaml",
					     "docker-compose.override.yml",
					     "docker-compose.override.yaml", NULL};

struct adding {
	struct given *given;
	const char *folder; /* what names in variables refer to */
	unsigned trusted_uid;
};

static bool is_folder(const char *path)
{
	struct stat meta;

	return stat(path, &meta) == 0 && S_ISDIR(meta.st_mode);
}

/* As the user would write it from here: no "./" in front, no second slash. */
static char *below(const char *folder, const char *name)
{
	size_t len = strlen(folder);

	while (len > 1 && folder[len - 1] == '/')
		len--;
	if (name[0] == '/' || (len == 1 && folder[0] == '.'))
		return xstrdup(name);
	return xasprintf("%.*s%s%s", (int)len, folder, folder[len - 1] == '/' ? "" : "/", name);
}

static int add(const struct adding *adding, const char *role, const char *name, struct err *err)
{
	auto_free char *path = below(adding->folder, name);

	return given_add(adding->given, role, path, adding->trusted_uid, err);
}

/*
 * The first of these names that is there: 1 when there is one. What cannot be looked at may be
 * there: then reading it says why not.
 */
static int add_first(const struct adding *adding, const char *const *names, struct err *err)
{
	for (; *names; names++) {
		auto_free char *path = below(adding->folder, *names);
		struct stat meta;

		if (stat(path, &meta) < 0 && (errno == ENOENT || errno == ENOTDIR))
			continue;
		if (given_add(adding->given, "compose", path, adding->trusted_uid, err) < 0)
			return -1;
		adding->given->files[adding->given->count - 1].role = "compose-default";
		return 1;
	}
	return 0;
}

/* Each name of a list. */
static int add_list(const struct adding *adding, const char *role, const char *list,
		    const char *separator, struct err *err)
{
	auto_free char *copy = xstrdup(list);
	char *name = copy;

	while (name) {
		char *next = strstr(name, separator);

		if (next) {
			*next = '\0';
			next += strlen(separator);
		}
		if (name[0] != '\0' && add(adding, role, name, err) < 0)
			return -1;
		name = next;
	}
	return 0;
}

static int add_folder(const struct adding *adding, struct err *err)
{
	const char *separator = getenv("COMPOSE_PATH_SEPARATOR");
	const char *list = getenv("COMPOSE_FILE");
	int got;

	if (given_add_folder(adding->given, "compose", adding->folder, adding->trusted_uid, err) <
	    0)
		return -1;
	if (list && list[0] != '\0') {
		separator = separator && separator[0] != '\0' ? separator : ":";
		return add_list(adding, "compose", list, separator, err) < 0
			   ? err_in(err, "COMPOSE_FILE")
			   : 0;
	}
	got = add_first(adding, default_names, err);
	return got > 0 ? add_first(adding, override_names, err) : got;
}

/* docker/compose, cmd/compose/compose.go: the variable counts where the option is not given. */
static int add_env_files(const struct adding *adding, const struct given_compose *compose,
			 struct err *err)
{
	const char *list = getenv("COMPOSE_ENV_FILES");

	for (size_t i = 0; i < compose->env_file_count; i++)
		if (given_add(adding->given, "env-file", compose->env_files[i], adding->trusted_uid,
			      err) < 0)
			return -1;
	if (compose->env_file_count > 0 || !list)
		return 0;
	return add_list(adding, "env-file", list, ",", err) < 0 ? err_in(err, "COMPOSE_ENV_FILES")
								: 0;
}

int given_add_compose(struct given *given, const struct given_compose *compose,
		      unsigned trusted_uid, struct err *err)
{
	struct adding adding = {given, ".", trusted_uid};
	auto_free char *here = NULL;

	if (compose->path_count == 0)
		return 0;
	for (size_t i = 0; i < compose->path_count; i++) {
		const char *path = compose->paths[i];

		if (!is_folder(path)) {
			if (given_add(given, "compose", path, trusted_uid, err) < 0)
				return -1;
			continue;
		}
		if (compose->path_count > 1)
			return err_set(
			    err, "compose %s: a folder stands alone: name each of the files", path);
		adding.folder = path;
		if (add_folder(&adding, err) < 0)
			return -1;
	}
	if (add_env_files(&adding, compose, err) < 0)
		return -1;
	here = getcwd(NULL, 0);
	if (!here)
		return err_sys(err, "the current directory");
	return given_add_folder(given, "compose-directory", here, trusted_uid, err);
}
