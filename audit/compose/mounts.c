/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Mounts: docs.docker.com/reference/compose-file/services#volumes. A source that begins with
 * ".", "/" or "~" is a path, else the name of a volume (compose-go, format/volume.go); and a named
 * volume may be a folder of the host in disguise: driver_opts { o: bind, device: /path }.
 */
#include <string.h>

#include "audit/compose/services.h"

/* services that take their mounts from each other */
#define MAX_FROM 8U

struct mounts {
	struct compose *compose;
	struct compose_mount **out;
	unsigned count;
};

/*
 * Does it matter what the variable holds? Behind a folder of one's own it does not; where the text
 * before it may still become one of the engine's sockets or a folder above, it does.
 */
static bool may_be_anything(struct span text)
{
	static const char *const sensitive[] = {"/var/run/", "/run/"};
	const char *mark = text.len > 0 ? memchr(text.data, COMPOSE_UNSET, text.len) : NULL;
	size_t len = mark ? (size_t)(mark - text.data) : 0;

	if (!mark)
		return false;
	for (unsigned i = 0; i < sizeof(sensitive) / sizeof(sensitive[0]); i++) {
		size_t whole = strlen(sensitive[i]);

		if (memcmp(text.data, sensitive[i], len < whole ? len : whole) == 0)
			return true;
	}
	return false;
}

static int set_path(struct mounts *mounts, struct span text, struct compose_mount *out,
		    struct err *err)
{
	struct compose *compose = mounts->compose;
	const char *path = compose_plain(compose, text);
	const char *home = "";

	out->is_unknown = may_be_anything(text);
	if (path[0] == '~' && (path[1] == '/' || path[1] == '\0')) {
		struct compose_scope scope = {.compose = compose};

		if (compose_lookup(&scope, "HOME", &home, err) < 0)
			return -1;
		if (!home || home[0] != '/') {
			out->is_unknown = true;
			return 0;
		}
		path = arena_printf(compose->arena, "%s%s", home, path + 1);
	}
	if (!out->is_unknown)
		out->source = compose_join(compose->arena, out->at->folder, path);
	return 0;
}

/* The volume of that name, if it is a bind mount: local driver, mount(8)'s option bind. */
static int set_volume(struct mounts *mounts, struct span name, struct compose_mount *out,
		      struct err *err)
{
	const struct compose_node *volumes = compose_get(mounts->compose->root, "volumes");
	const struct compose_node *options;
	const struct compose_node *device;
	const char *how;

	out->volume = compose_plain(mounts->compose, name);
	options = compose_get(compose_get(volumes, out->volume), "driver_opts");
	device = compose_get(options, "device");
	how = compose_text(mounts->compose, options, "o");
	if (!how || !strstr(how, "bind") || !compose_is_scalar(device))
		return 0;
	return set_path(mounts, device->text, out, err);
}

static bool is_path(struct span text)
{
	return text.len > 0 &&
	       (strchr("./~", text.data[0]) != NULL || text.data[0] == COMPOSE_UNSET);
}

static int set_source(struct mounts *mounts, struct span text, struct compose_mount *out,
		      struct err *err)
{
	if (text.len == 0)
		return 0;
	if (is_path(text)) {
		out->kind = "bind";
		return set_path(mounts, text, out, err);
	}
	return set_volume(mounts, text, out, err);
}

static bool has_option(struct span options, const char *wanted)
{
	struct span option;

	while (span_cut(&options, ',', &option))
		if (span_is(option, wanted))
			return true;
	return false;
}

static int read_short(struct mounts *mounts, const struct compose_node *at,
		      struct compose_mount *out, struct err *err)
{
	struct span rest = at->text;
	struct span source;
	struct span target;

	if (!span_cut(&rest, ':', &source))
		return compose_fault(at, err, "an empty volume");
	if (!span_cut(&rest, ':', &target)) { /* a path in the container alone */
		out->target = compose_plain(mounts->compose, source);
		return 0;
	}
	out->target = compose_plain(mounts->compose, target);
	out->is_writable = !has_option(rest, "ro") && !has_option(rest, "readonly");
	return set_source(mounts, source, out, err);
}

static int read_long(struct mounts *mounts, const struct compose_node *at,
		     struct compose_mount *out, struct err *err)
{
	const struct compose_node *source = compose_get(at, "source");
	const struct compose_node *read_only = compose_get(at, "read_only");
	const char *kind = compose_text(mounts->compose, at, "type");
	struct span text = compose_is_scalar(source) ? source->text : (struct span){"", 0};

	out->kind = kind ? kind : "volume";
	out->target = compose_text(mounts->compose, at, "target");
	out->is_writable = !(compose_is_scalar(read_only) && read_only->is_true);
	if (!out->target)
		return compose_fault(at, err, "a volume without \"target\"");
	if (text.len == 0)
		return 0;
	if (strcmp(out->kind, "bind") == 0)
		return set_path(mounts, text, out, err);
	return strcmp(out->kind, "volume") == 0 ? set_volume(mounts, text, out, err) : 0;
}

static void put(struct mounts *mounts, struct compose_mount *mount)
{
	struct compose_mount **link = mounts->out;

	while (*link && strcmp((*link)->target, mount->target) != 0)
		link = &(*link)->next;
	mount->next = *link ? (*link)->next : NULL;
	*link = mount;
}

static struct compose_mount *add(struct mounts *mounts, const struct compose_node *at)
{
	struct compose_mount *mount = arena_alloc(mounts->compose->arena, 1, sizeof(*mount));

	*mount = (struct compose_mount){.at = at, .kind = "volume", .is_writable = true};
	return mount;
}

static int read_volumes(struct mounts *mounts, const struct compose_node *service, struct err *err)
{
	const struct compose_node *list = compose_get(service, "volumes");

	if (!list || list->type == JSON_NULL)
		return 0;
	if (list->type != JSON_ARRAY)
		return compose_fault(list, err, "\"volumes\" of a service must be a list");
	for (const struct compose_node *at = list->child; at; at = at->next) {
		struct compose_mount *mount = add(mounts, at);

		if (++mounts->count > COMPOSE_MAX_LIST)
			return compose_fault(at, err, "more than %u mounts", COMPOSE_MAX_LIST);
		if (at->type == JSON_NULL)
			continue;
		if (at->type == JSON_ARRAY)
			return compose_fault(at, err, "a volume must be a text or a mapping");
		if ((at->type == JSON_OBJECT ? read_long : read_short)(mounts, at, mount, err) < 0)
			return -1;
		put(mounts, mount);
	}
	return 0;
}

static int read_tmpfs(struct mounts *mounts, const struct compose_node *service, struct err *err)
{
	const struct compose_node *list = compose_get(service, "tmpfs");

	for (const struct compose_node *at = list ? list->child : NULL; at; at = at->next) {
		struct compose_mount *mount;
		struct span rest = at->text;
		struct span target;

		if (!compose_is_scalar(at) || !span_cut(&rest, ':', &target))
			continue;
		if (++mounts->count > COMPOSE_MAX_LIST)
			return compose_fault(at, err, "more than %u mounts", COMPOSE_MAX_LIST);
		mount = add(mounts, at);
		mount->kind = "tmpfs";
		mount->target = compose_plain(mounts->compose, target);
		put(mounts, mount);
	}
	return 0;
}

static int read_all(struct mounts *mounts, const struct compose_node *service, unsigned depth,
		    struct err *err);

/* "SERVICE[:ro]"; "container:NAME" is of another project, and is not seen here. */
static int read_from(struct mounts *mounts, const struct compose_node *service, unsigned depth,
		     struct err *err)
{
	const struct compose_node *services = compose_get(mounts->compose->root, "services");
	const struct compose_node *list = compose_get(service, "volumes_from");

	for (const struct compose_node *at = list ? list->child : NULL; at; at = at->next) {
		const struct compose_node *other;
		struct span rest = at->text;
		struct span name;

		if (!compose_is_scalar(at) || !span_cut(&rest, ':', &name))
			continue;
		if (++mounts->count > COMPOSE_MAX_LIST)
			return compose_fault(at, err, "more than %u mounts", COMPOSE_MAX_LIST);
		other = compose_get(services, arena_text(mounts->compose->arena, name));
		if (other && depth < MAX_FROM && read_all(mounts, other, depth + 1, err) < 0)
			return -1;
	}
	return 0;
}

/* A service's own mounts count more than those it takes over. */
static int read_all(struct mounts *mounts, const struct compose_node *service, unsigned depth,
		    struct err *err)
{
	if (read_from(mounts, service, depth, err) < 0 || read_volumes(mounts, service, err) < 0)
		return -1;
	return read_tmpfs(mounts, service, err);
}

int compose_mounts(struct compose *compose, const struct compose_node *service,
		   struct compose_mount **out, struct err *err)
{
	struct mounts mounts = {.compose = compose, .out = out};

	*out = NULL;
	return read_all(&mounts, service, 0, err);
}
