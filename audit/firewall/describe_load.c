/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of expressions that load a value, for the loads that the model knows nothing of. */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/datatypes.h"
#include "audit/firewall/describe.h"
#include "lib/own.h"

static void loads(struct fw_op *op, uint8_t type, uint8_t len, bool is_host_order)
{
	op->key = type;
	op->len = len;
	op->flags = is_host_order;
}

static void put_offset(struct buf *out, uint32_t offset)
{
	if (offset)
		buf_printf(out, " offset %u", offset);
}

void describe_numgen(const struct place *at, struct buf *out)
{
	const struct attributes *all = at->all;

	buf_printf(out, "numgen %s mod %u",
		   attribute_u32(all->at[NFTA_NG_TYPE], 0) == NFT_NG_RANDOM ? "random" : "inc",
		   attribute_u32(all->at[NFTA_NG_MODULUS], 0));
	put_offset(out, attribute_u32(all->at[NFTA_NG_OFFSET], 0));
	loads(at->op, TYPE_INTEGER, 4, true);
}

/* What is hashed stands before these words: see render_described(). */
void describe_hash(const struct place *at, struct buf *out)
{
	const struct attributes *all = at->all;
	uint32_t seed = attribute_u32(all->at[NFTA_HASH_SEED], 0);
	uint32_t modulus = attribute_u32(all->at[NFTA_HASH_MODULUS], 0);
	uint32_t offset = attribute_u32(all->at[NFTA_HASH_OFFSET], 0);

	loads(at->op, TYPE_INTEGER, 4, true);
	if (attribute_u32(all->at[NFTA_HASH_TYPE], NFT_HASH_JENKINS) == NFT_HASH_SYM) {
		buf_printf(out, "symhash mod %u", modulus);
		put_offset(out, offset);
		return;
	}
	at->op->sreg = decode_register(all->at[NFTA_HASH_SREG]);
	at->op->len = (uint8_t)attribute_u32(all->at[NFTA_HASH_LEN], 0);
	buf_printf(out, " mod %u", modulus);
	if (all->at[NFTA_HASH_SEED])
		buf_printf(out, " seed 0x%x", seed);
	put_offset(out, offset);
}

void describe_rt(const struct place *at, struct buf *out)
{
	static const struct {
		const char *name;
		uint8_t type;
		uint8_t len;
		bool is_host_order;
	} keys[] = {
	    [NFT_RT_CLASSID] = {"rt classid", TYPE_REALM, 4, true},
	    [NFT_RT_NEXTHOP4] = {"rt ip nexthop", TYPE_IPADDR, 4, false},
	    [NFT_RT_NEXTHOP6] = {"rt ip6 nexthop", TYPE_IP6ADDR, 16, false},
	    [NFT_RT_TCPMSS] = {"rt mtu", TYPE_INTEGER, 2, true},
	    [NFT_RT_XFRM] = {"rt ipsec", TYPE_BOOLEAN, 1, true},
	};
	uint32_t key = attribute_u32(at->all->at[NFTA_RT_KEY], UINT32_MAX);

	if (key >= ARRAY_LEN(keys)) {
		buf_text(out, "[ rt ]");
		loads(at->op, TYPE_HEX, 4, false);
		return;
	}
	buf_text(out, keys[key].name);
	loads(at->op, keys[key].type, keys[key].len, keys[key].is_host_order);
}

void describe_socket(const struct place *at, struct buf *out)
{
	switch (attribute_u32(at->all->at[NFTA_SOCKET_KEY], UINT32_MAX)) {
	case NFT_SOCKET_TRANSPARENT:
		buf_text(out, "socket transparent");
		loads(at->op, TYPE_INTEGER, 1, true);
		break;
	case NFT_SOCKET_MARK:
		buf_text(out, "socket mark");
		loads(at->op, TYPE_MARK, 4, true);
		break;
	case NFT_SOCKET_WILDCARD:
		buf_text(out, "socket wildcard");
		loads(at->op, TYPE_INTEGER, 1, true);
		break;
	case NFT_SOCKET_CGROUPV2:
		buf_printf(out, "socket cgroupv2 level %u",
			   attribute_u32(at->all->at[NFTA_SOCKET_LEVEL], 0));
		loads(at->op, TYPE_CGROUPV2, 8, true);
		break;
	default:
		buf_text(out, "[ socket ]");
		loads(at->op, TYPE_HEX, 4, false);
		break;
	}
}

/* Extension headers of IPv6, options of IPv4 and TCP, and their fields (nftables: src/exthdr.c). */
static const struct extension {
	uint32_t op;   /* NFT_EXTHDR_OP_… */
	uint32_t kind; /* header or option */
	uint32_t offset;
	uint32_t len; /* 0: the thing itself, whether it is there */
	uint8_t type;
	const char *name;
} extensions[] = {
    {NFT_EXTHDR_OP_IPV6, IPPROTO_HOPOPTS, 0, 0, 0, "exthdr hbh"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_HOPOPTS, 0, 1, TYPE_INET_PROTOCOL, "hbh nexthdr"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_ROUTING, 0, 0, 0, "exthdr rt"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_ROUTING, 0, 1, TYPE_INET_PROTOCOL, "rt nexthdr"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_ROUTING, 1, 1, TYPE_INTEGER, "rt hdrlength"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_ROUTING, 2, 1, TYPE_INTEGER, "rt type"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_ROUTING, 3, 1, TYPE_INTEGER, "rt seg-left"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_FRAGMENT, 0, 0, 0, "exthdr frag"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_FRAGMENT, 0, 1, TYPE_INET_PROTOCOL, "frag nexthdr"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_FRAGMENT, 4, 4, TYPE_INTEGER, "frag id"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_DSTOPTS, 0, 0, 0, "exthdr dst"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_DSTOPTS, 0, 1, TYPE_INET_PROTOCOL, "dst nexthdr"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_MH, 0, 0, 0, "exthdr mh"},
    {NFT_EXTHDR_OP_IPV6, IPPROTO_MH, 2, 1, TYPE_INTEGER, "mh type"},
    {NFT_EXTHDR_OP_TCPOPT, 2, 0, 0, 0, "tcp option maxseg"},
    {NFT_EXTHDR_OP_TCPOPT, 2, 2, 2, TYPE_INTEGER, "tcp option maxseg size"},
    {NFT_EXTHDR_OP_TCPOPT, 3, 0, 0, 0, "tcp option window"},
    {NFT_EXTHDR_OP_TCPOPT, 3, 2, 1, TYPE_INTEGER, "tcp option window count"},
    {NFT_EXTHDR_OP_TCPOPT, 4, 0, 0, 0, "tcp option sack-perm"},
    {NFT_EXTHDR_OP_TCPOPT, 5, 0, 0, 0, "tcp option sack"},
    {NFT_EXTHDR_OP_TCPOPT, 8, 0, 0, 0, "tcp option timestamp"},
    {NFT_EXTHDR_OP_TCPOPT, 8, 2, 4, TYPE_INTEGER, "tcp option timestamp tsval"},
    {NFT_EXTHDR_OP_TCPOPT, 8, 6, 4, TYPE_INTEGER, "tcp option timestamp tsecr"},
    {NFT_EXTHDR_OP_TCPOPT, 19, 0, 0, 0, "tcp option md5sig"},
    {NFT_EXTHDR_OP_TCPOPT, 30, 0, 0, 0, "tcp option mptcp"},
    {NFT_EXTHDR_OP_TCPOPT, 34, 0, 0, 0, "tcp option fastopen"},
    {NFT_EXTHDR_OP_IPV4, 7, 0, 0, 0, "ip option rr"},
    {NFT_EXTHDR_OP_IPV4, 131, 0, 0, 0, "ip option lsrr"},
    {NFT_EXTHDR_OP_IPV4, 137, 0, 0, 0, "ip option ssrr"},
    {NFT_EXTHDR_OP_IPV4, 148, 0, 0, 0, "ip option ra"},
};

static void put_other(struct buf *out, uint32_t op, uint32_t kind)
{
	if (op == NFT_EXTHDR_OP_TCPOPT)
		buf_printf(out, "tcp option %u", kind);
	else
		buf_printf(out, "[ exthdr %u %u ]", op, kind);
}

static const struct extension *find_extension(uint32_t op, uint32_t kind, uint32_t offset,
					      uint32_t len)
{
	for (size_t i = 0; i < ARRAY_LEN(extensions); i++) {
		const struct extension *each = &extensions[i];

		if (each->op == op && each->kind == kind && each->len == len &&
		    (len == 0 || each->offset == offset))
			return each;
	}
	return NULL;
}

/* Loads from one register, sets from another, or "reset tcp option fastopen" with neither. */
void describe_exthdr(const struct place *at, struct buf *out)
{
	const struct attributes *all = at->all;
	uint32_t op = attribute_u32(all->at[NFTA_EXTHDR_OP], NFT_EXTHDR_OP_IPV6);
	uint32_t kind = attribute_u8(all->at[NFTA_EXTHDR_TYPE], 0);
	uint32_t offset = attribute_u32(all->at[NFTA_EXTHDR_OFFSET], 0);
	uint32_t len = attribute_u32(all->at[NFTA_EXTHDR_LEN], 0);
	bool is_reset = !all->at[NFTA_EXTHDR_DREG] && !all->at[NFTA_EXTHDR_SREG];
	bool is_whole =
	    is_reset || (attribute_u32(all->at[NFTA_EXTHDR_FLAGS], 0) & NFT_EXTHDR_F_PRESENT);
	const struct extension *found = find_extension(op, kind, offset, is_whole ? 0 : len);

	buf_text(out, is_reset ? "reset " : "");
	if (found)
		buf_text(out, found->name);
	else
		put_other(out, op, kind);
	if (!found && !is_whole)
		buf_printf(out, " @%u,%u", offset * 8, len * 8);
	at->op->sreg = decode_register(all->at[NFTA_EXTHDR_SREG]);
	at->op->offset = op == NFT_EXTHDR_OP_IPV6 ? NFPROTO_IPV6 : NFPROTO_UNSPEC;
	if (is_whole)
		loads(at->op, TYPE_BOOLEAN, 1, true);
	else
		loads(at->op, found ? found->type : TYPE_HEX,
		      len <= FW_REGISTER_BYTES ? (uint8_t)len : 4, false);
}

void describe_osf(const struct place *at, struct buf *out)
{
	at->op->dreg = decode_register(at->all->at[NFTA_OSF_DREG]);
	buf_text(out, "osf name");
	loads(at->op, TYPE_STRING, 16, false);
}
