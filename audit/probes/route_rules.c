/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table route_rules: see the spec at the end. Answers of rtnetlink(7), RTM_NEWRULE. */
#include <arpa/inet.h>
#include <linux/fib_rules.h>
#include <stdio.h>
#include <string.h>

#include "audit/netlink.h"
#include "lib/inet.h"
#include "lib/own.h"

struct rule {
	struct fib_rule_hdr info;
	uint32_t priority;
	uint32_t table;
	u128 source;
	u128 destination;
	uint32_t mark;
	uint32_t mark_mask;
	bool has_mark;
	bool has_other; /* a selector that has no column */
	char input[32];
	char output[32];
};

static uint32_t number_of(const struct nlattr *attribute)
{
	return mnl_attr_get_payload_len(attribute) >= sizeof(uint32_t) ? mnl_attr_get_u32(attribute)
								       : 0;
}

static u128 address_of(const struct nlattr *attribute, int family)
{
	size_t len = inet_bits(family) / 8;

	return mnl_attr_get_payload_len(attribute) == len
		   ? inet_number(mnl_attr_get_payload(attribute), len)
		   : 0;
}

static void copy_name(char *out, size_t size, const struct nlattr *attribute)
{
	size_t len = strnlen(mnl_attr_get_payload(attribute), mnl_attr_get_payload_len(attribute));

	if (len >= size)
		len = size - 1;
	memcpy(out, mnl_attr_get_payload(attribute), len);
}

/* Reads with the family known: read_rule() has set `info`. */
static int read_attribute(const struct nlattr *attribute, void *context)
{
	struct rule *rule = context;

	switch (mnl_attr_get_type(attribute)) {
	case FRA_PRIORITY:
		rule->priority = number_of(attribute);
		break;
	case FRA_TABLE: /* the header holds numbers up to 255 only */
		rule->table = number_of(attribute);
		break;
	case FRA_SRC:
		rule->source = address_of(attribute, rule->info.family);
		break;
	case FRA_DST:
		rule->destination = address_of(attribute, rule->info.family);
		break;
	case FRA_FWMARK:
		rule->mark = number_of(attribute);
		rule->has_mark = true;
		break;
	case FRA_FWMASK:
		rule->mark_mask = number_of(attribute);
		rule->has_mark = true;
		break;
	case FRA_IIFNAME:
		copy_name(rule->input, sizeof(rule->input), attribute);
		break;
	case FRA_OIFNAME:
		copy_name(rule->output, sizeof(rule->output), attribute);
		break;
	case FRA_L3MDEV:
		rule->has_other =
		    mnl_attr_get_payload_len(attribute) < 1 || mnl_attr_get_u8(attribute) != 0;
		break;
	case FRA_UID_RANGE:
	case FRA_IP_PROTO:
	case FRA_SPORT_RANGE:
	case FRA_DPORT_RANGE:
	case FRA_TUN_ID:
		rule->has_other = true;
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

static bool read_rule(const struct nlmsghdr *message, void *row)
{
	struct rule *rule = row;

	rule->info = *(const struct fib_rule_hdr *)mnl_nlmsg_get_payload(message);
	if (rule->info.family != AF_INET && rule->info.family != AF_INET6)
		return false;
	rule->table = rule->info.table;
	rule->mark_mask = UINT32_MAX;
	rule->has_other = rule->info.tos != 0;
	(void)mnl_attr_parse(message, sizeof(rule->info), read_attribute, rule); /* optional */
	return true;
}

/* Names as ip-rule(8) prints them. */
static const char *action_name(unsigned action)
{
	static const char *const names[] = {
	    [FR_ACT_TO_TBL] = "lookup",
	    [FR_ACT_GOTO] = "goto",
	    [FR_ACT_NOP] = "nop",
	    [FR_ACT_BLACKHOLE] = "blackhole",
	    [FR_ACT_UNREACHABLE] = "unreachable",
	    [FR_ACT_PROHIBIT] = "prohibit",
	};

	return action < ARRAY_LEN(names) ? names[action] : NULL;
}

static void put_prefix(struct host *host, int family, u128 address, unsigned length)
{
	char text[INET_TEXT_SIZE];
	char prefix[INET_TEXT_SIZE + 4];

	(void)snprintf(prefix, sizeof(prefix), "%s/%u", inet_text(family, address, text), length);
	row_text(host, length > 0 ? prefix : NULL);
}

static void put_rule(struct host *host, uint64_t namespace, const void *row)
{
	const struct rule *rule = row;
	int family = rule->info.family;

	row_int(host, (int64_t) namespace);
	row_text(host, family == AF_INET ? "ipv4" : "ipv6");
	row_int(host, rule->priority);
	row_text(host, action_name(rule->info.action));
	row_int(host, rule->table);
	row_int(host, (rule->info.flags & FIB_RULE_INVERT) != 0);
	put_prefix(host, family, rule->source, rule->info.src_len);
	put_prefix(host, family, rule->destination, rule->info.dst_len);
	row_text(host, rule->input[0] ? rule->input : NULL);
	row_text(host, rule->output[0] ? rule->output : NULL);
	if (rule->has_mark) {
		row_int(host, rule->mark);
		row_int(host, rule->mark_mask);
	} else {
		row_null(host);
		row_null(host);
	}
	row_int(host, rule->has_other);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	static const struct netlink_table table = {
	    {0, 2, RTM_NEWRULE, sizeof(struct fib_rule_hdr), NULL},
	    "routing rules",
	    sizeof(struct rule),
	    read_rule,
	    put_rule};

	return netlink_collect(host, &table, err);
}

const struct probe probe_route_rules = {
    .about =
	"Rules of policy routing, which choose the table of routes, of every network namespace",
    COLUMNS(
	{"namespace", INTEGER, "id of the network namespace"}, {"family", TEXT, "ipv4 or ipv6"},
	{"priority", INTEGER, "the smallest is asked first"},
	{"action", TEXT, "lookup, goto, nop, blackhole, unreachable or prohibit"},
	{"route_table", INTEGER, "number of the routing table that lookup asks"},
	{"is_inverted", INTEGER, "1: for what the selectors do not match"},
	{"source", TEXT, "prefix of the source; NULL for any"},
	{"destination", TEXT, "prefix of the destination; NULL for any"},
	{"input", TEXT, "name of the interface that it came in by; NULL for any"},
	{"output", TEXT, "name of the interface that the socket is bound to; NULL for any"},
	{"mark", INTEGER, "packet mark; NULL for any"},
	{"mark_mask", INTEGER, "bits of the mark that count; NULL without a mark"},
	{"has_other", INTEGER, "1: it has a selector that is not listed (tos, uid, port, VRF …)"}),
    NEEDS({DUMP, "route_rules"}),
    .collect = collect,
};
