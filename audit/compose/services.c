/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Small parts of a service: see services.h. */
#include "audit/compose/services.h"

#include <string.h>

const struct compose_node *compose_services(const struct compose *compose)
{
	const struct compose_node *services = compose_get(compose->root, "services");

	return services && services->type == JSON_OBJECT ? services->child : NULL;
}

/* "repo:tag@digest"; the first component is a registry only if it looks like a host. */
struct compose_image compose_parse_image(struct compose *compose, struct span text)
{
	const char *at = text.len > 0 ? memchr(text.data, '@', text.len) : NULL;
	struct compose_image image = {.name = compose_plain(compose, text)};
	struct span name = text;
	struct span tag = {NULL, 0};
	const char *slash;
	const char *colon;

	if (at) {
		name.len = (size_t)(at - text.data);
		image.digest =
		    compose_plain(compose, (struct span){at + 1, text.len - name.len - 1});
	}
	slash = name.len > 0 ? memrchr(name.data, '/', name.len) : NULL;
	if (slash)
		name = (struct span){slash + 1, name.len - (size_t)(slash + 1 - name.data)};
	colon = name.len > 0 ? memchr(name.data, ':', name.len) : NULL;
	if (colon) {
		tag = (struct span){colon + 1, name.len - (size_t)(colon + 1 - name.data)};
		name.len = (size_t)(colon - name.data);
		image.is_tag_unknown = tag.len > 0 && memchr(tag.data, COMPOSE_UNSET, tag.len);
		image.tag = compose_plain(compose, tag);
	}
	image.base = compose_plain(compose, name);
	image.is_base_unknown = name.len > 0 && memchr(name.data, COMPOSE_UNSET, name.len);
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
