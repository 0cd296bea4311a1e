/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The variables of a project, and the files that COMPOSE_FILE names among them:
 * docs.docker.com/compose/how-tos/environment-variables/envvars and, for what counts more,
 * docker/compose, cmd/compose/compose.go, toProjectOptions().
 */
#include <errno.h>
#include <string.h>

#include "audit/compose/compose.h"

/* Go's strconv.ParseBool(), as compose-go takes COMPOSE_DISABLE_ENV_FILE. */
static bool is_true(const char *text)
{
	static const char *const words[] = {"1", "t", "T", "true", "TRUE", "True"};

	for (size_t i = 0; text && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(text, words[i]) == 0)
			return true;
	return false;
}

/* What was read before counts more. */
static void append(struct compose *compose, struct compose_variable *list)
{
	struct compose_variable **end = &compose->dotenv;

	while (*end)
		end = &(*end)->next;
	*end = list;
}

int compose_load_variables(struct compose *compose, const char *folder, struct err *err)
{
	struct compose_scope scope = {.compose = compose, .folder = folder};
	const char *path = compose_join(compose->arena, folder, ".env");
	struct compose_variable *list = NULL;
	const char *disabled;

	if (compose->has_env_files ||
	    (compose->dotenv_path && strcmp(compose->dotenv_path, path) == 0))
		return 0;
	if (compose_lookup(&scope, "COMPOSE_DISABLE_ENV_FILE", &disabled, err) < 0)
		return -1;
	if (is_true(disabled))
		return 0;
	compose->dotenv_path = path;
	scope.dotenv = compose->dotenv;
	if (compose_load_dotenv(&scope, path, &list, err) < 0)
		return -1;
	append(compose, list);
	return 0;
}

/* The next name of the list; false at its end. */
static bool cut(struct span *rest, struct span separator, struct span *out)
{
	const char *at;

	if (!rest->data)
		return false;
	*out = *rest;
	at = memmem(rest->data, rest->len, separator.data, separator.len);
	if (!at) {
		rest->data = NULL;
		return true;
	}
	out->len = (size_t)(at - rest->data);
	*rest = (struct span){at + separator.len, rest->len - out->len - separator.len};
	return true;
}

static const char *reason(int error)
{
	if (error == EREMOTE)
		return "it is not on this host";
	return error == EINVAL ? "not a regular file" : strerror(error);
}

/* One file that COMPOSE_FILE names: 1 when it could be read. */
static int read_one(struct compose *compose, const char *folder, struct span name,
		    struct compose_given *out, struct err *err)
{
	const char *text = arena_text(compose->arena, name);
	const char *path = compose_join(compose->arena, folder, text);
	struct compose_content content = {.error = EREMOTE};

	if (!compose_is_remote(text) && compose->read(compose, path, false, &content, err) < 0)
		return -1;
	*out = (struct compose_given){compose_relative(compose, path), content.data, true};
	if (content.error == 0)
		return 1;
	compose->incomplete(compose,
			    arena_printf(compose->arena,
					 "COMPOSE_FILE names %s, which could not be read: %s: name "
					 "the Compose files that count with -c FILE",
					 compose_shown(compose, name), reason(content.error)));
	return 0;
}

static int read_all(struct compose *compose, const char *folder, const char *value,
		    struct compose_found *out, struct err *err)
{
	const struct compose_scope scope = {.compose = compose, .dotenv = compose->dotenv};
	struct span rest = span_of(value);
	const char *separator;
	struct span name;

	if (compose_lookup(&scope, "COMPOSE_PATH_SEPARATOR", &separator, err) < 0)
		return err_in(err, "compose %s", compose_relative(compose, folder));
	if (!separator || separator[0] == '\0')
		separator = ":";
	out->files = arena_alloc(compose->arena, COMPOSE_MAX_FILES, sizeof(*out->files));
	while (cut(&rest, span_of(separator), &name)) {
		int got;

		if (name.len == 0)
			continue;
		if (++compose->files > COMPOSE_MAX_FILES)
			return err_set(err, "compose %s: COMPOSE_FILE names more than %u files",
				       compose_relative(compose, folder), COMPOSE_MAX_FILES);
		got = read_one(compose, folder, name, &out->files[out->count], err);
		if (got < 0)
			return -1;
		out->count += (size_t)got;
	}
	return 0;
}

int compose_find(struct compose *compose, const char *folder, struct compose_found *out,
		 struct err *err)
{
	struct compose_scope scope = {.compose = compose, .is_closed = true};
	const char *value;

	*out = (struct compose_found){0};
	if (compose_load_variables(compose, folder, err) < 0)
		return -1;
	scope.dotenv = compose->dotenv;
	if (compose_lookup(&scope, "COMPOSE_FILE", &value, err) < 0)
		return -1;
	if (!value && compose->unread) {
		out->is_unknown = true;
		compose->incomplete(compose, compose->unread);
	}
	if (!value || value[0] == '\0')
		return 0;
	out->is_set = true;
	if (!strchr(value, COMPOSE_UNSET))
		return read_all(compose, folder, value, out, err);
	compose->incomplete(compose,
			    "COMPOSE_FILE depends on a variable that is not set here: name "
			    "the Compose files with -c FILE");
	return 0;
}
