/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel's own account of one packet: nftrace, as `nft monitor trace` prints it. */
#ifndef TESTS_LIVE_FIREWALL_TRACE_H
#define TESTS_LIVE_FIREWALL_TRACE_H

#include "lab.h"

/* Sends the packet again and prints its way, a line for each rule, as TAP comments. */
void trace_packet(struct lab *lab, unsigned link, const struct fw_query *query,
		  const struct lab_probe *probe);

#endif
