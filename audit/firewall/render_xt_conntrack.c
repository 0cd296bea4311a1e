/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matches conntrack and state in nft's words: see render_xt.c. */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/xt_conntrack.h>
#include <linux/netfilter/xt_state.h>

#include "audit/firewall/render_xt.h"
#include "lib/inet.h"
#include "lib/own.h"

/* In the order of iptables-translate(8), which nft shows too. */
static void put_state_names(struct buf *out, uint32_t states)
{
	static const uint8_t order[] = {0, 3, 2, 1, 6};
	const char *join = "";

	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		if (!(states >> order[i] & 1))
			continue;
		buf_printf(out, "%s%s", join, render_flag(TYPE_CT_STATE, order[i]));
		join = ",";
	}
}

/* The states of a connection: bits as nft has them, and others that stand for the status. */
static void put_states(const struct xt_text *at, uint32_t mask, bool is_inverted, bool *has_any)
{
	uint32_t untracked = mask & XT_CONNTRACK_STATE_UNTRACKED ? 1U << 6 : 0;
	uint32_t states = (mask & 0xf) | untracked;
	uint32_t status = (mask & XT_CONNTRACK_STATE_SNAT ? IPS_SRC_NAT : 0U) |
			  (mask & XT_CONNTRACK_STATE_DNAT ? IPS_DST_NAT : 0U);
	/* one of both is enough, which nft has no words for; none of both it has */
	bool is_either = states && status && !is_inverted;
	struct buf *out = xt_text_part(at, has_any);

	buf_text(out, is_either ? "[ " : "");
	if (states) {
		buf_printf(out, "ct state %s", is_inverted ? "! " : "");
		put_state_names(out, states);
	}
	if (states && status)
		buf_text(out, is_either ? " or " : " ");
	if (status) {
		buf_printf(out, "ct status %s", is_inverted ? "! " : "");
		render_flags(out, TYPE_CT_STATUS, status, ",");
	}
	buf_text(out, is_either ? " ]" : "");
}

void xt_text_state(const struct xt_text *at)
{
	struct xt_state_info info;
	bool has_any = false;

	memcpy(&info, at->info, sizeof(info));
	put_states(at, info.statemask, false, &has_any);
}

struct tuple_address {
	const char *words; /* "original" */
	const char *field;
	uint16_t flag;
	const union nf_inet_addr *address;
	const union nf_inet_addr *mask;
};

static void put_tuple_address(const struct xt_text *at, const struct xt_conntrack_mtinfo3 *info,
			      const struct tuple_address *tuple, bool *has_any)
{
	size_t len = inet_bits(xt_text_family(at)) / 8;
	int prefix = render_prefix_of((struct span){(const char *)tuple->mask, len});

	if (!(info->match_flags & tuple->flag))
		return;
	buf_printf(xt_text_part(at, has_any), "ct %s %s %s ", tuple->words, xt_text_family_word(at),
		   tuple->field);
	if (prefix < 0) {
		buf_text(at->out, "& ");
		xt_text_address(at->out, xt_text_family(at), tuple->mask);
		buf_text(at->out, info->invert_flags & tuple->flag ? " " : " == ");
	}
	buf_text(at->out, xt_text_unequal(info->invert_flags & tuple->flag));
	xt_text_address(at->out, xt_text_family(at), tuple->address);
	if (prefix >= 0 && (size_t)prefix < len * 8)
		buf_printf(at->out, "/%d", prefix);
}

static void put_tuple_ports(const struct xt_text *at, const struct xt_conntrack_mtinfo3 *info,
			    bool *has_any)
{
	const struct {
		const char *words;
		uint16_t flag;
		uint16_t first;
		uint16_t last;
	} ports[] = {
	    {"original proto-src", XT_CONNTRACK_ORIGSRC_PORT, info->origsrc_port,
	     info->origsrc_port_high},
	    {"original proto-dst", XT_CONNTRACK_ORIGDST_PORT, info->origdst_port,
	     info->origdst_port_high},
	    {"reply proto-src", XT_CONNTRACK_REPLSRC_PORT, info->replsrc_port,
	     info->replsrc_port_high},
	    {"reply proto-dst", XT_CONNTRACK_REPLDST_PORT, info->repldst_port,
	     info->repldst_port_high},
	};

	for (size_t i = 0; i < ARRAY_LEN(ports); i++) {
		if (!(info->match_flags & ports[i].flag))
			continue;
		buf_printf(xt_text_part(at, has_any), "ct %s %s", ports[i].words,
			   xt_text_unequal(info->invert_flags & ports[i].flag));
		xt_text_ports(at->out, ports[i].first, ports[i].last);
	}
}

static void put_tuple(const struct xt_text *at, const struct xt_conntrack_mtinfo3 *info,
		      bool *has_any)
{
	const struct tuple_address tuples[] = {
	    {"original", "saddr", XT_CONNTRACK_ORIGSRC, &info->origsrc_addr, &info->origsrc_mask},
	    {"original", "daddr", XT_CONNTRACK_ORIGDST, &info->origdst_addr, &info->origdst_mask},
	    {"reply", "saddr", XT_CONNTRACK_REPLSRC, &info->replsrc_addr, &info->replsrc_mask},
	    {"reply", "daddr", XT_CONNTRACK_REPLDST, &info->repldst_addr, &info->repldst_mask},
	};

	for (size_t i = 0; i < ARRAY_LEN(tuples); i++)
		put_tuple_address(at, info, &tuples[i], has_any);
	put_tuple_ports(at, info, has_any);
}

void xt_text_conntrack(const struct xt_text *at)
{
	struct xt_conntrack_mtinfo3 info;
	bool has_any = false;

	memcpy(&info, at->info, sizeof(info));
	if (info.match_flags & XT_CONNTRACK_DIRECTION)
		buf_printf(xt_text_part(at, &has_any), "ct direction %s",
			   info.invert_flags & XT_CONNTRACK_DIRECTION ? "reply" : "original");
	if (info.match_flags & XT_CONNTRACK_PROTO)
		buf_printf(xt_text_part(at, &has_any), "ct protocol %s%u",
			   xt_text_unequal(info.invert_flags & XT_CONNTRACK_PROTO), info.l4proto);
	if (info.match_flags & XT_CONNTRACK_STATE)
		put_states(at, info.state_mask, info.invert_flags & XT_CONNTRACK_STATE, &has_any);
	put_tuple(at, &info, &has_any);
	if (info.match_flags & XT_CONNTRACK_STATUS) {
		buf_printf(xt_text_part(at, &has_any), "ct status %s",
			   info.invert_flags & XT_CONNTRACK_STATUS ? "! " : "");
		render_flags(at->out, TYPE_CT_STATUS, info.status_mask, ",");
	}
	if (info.match_flags & XT_CONNTRACK_EXPIRES)
		buf_printf(xt_text_part(at, &has_any), "ct expiration %s%us-%us",
			   xt_text_unequal(info.invert_flags & XT_CONNTRACK_EXPIRES),
			   info.expires_min, info.expires_max);
}
