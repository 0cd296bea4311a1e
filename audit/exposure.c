/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] One row of the table reachability: see exposure.h. */
#include "audit/exposure.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "audit/wires.h"
#include "lib/own.h"

/* An address of a bridge or a veth pair inside this host: nobody routes it here but a neighbour. */
static bool is_inside_address(const struct reached_question *question)
{
	const struct fw_query *query = &question->query;
	const struct fw_address *at = question->entry->host.addresses;
	const struct fw_link *link;

	while (at && (at->family != query->family || at->address != query->daddr))
		at = at->next;
	link = at ? host_link(&question->entry->host, at->link) : NULL;
	return link && !link->is_outside &&
	       (link->peer || strncmp(link->kind, "bridge", sizeof(link->kind)) == 0);
}

/* How far away those may be who can come this way. */
static const char *scope_of(const struct reached_question *question, const char *path)
{
	const struct fw_query *query = &question->query;
	struct inet_range address = {query->family, query->daddr, query->daddr};

	if (!query->in->is_outside)
		return "host";
	if (inet_is_loopback(query->family, query->daddr) ||
	    reached_is_link_local(query->family, query->daddr))
		return "link";
	if (!inet_is_public(&address) &&
	    (strcmp(path, "forward") == 0 || is_inside_address(question)))
		return "link";
	return "network";
}

static bool has_public(int family, struct ranges set)
{
	for (size_t i = 0; i < set.count; i++) {
		struct inet_range range = {family, set.items[i].first, set.items[i].last};

		if (inet_is_public(&range))
			return true;
	}
	return false;
}

static void put_stop(struct host *host, const struct reached *reached)
{
	struct buf out auto_buf;

	buf_init(&out, 4096);
	if (!reached->is_stopped || (reached->is_got_there && !reached->stopped.chain)) {
		row_null(host);
		return;
	}
	reached_put_outcome(&out, &reached->stopped);
	row_span(host, buf_span(&out));
}

/* Where it ends: the last namespace, and the address and port of it. */
static void put_end(struct host *host, int family, const struct reached *reached)
{
	char text[INET_TEXT_SIZE];

	if (!reached->is_got_there) {
		row_null(host);
		row_null(host);
		row_null(host);
		return;
	}
	if (reached->at)
		row_int(host, (int64_t)reached->at->id);
	else
		row_null(host);
	row_text(host, inet_text(family, reached->end.daddr, text));
	row_int(host, reached->end.dport);
}

static void put_way(struct host *host, const struct reached_question *question, const char *path)
{
	const struct fw_query *query = &question->query;
	char text[INET_TEXT_SIZE];

	row_int(host, (int64_t)question->entry->id);
	row_span(host,
		 (struct span){query->in->name, strnlen(query->in->name, sizeof(query->in->name))});
	row_text(host, query->protocol == IPPROTO_TCP ? "tcp" : "udp");
	row_text(host, query->family == AF_INET ? "ipv4" : "ipv6");
	row_text(host, inet_text(query->family, query->daddr, text));
	row_int(host, strcmp(path, "default") == 0 ? 0 : query->dport);
	row_text(host, path);
}

/* Of those to whom answers go back by the same link. */
struct conversation {
	struct ranges answered; /* reach it, if only now and then */
	struct ranges blocked;
	bool is_unknown; /* whether some of them reach it */
};

static struct conversation conversation_of(const struct reached_question *question,
					   const struct reached *reached)
{
	struct scratch *scratch = &question->entry->model.scratch;
	struct ranges back = wires_answered(question->query.in, question->query.family, scratch);
	struct ranges all = ranges_union(scratch, reached->sources, reached->temporal);
	struct conversation conversation = {
	    .answered = ranges_intersect(scratch, all, back),
	    .blocked = ranges_intersect(scratch, reached->blocked, back),
	    .is_unknown = ranges_intersect(scratch, reached->unknown, back).count > 0,
	};

	if (scratch->is_exhausted)
		return (struct conversation){.answered = reached->sources, .is_unknown = true};
	return conversation;
}

void exposure_put(struct host *host, const struct reached_question *question, const char *path,
		  const struct reached *reached)
{
	const struct fw_query *query = &question->query;
	const char *scope = scope_of(question, path);
	struct scratch *scratch = &question->entry->model.scratch;
	struct conversation conversation = conversation_of(question, reached);

	put_way(host, question, path);
	put_end(host, query->family, reached);
	row_text(host, scope);
	reached_row_rounded(host, scratch, query->family, reached->sources, true);
	reached_row_rounded(host, scratch, query->family, reached->temporal, true);
	reached_row_rounded(host, scratch, query->family, reached->unknown, true);
	row_text(host, reached->reason);
	reached_row_rounded(host, scratch, query->family, conversation.answered, true);
	row_int(host,
		strcmp(scope, "network") == 0 && has_public(query->family, conversation.answered));
	reached_row_rounded(host, scratch, query->family, conversation.blocked, false);
	put_stop(host, reached);
	row_end(host);
	if (conversation.is_unknown && strcmp(scope, "host") != 0)
		host_incomplete(host, COVERAGE_PARTIAL, "firewall: port %u by way of %.*s: %s",
				query->dport, (int)sizeof(query->in->name), query->in->name,
				reached->reason);
}

struct reached_question exposure_question(struct world_namespace *entry, const struct fw_link *in,
					  int family, u128 address)
{
	return (struct reached_question){
	    .entry = entry,
	    .query = {.family = family,
		      .in = in,
		      .daddr = address,
		      .sport = -1,
		      .tcp_flags = REACHED_TCP_SYN},
	    .target = {.daddr = address},
	};
}
