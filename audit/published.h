/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Which ports a ruleset may send on to somewhere else: candidates, each of which the model
 * is then asked for. Too many cost time, one too few would hide a way in.
 */
#ifndef AUDIT_PUBLISHED_H
#define AUDIT_PUBLISHED_H

#include "audit/firewall/ruleset.h"

struct ports {
	unsigned char bits[65536 / 8];
};

void ports_add(struct ports *ports, unsigned first, unsigned last);
bool ports_has(const struct ports *ports, unsigned port);

/*
 * Adds the ports that rules and sets name, in any table, if some rule translates destinations; of
 * a wide range its ends alone, since nobody listens on most of it: add the ports that are listened
 * on.
 * False: no rule translates destinations.
 */
bool published_candidates(const struct fw_ruleset *ruleset, struct ports *out);

/* Adds the ports that rules and sets of any table name, as above. */
void ruleset_ports(const struct fw_ruleset *ruleset, struct ports *out);

#endif
