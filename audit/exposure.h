/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] One row of the table reachability: a way in, and for whom. The columns stand in the
 * probe's spec.
 */
#ifndef AUDIT_EXPOSURE_H
#define AUDIT_EXPOSURE_H

#include "audit/reached.h"

/* A first packet to the address, which is to be delivered there. Protocol and port are not set. */
struct reached_question exposure_question(struct world_namespace *entry, const struct fw_link *in,
					  int family, u128 address);

/*
 * The row. What is not known of those who could hold a conversation makes the table partial.
 * `path`: "input", "forward", "dnat to …", or "default", which is told as port 0.
 */
void exposure_put(struct host *host, const struct reached_question *question, const char *path,
		  const struct reached *reached);

#endif
