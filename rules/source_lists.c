/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of sources as text: see stage.h. */
#include <arpa/inet.h>
#include <string.h>

#include "audit/firewall/intervals.h"
#include "lib/own.h"
#include "rules/stage.h"

#define MAX_MEMORY ((size_t)64 << 20)
#define MAX_NAMED 3U /* ranges that a sentence names */

struct workspace {
	struct arena arena;
	struct scratch scratch;
};

static void workspace_begin(struct workspace *workspace)
{
	arena_init(&workspace->arena, MAX_MEMORY);
	scratch_init(&workspace->scratch, &workspace->arena, MAX_MEMORY / 2);
}

/* A prefix, an address, or FIRST-LAST. */
static int parse_range(struct span text, struct inet_range *out, struct err *err)
{
	const char *dash = memchr(text.data, '-', text.len);
	struct span first = {text.data, dash ? (size_t)(dash - text.data) : 0};
	struct span last = {dash ? dash + 1 : NULL, dash ? text.len - first.len - 1 : 0};
	int family;

	if (!dash)
		return inet_parse_prefix(text, out, err);
	if (inet_parse(first, &out->family, &out->first, err) < 0 ||
	    inet_parse(last, &family, &out->last, err) < 0)
		return -1;
	if (family != out->family || out->last < out->first)
		return err_set(err, "\"%.*s\" is no range", (int)text.len, text.data);
	return 0;
}

/*
 * The ranges of one family. 0 takes that of the first and sets it: then another one is an error,
 * since what is left out of a result would be taken for what is not there.
 */
static int parse(struct workspace *workspace, struct span list, int *family, struct ranges *out,
		 struct err *err)
{
	struct range *items = arena_alloc(&workspace->arena, list.len / 2 + 1, sizeof(*items));
	bool is_only = *family == 0;
	size_t count = 0;
	struct span part;

	while (span_cut(&list, ',', &part)) {
		struct inet_range range;

		part = span_trim(part);
		if (part.len == 0)
			continue;
		if (parse_range(part, &range, err) < 0)
			return -1;
		if (is_only && *family != 0 && range.family != *family)
			return err_set(err, "a list of sources mixes families");
		if (*family == 0)
			*family = range.family;
		if (range.family == *family)
			items[count++] = (struct range){range.first, range.last};
	}
	*out = ranges_from(&workspace->scratch, items, count);
	return 0;
}

static void put_range(struct buf *out, int family, const struct range *range)
{
	const struct inet_range whole = {family, range->first, range->last};
	char text[INET_RANGE_TEXT_SIZE];

	buf_text(out, inet_range_text(&whole, text));
}

static int combine(struct span a, struct span b, struct buf *out, struct err *err,
		   struct ranges (*with)(struct scratch *, struct ranges, struct ranges))
{
	struct workspace workspace;
	struct ranges first;
	struct ranges second;
	int family = 0;
	int result;

	workspace_begin(&workspace);
	result = parse(&workspace, a, &family, &first, err);
	if (result == 0)
		result = parse(&workspace, b, &family, &second, err);
	if (result == 0) {
		first = with(&workspace.scratch, first, second);
		for (size_t i = 0; i < first.count; i++) {
			buf_text(out, i > 0 ? ", " : "");
			put_range(out, family, &first.items[i]);
		}
		if (workspace.scratch.is_exhausted || out->overflowed)
			result = err_set(err, "a list of sources is too long");
	}
	arena_done(&workspace.arena);
	return result;
}

int source_lists_minus(struct span a, struct span b, struct buf *out, struct err *err)
{
	return combine(a, b, out, err, ranges_subtract);
}

int source_lists_common(struct span a, struct span b, struct buf *out, struct err *err)
{
	return combine(a, b, out, err, ranges_intersect);
}

int source_list_is_public(struct span list, struct err *err)
{
	struct span part;
	int found = 0;

	while (span_cut(&list, ',', &part)) {
		struct inet_range range;

		part = span_trim(part);
		if (part.len > 0 && parse_range(part, &range, err) < 0)
			return -1;
		found |= part.len > 0 && inet_is_public(&range);
	}
	return found;
}

/* At least half of the addresses that the internet has: 0.0.0.0/0 without its ends, 2000::/3. */
static bool is_most(struct scratch *scratch, int family, struct ranges set)
{
	struct range unicast = family == AF_INET ? (struct range){(u128)1 << 24, 0xdfffffff}
						 : range_prefix(family, (u128)1 << 125, 3);
	struct ranges part = ranges_intersect(scratch, set, ranges_of(scratch, unicast));
	u128 sum = 0;

	for (size_t i = 0; i < part.count; i++)
		sum += part.items[i].last - part.items[i].first;
	return sum > (unicast.last - unicast.first) / 2;
}

int source_list_words(struct span list, struct buf *out, struct err *err)
{
	struct workspace workspace;
	struct ranges set;
	int family = 0;
	int result;

	workspace_begin(&workspace);
	result = parse(&workspace, list, &family, &set, err);
	if (result == 0 && set.count == 0) {
		buf_text(out, "nobody");
	} else if (result == 0 && is_most(&workspace.scratch, family, set)) {
		buf_text(out, "anywhere");
	} else if (result == 0) {
		for (size_t i = 0; i < set.count && i < MAX_NAMED; i++) {
			buf_text(out, i > 0 ? ", " : "");
			put_range(out, family, &set.items[i]);
		}
		if (set.count > MAX_NAMED)
			buf_printf(out, " and %zu more", set.count - MAX_NAMED);
	}
	arena_done(&workspace.arena);
	return result;
}
