/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The expressions of a rule to operations. Each is a name and a nest of attributes; what the
 * kernel adds to one later (an attribute that is not known here) makes it an unknown operation.
 */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

#include "audit/firewall/expressions.h"
#include "lib/own.h"

/* A register's number as the offset of its first byte. */
uint8_t decode_register(const struct nlattr *attribute)
{
	uint32_t number = attribute_u32(attribute, UINT32_MAX);

	if (number >= NFT_REG_1 && number <= NFT_REG_4)
		return (uint8_t)((number - NFT_REG_1) * 16);
	if (number >= NFT_REG32_00 && number <= NFT_REG32_15)
		return (uint8_t)((number - NFT_REG32_00) * 4);
	return FW_NO_REGISTER;
}

struct span decode_copy(struct fw_ruleset *ruleset, struct span span)
{
	return (struct span){arena_text(ruleset->arena, span), span.len};
}

bool ruleset_decode_data(struct fw_ruleset *ruleset, const struct nlattr *nest, struct span *value,
			 struct fw_verdict *verdict, bool *is_verdict)
{
	struct attributes data;
	struct attributes parts;

	attributes_of_nest(&data, nest, NFTA_DATA_VERDICT);
	*is_verdict = data.at[NFTA_DATA_VERDICT] != NULL;
	if (!*is_verdict) {
		*value = decode_copy(ruleset, attribute_span(data.at[NFTA_DATA_VALUE]));
		return value->len > 0 && value->len <= FW_REGISTER_BYTES;
	}
	attributes_of_nest(&parts, data.at[NFTA_DATA_VERDICT], NFTA_VERDICT_CHAIN);
	verdict->code = (int32_t)attribute_u32(parts.at[NFTA_VERDICT_CODE], INT32_MAX);
	if (parts.at[NFTA_VERDICT_CHAIN])
		verdict->chain_name = attribute_text(ruleset->arena, parts.at[NFTA_VERDICT_CHAIN]);
	return !parts.has_unknown;
}

/* One value attribute; its kind must not be a verdict. */
static bool value_of(struct fw_ruleset *ruleset, const struct nlattr *nest, struct span *out)
{
	struct fw_verdict verdict;
	bool is_verdict;

	return nest && ruleset_decode_data(ruleset, nest, out, &verdict, &is_verdict) &&
	       !is_verdict;
}

static bool fits(uint8_t offset, size_t len)
{
	return offset != FW_NO_REGISTER && len > 0 && offset + len <= FW_REGISTER_BYTES;
}

void decode_note_tracking(struct fw_ruleset *ruleset, const struct fw_rule *rule)
{
	uint8_t family = rule->chain->table->family;

	ruleset->tracks_ip4 |= family == NFPROTO_IPV4 || family == NFPROTO_INET;
	ruleset->tracks_ip6 |= family == NFPROTO_IPV6 || family == NFPROTO_INET;
}

static bool read_immediate(const struct place *at)
{
	struct fw_op *op = at->op;
	bool is_verdict = false;

	if (!ruleset_decode_data(at->ruleset, at->all->at[NFTA_IMMEDIATE_DATA], &op->a,
				 &op->verdict, &is_verdict))
		return false;
	op->type = is_verdict ? FW_VERDICT : FW_IMMEDIATE;
	op->dreg = decode_register(at->all->at[NFTA_IMMEDIATE_DREG]);
	op->len = (uint8_t)op->a.len;
	return is_verdict || fits(op->dreg, op->len);
}

static bool read_payload(const struct place *at)
{
	const struct attributes *all = at->all;
	struct fw_op *op = at->op;
	uint32_t len = attribute_u32(all->at[NFTA_PAYLOAD_LEN], 0);

	op->key = attribute_u32(all->at[NFTA_PAYLOAD_BASE], UINT32_MAX);
	op->offset = attribute_u32(all->at[NFTA_PAYLOAD_OFFSET], UINT32_MAX);
	op->len = (uint8_t)len;
	op->dreg = decode_register(all->at[NFTA_PAYLOAD_DREG]);
	op->sreg = decode_register(all->at[NFTA_PAYLOAD_SREG]);
	op->type = op->sreg == FW_NO_REGISTER ? FW_PAYLOAD : FW_PAYLOAD_SET;
	return len <= FW_REGISTER_BYTES && op->offset < 0x10000 &&
	       (op->type == FW_PAYLOAD_SET || fits(op->dreg, len));
}

static bool read_cmp(const struct place *at)
{
	struct fw_op *op = at->op;

	op->type = FW_CMP;
	op->sreg = decode_register(at->all->at[NFTA_CMP_SREG]);
	op->key = attribute_u32(at->all->at[NFTA_CMP_OP], UINT32_MAX);
	return value_of(at->ruleset, at->all->at[NFTA_CMP_DATA], &op->a) &&
	       op->key <= NFT_CMP_GTE && fits(op->sreg, op->a.len);
}

static bool read_range(const struct place *at)
{
	struct fw_op *op = at->op;

	op->type = FW_RANGE;
	op->sreg = decode_register(at->all->at[NFTA_RANGE_SREG]);
	op->key = attribute_u32(at->all->at[NFTA_RANGE_OP], UINT32_MAX);
	return value_of(at->ruleset, at->all->at[NFTA_RANGE_FROM_DATA], &op->a) &&
	       value_of(at->ruleset, at->all->at[NFTA_RANGE_TO_DATA], &op->b) &&
	       op->a.len == op->b.len && op->key <= NFT_RANGE_NEQ && fits(op->sreg, op->a.len);
}

static bool read_bitwise(const struct place *at)
{
	struct fw_op *op = at->op;
	uint32_t len = attribute_u32(at->all->at[NFTA_BITWISE_LEN], 0);

	op->sreg = decode_register(at->all->at[NFTA_BITWISE_SREG]);
	op->dreg = decode_register(at->all->at[NFTA_BITWISE_DREG]);
	op->len = (uint8_t)len;
	op->key = attribute_u32(at->all->at[NFTA_BITWISE_OP], NFT_BITWISE_MASK_XOR);
	if (len > FW_REGISTER_BYTES || !fits(op->sreg, len) || !fits(op->dreg, len))
		return false;
	if (op->key == NFT_BITWISE_MASK_XOR) {
		op->type = FW_BITWISE;
		return value_of(at->ruleset, at->all->at[NFTA_BITWISE_MASK], &op->a) &&
		       value_of(at->ruleset, at->all->at[NFTA_BITWISE_XOR], &op->b) &&
		       op->a.len == len && op->b.len == len;
	}
	op->type = FW_SHIFT;
	return op->key <= NFT_BITWISE_RSHIFT &&
	       value_of(at->ruleset, at->all->at[NFTA_BITWISE_DATA], &op->a) && op->a.len == 4;
}

static bool read_byteorder(const struct place *at)
{
	struct fw_op *op = at->op;
	uint32_t len = attribute_u32(at->all->at[NFTA_BYTEORDER_LEN], 0);

	op->type = FW_BYTEORDER;
	op->sreg = decode_register(at->all->at[NFTA_BYTEORDER_SREG]);
	op->dreg = decode_register(at->all->at[NFTA_BYTEORDER_DREG]);
	op->offset = attribute_u32(at->all->at[NFTA_BYTEORDER_SIZE], 0);
	op->len = (uint8_t)len;
	return len <= FW_REGISTER_BYTES && fits(op->sreg, len) && fits(op->dreg, len) &&
	       (op->offset == 2 || op->offset == 4 || op->offset == 8) && len % op->offset == 0;
}

static bool read_meta(const struct place *at)
{
	struct fw_op *op = at->op;

	op->key = attribute_u32(at->all->at[NFTA_META_KEY], UINT32_MAX);
	op->dreg = decode_register(at->all->at[NFTA_META_DREG]);
	op->sreg = decode_register(at->all->at[NFTA_META_SREG]);
	op->type = op->sreg == FW_NO_REGISTER ? FW_META : FW_META_SET;
	return op->type == FW_META_SET || op->dreg != FW_NO_REGISTER;
}

static bool read_ct(const struct place *at)
{
	struct fw_op *op = at->op;

	decode_note_tracking(at->ruleset, at->rule);
	op->key = attribute_u32(at->all->at[NFTA_CT_KEY], UINT32_MAX);
	op->dreg = decode_register(at->all->at[NFTA_CT_DREG]);
	op->sreg = decode_register(at->all->at[NFTA_CT_SREG]);
	op->offset = attribute_u8(at->all->at[NFTA_CT_DIRECTION], 0xfe) + 1U;
	if (!at->all->at[NFTA_CT_DIRECTION])
		op->offset = 0;
	op->type = op->sreg == FW_NO_REGISTER ? FW_CT : FW_CT_SET;
	return op->type == FW_CT_SET || op->dreg != FW_NO_REGISTER;
}

static bool read_lookup(const struct place *at)
{
	struct fw_op *op = at->op;

	op->type = FW_LOOKUP;
	op->set_name = attribute_text(at->ruleset->arena, at->all->at[NFTA_LOOKUP_SET]);
	op->sreg = decode_register(at->all->at[NFTA_LOOKUP_SREG]);
	op->dreg = decode_register(at->all->at[NFTA_LOOKUP_DREG]);
	op->flags = attribute_u32(at->all->at[NFTA_LOOKUP_FLAGS], 0);
	/* a verdict map's destination is the verdict register, number 0: nothing of ours */
	op->key = at->all->at[NFTA_LOOKUP_DREG] ? FW_LOOKUP_MAP : FW_LOOKUP_SET;
	return op->sreg != FW_NO_REGISTER && op->flags <= NFT_LOOKUP_F_INV;
}

static bool read_dynset(const struct place *at)
{
	struct fw_op *op = at->op;

	op->type = FW_DYNSET;
	op->set_name = attribute_text(at->ruleset->arena, at->all->at[NFTA_DYNSET_SET_NAME]);
	op->key = attribute_u32(at->all->at[NFTA_DYNSET_OP], UINT32_MAX);
	op->sreg = decode_register(at->all->at[NFTA_DYNSET_SREG_KEY]);
	op->reg[0] = decode_register(at->all->at[NFTA_DYNSET_SREG_DATA]);
	return true;
}

static bool read_fib(const struct place *at)
{
	struct fw_op *op = at->op;

	op->type = FW_FIB;
	op->dreg = decode_register(at->all->at[NFTA_FIB_DREG]);
	op->key = attribute_u32(at->all->at[NFTA_FIB_RESULT], UINT32_MAX);
	op->flags = attribute_u32(at->all->at[NFTA_FIB_FLAGS], UINT32_MAX);
	return op->dreg != FW_NO_REGISTER;
}

static const struct decoder {
	const char *name;
	unsigned last; /* the last attribute that is known */
	bool (*read)(const struct place *at);
} decoders[] = {
    {"immediate", NFTA_IMMEDIATE_DATA, read_immediate},
    {"payload", NFTA_PAYLOAD_CSUM_FLAGS, read_payload},
    {"cmp", NFTA_CMP_DATA, read_cmp},
    {"range", NFTA_RANGE_TO_DATA, read_range},
    {"bitwise", NFTA_BITWISE_DATA, read_bitwise},
    {"byteorder", NFTA_BYTEORDER_SIZE, read_byteorder},
    {"meta", NFTA_META_SREG, read_meta},
    {"ct", NFTA_CT_SREG, read_ct},
    {"lookup", NFTA_LOOKUP_FLAGS, read_lookup},
    {"dynset", NFTA_DYNSET_EXPRESSIONS, read_dynset},
    {"fib", NFTA_FIB_FLAGS, read_fib},
    {"reject", NFTA_REJECT_ICMP_CODE, decode_reject},
    {"notrack", 0, decode_notrack},
    {"nat", NFTA_NAT_FLAGS, decode_nat},
    {"masq", NFTA_MASQ_REG_PROTO_MAX, decode_masquerade},
    {"redir", NFTA_REDIR_FLAGS, decode_redirect},
    {"counter", NFTA_COUNTER_PAD, decode_inert},
    {"log", NFTA_LOG_FLAGS, decode_inert},
    {"last", NFTA_LAST_PAD, decode_inert},
    {"limit", NFTA_LIMIT_PAD, decode_temporal},
    {"quota", NFTA_QUOTA_CONSUMED, decode_temporal},
    {"connlimit", NFTA_CONNLIMIT_FLAGS, decode_tracking_temporal},
    {"flow_offload", NFTA_FLOW_TABLE_NAME, decode_tracking_temporal},
    {"objref", NFTA_OBJREF_SET_ID, decode_object},
    {"dup", NFTA_DUP_SREG_DEV, decode_inert},
    {"numgen", NFTA_NG_OFFSET, decode_numgen},
    {"hash", NFTA_HASH_TYPE, decode_hash},
    {"rt", NFTA_RT_KEY, decode_rt},
    {"socket", NFTA_SOCKET_LEVEL, decode_socket},
    {"exthdr", NFTA_EXTHDR_SREG, decode_exthdr},
    {"match", NFTA_MATCH_INFO, decode_xt},
    {"target", NFTA_TARGET_INFO, decode_xt},
};

/* Words of what the model makes something else of, or nothing, lie beside what it runs. */
static void show_expression(const struct place *at, const struct nlattr *data)
{
	struct fw_op shown = *at->op;
	struct place place = *at;

	place.op = &shown;
	if (shown.type == FW_HASH || shown.type == FW_EXTHDR)
		shown.type = FW_LOAD_UNKNOWN;
	else if (shown.type == FW_LOOKUP && shown.key == FW_LOOKUP_OBJECT)
		shown.type = FW_UNKNOWN;
	if (!describe_expression(&place, data))
		return;
	at->op->shown = arena_alloc(at->ruleset->arena, 1, sizeof(shown));
	*at->op->shown = shown;
}

static void read_expression(struct fw_ruleset *ruleset, const struct fw_rule *rule,
			    const struct nlattr *expression, struct fw_op *op)
{
	struct place place = {ruleset, rule, NULL, op};
	struct attributes outer;
	struct attributes inner;

	attributes_of_nest(&outer, expression, NFTA_EXPR_DATA);
	*op = (struct fw_op){.type = FW_UNKNOWN, .sreg = FW_NO_REGISTER, .dreg = FW_NO_REGISTER};
	memset(op->reg, FW_NO_REGISTER, sizeof(op->reg));
	op->name = attribute_text(ruleset->arena, outer.at[NFTA_EXPR_NAME]);
	for (size_t i = 0; i < ARRAY_LEN(decoders); i++) {
		if (strcmp(decoders[i].name, op->name) != 0)
			continue;
		attributes_of_nest(&inner, outer.at[NFTA_EXPR_DATA], decoders[i].last);
		place.all = &inner;
		if (!decoders[i].read(&place) || inner.has_unknown || outer.has_unknown)
			op->type = FW_UNKNOWN;
		break;
	}
	show_expression(&place, outer.at[NFTA_EXPR_DATA]);
}

static size_t count_nested(struct span list)
{
	size_t count = 0;

	while (attribute_next(&list))
		count++;
	return count;
}

void ruleset_decode_expressions(struct fw_ruleset *ruleset, struct fw_rule *rule,
				const struct nlattr *list)
{
	struct span rest = attribute_span(list);
	size_t count = count_nested(rest);
	const struct nlattr *at;

	if (count > FW_MAX_OPS_PER_RULE) {
		ruleset->incomplete = "a rule has too many expressions";
		count = FW_MAX_OPS_PER_RULE;
	}
	rule->ops = arena_alloc(ruleset->arena, count, sizeof(*rule->ops));
	while (rule->op_count < count && (at = attribute_next(&rest)))
		read_expression(ruleset, rule, at, &rule->ops[rule->op_count++]);
}
