/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The match conntrack (net/netfilter/xt_conntrack.c), the largest of them: see xt.c. */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/xt_conntrack.h>

#include "audit/firewall/xt.h"

struct match xt_within_ports(const struct asked *at, int port, const uint16_t *range)
{
	if (port < 0)
		return range[0] == 0 && range[1] == 0xffff
			   ? match_const(at->flow, true)
			   : match_doubt(at->run, at->flow, FW_BY_CHOICE, "the source port");
	return match_const(at->flow, range[0] <= port && port <= range[1]);
}

struct match xt_invert_if(struct match match, bool is_inverted)
{
	return is_inverted ? match_not(match) : match;
}

/* xt_conntrack.c: conntrack_mt(): the state first; without a connection nothing else is asked. */
static struct match conntrack_state(const struct asked *at, const struct xt_conntrack_mtinfo3 *info)
{
	uint32_t bits = load_state_bits(at->flow);
	bool is_inverted = info->invert_flags & XT_CONNTRACK_STATE;

	if (at->flow->tracking == TRACK_UNTRACKED)
		bits = XT_CONNTRACK_STATE_UNTRACKED;
	if (at->flow->is_dnat)
		bits |= XT_CONNTRACK_STATE_DNAT;
	if (at->flow->has_snat_setup && (info->state_mask & XT_CONNTRACK_STATE_SNAT))
		return match_doubt(at->run, at->flow, FW_NOT_MODELLED, "conntrack");
	return match_const(at->flow, !!(bits & info->state_mask) != is_inverted);
}

/* Masked address of the tuple, and what it is compared with. */
static struct match masked(const struct asked *at, const struct sym *address, const void *mask,
			   const void *wanted)
{
	size_t len = inet_bits(at->run->query->family) / 8;
	struct sym bytes[16];
	const uint8_t *bits = mask;

	for (size_t i = 0; i < len; i++) {
		bytes[i] = address[i];
		if (bytes[i].kind == SYM_DOUBT)
			continue;
		bytes[i].mask &= bits[i];
		bytes[i].value &= bits[i];
	}
	return match_within(at->run, at->flow, bytes, len, wanted, wanted);
}

static struct match conntrack_addresses(const struct asked *at,
					const struct xt_conntrack_mtinfo3 *info)
{
	int family = at->run->query->family;
	struct match match = match_const(at->flow, true);
	struct sym address[16];

	for (unsigned i = 0; i < inet_bits(family) / 8; i++)
		address[i] = (struct sym){SYM_MASKED, (uint8_t)i, 0xff, 0};
	if (info->match_flags & XT_CONNTRACK_ORIGSRC)
		match = xt_invert_if(masked(at, address, &info->origsrc_mask, &info->origsrc_addr),
				     info->invert_flags & XT_CONNTRACK_ORIGSRC);
	for (unsigned i = 0; i < inet_bits(family) / 8; i++)
		address[i] =
		    sym_const((uint8_t)(at->run->query->daddr >> (inet_bits(family) - 8 - 8 * i)));
	if (info->match_flags & XT_CONNTRACK_ORIGDST)
		match = match_and(
		    at->run, match,
		    xt_invert_if(masked(at, address, &info->origdst_mask, &info->origdst_addr),
				 info->invert_flags & XT_CONNTRACK_ORIGDST));
	return match;
}

static struct match conntrack_rest(const struct asked *at, const struct xt_conntrack_mtinfo3 *info)
{
	struct match match = conntrack_addresses(at, info);
	uint16_t sports[2] = {info->origsrc_port, info->origsrc_port_high};
	uint16_t dports[2] = {info->origdst_port, info->origdst_port_high};
	uint16_t known = XT_CONNTRACK_STATE | XT_CONNTRACK_STATE_ALIAS | XT_CONNTRACK_ORIGSRC |
			 XT_CONNTRACK_ORIGDST | XT_CONNTRACK_ORIGSRC_PORT |
			 XT_CONNTRACK_ORIGDST_PORT | XT_CONNTRACK_PROTO | XT_CONNTRACK_DIRECTION;

	if (info->match_flags & XT_CONNTRACK_PROTO)
		match = match_and(
		    at->run, match,
		    match_const(at->flow, (info->l4proto == at->run->query->protocol) !=
					      !!(info->invert_flags & XT_CONNTRACK_PROTO)));
	/* the first packet goes in the original direction, and the flag means just that */
	if (info->match_flags & XT_CONNTRACK_DIRECTION)
		match = match_and(
		    at->run, match,
		    match_const(at->flow, !(info->invert_flags & XT_CONNTRACK_DIRECTION)));
	if (info->match_flags & XT_CONNTRACK_ORIGSRC_PORT)
		match = match_and(at->run, match,
				  xt_invert_if(xt_within_ports(at, at->run->query->sport, sports),
					       info->invert_flags & XT_CONNTRACK_ORIGSRC_PORT));
	if (info->match_flags & XT_CONNTRACK_ORIGDST_PORT)
		match = match_and(at->run, match,
				  xt_invert_if(xt_within_ports(at, at->run->query->dport, dports),
					       info->invert_flags & XT_CONNTRACK_ORIGDST_PORT));
	if (info->match_flags & ~known)
		match = match_and(at->run, match,
				  match_doubt(at->run, at->flow, FW_NOT_MODELLED, "conntrack"));
	return match;
}

struct match xt_match_conntrack(const struct asked *at)
{
	struct xt_conntrack_mtinfo3 info;
	struct match state = match_const(at->flow, true);

	memcpy(&info, at->info, sizeof(info));
	if (info.match_flags & XT_CONNTRACK_STATE)
		state = conntrack_state(at, &info);
	if (at->flow->tracking != TRACK_NEW)
		return info.match_flags & XT_CONNTRACK_STATE ? state : match_const(at->flow, false);
	return match_and(at->run, state, conntrack_rest(at, &info));
}
