/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The firewall model against the kernel: loads rulesets into a namespace, asks the model, sends the
 * packets, compares. A definite answer that the kernel contradicts, twice, is a failure; what is
 * unknown is counted.
 * Usage: firewall [-s SEED] [-q QUERIES] [-p PROBES] [-r COUNT] [-4|-6] [-v] [FILE|DIR]...
 *        (-r: so many rulesets made up at random, each from a seed of its own)
 *        (.nft: for nft -f; .ipt, .ip6: for ip[6]tables-nft-restore; DIR/INDEX.tsv: path, kind)
 */
#include <dirent.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "choose.h"
#include "random.h"

#include "lib/own.h"

struct counts {
	unsigned long rulesets;
	unsigned long refused; /* would not load */
	unsigned long compared;
	unsigned long unknown;
	unsigned long doubts[FW_DOUBTS];
	unsigned long mismatches;
	double asked_seconds;
	unsigned long asked;
};

static struct {
	unsigned seed;
	unsigned queries;
	unsigned probes;
	unsigned random;
	int family;
	bool is_verbose;
	struct counts counts;
	struct constants constants;
} test = {.seed = 1, .queries = 24, .probes = 600};

static double now(void)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* What was known about one ruleset, for as long as its namespace lives. */
struct bench {
	struct lab lab;
	struct arena arena;
	struct fw_ruleset ruleset;
	struct fw_host host;
	struct fw_model model;
};

static bool load(struct bench *bench, const char *path, const char *kind)
{
	const char *const nft[] = {"nft", "-f", path, NULL};
	const char *const restore[] = {
	    strcmp(kind, "ip6") == 0 ? "ip6tables-nft-restore" : "iptables-nft-restore", NULL};
	bool is_nft = strcmp(kind, "nft") == 0;

	return lab_run(&bench->lab, is_nft ? NULL : path, is_nft ? nft : restore) == 0;
}

static void dump(struct bench *bench)
{
	for (unsigned tries = 0; tries < 50; tries++) {
		arena_init(&bench->arena, (size_t)1 << 30);
		ruleset_init(&bench->ruleset, &bench->arena);
		host_model_init(&bench->host, &bench->arena);
		lab_dump(&bench->lab, &bench->ruleset, &bench->host);
		if (lab_is_settled(&bench->host))
			break;
		if (tries + 1 < 50)
			arena_done(&bench->arena);
		(void)usleep(10000);
	}
	model_init(&bench->model, &bench->ruleset, &bench->host, &bench->arena);
}

static void print_address(int family, u128 address)
{
	char text[INET_TEXT_SIZE];

	printf("%s", inet_text(family, address, text));
}

static void explain(struct bench *bench, const struct fw_query *query,
		    const struct lab_probe *probe)
{
	static const char *const ends[] = {"nowhere", "local", "forwarded"};
	static const char *const fates[] = {"local", "forwarded", "dropped", "rejected"};
	struct fw_query again = *query;
	struct fw_answer answer;

	printf("#   from ");
	print_address(query->family, probe->source);
	printf(" by %s to ", query->in->name);
	print_address(query->family, query->daddr);
	printf(" proto %u port %u flags 0x%02x sport %d: kernel %s", query->protocol, query->dport,
	       query->tcp_flags, query->sport, ends[probe->end]);
	printf(" port %u to ", probe->dport);
	print_address(query->family, probe->daddr);
	printf("\n");
	again.explains = true;
	model_ask(&bench->model, &again, &answer);
	for (const struct fw_step *at = answer.steps; at; at = at->next) {
		if (ranges_has(at->sources, probe->source))
			printf("#     %s %s handle %llu verdict %d\n", at->chain->table->name,
			       at->chain->name, at->rule ? (unsigned long long)at->rule->handle : 0,
			       at->verdict);
	}
	for (const struct fw_outcome *at = answer.outcomes; at; at = at->next) {
		if (!ranges_has(at->sources, probe->source))
			continue;
		printf("#     model: %s %s port %u to ", fates[at->fate],
		       at->reason ? at->reason : "", at->dport);
		print_address(query->family, at->daddr);
		printf("\n");
	}
}

/* Does the kernel contradict the model? Unknown ones are counted when `counts`. */
static bool is_contradicted(const struct fw_answer *answer, const struct lab_probe *probe,
			    bool counts)
{
	bool may_accept = ranges_has(answer->may_accept, probe->source);
	bool may_drop = ranges_has(answer->may_drop, probe->source);
	const struct fw_outcome *found = NULL;

	if (may_accept && may_drop) {
		test.counts.unknown += counts;
		for (unsigned i = 0; counts && i < FW_DOUBTS; i++)
			test.counts.doubts[i] += ranges_has(answer->doubts[i], probe->source);
		return false;
	}
	if (!may_accept)
		return probe->end != LAB_ARRIVED_NOWHERE;
	if (probe->end == LAB_ARRIVED_NOWHERE || !may_drop == false)
		return true;
	/* where it went, and as what: one of the outcomes must say so */
	for (const struct fw_outcome *at = answer->outcomes; at; at = at->next) {
		enum lab_end end = at->fate == FW_LOCAL ? LAB_ARRIVED_LOCAL : LAB_ARRIVED_FORWARDED;

		if (ranges_has(at->sources, probe->source) && at->fate <= FW_FORWARDED &&
		    end == probe->end && at->dport == probe->dport &&
		    (probe->daddr == 0 || probe->daddr == at->daddr))
			found = at;
	}
	return !found;
}

static bool is_taken(const struct lab_probe *probes, unsigned count, u128 source)
{
	for (unsigned i = 0; i < count; i++) {
		if (probes[i].source == source)
			return true;
	}
	return false;
}

/* Each source once: the second packet of a connection is not asked about. */
static unsigned choose_sources(struct lab_probe *probes, int family)
{
	unsigned count = 0;

	for (unsigned tries = 0; tries < 4 * test.probes && count < test.probes; tries++) {
		u128 source = constants_address(&test.constants, family);

		if (!is_taken(probes, count, source))
			probes[count++].source = source;
	}
	return count;
}

static void check_query(struct bench *bench, const char *path)
{
	static struct lab_probe probes[LAB_MAX_PROBES];
	static struct lab_probe suspects[LAB_MAX_PROBES];
	struct fw_query query;
	struct fw_answer answer;
	unsigned suspect_count = 0;
	unsigned shown = 0;
	unsigned count;
	double start;
	unsigned link;

	choose_query(&bench->lab, &bench->host, &test.constants, test.family, &query, &link);
	count = choose_sources(probes, query.family);
	start = now();
	model_ask(&bench->model, &query, &answer);
	test.counts.asked_seconds += now() - start;
	test.counts.asked++;
	lab_volley(&bench->lab, link, &query, probes, count, 3);
	for (unsigned i = 0; i < count; i++) {
		test.counts.compared++;
		if (is_contradicted(&answer, &probes[i], true) && suspect_count < 200)
			suspects[suspect_count++] = probes[i];
	}
	if (suspect_count == 0)
		return;
	lab_volley(&bench->lab, link, &query, suspects, suspect_count, 60);
	for (unsigned i = 0; i < suspect_count; i++) {
		if (!is_contradicted(&answer, &suspects[i], false))
			continue;
		test.counts.mismatches++;
		if (shown++ == 0)
			printf("# MISMATCH in %s (seed %u)\n", path, test.seed);
		if (shown < 3) {
			explain(bench, &query, &suspects[i]);
			model_ask(&bench->model, &query, &answer);
		}
	}
}

static void check_ruleset(const char *path, const char *kind)
{
	static struct bench bench;
	static char names[8][16];
	const char *plain[] = {"eth0"};
	const char *links[LAB_MAX_LINKS];
	const char *container;
	struct counts before = test.counts;
	bool is_loaded;
	unsigned count;

	srand(test.seed);
	/* once to see which links it names, once with those */
	lab_open(&bench.lab, plain, 1, "docker0");
	(void)load(&bench, path, kind);
	dump(&bench);
	constants_collect(&test.constants, &bench.ruleset);
	arena_done(&bench.arena);
	lab_close(&bench.lab);
	count = choose_links(&test.constants, links, &container, names);
	lab_open(&bench.lab, links, count, container);
	is_loaded = load(&bench, path, kind);
	choose_settings(&bench.lab);
	dump(&bench);
	constants_collect(&test.constants, &bench.ruleset);
	test.counts.rulesets++;
	test.counts.refused += !is_loaded;
	for (unsigned i = 0; is_loaded && i < test.queries; i++)
		check_query(&bench, path);
	if (test.is_verbose || test.counts.mismatches > before.mismatches)
		printf("# %s%s: %lu compared, %lu unknown, %lu mismatches; links %s %s %s, %zu "
		       "rules\n",
		       path, is_loaded ? "" : " (does not load)",
		       test.counts.compared - before.compared, test.counts.unknown - before.unknown,
		       test.counts.mismatches - before.mismatches, links[0],
		       count > 1 ? links[1] : "-", container, bench.ruleset.rule_count);
	(void)fflush(stdout);
	arena_done(&bench.arena);
	lab_close(&bench.lab);
}

static const char *kind_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	if (dot && strcmp(dot, ".ipt") == 0)
		return "ipt";
	if (dot && strcmp(dot, ".ip6") == 0)
		return "ip6";
	return dot && strcmp(dot, ".nft") == 0 ? "nft" : NULL;
}

/* DIR/INDEX.tsv, if it is there: path and kind; else the files with a known ending. */
static void check_folder(const char *folder)
{
	char path[4096];
	char line[1024];
	struct dirent **entries;
	int count;
	FILE *index;

	(void)snprintf(path, sizeof(path), "%.1024s/INDEX.tsv", folder);
	index = fopen(path, "re");
	while (index && fgets(line, sizeof(line), index)) {
		char *kind = strchr(line, '\t');

		if (!kind)
			continue;
		*kind++ = '\0';
		kind[strcspn(kind, "\t\n")] = '\0';
		(void)snprintf(path, sizeof(path), "%.1024s/%s", folder, line);
		if (strcmp(kind, "kind") != 0)
			check_ruleset(path, kind);
	}
	if (index) {
		(void)fclose(index);
		return;
	}
	count = scandir(folder, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		(void)snprintf(path, sizeof(path), "%.1024s/%s", folder, entries[i]->d_name);
		if (kind_of(path))
			check_ruleset(path, kind_of(path));
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

/* A ruleset that stays in its file if the kernel contradicts it. */
static void check_random(void)
{
	unsigned long before = test.counts.mismatches;
	char path[64];
	FILE *file;

	(void)snprintf(path, sizeof(path), "/tmp/harden-random-%u.nft", test.seed);
	srand(test.seed);
	file = fopen(path, "we");
	if (!file) {
		perror(path);
		exit(2);
	}
	random_ruleset(file);
	(void)fclose(file);
	check_ruleset(path, "nft");
	if (test.counts.mismatches == before)
		(void)unlink(path);
}

int main(int argc, char **argv)
{
	const struct counts *counts = &test.counts;
	int option;

	while ((option = getopt(argc, argv, "s:q:p:r:46v")) != -1) {
		switch (option) {
		case 's':
			test.seed = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case 'q':
			test.queries = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case 'p':
			test.probes = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case 'r':
			test.random = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case '4':
			test.family = AF_INET;
			break;
		case '6':
			test.family = AF_INET6;
			break;
		case 'v':
			test.is_verbose = true;
			break;
		default:
			return 2;
		}
	}
	if (test.probes > LAB_MAX_PROBES)
		test.probes = LAB_MAX_PROBES;
	for (; optind < argc; optind++) {
		if (kind_of(argv[optind]))
			check_ruleset(argv[optind], kind_of(argv[optind]));
		else
			check_folder(argv[optind]);
	}
	for (; test.random > 0; test.random--, test.seed++)
		check_random();
	printf("# seed %u: %lu rulesets (%lu do not load), %lu compared, %lu unknown (%.2f %%: %lu "
	       "not "
	       "modelled, %lu by time, %lu by choice), %.1f us a query\n",
	       test.seed, counts->rulesets, counts->refused, counts->compared, counts->unknown,
	       counts->compared ? 100.0 * (double)counts->unknown / (double)counts->compared : 0.0,
	       counts->doubts[0], counts->doubts[1], counts->doubts[2],
	       counts->asked ? counts->asked_seconds * 1e6 / (double)counts->asked : 0.0);
	printf("%s 1 - the kernel contradicts %lu definite answers\n1..1\n",
	       counts->mismatches ? "not ok" : "ok", counts->mismatches);
	return counts->mismatches ? 1 : 0;
}
