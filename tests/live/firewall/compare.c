/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model's answers beside the kernel's: see compare.h. */
#include "compare.h"

#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "choose.h"
#include "tally.h"
#include "trace.h"

#include "lib/own.h"

#define MAX_SUSPECTS 200U
#define MAX_EXPLAINED 3U
#define SLOTS 16384U /* more than twice LAB_MAX_PROBES, a power of two */

double compare_clock(void)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void print_address(int family, u128 address)
{
	char text[INET_TEXT_SIZE];

	printf("%s", inet_text(family, address, text));
}

static void print_packet(const struct fw_query *query, const struct lab_probe *probe)
{
	static const char *const ends[] = {"nowhere", "local", "forwarded"};

	printf("#   from ");
	print_address(query->family, probe->source);
	printf(" by %s to ", query->in->name);
	print_address(query->family, query->daddr);
	printf(" proto %u port %u flags 0x%02x sport %d: kernel %s", query->protocol, query->dport,
	       query->tcp_flags, query->sport, ends[probe->end]);
	printf(" port %u to ", probe->dport);
	print_address(query->family, probe->daddr);
	printf("\n");
}

/* Both ways of one packet: the model's steps, and the kernel's own trace of it. */
static void explain(struct bench *bench, const struct fw_query *query, unsigned link,
		    const struct lab_probe *probe)
{
	static const char *const fates[] = {"local", "forwarded", "dropped", "rejected"};
	struct fw_query again = *query;
	struct fw_answer answer;

	print_packet(query, probe);
	again.explains = true;
	model_ask(&bench->model, &again, &answer);
	for (const struct fw_step *at = answer.steps; at; at = at->next) {
		if (ranges_has(at->sources, probe->source))
			printf("#     model: %s %s handle %llu verdict %d\n",
			       at->chain->table->name, at->chain->name,
			       at->rule ? (unsigned long long)at->rule->handle : 0, at->verdict);
	}
	for (const struct fw_outcome *at = answer.outcomes; at; at = at->next) {
		if (!ranges_has(at->sources, probe->source))
			continue;
		printf("#     model: %s %s port %u to ", fates[at->fate],
		       at->reason ? at->reason : "", at->dport);
		print_address(query->family, at->daddr);
		printf("\n");
	}
	trace_packet(bench->lab, link, query, probe);
}

/* Does one of the outcomes say where the packet went, and as what? */
static bool is_foretold(const struct fw_answer *answer, const struct lab_probe *probe)
{
	for (const struct fw_outcome *at = answer->outcomes; at; at = at->next) {
		enum lab_end end = at->fate == FW_LOCAL ? LAB_ARRIVED_LOCAL : LAB_ARRIVED_FORWARDED;

		if (ranges_has(at->sources, probe->source) && at->fate <= FW_FORWARDED &&
		    end == probe->end && at->dport == probe->dport &&
		    (probe->daddr == 0 || probe->daddr == at->daddr))
			return true;
	}
	return false;
}

/*
 * Sources that the kernel may take for forged, whatever the rules are: the host's own ones in IPv4,
 * and IPv4 addresses in IPv6.
 */
static struct ranges odd_sources(struct bench *bench, int family)
{
	struct scratch *scratch = &bench->model.scratch;
	const struct fw_host *host = &bench->host;

	if (family == AF_INET6)
		return ranges_of(scratch, range_prefix(AF_INET6, (u128)0xffff << 32, 96));
	return ranges_union(scratch, route_sources_of_type(host, scratch, AF_INET, RTN_LOCAL, NULL),
			    route_sources_of_type(host, scratch, AF_INET, RTN_BROADCAST, NULL));
}

static bool is_multicast(const struct fw_query *query)
{
	return query->family == AF_INET ? query->daddr >> 28 == 0xe : query->daddr >> 120 == 0xff;
}

static void count_unknown(struct counts *counts, const struct fw_answer *answer, u128 source,
			  bool is_odd)
{
	counts->unknown++;
	for (unsigned i = 0; i < FW_DOUBTS; i++)
		counts->doubts[i] += ranges_has(answer->doubts[i], source);
	counts->inexact += !is_odd && ranges_has(answer->doubts[FW_NOT_MODELLED], source);
}

/* Does the kernel contradict the model? */
static bool is_contradicted(const struct fw_answer *answer, const struct lab_probe *probe,
			    bool *is_unknown)
{
	bool may_accept = ranges_has(answer->may_accept, probe->source);
	bool may_drop = ranges_has(answer->may_drop, probe->source);

	*is_unknown = may_accept && may_drop;
	if (*is_unknown)
		return false;
	if (!may_accept)
		return probe->end != LAB_ARRIVED_NOWHERE;
	return probe->end == LAB_ARRIVED_NOWHERE || !is_foretold(answer, probe);
}

/* Each source once: the second packet of a connection is not asked about. */
static unsigned choose_sources(struct lab_probe *probes, unsigned wanted,
			       const struct constants *constants, int family)
{
	static uint16_t slots[SLOTS]; /* of a probe, plus one */
	unsigned count = 0;

	memset(slots, 0, sizeof(slots));
	for (unsigned tries = 0; tries < 4 * wanted && count < wanted; tries++) {
		u128 source = constants_address(constants, family);
		uint64_t hash = (uint64_t)(source ^ source >> 64) * 0x9e3779b97f4a7c15U;
		unsigned slot = (unsigned)(hash >> 50);

		while (slots[slot] != 0 && probes[slots[slot] - 1].source != source)
			slot = (slot + 1) % SLOTS;
		if (slots[slot] != 0)
			continue;
		probes[count++].source = source;
		slots[slot] = (uint16_t)count;
	}
	return count;
}

/* The first queries of a ruleset whose answer is not modelled, and why. */
static void explain_unknown(struct comparison *to, const struct fw_query *query,
			    const struct fw_answer *answer)
{
	if (to->shown_unknown++ >= MAX_EXPLAINED)
		return;
	printf("#   unknown: by %s to ", query->in->name);
	print_address(query->family, query->daddr);
	printf(" proto %u port %u flags 0x%02x: %s\n", query->protocol, query->dport,
	       query->tcp_flags, answer->reasons[FW_NOT_MODELLED]);
}

/* Once more, with patience: what was contradicted then is. */
static void check_again(struct comparison *to, struct bench *bench, const struct fw_query *query,
			unsigned link, struct lab_probe *suspects, unsigned count)
{
	struct fw_answer answer;
	bool is_unknown;

	lab_flush_connections(bench->lab);
	lab_volley(bench->lab, link, query, suspects, count, 60);
	model_ask(&bench->model, query, &answer);
	for (unsigned i = 0; i < count; i++) {
		if (!is_contradicted(&answer, &suspects[i], &is_unknown))
			continue;
		to->counts.mismatches++;
		if (to->shown++ >= MAX_EXPLAINED)
			continue;
		explain(bench, query, link, &suspects[i]);
		model_ask(&bench->model, query, &answer);
	}
}

void compare_query(struct comparison *to, struct bench *bench)
{
	static struct lab_probe probes[LAB_MAX_PROBES];
	static struct lab_probe suspects[MAX_SUSPECTS];
	struct fw_query query;
	struct fw_answer answer;
	struct ranges odd;
	unsigned long inexact = to->counts.inexact;
	bool is_unknown;
	unsigned suspect_count = 0;
	unsigned count;
	double start;
	unsigned link;

	choose_query(bench->lab, &bench->host, &bench->constants, to->family, &query, &link);
	count = choose_sources(probes, to->probes, &bench->constants, query.family);
	query.explains = to->has_tally;
	start = compare_clock();
	model_ask(&bench->model, &query, &answer);
	to->counts.asked_seconds += compare_clock() - start;
	to->counts.asked++;
	if (bench->lab->generation % 16 == 0)
		lab_flush_connections(bench->lab);
	odd = odd_sources(bench, query.family);
	lab_volley(bench->lab, link, &query, probes, count, 0);
	to->counts.compared += count;
	for (unsigned i = 0; i < count; i++) {
		if (is_contradicted(&answer, &probes[i], &is_unknown) &&
		    suspect_count < MAX_SUSPECTS)
			suspects[suspect_count++] = probes[i];
		if (is_unknown)
			count_unknown(&to->counts, &answer, probes[i].source,
				      is_multicast(&query) || ranges_has(odd, probes[i].source));
	}
	if (to->tells_unknown && to->counts.inexact > inexact)
		explain_unknown(to, &query, &answer);
	if (to->has_tally)
		tally_add(&answer, probes, count);
	if (suspect_count > 0) {
		query.explains = false;
		check_again(to, bench, &query, link, suspects, suspect_count);
	}
}
