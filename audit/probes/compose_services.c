/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] compose_services: what the Compose files that were given are about to start. */
#include <string.h>

#include "audit/compose/host.h"
#include "audit/compose/services.h"

/* Keys that decide what a container may do: what is not known of them, rules cannot know. */
static void check_unset(struct compose_host *project, const struct compose_node *service)
{
	static const char *const scalars[] = {"user", "privileged",  "network_mode", "pid",
					      "ipc",  "userns_mode", "read_only"};
	static const char *const lists[] = {"cap_add", "security_opt"};

	for (unsigned i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++) {
		const struct compose_node *value = compose_get(service, scalars[i]);

		if (compose_is_unset(value))
			compose_say_unset(project, value, scalars[i]);
	}
	for (unsigned i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const struct compose_node *list = compose_get(service, lists[i]);

		for (const struct compose_node *at = list ? list->child : NULL; at; at = at->next)
			if (compose_is_unset(at))
				compose_say_unset(project, at, lists[i]);
	}
}

/* The texts of a list with commas between; NULL when there are none. */
static const char *joined(struct compose *compose, const struct compose_node *list)
{
	const char *out = NULL;

	if (!list || list->type != JSON_ARRAY)
		return NULL;
	for (const struct compose_node *at = list->child; at; at = at->next) {
		const char *text = compose_is_scalar(at) ? compose_plain(compose, at->text) : "";

		if (text[0] == '\0' || (out && strlen(out) > PROBE_MAX_TEXT))
			continue;
		out = out ? arena_printf(compose->arena, "%s,%s", out, text) : text;
	}
	return out;
}

/* capabilities(7) with and without CAP_, in any case (moby, oci/caps). */
static const char *capabilities(struct compose *compose, const struct compose_node *list)
{
	const char *text = joined(compose, list);
	char *out;
	size_t len = 0;

	if (!text)
		return NULL;
	out = arena_text(compose->arena, span_of(text));
	for (const char *at = text; *at;) {
		if ((at == text || at[-1] == ',') && strncasecmp(at, "CAP_", 4) == 0) {
			at += 4;
			continue;
		}
		out[len++] = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
		at++;
	}
	out[len] = '\0';
	return out;
}

static bool is_true(const struct compose_node *service, const char *key)
{
	const struct compose_node *value = compose_get(service, key);

	return compose_is_scalar(value) && value->is_true;
}

/* docker run(1): no-new-privileges, or with :true or =true behind it. */
static bool has_no_new_privileges(const struct compose_node *list)
{
	for (const struct compose_node *at = list ? list->child : NULL; at; at = at->next)
		if (compose_is_scalar(at) && span_starts(at->text, "no-new-privileges") &&
		    !span_ends(at->text, "false"))
			return true;
	return false;
}

static void put_image(struct compose_host *project, const struct compose_node *service)
{
	const struct compose_node *value = compose_get(service, "image");
	struct host *host = project->host;
	struct compose_image image;

	if (!compose_is_scalar(value)) {
		for (unsigned i = 0; i < 4; i++)
			row_null(host);
		row_int(host, 0);
		return;
	}
	image = compose_parse_image(&project->compose, value->text);
	row_text(host, image.name);
	row_text(host, image.base);
	row_text(host, image.tag);
	row_text(host, image.digest);
	row_int(host, compose_is_unset(value));
}

static void put_service(struct compose_host *project, const struct compose_node *service)
{
	struct compose *compose = &project->compose;
	struct host *host = project->host;
	const struct compose_node *options = compose_get(service, "security_opt");
	const struct compose_node *build = compose_get(service, "build");
	const struct compose_node *user = compose_get(service, "user");

	row_text(host, compose->name);
	row_text(host, service->key);
	put_image(project, service);
	row_int(host, build && build->type == JSON_OBJECT);
	row_text(host, compose_dockerfile(compose, service));
	row_text(host, compose_text(compose, service, "user"));
	row_int(host, is_true(service, "privileged"));
	row_text(host, capabilities(compose, compose_get(service, "cap_add")));
	row_text(host, capabilities(compose, compose_get(service, "cap_drop")));
	row_text(host, joined(compose, options));
	row_int(host, has_no_new_privileges(options));
	row_text(host, compose_text(compose, service, "network_mode"));
	row_text(host, compose_text(compose, service, "pid"));
	row_text(host, compose_text(compose, service, "ipc"));
	row_text(host, compose_text(compose, service, "userns_mode"));
	row_int(host, is_true(service, "read_only"));
	row_text(host, joined(compose, compose_get(service, "profiles")));
	row_text(host, service->file);
	row_int(host, service->line);
	if (compose_is_scalar(user))
		row_int(host, user->line);
	else
		row_null(host);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	struct compose_host project;

	if (compose_open(host, &project, err) < 0)
		return -1;
	for (const struct compose_node *at = compose_services(&project.compose); at;
	     at = at->next) {
		check_unset(&project, at);
		put_service(&project, at);
	}
	return 0;
}

const struct probe probe_compose_services = {
    .about = "Services of the Compose files that were given",
    COLUMNS({"project", TEXT, "name of the project"}, {"service", TEXT, "name of the service"},
	    {"image", TEXT, "image, as Compose reads it; NULL: only built"},
	    {"image_name", TEXT, "last component of its repository: redis of ghcr.io/x/redis:7"},
	    {"tag", TEXT, "tag; NULL: none is written"},
	    {"digest", TEXT, "digest, sha256:…; NULL: none is written"},
	    {"is_image_unknown", INTEGER,
	     "1: part of the image's name is a variable that is not set here"},
	    {"has_build", INTEGER, "1: it is built from a Dockerfile"},
	    {"dockerfile", TEXT, "absolute path of the Dockerfile; NULL: none that lies here"},
	    {"user", TEXT, "user; NULL: the image decides"}, {"privileged", INTEGER, "0 or 1"},
	    {"cap_add", TEXT, "capabilities added, without CAP_, with commas between"},
	    {"cap_drop", TEXT, "capabilities dropped, the same"},
	    {"security_opt", TEXT, "security options, with commas between"},
	    {"no_new_privileges", INTEGER, "0 or 1"},
	    {"network_mode", TEXT, "network mode; NULL: networks of the project"},
	    {"pid_mode", TEXT, "process namespace; NULL: its own"},
	    {"ipc_mode", TEXT, "IPC namespace; NULL: its own"},
	    {"userns_mode", TEXT, "user namespace; NULL: the daemon's default"},
	    {"read_only", INTEGER, "1: the root file system is read-only"},
	    {"profiles", TEXT, "profiles that start it, with commas between; NULL: always started"},
	    {"file", TEXT, "file"}, {"line", INTEGER, "line in the file"},
	    {"user_line", INTEGER, "line of the user"}),
    NEEDS(COMPOSE_NEEDS),
    .collect = collect,
};
