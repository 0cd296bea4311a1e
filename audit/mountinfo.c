/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Lines of mountinfo: see mountinfo.h. */
#include "audit/mountinfo.h"

#include <string.h>

/* Behind the path of what was unlinked (fs/d_path.c). */
#define DELETED "//deleted"

/* mangle() in fs/proc_namespace.c writes blank, tab, newline, backslash and # as \ooo. */
static bool is_escape(struct span text)
{
	return text.len >= 4 && text.data[0] == '\\' && text.data[1] >= '0' &&
	       text.data[1] <= '3' && text.data[2] >= '0' && text.data[2] <= '7' &&
	       text.data[3] >= '0' && text.data[3] <= '7';
}

static struct span unescape(struct span text, struct arena *arena)
{
	size_t len = 0;
	char *out;

	if (text.len == 0 || !memchr(text.data, '\\', text.len))
		return text;
	out = arena_text(arena, text);
	for (size_t at = 0; at < text.len;) {
		struct span rest = {text.data + at, text.len - at};

		if (is_escape(rest)) {
			out[len++] = (char)((rest.data[1] - '0') << 6 | (rest.data[2] - '0') << 3 |
					    (rest.data[3] - '0'));
			at += 4;
		} else {
			out[len++] = rest.data[0];
			at++;
		}
	}
	return (struct span){out, len};
}

static bool is_rw(struct span options)
{
	struct span first;

	return span_cut(&options, ',', &first) && span_is(first, "rw");
}

bool mountinfo_read(struct span line, struct arena *arena, struct mountinfo *out)
{
	struct span words[6]; /* id, parent, device, root, target, options */
	struct span word = {"", 0};
	struct span source;
	struct span super;

	for (int i = 0; i < 6; i++)
		if (!span_cut(&line, ' ', &words[i]) || words[i].len == 0)
			return false;
	while (span_cut(&line, ' ', &word) && !span_is(word, "-"))
		;
	/* the source may be empty, as the file system likes */
	if (!span_is(word, "-") || !span_cut(&line, ' ', &out->type) ||
	    !span_cut(&line, ' ', &source) || !span_cut(&line, ' ', &super))
		return false;
	out->device = words[2];
	out->is_deleted = span_ends(words[3], DELETED);
	if (out->is_deleted)
		words[3].len -= strlen(DELETED);
	out->root = unescape(words[3], arena);
	out->target = unescape(words[4], arena);
	out->is_writable = is_rw(words[5]) && is_rw(super);
	return true;
}

static bool same(struct span one, struct span other)
{
	return one.len == other.len && (one.len == 0 || memcmp(one.data, other.data, one.len) == 0);
}

struct span mountinfo_source(const struct mountinfo *outer, const struct mountinfo *inner,
			     struct arena *arena)
{
	struct span root = outer->root;
	struct span target = outer->target;
	struct span rest;

	if (!same(outer->device, inner->device))
		return (struct span){"", 0};
	if (span_is(root, "/"))
		root.len = 0;
	if (inner->root.len < root.len ||
	    (root.len > 0 && memcmp(inner->root.data, root.data, root.len) != 0))
		return (struct span){"", 0};
	rest = (struct span){inner->root.data + root.len, inner->root.len - root.len};
	if (rest.len > 0 && rest.data[0] != '/')
		return (struct span){"", 0};
	if (span_is(rest, "/"))
		rest.len = 0;
	if (span_is(target, "/") && rest.len > 0)
		target.len = 0;
	return span_of(arena_printf(arena, "%.*s%.*s", (int)target.len, target.data, (int)rest.len,
				    rest.data));
}
