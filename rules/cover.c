/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is a rectangle of ports and addresses covered by the union of others? Comparing range with range
 * answers wrongly when two rows cover a third only together, as security groups do. So the allowed
 * areas are cut out of the wanted one, exactly, until nothing is left or something stays.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "lib/own.h"
#include "rules/stage.h"

#define COVER_MAX_AREAS 100000U

/* What is left of the wanted area. */
struct pieces {
	struct cover_area *list;
	unsigned count;
	unsigned capacity;
	bool is_full;
};

static int compare_u128(u128 a, u128 b)
{
	return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b)
{
	const struct cover_area *first = a;
	const struct cover_area *second = b;
	int order =
	    (first->port_first > second->port_first) - (first->port_first < second->port_first);

	if (order == 0)
		order = compare_u128(first->source.first, second->source.first);
	if (order == 0)
		order =
		    (first->port_last > second->port_last) - (first->port_last < second->port_last);
	return order ? order : compare_u128(first->source.last, second->source.last);
}

static void add_piece(struct pieces *pieces, const struct cover_area *piece)
{
	if (pieces->count == COVER_MAX_PIECES) {
		pieces->is_full = true;
		return;
	}
	if (pieces->count == pieces->capacity) {
		pieces->capacity = pieces->capacity ? pieces->capacity * 2 : 8;
		pieces->list = xrealloc(pieces->list, pieces->capacity, sizeof(*pieces->list));
	}
	pieces->list[pieces->count++] = *piece;
}

static bool overlaps(const struct cover_area *a, const struct cover_area *b)
{
	return a->source.family == b->source.family && a->port_first <= b->port_last &&
	       b->port_first <= a->port_last && a->source.first <= b->source.last &&
	       b->source.first <= a->source.last;
}

/* Adds what is left of `piece` without `hole`, which overlaps it: ports around it, then addresses.
 */
static void cut(struct pieces *pieces, struct cover_area piece, const struct cover_area *hole)
{
	struct cover_area part = piece;

	if (piece.port_first < hole->port_first) {
		part.port_last = hole->port_first - 1;
		add_piece(pieces, &part);
		piece.port_first = hole->port_first;
	}
	if (piece.port_last > hole->port_last) {
		part = piece;
		part.port_first = hole->port_last + 1;
		add_piece(pieces, &part);
		piece.port_last = hole->port_last;
	}
	if (piece.source.first < hole->source.first) {
		part = piece;
		part.source.last = hole->source.first - 1;
		add_piece(pieces, &part);
	}
	if (piece.source.last > hole->source.last) {
		part = piece;
		part.source.first = hole->source.last + 1;
		add_piece(pieces, &part);
	}
}

static void cut_all(struct pieces *pieces, const struct cover_area *hole)
{
	unsigned i = 0;

	while (i < pieces->count && !pieces->is_full) {
		struct cover_area piece = pieces->list[i];

		if (!overlaps(&piece, hole)) {
			i++;
			continue;
		}
		pieces->list[i] = pieces->list[--pieces->count];
		cut(pieces, piece, hole); /* what it adds lies outside of the hole */
	}
}

static int subtract(struct pieces *pieces, struct cover_area *allowed, size_t count,
		    struct cover_area *first)
{
	if (count > 0) /* else `allowed` may be NULL */
		qsort(allowed, count, sizeof(*allowed), by_place);
	for (size_t i = 0; i < count && pieces->count > 0; i++) {
		cut_all(pieces, &allowed[i]);
		if (pieces->is_full)
			return -1;
	}
	if (pieces->count == 0)
		return 0;
	qsort(pieces->list, pieces->count, sizeof(*pieces->list), by_place);
	*first = pieces->list[0];
	return 1;
}

int cover_subtract(const struct cover_area *wanted, struct cover_area *allowed, size_t count,
		   struct cover_area *first)
{
	struct pieces pieces = {0};
	int result;

	add_piece(&pieces, wanted);
	result = subtract(&pieces, allowed, count, first);
	free(pieces.list);
	return result;
}

static void skip_blanks(struct span *rest)
{
	while (rest->len > 0 && (rest->data[0] == ' ' || rest->data[0] == '\n'))
		*rest = (struct span){rest->data + 1, rest->len - 1};
}

static bool take(struct span *rest, char byte)
{
	skip_blanks(rest);
	if (rest->len == 0 || rest->data[0] != byte)
		return false;
	*rest = (struct span){rest->data + 1, rest->len - 1};
	return true;
}

static bool take_port(struct span *rest, uint32_t *out)
{
	size_t len = 0;
	uint64_t port;

	skip_blanks(rest);
	while (len < rest->len && rest->data[len] >= '0' && rest->data[len] <= '9')
		len++;
	if (span_uint((struct span){rest->data, len}, 65535, &port) < 0)
		return false;
	*out = (uint32_t)port;
	*rest = (struct span){rest->data + len, rest->len - len};
	return true;
}

/* One [first, last, "CIDR"], as json_array() writes it. */
static int parse_area(struct span *rest, struct cover_area *out, struct err *err)
{
	struct span prefix;

	if (!take(rest, '[') || !take_port(rest, &out->port_first) || !take(rest, ',') ||
	    !take_port(rest, &out->port_last) || !take(rest, ',') || !take(rest, '"') ||
	    !span_cut(rest, '"', &prefix) || !take(rest, ']'))
		return err_set(err, "not [[port_first, port_last, \"CIDR\"], ...]");
	if (out->port_first > out->port_last)
		return err_set(err, "port range %u-%u is reversed", out->port_first,
			       out->port_last);
	return inet_parse_prefix(prefix, &out->source, err);
}

static int parse_list(struct span json, struct cover_area **list, size_t *count, struct err *err)
{
	size_t capacity = 0;

	if (!take(&json, '['))
		return err_set(err, "not a JSON array");
	while (!take(&json, ']')) {
		if (*count > 0 && !take(&json, ','))
			return err_set(err, "not [[port_first, port_last, \"CIDR\"], ...]");
		if (*count == COVER_MAX_AREAS)
			return err_set(err, "more than %u areas", COVER_MAX_AREAS);
		if (*count == capacity) {
			capacity = capacity ? capacity * 2 : 16;
			*list = xrealloc(*list, capacity, sizeof(**list));
		}
		if (parse_area(&json, &(*list)[*count], err) < 0)
			return -1;
		++*count;
	}
	skip_blanks(&json);
	return json.len == 0 ? 0 : err_set(err, "text behind the JSON array");
}

int cover_parse(struct span json, struct cover_area **out, size_t *count, struct err *err)
{
	auto_free struct cover_area *list = NULL;
	size_t found = 0;

	if (parse_list(json, &list, &found, err) < 0)
		return -1;
	*out = steal_ptr(&list);
	*count = found;
	return 0;
}

char *cover_text(const struct cover_area *area, char *text)
{
	char source[INET_RANGE_TEXT_SIZE];
	char ports[2 * sizeof("65535")];

	if (area->port_first == area->port_last)
		(void)snprintf(ports, sizeof(ports), "%u", area->port_first & 0xffff);
	else
		(void)snprintf(ports, sizeof(ports), "%u-%u", area->port_first & 0xffff,
			       area->port_last & 0xffff);
	(void)snprintf(text, COVER_TEXT_SIZE, "%s from %s", ports,
		       inet_range_text(&area->source, source));
	return text;
}
