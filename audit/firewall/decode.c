/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nf_tables messages to tables, chains, rules and sets (include/uapi/linux/netfilter/nf_tables.h;
 * the kernel writes them in net/netfilter/nf_tables_api.c: nf_tables_fill_…_info()).
 */
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

#include "audit/firewall/attributes.h"
#include "audit/firewall/ruleset.h"

void ruleset_init(struct fw_ruleset *ruleset, struct arena *arena)
{
	memset(ruleset, 0, sizeof(*ruleset));
	ruleset->arena = arena;
}

/* FNV-1a over what names an object. */
static uint32_t bucket_of(uint8_t family, const char *table, const char *name)
{
	uint32_t hash = 2166136261U ^ family;

	for (; *table; table++)
		hash = (hash ^ (uint8_t)*table) * 16777619U;
	hash = (hash ^ '/') * 16777619U;
	for (; *name; name++)
		hash = (hash ^ (uint8_t)*name) * 16777619U;
	return hash % FW_BUCKETS;
}

static struct fw_table *find_table(const struct fw_ruleset *ruleset, uint8_t family,
				   const char *name)
{
	for (struct fw_table *at = ruleset->tables; at; at = at->next) {
		if (at->family == family && strcmp(at->name, name) == 0)
			return at;
	}
	return NULL;
}

struct fw_chain *ruleset_chain(const struct fw_ruleset *ruleset, uint8_t family, const char *table,
			       const char *chain)
{
	struct fw_chain *at = ruleset->chain_buckets[bucket_of(family, table, chain)];

	while (at && (at->table->family != family || strcmp(at->table->name, table) != 0 ||
		      strcmp(at->name, chain) != 0))
		at = at->next_hashed;
	return at;
}

struct fw_set *ruleset_set(const struct fw_ruleset *ruleset, uint8_t family, const char *table,
			   const char *set)
{
	struct fw_set *at = ruleset->set_buckets[bucket_of(family, table, set)];

	while (at && (at->table->family != family || strcmp(at->table->name, table) != 0 ||
		      strcmp(at->name, set) != 0))
		at = at->next_hashed;
	return at;
}

static void read_table(struct fw_ruleset *ruleset, uint8_t family, const struct nlmsghdr *message)
{
	struct fw_table *table = arena_alloc(ruleset->arena, 1, sizeof(*table));
	struct fw_table **end = &ruleset->tables;
	struct attributes all;

	attributes_of_message(&all, message, sizeof(struct nfgenmsg), NFTA_TABLE_OWNER);
	table->family = family;
	table->ruleset = ruleset;
	table->name = attribute_text(ruleset->arena, all.at[NFTA_TABLE_NAME]);
	table->flags = attribute_u32(all.at[NFTA_TABLE_FLAGS], 0);
	table->handle = attribute_u64(all.at[NFTA_TABLE_HANDLE], 0);
	table->chains_end = &table->chains;
	if (find_table(ruleset, family, table->name)) {
		ruleset->incomplete = "a table is there twice";
		return;
	}
	while (*end)
		end = &(*end)->next;
	*end = table;
}

static void read_devices(struct fw_ruleset *ruleset, struct fw_chain *chain,
			 const struct attributes *hook)
{
	struct span list = attribute_span(hook->at[NFTA_HOOK_DEVS]);
	const struct nlattr *device;

	chain->devices = arena_alloc(ruleset->arena, FW_MAX_DEVICES, sizeof(*chain->devices));
	if (hook->at[NFTA_HOOK_DEV])
		chain->devices[chain->device_count++] =
		    attribute_text(ruleset->arena, hook->at[NFTA_HOOK_DEV]);
	while ((device = attribute_next(&list))) {
		if (mnl_attr_get_type(device) != NFTA_DEVICE_NAME ||
		    chain->device_count == FW_MAX_DEVICES) {
			ruleset->incomplete = "a chain's devices are not understood";
			return;
		}
		chain->devices[chain->device_count++] = attribute_text(ruleset->arena, device);
	}
}

static enum fw_chain_type chain_type(struct span name)
{
	static const char *const names[] = {"filter", "nat", "route"};

	name.len = name.len > 0 ? strnlen(name.data, name.len) : 0;
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (span_is(name, names[i]))
			return (enum fw_chain_type)i;
	}
	return FW_CHAIN_OTHER;
}

static void read_hook(struct fw_ruleset *ruleset, struct fw_chain *chain,
		      const struct attributes *all)
{
	struct attributes hook;

	if (!all->at[NFTA_CHAIN_HOOK])
		return;
	attributes_of_nest(&hook, all->at[NFTA_CHAIN_HOOK], NFTA_HOOK_DEVS);
	chain->is_base = true;
	chain->hook = attribute_u32(hook.at[NFTA_HOOK_HOOKNUM], UINT32_MAX);
	chain->priority = (int32_t)attribute_u32(hook.at[NFTA_HOOK_PRIORITY], 0);
	chain->type = chain_type(attribute_span(all->at[NFTA_CHAIN_TYPE]));
	chain->policy = attribute_u32(all->at[NFTA_CHAIN_POLICY], NF_ACCEPT);
	chain->has_policy = chain->policy == NF_ACCEPT || chain->policy == NF_DROP;
	if (!chain->has_policy || hook.has_unknown || chain->hook == UINT32_MAX)
		ruleset->incomplete = "a base chain is not understood";
	read_devices(ruleset, chain, &hook);
	if (chain->table->family == NFPROTO_BRIDGE)
		ruleset->has_bridge = true;
}

static void read_chain(struct fw_ruleset *ruleset, uint8_t family, const struct nlmsghdr *message)
{
	struct fw_chain *chain = arena_alloc(ruleset->arena, 1, sizeof(*chain));
	struct fw_chain **bucket;
	struct attributes all;

	attributes_of_message(&all, message, sizeof(struct nfgenmsg), NFTA_CHAIN_USERDATA);
	chain->name = attribute_text(ruleset->arena, all.at[NFTA_CHAIN_NAME]);
	chain->handle = attribute_u64(all.at[NFTA_CHAIN_HANDLE], 0);
	chain->rules_end = &chain->rules;
	chain->table =
	    find_table(ruleset, family, attribute_text(ruleset->arena, all.at[NFTA_CHAIN_TABLE]));
	if (!chain->table || ruleset_chain(ruleset, family, chain->table->name, chain->name)) {
		ruleset->incomplete = "a chain is there twice or without its table";
		return;
	}
	read_hook(ruleset, chain, &all);
	*chain->table->chains_end = chain;
	chain->table->chains_end = &chain->next;
	bucket = &ruleset->chain_buckets[bucket_of(family, chain->table->name, chain->name)];
	chain->next_hashed = *bucket;
	*bucket = chain;
}

/* nft's own words about a rule: type, length, value (libnftnl: src/udata.c). */
static struct span read_comment(struct fw_ruleset *ruleset, struct span data)
{
	while (data.len >= 2) {
		uint8_t type = (uint8_t)data.data[0];
		struct span value = {data.data + 2, (uint8_t)data.data[1]};

		if (value.len > data.len - 2)
			break;
		if (type == 0 /* NFTNL_UDATA_RULE_COMMENT, with its NUL */) {
			value.len = strnlen(value.data, value.len);
			return (struct span){arena_text(ruleset->arena, value), value.len};
		}
		data.data += 2 + value.len;
		data.len -= 2 + value.len;
	}
	return (struct span){0};
}

static void read_rule(struct fw_ruleset *ruleset, uint8_t family, const struct nlmsghdr *message)
{
	struct fw_rule *rule = arena_alloc(ruleset->arena, 1, sizeof(*rule));
	struct attributes all;

	attributes_of_message(&all, message, sizeof(struct nfgenmsg), NFTA_RULE_CHAIN_ID);
	rule->handle = attribute_u64(all.at[NFTA_RULE_HANDLE], 0);
	rule->chain =
	    ruleset_chain(ruleset, family, attribute_text(ruleset->arena, all.at[NFTA_RULE_TABLE]),
			  attribute_text(ruleset->arena, all.at[NFTA_RULE_CHAIN]));
	if (!rule->chain) {
		ruleset->incomplete = "a rule is there without its chain";
		return;
	}
	ruleset->rule_count++;
	rule->comment = read_comment(ruleset, attribute_span(all.at[NFTA_RULE_USERDATA]));
	*rule->chain->rules_end = rule;
	rule->chain->rules_end = &rule->next;
	ruleset_decode_expressions(ruleset, rule, all.at[NFTA_RULE_EXPRESSIONS]);
	if (all.has_unknown && rule->op_count > 0)
		rule->ops[0].type = FW_UNKNOWN;
}

static void read_fields(struct fw_set *set, const struct nlattr *concat)
{
	struct span list = attribute_span(concat);
	const struct nlattr *field;

	while ((field = attribute_next(&list))) {
		struct attributes all;
		uint32_t len;

		attributes_of_nest(&all, field, NFTA_SET_FIELD_LEN);
		len = attribute_u32(all.at[NFTA_SET_FIELD_LEN], 0);
		if (len == 0 || len > FW_REGISTER_BYTES || set->field_count == FW_MAX_FIELDS) {
			set->has_unknown = true;
			return;
		}
		set->field_len[set->field_count++] = (uint8_t)len;
	}
}

static void read_set(struct fw_ruleset *ruleset, uint8_t family, const struct nlmsghdr *message)
{
	struct fw_set *set = arena_alloc(ruleset->arena, 1, sizeof(*set));
	struct attributes desc;
	struct attributes all;
	struct fw_set **bucket;

	attributes_of_message(&all, message, sizeof(struct nfgenmsg), NFTA_SET_EXPRESSIONS);
	set->name = attribute_text(ruleset->arena, all.at[NFTA_SET_NAME]);
	set->flags = attribute_u32(all.at[NFTA_SET_FLAGS], 0);
	set->key_type = attribute_u32(all.at[NFTA_SET_KEY_TYPE], 0);
	set->key_len = attribute_u32(all.at[NFTA_SET_KEY_LEN], 0);
	set->data_len = attribute_u32(all.at[NFTA_SET_DATA_LEN], 0);
	set->data_type = attribute_u32(all.at[NFTA_SET_DATA_TYPE], 0);
	set->object_type = attribute_u32(all.at[NFTA_SET_OBJ_TYPE], NFT_OBJECT_UNSPEC);
	set->table =
	    find_table(ruleset, family, attribute_text(ruleset->arena, all.at[NFTA_SET_TABLE]));
	if (!set->table || ruleset_set(ruleset, family, set->table->name, set->name)) {
		ruleset->incomplete = "a set is there twice or without its table";
		return;
	}
	/* newer kernels tell the set's type and element count too: no matter for its meaning */
	set->has_unknown = set->key_len == 0 || set->key_len > FW_REGISTER_BYTES;
	if (set->has_unknown)
		set->key_len = 1; /* nobody asks it any more; its elements still have room */
	attributes_of_nest(&desc, all.at[NFTA_SET_DESC], NFTA_SET_DESC_CONCAT);
	read_fields(set, desc.at[NFTA_SET_DESC_CONCAT]);
	bucket = &ruleset->set_buckets[bucket_of(family, set->table->name, set->name)];
	set->next_hashed = *bucket;
	*bucket = set;
}

static void read_elements(struct fw_ruleset *ruleset, uint8_t family,
			  const struct nlmsghdr *message)
{
	struct attributes all;
	struct fw_set *set;

	attributes_of_message(&all, message, sizeof(struct nfgenmsg), NFTA_SET_ELEM_LIST_SET_ID);
	set = ruleset_set(ruleset, family,
			  attribute_text(ruleset->arena, all.at[NFTA_SET_ELEM_LIST_TABLE]),
			  attribute_text(ruleset->arena, all.at[NFTA_SET_ELEM_LIST_SET]));
	if (!set) {
		ruleset->incomplete = "elements are there without their set";
		return;
	}
	ruleset_decode_elements(ruleset, set, all.at[NFTA_SET_ELEM_LIST_ELEMENTS]);
}

void ruleset_message(struct fw_ruleset *ruleset, const struct nlmsghdr *message)
{
	uint8_t family;

	if (message->nlmsg_type >> 8 != NFNL_SUBSYS_NFTABLES ||
	    mnl_nlmsg_get_payload_len(message) < sizeof(struct nfgenmsg))
		return;
	family = ((const struct nfgenmsg *)mnl_nlmsg_get_payload(message))->nfgen_family;
	switch (message->nlmsg_type & 0xff) {
	case NFT_MSG_NEWTABLE:
		read_table(ruleset, family, message);
		break;
	case NFT_MSG_NEWCHAIN:
		read_chain(ruleset, family, message);
		break;
	case NFT_MSG_NEWRULE:
		read_rule(ruleset, family, message);
		break;
	case NFT_MSG_NEWSET:
		read_set(ruleset, family, message);
		break;
	case NFT_MSG_NEWSETELEM:
		read_elements(ruleset, family, message);
		break;
	default:
		break;
	}
}
