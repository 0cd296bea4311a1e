/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files that write xtables matches as text. */
#ifndef AUDIT_FIREWALL_RENDER_XT_H
#define AUDIT_FIREWALL_RENDER_XT_H

#include "audit/firewall/render_parts.h"

/* What a match is written from: its blob is as long as its kind says. */
struct xt_text {
	struct render *render;
	struct buf *out;
	const void *info;
};

/* The buffer, with a blank before all parts of a match but its first. */
struct buf *xt_text_part(const struct xt_text *at, bool *has_any);
const char *xt_text_unequal(bool is_inverted);
/* Of the table; a match does not say. */
int xt_text_family(const struct xt_text *at);
const char *xt_text_family_word(const struct xt_text *at);
void xt_text_address(struct buf *out, int family, const void *bytes);
void xt_text_ports(struct buf *out, uint16_t first, uint16_t last);

/* render_xt_conntrack.c */
void xt_text_state(const struct xt_text *at);
void xt_text_conntrack(const struct xt_text *at);

#endif
