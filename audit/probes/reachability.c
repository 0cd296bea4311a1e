/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table reachability: see the spec at the end. Each listener is asked for by way of each
 * interface and each local address, since the kernel serves any local address on any interface
 * (the weak host model), and by way of the namespaces that could forward to it; each port that
 * rules send on, by way of the namespace where they do. The model walks for all sources at once.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "audit/exposure.h"
#include "audit/published.h"
#include "audit/reached.h"
#include "audit/wires.h"
#include "lib/own.h"

struct asking {
	struct host *host;
	struct world world;
	struct ports heard[2]; /* that somebody listens on: TCP, UDP */
};

struct listener {
	struct world_namespace *namespace;
	uint8_t protocol;
	int family;   /* that packets come in by */
	u128 address; /* 0: any */
	uint16_t port;
	int64_t interface; /* 0: any */
};

/* ---- listeners ---- */

static void ask(struct asking *asking, const struct listener *listener,
		struct world_namespace *entry, const struct fw_link *in, u128 address)
{
	struct reached_question question = exposure_question(entry, in, listener->family, address);
	struct reached reached;

	question.query.protocol = listener->protocol;
	question.query.dport = question.target.dport = listener->port;
	reached = reached_ask(&asking->world, &question);
	/* what another namespace does not send on to it is no way to it */
	if (entry == listener->namespace || reached.sources.count > 0 ||
	    reached.temporal.count > 0 || reached.unknown.count > 0)
		exposure_put(asking->host, &question,
			     entry == listener->namespace ? "input" : "forward", &reached);
}

/* The ways by links of the namespace itself. */
static void ask_links(struct asking *asking, const struct listener *listener,
		      const struct fw_address *at)
{
	const struct fw_link *link = listener->namespace->host.links;

	for (; link; link = link->next)
		if (wires_is_entry(link) &&
		    (listener->interface == 0 || listener->interface == link->index) &&
		    (!reached_is_link_local(at->family, at->address) || at->link == link->index))
			ask(asking, listener, listener->namespace, link, at->address);
}

/*
 * The namespace sends it off this host, as what nobody gave it a route to. Should it come back,
 * then by a link of the listener's own namespace that leads outside, which is asked for.
 */
static bool leaves_host(const struct world_namespace *entry, const struct fw_link *in,
			const struct fw_address *at)
{
	const uint32_t mark = 0;
	struct fw_way way = route_find(&entry->host, at->family, at->address, in, &mark);

	return !entry->host.has_policies[at->family == AF_INET6] && way.kind == FW_ROUTED_FORWARD &&
	       way.out && way.out->is_outside && !way.out->peer &&
	       strncmp(way.out->kind, "bridge", sizeof(way.out->kind)) != 0;
}

/* The ways by other namespaces: those that touch the outside, and may forward to it. */
static void ask_others(struct asking *asking, const struct listener *listener,
		       const struct fw_address *at)
{
	for (struct world_namespace *entry = asking->world.first; entry; entry = entry->next) {
		if (entry == listener->namespace || !entry->is_outside)
			continue;
		for (const struct fw_link *link = entry->host.links; link; link = link->next)
			if (wires_is_entry(link) && link->is_outside &&
			    !leaves_host(entry, link, at))
				ask(asking, listener, entry, link, at->address);
	}
}

/* It is wired to another namespace, or may be: of a veth(4) whose other end is not known. */
static bool may_be_inside(const struct world_namespace *at)
{
	for (const struct fw_link *link = at->host.links; link; link = link->next)
		if (link->peer || strncmp(link->kind, "veth", sizeof(link->kind)) == 0)
			return true;
	return false;
}

static bool is_delivered_here(const struct listener *listener, const struct fw_link *link)
{
	const struct fw_host *host = &listener->namespace->host;
	const uint32_t mark = 0;
	struct fw_way way;

	if (inet_is_loopback(listener->family, listener->address))
		return listener->family == AF_INET && host_setting(host, link, FW_ROUTE_LOCALNET);
	way = route_find(host, listener->family, listener->address, link, &mark);
	return way.kind == FW_ROUTED_LOCAL || way.kind == FW_ROUTED_UNKNOWN;
}

/*
 * Bound to what no interface has as its address: a neighbour gets to 127.0.0.0/8 where
 * route_localnet is on (ip-sysctl), and to a whole prefix where a route of type local says so
 * (ip-route(8)).
 */
static void ask_bound(struct asking *asking, const struct listener *listener)
{
	const struct fw_link *link = listener->namespace->host.links;

	for (; link; link = link->next)
		if (wires_is_entry(link) &&
		    (listener->interface == 0 || listener->interface == link->index) &&
		    is_delivered_here(listener, link))
			ask(asking, listener, listener->namespace, link, listener->address);
}

static bool has_address(const struct listener *listener)
{
	for (const struct fw_address *at = listener->namespace->host.addresses; at; at = at->next)
		if (at->family == listener->family && at->address == listener->address)
			return true;
	return false;
}

static void ask_all_ways(struct asking *asking, const struct listener *listener)
{
	const struct world_namespace *namespace = listener->namespace;

	if (inet_is_loopback(listener->family, listener->address) ||
	    (listener->address != 0 && !has_address(listener)))
		ask_bound(asking, listener);
	for (const struct fw_address *at = namespace->host.addresses; at; at = at->next) {
		if (at->family != listener->family || inet_is_loopback(at->family, at->address) ||
		    (listener->address != 0 && listener->address != at->address))
			continue;
		ask_links(asking, listener, at);
		if (may_be_inside(namespace) && !reached_is_link_local(at->family, at->address))
			ask_others(asking, listener, at);
	}
}

/* An IPv6 socket on :: serves IPv4 too, unless it is told not to (ipv6(7)). */
static int take_listener(struct asking *asking, const struct value *row, struct err *err)
{
	struct listener listener = {
	    .namespace = world_find(&asking->world, (uint64_t)row[0].integer),
	    .protocol = span_is(row[1].text, "tcp") ? IPPROTO_TCP : IPPROTO_UDP,
	    .port = (uint16_t)row[3].integer,
	    .interface = row[5].integer,
	};

	if (!listener.namespace) /* it went between the two tables */
		return 0;
	if (inet_parse(row[2].text, &listener.family, &listener.address, err) < 0)
		return -1;
	ports_add(&asking->heard[listener.protocol == IPPROTO_UDP], listener.port, listener.port);
	if (listener.family == AF_INET6 && listener.address >> 32 == 0xffff) { /* ::ffff:a.b.c.d */
		listener.family = AF_INET;
		listener.address &= UINT32_MAX;
	}
	ask_all_ways(asking, &listener);
	if (listener.family == AF_INET6 && listener.address == 0 && row[4].integer == 0) {
		listener.family = AF_INET;
		ask_all_ways(asking, &listener);
	}
	return 0;
}

/* ---- what rules send on ---- */

#define MAX_ENDS 64U

struct ends {
	struct fw_outcome items[MAX_ENDS];
	unsigned count;
	struct ranges undecided; /* may be sent on, and nobody knows where to */
	const char *reason;
};

/* Where the port is sent on to, if it is. */
static void find_ends(struct fw_model *model, const struct fw_query *query, struct ends *ends)
{
	struct fw_answer answer;

	ends->count = 0;
	model_ask(model, query, &answer);
	for (const struct fw_outcome *at = answer.outcomes; at; at = at->next) {
		bool is_new = at->fate == FW_LOCAL || at->fate == FW_FORWARDED;

		is_new &= at->daddr != query->daddr || at->dport != query->dport;
		for (unsigned i = 0; is_new && i < ends->count; i++)
			is_new =
			    ends->items[i].daddr != at->daddr || ends->items[i].dport != at->dport;
		if (is_new && ends->count < MAX_ENDS)
			ends->items[ends->count++] = *at;
	}
	ends->undecided = (struct ranges){0};
	if (ends->count > 0) /* then those rows say what is not known */
		return;
	ends->undecided =
	    ranges_intersect(&model->scratch,
			     ranges_intersect(&model->scratch, answer_unknown(model, &answer),
					      answer.doubts[FW_NOT_MODELLED]),
			     wires_answered(query->in, query->family, &model->scratch));
	ends->reason = answer.reasons[FW_NOT_MODELLED];
	if (model->scratch.is_exhausted) {
		scratch_reset(&model->scratch);
		ends->undecided = ranges_of(&model->scratch, range_all(query->family));
		ends->reason = "more sets than the model keeps";
	}
}

static void ask_published(struct asking *asking, struct reached_question *question)
{
	char text[INET_TEXT_SIZE];
	char path[INET_TEXT_SIZE + 32];
	struct reached reached;
	struct ends ends;
	int family = question->query.family;

	find_ends(&question->entry->model, &question->query, &ends);
	for (unsigned i = 0; i < ends.count; i++) {
		question->target.daddr = ends.items[i].daddr;
		question->target.dport = ends.items[i].dport;
		(void)snprintf(
		    path, sizeof(path), family == AF_INET ? "dnat to %s:%u" : "dnat to [%s]:%u",
		    inet_text(family, question->target.daddr, text), question->target.dport);
		reached = reached_ask(&asking->world, question);
		exposure_put(asking->host, question, path, &reached);
	}
	if (ends.undecided.count > 0) {
		reached = (struct reached){.unknown = ends.undecided, .reason = ends.reason};
		exposure_put(asking->host, question, "dnat", &reached);
	}
}

static void ask_ports(struct asking *asking, struct reached_question *question,
		      const struct ports *candidates)
{
	static const uint8_t protocols[] = {IPPROTO_TCP, IPPROTO_UDP};

	question->target.is_translated_behind = true;
	for (unsigned i = 0; i < ARRAY_LEN(protocols); i++)
		for (unsigned port = 1; port <= 65535; port++)
			if (ports_has(candidates, port) || ports_has(&asking->heard[i], port)) {
				question->query.protocol = protocols[i];
				question->query.dport = (uint16_t)port;
				ask_published(asking, question);
			}
}

/* Destinations are translated before they are looked at, so that loopback's come in too. */
static void ask_namespace(struct asking *asking, struct world_namespace *entry)
{
	struct ports candidates = {{0}};
	struct reached_question question;

	if (!published_candidates(&entry->ruleset, &candidates))
		return;
	for (const struct fw_link *link = entry->host.links; link; link = link->next) {
		if (!wires_is_entry(link) || !link->is_outside)
			continue;
		for (const struct fw_address *at = entry->host.addresses; at; at = at->next) {
			if (reached_is_link_local(at->family, at->address) &&
			    at->link != link->index)
				continue;
			question = exposure_question(entry, link, at->family, at->address);
			ask_ports(asking, &question, &candidates);
		}
	}
}

/* ---- what nobody listens on ---- */

/* A port that is nobody's, and that no rule names: 0 if there is none. */
static uint16_t unnamed_port(const struct asking *asking, const struct ports *named)
{
	for (unsigned port = 49151; port > 1023; port--)
		if (!ports_has(named, port) && !ports_has(&asking->heard[0], port) &&
		    !ports_has(&asking->heard[1], port))
			return (uint16_t)port;
	return 0;
}

static void ask_default(struct asking *asking, struct world_namespace *entry)
{
	static const uint8_t protocols[] = {IPPROTO_TCP, IPPROTO_UDP};
	struct ports named = {{0}};
	uint16_t port;

	ruleset_ports(&entry->ruleset, &named);
	port = unnamed_port(asking, &named);
	for (const struct fw_link *link = entry->host.links; port && link; link = link->next)
		for (const struct fw_address *at = entry->host.addresses;
		     at && link->is_outside && wires_is_entry(link); at = at->next)
			for (unsigned i = 0; i < ARRAY_LEN(protocols); i++) {
				struct reached_question question =
				    exposure_question(entry, link, at->family, at->address);
				struct reached reached;

				if (at->link != link->index)
					continue;
				question.query.protocol = protocols[i];
				question.query.dport = question.target.dport = port;
				reached = reached_ask(&asking->world, &question);
				exposure_put(asking->host, &question, "default", &reached);
			}
}

static int collect(struct host *host, struct err *err)
{
	struct asking *asking = arena_alloc(host_arena(host), 1, sizeof(*asking));
	struct value row[6];
	int got;

	asking->host = host;
	if (world_read(host, &asking->world, err) < 0)
		return -1;
	for (const struct world_namespace *at = asking->world.first; at; at = at->next)
		if (at->model.incomplete)
			host_incomplete(host, COVERAGE_PARTIAL, "firewall: %s",
					at->model.incomplete);
	while ((got = host_input(host, row, 6, err)) > 0)
		if (take_listener(asking, row, err) < 0)
			return -1;
	for (struct world_namespace *at = asking->world.first; got == 0 && at; at = at->next) {
		ask_namespace(asking, at);
		ask_default(asking, at);
	}
	return got;
}

const struct probe probe_reachability = {
    .about = "From which sources each listener and each published port can be reached, through the "
	     "live rules; the view exposures compares it with the intent",
    COLUMNS(
	{"namespace", INTEGER, "id of the network namespace that the packet comes into"},
	{"interface", TEXT, "that it comes in by"}, {"protocol", TEXT, "tcp or udp"},
	{"family", TEXT, "ipv4 or ipv6, of the packet"},
	{"address", TEXT, "that the packet is sent to"}, {"port", INTEGER, "that it is sent to"},
	{"path", TEXT,
	 "input: delivered there; forward: to another namespace; dnat to ADDRESS:PORT; "
	 "default: a port that nobody listens on and no rule names, told as port 0"},
	{"to_namespace", INTEGER, "where it is delivered; NULL: beyond this host, or nowhere"},
	{"to_address", TEXT, "after translation; NULL: it gets nowhere"},
	{"to_port", INTEGER, "after translation; NULL: it gets nowhere"},
	{"scope", TEXT,
	 "who comes this way: network; link: neighbours alone; host: containers of this host"},
	{"sources", TEXT,
	 "sources that reach it, as prefixes or FIRST-LAST; empty: none; of very many "
	 "ranges the small gaps are filled"},
	{"temporal", TEXT, "sources that reach it now and then: a rate limit, chance"},
	{"unknown", TEXT, "sources of which that is not known"},
	{"reason", TEXT, "why it is not known, or only now and then; NULL where all is"},
	{"answered", TEXT,
	 "of sources and temporal those to whom answers go back by the same interface"},
	{"is_public", INTEGER, "1: some of these are addresses of the internet"},
	{"blocked", TEXT,
	 "sources that rules stop, of those to whom answers would go back; of very many the large "
	 "ranges"},
	{"blocked_by", TEXT, "what stops others: table, chain, handle; NULL: nothing"}),
    NEEDS(WORLD_NEEDS),
    .input = "SELECT DISTINCT namespace, protocol, address, port, v6only, interface FROM sockets",
    .collect = collect,
};
