/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules as text, in the words of nft(8), from what the model decoded. What has no words here is
 * written as [ NAME ] and never left out. Names and strings in the text are foreign bytes: what
 * shows it must escape it.
 */
#ifndef AUDIT_FIREWALL_RENDER_H
#define AUDIT_FIREWALL_RENDER_H

#include "audit/firewall/ruleset.h"
#include "lib/buf.h"

/* Ceilings; what is longer ends with "…". */
#define RENDER_MAX_BYTES 4096U /* of one rule */
#define RENDER_SHORT_BYTES 200U
#define RENDER_MAX_ELEMENTS 64U /* of a set that is written out in a rule */

/* One rule as `nft list ruleset` has it, without counters' values, handle and comment. */
void render_rule(struct buf *out, const struct fw_rule *rule);
/* The same, cut after RENDER_SHORT_BYTES: for a line among others. */
void render_rule_short(struct buf *out, const struct fw_rule *rule);

/* "ip", "inet" … for NFPROTO_…; "?" for another. */
const char *render_family(uint8_t family);

/* The type of a set: "ipv4_addr . inet_service", and behind " : " what a map leads to. */
void render_set_type(struct buf *out, const struct fw_set *set);
/* "constant,interval"; nothing for a set without flags. */
void render_set_flags(struct buf *out, const struct fw_set *set);

#endif
