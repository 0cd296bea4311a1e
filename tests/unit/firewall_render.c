/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules as text, from messages that nft would not send: what is not known, too long or hostile.
 * What nft does send is tests/live/nft_tables.t's.
 */
#include <string.h>

#include "audit/firewall/render.h"
#include "tests/unit/firewall_bench.h"

static void open_input(struct bench *bench, uint8_t family)
{
	bench_open(bench);
	bench_table(bench, family);
	bench_chain(bench, family, "in", NF_INET_LOCAL_IN, 0);
	rule_begin(bench, family, "in", 5);
}

/* The text of the one rule, which is ended by this. */
static const char *text_of(struct bench *bench, struct buf *out)
{
	const struct fw_chain *chain;

	rule_end(bench);
	ruleset_link(&bench->ruleset);
	chain = bench->ruleset.tables->chains;
	buf_init(out, (size_t)2 * RENDER_MAX_BYTES);
	render_rule(out, chain->rules);
	return buf_string(out);
}

static void load_payload_of(struct bench *bench, uint32_t base, uint32_t offset, uint32_t len)
{
	expression_begin(bench, "payload");
	bench_u32(bench, NFTA_PAYLOAD_DREG, NFT_REG_1);
	bench_u32(bench, NFTA_PAYLOAD_BASE, base);
	bench_u32(bench, NFTA_PAYLOAD_OFFSET, offset);
	bench_u32(bench, NFTA_PAYLOAD_LEN, len);
	expression_end(bench);
}

static void load_meta_of(struct bench *bench, uint32_t key)
{
	expression_begin(bench, "meta");
	bench_u32(bench, NFTA_META_DREG, NFT_REG_1);
	bench_u32(bench, NFTA_META_KEY, key);
	expression_end(bench);
}

static void compare(struct bench *bench, uint32_t op, const void *data, size_t len)
{
	expression_begin(bench, "cmp");
	bench_u32(bench, NFTA_CMP_SREG, NFT_REG_1);
	bench_u32(bench, NFTA_CMP_OP, op);
	put_value(bench, NFTA_CMP_DATA, data, len);
	expression_end(bench);
}

static void test_unknown(void)
{
	struct bench bench;
	struct buf out auto_buf;

	open_input(&bench, NFPROTO_IPV4);
	load_source_address(&bench);
	compare_address(&bench, NFT_CMP_EQ, 0x0a000001);
	expression_begin(&bench, "quantum");
	expression_end(&bench);
	expression_begin(&bench, "a b");
	expression_end(&bench);
	expression_begin(&bench, "match");
	mnl_attr_put_strz(bench.message, NFTA_MATCH_NAME, "conntrack");
	bench_u32(&bench, NFTA_MATCH_REV, 3);
	mnl_attr_put(bench.message, NFTA_MATCH_INFO, 3, "abc");
	expression_end(&bench);
	put_verdict(&bench, NF_DROP, NULL);
	(void)is_str(text_of(&bench, &out),
		     "ip saddr 10.0.0.1 [ quantum ] [ \"a b\" ] xt match \"conntrack\" drop",
		     "what is not known is named, and the rest is there");
	bench_close(&bench);
}

static void test_unknown_attribute(void)
{
	struct bench bench;
	struct buf out auto_buf;

	open_input(&bench, NFPROTO_IPV4);
	expression_begin(&bench, "limit");
	mnl_attr_put_u64(bench.message, NFTA_LIMIT_RATE, htobe64(3));
	mnl_attr_put_u64(bench.message, NFTA_LIMIT_UNIT, htobe64(60));
	bench_u32(&bench, 29, 1);
	expression_end(&bench);
	(void)is_str(text_of(&bench, &out), "[ limit ]",
		     "an expression with an attribute of another time is not half said");
	bench_close(&bench);
}

static void test_unset_register(void)
{
	struct bench bench;
	struct buf out auto_buf;

	open_input(&bench, NFPROTO_IPV4);
	compare_address(&bench, NFT_CMP_EQ, 0x0a000001);
	expression_begin(&bench, "meta");
	bench_u32(&bench, NFTA_META_SREG, NFT_REG_2);
	bench_u32(&bench, NFTA_META_KEY, NFT_META_MARK);
	expression_end(&bench);
	(void)is_str(text_of(&bench, &out), "[ cmp ] meta mark set [ register ]",
		     "registers that nothing was put into");
	bench_close(&bench);
}

static void test_unused(void)
{
	struct bench bench;
	struct buf out auto_buf;

	open_input(&bench, NFPROTO_IPV4);
	load_source_address(&bench);
	(void)is_str(text_of(&bench, &out), "[ payload ]", "a value that nobody looks at");
	bench_close(&bench);
}

static void test_names(void)
{
	struct bench bench;
	struct buf out auto_buf;

	open_input(&bench, NFPROTO_IPV4);
	expression_begin(&bench, "log");
	mnl_attr_put_strz(bench.message, NFTA_LOG_PREFIX, "x\" accept");
	expression_end(&bench);
	put_verdict(&bench, NFT_JUMP, "web accept");
	(void)is_str(text_of(&bench, &out), "log prefix \"x\\\" accept\" jump \"web accept\"",
		     "names and strings cannot pass for a verdict");
	bench_close(&bench);
}

/* Comparisons that tell a header are left out before its fields, and only there. */
static void test_dependencies(void)
{
	static const uint8_t tcp = IPPROTO_TCP;
	static const uint8_t ip = NFPROTO_IPV4;
	static const uint8_t port[] = {0, 22};
	struct bench bench;
	struct buf out auto_buf;
	struct buf other auto_buf;

	open_input(&bench, NFPROTO_INET);
	load_meta_of(&bench, NFT_META_NFPROTO);
	compare(&bench, NFT_CMP_EQ, &ip, 1);
	load_meta_of(&bench, NFT_META_L4PROTO);
	compare(&bench, NFT_CMP_EQ, &tcp, 1);
	load_source_address(&bench);
	compare_address(&bench, NFT_CMP_EQ, 0x0a000001);
	load_payload_of(&bench, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2);
	compare(&bench, NFT_CMP_NEQ, port, 2);
	(void)is_str(text_of(&bench, &out), "ip saddr 10.0.0.1 tcp dport != 22",
		     "what the fields say by themselves is left out");
	bench_close(&bench);

	open_input(&bench, NFPROTO_INET);
	load_source_address(&bench);
	compare_address(&bench, NFT_CMP_EQ, 0x0a000001);
	load_meta_of(&bench, NFT_META_L4PROTO);
	compare(&bench, NFT_CMP_NEQ, &tcp, 1);
	load_payload_of(&bench, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2);
	compare(&bench, NFT_CMP_EQ, port, 2);
	(void)is_str(text_of(&bench, &other), "@nh,96,32 0xa000001 meta l4proto != tcp th dport 22",
		     "a header that is not told has no names for its fields");
	bench_close(&bench);
}

static void test_order(void)
{
	static const uint8_t tcp = IPPROTO_TCP;
	static const uint8_t port[] = {0, 22};
	struct bench bench;
	struct buf out auto_buf;

	open_input(&bench, NFPROTO_IPV4);
	load_meta_of(&bench, NFT_META_L4PROTO);
	compare(&bench, NFT_CMP_EQ, &tcp, 1);
	expression_begin(&bench, "log");
	expression_end(&bench);
	load_payload_of(&bench, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2);
	compare(&bench, NFT_CMP_EQ, port, 2);
	(void)is_str(text_of(&bench, &out), "meta l4proto tcp log tcp dport 22",
		     "what is asked before something is done stays before it");
	bench_close(&bench);
}

/* More than a text holds: cut between characters. */
static void test_cut(void)
{
	struct bench bench;
	struct buf out auto_buf;
	struct buf brief auto_buf;
	const char *text;

	open_input(&bench, NFPROTO_IPV4);
	for (unsigned i = 0; i < 75; i++) {
		expression_begin(&bench, "log");
		mnl_attr_put_strz(bench.message, NFTA_LOG_PREFIX,
				  "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
				  "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
				  "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
				  "\xc3\xa4\xc3\xa4\xc3\xa4");
		expression_end(&bench);
	}
	text = text_of(&bench, &out);
	(void)ok(out.len <= RENDER_MAX_BYTES + 3 && out.len > RENDER_MAX_BYTES - 100 &&
		     strcmp(text + out.len - 3, "\xe2\x80\xa6") == 0,
		 "a text ends at its ceiling, with an ellipsis");
	buf_init(&brief, RENDER_MAX_BYTES);
	render_rule_short(&brief, bench.ruleset.tables->chains->rules);
	text = buf_string(&brief);
	(void)ok(brief.len <= RENDER_SHORT_BYTES + 3 && brief.len > RENDER_SHORT_BYTES - 4 &&
		     memcmp(text, "log prefix \"\xc3\xa4", 14) == 0 &&
		     strcmp(text + brief.len - 3, "\xe2\x80\xa6") == 0 &&
		     ((uint8_t)text[brief.len - 4] == 0xa4 || (uint8_t)text[brief.len - 4] < 0x80),
		 "a short one too, and no character is cut in two");
	bench_close(&bench);
}

static void put_element(struct bench *bench, uint32_t address)
{
	struct nlattr *element = mnl_attr_nest_start(bench->message, NFTA_LIST_ELEM);
	uint32_t bytes = htonl(address);

	put_value(bench, NFTA_SET_ELEM_KEY, &bytes, sizeof(bytes));
	mnl_attr_nest_end(bench->message, element);
}

static void put_set(struct bench *bench, unsigned count)
{
	struct nlattr *list;

	bench_begin(bench, NFT_MSG_NEWSET, NFPROTO_IPV4);
	mnl_attr_put_strz(bench->message, NFTA_SET_TABLE, "t");
	mnl_attr_put_strz(bench->message, NFTA_SET_NAME, "__set0");
	bench_u32(bench, NFTA_SET_FLAGS, NFT_SET_ANONYMOUS | NFT_SET_CONSTANT);
	bench_u32(bench, NFTA_SET_KEY_TYPE, 7);
	bench_u32(bench, NFTA_SET_KEY_LEN, 4);
	bench_end(bench);
	bench_begin(bench, NFT_MSG_NEWSETELEM, NFPROTO_IPV4);
	mnl_attr_put_strz(bench->message, NFTA_SET_ELEM_LIST_TABLE, "t");
	mnl_attr_put_strz(bench->message, NFTA_SET_ELEM_LIST_SET, "__set0");
	list = mnl_attr_nest_start(bench->message, NFTA_SET_ELEM_LIST_ELEMENTS);
	for (unsigned i = 0; i < count; i++)
		put_element(bench, 0x0a000001 + i);
	mnl_attr_nest_end(bench->message, list);
	bench_end(bench);
}

static void look_up(struct bench *bench)
{
	rule_begin(bench, NFPROTO_IPV4, "in", 5);
	load_source_address(bench);
	expression_begin(bench, "lookup");
	mnl_attr_put_strz(bench->message, NFTA_LOOKUP_SET, "__set0");
	bench_u32(bench, NFTA_LOOKUP_SREG, NFT_REG_1);
	expression_end(bench);
}

static void test_sets(void)
{
	struct bench bench;
	struct buf out auto_buf;
	struct buf cut auto_buf;
	const char *text;

	bench_open(&bench);
	bench_table(&bench, NFPROTO_IPV4);
	bench_chain(&bench, NFPROTO_IPV4, "in", NF_INET_LOCAL_IN, 0);
	put_set(&bench, 2);
	look_up(&bench);
	(void)is_str(text_of(&bench, &out), "ip saddr { 10.0.0.1, 10.0.0.2 }",
		     "a set without a name is written out");
	bench_close(&bench);

	bench_open(&bench);
	bench.ruleset.max_elements = 50;
	bench_table(&bench, NFPROTO_IPV4);
	bench_chain(&bench, NFPROTO_IPV4, "in", NF_INET_LOCAL_IN, 0);
	put_set(&bench, 100);
	look_up(&bench);
	text = text_of(&bench, &cut);
	(void)ok(strstr(text, ", 10.0.0.50, \xe2\x80\xa6 }") && !strstr(text, "10.0.0.51"),
		 "one of many elements is cut, and says so: %s", text);
	bench_close(&bench);
}

static void test_comment(void)
{
	static const struct {
		const char *data;
		size_t len;
		const char *comment;
		const char *name;
	} cases[] = {
	    {"\x00\x03hi\x00", 5, "hi", "a comment"},
	    {"\x01\x02zz\x00\x03hi\x00", 9, "hi", "behind something else"},
	    {"\x00\x05hi\x00", 5, "", "one that is longer than what is there"},
	    {"\x00", 1, "", "a type without length"},
	    {"\x00\x02hi", 4, "hi", "without its NUL"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bench bench;
		struct buf out auto_buf;
		struct span comment;

		open_input(&bench, NFPROTO_IPV4);
		mnl_attr_nest_end(bench.message, bench.outer);
		mnl_attr_put(bench.message, NFTA_RULE_USERDATA, cases[i].len, cases[i].data);
		bench.outer = mnl_attr_nest_start(bench.message, NFTA_RULE_COMPAT);
		(void)text_of(&bench, &out);
		comment = bench.ruleset.tables->chains->rules->comment;
		(void)ok(span_is(comment, cases[i].comment), "%s", cases[i].name);
		bench_close(&bench);
	}
}

int main(void)
{
	test_unknown();
	test_unknown_attribute();
	test_unset_register();
	test_unused();
	test_names();
	test_dependencies();
	test_order();
	test_cut();
	test_sets();
	test_comment();
	return done();
}
