/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables nft_chains, nft_rules and nft_sets, of two network namespaces. */
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>

#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_nft_chains;
extern const struct probe probe_nft_rules;
extern const struct probe probe_nft_sets;

#define HOST 7
#define OTHER 8

/* One datagram of messages, as the kernel would send it. */
struct datagram {
	_Alignas(struct nlmsghdr) char bytes[8192];
	size_t len;
	struct nlmsghdr *last;
};

static void begin(struct datagram *datagram, uint8_t type)
{
	struct nfgenmsg *body;

	datagram->last = mnl_nlmsg_put_header(datagram->bytes + datagram->len);
	datagram->last->nlmsg_type = (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type);
	body = mnl_nlmsg_put_extra_header(datagram->last, sizeof(*body));
	body->nfgen_family = NFPROTO_INET;
}

static void end(struct datagram *datagram)
{
	datagram->len += (datagram->last->nlmsg_len + 3U) & ~3U; /* NLMSG_ALIGN */
}

static void put_u32(struct datagram *datagram, uint16_t type, uint32_t value)
{
	mnl_attr_put_u32(datagram->last, type, htonl(value));
}

static void put_u64(struct datagram *datagram, uint16_t type, uint64_t value)
{
	mnl_attr_put_u64(datagram->last, type, htobe64(value));
}

static void put_text(struct datagram *datagram, uint16_t type, const char *text)
{
	mnl_attr_put_strz(datagram->last, type, text);
}

static void add_done(struct datagram *datagram)
{
	datagram->last = mnl_nlmsg_put_header(datagram->bytes + datagram->len);
	datagram->last->nlmsg_type = NLMSG_DONE;
	(void)mnl_nlmsg_put_extra_header(datagram->last, sizeof(int));
	end(datagram);
}

static void add_generation(struct datagram *datagram, uint32_t generation)
{
	begin(datagram, NFT_MSG_NEWGEN);
	put_u32(datagram, NFTA_GEN_ID, generation);
	end(datagram);
}

static void add_chains(struct datagram *datagram)
{
	struct nlattr *hook;

	begin(datagram, NFT_MSG_NEWTABLE);
	put_text(datagram, NFTA_TABLE_NAME, "t");
	end(datagram);
	add_done(datagram);
	begin(datagram, NFT_MSG_NEWCHAIN);
	put_text(datagram, NFTA_CHAIN_TABLE, "t");
	put_text(datagram, NFTA_CHAIN_NAME, "in");
	put_u64(datagram, NFTA_CHAIN_HANDLE, 1);
	hook = mnl_attr_nest_start(datagram->last, NFTA_CHAIN_HOOK);
	put_u32(datagram, NFTA_HOOK_HOOKNUM, NF_INET_LOCAL_IN);
	put_u32(datagram, NFTA_HOOK_PRIORITY, (uint32_t)-5);
	mnl_attr_nest_end(datagram->last, hook);
	put_text(datagram, NFTA_CHAIN_TYPE, "filter");
	put_u32(datagram, NFTA_CHAIN_POLICY, NF_DROP);
	end(datagram);
	begin(datagram, NFT_MSG_NEWCHAIN);
	put_text(datagram, NFTA_CHAIN_TABLE, "t");
	put_text(datagram, NFTA_CHAIN_NAME, "w\x1b[2Jeb");
	put_u64(datagram, NFTA_CHAIN_HANDLE, 2);
	end(datagram);
	add_done(datagram);
}

static void add_sets(struct datagram *datagram)
{
	begin(datagram, NFT_MSG_NEWSET);
	put_text(datagram, NFTA_SET_TABLE, "t");
	put_text(datagram, NFTA_SET_NAME, "admins");
	put_u32(datagram, NFTA_SET_FLAGS, NFT_SET_INTERVAL);
	put_u32(datagram, NFTA_SET_KEY_TYPE, 7);
	put_u32(datagram, NFTA_SET_KEY_LEN, 4);
	end(datagram);
	add_done(datagram);
}

static void put_loopback_test(struct datagram *datagram)
{
	static const uint32_t index = 2;
	struct nlattr *element = mnl_attr_nest_start(datagram->last, NFTA_LIST_ELEM);
	struct nlattr *data;
	struct nlattr *value;

	put_text(datagram, NFTA_EXPR_NAME, "meta");
	data = mnl_attr_nest_start(datagram->last, NFTA_EXPR_DATA);
	put_u32(datagram, NFTA_META_KEY, NFT_META_IIF);
	put_u32(datagram, NFTA_META_DREG, NFT_REG_1);
	mnl_attr_nest_end(datagram->last, data);
	mnl_attr_nest_end(datagram->last, element);
	element = mnl_attr_nest_start(datagram->last, NFTA_LIST_ELEM);
	put_text(datagram, NFTA_EXPR_NAME, "cmp");
	data = mnl_attr_nest_start(datagram->last, NFTA_EXPR_DATA);
	put_u32(datagram, NFTA_CMP_SREG, NFT_REG_1);
	put_u32(datagram, NFTA_CMP_OP, NFT_CMP_EQ);
	value = mnl_attr_nest_start(datagram->last, NFTA_CMP_DATA);
	mnl_attr_put(datagram->last, NFTA_DATA_VALUE, sizeof(index), &index);
	mnl_attr_nest_end(datagram->last, value);
	mnl_attr_nest_end(datagram->last, data);
	mnl_attr_nest_end(datagram->last, element);
}

static void add_rule(struct datagram *datagram, uint64_t handle, const char *expression)
{
	static const char comment[] = "\x00\x08h\x1b[31mi\x00";
	struct nlattr *element;
	struct nlattr *list;

	begin(datagram, NFT_MSG_NEWRULE);
	put_text(datagram, NFTA_RULE_TABLE, "t");
	put_text(datagram, NFTA_RULE_CHAIN, "in");
	put_u64(datagram, NFTA_RULE_HANDLE, handle);
	list = mnl_attr_nest_start(datagram->last, NFTA_RULE_EXPRESSIONS);
	put_loopback_test(datagram);
	element = mnl_attr_nest_start(datagram->last, NFTA_LIST_ELEM);
	put_text(datagram, NFTA_EXPR_NAME, expression);
	mnl_attr_nest_end(datagram->last, element);
	mnl_attr_nest_end(datagram->last, list);
	if (handle == 9)
		mnl_attr_put(datagram->last, NFTA_RULE_USERDATA, sizeof(comment) - 1, comment);
	end(datagram);
}

static void play_datagram(struct play *play, uint64_t namespace, const struct datagram *datagram)
{
	play_item(play, &(struct broker_item){.path = "/proc/1/ns/net",
					      .inode = namespace,
					      .data = {datagram->bytes, datagram->len}});
}

/* The host's ruleset has the generation, and another namespace has none but may not be entered. */
static void play_ruleset(struct play *play, uint32_t generation, bool is_denied)
{
	struct datagram datagram = {.len = 0};

	add_generation(&datagram, generation);
	add_chains(&datagram);
	add_sets(&datagram);
	add_rule(&datagram, 9, "notrack");
	add_rule(&datagram, 4, "quantum");
	add_done(&datagram);
	play_datagram(play, HOST, &datagram);
	if (is_denied)
		play_item(play, &(struct broker_item){
				    .path = "/run/netns/x", .inode = OTHER, .error = EPERM});
	play_next_need(play);
}

static void play_namespaces(struct play *play, bool is_denied)
{
	play_begin(play);
	play_item(play, &(struct broker_item){.path = "/proc/1/ns/net", .inode = HOST});
	if (is_denied)
		play_item(play, &(struct broker_item){.path = "/run/netns/x", .inode = OTHER});
	play_next_need(play);
}

static void play_generation(struct play *play, uint32_t generation)
{
	struct datagram datagram = {.len = 0};

	add_generation(&datagram, generation);
	play_datagram(play, HOST, &datagram);
	play_next_need(play);
}

static void play_links(struct play *play)
{
	struct datagram datagram = {.len = 0};
	struct ifinfomsg *info;

	datagram.last = mnl_nlmsg_put_header(datagram.bytes);
	datagram.last->nlmsg_type = RTM_NEWLINK;
	info = mnl_nlmsg_put_extra_header(datagram.last, sizeof(*info));
	info->ifi_index = 2;
	put_text(&datagram, IFLA_IFNAME, "eth0");
	end(&datagram);
	add_done(&datagram);
	play_datagram(play, HOST, &datagram);
}

#define CHAIN "7|inet|t|in|"

static void test_rules(void)
{
	struct play play;

	play_namespaces(&play, false);
	play_ruleset(&play, 3, false);
	play_generation(&play, 3);
	play_links(&play);
	play_run(&play, &probe_nft_rules);
	is_str(play.rows,
	       CHAIN "9|1|iif \"eth0\" notrack|h\\x1b[31mi\n" CHAIN
		     "4|2|iif \"eth0\" [ quantum ]|-\n",
	       "rules in their order, one with a comment, one with something unknown");
	ok(play.status == COVERAGE_COMPLETE, "which is no reason for the table to be partial");
	play_end(&play);
}

static void test_chains(void)
{
	struct play play;

	play_namespaces(&play, true);
	play_ruleset(&play, 3, true);
	play_generation(&play, 3);
	play_run(&play, &probe_nft_chains);
	is_str(play.rows,
	       CHAIN "1|filter|input|-5|drop|-\n"
		     "7|inet|t|w\\x1b[2Jeb|2|-|-|-|-|-\n",
	       "a chain on a hook and one that is called");
	ok(play.status == COVERAGE_DENIED, "a namespace that may not be entered is said");
	play_end(&play);
}

/* The elements come when they are asked for: two ranges, an end for each. */
static void play_elements(struct play *play)
{
	struct datagram datagram = {.len = 0};
	struct nlattr *list;

	begin(&datagram, NFT_MSG_NEWSETELEM);
	put_text(&datagram, NFTA_SET_ELEM_LIST_TABLE, "t");
	put_text(&datagram, NFTA_SET_ELEM_LIST_SET, "admins");
	list = mnl_attr_nest_start(datagram.last, NFTA_SET_ELEM_LIST_ELEMENTS);
	for (uint32_t i = 0; i < 4; i++) {
		struct nlattr *element = mnl_attr_nest_start(datagram.last, NFTA_LIST_ELEM);
		struct nlattr *key = mnl_attr_nest_start(datagram.last, NFTA_SET_ELEM_KEY);

		put_u32(&datagram, NFTA_DATA_VALUE, 0x0a000000 + i);
		mnl_attr_nest_end(datagram.last, key);
		if (i % 2)
			put_u32(&datagram, NFTA_SET_ELEM_FLAGS, NFT_SET_ELEM_INTERVAL_END);
		mnl_attr_nest_end(datagram.last, element);
	}
	mnl_attr_nest_end(datagram.last, list);
	end(&datagram);
	add_done(&datagram);
	play_datagram(play, HOST, &datagram);
	play_next_need(play);
}

static void test_sets(void)
{
	struct play play;

	play_namespaces(&play, false);
	play_ruleset(&play, 3, false);
	play_elements(&play);
	play_generation(&play, 3);
	play_run(&play, &probe_nft_sets);
	is_str(play.rows, "7|inet|t|admins|ipv4_addr|interval|0|2\n",
	       "a set, and how many elements it has");
	play_end(&play);
}

/* What changes while it is read is read again; what never holds still is partial. */
static void test_generations(void)
{
	struct play play;

	play_namespaces(&play, false);
	play_ruleset(&play, 3, false);
	play_generation(&play, 4);
	play_ruleset(&play, 4, false);
	play_generation(&play, 4);
	play_run(&play, &probe_nft_chains);
	ok(play.status == COVERAGE_COMPLETE && strstr(play.rows, "|in|1|"),
	   "a ruleset that has changed is read again");
	play_end(&play);

	play_namespaces(&play, false);
	for (uint32_t i = 1; i <= 5; i++) {
		play_ruleset(&play, i, false);
		play_generation(&play, i + 1);
	}
	play_run(&play, &probe_nft_chains);
	ok(play.status == COVERAGE_PARTIAL, "one that never holds still is partial");
	is_str(play.detail, "the ruleset changed while it was read", "and says why");
	play_end(&play);
}

int main(void)
{
	test_rules();
	test_chains();
	test_sets();
	test_generations();
	return done();
}
