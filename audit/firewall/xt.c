/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Matches of xtables that iptables-nft puts into rules as they are, by name and revision
 * (net/netfilter/xt_*.c). One that is not here, or has another revision or size, is a doubt.
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/xt_addrtype.h>
#include <linux/netfilter/xt_connmark.h>
#include <linux/netfilter/xt_conntrack.h>
#include <linux/netfilter/xt_iprange.h>
#include <linux/netfilter/xt_mac.h>
#include <linux/netfilter/xt_mark.h>
#include <linux/netfilter/xt_multiport.h>
#include <linux/netfilter/xt_owner.h>
#include <linux/netfilter/xt_physdev.h>
#include <linux/netfilter/xt_pkttype.h>
#include <linux/netfilter/xt_rpfilter.h>
#include <linux/netfilter/xt_state.h>
#include <linux/netfilter/xt_tcpudp.h>

#include "audit/firewall/xt.h"
#include "lib/own.h"

static int sport_of(const struct asked *at)
{
	return at->flow->is_source_changed ? -1 : at->run->query->sport;
}

static struct match match_tcp(const struct asked *at)
{
	struct xt_tcp info;
	struct match match;
	bool has_flags;

	memcpy(&info, at->info, sizeof(info));
	if (at->run->query->protocol != IPPROTO_TCP)
		return match_doubt(at->run, at->flow, FW_NOT_MODELLED, "tcp");
	has_flags = (at->run->query->tcp_flags & info.flg_mask) == info.flg_cmp;
	match = match_and(at->run,
			  xt_invert_if(xt_within_ports(at, sport_of(at), info.spts),
				       info.invflags & XT_TCP_INV_SRCPT),
			  xt_invert_if(xt_within_ports(at, at->flow->dport, info.dpts),
				       info.invflags & XT_TCP_INV_DSTPT));
	match = match_and(at->run, match,
			  match_const(at->flow, has_flags != !!(info.invflags & XT_TCP_INV_FLAGS)));
	if (info.option == 0)
		return match;
	return match_and(at->run, match,
			 match_doubt(at->run, at->flow, FW_BY_CHOICE, "a TCP option"));
}

static struct match match_udp(const struct asked *at)
{
	struct xt_udp info;

	memcpy(&info, at->info, sizeof(info));
	if (at->run->query->protocol != IPPROTO_UDP)
		return match_doubt(at->run, at->flow, FW_NOT_MODELLED, "udp");
	return match_and(at->run,
			 xt_invert_if(xt_within_ports(at, sport_of(at), info.spts),
				      info.invflags & XT_UDP_INV_SRCPT),
			 xt_invert_if(xt_within_ports(at, at->flow->dport, info.dpts),
				      info.invflags & XT_UDP_INV_DSTPT));
}

static bool is_listed(const struct xt_multiport_v1 *info, int port)
{
	for (unsigned i = 0; i < info->count && i < XT_MULTI_PORTS; i++) {
		unsigned low = info->ports[i];
		unsigned high = low;

		if (info->pflags[i] && i + 1 < XT_MULTI_PORTS)
			high = info->ports[++i];
		if (port >= (int)low && port <= (int)high)
			return true;
	}
	return false;
}

static struct match match_multiport(const struct asked *at)
{
	struct xt_multiport_v1 info;
	int sport = sport_of(at);
	bool listed;

	memcpy(&info, at->info, sizeof(info));
	listed = is_listed(&info, at->flow->dport);
	if (info.flags == XT_MULTIPORT_DESTINATION)
		return match_const(at->flow, listed != !!info.invert);
	if (sport < 0 && !(info.flags == XT_MULTIPORT_EITHER && listed))
		return match_doubt(at->run, at->flow, FW_BY_CHOICE, "the source port");
	if (info.flags == XT_MULTIPORT_SOURCE)
		listed = is_listed(&info, sport);
	else if (info.flags == XT_MULTIPORT_EITHER)
		listed |= sport >= 0 && is_listed(&info, sport);
	else
		return match_doubt(at->run, at->flow, FW_NOT_MODELLED, "multiport");
	return match_const(at->flow, listed != !!info.invert);
}

static struct match source_between(const struct asked *at, const void *low, const void *high)
{
	int family = at->run->query->family;
	struct sym source[16];

	load_source(at->flow, family, source);
	return match_within(at->run, at->flow, source, inet_bits(family) / 8, low, high);
}

static struct match match_iprange(const struct asked *at)
{
	int family = at->run->query->family;
	size_t len = inet_bits(family) / 8;
	struct xt_iprange_mtinfo info;
	struct match match = match_const(at->flow, true);
	bool is_in;

	memcpy(&info, at->info, sizeof(info));
	if (info.flags & IPRANGE_SRC)
		match = xt_invert_if(source_between(at, &info.src_min, &info.src_max),
				     info.flags & IPRANGE_SRC_INV);
	if (!(info.flags & IPRANGE_DST))
		return match;
	is_in = inet_number(&info.dst_min, len) <= at->flow->daddr &&
		at->flow->daddr <= inet_number(&info.dst_max, len);
	return match_and(at->run, match,
			 match_const(at->flow, is_in != !!(info.flags & IPRANGE_DST_INV)));
}

static struct match match_state(const struct asked *at)
{
	struct xt_state_info info;
	uint32_t bits = load_state_bits(at->flow);

	memcpy(&info, at->info, sizeof(info));
	if (at->flow->tracking == TRACK_UNTRACKED)
		bits = XT_STATE_UNTRACKED;
	return match_const(at->flow, bits & info.statemask);
}

static struct match mark_is(const struct asked *at, const struct sym *mark,
			    const struct xt_mark_mtinfo1 *info)
{
	struct sym bytes[4];
	uint8_t mask[4];

	memcpy(mask, &info->mask, sizeof(mask));
	for (unsigned i = 0; i < 4; i++) {
		bytes[i] = mark[i];
		if (bytes[i].kind == SYM_MASKED) {
			bytes[i].mask &= mask[i];
			bytes[i].value &= mask[i];
		} else if (mask[i] == 0) {
			bytes[i] = sym_const(0);
		}
	}
	return xt_invert_if(match_within(at->run, at->flow, bytes, 4, &info->mark, &info->mark),
			    info->invert);
}

static struct match match_mark(const struct asked *at)
{
	struct xt_mark_mtinfo1 info;

	memcpy(&info, at->info, sizeof(info));
	return mark_is(at, at->flow->mark, &info);
}

static struct match match_connmark(const struct asked *at)
{
	struct xt_connmark_mtinfo1 connmark;
	struct xt_mark_mtinfo1 info;

	memcpy(&connmark, at->info, sizeof(connmark));
	info = (struct xt_mark_mtinfo1){connmark.mark, connmark.mask, connmark.invert};
	if (at->flow->tracking != TRACK_NEW)
		return match_const(at->flow, false);
	return mark_is(at, at->flow->ct_mark, &info);
}

static struct match match_pkttype(const struct asked *at)
{
	struct xt_pkttype_info info;

	memcpy(&info, at->info, sizeof(info));
	if (load_is_to_many(at->run))
		return match_doubt(at->run, at->flow, FW_NOT_MODELLED, "pkttype");
	return match_const(at->flow, (info.pkttype == 0) != !!info.invert);
}

static struct match match_comment(const struct asked *at)
{
	return match_const(at->flow, true);
}

static struct match match_by_time(const struct asked *at)
{
	return match_doubt(at->run, at->flow, FW_BY_TIME, "a limit or chance");
}

static struct match match_by_choice(const struct asked *at)
{
	return match_doubt(at->run, at->flow, FW_BY_CHOICE, "a header that the sender chooses");
}

static const struct xt_match_kind {
	const char *name;
	uint32_t revision;
	size_t size;
	struct match (*match)(const struct asked *at);
} kinds[] = {
    {"comment", 0, 0, match_comment},
    {"tcp", 0, sizeof(struct xt_tcp), match_tcp},
    {"udp", 0, sizeof(struct xt_udp), match_udp},
    {"multiport", 1, sizeof(struct xt_multiport_v1), match_multiport},
    {"iprange", 1, sizeof(struct xt_iprange_mtinfo), match_iprange},
    {"addrtype", 1, sizeof(struct xt_addrtype_info_v1), xt_match_addrtype},
    {"conntrack", 3, sizeof(struct xt_conntrack_mtinfo3), xt_match_conntrack},
    {"state", 0, sizeof(struct xt_state_info), match_state},
    {"mark", 1, sizeof(struct xt_mark_mtinfo1), match_mark},
    {"connmark", 1, sizeof(struct xt_connmark_mtinfo1), match_connmark},
    {"pkttype", 0, sizeof(struct xt_pkttype_info), match_pkttype},
    {"limit", 0, 0, match_by_time},
    {"hashlimit", 1, 0, match_by_time},
    {"hashlimit", 2, 0, match_by_time},
    {"hashlimit", 3, 0, match_by_time},
    {"recent", 0, 0, match_by_time},
    {"recent", 1, 0, match_by_time},
    {"mac", 0, sizeof(struct xt_mac_info), xt_match_mac},
    {"owner", 1, sizeof(struct xt_owner_match_info), xt_match_owner},
    {"physdev", 0, sizeof(struct xt_physdev_info), xt_match_physdev},
    {"rpfilter", 0, sizeof(struct xt_rpfilter_info), xt_match_rpfilter},
    {"connlimit", 0, 0, match_by_time},
    {"connlimit", 1, 0, match_by_time},
    {"statistic", 0, 0, match_by_time},
    {"quota", 0, 0, match_by_time},
    {"time", 0, 0, match_by_time},
    {"length", 0, 0, match_by_choice},
    {"ttl", 0, 0, match_by_choice},
    {"hl", 0, 0, match_by_choice},
    {"tos", 0, 0, match_by_choice},
    {"tos", 1, 0, match_by_choice},
    {"dscp", 0, 0, match_by_choice},
    {"dscp", 1, 0, match_by_choice},
    {"ecn", 0, 0, match_by_choice},
    {"rt", 0, 0, match_by_choice},
    {"tcpmss", 0, 0, match_by_choice},
    {"string", 1, 0, match_by_choice},
};

struct match xt_match(struct run *run, const struct flow *flow, const struct fw_op *op)
{
	const struct asked asked = {run, flow, op->a.data};
	const struct xt_match_kind *kind = NULL;

	for (size_t i = 0; i < ARRAY_LEN(kinds) && !kind; i++) {
		if (kinds[i].revision == op->key && strcmp(kinds[i].name, op->name) == 0 &&
		    op->a.len >= kinds[i].size)
			kind = &kinds[i];
	}
	if (!kind)
		return match_doubt(run, flow, FW_NOT_MODELLED, op->name);
	/* what comes back holds sets of the scratch, nothing of the question */
	/* cppcheck-suppress returnDanglingLifetime */
	return kind->match(&asked);
}
