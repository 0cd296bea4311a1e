/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtnetlink(7) messages to links, addresses, routes and policy rules: see host.h. */
#include "audit/firewall/host.h"

#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "audit/firewall/attributes.h"
#include "lib/own.h"

void host_model_init(struct fw_host *host, struct arena *arena)
{
	*host = (struct fw_host){.arena = arena, .tcp_loose = -1};
	host->addresses_end = &host->addresses;
}

/* rtnetlink's numbers are in the host's order, unlike those of nf_tables. */
static uint32_t number(const struct nlattr *attribute, uint32_t otherwise)
{
	struct span span = attribute_span(attribute);
	uint32_t value;

	if (span.len != sizeof(value))
		return otherwise;
	memcpy(&value, span.data, sizeof(value));
	return value;
}

static void name_of(char *out, const struct nlattr *attribute)
{
	struct span span = attribute_span(attribute);
	size_t len = span.len > 0 ? strnlen(span.data, span.len) : 0;

	memset(out, 0, FW_NAME_BYTES);
	if (len > 0)
		memcpy(out, span.data, len < FW_NAME_BYTES ? len : FW_NAME_BYTES - 1);
}

/* IFLA_… and FRA_… go beyond what struct attributes holds, so they are looked for one by one. */
static const struct nlattr *find(const struct nlmsghdr *message, size_t header, uint16_t type)
{
	size_t start = (header + MNL_ALIGNTO - 1) & ~(size_t)(MNL_ALIGNTO - 1);
	size_t all = mnl_nlmsg_get_payload_len(message);
	struct span rest = {mnl_nlmsg_get_payload(message), all};
	const struct nlattr *at;

	if (all <= start)
		return NULL;
	rest.data += start;
	rest.len -= start;
	while ((at = attribute_next(&rest))) {
		if (mnl_attr_get_type(at) == type)
			return at;
	}
	return NULL;
}

static bool has_flag(const struct nlattr *attribute)
{
	struct span span = attribute_span(attribute);

	return span.len > 0 && span.data[0] != 0;
}

static void read_link(struct fw_host *host, const struct nlmsghdr *message)
{
	const struct ifinfomsg *info = mnl_nlmsg_get_payload(message);
	struct fw_link *link = arena_alloc(host->arena, 1, sizeof(*link));
	struct attributes nested;
	struct attributes data;

	if (host_link(host, info->ifi_index))
		return;
	link->index = info->ifi_index;
	link->type = info->ifi_type;
	link->flags = info->ifi_flags;
	name_of(link->name, find(message, sizeof(*info), IFLA_IFNAME));
	attributes_of_nest(&nested, find(message, sizeof(*info), IFLA_LINKINFO),
			   ATTRIBUTES_MAX - 1);
	name_of(link->kind, nested.at[IFLA_INFO_KIND]);
	attributes_of_nest(&data, nested.at[IFLA_INFO_DATA], ATTRIBUTES_MAX - 1);
	link->has_vlans = has_flag(data.at[IFLA_BR_VLAN_FILTERING]); /* if it is a bridge */
	link->group = number(find(message, sizeof(*info), IFLA_GROUP), 0);
	link->master = (int)number(find(message, sizeof(*info), IFLA_MASTER), 0);
	link->lower = (int)number(find(message, sizeof(*info), IFLA_LINK), 0);
	link->is_lower_elsewhere = find(message, sizeof(*info), IFLA_LINK_NETNSID) != NULL;
	attributes_of_nest(&nested, find(message, sizeof(*info), IFLA_XDP), ATTRIBUTES_MAX - 1);
	link->has_xdp = has_flag(nested.at[IFLA_XDP_ATTACHED]);
	link->next = host->links;
	host->links = link;
}

static bool is_inet(int family)
{
	return family == AF_INET || family == AF_INET6;
}

/* An address of the family, or `otherwise`. */
static u128 address_of(int family, const struct nlattr *attribute, u128 otherwise)
{
	struct span span = attribute_span(attribute);

	return span.len == inet_bits(family) / 8 ? inet_number(span.data, span.len) : otherwise;
}

static void read_address(struct fw_host *host, const struct nlmsghdr *message)
{
	const struct ifaddrmsg *info = mnl_nlmsg_get_payload(message);
	struct fw_address *address = arena_alloc(host->arena, 1, sizeof(*address));
	const struct nlattr *local = find(message, sizeof(*info), IFA_LOCAL);

	if (!is_inet(info->ifa_family))
		return;
	address->family = info->ifa_family;
	address->link = (int)info->ifa_index;
	address->flags = number(find(message, sizeof(*info), IFA_FLAGS), info->ifa_flags);
	address->address = address_of(info->ifa_family,
				      local ? local : find(message, sizeof(*info), IFA_ADDRESS), 0);
	*host->addresses_end = address;
	host->addresses_end = &address->next;
}

static void add_link(struct fw_route *route, uint32_t index)
{
	if (route->link_count == ARRAY_LEN(route->links))
		route->has_unknown = true;
	else
		route->links[route->link_count++] = (int)index;
}

/* RTA_MULTIPATH: struct rtnexthop after struct rtnexthop, each with attributes of its own. */
static void read_next_hops(struct fw_route *route, struct span list)
{
	while (list.len >= sizeof(struct rtnexthop)) {
		struct rtnexthop hop;
		size_t step;

		memcpy(&hop, list.data, sizeof(hop));
		step = ((size_t)hop.rtnh_len + 3) & ~(size_t)3;
		if (hop.rtnh_len < sizeof(hop) || step > list.len)
			break;
		add_link(route, (uint32_t)hop.rtnh_ifindex);
		list.data += step;
		list.len -= step;
	}
	route->has_unknown |= list.len > 0;
}

static void read_route(struct fw_host *host, const struct nlmsghdr *message)
{
	const struct rtmsg *info = mnl_nlmsg_get_payload(message);
	struct fw_route *route = arena_alloc(host->arena, 1, sizeof(*route));
	const struct nlattr *at;

	if (!is_inet(info->rtm_family) || (info->rtm_flags & RTM_F_CLONED))
		return;
	route->family = info->rtm_family;
	route->type = info->rtm_type;
	route->scope = info->rtm_scope;
	route->prefix = info->rtm_dst_len;
	route->table = number(find(message, sizeof(*info), RTA_TABLE), info->rtm_table);
	route->metric = number(find(message, sizeof(*info), RTA_PRIORITY), 0);
	/* a source prefix, a TOS, a next hop object, an encapsulation: not here */
	route->has_unknown = info->rtm_src_len != 0 || info->rtm_tos != 0 ||
			     info->rtm_dst_len > inet_bits(route->family) ||
			     find(message, sizeof(*info), RTA_ENCAP_TYPE) ||
			     (info->rtm_flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN));
	if (info->rtm_dst_len > inet_bits(route->family))
		route->prefix = 0;
	route->to = range_prefix(
	    route->family, address_of(route->family, find(message, sizeof(*info), RTA_DST), 0),
	    route->prefix);
	route->has_gateway = find(message, sizeof(*info), RTA_GATEWAY) ||
			     find(message, sizeof(*info), RTA_VIA) ||
			     find(message, sizeof(*info), RTA_MULTIPATH);
	at = find(message, sizeof(*info), RTA_OIF);
	if (at)
		add_link(route, number(at, 0));
	at = find(message, sizeof(*info), RTA_MULTIPATH);
	if (at)
		read_next_hops(route, attribute_span(at));
	route->next = host->routes;
	host->routes = route;
}

static bool is_known_selector(uint16_t type)
{
	switch (type) {
	case FRA_DST:
	case FRA_SRC:
	case FRA_IIFNAME:
	case FRA_PRIORITY:
	case FRA_FWMARK:
	case FRA_FWMASK:
	case FRA_TABLE:
	case FRA_PROTOCOL:
	case FRA_PAD:
		return true;
	default:
		return false;
	}
}

static bool has_unknown_selector(const struct nlmsghdr *message)
{
	size_t start = sizeof(struct fib_rule_hdr);
	struct span rest = {mnl_nlmsg_get_payload(message), mnl_nlmsg_get_payload_len(message)};
	const struct nlattr *at;

	rest.data += start;
	rest.len -= start;
	while ((at = attribute_next(&rest))) {
		uint16_t type = mnl_attr_get_type(at);
		bool is_off = (type == FRA_SUPPRESS_PREFIXLEN || type == FRA_SUPPRESS_IFGROUP) &&
			      number(at, 0) == UINT32_MAX;

		if (!is_known_selector(type) && !is_off)
			return true;
	}
	return rest.len > 0;
}

static void read_policy(struct fw_host *host, const struct nlmsghdr *message)
{
	const struct fib_rule_hdr *info = mnl_nlmsg_get_payload(message);
	struct fw_policy *policy = arena_alloc(host->arena, 1, sizeof(*policy));
	unsigned bits;

	if (!is_inet(info->family))
		return;
	bits = inet_bits(info->family);
	policy->family = info->family;
	policy->priority = number(find(message, sizeof(*info), FRA_PRIORITY), 0);
	policy->table = number(find(message, sizeof(*info), FRA_TABLE), info->table);
	policy->has_unknown = info->action != FR_ACT_TO_TBL || info->tos != 0 ||
			      (info->flags & FIB_RULE_INVERT) || info->src_len > bits ||
			      info->dst_len > bits || has_unknown_selector(message);
	policy->from = range_prefix(
	    info->family, address_of(info->family, find(message, sizeof(*info), FRA_SRC), 0),
	    info->src_len > bits ? 0 : info->src_len);
	policy->to = range_prefix(
	    info->family, address_of(info->family, find(message, sizeof(*info), FRA_DST), 0),
	    info->dst_len > bits ? 0 : info->dst_len);
	policy->has_iif = find(message, sizeof(*info), FRA_IIFNAME) != NULL;
	name_of(policy->iif, find(message, sizeof(*info), FRA_IIFNAME));
	policy->mark = number(find(message, sizeof(*info), FRA_FWMARK), 0);
	policy->mask = number(find(message, sizeof(*info), FRA_FWMASK), 0);
	policy->has_mark = policy->mask != 0;
	policy->next = host->policies;
	host->policies = policy;
}

void host_model_message(struct fw_host *host, const struct nlmsghdr *message)
{
	static const struct {
		uint16_t type;
		size_t header;
		void (*read)(struct fw_host *host, const struct nlmsghdr *message);
	} kinds[] = {
	    {RTM_NEWLINK, sizeof(struct ifinfomsg), read_link},
	    {RTM_NEWADDR, sizeof(struct ifaddrmsg), read_address},
	    {RTM_NEWROUTE, sizeof(struct rtmsg), read_route},
	    {RTM_NEWRULE, sizeof(struct fib_rule_hdr), read_policy},
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (message->nlmsg_type == kinds[i].type &&
		    mnl_nlmsg_get_payload_len(message) >= kinds[i].header)
			kinds[i].read(host, message);
	}
}

static struct fw_settings *settings_of(struct fw_host *host, const char *name)
{
	struct fw_settings *at = host->settings;

	while (at && strcmp(at->name, name) != 0)
		at = at->next;
	if (at)
		return at;
	at = arena_alloc(host->arena, 1, sizeof(*at));
	at->name = arena_text(host->arena, span_of(name));
	at->next = host->settings;
	host->settings = at;
	return at;
}

static void set_ip4(struct fw_settings *settings, struct span name, int value)
{
	static const char *const names[FW_SETTINGS] = {
	    [FW_FORWARDING] = "forwarding",         [FW_RP_FILTER] = "rp_filter",
	    [FW_ROUTE_LOCALNET] = "route_localnet", [FW_ACCEPT_LOCAL] = "accept_local",
	    [FW_SRC_VALID_MARK] = "src_valid_mark", [FW_BC_FORWARDING] = "bc_forwarding"};

	for (unsigned i = 0; i < FW_SETTINGS; i++) {
		if (span_is(name, names[i]))
			settings->ip4[i] = value;
	}
}

void host_model_setting(struct fw_host *host, const char *name, long value)
{
	struct span rest = span_of(name);
	bool is_ip6 = span_starts(rest, "net/ipv6/conf/");
	char link[FW_NAME_BYTES] = "";
	struct span part;
	int number_now = value > INT32_MAX || value < INT32_MIN ? -1 : (int)value;

	if (span_is(rest, "net/netfilter/nf_conntrack_tcp_loose"))
		host->tcp_loose = number_now;
	if (!is_ip6 && !span_starts(rest, "net/ipv4/conf/"))
		return;
	rest.data += strlen("net/ipv4/conf/");
	rest.len -= strlen("net/ipv4/conf/");
	if (!span_cut(&rest, '/', &part) || part.len >= sizeof(link))
		return;
	memcpy(link, part.data, part.len);
	if (!is_ip6)
		set_ip4(settings_of(host, link), rest, number_now);
	else if (span_is(rest, "forwarding"))
		settings_of(host, link)->ip6_forwarding = number_now;
	else if (span_is(rest, "force_forwarding"))
		settings_of(host, link)->ip6_force_forwarding = number_now;
}
