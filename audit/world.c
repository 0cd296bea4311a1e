/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The firewall model of each network namespace: see world.h. */
#include "audit/world.h"

#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "audit/netlink.h"
#include "audit/wires.h"

/* Indexes of WORLD_NEEDS. */
enum {
	NEED_LINKS = RULESETS_NEED_COUNT,
	NEED_ADDRESSES,
	NEED_ROUTES,
	NEED_POLICIES,
	NEED_QDISCS,
	NEED_SETTINGS4,
	NEED_SETTINGS6,
	NEED_TCP_LOOSE,
	NEED_BESIDE
};

#define SYSCTL "/proc/sys/"

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
	    {NEED_LINKS, 1, 0, sizeof(struct ifinfomsg), world_on_broken},
	    {NEED_ADDRESSES, 1, 0, sizeof(struct ifaddrmsg), world_on_broken},
	    {NEED_ROUTES, 2, 0, sizeof(struct rtmsg), world_on_broken},
	    {NEED_POLICIES, 2, 0, sizeof(struct fib_rule_hdr), world_on_broken},
	};

	for (size_t i = 0; i < sizeof(dumps) / sizeof(dumps[0]); i++) {
		int result = netlink_read(world->host, &dumps[i], on_route, world, err);

		if (result < 0)
			return -1;
		/* rows are taken as they come, so that it cannot simply be read again */
		for (struct world_namespace *at = world->first; result == 1 && at; at = at->next)
			world_incomplete(world, at->id, "routes changed while they were read");
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
		world_incomplete(context, namespace, "traffic control filters what comes in");
}

static int read_qdiscs(struct world *world, struct err *err)
{
	const struct netlink_dump dump = {NEED_QDISCS, 1, RTM_NEWQDISC, sizeof(struct tcmsg),
					  world_on_broken};

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
			world_incomplete(world, at->id, "its settings could not be read");
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
		world_incomplete(world, at->id, "IPVS has services");
	else if (!is_ipvs && span_trim(item->data).len > 0)
		world_incomplete(world, at->id, "tables of legacy iptables are loaded");
}

int world_read(struct host *host, struct world *out, struct err *err)
{
	if (rulesets_read(host, RULESETS_ELEMENTS, out, err) < 0 || read_routes(out, err) < 0 ||
	    read_qdiscs(out, err) < 0 || read_files(out, NEED_SETTINGS4, take_setting, err) < 0 ||
	    read_files(out, NEED_SETTINGS6, take_setting, err) < 0 ||
	    read_files(out, NEED_TCP_LOOSE, take_setting, err) < 0 ||
	    read_files(out, NEED_BESIDE, take_beside, err) < 0)
		return -1;
	for (struct world_namespace *at = out->first; at; at = at->next) {
		at->ruleset.links = at->host.links;
		host_model_link(&at->host);
		model_init(&at->model, &at->ruleset, &at->host, host_arena(host));
		if (at->incomplete)
			at->model.incomplete = at->incomplete;
	}
	wires_connect(out);
	return 0;
}
