/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets of xtables, by name and revision (net/netfilter/xt_*.c): see xt.c. */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_nat.h>
#include <linux/netfilter/xt_CONNMARK.h>
#include <linux/netfilter/xt_CT.h>
#include <linux/netfilter/xt_MARK.h>

#include "audit/firewall/run.h"
#include "lib/own.h"

static enum xt_result give_up(struct run *run, const struct flow *flow, const char *reason)
{
	run_give_up(run, flow, FW_NOT_MODELLED, reason);
	return XT_DONE;
}

/* The range in its three layouts: revision 0 for IPv4, 1 for IPv6 or SNAT, 2 for both. */
static bool read_range(const struct run *run, const struct fw_op *op, struct nf_nat_range2 *out)
{
	struct nf_nat_ipv4_multi_range_compat old;

	memset(out, 0, sizeof(*out));
	if (op->key == 0 && run->query->family == AF_INET && op->a.len >= sizeof(old)) {
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
	if ((op->key == 1 || (op->key == 0 && run->query->family == AF_INET6)) &&
	    op->a.len >= sizeof(struct nf_nat_range)) {
		memcpy(out, op->a.data, sizeof(struct nf_nat_range));
		return true;
	}
	return false;
}

static bool is_in_place(const struct run *run, const struct flow *flow)
{
	return run->base->type == FW_CHAIN_NAT && flow->tracking == TRACK_NEW;
}

static struct nat_target target_of(const struct run *run, const struct nf_nat_range2 *range)
{
	size_t len = inet_bits(run->query->family) / 8;

	return (struct nat_target){
	    .has_address = range->flags & NF_NAT_RANGE_MAP_IPS,
	    .has_port = range->flags & NF_NAT_RANGE_PROTO_SPECIFIED,
	    .addresses = {inet_number(&range->min_addr, len), inet_number(&range->max_addr, len)},
	    .first_port = ntohs(range->min_proto.all),
	    .last_port = ntohs(range->max_proto.all)};
}

static enum xt_result target_dnat(struct run *run, struct flow *flow, const struct fw_op *op)
{
	struct nf_nat_range2 range;
	struct nat_target target;

	if (!is_in_place(run, flow) || !read_range(run, op, &range) ||
	    (range.flags & NF_NAT_RANGE_NETMAP))
		return give_up(run, flow, op->name);
	target = target_of(run, &range);
	return nat_apply(run, flow, &target) ? XT_ACCEPT : XT_DONE;
}

static enum xt_result target_redirect(struct run *run, struct flow *flow, const struct fw_op *op)
{
	struct nf_nat_range2 range;
	struct nat_target target;

	if (!is_in_place(run, flow) || !read_range(run, op, &range))
		return give_up(run, flow, op->name);
	target = target_of(run, &range);
	return nat_redirect(run, flow, &target) ? XT_ACCEPT : XT_DONE;
}

/* xt_NETMAP.c: the destination on the way in, the source on the way out; the ports stay. */
static enum xt_result target_netmap(struct run *run, struct flow *flow, const struct fw_op *op)
{
	struct nf_nat_range2 range;
	struct nat_target target;

	if (!is_in_place(run, flow) || !read_range(run, op, &range) ||
	    (range.flags & NF_NAT_RANGE_PROTO_SPECIFIED))
		return give_up(run, flow, op->name);
	if (run->stage != FW_PREROUTING) {
		flow->has_snat_setup = true;
		flow->is_source_changed = true;
		return XT_ACCEPT;
	}
	target = target_of(run, &range);
	target.has_address = true;
	target.addresses = nat_netmap(run->query->family, flow->daddr, target.addresses);
	return nat_apply(run, flow, &target) ? XT_ACCEPT : XT_DONE;
}

/* SNAT and MASQUERADE: the first packet goes on, unless the ports that are given run out. */
static enum xt_result target_snat(struct run *run, struct flow *flow, const struct fw_op *op)
{
	struct nf_nat_range2 range;

	if (!is_in_place(run, flow) || !read_range(run, op, &range) ||
	    (range.flags & NF_NAT_RANGE_PROTO_SPECIFIED))
		return give_up(run, flow, op->name);
	flow->has_snat_setup = true;
	flow->is_source_changed = true;
	return XT_ACCEPT;
}

/* mark = (mark & ~clear) ^ flip, byte by byte */
static void change_mark(struct sym *mark, uint32_t clear, uint32_t flip)
{
	uint8_t clears[4];
	uint8_t flips[4];

	memcpy(clears, &clear, sizeof(clears));
	memcpy(flips, &flip, sizeof(flips));
	for (unsigned i = 0; i < 4; i++) {
		if (mark[i].kind == SYM_MASKED) {
			mark[i].mask &= (uint8_t)~clears[i];
			mark[i].value = (uint8_t)((mark[i].value & (uint8_t)~clears[i]) ^ flips[i]);
		} else if (clears[i] == 0xff) {
			mark[i] = sym_const(flips[i]);
		}
	}
}

static struct sym masked(struct sym byte, uint8_t mask)
{
	if (mask == 0)
		return sym_const(0);
	if (byte.kind == SYM_MASKED) {
		byte.mask &= mask;
		byte.value &= mask;
	}
	return byte;
}

/* to = (to & ~clear) ^ (from & take): what holds bits of the source on both sides is in doubt */
static void copy_mark(struct sym *to, uint32_t clear, const struct sym *from, uint32_t take)
{
	uint8_t clears[4];
	uint8_t takes[4];

	memcpy(clears, &clear, sizeof(clears));
	memcpy(takes, &take, sizeof(takes));
	for (unsigned i = 0; i < 4; i++) {
		struct sym kept = masked(to[i], (uint8_t)~clears[i]);
		struct sym taken = masked(from[i], takes[i]);

		if (kept.kind == SYM_DOUBT || taken.kind == SYM_DOUBT) {
			to[i] = kept.kind == SYM_DOUBT ? kept : taken;
		} else if (kept.mask != 0 && taken.mask != 0) {
			to[i] = sym_doubt(FW_NOT_MODELLED);
		} else {
			to[i] = kept.mask != 0 ? kept : taken;
			to[i].value = kept.value ^ taken.value;
		}
	}
}

static enum xt_result target_mark(struct run *run, struct flow *flow, const struct fw_op *op)
{
	struct xt_mark_tginfo2 info;

	if (op->a.len < sizeof(info))
		return give_up(run, flow, op->name);
	memcpy(&info, op->a.data, sizeof(info));
	change_mark(flow->mark, info.mask, info.mark);
	return XT_CONTINUE;
}

/* Revision 2 may shift what it copies, which is not modelled; else it says the same. */
static bool read_connmark(const struct fw_op *op, struct xt_connmark_tginfo1 *out)
{
	struct xt_connmark_tginfo2 later;

	if (op->key == 1 && op->a.len >= sizeof(*out)) {
		memcpy(out, op->a.data, sizeof(*out));
		return true;
	}
	if (op->key != 2 || op->a.len < sizeof(later))
		return false;
	memcpy(&later, op->a.data, sizeof(later));
	*out = (struct xt_connmark_tginfo1){later.ctmark, later.ctmask, later.nfmask, later.mode};
	return later.shift_bits == 0;
}

static enum xt_result target_connmark(struct run *run, struct flow *flow, const struct fw_op *op)
{
	struct xt_connmark_tginfo1 info;

	if (!read_connmark(op, &info))
		return give_up(run, flow, op->name);
	if (flow->tracking != TRACK_NEW)
		return XT_CONTINUE;
	if (info.mode == XT_CONNMARK_SET) {
		change_mark(flow->ct_mark, info.ctmask, info.ctmark);
		return XT_CONTINUE;
	}
	if (info.mode == XT_CONNMARK_SAVE)
		copy_mark(flow->ct_mark, info.ctmask, flow->mark, info.nfmask);
	else if (info.mode == XT_CONNMARK_RESTORE)
		copy_mark(flow->mark, info.nfmask, flow->ct_mark, info.ctmask);
	else
		return give_up(run, flow, op->name);
	return XT_CONTINUE;
}

static enum xt_result target_ct(struct run *run, struct flow *flow, const struct fw_op *op)
{
	struct xt_ct_target_info info; /* the front of the later revisions is the same */

	if (op->a.len < sizeof(info))
		return give_up(run, flow, op->name);
	memcpy(&info, op->a.data, sizeof(info));
	if (flow->tracking != TRACK_NOT_YET)
		return XT_CONTINUE;
	if (info.flags & XT_CT_NOTRACK)
		flow->tracking = TRACK_UNTRACKED;
	else if (info.zone != 0 || info.flags != 0)
		return give_up(run, flow, op->name);
	return XT_CONTINUE;
}

static enum xt_result target_notrack(struct run *run, struct flow *flow, const struct fw_op *op)
{
	(void)run;
	(void)op;
	if (flow->tracking == TRACK_NOT_YET)
		flow->tracking = TRACK_UNTRACKED;
	return XT_CONTINUE;
}

static enum xt_result target_reject(struct run *run, struct flow *flow, const struct fw_op *op)
{
	(void)run;
	(void)flow;
	(void)op;
	return XT_REJECT;
}

static enum xt_result target_inert(struct run *run, struct flow *flow, const struct fw_op *op)
{
	(void)run;
	(void)flow;
	(void)op;
	return XT_CONTINUE;
}

#define ANY_REVISION UINT32_MAX

static const struct xt_target_kind {
	const char *name;
	uint32_t revision;
	enum xt_result (*run)(struct run *run, struct flow *flow, const struct fw_op *op);
} kinds[] = {
    {"DNAT", ANY_REVISION, target_dnat},
    {"SNAT", ANY_REVISION, target_snat},
    {"MASQUERADE", 0, target_snat},
    {"REDIRECT", 0, target_redirect},
    {"NETMAP", 0, target_netmap},
    {"REJECT", 0, target_reject},
    {"MARK", 2, target_mark},
    {"CONNMARK", ANY_REVISION, target_connmark},
    {"CT", ANY_REVISION, target_ct},
    {"NOTRACK", 0, target_notrack},
    {"LOG", 0, target_inert},
    {"NFLOG", 0, target_inert},
    {"AUDIT", 0, target_inert},
    {"TCPMSS", 0, target_inert},
    {"CHECKSUM", 0, target_inert},
    {"TRACE", 0, target_inert},
    {"CLASSIFY", 0, target_inert},
    {"DSCP", 0, target_inert},
    {"TOS", 1, target_inert},
};

enum xt_result xt_target(struct run *run, struct flow *flow, const struct fw_op *op)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if ((kinds[i].revision == ANY_REVISION || kinds[i].revision == op->key) &&
		    strcmp(kinds[i].name, op->name) == 0)
			return kinds[i].run(run, flow, op);
	}
	return give_up(run, flow, op->name);
}
