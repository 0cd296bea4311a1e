/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ruleset in a lab: see bench.h. */
#include "bench.h"

#include <string.h>
#include <unistd.h>

#include "choose.h"

const char *ruleset_kind(const char *path)
{
	const char *dot = strrchr(path, '.');

	if (dot && strcmp(dot, ".ipt") == 0)
		return "ipt";
	if (dot && strcmp(dot, ".ip6") == 0)
		return "ip6";
	return dot && strcmp(dot, ".nft") == 0 ? "nft" : NULL;
}

static bool load(const struct lab *lab, const char *path, const char *kind)
{
	const char *const nft[] = {"nft", "-f", path, NULL};
	const char *const restore[] = {
	    strcmp(kind, "ip6") == 0 ? "ip6tables-nft-restore" : "iptables-nft-restore", NULL};
	bool is_nft = strcmp(kind, "nft") == 0;

	return lab_run(lab, is_nft ? NULL : path, is_nft ? nft : restore) == 0;
}

static bool load_all(const struct lab *lab, const struct ruleset_file *file)
{
	return load(lab, file->path, file->kind) &&
	       (file->second[0] == '\0' || load(lab, file->second, "ip6"));
}

static void dump(struct bench *bench)
{
	for (unsigned tries = 0; tries < 250; tries++) {
		arena_init(&bench->arena, (size_t)1 << 30);
		ruleset_init(&bench->ruleset, &bench->arena);
		host_model_init(&bench->host, &bench->arena);
		lab_dump(bench->lab, &bench->ruleset, &bench->host);
		if (lab_is_settled(&bench->host))
			break;
		if (tries + 1 < 250)
			arena_done(&bench->arena);
		(void)usleep(2000);
	}
	model_init(&bench->model, &bench->ruleset, &bench->host, &bench->arena);
	constants_collect(&bench->constants, &bench->ruleset);
}

void bench_init(struct bench *bench, const struct ruleset_file *file)
{
	static const struct lab_plan plain = {{"eth0"}, 1, "docker0", false};
	struct lab_plan plan;

	/* once to see which links it names, once with those */
	bench->lab = lab_for(&plain);
	(void)load_all(bench->lab, file);
	dump(bench);
	arena_done(&bench->arena);
	choose_links(&bench->constants, &plan);
	bench->lab = lab_for(&plan);
	bench->is_loaded = load_all(bench->lab, file);
	choose_settings(bench->lab);
	dump(bench);
}

void bench_done(struct bench *bench)
{
	arena_done(&bench->arena);
}
