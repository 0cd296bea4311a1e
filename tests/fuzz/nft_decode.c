/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Netlink messages of any content as a ruleset, links and routes, then a few questions to the
 * model: nothing may crash, and each source is accepted, dropped or both, never neither. Every rule
 * and set is written as text too, and keeps to its ceilings.
 */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "audit/firewall/render.h"
#include "audit/firewall/walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz_nft_question {
	int family;
	u128 daddr;
	uint8_t protocol;
	uint16_t port;
	int sport;
};

static void fuzz_nft_ask(struct fw_model *model, const struct fw_link *in,
			 const struct fuzz_nft_question *question)
{
	struct fw_query query = {.family = question->family,
				 .in = in,
				 .daddr = question->daddr,
				 .dport = question->port,
				 .sport = question->sport,
				 .protocol = question->protocol,
				 .tcp_flags = question->port == 443 ? 0x10 : 0x02,
				 .explains = question->port == 80};
	struct range all = range_all(question->family);
	struct fw_answer answer;
	struct ranges either;

	model_ask(model, &query, &answer);
	either = ranges_union(&model->scratch, answer.may_accept, answer.may_drop);
	if (!model->scratch.is_exhausted &&
	    (either.count != 1 || either.items[0].first != all.first ||
	     either.items[0].last != all.last))
		__builtin_trap();
	(void)answer_reachable(model, &answer);
	(void)answer_unknown(model, &answer);
}

/* By a few of the links, to what a host may have, to all, to a group, and to elsewhere. */
static void fuzz_nft_ask_all(struct fw_model *model)
{
	static const struct fuzz_nft_question questions[] = {
	    {AF_INET, 0xc0000201U, IPPROTO_TCP, 80, -1},
	    {AF_INET, 0xc0000201U, IPPROTO_UDP, 53, 40000},
	    {AF_INET, 0xac110002U, IPPROTO_TCP, 8080, 40000},
	    {AF_INET, 0xc0000201U, IPPROTO_TCP, 443, 40000},
	    {AF_INET, 0xe0000001U, IPPROTO_UDP, 5353, -1},
	    {AF_INET, 0xffffffffU, IPPROTO_UDP, 67, 68},
	    {AF_INET, 0x7f000001U, IPPROTO_TCP, 83, 40000},
	    {AF_INET6, (u128)0x20010db800010000U << 64 | 1, IPPROTO_TCP, 80, -1},
	    {AF_INET6, (u128)0xff02U << 112 | 1, IPPROTO_UDP, 5353, 40000},
	};
	unsigned asked = 0;

	for (const struct fw_link *at = model->host->links; at && asked < 3; at = at->next) {
		for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
			fuzz_nft_ask(model, at, &questions[i]);
		asked++;
	}
	if (model->host->addresses && model->host->links) {
		const struct fw_address *own = model->host->addresses;
		const struct fuzz_nft_question question = {own->family, own->address, IPPROTO_TCP,
							   22, 40000};

		fuzz_nft_ask(model, model->host->links, &question);
	}
}

static void fuzz_nft_settings(struct fw_host *host, const struct nlmsghdr *message)
{
	/* one of the bits of a number that matters little otherwise */
	host_model_setting(host, "net/ipv4/conf/all/forwarding", 1);
	host_model_setting(host, "net/ipv6/conf/all/forwarding", message->nlmsg_seq & 1);
	host_model_setting(host, "net/ipv4/conf/eth0/forwarding", 1);
	host_model_setting(host, "net/ipv4/conf/eth0/rp_filter", message->nlmsg_seq >> 1 & 3);
	host_model_setting(host, "net/ipv4/conf/eth0/route_localnet", message->nlmsg_seq >> 3 & 1);
	host_model_setting(host, "net/netfilter/nf_conntrack_tcp_loose", 1);
}

static void fuzz_nft_read(struct fw_ruleset *ruleset, struct fw_host *host, const uint8_t *data,
			  size_t size)
{
	uint8_t *copy = malloc(size + 1); /* netlink's messages are aligned, as malloc()'s are */
	int left = (int)size;

	if (!copy)
		return;
	memcpy(copy, data, size);
	for (const struct nlmsghdr *at = (const void *)copy; mnl_nlmsg_ok(at, left);
	     at = mnl_nlmsg_next(at, &left)) {
		if (at->nlmsg_len > size) /* mnl_nlmsg_ok() takes more than INT_MAX for little */
			break;
		ruleset_message(ruleset, at);
		host_model_message(host, at);
		fuzz_nft_settings(host, at);
	}
	free(copy);
	ruleset_link(ruleset);
	host_model_link(host);
}

#define FUZZ_NFT_ELLIPSIS 3 /* bytes, behind what is cut */

static void fuzz_nft_render_chain(const struct fw_chain *chain)
{
	for (const struct fw_rule *rule = chain->rules; rule; rule = rule->next) {
		struct buf all auto_buf;
		struct buf brief auto_buf;

		buf_init(&all, RENDER_MAX_BYTES + FUZZ_NFT_ELLIPSIS);
		buf_init(&brief, RENDER_SHORT_BYTES + FUZZ_NFT_ELLIPSIS);
		render_rule(&all, rule);
		render_rule_short(&brief, rule);
		/* what does something says so */
		if (all.overflowed || brief.overflowed || (all.len == 0 && !rule->is_idle))
			__builtin_trap();
	}
}

static void fuzz_nft_render(struct fw_ruleset *ruleset, const struct fw_host *host)
{
	ruleset->links = host->links;
	for (const struct fw_table *table = ruleset->tables; table; table = table->next)
		for (const struct fw_chain *chain = table->chains; chain; chain = chain->next)
			fuzz_nft_render_chain(chain);
	for (unsigned i = 0; i < FW_BUCKETS; i++) {
		for (const struct fw_set *set = ruleset->set_buckets[i]; set;
		     set = set->next_hashed) {
			struct buf out auto_buf;

			buf_init(&out, RENDER_MAX_BYTES);
			render_set_type(&out, set);
			render_set_flags(&out, set);
			if (out.len == 0 || out.overflowed)
				__builtin_trap();
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fw_link only = {.index = 1, .name = "eth0", .type = 1};
	struct fw_link *link;
	struct fw_ruleset ruleset;
	struct fw_host host;
	struct fw_model model;
	struct arena arena;

	if (size > 1 << 17)
		return 0;
	arena_init(&arena, (size_t)1 << 30);
	ruleset_init(&ruleset, &arena);
	ruleset.max_elements = size % 3 ? 0 : size % 7; /* as a table of texts has it */
	host_model_init(&host, &arena);
	ruleset.only_counts = size % 5 == 0; /* and one of counts */
	fuzz_nft_read(&ruleset, &host, data, size);
	if (!host.links) {
		link = arena_alloc(&arena, 1, sizeof(*link));
		*link = only;
		host.links = link;
	}
	fuzz_nft_render(&ruleset, &host);
	model_init(&model, &ruleset, &host, &arena);
	fuzz_nft_ask_all(&model);
	arena_done(&arena);
	return 0;
}
