/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] How the network namespaces of this host hang together: pairs of veth(4) links, bridges,
 * and what leads beyond the host. A link leads beyond it until the opposite is known.
 */
#ifndef AUDIT_WIRES_H
#define AUDIT_WIRES_H

#include "audit/world.h"

/*
 * Finds the other end of each veth pair, and which links lead beyond this host. rtnetlink(7) tells
 * an end the index of its peer, and a number for the peer's namespace that only the asking one
 * understands; so a pair is two links that name each other's index, and not known where several
 * could be meant. Sets peer, owner and is_outside of each link.
 */
void wires_connect(struct world *world);

/*
 * A packet may come in by it, and up to an address of the namespace: it is up, no loopback, and no
 * port of a bridge or bond, whose packets come in by that.
 */
bool wires_is_entry(const struct fw_link *link);

/*
 * Sources to which answers go back by the link that they came in by, or would if it had the best of
 * equal routes. A packet with another source
 * gets in too where the kernel does not mind (rp_filter), but no conversation follows for whoever
 * made it up: it is not how the internet comes in by a private network's interface. All, where
 * policy rules (ip-rule(8)) decide. The set lives in the scratch.
 */
struct ranges wires_answered(const struct fw_link *in, int family, struct scratch *scratch);

enum wires_behind {
	WIRES_ELSEWHERE, /* beyond this host, as far as can be seen */
	WIRES_INSIDE,    /* *to and *in are set */
	WIRES_UNKNOWN    /* a namespace has the address, and how it is reached is not known */
};

/* Who gets a packet that leaves the namespace as the outcome, FW_FORWARDED, says. */
enum wires_behind wires_behind(const struct world *world, const struct world_namespace *from,
			       const struct fw_outcome *outcome, int family,
			       struct world_namespace **to, const struct fw_link **in);

#endif
