/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions that do something, or that ask another part of the kernel: see expressions.c. */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/xt_CT.h>
#include <string.h>

#include "audit/firewall/expressions.h"
#include "lib/own.h"

bool decode_reject(const struct place *at)
{
	at->op->type = FW_REJECT;
	at->op->key = attribute_u32(at->all->at[NFTA_REJECT_TYPE], UINT32_MAX);
	at->op->flags = attribute_u8(at->all->at[NFTA_REJECT_ICMP_CODE], 0);
	return true;
}

bool decode_notrack(const struct place *at)
{
	at->op->type = FW_NOTRACK;
	return true;
}

bool decode_nat(const struct place *at)
{
	static const uint16_t types[] = {NFTA_NAT_REG_ADDR_MIN, NFTA_NAT_REG_ADDR_MAX,
					 NFTA_NAT_REG_PROTO_MIN, NFTA_NAT_REG_PROTO_MAX};
	struct fw_op *op = at->op;

	decode_note_tracking(at->ruleset, at->rule);
	op->type = FW_NAT;
	op->key = attribute_u32(at->all->at[NFTA_NAT_TYPE], UINT32_MAX);
	op->offset = attribute_u32(at->all->at[NFTA_NAT_FAMILY], UINT32_MAX);
	op->flags = attribute_u32(at->all->at[NFTA_NAT_FLAGS], 0);
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		op->reg[i] = decode_register(at->all->at[types[i]]);
	return op->key <= NFT_NAT_DNAT;
}

bool decode_masquerade(const struct place *at)
{
	struct fw_op *op = at->op;

	decode_note_tracking(at->ruleset, at->rule);
	op->type = FW_MASQUERADE;
	op->flags = attribute_u32(at->all->at[NFTA_MASQ_FLAGS], 0);
	op->reg[2] = decode_register(at->all->at[NFTA_MASQ_REG_PROTO_MIN]);
	op->reg[3] = decode_register(at->all->at[NFTA_MASQ_REG_PROTO_MAX]);
	return true;
}

bool decode_redirect(const struct place *at)
{
	struct fw_op *op = at->op;

	decode_note_tracking(at->ruleset, at->rule);
	op->type = FW_REDIRECT;
	op->flags = attribute_u32(at->all->at[NFTA_REDIR_FLAGS], 0);
	op->reg[2] = decode_register(at->all->at[NFTA_REDIR_REG_PROTO_MIN]);
	op->reg[3] = decode_register(at->all->at[NFTA_REDIR_REG_PROTO_MAX]);
	return true;
}

bool decode_inert(const struct place *at)
{
	at->op->type = FW_INERT;
	return true;
}

/* Which kind of object tells what may come of it (net/netfilter/nft_objref.c). */
enum fw_op_type decode_object_type(uint32_t type)
{
	switch (type) {
	case NFT_OBJECT_COUNTER:
	case NFT_OBJECT_CT_HELPER:
	case NFT_OBJECT_CT_TIMEOUT:
	case NFT_OBJECT_SECMARK:
		return FW_INERT;
	case NFT_OBJECT_QUOTA:
	case NFT_OBJECT_LIMIT:
	case NFT_OBJECT_CONNLIMIT:
		return FW_TEMPORAL;
	default:
		return FW_UNKNOWN;
	}
}

/* A named object, or the one that a map has for a key; a key without one ends the rule. */
bool decode_object(const struct place *at)
{
	struct fw_op *op = at->op;

	if (!at->all->at[NFTA_OBJREF_SET_SREG]) {
		op->type = decode_object_type(
		    attribute_u32(at->all->at[NFTA_OBJREF_IMM_TYPE], NFT_OBJECT_UNSPEC));
		return op->type != FW_UNKNOWN;
	}
	op->type = FW_LOOKUP;
	op->key = FW_LOOKUP_OBJECT;
	op->sreg = decode_register(at->all->at[NFTA_OBJREF_SET_SREG]);
	op->set_name = attribute_text(at->ruleset->arena, at->all->at[NFTA_OBJREF_SET_NAME]);
	return op->sreg != FW_NO_REGISTER;
}

/* Those that make the kernel track connections: a limit of connections, a flow table. */
bool decode_tracking_temporal(const struct place *at)
{
	decode_note_tracking(at->ruleset, at->rule);
	at->op->type = FW_TEMPORAL;
	return true;
}

bool decode_temporal(const struct place *at)
{
	at->op->type = FW_TEMPORAL;
	return true;
}

/* numgen, hash and others that only put a value into a register, which is NFTA_…_DREG. */
static bool read_load(const struct place *at, unsigned dreg, enum fw_op_type type)
{
	at->op->type = type;
	at->op->dreg = decode_register(at->all->at[dreg]);
	return at->op->dreg != FW_NO_REGISTER;
}

bool decode_numgen(const struct place *at)
{
	at->op->key = attribute_u32(at->all->at[NFTA_NG_MODULUS], 0);
	at->op->offset = attribute_u32(at->all->at[NFTA_NG_OFFSET], 0);
	return read_load(at, NFTA_NG_DREG, FW_LOAD_TEMPORAL);
}

bool decode_hash(const struct place *at)
{
	struct fw_op *op = at->op;
	uint32_t len = attribute_u32(at->all->at[NFTA_HASH_LEN], 0);

	op->key = attribute_u32(at->all->at[NFTA_HASH_MODULUS], 0);
	op->offset = attribute_u32(at->all->at[NFTA_HASH_OFFSET], 0);
	op->flags = attribute_u32(at->all->at[NFTA_HASH_TYPE], NFT_HASH_JENKINS);
	op->sreg = decode_register(at->all->at[NFTA_HASH_SREG]);
	op->len = (uint8_t)(len < FW_REGISTER_BYTES ? len : FW_REGISTER_BYTES);
	return read_load(at, NFTA_HASH_DREG, FW_HASH);
}

bool decode_rt(const struct place *at)
{
	return read_load(at, NFTA_RT_DREG, FW_LOAD_UNKNOWN);
}

bool decode_socket(const struct place *at)
{
	return read_load(at, NFTA_SOCKET_DREG, FW_LOAD_UNKNOWN);
}

bool decode_exthdr(const struct place *at)
{
	uint32_t len;

	if (at->all->at[NFTA_EXTHDR_SREG])
		return false;
	if (!at->all->at[NFTA_EXTHDR_DREG]) { /* `reset tcp option`: nothing that a match sees */
		at->op->type = FW_INERT;
		return true;
	}
	at->op->key = attribute_u32(at->all->at[NFTA_EXTHDR_OP], NFT_EXTHDR_OP_IPV6);
	at->op->flags = attribute_u32(at->all->at[NFTA_EXTHDR_FLAGS], 0);
	len = attribute_u32(at->all->at[NFTA_EXTHDR_LEN], FW_REGISTER_BYTES);
	at->op->len = (uint8_t)(len < FW_REGISTER_BYTES ? len : FW_REGISTER_BYTES);
	return read_load(at, NFTA_EXTHDR_DREG, FW_EXTHDR);
}

/* xt modules that call nf_ct_netns_get() when a rule with them is added. */
static bool is_xt_tracking(const struct fw_op *op)
{
	static const char *const names[] = {"conntrack", "state",       "connmark", "CONNMARK",
					    "connlimit", "connbytes",   "helper",   "connlabel",
					    "cluster",   "CONNSECMARK", "DNAT",     "SNAT",
					    "NETMAP",    "MASQUERADE",  "REDIRECT", "SYNPROXY"};
	struct xt_ct_target_info ct;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(op->name, names[i]) == 0)
			return true;
	}
	if (strcmp(op->name, "CT") != 0 || op->a.len < sizeof(ct))
		return false;
	memcpy(&ct, op->a.data, sizeof(ct));
	return !(ct.flags & XT_CT_NOTRACK);
}

bool decode_xt(const struct place *at)
{
	struct fw_op *op = at->op;

	/* the attributes of matches and targets have the same numbers */
	op->type = strcmp(op->name, "match") == 0 ? FW_XT_MATCH : FW_XT_TARGET;
	op->name = attribute_text(at->ruleset->arena, at->all->at[NFTA_MATCH_NAME]);
	op->key = attribute_u32(at->all->at[NFTA_MATCH_REV], UINT32_MAX);
	op->a = decode_copy(at->ruleset, attribute_span(at->all->at[NFTA_MATCH_INFO]));
	if (is_xt_tracking(op))
		decode_note_tracking(at->ruleset, at->rule);
	return true;
}
