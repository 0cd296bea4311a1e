/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Paths by their text alone, as Go's filepath.Clean has them: Compose resolves no links. */
#include <string.h>

#include "audit/compose/compose.h"

/* Appends one component to `out`, which has room, and takes ".." as one off. */
static size_t put_component(char *out, size_t len, struct span name)
{
	if (name.len == 0 || span_is(name, "."))
		return len;
	if (span_is(name, "..")) {
		while (len > 0 && out[len - 1] != '/')
			len--;
		return len > 0 ? len - 1 : 0;
	}
	out[len] = '/';
	memcpy(out + len + 1, name.data, name.len);
	return len + 1 + name.len;
}

const char *compose_join(struct arena *arena, const char *folder, const char *path)
{
	struct span parts[] = {span_of(path[0] == '/' ? "" : folder), span_of(path)};
	char *out = arena_alloc(arena, parts[0].len + parts[1].len + 3, 1);
	size_t len = 0;

	for (unsigned i = 0; i < 2; i++) {
		struct span name;

		while (span_cut(&parts[i], '/', &name))
			len = put_component(out, len, name);
	}
	if (len == 0)
		out[len++] = '/';
	out[len] = '\0';
	return out;
}

const char *compose_folder_of(struct arena *arena, const char *path)
{
	return compose_join(arena, path, "..");
}

const char *compose_relative(const struct compose *compose, const char *path)
{
	size_t len = strlen(compose->directory);

	if (len > 1 && strncmp(path, compose->directory, len) == 0 && path[len] == '/')
		return path + len + 1;
	return path;
}
