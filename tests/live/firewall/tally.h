/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often each kind of expression had its part in an answer that the kernel was asked about. It
 * counts too few rather than too many: see tally.c.
 */
#ifndef TESTS_LIVE_FIREWALL_TALLY_H
#define TESTS_LIVE_FIREWALL_TALLY_H

#include "lab.h"

#define TALLY_ENOUGH 1000U

/* The answer must have its steps. */
void tally_add(const struct fw_answer *answer, const struct lab_probe *probes, unsigned count);

void tally_print(void);
/* Those of which there were fewer than TALLY_ENOUGH. */
void tally_print_rare(void);

#endif
