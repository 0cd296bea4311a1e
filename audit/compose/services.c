/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Small parts of a service: see services.h. */
#include "audit/compose/services.h"

#include <string.h>

#include "audit/image.h"

const struct compose_node *compose_services(const struct compose *compose)
{
	const struct compose_node *services = compose_get(compose->root, "services");

	return services && services->type == JSON_OBJECT ? services->child : NULL;
}

struct compose_image compose_parse_image(struct compose *compose, struct span text)
{
	struct image_reference parts = image_reference_of(text);
	struct compose_image image = {.name = compose_plain(compose, text)};

	if (parts.digest.data)
		image.digest = compose_plain(compose, parts.digest);
	if (parts.tag.data) {
		image.is_tag_unknown =
		    parts.tag.len > 0 && memchr(parts.tag.data, COMPOSE_UNSET, parts.tag.len);
		image.tag = compose_plain(compose, parts.tag);
	}
	image.base = compose_plain(compose, parts.base);
	image.is_base_unknown =
	    parts.base.len > 0 && memchr(parts.base.data, COMPOSE_UNSET, parts.base.len);
	return image;
}

/* docs.docker.com/reference/compose-file/build: context "." and dockerfile "Dockerfile". */
const char *compose_dockerfile(struct compose *compose, const struct compose_node *service)
{
	const struct compose_node *build = compose_get(service, "build");
	const char *context = compose_text(compose, build, "context");
	const char *file = compose_text(compose, build, "dockerfile");

	if (!build || build->type != JSON_OBJECT || compose_get(build, "dockerfile_inline"))
		return NULL;
	if (!context || context[0] == '\0')
		context = ".";
	if (strstr(context, "://") || strncmp(context, "git@", 4) == 0 ||
	    compose_is_unset(compose_get(build, "context")) ||
	    compose_is_unset(compose_get(build, "dockerfile")))
		return NULL;
	return compose_join(compose->arena, compose_join(compose->arena, build->folder, context),
			    file && file[0] != '\0' ? file : "Dockerfile");
}
