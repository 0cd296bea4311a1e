/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The names that a TLS server is asked by: see tls_endpoint.h. */
#include <string.h>
#include <strings.h>

#include "audit/tls_endpoint.h"

#define MAX_NAME 253U /* RFC 1035, 2.3.4, without the dot at the end */
#define WILDCARD "harden"

struct tls_name *tls_name_append(struct tls_endpoint *endpoint, const char *name,
				 const char *origin)
{
	struct tls_name **end = &endpoint->names;
	struct tls_name *made = arena_alloc(endpoint->round->leaves.arena, 1, sizeof(*made));

	while (*end)
		end = &(*end)->next;
	*made = (struct tls_name){.name = name, .origin = origin, .accepts = {-1, -1, -1, -1}};
	*end = made;
	return made;
}

static bool is_host_name(const char *name)
{
	bool has_letter = false;

	for (const char *at = name; *at; at++) {
		bool is_letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');

		has_letter |= is_letter; /* an address is no name: RFC 6066, 3 */
		if (!is_letter && !(*at >= '0' && *at <= '9') && !strchr("-._", *at))
			return false;
	}
	return has_letter && name[0] != '.' && name[0] != '-';
}

bool tls_endpoint_add_name(struct tls_endpoint *endpoint, struct span name, const char *origin)
{
	bool is_wildcard = span_starts(name, "*.");
	char *text;

	if (name.len > 0 && name.data[name.len - 1] == '.')
		name.len--;
	if (name.len == 0 || name.len > MAX_NAME || memchr(name.data, '\0', name.len))
		return false;
	text = arena_printf(endpoint->round->leaves.arena, "%s%.*s", is_wildcard ? WILDCARD : "",
			    (int)(name.len - is_wildcard), name.data + is_wildcard);
	if (strlen(text) > MAX_NAME || !is_host_name(text))
		return false;
	for (const struct tls_name *at = endpoint->names; at; at = at->next)
		if (at->name && strcasecmp(at->name, text) == 0)
			return true;
	if (endpoint->name_count == TLS_MAX_NAMES) {
		endpoint->has_too_many_names = true;
		return false;
	}
	endpoint->name_count++;
	(void)tls_name_append(endpoint, text, origin);
	return true;
}

void tls_names_add_served(struct tls_endpoint *endpoint)
{
	for (unsigned kind = 0; kind < TLS_KINDS; kind++) {
		const struct tls_leaf *leaf = &endpoint->names->leaves[kind];

		for (size_t i = 0; leaf->chain && i < leaf->chain->name_count &&
				   endpoint->name_count < TLS_MAX_NAMES;
		     i++)
			if (leaf->chain->names[i].kind == CERTIFICATE_DNS)
				(void)tls_endpoint_add_name(endpoint, leaf->chain->names[i].text,
							    TLS_FROM_CERTIFICATE);
	}
}

bool tls_name_is_as_none(struct tls_endpoint *endpoint)
{
	const struct tls_name *first = endpoint->names;
	struct tls_name *at = endpoint->at;
	bool is_same = false;

	if (at == first || strcmp(at->origin, TLS_FROM_CERTIFICATE) != 0)
		return false;
	for (unsigned kind = 0; kind < TLS_KINDS; kind++)
		is_same |=
		    at->leaves[kind].chain && at->leaves[kind].chain == first->leaves[kind].chain;
	for (unsigned kind = 0; is_same && kind < TLS_KINDS; kind++) {
		if (at->leaves[kind].chain)
			continue;
		at->leaves[kind] = first->leaves[kind];
		at->leaves[kind].name_matches = -1;
	}
	return is_same;
}
