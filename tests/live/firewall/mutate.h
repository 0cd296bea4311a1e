/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rulesets that are a little different from one that is there, by rand(), seeded by the caller. */
#ifndef TESTS_LIVE_FIREWALL_MUTATE_H
#define TESTS_LIVE_FIREWALL_MUTATE_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Reads a ruleset as text and writes it with one to four changes: rules dropped, doubled, swapped,
 * negated, with another number, address, verdict, priority or policy. It may not load any more.
 * False: there is nothing in it to change.
 */
bool mutate(FILE *in, FILE *out, bool is_nft);

#endif
