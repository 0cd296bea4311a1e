/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random choice of what to ask, from what the ruleset mentions and what the lab has. */
#ifndef TESTS_LIVE_FIREWALL_CHOOSE_H
#define TESTS_LIVE_FIREWALL_CHOOSE_H

#include "constants.h"
#include "lab.h"

/* One packet but for its source. `family_wanted` 0: either. */
void choose_query(const struct lab *lab, const struct fw_host *host,
		  const struct constants *constants, int family_wanted, struct fw_query *query,
		  unsigned *link);

/* Links with the ruleset's own names: perhaps one towards the container, the others outside. */
void choose_links(const struct constants *constants, struct lab_plan *plan);

/* Sysctls of the lab's eth0. */
void choose_settings(const struct lab *lab);

#endif
