/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Whom to ask for TLS, and by which names: see tls_targets.h. */
#include "audit/tls_targets.h"

#include <string.h>

#include "audit/derive.h"
#include "lib/own.h"

static enum tls_prelude prelude_of(struct span how)
{
	if (span_is(how, "smtp"))
		return TLS_BY_SMTP;
	if (span_is(how, "postgresql"))
		return TLS_BY_POSTGRES;
	return span_starts(how, "mysql") ? TLS_BY_MYSQL : TLS_AT_ONCE;
}

/* MySQL counts what is broken off against each address but those two: hostname_cache.cc,
 * ip_to_hostname(), "Do not count connect errors from localhost". Through a relay it would be the
 * relay's address, and all who come by it would be locked out. */
static bool is_not_counted(struct span how, const char *asked)
{
	return span_is(how, "mysql") &&
	       (strcmp(asked, "127.0.0.1") == 0 || strcmp(asked, "::1") == 0);
}

static bool is_same(const struct tls_endpoint *endpoint, const struct value *values)
{
	return endpoint && endpoint->namespace == values[0].integer &&
	       span_is(values[2].text, endpoint->asked) && endpoint->port == values[3].integer &&
	       span_is(values[4].text, endpoint->bound);
}

static void add_endpoint(struct tls_targets *targets, unsigned row, const struct value *values)
{
	struct arena *arena = targets->round.leaves.arena;
	struct tls_endpoint *endpoint = arena_alloc(arena, 1, sizeof(*endpoint));

	endpoint->namespace = values[0].integer;
	endpoint->asked = arena_text(arena, values[2].text);
	endpoint->port = values[3].integer;
	endpoint->bound = arena_text(arena, values[4].text);
	endpoint->prelude = prelude_of(values[5].text);
	endpoint->is_not_counted = is_not_counted(values[5].text, endpoint->asked);
	tls_endpoint_init(endpoint, &targets->round, row);
	*targets->end = endpoint;
	targets->end = &endpoint->next;
	targets->last = endpoint;
}

/* NAME:PORT, or NAME alone for 443, parted by blanks: the setting tls_names of the policy. */
static void add_names_of_policy(struct tls_endpoint *endpoint, struct span list)
{
	struct span word;

	while (span_word(&list, &word)) {
		struct span name = {word.data, 0};
		uint64_t port = 443;

		(void)span_cut(&word, ':', &name); /* a word is not empty */
		if (word.len > 0 && span_uint(word, 65535, &port) < 0)
			continue;
		if (endpoint->port == (int64_t)port)
			(void)tls_endpoint_add_name(endpoint, name, "policy");
	}
}

/* A pattern of nginx's, as it was before it became a fact. */
static void add_pattern(struct tls_targets *targets, struct span escaped)
{
	struct arena *arena = targets->round.leaves.arena;
	struct tls_pattern *pattern = arena_alloc(arena, 1, sizeof(*pattern));
	struct buf text auto_buf;

	buf_init(&text, PROBE_MAX_TEXT);
	derive_unescape(escaped, &text);
	pattern->endpoint = targets->last;
	pattern->text = arena_text(arena, buf_span(&text));
	*targets->patterns_end = pattern;
	targets->patterns_end = &pattern->next;
}

static void add_name(struct tls_targets *targets, struct span name, struct span origin)
{
	if (span_is(origin, "policy"))
		add_names_of_policy(targets->last, name);
	else if (span_is(origin, "pattern"))
		add_pattern(targets, name);
	else
		(void)tls_endpoint_add_name(targets->last, name,
					    arena_text(targets->round.leaves.arena, origin));
}

/* Hints come in the order of the endpoints, which they do not add to; NULL: it is of none. */
static struct tls_endpoint *find_hinted(struct tls_targets *targets, const struct value *values)
{
	for (int round = 0; round < 2; round++) {
		for (; targets->hinted; targets->hinted = targets->hinted->next)
			if (is_same(targets->hinted, values))
				return targets->hinted;
		targets->hinted = targets->first;
	}
	return NULL;
}

/* All names of one certificate on disk; those beyond the ceiling are a limit, and no gap. */
static void add_names_of_disk(struct host *host, struct tls_endpoint *endpoint, struct span list)
{
	bool has_too_many = endpoint->has_too_many_names;
	struct span word;

	while (span_word(&list, &word))
		(void)tls_endpoint_add_name(endpoint, word, "disk"); /* or it cannot be asked for */
	if (endpoint->has_too_many_names && !has_too_many)
		host_note(
		    host,
		    "TLS at port %lld: certificates on disk have more names than are asked for",
		    (long long)endpoint->port);
	endpoint->has_too_many_names = has_too_many;
}

int tls_targets_read(struct tls_targets *targets, struct host *host, struct err *err)
{
	struct value values[8];
	unsigned row = 0;
	int got;

	targets->end = &targets->first;
	targets->patterns_end = &targets->patterns;
	while ((got = host_input(host, values, 8, err)) > 0) {
		if (span_is(values[7].text, "disk")) {
			struct tls_endpoint *endpoint = find_hinted(targets, values);

			if (endpoint)
				add_names_of_disk(host, endpoint, values[6].text);
			continue;
		}
		if (!is_same(targets->last, values))
			add_endpoint(targets, row, values);
		row++;
		if (values[6].text.data)
			add_name(targets, values[6].text, values[7].text);
	}
	return got;
}
