/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The nftables ruleset of each network namespace of the host, read as a whole: of one
 * generation, or said to be incomplete. A probe that wants them begins its needs with
 * RULESETS_NEEDS; one that wants routes and the model too takes world.h.
 */
#ifndef AUDIT_RULESETS_H
#define AUDIT_RULESETS_H

#include "audit/firewall/walk.h"
#include "audit/probe.h"

/* it would take the last brace for a block */
/* clang-format off */
#define RULESETS_NEEDS                                                                             \
	{NAMESPACES, ""}, {DUMP, "nft_ruleset"}, {DUMP, "nft_elements"}, {DUMP, "nft_generation"}
/* clang-format on */
#define RULESETS_NEED_COUNT 4

/* What is wanted of the sets' elements, which may be millions. */
enum rulesets_want {
	RULESETS_ELEMENTS,  /* all of them */
	RULESETS_ANONYMOUS, /* of sets that stand in rules: as many as a text of them may show */
	RULESETS_COUNTS,    /* how many there are */
	RULESETS_CHAINS,    /* none */
};

struct world_namespace {
	struct world_namespace *next;
	uint64_t id;      /* inode */
	const char *name; /* in /run/netns; NULL without one */
	bool is_host;
	struct fw_ruleset ruleset;
	struct fw_host host;
	struct fw_model model;
	uint32_t generation;
	const char *incomplete;
	bool is_outside; /* one of its links leads beyond this host: see audit/wires.h */
};

struct world {
	struct host *host;
	struct world_namespace *first;
	struct world_namespace *last_found; /* messages come namespace by namespace */
};

/* Asks for all of it. -1: root broke off; what was not seen is in the namespaces themselves. */
int rulesets_read(struct host *host, enum rulesets_want want, struct world *out,
		  struct err *err) MUST_CHECK;
/* The names of interfaces for texts; `need` is the index of {DUMP, "links"}. */
int rulesets_read_links(struct world *world, unsigned need, struct err *err) MUST_CHECK;
/* Says of a table about rulesets what was not understood as a whole. */
void rulesets_check(const struct world *world);

/* NULL: there is no such namespace. */
struct world_namespace *world_find(struct world *world, uint64_t id);
/* The first reason counts. */
void world_incomplete(struct world *world, uint64_t id, const char *why);
/* The same for struct netlink_dump; `context` is the world. */
void world_on_broken(uint64_t namespace, const char *why, void *context);

#endif
