/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table addresses: see the spec at the end. Answers of rtnetlink(7), RTM_NEWADDR. */
#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

#include "audit/netlink.h"
#include "lib/inet.h"

struct address {
	struct ifaddrmsg info;
	bool has_number;
	bool is_local; /* IFA_LOCAL was seen: IFA_ADDRESS is then the peer's */
	u128 number;
};

static int read_attribute(const struct nlattr *attribute, void *context)
{
	struct address *address = context;
	uint16_t type = mnl_attr_get_type(attribute);
	size_t len = inet_bits(address->info.ifa_family) / 8;

	if ((type != IFA_LOCAL && type != IFA_ADDRESS) ||
	    mnl_attr_get_payload_len(attribute) != len ||
	    (type == IFA_ADDRESS && address->is_local))
		return MNL_CB_OK;
	address->number = inet_number(mnl_attr_get_payload(attribute), len);
	address->has_number = true;
	address->is_local = type == IFA_LOCAL;
	return MNL_CB_OK;
}

static bool read_address(const struct nlmsghdr *message, void *row)
{
	struct address *address = row;

	address->info = *(const struct ifaddrmsg *)mnl_nlmsg_get_payload(message);
	if (address->info.ifa_family != AF_INET && address->info.ifa_family != AF_INET6)
		return false;
	(void)mnl_attr_parse(message, sizeof(address->info), read_attribute, address);
	return address->has_number;
}

/* Names as ip-address(8) prints them. */
static const char *scope_name(unsigned scope)
{
	switch (scope) {
	case RT_SCOPE_UNIVERSE:
		return "global";
	case RT_SCOPE_SITE:
		return "site";
	case RT_SCOPE_LINK:
		return "link";
	case RT_SCOPE_HOST:
		return "host";
	default:
		return NULL;
	}
}

static void put_address(struct host *host, uint64_t namespace, const void *row)
{
	const struct address *address = row;
	char text[INET_TEXT_SIZE];

	row_int(host, (int64_t) namespace);
	row_int(host, address->info.ifa_index);
	row_text(host, address->info.ifa_family == AF_INET ? "ipv4" : "ipv6");
	row_text(host, inet_text(address->info.ifa_family, address->number, text));
	row_int(host, address->info.ifa_prefixlen);
	row_text(host, scope_name(address->info.ifa_scope));
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	static const struct netlink_table table = {
	    {0, 1, RTM_NEWADDR, sizeof(struct ifaddrmsg), NULL},
	    "addresses",
	    sizeof(struct address),
	    read_address,
	    put_address};

	return netlink_collect(host, &table, err);
}

const struct probe probe_addresses = {
    .about = "IP addresses of the interfaces of every network namespace",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"ifindex", INTEGER, "index of the interface"}, {"family", TEXT, "ipv4 or ipv6"},
	    {"address", TEXT, "the local address"},
	    {"prefix_length", INTEGER, "bits of the subnet"},
	    {"scope", TEXT, "global, site, link or host; NULL for another"}),
    NEEDS({DUMP, "addresses"}),
    .collect = collect,
};
