/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a rule reads of the packet: header bytes (net/netfilter/nft_payload.c), meta data
 * (nft_meta.c), the connection (nft_ct.c). Header fields that any sender may set as it likes are
 * doubts by choice.
 */
#include <endian.h>
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */

#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_tables.h>
#include <string.h>

#include "audit/firewall/run.h"

static void put_address(u128 address, int family, struct sym *out)
{
	unsigned len = inet_bits(family) / 8;

	for (unsigned i = 0; i < len; i++)
		out[i] = sym_const((uint8_t)(address >> (8 * (len - 1 - i))));
}

void load_source(const struct flow *flow, int family, struct sym *out)
{
	for (unsigned i = 0; i < inet_bits(family) / 8; i++)
		out[i] = flow->is_source_changed ? sym_doubt(FW_NOT_MODELLED)
						 : (struct sym){SYM_MASKED, (uint8_t)i, 0xff, 0};
}

/* The first bytes of the network header, without options. */
static size_t network_header(const struct run *run, const struct flow *flow, struct sym *out)
{
	bool is_ip4 = run->query->family == AF_INET;
	size_t len = is_ip4 ? 20 : 40;

	for (size_t i = 0; i < len; i++)
		out[i] = sym_doubt(FW_BY_CHOICE);
	/* IPv6 names the next header there, and the sender may put options before TCP or UDP */
	if (is_ip4)
		out[9] = sym_const(run->query->protocol);
	load_source(flow, run->query->family, &out[is_ip4 ? 12 : 8]);
	put_address(flow->daddr, run->query->family, &out[is_ip4 ? 16 : 24]);
	return len;
}

static void put_port(struct sym *out, int port)
{
	out[0] = port < 0 ? sym_doubt(FW_BY_CHOICE) : sym_const((uint8_t)(port >> 8));
	out[1] = port < 0 ? sym_doubt(FW_BY_CHOICE) : sym_const((uint8_t)port);
}

static size_t transport_header(const struct run *run, const struct flow *flow, struct sym *out)
{
	bool is_tcp = run->query->protocol == IPPROTO_TCP;
	size_t len = is_tcp ? 20 : 8;

	for (size_t i = 0; i < len; i++)
		out[i] = sym_doubt(FW_BY_CHOICE);
	put_port(out, run->query->sport);
	if (flow->is_source_changed) {
		out[0] = sym_doubt(FW_NOT_MODELLED);
		out[1] = sym_doubt(FW_NOT_MODELLED);
	}
	put_port(out + 2, flow->dport);
	if (is_tcp)
		out[13] = sym_const(run->query->tcp_flags);
	return len;
}

static size_t link_header(const struct run *run, struct sym *out)
{
	for (size_t i = 0; i < 12; i++)
		out[i] = sym_doubt(FW_NOT_MODELLED);
	out[12] = sym_const(run->query->family == AF_INET ? 0x08 : 0x86);
	out[13] = sym_const(run->query->family == AF_INET ? 0x00 : 0xdd);
	return 14;
}

void load_payload(struct run *run, const struct flow *flow, const struct fw_op *op, struct sym *out)
{
	struct sym header[40];
	size_t len = 0;

	if (op->key == NFT_PAYLOAD_NETWORK_HEADER)
		len = network_header(run, flow, header);
	else if (op->key == NFT_PAYLOAD_TRANSPORT_HEADER)
		len = transport_header(run, flow, header);
	else if (op->key == NFT_PAYLOAD_LL_HEADER && run->query->in->type == 1 /* ARPHRD_ETHER */)
		len = link_header(run, header);
	for (size_t i = 0; i < op->len; i++) {
		size_t at = op->offset + i;

		if (at < len)
			out[i] = header[at];
		else
			out[i] = sym_doubt(len ? FW_BY_CHOICE : FW_NOT_MODELLED);
	}
	sym_pad(out, op->len);
}

static void put_number(struct sym *out, uint32_t number)
{
	sym_bytes(out, &number, sizeof(number)); /* in the host's byte order */
}

static void put_byte(struct sym *out, uint8_t byte)
{
	out[0] = sym_const(byte);
	sym_pad(out, 1);
}

static void put_name(struct sym *out, const char *name)
{
	char padded[FW_NAME_BYTES] = "";

	if (name)
		memcpy(padded, name, strnlen(name, FW_NAME_BYTES));
	sym_bytes(out, padded, sizeof(padded));
}

static void put_doubts(struct sym *out, size_t len, enum fw_doubt doubt)
{
	for (size_t i = 0; i < len; i++)
		out[i] = sym_doubt(doubt);
}

/* Longest value that meta or ct put into a register. */
#define LONGEST 16

static uint8_t pf_of(const struct run *run)
{
	if (run->stage == FW_INGRESS && run->base->table->family == NFPROTO_NETDEV)
		return NFPROTO_NETDEV;
	return run->query->family == AF_INET ? NFPROTO_IPV4 : NFPROTO_IPV6;
}

static bool load_out(struct run *run, uint32_t key, struct sym *out)
{
	const struct fw_link *link = run->out;

	if (run->is_out_unknown || (key == NFT_META_OIFGROUP && !link)) {
		put_doubts(out, LONGEST, FW_NOT_MODELLED);
		return true;
	}
	switch (key) {
	case NFT_META_OIF:
		put_number(out, link ? (uint32_t)link->index : 0);
		return true;
	case NFT_META_OIFNAME:
		put_name(out, link ? link->name : NULL);
		return true;
	case NFT_META_OIFGROUP:
		put_number(out, link->group);
		return true;
	default:
		put_doubts(out, LONGEST, FW_NOT_MODELLED);
		return true;
	}
}

/* By a frame that is to many, or by one to this host alone: the sender does either. */
bool load_is_to_many(struct run *run)
{
	const struct fw_query *query = run->query;
	const struct addrtypes *types;

	if (addrtype_is_multicast(query->family, query->daddr))
		return true;
	if (query->family != AF_INET)
		return false;
	types = addrtype_all(run, NULL);
	return ranges_has(types->sets[RTN_BROADCAST], query->daddr);
}

bool load_meta(struct run *run, const struct flow *flow, const struct fw_op *op, struct sym *out)
{
	const struct fw_link *in = run->query->in;
	uint16_t type = in->type;
	/* nft_meta.c: in postrouting of a forwarded packet there still is an input device */
	switch (op->key) {
	case NFT_META_PROTOCOL:
		out[0] = sym_const(run->query->family == AF_INET ? 0x08 : 0x86);
		out[1] = sym_const(run->query->family == AF_INET ? 0x00 : 0xdd);
		sym_pad(out, 2);
		return true;
	case NFT_META_NFPROTO:
		put_byte(out, pf_of(run));
		return true;
	case NFT_META_L4PROTO:
		put_byte(out, run->query->protocol);
		return true;
	case NFT_META_MARK:
		memcpy(out, flow->mark, sizeof(flow->mark));
		return true;
	case NFT_META_IIF:
		put_number(out, (uint32_t)in->index);
		return true;
	case NFT_META_IIFNAME:
		put_name(out, in->name);
		return true;
	case NFT_META_IIFKIND:
		if (in->kind[0] == '\0')
			return false; /* no rtnl_link_ops: the kernel breaks */
		put_name(out, in->kind);
		return true;
	case NFT_META_IIFTYPE:
		sym_bytes(out, &type, sizeof(type));
		sym_pad(out, sizeof(type));
		return true;
	case NFT_META_IIFGROUP:
		put_number(out, in->group);
		return true;
	case NFT_META_PKTTYPE:
		if (load_is_to_many(run))
			put_doubts(out, LONGEST, FW_NOT_MODELLED);
		else
			put_byte(out, 0); /* PACKET_HOST: sent to this host's hardware address */
		return true;
	case NFT_META_SKUID:
	case NFT_META_SKGID:
	case NFT_META_CGROUP:
		/* a first packet has no socket, but for a UDP one that waits for just that source
		 */
		if (run->stage != FW_INPUT || run->query->protocol == IPPROTO_TCP)
			return false;
		put_doubts(out, LONGEST, FW_NOT_MODELLED);
		return true;
	case NFT_META_OIF:
	case NFT_META_OIFNAME:
	case NFT_META_OIFGROUP:
		return load_out(run, op->key, out);
	case NFT_META_LEN:
		put_doubts(out, LONGEST, FW_BY_CHOICE);
		return true;
	case NFT_META_CPU:
	case NFT_META_PRANDOM:
	case NFT_META_TIME_NS:
	case NFT_META_TIME_DAY:
	case NFT_META_TIME_HOUR:
		put_doubts(out, LONGEST, FW_BY_TIME);
		return true;
	default:
		put_doubts(out, LONGEST, FW_NOT_MODELLED);
		return true;
	}
}

uint32_t load_state_bits(const struct flow *flow)
{
	switch (flow->tracking) {
	case TRACK_NEW:
		return NF_CT_STATE_BIT(IP_CT_NEW);
	case TRACK_UNTRACKED:
		return NF_CT_STATE_UNTRACKED_BIT;
	case TRACK_NOT_YET:
	case TRACK_INVALID:
	default:
		return NF_CT_STATE_INVALID_BIT;
	}
}

/* Addresses and ports of the connection: as the first packet had them, or as a reply would. */
static bool load_tuple(struct run *run, const struct fw_op *op, struct sym *out)
{
	bool is_reply = op->offset == 1U + 1U; /* IP_CT_DIR_REPLY, one up */
	int family = run->query->family;

	if (op->offset == 0 || is_reply) {
		put_doubts(out, LONGEST, FW_NOT_MODELLED);
		return true;
	}
	switch (op->key) {
	case NFT_CT_SRC_IP:
	case NFT_CT_SRC_IP6:
	case NFT_CT_SRC:
		if ((op->key == NFT_CT_SRC_IP && family != AF_INET) ||
		    (op->key == NFT_CT_SRC_IP6 && family != AF_INET6))
			return false;
		for (unsigned i = 0; i < inet_bits(family) / 8; i++)
			out[i] = (struct sym){SYM_MASKED, (uint8_t)i, 0xff, 0};
		return true;
	case NFT_CT_DST_IP:
	case NFT_CT_DST_IP6:
	case NFT_CT_DST:
		if ((op->key == NFT_CT_DST_IP && family != AF_INET) ||
		    (op->key == NFT_CT_DST_IP6 && family != AF_INET6))
			return false;
		put_address(run->query->daddr, family, out);
		return true;
	case NFT_CT_PROTO_SRC:
		put_port(out, run->query->sport);
		sym_pad(out, 2);
		return true;
	case NFT_CT_PROTO_DST:
		put_port(out, run->query->dport);
		sym_pad(out, 2);
		return true;
	default:
		put_doubts(out, LONGEST, FW_NOT_MODELLED);
		return true;
	}
}

/* Bits of enum ip_conntrack_status that are known of a connection's first packet. */
static void put_status(const struct flow *flow, struct sym *out)
{
	put_doubts(out, 4, FW_NOT_MODELLED);
	/* the low byte: expected, seen reply, assured, confirmed, source and destination changed */
	if (!flow->has_snat_setup && __BYTE_ORDER == __LITTLE_ENDIAN)
		out[0] = sym_const(flow->is_dnat ? IPS_DST_NAT : 0);
}

bool load_ct(struct run *run, const struct flow *flow, const struct fw_op *op, struct sym *out)
{
	if (op->key == NFT_CT_STATE) {
		put_number(out, load_state_bits(flow));
		return true;
	}
	if (flow->tracking != TRACK_NEW)
		return false;
	switch (op->key) {
	case NFT_CT_DIRECTION:
		put_byte(out, 0);
		return true;
	case NFT_CT_STATUS:
		put_status(flow, out);
		return true;
	case NFT_CT_MARK:
		memcpy(out, flow->ct_mark, sizeof(flow->ct_mark));
		return true;
	case NFT_CT_L3PROTOCOL:
		put_byte(out, run->query->family == AF_INET ? NFPROTO_IPV4 : NFPROTO_IPV6);
		return true;
	case NFT_CT_PROTOCOL:
		put_byte(out, run->query->protocol);
		return true;
	default:
		return load_tuple(run, op, out);
	}
}
