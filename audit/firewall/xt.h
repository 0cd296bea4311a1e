/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files of the xtables matches. */
#ifndef AUDIT_FIREWALL_XT_H
#define AUDIT_FIREWALL_XT_H

#include "audit/firewall/run.h"

/* What a match looks at: the flow, and the blob that it was given. */
struct asked {
	struct run *run;
	const struct flow *flow;
	const void *info;
};

struct match xt_within_ports(const struct asked *at, int port, const uint16_t *range);
struct match xt_invert_if(struct match match, bool is_inverted);
struct match xt_match_conntrack(const struct asked *at);
/* xt_route.c */
struct match xt_match_addrtype(const struct asked *at);
struct match xt_match_mac(const struct asked *at);
struct match xt_match_owner(const struct asked *at);
struct match xt_match_physdev(const struct asked *at);
struct match xt_match_rpfilter(const struct asked *at);

#endif
