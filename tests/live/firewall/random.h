/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rulesets made up with rand(), to be seeded by the caller. */
#ifndef TESTS_LIVE_FIREWALL_RANDOM_H
#define TESTS_LIVE_FIREWALL_RANDOM_H

#include <stdio.h>

void random_ruleset(FILE *out);

#endif
