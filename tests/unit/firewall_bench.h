/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ruleset made of hand-written messages, a host with one link, and questions to the model, for
 * the tests of the model that need no kernel.
 */
#ifndef TESTS_UNIT_FIREWALL_BENCH_H
#define TESTS_UNIT_FIREWALL_BENCH_H

#include <arpa/inet.h>
#include <endian.h>
#include <netinet/in.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>

#include "audit/firewall/walk.h"
#include "tests/tap.h"

struct bench {
	struct arena arena;
	struct fw_ruleset ruleset;
	struct fw_host host;
	struct fw_model model;
	struct fw_answer answer;
	union {
		struct nlmsghdr header;
		char bytes[8192];
	} buffer;
	struct nlmsghdr *message; /* the one that is being written */
	struct nlattr *outer;
	struct nlattr *inner;
};

__attribute__((unused)) static void bench_begin(struct bench *bench, uint8_t type, uint8_t family)
{
	struct nfgenmsg *body;

	bench->message = mnl_nlmsg_put_header(&bench->buffer);
	bench->message->nlmsg_type = (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type);
	body = mnl_nlmsg_put_extra_header(bench->message, sizeof(*body));
	body->nfgen_family = family;
}

__attribute__((unused)) static void bench_end(struct bench *bench)
{
	ruleset_message(&bench->ruleset, bench->message);
}

__attribute__((unused)) static void bench_u32(struct bench *bench, uint16_t type, uint32_t value)
{
	mnl_attr_put_u32(bench->message, type, htonl(value));
}

__attribute__((unused)) static void bench_table(struct bench *bench, uint8_t family)
{
	bench_begin(bench, NFT_MSG_NEWTABLE, family);
	mnl_attr_put_strz(bench->message, NFTA_TABLE_NAME, "t");
	bench_end(bench);
}

/* A base chain if `hook` is not negative, with the policy accept. */
__attribute__((unused)) static void bench_chain(struct bench *bench, uint8_t family,
						const char *name, int hook, int priority)
{
	struct nlattr *nest;

	bench_begin(bench, NFT_MSG_NEWCHAIN, family);
	mnl_attr_put_strz(bench->message, NFTA_CHAIN_TABLE, "t");
	mnl_attr_put_strz(bench->message, NFTA_CHAIN_NAME, name);
	mnl_attr_put_u64(bench->message, NFTA_CHAIN_HANDLE, htobe64(7));
	if (hook >= 0) {
		nest = mnl_attr_nest_start(bench->message, NFTA_CHAIN_HOOK);
		bench_u32(bench, NFTA_HOOK_HOOKNUM, (uint32_t)hook);
		bench_u32(bench, NFTA_HOOK_PRIORITY, (uint32_t)priority);
		mnl_attr_nest_end(bench->message, nest);
		mnl_attr_put_strz(bench->message, NFTA_CHAIN_TYPE, "filter");
		bench_u32(bench, NFTA_CHAIN_POLICY, NF_ACCEPT);
	}
	bench_end(bench);
}

__attribute__((unused)) static void rule_begin(struct bench *bench, uint8_t family,
					       const char *chain, uint64_t handle)
{
	bench_begin(bench, NFT_MSG_NEWRULE, family);
	mnl_attr_put_strz(bench->message, NFTA_RULE_TABLE, "t");
	mnl_attr_put_strz(bench->message, NFTA_RULE_CHAIN, chain);
	mnl_attr_put_u64(bench->message, NFTA_RULE_HANDLE, htobe64(handle));
	bench->outer = mnl_attr_nest_start(bench->message, NFTA_RULE_EXPRESSIONS);
}

__attribute__((unused)) static void rule_end(struct bench *bench)
{
	mnl_attr_nest_end(bench->message, bench->outer);
	bench_end(bench);
}

/* Between these two: the attributes of one expression. */
static struct nlattr *expression_data;

__attribute__((unused)) static void expression_begin(struct bench *bench, const char *name)
{
	bench->inner = mnl_attr_nest_start(bench->message, NFTA_LIST_ELEM);
	mnl_attr_put_strz(bench->message, NFTA_EXPR_NAME, name);
	expression_data = mnl_attr_nest_start(bench->message, NFTA_EXPR_DATA);
}

__attribute__((unused)) static void expression_end(struct bench *bench)
{
	mnl_attr_nest_end(bench->message, expression_data);
	mnl_attr_nest_end(bench->message, bench->inner);
}

__attribute__((unused)) static void put_value(struct bench *bench, uint16_t type, const void *data,
					      size_t len)
{
	struct nlattr *nest = mnl_attr_nest_start(bench->message, type);

	mnl_attr_put(bench->message, NFTA_DATA_VALUE, len, data);
	mnl_attr_nest_end(bench->message, nest);
}

/* payload load 4b @ network header + 12 => reg 1: ip saddr */
__attribute__((unused)) static void load_source_address(struct bench *bench)
{
	expression_begin(bench, "payload");
	bench_u32(bench, NFTA_PAYLOAD_DREG, NFT_REG_1);
	bench_u32(bench, NFTA_PAYLOAD_BASE, NFT_PAYLOAD_NETWORK_HEADER);
	bench_u32(bench, NFTA_PAYLOAD_OFFSET, 12);
	bench_u32(bench, NFTA_PAYLOAD_LEN, 4);
	expression_end(bench);
}

__attribute__((unused)) static void compare_address(struct bench *bench, uint32_t op,
						    uint32_t address)
{
	uint32_t bytes = htonl(address);

	expression_begin(bench, "cmp");
	bench_u32(bench, NFTA_CMP_SREG, NFT_REG_1);
	bench_u32(bench, NFTA_CMP_OP, op);
	put_value(bench, NFTA_CMP_DATA, &bytes, sizeof(bytes));
	expression_end(bench);
}

__attribute__((unused)) static void put_verdict(struct bench *bench, int32_t code,
						const char *chain)
{
	struct nlattr *data;
	struct nlattr *verdict;

	expression_begin(bench, "immediate");
	bench_u32(bench, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
	data = mnl_attr_nest_start(bench->message, NFTA_IMMEDIATE_DATA);
	verdict = mnl_attr_nest_start(bench->message, NFTA_DATA_VERDICT);
	bench_u32(bench, NFTA_VERDICT_CODE, (uint32_t)code);
	if (chain)
		mnl_attr_put_strz(bench->message, NFTA_VERDICT_CHAIN, chain);
	mnl_attr_nest_end(bench->message, verdict);
	mnl_attr_nest_end(bench->message, data);
	expression_end(bench);
}

/* eth0 with 192.0.2.1, a local route to it and the kernel's own policy rules. */
__attribute__((unused)) static void bench_host(struct bench *bench)
{
	struct fw_link *link = arena_alloc(&bench->arena, 1, sizeof(*link));
	struct fw_route *route = arena_alloc(&bench->arena, 1, sizeof(*route));
	struct fw_address *address = arena_alloc(&bench->arena, 1, sizeof(*address));
	struct fw_policy *policy = arena_alloc(&bench->arena, 1, sizeof(*policy));

	host_model_init(&bench->host, &bench->arena);
	*link = (struct fw_link){.index = 2, .name = "eth0", .type = 1};
	*route = (struct fw_route){.family = AF_INET,
				   .table = RT_TABLE_LOCAL,
				   .type = RTN_LOCAL,
				   .prefix = 32,
				   .to = range_prefix(AF_INET, 0xc0000201U, 32)};
	*policy = (struct fw_policy){.family = AF_INET,
				     .table = RT_TABLE_LOCAL,
				     .from = range_all(AF_INET),
				     .to = range_all(AF_INET)};
	*address = (struct fw_address){.family = AF_INET, .link = 2, .address = 0xc0000201U};
	bench->host.addresses = address;
	bench->host.links = link;
	bench->host.routes = route;
	bench->host.policies = policy;
	host_model_setting(&bench->host, "net/ipv4/conf/all/rp_filter", 0);
	host_model_setting(&bench->host, "net/ipv4/conf/eth0/rp_filter", 0);
	host_model_setting(&bench->host, "net/ipv4/conf/eth0/accept_local", 1);
	host_model_setting(&bench->host, "net/netfilter/nf_conntrack_tcp_loose", 1);
}

__attribute__((unused)) static void bench_open(struct bench *bench)
{
	arena_init(&bench->arena, (size_t)256 << 20);
	ruleset_init(&bench->ruleset, &bench->arena);
	bench_host(bench);
}

/* A SYN to 192.0.2.1:80. */
__attribute__((unused)) static void bench_ask(struct bench *bench)
{
	struct fw_query query = {.family = AF_INET,
				 .in = bench->host.links,
				 .daddr = 0xc0000201U,
				 .dport = 80,
				 .sport = -1,
				 .protocol = IPPROTO_TCP,
				 .tcp_flags = 2};

	ruleset_link(&bench->ruleset);
	host_model_link(&bench->host);
	model_init(&bench->model, &bench->ruleset, &bench->host, &bench->arena);
	model_ask(&bench->model, &query, &bench->answer);
}

/* "reachable", "blocked" or "unknown" */
__attribute__((unused)) static const char *bench_verdict(const struct bench *bench, uint32_t source)
{
	if (!ranges_has(bench->answer.may_accept, source))
		return "blocked";
	return ranges_has(bench->answer.may_drop, source) ? "unknown" : "reachable";
}

__attribute__((unused)) static void bench_close(struct bench *bench)
{
	arena_done(&bench->arena);
}

#endif
