/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets of xtables in nft's words: see render_xt.c. */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_nat.h>
#include <linux/netfilter/xt_CONNMARK.h>
#include <linux/netfilter/xt_CT.h>
#include <linux/netfilter/xt_LOG.h>
#include <linux/netfilter/xt_MARK.h>
#include <linux/netfilter/xt_NFLOG.h>
#include <linux/netfilter/xt_TCPMSS.h>
#include <linux/netfilter_ipv4/ipt_REJECT.h>
#include <linux/netfilter_ipv6/ip6t_REJECT.h>

#include "audit/firewall/render_xt.h"
#include "lib/own.h"

static bool read_range(const struct xt_text *at, const struct fw_op *op, struct nf_nat_range2 *out)
{
	struct nf_nat_ipv4_multi_range_compat old;

	memset(out, 0, sizeof(*out));
	if (op->key == 0 && xt_text_family(at) == AF_INET && op->a.len >= sizeof(old)) {
		memcpy(&old, op->a.data, sizeof(old));
		out->flags = old.range[0].flags;
		out->min_addr.ip = old.range[0].min_ip;
		out->max_addr.ip = old.range[0].max_ip;
		out->min_proto = old.range[0].min;
		out->max_proto = old.range[0].max;
		return old.rangesize == 1;
	}
	if (op->key == 2 && op->a.len >= sizeof(*out)) {
		memcpy(out, op->a.data, sizeof(*out));
		return true;
	}
	if ((op->key == 1 || (op->key == 0 && xt_text_family(at) == AF_INET6)) &&
	    op->a.len >= sizeof(struct nf_nat_range)) {
		memcpy(out, op->a.data, sizeof(struct nf_nat_range));
		return true;
	}
	return false;
}

static void put_range_flags(struct buf *out, uint32_t flags)
{
	const char *join = " ";

	if (flags & NF_NAT_RANGE_PROTO_RANDOM) {
		buf_printf(out, "%srandom", join);
		join = ",";
	}
	if (flags & NF_NAT_RANGE_PROTO_RANDOM_FULLY) {
		buf_printf(out, "%sfully-random", join);
		join = ",";
	}
	if (flags & NF_NAT_RANGE_PERSISTENT)
		buf_printf(out, "%spersistent", join);
}

static bool put_nat(const struct xt_text *at, const struct fw_op *op, const char *word)
{
	bool is_ip6 = xt_text_family(at) == AF_INET6;
	struct nf_nat_range2 range;
	bool has_address;
	bool has_port;

	if (!read_range(at, op, &range) ||
	    (range.flags & (NF_NAT_RANGE_PROTO_OFFSET | NF_NAT_RANGE_NETMAP)))
		return false;
	has_address = range.flags & NF_NAT_RANGE_MAP_IPS;
	has_port = range.flags & NF_NAT_RANGE_PROTO_SPECIFIED;
	buf_printf(at->out, "%s%s", word, has_address || has_port ? " to " : "");
	if (has_address) {
		buf_text(at->out, is_ip6 && has_port ? "[" : "");
		xt_text_address(at->out, xt_text_family(at), &range.min_addr);
		if (memcmp(&range.min_addr, &range.max_addr, is_ip6 ? 16 : 4) != 0) {
			buf_text(at->out, "-");
			xt_text_address(at->out, xt_text_family(at), &range.max_addr);
		}
		buf_text(at->out, is_ip6 && has_port ? "]" : "");
	}
	if (has_port) {
		buf_text(at->out, ":");
		xt_text_ports(at->out, ntohs(range.min_proto.all), ntohs(range.max_proto.all));
	}
	put_range_flags(at->out, range.flags);
	return true;
}

static bool put_dnat(const struct xt_text *at, const struct fw_op *op)
{
	return put_nat(at, op, "dnat");
}

static bool put_snat(const struct xt_text *at, const struct fw_op *op)
{
	return put_nat(at, op, "snat");
}

static bool put_masquerade(const struct xt_text *at, const struct fw_op *op)
{
	return put_nat(at, op, "masquerade");
}

static bool put_redirect(const struct xt_text *at, const struct fw_op *op)
{
	return put_nat(at, op, "redirect");
}

/* What nft says nothing about is the port that cannot be reached. */
static bool put_reject(const struct xt_text *at, const struct fw_op *op)
{
	static const char *const words[2][9] = {
	    {
		[IPT_ICMP_NET_UNREACHABLE] = " with icmp net-unreachable",
		[IPT_ICMP_HOST_UNREACHABLE] = " with icmp host-unreachable",
		[IPT_ICMP_PROT_UNREACHABLE] = " with icmp prot-unreachable",
		[IPT_ICMP_PORT_UNREACHABLE] = "",
		[IPT_ICMP_NET_PROHIBITED] = " with icmp net-prohibited",
		[IPT_ICMP_HOST_PROHIBITED] = " with icmp host-prohibited",
		[IPT_TCP_RESET] = " with tcp reset",
		[IPT_ICMP_ADMIN_PROHIBITED] = " with icmp admin-prohibited",
	    },
	    {
		[IP6T_ICMP6_NO_ROUTE] = " with icmpv6 no-route",
		[IP6T_ICMP6_ADM_PROHIBITED] = " with icmpv6 admin-prohibited",
		[IP6T_ICMP6_ADDR_UNREACH] = " with icmpv6 addr-unreachable",
		[IP6T_ICMP6_PORT_UNREACH] = "",
		[IP6T_TCP_RESET] = " with tcp reset",
		[IP6T_ICMP6_POLICY_FAIL] = " with icmpv6 policy-fail",
		[IP6T_ICMP6_REJECT_ROUTE] = " with icmpv6 reject-route",
	    }};
	bool is_ip6 = xt_text_family(at) == AF_INET6;
	uint32_t with;

	if (op->a.len < sizeof(with))
		return false;
	memcpy(&with, at->info, sizeof(with));
	if (with >= ARRAY_LEN(words[0]) || !words[is_ip6][with])
		return false;
	buf_printf(at->out, "reject%s", words[is_ip6][with]);
	return true;
}

static bool put_log(const struct xt_text *at, const struct fw_op *op)
{
	static const char *const levels[] = {"emerg", "alert",  "crit", "err",
					     "warn",  "notice", "info", "debug"};
	struct xt_log_info info;

	if (op->a.len < sizeof(info))
		return false;
	memcpy(&info, at->info, sizeof(info));
	buf_text(at->out, "log");
	if (info.prefix[0]) {
		buf_text(at->out, " prefix ");
		render_quoted(
		    at->out, (struct span){info.prefix, strnlen(info.prefix, sizeof(info.prefix))});
	}
	if (info.level != 4 && info.level < ARRAY_LEN(levels))
		buf_printf(at->out, " level %s", levels[info.level]);
	render_log_flags(at->out, info.logflags); /* the same bits: net/netfilter/xt_LOG.c */
	return true;
}

static bool put_nflog(const struct xt_text *at, const struct fw_op *op)
{
	struct xt_nflog_info info;

	if (op->a.len < sizeof(info))
		return false;
	memcpy(&info, at->info, sizeof(info));
	buf_text(at->out, "log");
	if (info.prefix[0]) {
		buf_text(at->out, " prefix ");
		render_quoted(
		    at->out, (struct span){info.prefix, strnlen(info.prefix, sizeof(info.prefix))});
	}
	if (info.flags & XT_NFLOG_F_COPY_LEN)
		buf_printf(at->out, " snaplen %u", info.len);
	if (info.threshold)
		buf_printf(at->out, " queue-threshold %u", info.threshold);
	buf_printf(at->out, " group %u", info.group);
	return true;
}

/* (mark & ~mask) ^ value */
static void put_mark_change(struct buf *out, const char *word, uint32_t value, uint32_t mask)
{
	if (mask == UINT32_MAX)
		buf_printf(out, "%s set 0x%08x", word, value);
	else if (mask == 0)
		buf_printf(out, "%s set %s ^ 0x%08x", word, word, value);
	else if (mask == value)
		buf_printf(out, "%s set %s | 0x%08x", word, word, value);
	else if (value == 0)
		buf_printf(out, "%s set %s & 0x%08x", word, word, ~mask);
	else
		buf_printf(out, "%s set %s & 0x%08x ^ 0x%08x", word, word, ~mask, value);
}

static bool put_mark(const struct xt_text *at, const struct fw_op *op)
{
	struct xt_mark_tginfo2 info;

	if (op->a.len < sizeof(info))
		return false;
	memcpy(&info, at->info, sizeof(info));
	put_mark_change(at->out, "meta mark", info.mark, info.mask);
	return true;
}

static bool put_connmark(const struct xt_text *at, const struct fw_op *op)
{
	struct xt_connmark_tginfo1 info;
	struct xt_connmark_tginfo2 shifted;

	if (op->key == 2 && op->a.len >= sizeof(shifted)) {
		memcpy(&shifted, at->info, sizeof(shifted));
		if (shifted.shift_bits)
			return false;
		info = (struct xt_connmark_tginfo1){shifted.ctmark, shifted.ctmask, shifted.nfmask,
						    shifted.mode};
	} else if (op->key == 1 && op->a.len >= sizeof(info)) {
		memcpy(&info, at->info, sizeof(info));
	} else {
		return false;
	}
	if (info.mode == XT_CONNMARK_SET) {
		put_mark_change(at->out, "ct mark", info.ctmark, info.ctmask);
		return true;
	}
	if (info.ctmask != UINT32_MAX || info.nfmask != UINT32_MAX)
		return false;
	buf_text(at->out,
		 info.mode == XT_CONNMARK_SAVE ? "ct mark set meta mark" : "meta mark set ct mark");
	return info.mode <= XT_CONNMARK_RESTORE;
}

static bool put_ct(const struct xt_text *at, const struct fw_op *op)
{
	struct xt_ct_target_info info; /* the front of the later revisions is the same */

	if (op->a.len < sizeof(info))
		return false;
	memcpy(&info, at->info, sizeof(info));
	if (info.flags & XT_CT_NOTRACK)
		buf_text(at->out, "notrack");
	else if (info.helper[0])
		return false;
	else if (info.zone)
		buf_printf(at->out, "ct zone set %u", info.zone);
	else
		return false;
	return true;
}

static bool put_notrack(const struct xt_text *at, const struct fw_op *op)
{
	(void)op;
	buf_text(at->out, "notrack");
	return true;
}

static bool put_tcpmss(const struct xt_text *at, const struct fw_op *op)
{
	struct xt_tcpmss_info info;

	if (op->a.len < sizeof(info))
		return false;
	memcpy(&info, at->info, sizeof(info));
	buf_text(at->out, "tcp option maxseg size set ");
	if (info.mss == XT_TCPMSS_CLAMP_PMTU)
		buf_text(at->out, "rt mtu");
	else
		buf_printf(at->out, "%u", info.mss);
	return true;
}

#define ANY_REVISION UINT32_MAX

static const struct xt_target_words {
	const char *name;
	uint32_t revision;
	bool (*put)(const struct xt_text *at, const struct fw_op *op);
} kinds[] = {
    {"DNAT", ANY_REVISION, put_dnat},  {"SNAT", ANY_REVISION, put_snat},
    {"MASQUERADE", 0, put_masquerade}, {"REDIRECT", 0, put_redirect},
    {"REJECT", 0, put_reject},         {"LOG", 0, put_log},
    {"NFLOG", 0, put_nflog},           {"MARK", 2, put_mark},
    {"CONNMARK", 1, put_connmark},     {"CONNMARK", 2, put_connmark},
    {"CT", ANY_REVISION, put_ct},      {"NOTRACK", 0, put_notrack},
    {"TCPMSS", 0, put_tcpmss},
};

bool render_xt_target(struct render *render, struct buf *out, const struct fw_op *op)
{
	const struct xt_text at = {render, out, op->a.data};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if ((kinds[i].revision == ANY_REVISION || kinds[i].revision == op->key) &&
		    strcmp(kinds[i].name, op->name) == 0)
			return kinds[i].put(&at, op);
	}
	return false;
}
