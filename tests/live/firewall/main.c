/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The firewall model against the kernel: loads rulesets into a namespace, asks the model, sends the
 * packets, compares. A definite answer that the kernel contradicts, twice, is a failure; what is
 * unknown is counted.
 * Usage: kernel [-s SEED] [-q QUERIES] [-p PROBES] [-m COUNT] [-r COUNT] [-4|-6] [-t] [-x]
 *               [-v] [-u FILE] [FILE|DIR]...
 *        -m: so many changed copies of these files, -r: so many rulesets made up at random, each
 *            from a seed of its own
 *        -t: names the kinds of expressions that few packets met; with -v all, with numbers
 *        -x: what is not modelled is a failure too
 *        -u: loads this too, and does not tell the model: the test of the test
 *        .nft: for nft -f; .ipt, .ip6: for ip[6]tables-nft-restore, both if there are both;
 *        DIR/INDEX.tsv: path, kind
 */
#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compare.h"
#include "mutate.h"
#include "random.h"
#include "tally.h"

#include "lib/own.h"

#define MAX_FILES 2000U

static struct {
	unsigned seed;
	unsigned queries;
	unsigned mutants;
	unsigned random;
	bool is_verbose;
	bool is_strict;
	const char *untold;
	struct comparison comparison;
	struct ruleset_file files[MAX_FILES];
	unsigned file_count;
	char folder[32]; /* of our own, for what is made up */
} test = {.seed = 1, .queries = 24, .comparison = {.probes = 600}};

static void print_file(const char *path)
{
	FILE *file = fopen(path, "re");
	char line[512];

	while (file && fgets(line, sizeof(line), file))
		printf("# | %s", line);
	if (file)
		(void)fclose(file);
}

static void report(const struct ruleset_file *file, const struct bench *bench,
		   const struct counts *before)
{
	const struct counts *now = &test.comparison.counts;
	const struct lab_plan *plan = &bench->lab->plan;
	bool has_failed = now->mismatches > before->mismatches;

	if (has_failed) {
		printf("# MISMATCH in %s (seed %u)\n", file->path, test.seed);
		if (strncmp(file->path, test.folder, strlen(test.folder)) == 0)
			print_file(file->path);
	}
	if (test.is_verbose || has_failed)
		printf("# %s%s: %lu compared, %lu unknown, %lu mismatches; links %s %s %s%s, %zu "
		       "rules\n",
		       file->path, bench->is_loaded ? "" : " (does not load)",
		       now->compared - before->compared, now->unknown - before->unknown,
		       now->mismatches - before->mismatches, plan->links[0],
		       plan->link_count > 1 ? plan->links[1] : "-", plan->container_link,
		       plan->is_bridge ? " (bridge)" : "", bench->ruleset.rule_count);
	(void)fflush(stdout);
}

static void check_ruleset(const struct ruleset_file *file)
{
	static struct bench bench;
	const char *const untold[] = {"nft", "-f", test.untold, NULL};
	struct counts before = test.comparison.counts;

	srand(test.seed);
	bench_init(&bench, file);
	if (test.untold && lab_run(bench.lab, NULL, untold) != 0)
		lab_fail(test.untold);
	test.comparison.shown = test.comparison.shown_unknown = 0;
	test.comparison.counts.rulesets++;
	test.comparison.counts.refused += !bench.is_loaded;
	for (unsigned i = 0; bench.is_loaded && i < test.queries; i++)
		compare_query(&test.comparison, &bench);
	report(file, &bench, &before);
	bench_done(&bench);
}

/* The same name with .ip6 instead of .ipt, if there is such a file. */
static bool sibling(const char *path, char *out, size_t size)
{
	size_t len = strlen(path);

	if (len + 1 > size || len < 4 || strcmp(path + len - 4, ".ipt") != 0)
		return false;
	(void)snprintf(out, size, "%.*s.ip6", (int)len - 4, path);
	return access(out, R_OK) == 0;
}

static void add_file(const char *path, const char *kind)
{
	struct ruleset_file *file = &test.files[test.file_count];

	if (test.file_count == MAX_FILES || strlen(path) >= sizeof(file->path))
		return;
	(void)snprintf(file->path, sizeof(file->path), "%s", path);
	file->kind = strcmp(kind, "nft") == 0 ? "nft" : strcmp(kind, "ip6") == 0 ? "ip6" : "ipt";
	if (!sibling(path, file->second, sizeof(file->second)))
		file->second[0] = '\0';
	test.file_count++;
}

/* Comes with its .ipt, if there is one. */
static bool is_second(const char *path)
{
	char other[4096];
	size_t len = strlen(path);

	if (len < 4 || len >= sizeof(other) || strcmp(path + len - 4, ".ip6") != 0)
		return false;
	(void)snprintf(other, sizeof(other), "%.*s.ipt", (int)(len - 4), path);
	return access(other, R_OK) == 0;
}

/* DIR/INDEX.tsv, if it is there: path and kind; else the files with a known ending. */
static void add_folder(const char *folder)
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
			add_file(path, kind);
	}
	if (index) {
		(void)fclose(index);
		return;
	}
	count = scandir(folder, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		(void)snprintf(path, sizeof(path), "%.1024s/%s", folder, entries[i]->d_name);
		if (ruleset_kind(path) && !is_second(path))
			add_file(path, ruleset_kind(path));
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static FILE *open_file(const char *path, const char *mode)
{
	FILE *file = fopen(path, mode);

	if (!file)
		lab_fail(path);
	return file;
}

static void check_random(void)
{
	struct ruleset_file file = {.kind = "nft"};
	FILE *out;

	(void)snprintf(file.path, sizeof(file.path), "%s/random-%u.nft", test.folder, test.seed);
	srand(test.seed);
	out = open_file(file.path, "we");
	random_ruleset(out);
	(void)fclose(out);
	check_ruleset(&file);
	(void)unlink(file.path);
}

static void check_mutant(void)
{
	const struct ruleset_file *from;
	struct ruleset_file file;
	bool has_any;
	FILE *in;
	FILE *out;

	srand(test.seed);
	from = &test.files[(unsigned)rand() % test.file_count];
	file = *from;
	(void)snprintf(file.path, sizeof(file.path), "%s/mutant-%u.%s", test.folder, test.seed,
		       from->kind);
	in = open_file(from->path, "re");
	out = open_file(file.path, "we");
	has_any = mutate(in, out, strcmp(file.kind, "nft") == 0);
	(void)fclose(in);
	(void)fclose(out);
	if (has_any)
		check_ruleset(&file);
	(void)unlink(file.path);
}

/* What goes through a veth pair is worked on where it was sent: see marker_passed(). */
static void stay_on_one_processor(void)
{
	cpu_set_t set;
	int here = sched_getcpu();

	CPU_ZERO(&set);
	CPU_SET(here < 0 ? 0 : (size_t)here, &set);
	if (sched_setaffinity(0, sizeof(set), &set) < 0)
		lab_fail("sched_setaffinity");
}

static void check_all(void)
{
	unsigned first = test.seed;

	(void)snprintf(test.folder, sizeof(test.folder), "/tmp/harden-kernel-XXXXXX");
	if (!mkdtemp(test.folder))
		lab_fail("mkdtemp");
	for (unsigned i = 0; i < test.file_count; i++)
		check_ruleset(&test.files[i]);
	for (unsigned i = 0; test.file_count > 0 && i < test.mutants; i++, test.seed++)
		check_mutant();
	test.seed = first;
	for (unsigned i = 0; i < test.random; i++, test.seed++)
		check_random();
	test.seed = first;
	(void)rmdir(test.folder);
}

static bool print_result(double seconds)
{
	const struct counts *counts = &test.comparison.counts;
	bool is_failed = counts->mismatches > 0 || (test.is_strict && counts->inexact > 0);

	if (test.is_verbose)
		tally_print();
	else if (test.comparison.has_tally)
		tally_print_rare();
	printf("# seed %u: %lu rulesets (%lu do not load), %lu compared, %lu unknown (%.2f %%: %lu "
	       "not modelled, %lu by time, %lu by choice), %.1f us a query, %.0f compared a "
	       "second\n",
	       test.seed, counts->rulesets, counts->refused, counts->compared, counts->unknown,
	       counts->compared ? 100.0 * (double)counts->unknown / (double)counts->compared : 0.0,
	       counts->doubts[FW_NOT_MODELLED], counts->doubts[FW_BY_TIME],
	       counts->doubts[FW_BY_CHOICE],
	       counts->asked ? counts->asked_seconds * 1e6 / (double)counts->asked : 0.0,
	       (double)counts->compared / seconds);
	printf("%s 1 - the kernel contradicts %lu definite answers\n1..1\n",
	       is_failed ? "not ok" : "ok", counts->mismatches);
	return !is_failed;
}

static bool read_option(int option, const char *value)
{
	unsigned number = value ? (unsigned)strtoul(value, NULL, 10) : 0;

	switch (option) {
	case 's':
		test.seed = number;
		return true;
	case 'q':
		test.queries = number;
		return true;
	case 'p':
		test.comparison.probes = number < LAB_MAX_PROBES ? number : LAB_MAX_PROBES;
		return true;
	case 'm':
		test.mutants = number;
		return true;
	case 'r':
		test.random = number;
		return true;
	case '4':
	case '6':
		test.comparison.family = option == '4' ? AF_INET : AF_INET6;
		return true;
	case 'v':
		test.is_verbose = test.comparison.has_tally = true;
		return true;
	case 't':
		test.comparison.has_tally = true;
		return true;
	case 'x':
		test.is_strict = test.comparison.tells_unknown = true;
		return true;
	case 'u':
		test.untold = value;
		return true;
	default:
		return false;
	}
}

int main(int argc, char **argv)
{
	double start = compare_clock();
	int option;

	while ((option = getopt(argc, argv, "s:q:p:m:r:46txvu:")) != -1) {
		if (!read_option(option, optarg))
			return 2;
	}
	for (; optind < argc; optind++) {
		if (ruleset_kind(argv[optind]))
			add_file(argv[optind], ruleset_kind(argv[optind]));
		else
			add_folder(argv[optind]);
	}
	stay_on_one_processor();
	check_all();
	return print_result(compare_clock() - start) ? 0 : 1;
}
