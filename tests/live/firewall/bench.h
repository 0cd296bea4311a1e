/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One ruleset at work: loaded into a lab, read back, and made a model of. */
#ifndef TESTS_LIVE_FIREWALL_BENCH_H
#define TESTS_LIVE_FIREWALL_BENCH_H

#include "constants.h"
#include "lab.h"

/* What a ruleset comes from. Docker has rules for both families: those are loaded together. */
struct ruleset_file {
	char path[4096];
	const char *kind;  /* nft, ipt, ip6 */
	char second[4096]; /* another file, of kind ip6; "" for none */
};

struct bench {
	struct lab *lab;
	struct arena arena;
	struct fw_ruleset ruleset;
	struct fw_host host;
	struct fw_model model;
	struct constants constants;
	bool is_loaded;
};

/* The kind by the ending of a name; NULL when it is none. */
const char *ruleset_kind(const char *path);

/*
 * Loads it into a lab whose links have the names that the ruleset has. bench_done() in any case;
 * `is_loaded` is false when the kernel refused it.
 */
void bench_init(struct bench *bench, const struct ruleset_file *file);
void bench_done(struct bench *bench);

#endif
