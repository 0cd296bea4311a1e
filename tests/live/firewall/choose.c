/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random choice of what to ask: see choose.h. */
#include "choose.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "lib/own.h"

static u128 some_destination(const struct constants *constants, int family)
{
	static const char *const ip4[] = {"192.0.2.1",     "192.0.2.1",       "172.17.0.1",
					  "172.17.0.2",    "127.0.0.1",       "192.0.2.255",
					  "198.51.100.77", "255.255.255.255", "10.91.0.1"};
	static const char *const ip6[] = {
	    "2001:db8:1::1",  "2001:db8:1::1",    "fd00:17::1", "fd00:17::2",
	    "2001:db8:91::1", "2001:db8:ffff::9", "::1"};
	const char *text = family == AF_INET ? ip4[(unsigned)rand() % ARRAY_LEN(ip4)]
					     : ip6[(unsigned)rand() % ARRAY_LEN(ip6)];
	struct err err;
	u128 address = 0;
	int parsed;

	if (rand() % 5 == 0)
		return constants_address(constants, family);
	(void)!inet_parse(span_of(text), &parsed, &address, &err);
	return address;
}

void choose_query(const struct lab *lab, const struct fw_host *host,
		  const struct constants *constants, int family_wanted, struct fw_query *query,
		  unsigned *link)
{
	/* no two volleys have connections in common, so that few need to be forgotten in between */
	*query = (struct fw_query){.sport = 40000 + (int)(lab->generation % 20000)};
	query->family = family_wanted ? family_wanted : rand() % 3 ? AF_INET : AF_INET6;
	*link = rand() % 2 ? 0 : (unsigned)rand() % (lab->plan.link_count + 1);
	query->in = host_link_named(host, lab_input(lab, *link));
	query->protocol = rand() % 4 ? IPPROTO_TCP : IPPROTO_UDP;
	query->daddr = some_destination(constants, query->family);
	/* on a bridge it would have to resolve a neighbour, and nobody answers */
	if (lab->plan.is_bridge && query->family == AF_INET6 && query->daddr >> 118 == 0x3fa)
		query->daddr = 1;
	query->dport = constants_port(constants);
	query->tcp_flags = rand() % 4 ? 0x02 : 0x10;
	if (rand() % 12 == 0)
		query->tcp_flags = (uint8_t)(rand() % 64);
	if (query->protocol == IPPROTO_UDP)
		query->tcp_flags = 0;
}

void choose_links(const struct constants *constants, struct lab_plan *plan)
{
	unsigned start = constants->name_count ? (unsigned)rand() % constants->name_count : 0;
	bool is_container_named = false;

	*plan = (struct lab_plan){{"eth0"}, 1, "docker0", rand() % 2 == 0};
	for (unsigned i = 0; i < constants->name_count && plan->link_count < 4; i++) {
		const char *name = constants->names[(start + i) % constants->name_count];

		if (strcmp(name, "eth0") == 0 || strcmp(name, "lo") == 0 ||
		    strcmp(name, "docker0") == 0)
			continue;
		if (plan->link_count == 1 && !is_container_named && rand() % 2) {
			memcpy(plan->container_link, name, LAB_NAME);
			is_container_named = true;
		} else {
			memcpy(plan->links[plan->link_count++], name, LAB_NAME);
		}
	}
}

void choose_settings(const struct lab *lab)
{
	lab_write_setting(lab, "net/ipv4/conf/eth0/rp_filter", rand() % 4 ? 0 : rand() % 3);
	lab_write_setting(lab, "net/ipv4/conf/eth0/route_localnet", rand() % 4 == 0);
	lab_write_setting(lab, "net/ipv4/conf/eth0/accept_local", rand() % 8 == 0);
	lab_write_setting(lab, "net/ipv4/conf/eth0/forwarding", rand() % 8 != 0);
	lab_write_setting(lab, "net/ipv6/conf/all/forwarding", rand() % 8 != 0);
}
