/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The firewall model on messages that no kernel sends, or that only another kernel would: what is
 * not understood must come out as unknown. What a kernel does say is tests/live/firewall.t's.
 */
#include <string.h>

#include "tests/unit/firewall_bench.h"

#define NET_10 0x0a000000U
#define OTHER 0xc6336401U /* 198.51.100.1 */

/* One base chain on input. */
static void open_input(struct bench *bench)
{
	bench_open(bench);
	bench_table(bench, NFPROTO_IPV4);
	bench_chain(bench, NFPROTO_IPV4, "in", NF_INET_LOCAL_IN, 0);
}

static void test_plain(void)
{
	struct bench bench;
	const struct fw_outcome *dropped;

	open_input(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "in", 5);
	load_source_address(&bench);
	compare_address(&bench, NFT_CMP_LT, NET_10);
	put_verdict(&bench, NF_DROP, NULL);
	rule_end(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, NET_10 - 1), "blocked", "a source that a rule drops");
	(void)is_str(bench_verdict(&bench, NET_10), "reachable", "one that no rule drops");
	(void)is_str(bench_verdict(&bench, 0xe0000001U), "blocked", "a multicast source");
	dropped = bench.answer.outcomes;
	while (dropped && !(dropped->rule && dropped->fate == FW_DROPPED))
		dropped = dropped->next;
	(void)ok(dropped && dropped->rule->handle == 5 && ranges_has(dropped->sources, 1),
		 "the rule that did it is told");
	bench_close(&bench);
}

static void test_unknown_expression(void)
{
	struct bench bench;

	open_input(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "in", 5);
	load_source_address(&bench);
	compare_address(&bench, NFT_CMP_EQ, NET_10);
	expression_begin(&bench, "quantum");
	expression_end(&bench);
	rule_end(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, NET_10), "unknown", "an expression of another time");
	(void)is_str(bench_verdict(&bench, OTHER), "reachable",
		     "does not matter where it is not met");
	(void)is_str(bench.answer.reasons[FW_NOT_MODELLED], "quantum",
		     "and is named as the reason");
	bench_close(&bench);
}

static void test_unknown_attribute(void)
{
	struct bench bench;

	open_input(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "in", 5);
	expression_begin(&bench, "counter");
	bench_u32(&bench, 29, 1);
	expression_end(&bench);
	rule_end(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown",
		     "an attribute of another time makes a known expression unknown");
	bench_close(&bench);
}

static void test_unknown_match(void)
{
	struct bench bench;
	char blob[256] = "";

	open_input(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "in", 5);
	expression_begin(&bench, "match");
	mnl_attr_put_strz(bench.message, NFTA_MATCH_NAME, "conntrack");
	bench_u32(&bench, NFTA_MATCH_REV, 4);
	mnl_attr_put(bench.message, NFTA_MATCH_INFO, sizeof(blob), blob);
	expression_end(&bench);
	put_verdict(&bench, NF_DROP, NULL);
	rule_end(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown", "a revision that was never seen");
	bench_close(&bench);
}

static void test_short_blob(void)
{
	struct bench bench;

	open_input(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "in", 5);
	expression_begin(&bench, "match");
	mnl_attr_put_strz(bench.message, NFTA_MATCH_NAME, "conntrack");
	bench_u32(&bench, NFTA_MATCH_REV, 3);
	mnl_attr_put(bench.message, NFTA_MATCH_INFO, 3, "abc");
	expression_end(&bench);
	put_verdict(&bench, NF_DROP, NULL);
	rule_end(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown", "a match told less than it needs");
	bench_close(&bench);
}

static void test_loop(void)
{
	struct bench bench;

	open_input(&bench);
	bench_chain(&bench, NFPROTO_IPV4, "a", -1, 0);
	rule_begin(&bench, NFPROTO_IPV4, "in", 5);
	put_verdict(&bench, NFT_JUMP, "a");
	rule_end(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "a", 6);
	put_verdict(&bench, NFT_JUMP, "a");
	rule_end(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown", "a chain that calls itself");
	bench_close(&bench);
}

/* 2^30 ways through 30 chains, each of which calls the next one twice. */
static void test_explosion(void)
{
	struct bench bench;
	char name[8] = "in";
	char next[8];

	open_input(&bench);
	for (unsigned i = 0; i < 30; i++) {
		(void)snprintf(next, sizeof(next), "c%u", i);
		bench_chain(&bench, NFPROTO_IPV4, next, -1, 0);
		for (unsigned j = 0; j < 2; j++) {
			rule_begin(&bench, NFPROTO_IPV4, name, 5);
			put_verdict(&bench, NFT_JUMP, next);
			rule_end(&bench);
		}
		memcpy(name, next, sizeof(name));
	}
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown", "more ways than can be walked");
	(void)is_str(bench.answer.reasons[FW_NOT_MODELLED],
		     "more rules and sets than the model looks at", "say so");
	bench_close(&bench);
}

static void test_missing(void)
{
	struct bench bench;

	open_input(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "nowhere", 5);
	rule_end(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown", "a rule whose chain was not told");
	bench_close(&bench);

	open_input(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "in", 5);
	put_verdict(&bench, NFT_JUMP, "nowhere");
	rule_end(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown",
		     "a call of a chain that is not there");
	bench_close(&bench);

	open_input(&bench);
	rule_begin(&bench, NFPROTO_IPV4, "in", 5);
	load_source_address(&bench);
	expression_begin(&bench, "lookup");
	mnl_attr_put_strz(bench.message, NFTA_LOOKUP_SET, "nowhere");
	bench_u32(&bench, NFTA_LOOKUP_SREG, NFT_REG_1);
	expression_end(&bench);
	put_verdict(&bench, NF_DROP, NULL);
	rule_end(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown", "a set that is not there");
	bench_close(&bench);
}

static void test_obstacles(void)
{
	struct bench bench;

	open_input(&bench);
	bench.host.links->has_xdp = true;
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown",
		     "an XDP program stands before it all");
	bench_close(&bench);

	open_input(&bench);
	bench.host.policies = NULL;
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown", "no policy rules were told");
	bench_close(&bench);

	open_input(&bench);
	bench.host.policies->has_unknown = true;
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "unknown",
		     "a policy rule that is not understood");
	bench_close(&bench);

	bench_open(&bench);
	bench_ask(&bench);
	(void)is_str(bench_verdict(&bench, OTHER), "reachable", "no ruleset at all lets through");
	bench_close(&bench);
}

int main(void)
{
	test_plain();
	test_unknown_expression();
	test_unknown_attribute();
	test_unknown_match();
	test_short_blob();
	test_loop();
	test_explosion();
	test_missing();
	test_obstacles();
	return done();
}
