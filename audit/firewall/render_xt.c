/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Matches of xtables in nft's words, as iptables-translate(8) has them (iptables: extensions/,
 * …_xlate()). A blob of another revision or size is not touched.
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/xt_addrtype.h>
#include <linux/netfilter/xt_connmark.h>
#include <linux/netfilter/xt_conntrack.h>
#include <linux/netfilter/xt_iprange.h>
#include <linux/netfilter/xt_limit.h>
#include <linux/netfilter/xt_mac.h>
#include <linux/netfilter/xt_mark.h>
#include <linux/netfilter/xt_multiport.h>
#include <linux/netfilter/xt_owner.h>
#include <linux/netfilter/xt_pkttype.h>
#include <linux/netfilter/xt_state.h>
#include <linux/netfilter/xt_tcpudp.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netfilter_ipv6/ip6_tables.h>

#include "audit/firewall/render_xt.h"
#include "lib/inet.h"
#include "lib/own.h"

struct buf *xt_text_part(const struct xt_text *at, bool *has_any)
{
	if (*has_any)
		buf_text(at->out, " ");
	*has_any = true;
	return at->out;
}

const char *xt_text_unequal(bool is_inverted)
{
	return is_inverted ? "!= " : "";
}

void xt_text_address(struct buf *out, int family, const void *bytes)
{
	char text[INET_TEXT_SIZE];

	buf_text(out, inet_text(family, inet_number(bytes, inet_bits(family) / 8), text));
}

int xt_text_family(const struct xt_text *at)
{
	return at->render->family == NFPROTO_IPV6 ? AF_INET6 : AF_INET;
}

const char *xt_text_family_word(const struct xt_text *at)
{
	return xt_text_family(at) == AF_INET6 ? "ip6" : "ip";
}

void xt_text_ports(struct buf *out, uint16_t first, uint16_t last)
{
	buf_printf(out, "%u", first);
	if (last != first)
		buf_printf(out, "-%u", last);
}

static bool is_every_port(const uint16_t *range, bool is_inverted)
{
	return range[0] == 0 && range[1] == 0xffff && !is_inverted;
}

static void put_comment(const struct xt_text *at)
{
	(void)at; /* a comment matches, and says nothing here: it is the rule's */
}

static void put_ports_of(const struct xt_text *at, const char *words, const uint16_t *range,
			 bool is_inverted, bool *has_any)
{
	if (is_every_port(range, is_inverted))
		return;
	buf_printf(xt_text_part(at, has_any), "%s %s", words, xt_text_unequal(is_inverted));
	xt_text_ports(at->out, range[0], range[1]);
}

static void put_tcp(const struct xt_text *at)
{
	struct xt_tcp info;
	bool has_any = false;

	memcpy(&info, at->info, sizeof(info));
	put_ports_of(at, "tcp sport", info.spts, info.invflags & XT_TCP_INV_SRCPT, &has_any);
	put_ports_of(at, "tcp dport", info.dpts, info.invflags & XT_TCP_INV_DSTPT, &has_any);
	if (info.option)
		buf_printf(xt_text_part(at, &has_any), "tcp option %u %s", info.option,
			   info.invflags & XT_TCP_INV_OPTION ? "missing" : "exists");
	if (info.flg_mask == 0 && !(info.invflags & XT_TCP_INV_FLAGS))
		return;
	buf_printf(xt_text_part(at, &has_any), "tcp flags %s",
		   xt_text_unequal(info.invflags & XT_TCP_INV_FLAGS));
	render_flags(at->out, TYPE_TCP_FLAG, info.flg_cmp, ",");
	buf_text(at->out, " / ");
	render_flags(at->out, TYPE_TCP_FLAG, info.flg_mask, ",");
}

static void put_udp(const struct xt_text *at)
{
	struct xt_udp info;
	bool has_any = false;

	memcpy(&info, at->info, sizeof(info));
	put_ports_of(at, "udp sport", info.spts, info.invflags & XT_UDP_INV_SRCPT, &has_any);
	put_ports_of(at, "udp dport", info.dpts, info.invflags & XT_UDP_INV_DSTPT, &has_any);
}

/* "tcp", or "th" if the rule has not said which. */
static const char *transport_word(const struct xt_text *at)
{
	return render_protocol_name(
	    render_protocol_at(at->render, 2 /* NFT_PAYLOAD_TRANSPORT_HEADER */, 0));
}

static void put_multiport(const struct xt_text *at)
{
	static const char *const words[] = {"sport", "dport", "port"};
	struct xt_multiport_v1 info;
	bool is_either; /* nft has no words for that */
	bool is_one;
	const char *join;

	memcpy(&info, at->info, sizeof(info));
	is_either = info.flags >= XT_MULTIPORT_EITHER;
	is_one = info.count == 1 || (info.count == 2 && info.pflags[0]);
	join = is_one ? "" : "{ ";
	buf_printf(at->out, "%s%s %s %s", is_either ? "[ " : "", transport_word(at),
		   info.flags < ARRAY_LEN(words) ? words[info.flags] : "?",
		   xt_text_unequal(info.invert));
	for (unsigned i = 0; i < info.count && i < XT_MULTI_PORTS; i++) {
		uint16_t first = info.ports[i];
		uint16_t last = first;

		if (info.pflags[i] && i + 1 < XT_MULTI_PORTS)
			last = info.ports[++i];
		buf_text(at->out, join);
		xt_text_ports(at->out, first, last);
		join = ", ";
	}
	buf_printf(at->out, "%s%s", is_one ? "" : " }", is_either ? " ]" : "");
}

static void put_iprange(const struct xt_text *at)
{
	struct xt_iprange_mtinfo info;
	bool has_any = false;

	memcpy(&info, at->info, sizeof(info));
	if (info.flags & IPRANGE_SRC) {
		buf_printf(xt_text_part(at, &has_any), "%s saddr %s", xt_text_family_word(at),
			   xt_text_unequal(info.flags & IPRANGE_SRC_INV));
		xt_text_address(at->out, xt_text_family(at), &info.src_min);
		buf_text(at->out, "-");
		xt_text_address(at->out, xt_text_family(at), &info.src_max);
	}
	if (info.flags & IPRANGE_DST) {
		buf_printf(xt_text_part(at, &has_any), "%s daddr %s", xt_text_family_word(at),
			   xt_text_unequal(info.flags & IPRANGE_DST_INV));
		xt_text_address(at->out, xt_text_family(at), &info.dst_min);
		buf_text(at->out, "-");
		xt_text_address(at->out, xt_text_family(at), &info.dst_max);
	}
}

/* Types as bits: one is written as it is, several as a set. */
static void put_types(struct buf *out, uint16_t types)
{
	bool is_one = (types & (types - 1)) == 0;
	const char *join = is_one ? "" : "{ ";

	for (unsigned type = 0; type < 16; type++) {
		const char *name = render_symbol(TYPE_FIB_ADDR, type);

		if (!(types >> type & 1))
			continue;
		buf_text(out, join);
		if (name)
			buf_text(out, name);
		else
			buf_printf(out, "%u", type);
		join = ", ";
	}
	buf_text(out, is_one ? "" : " }");
}

static void put_addrtype(const struct xt_text *at)
{
	struct xt_addrtype_info_v1 info;
	const char *link = "";
	bool has_any = false;

	memcpy(&info, at->info, sizeof(info));
	if (info.flags & XT_ADDRTYPE_LIMIT_IFACE_IN)
		link = " . iif";
	else if (info.flags & XT_ADDRTYPE_LIMIT_IFACE_OUT)
		link = " . oif";
	if (info.source) {
		buf_printf(xt_text_part(at, &has_any), "fib saddr%s type %s", link,
			   xt_text_unequal(info.flags & XT_ADDRTYPE_INVERT_SOURCE));
		put_types(at->out, info.source);
	}
	if (info.dest) {
		buf_printf(xt_text_part(at, &has_any), "fib daddr%s type %s", link,
			   xt_text_unequal(info.flags & XT_ADDRTYPE_INVERT_DEST));
		put_types(at->out, info.dest);
	}
}

static void put_mark_of(const struct xt_text *at, const char *words,
			const struct xt_mark_mtinfo1 *info)
{
	if (info->mask == UINT32_MAX)
		buf_printf(at->out, "%s %s0x%08x", words, xt_text_unequal(info->invert),
			   info->mark);
	else
		buf_printf(at->out, "%s & 0x%08x %s 0x%08x", words, info->mask,
			   info->invert ? "!=" : "==", info->mark);
}

static void put_mark(const struct xt_text *at)
{
	struct xt_mark_mtinfo1 info;

	memcpy(&info, at->info, sizeof(info));
	put_mark_of(at, "meta mark", &info);
}

static void put_connmark(const struct xt_text *at)
{
	struct xt_connmark_mtinfo1 connmark;
	struct xt_mark_mtinfo1 info;

	memcpy(&connmark, at->info, sizeof(connmark));
	info = (struct xt_mark_mtinfo1){connmark.mark, connmark.mask, connmark.invert};
	put_mark_of(at, "ct mark", &info);
}

static void put_pkttype(const struct xt_text *at)
{
	const char *name;
	struct xt_pkttype_info info;

	memcpy(&info, at->info, sizeof(info));
	name = render_symbol(TYPE_PKTTYPE, (uint64_t)(unsigned)info.pkttype);
	buf_printf(at->out, "meta pkttype %s%s", xt_text_unequal(info.invert), name ? name : "?");
}

static void put_mac(const struct xt_text *at)
{
	struct xt_mac_info info;
	struct value_format format = {.type = TYPE_ETHERADDR};

	memcpy(&info, at->info, sizeof(info));
	buf_printf(at->out, "ether saddr %s", xt_text_unequal(info.invert));
	render_value(at->out, &format,
		     (struct span){(const char *)info.srcaddr, sizeof(info.srcaddr)});
}

/* The time between two packets as packets a time, as iptables-save(8) has it. */
static void put_limit(const struct xt_text *at)
{
	static const struct {
		const char *name;
		uint32_t seconds;
	} units[] = {{"day", 86400}, {"hour", 3600}, {"minute", 60}, {"second", 1}};
	struct xt_rateinfo info;
	size_t unit = 0;

	memcpy(&info, at->info, sizeof(info));
	if (info.avg == 0) {
		buf_text(at->out, "[ limit ]");
		return;
	}
	while (unit + 1 < ARRAY_LEN(units) &&
	       (info.avg > units[unit].seconds * XT_LIMIT_SCALE ||
		units[unit].seconds * XT_LIMIT_SCALE / info.avg * info.avg !=
		    units[unit].seconds * XT_LIMIT_SCALE ||
		units[unit].seconds * XT_LIMIT_SCALE / info.avg >
		    units[unit].seconds / units[unit + 1].seconds))
		unit++;
	buf_printf(at->out, "limit rate %u/%s", units[unit].seconds * XT_LIMIT_SCALE / info.avg,
		   units[unit].name);
	if (info.burst != 5)
		buf_printf(at->out, " burst %u packets", info.burst);
}

static void put_icmp_of(const struct xt_text *at, const char *word, uint8_t type_of_type,
			uint8_t type_of_code)
{
	struct ipt_icmp info; /* ip6t_icmp has the same layout */
	struct value_format format = {.type = type_of_type};
	bool is_inverted;

	memcpy(&info, at->info, sizeof(info));
	is_inverted = info.invflags & IPT_ICMP_INV;
	if (info.type == 0xff) { /* any */
		buf_printf(at->out, "meta l4proto %s%s", xt_text_unequal(is_inverted), word);
		return;
	}
	buf_printf(at->out, "%s type %s", word, xt_text_unequal(is_inverted));
	render_value(at->out, &format, (struct span){(const char *)&info.type, 1});
	if (info.code[0] == 0 && info.code[1] == 0xff)
		return;
	format.type = type_of_code;
	buf_printf(at->out, " %s code %s", word, xt_text_unequal(is_inverted));
	render_range(at->out, &format, (struct span){(const char *)&info.code[0], 1},
		     (struct span){(const char *)&info.code[1], 1});
}

static void put_icmp(const struct xt_text *at)
{
	put_icmp_of(at, "icmp", TYPE_ICMP_TYPE, TYPE_ICMP_CODE);
}

static void put_icmp6(const struct xt_text *at)
{
	put_icmp_of(at, "icmpv6", TYPE_ICMP6_TYPE, TYPE_ICMPV6_CODE);
}

static void put_owner(const struct xt_text *at)
{
	struct xt_owner_match_info info;
	bool has_any = false;

	memcpy(&info, at->info, sizeof(info));
	if (info.match & XT_OWNER_UID)
		buf_printf(xt_text_part(at, &has_any),
			   info.uid_min == info.uid_max ? "meta skuid %s%u" : "meta skuid %s%u-%u",
			   xt_text_unequal(info.invert & XT_OWNER_UID), info.uid_min, info.uid_max);
	if (info.match & XT_OWNER_GID)
		buf_printf(xt_text_part(at, &has_any),
			   info.gid_min == info.gid_max ? "meta skgid %s%u" : "meta skgid %s%u-%u",
			   xt_text_unequal(info.invert & XT_OWNER_GID), info.gid_min, info.gid_max);
	if (info.match & (XT_OWNER_SOCKET | XT_OWNER_SUPPL_GROUPS))
		buf_text(xt_text_part(at, &has_any), "[ owner ]");
}

static const struct xt_words {
	const char *name;
	uint32_t revision;
	size_t size;
	void (*put)(const struct xt_text *at);
} kinds[] = {
    {"comment", 0, 0, put_comment},
    {"tcp", 0, sizeof(struct xt_tcp), put_tcp},
    {"udp", 0, sizeof(struct xt_udp), put_udp},
    {"multiport", 1, sizeof(struct xt_multiport_v1), put_multiport},
    {"iprange", 1, sizeof(struct xt_iprange_mtinfo), put_iprange},
    {"addrtype", 1, sizeof(struct xt_addrtype_info_v1), put_addrtype},
    {"conntrack", 3, sizeof(struct xt_conntrack_mtinfo3), xt_text_conntrack},
    {"state", 0, sizeof(struct xt_state_info), xt_text_state},
    {"mark", 1, sizeof(struct xt_mark_mtinfo1), put_mark},
    {"connmark", 1, sizeof(struct xt_connmark_mtinfo1), put_connmark},
    {"pkttype", 0, sizeof(struct xt_pkttype_info), put_pkttype},
    {"mac", 0, sizeof(struct xt_mac_info), put_mac},
    {"limit", 0, sizeof(struct xt_rateinfo), put_limit},
    {"icmp", 0, sizeof(struct ipt_icmp), put_icmp},
    {"icmp6", 0, sizeof(struct ip6t_icmp), put_icmp6},
    {"owner", 1, sizeof(struct xt_owner_match_info), put_owner},
};

bool render_xt_match(struct render *render, struct buf *out, const struct fw_op *op)
{
	const struct xt_text at = {render, out, op->a.data};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (kinds[i].revision != op->key || strcmp(kinds[i].name, op->name) != 0 ||
		    op->a.len < kinds[i].size)
			continue;
		kinds[i].put(&at);
		return true;
	}
	return false;
}
