/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three network namespaces of the test's own: `outside` -- host -- `container`, and packets with
 * any source from outside into the host. What arrives locally is read by raw sockets, which sit
 * behind the input hook; what is forwarded is read where it comes out. No link resolves neighbours
 * and nothing outside the host has an address, so nobody answers and makes state.
 *
 * To make a lab takes longer than to fire thousands of packets in it, so labs are kept and used
 * again, with another ruleset, for as long as the names of the links are the same.
 */
#ifndef TESTS_LIVE_FIREWALL_LAB_H
#define TESTS_LIVE_FIREWALL_LAB_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "audit/firewall/host.h"
#include "audit/firewall/ruleset.h"
#include "audit/firewall/walk.h"

#define LAB_MAX_LINKS 6 /* one less towards outside */
#define LAB_MAX_PROBES 4096
#define LAB_MARKER_PROTOCOL 0x88b5 /* ETH_P_802_EX1: for experiments */
#define LAB_NAME 16                /* IFNAMSIZ */

enum lab_end { LAB_ARRIVED_NOWHERE, LAB_ARRIVED_LOCAL, LAB_ARRIVED_FORWARDED };

struct lab_probe {
	u128 source;
	enum lab_end end;
	u128 daddr; /* as it arrived; 0 where the socket does not tell */
	uint16_t dport;
};

/* What tells one lab from another: the links of the host. */
struct lab_plan {
	char links[LAB_MAX_LINKS][LAB_NAME]; /* towards outside; [0] is eth0 */
	unsigned link_count;
	char container_link[LAB_NAME];
	bool is_bridge; /* the container hangs on a bridge of that name, as Docker has it */
};

struct lab {
	int home; /* network namespaces */
	int outside;
	int host;
	int container;
	struct lab_plan plan;
	unsigned char ethernet[LAB_MAX_LINKS][12]; /* destination and source */
	int injectors[LAB_MAX_LINKS];
	int marker_out; /* a link of its own, see marker_passed() */
	int marker_in;
	int captures[8]; /* sockets that read what arrived */
	unsigned capture_count;
	int flusher;
	uint32_t generation; /* tells the packets of one volley from those of the last */
	unsigned last_used;
};

/* A lab of this plan, without any rules. Exits with a message when the kernel refuses. */
struct lab *lab_for(const struct lab_plan *plan);

/* Runs a command in the host namespace; its status. `input` becomes its standard input. */
int lab_run(const struct lab *lab, const char *input, const char *const *argv);
void lab_write_setting(const struct lab *lab, const char *name, int value);

/* The host's links, those towards outside and then the container's: packets come in by any. */
const char *lab_input(const struct lab *lab, unsigned link);

/* Sends a packet from each probe's source and says where it ended. */
void lab_volley(struct lab *lab, unsigned link, const struct fw_query *query,
		struct lab_probe *probes, unsigned count, unsigned patience_ms);

/* Forgets all connections, so that each packet is a first one. */
void lab_flush_connections(const struct lab *lab);

/* dump.c: the host namespace's ruleset and the rest, by netlink. */
void lab_dump(const struct lab *lab, struct fw_ruleset *ruleset, struct fw_host *host);

/*
 * Links that have just come up get their carrier, their IPv6 address and the routes to their
 * addresses a moment later: has that happened?
 */
bool lab_is_settled(const struct fw_host *host);

/* A new file; `path` ends in XXXXXX, see mkstemp(3). */
FILE *lab_temporary(char *path);

_Noreturn void lab_fail(const char *what);
void lab_enter(int namespace);

#endif
