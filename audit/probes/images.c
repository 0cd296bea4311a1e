/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table images: see the spec at the end. GET /images/json of the Docker Engine API
 * (docs.docker.com/reference/api/engine), which podman serves as well.
 */
#include <string.h>

#include "audit/engine_answer.h"
#include "audit/image.h"

#define MAX_IMAGES 16384U

static int64_t number_of(const struct json *object, const char *key)
{
	const struct json *member = json_get(object, key);

	return member && member->type == JSON_INTEGER ? member->integer : 0;
}

/* The digest by which a repository has the image, of REPOSITORY@DIGEST. */
static struct span digest_of(const struct json *image, struct span repository)
{
	for (const struct json *at = engine_list(image, "RepoDigests"); at; at = at->next) {
		struct span rest = at->text;
		struct span name;

		if (at->type == JSON_STRING && span_cut(&rest, '@', &name) &&
		    name.len == repository.len && memcmp(name.data, repository.data, name.len) == 0)
			return rest;
	}
	return (struct span){"", 0};
}

static void put(const struct engine *engine, const struct json *image, struct span reference)
{
	struct host *host = engine->host;

	row_text(host, engine->name);
	row_span(host, engine_text(image, "Id"));
	engine_put_text(host, reference);
	engine_put_text(host, digest_of(image, image_reference_of(reference).repository));
	row_int(host, number_of(image, "Created"));
	row_int(host, number_of(image, "Size"));
	row_end(host);
}

/* Docker calls an image without a name <none>:<none>. */
static void put_image(const struct engine *engine, const struct json *image)
{
	bool has_name = false;

	for (const struct json *at = engine_list(image, "RepoTags"); at; at = at->next)
		if (at->type == JSON_STRING && at->text.len > 0 &&
		    !span_starts(at->text, "<none>")) {
			put(engine, image, at->text);
			has_name = true;
		}
	if (!has_name)
		put(engine, image, (struct span){"", 0});
}

static void take(struct engine *engine, struct span none, const struct json *list,
		 struct arena *arena)
{
	unsigned count = 0;

	(void)none, (void)arena; /* one answer is all */
	if (list->type != JSON_ARRAY)
		host_incomplete(engine->host, COVERAGE_PARTIAL, "%s: the answer is no list",
				engine->socket);
	for (const struct json *at = list->type == JSON_ARRAY ? list->child : NULL; at;
	     at = at->next) {
		if (++count > MAX_IMAGES) {
			host_incomplete(engine->host, COVERAGE_PARTIAL, "more than %u images",
					MAX_IMAGES);
			return;
		}
		if (engine_text(at, "Id").len > 0)
			put_image(engine, at);
		else
			host_incomplete(engine->host, COVERAGE_PARTIAL,
					"%s: an image without an id", engine->socket);
	}
}

static int ask(struct engine *engine, struct err *err)
{
	static const struct engine_question question = {0, take};

	return engine_ask(engine, &question, err);
}

static int collect(struct host *host, struct err *err)
{
	return engines_ask(host, ask, err);
}

const struct probe probe_images = {
    .about = "Images that container engines keep, a row for each name of one",
    COLUMNS({"engine", TEXT, "docker or podman"},
	    {"id", TEXT, "sha256 of its configuration; joins with engine_containers.image_id"},
	    {"name", TEXT, "REPOSITORY:TAG; NULL: it has none any more"},
	    {"digest", TEXT, "by which a registry has it under that name; NULL: built here"},
	    {"created", INTEGER, "when it was made, in seconds since 1970"},
	    {"size", INTEGER, "bytes"}),
    NEEDS({ASK_ENGINE, "/images/json"}),
    .input = ENGINES_INPUT,
    .collect = collect,
};
