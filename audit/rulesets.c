/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The nftables rulesets of each network namespace: see rulesets.h. */
#include "audit/rulesets.h"

#include <arpa/inet.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "audit/netlink.h"

/* Indexes of RULESETS_NEEDS. */
enum { NEED_NAMESPACES, NEED_RULESET, NEED_ELEMENTS, NEED_GENERATION };

#define CHANGED UINT32_MAX /* for a generation: another one came after the rules */
#define TRIES 5            /* times that a ruleset which changes meanwhile is read again */
#define MAX_SHOWN 1024U    /* elements of a set that are kept for a text; more than it shows */
#define NAMED "/run/netns/"

struct world_namespace *world_find(struct world *world, uint64_t id)
{
	struct world_namespace *at = world->first;

	if (world->last_found && world->last_found->id == id)
		return world->last_found;
	while (at && at->id != id)
		at = at->next;
	if (at)
		world->last_found = at;
	return at;
}

void world_incomplete(struct world *world, uint64_t id, const char *why)
{
	struct world_namespace *at = world_find(world, id);

	if (at && !at->incomplete)
		at->incomplete = arena_text(host_arena(world->host), span_of(why));
}

void world_on_broken(uint64_t namespace, const char *why, void *context)
{
	world_incomplete(context, namespace, why);
}

static int read_namespaces(struct world *world, struct err *err)
{
	struct arena *arena = host_arena(world->host);
	struct world_namespace **end = &world->first;
	struct item item;
	int got;

	if (host_ask(world->host, NEED_NAMESPACES, err) < 0)
		return -1;
	while ((got = host_next(world->host, &item, err)) > 0) {
		struct world_namespace *at;

		if (item.error) {
			host_item_failed(world->host, &item,
					 "the network namespace of some processes");
			continue;
		}
		at = arena_alloc(arena, 1, sizeof(*at));
		at->id = item.inode;
		at->is_host = end == &world->first;
		if (strncmp(item.path, NAMED, strlen(NAMED)) == 0)
			at->name = arena_text(arena, span_of(item.path + strlen(NAMED)));
		host_model_init(&at->host, arena);
		*end = at;
		end = &at->next;
	}
	return got;
}

/* ---- nftables ---- */

static int find_generation(const struct nlattr *attribute, void *found)
{
	if (mnl_attr_get_type(attribute) == NFTA_GEN_ID &&
	    mnl_attr_get_payload_len(attribute) == sizeof(uint32_t))
		*(uint32_t *)found = ntohl(mnl_attr_get_u32(attribute));
	return MNL_CB_OK;
}

static uint32_t generation_of(const struct nlmsghdr *message)
{
	uint32_t generation = 0;

	(void)mnl_attr_parse(message, sizeof(struct nfgenmsg), find_generation, &generation);
	return generation; /* 0 when the message has none */
}

static void on_ruleset(const struct nlmsghdr *message, uint64_t namespace, void *context)
{
	struct world_namespace *at = world_find(context, namespace);

	if (!at)
		return;
	if (message->nlmsg_type == (NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_NEWGEN))
		at->generation = generation_of(message);
	else
		ruleset_message(&at->ruleset, message);
}

static void on_generation(const struct nlmsghdr *message, uint64_t namespace, void *context)
{
	struct world_namespace *at = world_find(context, namespace);

	if (at && at->generation != generation_of(message))
		at->generation = at->generation ? CHANGED : 0;
}

static bool is_wanted(const struct fw_set *set, enum rulesets_want want)
{
	return want == RULESETS_ELEMENTS || want == RULESETS_COUNTS ||
	       (want == RULESETS_ANONYMOUS && (set->flags & NFT_SET_ANONYMOUS));
}

static int read_elements(struct world *world, struct world_namespace *at, enum rulesets_want want,
			 struct err *err)
{
	const struct netlink_dump dump = {NEED_ELEMENTS, 1, 0, sizeof(struct nfgenmsg),
					  world_on_broken};

	for (unsigned i = 0; i < FW_BUCKETS; i++) {
		for (const struct fw_set *set = at->ruleset.set_buckets[i]; set;
		     set = set->next_hashed) {
			const struct nft_set_name name = {at->id, set->table->family,
							  span_of(set->table->name),
							  span_of(set->name)};

			if (!is_wanted(set, want))
				continue;
			if (host_ask_elements(world->host, NEED_ELEMENTS, &name, err) < 0 ||
			    netlink_answer(world->host, &dump, on_ruleset, world, err) < 0)
				return -1;
		}
	}
	return 0;
}

/* 1: some ruleset has changed meanwhile. */
static int read_rulesets_once(struct world *world, enum rulesets_want want, struct err *err)
{
	const struct netlink_dump ruleset = {NEED_RULESET, 4, 0, sizeof(struct nfgenmsg),
					     world_on_broken};
	const struct netlink_dump generation = {NEED_GENERATION, 0, 0, sizeof(struct nfgenmsg),
						world_on_broken};
	int interrupted;

	for (struct world_namespace *at = world->first; at; at = at->next) {
		ruleset_init(&at->ruleset, host_arena(world->host));
		at->incomplete = NULL; /* what has gone meanwhile may come whole this time */
		at->generation = 0;
		at->ruleset.only_counts = want == RULESETS_COUNTS;
		at->ruleset.max_elements = want == RULESETS_ANONYMOUS ? MAX_SHOWN : 0;
	}
	interrupted = netlink_read(world->host, &ruleset, on_ruleset, world, err);
	if (interrupted < 0)
		return -1;
	for (struct world_namespace *at = world->first; at; at = at->next)
		if (read_elements(world, at, want, err) < 0)
			return -1;
	if (netlink_read(world->host, &generation, on_generation, world, err) < 0)
		return -1;
	for (const struct world_namespace *at = world->first; at; at = at->next)
		interrupted |=
		    at->generation == CHANGED || (at->generation == 0 && !at->incomplete);
	return interrupted;
}

static int read_rulesets(struct world *world, enum rulesets_want want, struct err *err)
{
	int result = 1;

	for (int try = 0; result == 1 && try < TRIES; try++)
		result = read_rulesets_once(world, want, err);
	for (struct world_namespace *at = world->first; at; at = at->next) {
		ruleset_link(&at->ruleset);
		if (result == 1)
			world_incomplete(world, at->id, "the ruleset changed while it was read");
	}
	if (result == 1)
		host_incomplete(world->host, COVERAGE_PARTIAL,
				"the ruleset changed while it was read");
	return result < 0 ? -1 : 0;
}

int rulesets_read(struct host *host, enum rulesets_want want, struct world *out, struct err *err)
{
	*out = (struct world){.host = host};
	return read_namespaces(out, err) < 0 ? -1 : read_rulesets(out, want, err);
}

/* ---- for tables of them ---- */

static void on_link(const struct nlmsghdr *message, uint64_t namespace, void *context)
{
	struct world_namespace *at = world_find(context, namespace);

	if (at)
		host_model_message(&at->host, message);
}

int rulesets_read_links(struct world *world, unsigned need, struct err *err)
{
	const struct netlink_dump dump = {need, 1, 0, sizeof(struct ifinfomsg), NULL};

	if (netlink_read(world->host, &dump, on_link, world, err) < 0)
		return -1;
	for (struct world_namespace *at = world->first; at; at = at->next)
		at->ruleset.links = at->host.links;
	return 0;
}

void rulesets_check(const struct world *world)
{
	for (const struct world_namespace *at = world->first; at; at = at->next) {
		if (at->ruleset.incomplete)
			host_incomplete(world->host, COVERAGE_PARTIAL, "%s",
					at->ruleset.incomplete);
	}
}
