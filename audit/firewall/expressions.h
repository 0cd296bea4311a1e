/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files that decode expressions. */
#ifndef AUDIT_FIREWALL_EXPRESSIONS_H
#define AUDIT_FIREWALL_EXPRESSIONS_H

#include "audit/firewall/attributes.h"
#include "audit/firewall/ruleset.h"

/* Where a decoder puts what it read: false makes the operation an unknown one. */
struct place {
	struct fw_ruleset *ruleset;
	const struct fw_rule *rule;
	const struct attributes *all;
	struct fw_op *op;
};

/* A register's number as the offset of its first byte. */
uint8_t decode_register(const struct nlattr *attribute);
struct span decode_copy(struct fw_ruleset *ruleset, struct span span);
/* The rule makes the kernel track the connections of its table's family. */
void decode_note_tracking(struct fw_ruleset *ruleset, const struct fw_rule *rule);

/* statements.c */
bool decode_reject(const struct place *at);
bool decode_notrack(const struct place *at);
bool decode_nat(const struct place *at);
bool decode_masquerade(const struct place *at);
bool decode_redirect(const struct place *at);
bool decode_inert(const struct place *at);
bool decode_object(const struct place *at);
/* FW_INERT, FW_TEMPORAL or FW_UNKNOWN */
enum fw_op_type decode_object_type(uint32_t type);
bool decode_tracking_temporal(const struct place *at);
bool decode_temporal(const struct place *at);
bool decode_numgen(const struct place *at);
bool decode_hash(const struct place *at);
bool decode_rt(const struct place *at);
bool decode_socket(const struct place *at);
bool decode_exthdr(const struct place *at);
bool decode_xt(const struct place *at);

/* describe.c */
bool describe_expression(const struct place *at, const struct nlattr *data);

#endif
