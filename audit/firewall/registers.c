/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Operations that fill registers, change them and compare them (net/netfilter/nft_immediate.c,
 * nft_payload.c, nft_bitwise.c, nft_byteorder.c, nft_cmp.c, nft_range.c, nft_meta.c, nft_ct.c).
 */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */
#include <string.h>

#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/execution.h"
#include "lib/own.h"

void op_immediate(struct execution *exec, const struct fw_op *op)
{
	sym_bytes(&exec->registers[op->dreg], op->a.data, op->a.len);
	sym_pad(&exec->registers[op->dreg], op->a.len);
}

void op_payload(struct execution *exec, const struct fw_op *op)
{
	load_payload(exec->run, &exec->flow, op, &exec->registers[op->dreg]);
}

/* Fields that nothing later looks at (TTL, DSCP) may be set; addresses and ports may not. */
void op_payload_set(struct execution *exec, const struct fw_op *op)
{
	bool is_ip4 = exec->run->query->family == AF_INET;
	unsigned limit = is_ip4 ? 9 : 6;

	if (op->key == NFT_PAYLOAD_NETWORK_HEADER && op->offset + op->len <= limit)
		return;
	if (op->key == NFT_PAYLOAD_NETWORK_HEADER && !is_ip4 && op->offset == 7 && op->len == 1)
		return;
	exec_give_up(exec, FW_NOT_MODELLED, "a rule that rewrites the packet");
}

void op_cmp(struct execution *exec, const struct fw_op *op)
{
	static const uint8_t lowest[FW_REGISTER_BYTES];
	uint8_t highest[FW_REGISTER_BYTES];
	const struct sym *at = &exec->registers[op->sreg];
	const void *value = op->a.data;
	struct match match;

	memset(highest, 0xff, sizeof(highest));
	switch (op->key) {
	case NFT_CMP_EQ:
	case NFT_CMP_NEQ:
		match = match_within(exec->run, &exec->flow, at, op->a.len, value, value);
		break;
	case NFT_CMP_LT:
	case NFT_CMP_GTE: /* not less */
		match =
		    match_not(match_within(exec->run, &exec->flow, at, op->a.len, value, highest));
		break;
	default:
		match = match_within(exec->run, &exec->flow, at, op->a.len, lowest, value);
		break;
	}
	if (op->key == NFT_CMP_NEQ || op->key == NFT_CMP_GTE || op->key == NFT_CMP_GT)
		match = match_not(match);
	exec_match(exec, match);
}

void op_range(struct execution *exec, const struct fw_op *op)
{
	struct match match = match_within(exec->run, &exec->flow, &exec->registers[op->sreg],
					  op->a.len, op->a.data, op->b.data);

	exec_match(exec, op->key == NFT_RANGE_NEQ ? match_not(match) : match);
}

void op_bitwise(struct execution *exec, const struct fw_op *op)
{
	for (unsigned i = 0; i < op->len; i++) {
		struct sym byte = exec->registers[op->sreg + i];
		uint8_t mask = (uint8_t)op->a.data[i];
		uint8_t flip = (uint8_t)op->b.data[i];

		if (byte.kind == SYM_MASKED) {
			byte.mask &= mask;
			byte.value = (uint8_t)((byte.value & mask) ^ flip);
		} else if (mask == 0) {
			byte = sym_const(flip);
		}
		exec->registers[op->dreg + i] = byte;
	}
}

void op_shift(struct execution *exec, const struct fw_op *op)
{
	struct sym *out = &exec->registers[op->dreg];
	uint32_t value;
	uint32_t count;

	memcpy(&count, op->a.data, sizeof(count));
	if (op->len == 4 && count < 32 && sym_is_const(&exec->registers[op->sreg], 4)) {
		sym_read(&exec->registers[op->sreg], 4, &value);
		value = op->key == NFT_BITWISE_LSHIFT ? value << count : value >> count;
		sym_bytes(out, &value, sizeof(value));
		return;
	}
	for (unsigned i = 0; i < op->len; i++)
		out[i] = sym_doubt(FW_NOT_MODELLED);
}

void op_byteorder(struct execution *exec, const struct fw_op *op)
{
	struct sym bytes[FW_REGISTER_BYTES];
	bool swaps = __BYTE_ORDER == __LITTLE_ENDIAN;

	memcpy(bytes, &exec->registers[op->sreg], op->len * sizeof(bytes[0]));
	for (unsigned i = 0; i < op->len; i++) {
		unsigned within = i % op->offset;

		exec->registers[op->dreg + i] =
		    swaps ? bytes[i - within + op->offset - 1 - within] : bytes[i];
	}
}

void op_meta(struct execution *exec, const struct fw_op *op)
{
	struct sym loaded[16] = {{0}};
	size_t room = FW_REGISTER_BYTES - op->dreg;

	if (!load_meta(exec->run, &exec->flow, op, loaded)) {
		exec_break(exec);
		return;
	}
	memcpy(&exec->registers[op->dreg], loaded,
	       (room < ARRAY_LEN(loaded) ? room : ARRAY_LEN(loaded)) * sizeof(loaded[0]));
}

void op_ct(struct execution *exec, const struct fw_op *op)
{
	struct sym loaded[16] = {{0}};
	size_t room = FW_REGISTER_BYTES - op->dreg;

	if (!load_ct(exec->run, &exec->flow, op, loaded)) {
		exec_break(exec);
		return;
	}
	memcpy(&exec->registers[op->dreg], loaded,
	       (room < ARRAY_LEN(loaded) ? room : ARRAY_LEN(loaded)) * sizeof(loaded[0]));
}

void op_meta_set(struct execution *exec, const struct fw_op *op)
{
	switch (op->key) {
	case NFT_META_MARK:
		if (op->sreg + 4 <= FW_REGISTER_BYTES)
			memcpy(exec->flow.mark, &exec->registers[op->sreg],
			       sizeof(exec->flow.mark));
		break;
	case NFT_META_PRIORITY:
	case NFT_META_NFTRACE:
	case NFT_META_SECMARK:
		break;
	default:
		exec_give_up(exec, FW_NOT_MODELLED,
			     "a rule that sets what the model does not have");
		break;
	}
}

void op_ct_set(struct execution *exec, const struct fw_op *op)
{
	if (op->key == NFT_CT_MARK && op->sreg + 4 <= FW_REGISTER_BYTES) {
		if (exec->flow.tracking == TRACK_NEW)
			memcpy(exec->flow.ct_mark, &exec->registers[op->sreg],
			       sizeof(exec->flow.ct_mark));
	} else if (op->key != NFT_CT_LABELS && op->key != NFT_CT_EVENTMASK &&
		   op->key != NFT_CT_SECMARK) {
		exec_give_up(exec, FW_NOT_MODELLED,
			     "a rule that sets what the model does not have");
	}
}
