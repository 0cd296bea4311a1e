/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] One question to the firewall model: see reach.h. Each interface that the packet may come
 * in by gives an answer, which is a row "answer", and the rows "step" of its walk behind it.
 */
#include "audit/reach.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <netinet/in.h>
#include <string.h>

#include "audit/reached.h"
#include "audit/wires.h"

struct question {
	struct world_namespace *namespace;
	struct fw_query query;
	const char *interface; /* NULL: any */
	bool has_source;
	u128 source;
};

/* ---- the walk ---- */

static const char *stage_name(enum fw_stage stage)
{
	static const char *const names[] = {
	    [FW_INGRESS] = "ingress", [FW_PREROUTING] = "prerouting",   [FW_INPUT] = "input",
	    [FW_FORWARD] = "forward", [FW_POSTROUTING] = "postrouting",
	};

	return (size_t)stage < sizeof(names) / sizeof(names[0]) ? names[stage] : "?";
}

static const char *verdict_word(int32_t verdict)
{
	switch (verdict) {
	case NF_ACCEPT:
		return "accept";
	case NF_DROP:
		return "drop";
	case NFT_JUMP:
		return "jump";
	case NFT_GOTO:
		return "goto";
	case NFT_RETURN:
		return "return";
	case NFT_CONTINUE:
		return "continue";
	default:
		return "goes on";
	}
}

/* A row: see the spec at the end. */
struct line {
	const char *kind;
	const char *interface;
	const char *verdict;
	struct ranges sources;
	struct ranges temporal;
	struct ranges unknown;
	const char *detail;
};

static void put_line(struct host *host, int family, const struct line *line)
{
	row_text(host, line->kind);
	row_text(host, line->interface);
	row_text(host, line->verdict);
	reached_row_ranges(host, family, line->sources);
	reached_row_ranges(host, family, line->temporal);
	reached_row_ranges(host, family, line->unknown);
	row_text(host, line->detail);
	row_end(host);
}

static void put_destination(struct buf *out, int family, u128 address, uint16_t port)
{
	char text[INET_TEXT_SIZE];

	buf_printf(out, family == AF_INET ? "%s:%u" : "[%s]:%u", inet_text(family, address, text),
		   port);
}

static void put_label(struct buf *out, const struct world_namespace *at)
{
	if (at->name)
		buf_text(out, at->name);
	else if (at->is_host)
		buf_text(out, "the host");
	else
		buf_printf(out, "net:[%llu]", (unsigned long long)at->id);
}

/* What the steps of one way need. */
struct telling {
	struct host *host;
	const struct question *question;
	const char *interface;
};

static void put_step(const struct telling *telling, const struct fw_query *query,
		     const struct fw_step *step, struct ranges sources)
{
	struct buf detail auto_buf;

	buf_init(&detail, PROBE_MAX_TEXT);
	buf_printf(&detail, "%s: ", stage_name(step->stage));
	reached_put_chain(&detail, step->rule ? step->rule->chain : step->chain);
	if (step->rule)
		reached_put_rule(&detail, step->rule);
	else
		buf_text(&detail, ": policy");
	if (step->daddr != query->daddr || step->dport != query->dport) {
		buf_text(&detail, ", now to ");
		put_destination(&detail, query->family, step->daddr, step->dport);
	}
	put_line(telling->host, query->family,
		 &(struct line){.kind = "step",
				.interface = telling->interface,
				.verdict = verdict_word(step->verdict),
				.sources = sources,
				.detail = buf_string(&detail)});
}

/* A line for each namespace that the packet comes into, and one for each step that is taken there.
 */
static void put_steps(void *context, const struct world_namespace *at, const struct fw_query *query,
		      const struct fw_answer *answer, struct ranges sources)
{
	const struct telling *telling = context;
	const struct question *question = telling->question;
	struct scratch *scratch = &question->namespace->model.scratch;
	struct buf detail auto_buf;

	if (question->has_source && !ranges_has(sources, question->source))
		return;
	if (at != question->namespace) {
		buf_init(&detail, PROBE_MAX_TEXT);
		buf_text(&detail, "namespace ");
		put_label(&detail, at);
		buf_printf(&detail, " by way of %.*s, to ", (int)sizeof(query->in->name),
			   query->in->name);
		put_destination(&detail, query->family, query->daddr, query->dport);
		put_line(telling->host, query->family,
			 &(struct line){.kind = "step",
					.interface = telling->interface,
					.verdict = "enter",
					.sources = sources,
					.detail = buf_string(&detail)});
	}
	for (const struct fw_step *step = answer->steps; step; step = step->next) {
		struct ranges here = ranges_intersect(scratch, step->sources, sources);

		if (question->has_source ? ranges_has(here, question->source) : here.count > 0)
			put_step(telling, query, step, here);
	}
}

/* ---- the answer ---- */

/* Is the source that was asked for, or any, in the set? */
static bool has_asked(const struct question *question, struct ranges set)
{
	return question->has_source ? ranges_has(set, question->source) : set.count > 0;
}

/* Who gets in now and then gets in. */
static const char *judge(const struct question *question, const struct reached *reached)
{
	if (has_asked(question, reached->sources) || has_asked(question, reached->temporal))
		return "reachable";
	return has_asked(question, reached->unknown) ? "unknown" : "blocked";
}

static void put_end(struct buf *out, const struct question *question, const struct reached *reached)
{
	const struct fw_outcome *end = &reached->end;

	if (reached->at == question->namespace) {
		buf_text(out, "delivered here");
		return;
	}
	if (reached->at) {
		buf_text(out, "delivered to namespace ");
		put_label(out, reached->at);
	} else {
		buf_text(out, "forwarded");
	}
	if (end->out)
		buf_printf(out, " by way of %.*s", (int)sizeof(end->out->name), end->out->name);
	if (end->daddr != question->query.daddr || end->dport != question->query.dport) {
		buf_text(out, ", now to ");
		put_destination(out, question->query.family, end->daddr, end->dport);
	}
}

static void put_detail(struct buf *out, const struct question *question, const char *verdict,
		       const struct reached *reached)
{
	if (strcmp(verdict, "unknown") == 0) {
		buf_printf(out, "%s", reached->reason);
	} else if (strcmp(verdict, "blocked") == 0) {
		if (!reached->is_stopped)
			return;
		buf_text(out,
			 reached->stopped.fate == FW_REJECTED ? "rejected by " : "dropped by ");
		reached_put_outcome(out, &reached->stopped);
	} else if (!has_asked(question, reached->sources)) {
		buf_printf(out, "now and then: %s", reached->reason ? reached->reason : "a limit");
	} else {
		put_end(out, question, reached);
	}
}

/* The steps come before the answer that they lead to, as the rows do. */
static void ask_link(struct host *host, struct world *world, struct question *question,
		     const struct fw_link *link)
{
	char name[FW_NAME_BYTES + 1] = "";
	struct telling telling = {host, question, name};
	const struct reached_watch watch = {put_steps, &telling};
	struct reached_question asked = {
	    .entry = question->namespace,
	    .query = question->query,
	    .target = {.is_anywhere = true},
	    .source = question->has_source ? &question->source : NULL,
	    .watch = &watch,
	};
	struct buf detail auto_buf;
	struct reached reached;
	const char *verdict;

	buf_init(&detail, PROBE_MAX_TEXT);
	memcpy(name, link->name, sizeof(link->name));
	asked.query.in = link;
	reached = reached_ask(world, &asked);
	verdict = judge(question, &reached);
	put_detail(&detail, question, verdict, &reached);
	put_line(host, question->query.family,
		 &(struct line){.kind = "answer",
				.interface = name,
				.verdict = verdict,
				.sources = reached.sources,
				.temporal = reached.temporal,
				.unknown = reached.unknown,
				.detail = buf_string(&detail)});
}

static bool is_asked_for(const struct question *question, const struct fw_link *link)
{
	if (!question->interface)
		return wires_is_entry(link);
	return strncmp(link->name, question->interface, sizeof(link->name)) == 0;
}

/* What comes in by a port of a bridge or bond comes in by that, as rules and routes see it. */
static const struct fw_link *seen_as(const struct fw_host *host, const struct fw_link *link)
{
	const struct fw_link *master = link->master ? host_link(host, link->master) : NULL;

	return master && !wires_is_entry(link) && wires_is_entry(master) ? master : link;
}

static int ask_all(struct host *host, struct world *world, struct question *question,
		   struct err *err)
{
	const struct fw_host *of = &question->namespace->host;
	bool found = false;

	for (const struct fw_link *link = of->links; link; link = link->next) {
		if (!is_asked_for(question, link))
			continue;
		ask_link(host, world, question, seen_as(of, link));
		found = true;
	}
	if (!found && question->interface)
		return err_set(err, "there is no interface \"%s\"", question->interface);
	return found ? 0 : err_set(err, "no interface but loopback is up");
}

/* ---- the question ---- */

static int read_question(struct host *host, struct world *world, struct question *out,
			 struct err *err)
{
	struct value row[6];
	int family;

	if (host_input(host, row, 6, err) <= 0)
		return err_set(err, "there is no question");
	*out = (struct question){
	    .namespace =
		row[0].integer ? world_find(world, (uint64_t)row[0].integer) : world->first,
	    .query = {.dport = (uint16_t)row[2].integer,
		      .sport = -1,
		      .protocol = span_is(row[3].text, "udp") ? IPPROTO_UDP : IPPROTO_TCP,
		      .tcp_flags = REACHED_TCP_SYN,
		      .explains = true},
	};
	if (!out->namespace)
		return err_set(err, "the network namespace is not there, or cannot be seen");
	if (inet_parse(row[1].text, &out->query.family, &out->query.daddr, err) < 0)
		return -1;
	if (row[4].text.data) {
		out->has_source = true;
		if (inet_parse(row[4].text, &family, &out->source, err) < 0)
			return -1;
		if (family != out->query.family)
			return err_set(err, "source and destination are of different families");
	}
	if (row[5].text.data)
		out->interface = arena_text(host_arena(host), row[5].text);
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct question question;
	struct world world;

	if (world_read(host, &world, err) < 0 || read_question(host, &world, &question, err) < 0)
		return -1;
	return ask_all(host, &world, &question, err);
}

static const struct probe probe_reach = {
    .about = "The answer to one question",
    COLUMNS({"kind", TEXT, "answer, or a step of the walk that leads to it"},
	    {"interface", TEXT, "that the packet comes in by"},
	    {"verdict", TEXT, "reachable, blocked or unknown; of a step: the rule's verdict"},
	    {"sources", TEXT, "sources that get there; of a step: that it is about"},
	    {"temporal", TEXT, "sources that get there now and then: a rate limit, chance"},
	    {"unknown", TEXT, "sources of which it is not known"},
	    {"detail", TEXT, "where it ends, and by which rule"}),
    NEEDS(WORLD_NEEDS),
    .input = "SELECT namespace, address, port, protocol, source, interface FROM question",
    .collect = collect,
};

const struct probe_entry reach_registry[] = {{"reach", &probe_reach}, {NULL, NULL}};
