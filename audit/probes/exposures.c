/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table exposures: see the spec at the end. Each listener is asked for by way of each
 * interface and each local address, since the kernel serves any local address on any interface
 * (the weak host model); the model walks the ruleset for all sources at once.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "audit/reached.h"
#include "lib/own.h"

struct listener {
	struct world_namespace *namespace;
	const char *protocol;
	int family;   /* that packets come in by */
	u128 address; /* 0: any */
	uint16_t port;
	int64_t interface; /* 0: any */
};

static bool has_public(int family, struct ranges set)
{
	for (size_t i = 0; i < set.count; i++) {
		struct inet_range range = {family, set.items[i].first, set.items[i].last};

		if (inet_is_public(&range))
			return true;
	}
	return false;
}

static void put_blocked(struct host *host, const struct fw_outcome *blocked)
{
	struct buf out auto_buf;

	buf_init(&out, 4096);
	if (!blocked) {
		row_null(host);
		return;
	}
	reached_put_outcome(&out, blocked);
	row_span(host, buf_span(&out));
}

static void put_exposure(struct host *host, const struct listener *listener,
			 const struct fw_link *link, u128 address, const struct reached *reached)
{
	char text[INET_TEXT_SIZE];

	row_int(host, (int64_t)listener->namespace->id);
	row_text(host, listener->protocol);
	row_text(host, listener->family == AF_INET ? "ipv4" : "ipv6");
	row_text(host, inet_text(listener->family, address, text));
	row_int(host, listener->port);
	row_span(host, (struct span){link->name, strnlen(link->name, sizeof(link->name))});
	reached_row_ranges(host, listener->family, reached->sources);
	reached_row_ranges(host, listener->family, reached->temporal);
	reached_row_ranges(host, listener->family, reached->unknown);
	row_text(host, reached->reason);
	row_int(host, has_public(listener->family, reached->sources) ||
			  has_public(listener->family, reached->temporal));
	put_blocked(host, reached->blocked);
	row_end(host);
}

/* What leads through the host into another namespace is not walked: whoever may get in, perhaps. */
static void forget_way(struct fw_model *model, struct reached *reached)
{
	struct ranges all = ranges_union(&model->scratch, reached->sources, reached->temporal);

	reached->unknown = ranges_union(&model->scratch, all, reached->unknown);
	reached->sources = reached->temporal = (struct ranges){0};
	reached->reason = "the way through the host into its namespace is not walked";
}

static void ask(struct host *host, struct world *world, const struct listener *listener,
		const struct fw_link *link, u128 address)
{
	struct fw_model *model = &listener->namespace->model;
	const struct fw_query query = {
	    .family = listener->family,
	    .in = link,
	    .daddr = address,
	    .dport = listener->port,
	    .sport = -1,
	    .protocol = strcmp(listener->protocol, "tcp") == 0 ? IPPROTO_TCP : IPPROTO_UDP,
	    .tcp_flags = REACHED_TCP_SYN,
	};
	struct fw_answer answer;
	struct reached reached;

	model_ask(model, &query, &answer);
	reached = reached_of(world, model, &query, &answer, false);
	if (!listener->namespace->is_host)
		forget_way(model, &reached);
	put_exposure(host, listener, link, address, &reached);
}

/* ---- the ways in ---- */

static void ask_link(struct host *host, struct world *world, const struct listener *listener,
		     const struct fw_link *link)
{
	for (const struct fw_address *at = listener->namespace->host.addresses; at; at = at->next) {
		if (at->family != listener->family || inet_is_loopback(at->family, at->address) ||
		    (listener->address != 0 && listener->address != at->address) ||
		    (reached_is_link_local(at->family, at->address) && at->link != link->index))
			continue;
		ask(host, world, listener, link, at->address);
	}
}

static void ask_all_ways(struct host *host, struct world *world, const struct listener *listener)
{
	const struct fw_link *link = listener->namespace->host.links;

	for (; link; link = link->next)
		if ((link->flags & IFF_UP) && !(link->flags & IFF_LOOPBACK) &&
		    (listener->interface == 0 || listener->interface == link->index))
			ask_link(host, world, listener, link);
}

/* An IPv6 socket on :: serves IPv4 too, unless it is told not to (ipv6(7)). */
static int take_listener(struct host *host, struct world *world, const struct value *row,
			 struct err *err)
{
	struct listener listener = {
	    .namespace = world_find(world, (uint64_t)row[0].integer),
	    .protocol = span_is(row[1].text, "tcp") ? "tcp" : "udp",
	    .port = (uint16_t)row[3].integer,
	    .interface = row[5].integer,
	};

	if (!listener.namespace) /* it went between the two tables */
		return 0;
	if (inet_parse(row[2].text, &listener.family, &listener.address, err) < 0)
		return -1;
	if (listener.family == AF_INET6 && listener.address >> 32 == 0xffff) { /* ::ffff:a.b.c.d */
		listener.family = AF_INET;
		listener.address &= UINT32_MAX;
	}
	ask_all_ways(host, world, &listener);
	if (listener.family == AF_INET6 && listener.address == 0 && row[4].integer == 0) {
		listener.family = AF_INET;
		ask_all_ways(host, world, &listener);
	}
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct value row[6];
	struct world world;
	int got;

	if (world_read(host, &world, err) < 0)
		return -1;
	for (const struct world_namespace *at = world.first; at; at = at->next)
		if (at->model.incomplete)
			host_incomplete(host, COVERAGE_PARTIAL, "firewall: %s",
					at->model.incomplete);
	while ((got = host_input(host, row, 6, err)) > 0)
		if (take_listener(host, &world, row, err) < 0)
			return -1;
	return got;
}

const struct probe probe_exposures = {
    .about = "From which sources each listener can be reached, through its namespace's firewall",
    COLUMNS({"namespace", INTEGER, "id of the network namespace that listens"},
	    {"protocol", TEXT, "tcp or udp"}, {"family", TEXT, "ipv4 or ipv6, of the packets"},
	    {"address", TEXT, "local address that the packet is sent to"},
	    {"port", INTEGER, "local port"}, {"interface", TEXT, "that the packet comes in by"},
	    {"sources", TEXT, "sources that reach it, as prefixes or FIRST-LAST; empty: none"},
	    {"temporal", TEXT, "sources that reach it now and then: a rate limit, chance"},
	    {"unknown", TEXT, "sources of which that is not known"},
	    {"reason", TEXT, "why it is not known, or only now and then; NULL where all is"},
	    {"is_public", INTEGER, "1: addresses of the internet reach it, if only now and then"},
	    {"blocked_by", TEXT, "what stops others: table, chain, handle; NULL: nothing"}),
    NEEDS(WORLD_NEEDS),
    .input = "SELECT DISTINCT namespace, protocol, address, port, v6only, interface FROM sockets",
    .collect = collect,
};
