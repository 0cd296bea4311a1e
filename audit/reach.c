/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] One question to the firewall model: see reach.h. Each interface that the packet may come
 * in by gives an answer, which is a row "answer", and the rows "step" of its walk behind it.
 */
#include "audit/reach.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "audit/reached.h"

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

static void put_destination(struct buf *out, const struct fw_query *query, u128 address,
			    uint16_t port)
{
	char text[INET_TEXT_SIZE];

	if (address != query->daddr || port != query->dport)
		buf_printf(out, query->family == AF_INET ? ", now to %s:%u" : ", now to [%s]:%u",
			   inet_text(query->family, address, text), port);
}

static void put_steps(struct host *host, const struct question *question, const char *interface,
		      const struct fw_answer *answer)
{
	for (const struct fw_step *at = answer->steps; at; at = at->next) {
		struct buf detail auto_buf;

		buf_init(&detail, PROBE_MAX_TEXT);
		if (question->has_source && !ranges_has(at->sources, question->source))
			continue;
		buf_printf(&detail, "%s: ", stage_name(at->stage));
		reached_put_chain(&detail, at->rule ? at->rule->chain : at->chain);
		if (at->rule)
			buf_printf(&detail, " handle %llu", (unsigned long long)at->rule->handle);
		else
			buf_text(&detail, ": policy");
		put_destination(&detail, &question->query, at->daddr, at->dport);
		put_line(host, question->query.family,
			 &(struct line){.kind = "step",
					.interface = interface,
					.verdict = verdict_word(at->verdict),
					.sources = at->sources,
					.detail = buf_string(&detail)});
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

/* What ends the packets of the source that was asked for, or of any. */
static const struct fw_outcome *blocker_of(const struct question *question,
					   const struct fw_answer *answer,
					   const struct reached *reached)
{
	if (!question->has_source)
		return reached->blocked;
	for (const struct fw_outcome *at = answer->outcomes; at; at = at->next)
		if ((at->fate == FW_DROPPED || at->fate == FW_REJECTED) &&
		    ranges_has(at->sources, question->source))
			return at;
	return NULL;
}

static void put_detail(struct buf *out, const struct question *question, const char *verdict,
		       const struct fw_answer *answer, const struct reached *reached)
{
	const struct fw_outcome *blocked = blocker_of(question, answer, reached);

	if (strcmp(verdict, "unknown") == 0) {
		buf_printf(out, "%s", reached->reason);
	} else if (strcmp(verdict, "blocked") == 0) {
		if (blocked) {
			buf_text(out,
				 blocked->fate == FW_REJECTED ? "rejected by " : "dropped by ");
			reached_put_outcome(out, blocked);
		}
	} else if (!has_asked(question, reached->sources)) {
		buf_printf(out, "now and then: %s", reached->reason ? reached->reason : "a limit");
	} else if (reached->forwarded) {
		const struct fw_link *link = reached->forwarded->out;

		buf_text(out, "forwarded");
		if (link)
			buf_printf(out, " by way of %.*s", (int)sizeof(link->name), link->name);
		put_destination(out, &question->query, reached->forwarded->daddr,
				reached->forwarded->dport);
	} else {
		buf_text(out, "delivered here");
	}
}

static void ask_link(struct host *host, struct world *world, struct question *question,
		     const struct fw_link *link)
{
	struct fw_model *model = &question->namespace->model;
	struct buf detail auto_buf;
	struct fw_answer answer;
	struct reached reached;
	char name[FW_NAME_BYTES + 1] = "";
	const char *verdict;

	buf_init(&detail, PROBE_MAX_TEXT);
	memcpy(name, link->name, sizeof(link->name));
	question->query.in = link;
	model_ask(model, &question->query, &answer);
	reached = reached_of(world, model, &question->query, &answer, true);
	verdict = judge(question, &reached);
	put_detail(&detail, question, verdict, &answer, &reached);
	put_line(host, question->query.family,
		 &(struct line){.kind = "answer",
				.interface = name,
				.verdict = verdict,
				.sources = reached.sources,
				.temporal = reached.temporal,
				.unknown = reached.unknown,
				.detail = buf_string(&detail)});
	put_steps(host, question, name, &answer);
}

static int ask_all(struct host *host, struct world *world, struct question *question,
		   struct err *err)
{
	const struct fw_link *link = question->namespace->host.links;
	bool found = false;

	for (; link; link = link->next) {
		if (question->interface ? strncmp(link->name, question->interface,
						  sizeof(link->name)) != 0
					: !(link->flags & IFF_UP) || (link->flags & IFF_LOOPBACK))
			continue;
		ask_link(host, world, question, link);
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
