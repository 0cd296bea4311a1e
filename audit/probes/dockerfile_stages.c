/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] dockerfile_stages: what the services of Compose files are built from. */
#include <errno.h>
#include <string.h>

#include "audit/compose/dockerfile.h"
#include "audit/compose/host.h"

static void put_names(struct host *host, const struct dockerfile_names *names)
{
	row_text(host, names->text);
	if (names->count > 0)
		row_int(host, names->line);
	else
		row_null(host);
}

static void put_stage(struct compose_host *project, const struct compose_node *service,
		      const char *file, const struct dockerfile_stage *stage)
{
	struct host *host = project->host;

	row_text(host, project->compose.name);
	row_text(host, service->key);
	row_text(host, file);
	row_int(host, stage->index);
	row_text(host, stage->name);
	row_int(host, stage->is_final);
	row_int(host, stage->is_shipped);
	row_text(host, stage->image.name);
	row_text(host, stage->image.base);
	row_text(host, stage->image.tag);
	row_text(host, stage->image.digest);
	if (stage->base)
		row_int(host, stage->base->index);
	else
		row_null(host);
	row_text(host, stage->user);
	put_names(host, &stage->secrets);
	put_names(host, &stage->handed);
	put_names(host, &stage->keys);
	row_int(host, stage->user ? stage->user_line : stage->line);
	row_end(host);
}

static void say(struct compose_host *project, const char *file, const char *what)
{
	host_incomplete(project->host, COVERAGE_PARTIAL, "%s:%s", file, what);
}

static void put_stages(struct compose_host *project, const struct compose_node *service,
		       const char *file, const struct compose_content *content)
{
	const struct compose_node *build = compose_get(service, "build");
	const struct compose_node *text = compose_get(build, "dockerfile_inline");
	const struct dockerfile parsed = {
	    .compose = &project->compose,
	    .text = content->data,
	    .lines_above = text ? text->line : 0,
	    .args = compose_get(build, "args"),
	    .target = compose_text(&project->compose, build, "target"),
	};
	struct dockerfile_stage *stage;
	struct err why;

	if (dockerfile_parse(&parsed, &stage, &why) < 0) {
		say(project, file, why.text);
		return;
	}
	for (; stage; stage = stage->next) {
		if (stage->is_shipped && stage->is_user_unknown)
			say(project, file,
			    arena_printf(host_arena(project->host),
					 "%u: USER depends on an argument that has no value here",
					 stage->user_line));
		put_stage(project, service, file, stage);
	}
}

#define WHAT_NEXT                                                                                  \
	"run harden where the image is built, or leave these rules out: --skip 'dockerfile/*'"

/* The Dockerfile is named by a variable, or fetched by its URL. */
static void say_elsewhere(struct compose_host *project, const struct compose_node *build)
{
	if (compose_is_unset(compose_get(build, "context")) ||
	    compose_is_unset(compose_get(build, "dockerfile")))
		compose_say_unset(project, build, "where a Dockerfile is");
	else
		host_incomplete(project->host, COVERAGE_PARTIAL,
				"%s:%u: the Dockerfile is not on this host: " WHAT_NEXT,
				build->file, build->line);
}

static int read_service(struct compose_host *project, const struct compose_node *service,
			struct err *err)
{
	const struct compose_node *build = compose_get(service, "build");
	const struct compose_node *text = compose_get(build, "dockerfile_inline");
	const char *path = compose_dockerfile(&project->compose, service);
	struct compose_content content = {0};

	if (!build || build->type != JSON_OBJECT)
		return 0;
	if (compose_is_scalar(text)) {
		content.data = text->text;
		put_stages(project, service, text->file, &content);
		return 0;
	}
	if (!path) {
		say_elsewhere(project, build);
		return 0;
	}
	if (compose_read_named(project, path, false, &content, err) < 0)
		return -1;
	if (content.error != 0)
		host_incomplete(project->host, COVERAGE_PARTIAL,
				"%s:%u: %s could not be read: %s: " WHAT_NEXT, build->file,
				build->line, compose_relative(&project->compose, path),
				strerror(content.error));
	else
		put_stages(project, service, compose_relative(&project->compose, path), &content);
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct compose_host project;

	if (compose_open(host, &project, err) < 0)
		return -1;
	for (const struct compose_node *at = compose_services(&project.compose); at; at = at->next)
		if (read_service(&project, at, err) < 0)
			return -1;
	return 0;
}

const struct probe probe_dockerfile_stages = {
    .about = "Stages of the Dockerfiles that services of Compose files are built from",
    COLUMNS({"project", TEXT, "name of the project"},
	    {"service", TEXT, "name of the service that is built so"},
	    {"file", TEXT, "Dockerfile, or the Compose file that holds it"},
	    {"stage", INTEGER, "number of the stage, from 0"},
	    {"name", TEXT, "name of the stage; NULL: none"},
	    {"is_final", INTEGER, "1: it is what is built"},
	    {"is_shipped", INTEGER, "1: the final one, or one that it is built on"},
	    {"image", TEXT, "image that it is built on in the end"},
	    {"image_name", TEXT, "last component of its repository"}, {"tag", TEXT, "its tag"},
	    {"digest", TEXT, "its digest"},
	    {"base_stage", INTEGER, "number of the stage that it is built on; NULL: an image"},
	    {"user", TEXT, "user at its end; NULL: the image that it is built on decides"},
	    {"secrets", TEXT, "ARG and ENV that hold a secret as text, never what they hold"},
	    {"secrets_line", INTEGER, "line of the first"},
	    {"handed", TEXT, "ARG and ENV that keep a secret that the build is given"},
	    {"handed_line", INTEGER, "line of the first"},
	    {"keys", TEXT, "files of keys that are copied in"},
	    {"keys_line", INTEGER, "line of the first"},
	    {"line", INTEGER, "line of the last USER, else of FROM"}),
    NEEDS(COMPOSE_NEEDS),
    .collect = collect,
};
