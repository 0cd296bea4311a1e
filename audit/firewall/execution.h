/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One rule on one flow: registers, the operation at hand, and where the flow goes next.
 */
#ifndef AUDIT_FIREWALL_EXECUTION_H
#define AUDIT_FIREWALL_EXECUTION_H

#include "audit/firewall/run.h"

struct results {
	struct flow *next;     /* on to the next rule */
	struct flow *accepted; /* done with the base chain */
	struct flow *returned; /* on in the calling chain */
};

/* One rule on one flow. */
struct execution {
	struct run *run;
	const struct fw_rule *rule;
	unsigned at; /* the operation */
	struct flow flow;
	struct sym registers[FW_REGISTER_BYTES];
	struct results *results;
	bool is_done;
};

/* rules.c: the ways out of a rule */
void exec_break(struct execution *exec);
void exec_match(struct execution *exec, struct match match);
void exec_accept(struct execution *exec);
void exec_end(struct execution *exec, enum fw_fate fate);
void exec_give_up(struct execution *exec, enum fw_doubt doubt, const char *reason);
void exec_verdict(struct execution *exec, const struct fw_verdict *verdict);
/* The rest of the rule for some of the sources, with a copy of everything. */
void exec_fork(const struct execution *exec, struct ranges sources, struct execution *out);
/* From exec->at to the end of the rule, or until the flow has left it. */
void exec_go_on(struct execution *exec);

/* registers.c: loads, changes of registers and comparisons */
void op_immediate(struct execution *exec, const struct fw_op *op);
void op_payload(struct execution *exec, const struct fw_op *op);
void op_payload_set(struct execution *exec, const struct fw_op *op);
void op_cmp(struct execution *exec, const struct fw_op *op);
void op_range(struct execution *exec, const struct fw_op *op);
void op_bitwise(struct execution *exec, const struct fw_op *op);
void op_shift(struct execution *exec, const struct fw_op *op);
void op_byteorder(struct execution *exec, const struct fw_op *op);
void op_meta(struct execution *exec, const struct fw_op *op);
void op_ct(struct execution *exec, const struct fw_op *op);
void op_meta_set(struct execution *exec, const struct fw_op *op);
void op_ct_set(struct execution *exec, const struct fw_op *op);

/* fib.c */
void op_fib(struct execution *exec, const struct fw_op *op);

/* operations.c: a load of four bytes in the host's order, or of what is not known */
void exec_put_number(struct execution *exec, const struct fw_op *op, uint32_t number);
void exec_load_doubt(struct execution *exec, const struct fw_op *op, enum fw_doubt doubt);

/* by its type */
void op_run(struct execution *exec, const struct fw_op *op);

#endif
