/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses, ports and link names that a ruleset mentions, and random choice among them. */
#ifndef TESTS_LIVE_FIREWALL_CONSTANTS_H
#define TESTS_LIVE_FIREWALL_CONSTANTS_H

#include "audit/firewall/ruleset.h"
#include "audit/firewall/walk.h"

#define MAX_CONSTANTS 20000U
#define MAX_NAMES 64U

struct constants {
	u128 addresses[2][MAX_CONSTANTS];
	unsigned address_count[2];
	uint16_t ports[MAX_CONSTANTS]; /* any two bytes */
	unsigned port_count;
	uint16_t compared[MAX_CONSTANTS]; /* two bytes that a comparison or a set has for itself */
	unsigned compared_count;
	char names[MAX_NAMES][16];
	unsigned name_count;
};

void constants_collect(struct constants *out, const struct fw_ruleset *ruleset);
u128 constants_address(const struct constants *constants, int family);
uint16_t constants_port(const struct constants *constants);

#endif
