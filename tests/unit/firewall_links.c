/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The firewall model on what the lab of tests/live/firewall does not have: ports of bridges and
 * bonds, VRF, programs below a link, flow tables, more elements than one would look through; and
 * what that lab cannot see, a reject from a drop.
 */
#include <stdio.h>
#include <string.h>

#include "tests/unit/firewall_bench.h"

#define NET_10 0x0a000000U
#define OTHER 0xc6336401U /* 198.51.100.1 */

static struct fw_link *add_link(struct bench *bench, int index, const char *name, const char *kind)
{
	struct fw_link *link = arena_alloc(&bench->arena, 1, sizeof(*link));

	link->index = index;
	link->type = 1;
	memcpy(link->name, name, strlen(name));
	memcpy(link->kind, kind, strlen(kind));
	link->next = bench->host.links->next;
	bench->host.links->next = link;
	return link;
}

/* eth0, which belongs to a link of that kind, and a rule that drops 10.0.0.0. */
static struct fw_link *open_port(struct bench *bench, const char *kind)
{
	struct fw_link *master;

	bench_open(bench);
	master = add_link(bench, 9, "up0", kind);
	bench->host.links->master = 9;
	host_model_setting(&bench->host, "net/ipv4/conf/up0/rp_filter", 0);
	host_model_setting(&bench->host, "net/ipv4/conf/up0/accept_local", 1);
	bench_table(bench, NFPROTO_IPV4);
	bench_chain(bench, NFPROTO_IPV4, "in", NF_INET_LOCAL_IN, 0);
	rule_begin(bench, NFPROTO_IPV4, "in", 5);
	load_source_address(bench);
	compare_address(bench, NFT_CMP_EQ, NET_10);
	put_verdict(bench, NF_DROP, NULL);
	rule_end(bench);
	return master;
}

static const char *asked(struct bench *bench, uint32_t source)
{
	const char *verdict;

	bench_ask(bench);
	verdict = bench_verdict(bench, source);
	bench_close(bench);
	return verdict;
}

static void test_masters(void)
{
	static const char *const kinds[][3] = {{"bridge", "blocked", "reachable"},
					       {"bond", "blocked", "reachable"},
					       {"team", "blocked", "reachable"},
					       {"vrf", "unknown", "unknown"},
					       {"openvswitch", "unknown", "unknown"}};
	struct bench bench;

	for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		char name[64];

		(void)snprintf(name, sizeof(name), "a port of a %s", kinds[i][0]);
		(void)open_port(&bench, kinds[i][0]);
		(void)is_str(asked(&bench, NET_10), kinds[i][1], name);
		(void)open_port(&bench, kinds[i][0]);
		(void)is_str(asked(&bench, OTHER), kinds[i][2], name);
	}
	open_port(&bench, "bridge")->has_vlans = true;
	(void)is_str(asked(&bench, OTHER), "unknown", "a port of a bridge that keeps VLANs apart");
	(void)open_port(&bench, "bridge");
	bench.host.links->master = 77;
	(void)is_str(asked(&bench, OTHER), "unknown", "a master that was not told");
	open_port(&bench, "bond")->master = 2;
	(void)is_str(asked(&bench, OTHER), "unknown", "masters in a circle");
	(void)open_port(&bench, "bond");
	bench.host.links->has_xdp = true;
	(void)is_str(asked(&bench, OTHER), "unknown", "an XDP program on the port");
	open_port(&bench, "bridge");
	bench_begin(&bench, NFT_MSG_NEWTABLE, NFPROTO_BRIDGE);
	mnl_attr_put_strz(bench.message, NFTA_TABLE_NAME, "t");
	bench_end(&bench);
	bench_chain(&bench, NFPROTO_BRIDGE, "b", NF_INET_LOCAL_IN, 0);
	(void)is_str(asked(&bench, OTHER), "unknown", "chains of the bridge");
}

static void test_lower(void)
{
	struct bench bench;
	struct fw_link *lower;

	bench_open(&bench);
	lower = add_link(&bench, 8, "br0", "bridge");
	add_link(&bench, 7, "port0", "")->master = 8;
	bench.host.links->lower = 8;
	memcpy(bench.host.links->kind, "vlan", 4);
	host_model_link(&bench.host);
	(void)ok(host_is_on_bridge(&bench.host, bench.host.links), "a VLAN on a bridge");
	(void)ok(host_is_below(&bench.host, bench.host.links, lower), "which is below it");
	(void)ok(
	    host_is_below(&bench.host, bench.host.links, host_link_named(&bench.host, "port0")),
	    "and so is the bridge's port");
	(void)ok(!host_is_below(&bench.host, lower, bench.host.links), "but not it below them");
	memcpy(bench.host.links->kind, "veth", 5);
	(void)ok(!host_is_below(&bench.host, bench.host.links, lower),
		 "a veth's other end is elsewhere");
	lower->lower = 2;
	bench.host.links->kind[0] = '\0';
	(void)ok(host_is_below(&bench.host, bench.host.links, lower), "links in a circle end");
	bench_close(&bench);
}

/* nft_flow_offload.c: a first packet is never offloaded, and the rule ends there */
static void test_flow_table(void)
{
	struct bench bench;

	(void)open_port(&bench, "bridge");
	bench.host.links->master = 0;
	rule_begin(&bench, NFPROTO_IPV4, "in", 6);
	expression_begin(&bench, "flow_offload");
	mnl_attr_put_strz(bench.message, NFTA_FLOW_TABLE_NAME, "f");
	expression_end(&bench);
	rule_end(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "in", 7);
	put_verdict(&bench, NF_DROP, NULL);
	rule_end(&bench);
	(void)is_str(asked(&bench, OTHER), "blocked", "a flow table lets no first packet past");
}

static void test_reject(void)
{
	struct bench bench;
	const struct fw_outcome *outcome;

	(void)open_port(&bench, "bridge");
	bench.host.links->master = 0;
	rule_begin(&bench, NFPROTO_IPV4, "in", 6);
	expression_begin(&bench, "reject");
	bench_u32(&bench, NFTA_REJECT_TYPE, NFT_REJECT_ICMP_UNREACH);
	expression_end(&bench);
	rule_end(&bench);
	bench_ask(&bench);
	outcome = bench.answer.outcomes;
	while (outcome && !ranges_has(outcome->sources, OTHER))
		outcome = outcome->next;
	(void)ok(outcome && outcome->fate == FW_REJECTED, "reject is not drop");
	outcome = bench.answer.outcomes;
	while (outcome && !ranges_has(outcome->sources, NET_10))
		outcome = outcome->next;
	(void)ok(outcome && outcome->fate == FW_DROPPED, "nor drop reject");
	bench_close(&bench);
}

/* A jumps to B, B to A: the kernel refuses to load that, a recording may hold it. */
static void test_circle(int32_t code, const char *name)
{
	static const char *const chains[] = {"a", "b"};
	struct bench bench;

	bench_open(&bench);
	bench_table(&bench, NFPROTO_IPV4);
	bench_chain(&bench, NFPROTO_IPV4, "in", NF_INET_LOCAL_IN, 0);
	bench_chain(&bench, NFPROTO_IPV4, "a", -1, 0);
	bench_chain(&bench, NFPROTO_IPV4, "b", -1, 0);
	rule_begin(&bench, NFPROTO_IPV4, "in", 5);
	put_verdict(&bench, NFT_JUMP, "a");
	rule_end(&bench);
	for (unsigned i = 0; i < 2; i++) {
		rule_begin(&bench, NFPROTO_IPV4, chains[i], 6 + i);
		put_verdict(&bench, code, chains[1 - i]);
		rule_end(&bench);
	}
	(void)is_str(asked(&bench, OTHER), "unknown", name);
}

/* Each match and target under a revision that nobody has seen, and a name that nobody has. */
static void test_revisions(void)
{
	static const char *const names[][2] = {
	    {"match", "rpfilter"}, {"match", "mac"},     {"match", "owner"}, {"match", "physdev"},
	    {"match", "addrtype"}, {"match", "tcp"},     {"match", "quux"},  {"match", "policy"},
	    {"match", "set"},      {"target", "NETMAP"}, {"target", "MARK"}, {"target", "QUUX"},
	    {"target", "DNAT"},    {"target", "REJECT"}};
	static const char blob[256];
	struct bench bench;

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char name[64];

		(void)snprintf(name, sizeof(name), "%s %s, revision 250", names[i][0], names[i][1]);
		bench_open(&bench);
		bench_table(&bench, NFPROTO_IPV4);
		bench_chain(&bench, NFPROTO_IPV4, "in", NF_INET_LOCAL_IN, 0);
		rule_begin(&bench, NFPROTO_IPV4, "in", 5);
		expression_begin(&bench, names[i][0]);
		mnl_attr_put_strz(bench.message, NFTA_MATCH_NAME, names[i][1]);
		bench_u32(&bench, NFTA_MATCH_REV, 250);
		mnl_attr_put(bench.message, NFTA_MATCH_INFO, sizeof(blob), blob);
		expression_end(&bench);
		put_verdict(&bench, NF_DROP, NULL);
		rule_end(&bench);
		(void)is_str(asked(&bench, OTHER), "unknown", name);
	}
}

static struct fw_element element_of(struct bench *bench, uint32_t low, uint32_t high, uint16_t port)
{
	uint8_t *keys[2];
	uint32_t addresses[2] = {htonl(low), htonl(high)};

	for (unsigned i = 0; i < 2; i++) {
		keys[i] = arena_alloc(&bench->arena, 8, 1);
		memcpy(keys[i], &addresses[i], 4);
		keys[i][4] = (uint8_t)(port >> 8);
		keys[i][5] = (uint8_t)port;
	}
	return (struct fw_element){.key = keys[0], .key_end = keys[1]};
}

static bool is_candidate(const struct fw_candidates *candidates, uint32_t element)
{
	for (size_t i = candidates->first; i < candidates->last; i++) {
		if (candidates->order[i] == element)
			return true;
	}
	return false;
}

/* Ranges within ranges: no element that has the value may be left out. */
static void test_index(void)
{
	static struct fw_element elements[2000];
	struct fw_set set = {.elements = elements,
			     .element_count = 2000,
			     .key_len = 8,
			     .field_count = 2,
			     .field_len = {4, 2}};
	struct fw_candidates found;
	struct bench bench;
	uint32_t random = 1;
	bool is_complete = true;
	size_t most = 0;

	bench_open(&bench);
	for (unsigned i = 0; i < 2000; i++) {
		uint32_t low = (random = random * 1664525U + 1013904223U) >> 8;

		elements[i] =
		    element_of(&bench, low, low + (i % 50 == 0 ? 1000000 : 20), (uint16_t)i);
	}
	for (unsigned i = 0; i < 2000; i++) {
		uint32_t value = inet_number(elements[i].key, 4) & UINT32_MAX;
		uint32_t bytes = htonl(value + i % 22);

		if (!index_find(&bench.arena, &set, 0, (const uint8_t *)&bytes, &found))
			is_complete = false;
		for (uint32_t j = 0; j < 2000; j++) {
			if (memcmp(elements[j].key, &bytes, 4) <= 0 &&
			    memcmp(elements[j].key_end, &bytes, 4) >= 0)
				is_complete &= is_candidate(&found, j);
		}
		most = found.last - found.first > most ? found.last - found.first : most;
	}
	(void)ok(is_complete, "an index leaves out no element that may be hit");
	(void)ok(most < 500, "and most of the others");
	(void)ok(index_find(&bench.arena, &set, 1, (const uint8_t *)"\x00\x07", &found) &&
		     found.last - found.first == 1 && found.order[found.first] == 7,
		 "a port of its own leaves one");
	(void)ok(!index_find(&bench.arena, &set, 2, (const uint8_t *)"", &found),
		 "there is no third field");
	bench_close(&bench);
}

static void add_route(struct bench *bench, uint32_t table, uint8_t type, uint32_t to,
		      unsigned prefix)
{
	struct fw_route *route = arena_alloc(&bench->arena, 1, sizeof(*route));

	*route = (struct fw_route){.next = bench->host.routes,
				   .family = AF_INET,
				   .table = table,
				   .type = type,
				   .prefix = prefix,
				   .to = range_prefix(AF_INET, to, prefix),
				   .links = {2},
				   .link_count = 1};
	bench->host.routes = route;
}

/* The kernel may keep both tables in one, where the longer prefix wins, or in two. */
static void test_tables(void)
{
	struct bench bench;

	bench_open(&bench);
	add_route(&bench, RT_TABLE_LOCAL, RTN_LOCAL, NET_10, 16);
	add_route(&bench, RT_TABLE_MAIN, RTN_UNICAST, NET_10, 8);
	(void)is_str(asked(&bench, OTHER), "reachable", "a local network within a routed one");
	bench_open(&bench);
	add_route(&bench, RT_TABLE_LOCAL, RTN_LOCAL, NET_10, 16);
	add_route(&bench, RT_TABLE_MAIN, RTN_UNICAST, NET_10, 24);
	(void)is_str(asked(&bench, OTHER), "unknown", "a routed one within a local one");
}

int main(void)
{
	test_tables();
	test_index();
	test_masters();
	test_lower();
	test_flow_table();
	test_reject();
	test_circle(NFT_JUMP, "chains that jump to each other");
	test_circle(NFT_GOTO, "chains that go to each other");
	test_revisions();
	return done();
}
