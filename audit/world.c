/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The firewall model of each network namespace: see world.h. */
#include "audit/world.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "audit/netlink.h"
#include "audit/wires.h"

/* Indexes of WORLD_NEEDS. */
enum {
	NEED_NAMESPACES,
	NEED_RULESET,
	NEED_ELEMENTS,
	NEED_GENERATION,
	NEED_LINKS,
	NEED_ADDRESSES,
	NEED_ROUTES,
	NEED_POLICIES,
	NEED_QDISCS,
	NEED_SETTINGS4,
	NEED_SETTINGS6,
	NEED_TCP_LOOSE,
	NEED_BESIDE
};

#define TRIES 5 /* times that a ruleset which changes meanwhile is read again */
#define NAMED "/run/netns/"
#define SYSCTL "/proc/sys/"

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

static void set_incomplete(struct world *world, uint64_t id, const char *why)
{
	struct world_namespace *at = world_find(world, id);

	if (at && !at->incomplete)
		at->incomplete = arena_text(host_arena(world->host), span_of(why));
}

static void on_broken(uint64_t namespace, const char *why, void *context)
{
	set_incomplete(context, namespace, why);
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
		at->generation = 0; /* which no ruleset has: they begin with 1 */
}

static int read_elements(struct world *world, struct world_namespace *at, struct err *err)
{
	const struct netlink_dump dump = {NEED_ELEMENTS, 1, 0, sizeof(struct nfgenmsg), on_broken};

	for (unsigned i = 0; i < FW_BUCKETS; i++) {
		for (const struct fw_set *set = at->ruleset.set_buckets[i]; set;
		     set = set->next_hashed) {
			const struct nft_set_name name = {at->id, set->table->family,
							  span_of(set->table->name),
							  span_of(set->name)};

			if (host_ask_elements(world->host, NEED_ELEMENTS, &name, err) < 0 ||
			    netlink_answer(world->host, &dump, on_ruleset, world, err) < 0)
				return -1;
		}
	}
	return 0;
}

/* 1: some ruleset has changed meanwhile. */
static int read_rulesets_once(struct world *world, struct err *err)
{
	const struct netlink_dump ruleset = {NEED_RULESET, 4, 0, sizeof(struct nfgenmsg),
					     on_broken};
	const struct netlink_dump generation = {NEED_GENERATION, 0, 0, sizeof(struct nfgenmsg),
						on_broken};
	int interrupted;

	for (struct world_namespace *at = world->first; at; at = at->next)
		ruleset_init(&at->ruleset, host_arena(world->host));
	interrupted = netlink_read(world->host, &ruleset, on_ruleset, world, err);
	if (interrupted < 0)
		return -1;
	for (struct world_namespace *at = world->first; at; at = at->next)
		if (read_elements(world, at, err) < 0)
			return -1;
	if (netlink_read(world->host, &generation, on_generation, world, err) < 0)
		return -1;
	for (const struct world_namespace *at = world->first; at; at = at->next)
		interrupted |= at->generation == 0 && !at->incomplete;
	return interrupted;
}

static int read_rulesets(struct world *world, struct err *err)
{
	int result = 1;

	for (int try = 0; result == 1 && try < TRIES; try++)
		result = read_rulesets_once(world, err);
	for (struct world_namespace *at = world->first; at; at = at->next) {
		ruleset_link(&at->ruleset);
		if (result == 1)
			set_incomplete(world, at->id, "the ruleset changed while it was read");
	}
	if (result == 1)
		host_incomplete(world->host, COVERAGE_PARTIAL,
				"the ruleset changed while it was read");
	return result < 0 ? -1 : 0;
}

/* ---- routes and settings ---- */

static void on_route(const struct nlmsghdr *message, uint64_t namespace, void *context)
{
	struct world_namespace *at = world_find(context, namespace);

	if (at)
		host_model_message(&at->host, message);
}

static int read_routes(struct world *world, struct err *err)
{
	static const struct netlink_dump dumps[] = {
	    {NEED_LINKS, 1, 0, sizeof(struct ifinfomsg), on_broken},
	    {NEED_ADDRESSES, 1, 0, sizeof(struct ifaddrmsg), on_broken},
	    {NEED_ROUTES, 2, 0, sizeof(struct rtmsg), on_broken},
	    {NEED_POLICIES, 2, 0, sizeof(struct fib_rule_hdr), on_broken},
	};

	for (size_t i = 0; i < sizeof(dumps) / sizeof(dumps[0]); i++) {
		int result = netlink_read(world->host, &dumps[i], on_route, world, err);

		if (result < 0)
			return -1;
		/* rows are taken as they come, so that it cannot simply be read again */
		for (struct world_namespace *at = world->first; result == 1 && at; at = at->next)
			set_incomplete(world, at->id, "routes changed while they were read");
	}
	return 0;
}

/* What is attached to clsact or ingress may drop a packet before netfilter sees it (tc(8)). */
static int find_ingress(const struct nlattr *attribute, void *found)
{
	struct span kind = {mnl_attr_get_payload(attribute), mnl_attr_get_payload_len(attribute)};

	if (mnl_attr_get_type(attribute) == TCA_KIND &&
	    (span_starts(kind, "clsact") || span_starts(kind, "ingress")))
		*(bool *)found = true;
	return MNL_CB_OK;
}

static void on_qdisc(const struct nlmsghdr *message, uint64_t namespace, void *context)
{
	bool found = false;

	(void)mnl_attr_parse(message, sizeof(struct tcmsg), find_ingress, &found);
	if (found)
		set_incomplete(context, namespace, "traffic control filters what comes in");
}

static int read_qdiscs(struct world *world, struct err *err)
{
	const struct netlink_dump dump = {NEED_QDISCS, 1, RTM_NEWQDISC, sizeof(struct tcmsg),
					  on_broken};

	return netlink_read(world->host, &dump, on_qdisc, world, err) < 0 ? -1 : 0;
}

static int read_files(struct world *world, unsigned need,
		      void (*take)(struct world *world, struct world_namespace *at,
				   const struct item *item),
		      struct err *err)
{
	struct item item;
	int got;

	if (host_ask(world->host, need, err) < 0)
		return -1;
	while ((got = host_next(world->host, &item, err)) > 0) {
		struct world_namespace *at = world_find(world, item.inode);

		if (item.error == ENOENT || !at) /* no such module: no IPv6, no conntrack */
			continue;
		if (item.error)
			set_incomplete(world, at->id, "its settings could not be read");
		else
			take(world, at, &item);
	}
	return got;
}

static void take_setting(struct world *world, struct world_namespace *at, const struct item *item)
{
	uint64_t value;

	(void)world;
	if (strncmp(item->path, SYSCTL, strlen(SYSCTL)) == 0 &&
	    span_uint(span_trim(item->data), INT32_MAX, &value) == 0)
		host_model_setting(&at->host, item->path + strlen(SYSCTL), (long)value);
}

static int count_lines(struct span rest)
{
	struct span line;
	int lines = 0;

	while (span_cut(&rest, '\n', &line))
		lines++;
	return lines;
}

/*
 * What stands beside nftables: rules of legacy iptables are none of its own, and drop all the same;
 * IPVS, whose services are listed behind three lines of heading, takes packets at the input hook.
 */
static void take_beside(struct world *world, struct world_namespace *at, const struct item *item)
{
	bool is_ipvs = span_ends(span_of(item->path), "/ip_vs");

	if (is_ipvs && count_lines(item->data) > 3)
		set_incomplete(world, at->id, "IPVS has services");
	else if (!is_ipvs && span_trim(item->data).len > 0)
		set_incomplete(world, at->id, "tables of legacy iptables are loaded");
}

int world_read(struct host *host, struct world *out, struct err *err)
{
	*out = (struct world){.host = host};
	if (read_namespaces(out, err) < 0 || read_rulesets(out, err) < 0 ||
	    read_routes(out, err) < 0 || read_qdiscs(out, err) < 0 ||
	    read_files(out, NEED_SETTINGS4, take_setting, err) < 0 ||
	    read_files(out, NEED_SETTINGS6, take_setting, err) < 0 ||
	    read_files(out, NEED_TCP_LOOSE, take_setting, err) < 0 ||
	    read_files(out, NEED_BESIDE, take_beside, err) < 0)
		return -1;
	for (struct world_namespace *at = out->first; at; at = at->next) {
		host_model_link(&at->host);
		model_init(&at->model, &at->ruleset, &at->host, host_arena(host));
		if (at->incomplete)
			at->model.incomplete = at->incomplete;
	}
	wires_connect(out);
	return 0;
}
