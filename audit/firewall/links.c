/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Links among each other: a port and the bridge, bond or team that it belongs to, a VLAN and what
 * it sits on (net/core/dev.c: __netif_receive_skb_core(): the rx_handler of the port takes the
 * packet away, and the IP layer sees it come in by the master).
 */
#include <string.h>

#include "audit/firewall/host.h"

#define MAX_LAYERS 8U /* a VLAN on a bond on a bridge …; recorded links may form a circle */

const struct fw_link *host_link(const struct fw_host *host, int index)
{
	const struct fw_link *at = host->links;

	while (at && at->index != index)
		at = at->next;
	return at;
}

const struct fw_link *host_link_named(const struct fw_host *host, const char *name)
{
	const struct fw_link *at = host->links;

	while (at && strncmp(at->name, name, FW_NAME_BYTES) != 0)
		at = at->next;
	return at;
}

static bool is_kind(const struct fw_link *link, const char *kind)
{
	return strncmp(link->kind, kind, FW_NAME_BYTES) == 0;
}

/* One that hands what its ports take in to its own network layer, and leaves the packet as it is */
static bool takes_over(const struct fw_link *master)
{
	return (is_kind(master, "bridge") && !master->has_vlans) || is_kind(master, "bond") ||
	       is_kind(master, "team");
}

const struct fw_link *host_arrival(const struct fw_host *host, const struct fw_link *link)
{
	for (unsigned i = 0; i < MAX_LAYERS; i++) {
		if (link->master == 0)
			return link;
		link = host_link(host, link->master);
		if (!link || !takes_over(link))
			return NULL;
	}
	return NULL;
}

/* What a VLAN, a macvlan … sits on; of a veth it is the other end, which may be elsewhere. */
static const struct fw_link *lower_of(const struct fw_host *host, const struct fw_link *link)
{
	return link->lower != 0 && link->lower != link->index && !is_kind(link, "veth")
		   ? host_link(host, link->lower)
		   : NULL;
}

static bool reaches_down(const struct fw_host *host, const struct fw_link *link,
			 const struct fw_link *wanted, unsigned depth)
{
	const struct fw_link *lower;

	if (link == wanted)
		return true;
	if (depth == MAX_LAYERS)
		return true; /* nobody knows */
	lower = lower_of(host, link);
	if (lower && reaches_down(host, lower, wanted, depth + 1))
		return true;
	return wanted->master == link->index;
}

bool host_is_below(const struct fw_host *host, const struct fw_link *link,
		   const struct fw_link *below)
{
	const struct fw_link *port = below;

	if (below == link)
		return false;
	/* a port of a port … of something that the link sits on */
	for (unsigned i = 0; port && i < MAX_LAYERS; i++) {
		if (reaches_down(host, link, port, 0))
			return true;
		port = port->master ? host_link(host, port->master) : NULL;
	}
	return port != NULL;
}

bool host_is_on_bridge(const struct fw_host *host, const struct fw_link *link)
{
	for (unsigned i = 0; link && i < MAX_LAYERS; i++) {
		if (is_kind(link, "bridge"))
			return true;
		link = lower_of(host, link);
	}
	return link != NULL;
}
