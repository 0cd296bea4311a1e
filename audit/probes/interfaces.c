/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table interfaces: see the spec at the end. Answers of rtnetlink(7), RTM_NEWLINK. */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "audit/netlink.h"

struct link {
	int index;
	unsigned flags;
	int64_t master; /* 0: none */
	int64_t lower;  /* 0: none */
	bool has_xdp;
	char name[IFNAMSIZ];
	char kind[32];
};

static void copy_text(char *out, size_t size, const struct nlattr *attribute)
{
	size_t len = strnlen(mnl_attr_get_payload(attribute), mnl_attr_get_payload_len(attribute));

	if (len >= size)
		len = size - 1;
	memcpy(out, mnl_attr_get_payload(attribute), len);
	out[len] = '\0';
}

static int read_kind(const struct nlattr *attribute, void *context)
{
	struct link *link = context;

	if (mnl_attr_get_type(attribute) == IFLA_INFO_KIND)
		copy_text(link->kind, sizeof(link->kind), attribute);
	return MNL_CB_OK;
}

/* IFLA_XDP_ATTACHED: enum XDP_ATTACHED_NONE … in linux/if_link.h */
static int read_xdp(const struct nlattr *attribute, void *context)
{
	struct link *link = context;

	if (mnl_attr_get_type(attribute) == IFLA_XDP_ATTACHED &&
	    mnl_attr_get_payload_len(attribute) >= 1)
		link->has_xdp =
		    *(const uint8_t *)mnl_attr_get_payload(attribute) != XDP_ATTACHED_NONE;
	return MNL_CB_OK;
}

static int read_attribute(const struct nlattr *attribute, void *context)
{
	struct link *link = context;

	switch (mnl_attr_get_type(attribute)) {
	case IFLA_IFNAME:
		copy_text(link->name, sizeof(link->name), attribute);
		break;
	case IFLA_MASTER:
		if (mnl_attr_get_payload_len(attribute) >= sizeof(uint32_t))
			link->master = mnl_attr_get_u32(attribute);
		break;
	case IFLA_LINK:
		if (mnl_attr_get_payload_len(attribute) >= sizeof(uint32_t))
			link->lower = mnl_attr_get_u32(attribute);
		break;
	case IFLA_XDP:
		(void)mnl_attr_parse_nested(attribute, read_xdp, link); /* all are optional */
		break;
	case IFLA_LINKINFO:
		(void)mnl_attr_parse_nested(attribute, read_kind, link); /* all are optional */
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

static bool read_link(const struct nlmsghdr *message, void *row)
{
	const struct ifinfomsg *info = mnl_nlmsg_get_payload(message);
	struct link *link = row;

	link->index = info->ifi_index;
	link->flags = info->ifi_flags;
	(void)mnl_attr_parse(message, sizeof(*info), read_attribute, link); /* all are optional */
	return true;
}

static void row_index(struct host *host, int64_t index)
{
	if (index)
		row_int(host, index);
	else
		row_null(host);
}

static void put_link(struct host *host, uint64_t namespace, const void *row)
{
	const struct link *link = row;

	row_int(host, (int64_t) namespace);
	row_int(host, link->index);
	row_text(host, link->name);
	row_text(host, link->kind[0] ? link->kind : NULL);
	row_int(host, (link->flags & IFF_LOOPBACK) != 0);
	row_int(host, (link->flags & IFF_UP) != 0);
	row_index(host, link->master);
	row_index(host, link->lower);
	row_int(host, link->has_xdp);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	static const struct netlink_table table = {
	    {0, 1, RTM_NEWLINK, sizeof(struct ifinfomsg), NULL},
	    "interfaces",
	    sizeof(struct link),
	    read_link,
	    put_link};

	return netlink_collect(host, &table, err);
}

const struct probe probe_interfaces = {
    .about = "Network interfaces of every network namespace",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"ifindex", INTEGER, "index, unique in its namespace"}, {"name", TEXT, "name"},
	    {"kind", TEXT, "bridge, veth, vxlan …; NULL for a device of its own"},
	    {"is_loopback", INTEGER, "1: a loopback interface"},
	    {"is_up", INTEGER, "1: switched on by the administrator"},
	    {"master", INTEGER, "ifindex of the bridge, bond or VRF that it belongs to; or NULL"},
	    {"lower", INTEGER,
	     "ifindex of what it sits on, of a veth the other end, perhaps elsewhere; or NULL"},
	    {"has_xdp", INTEGER, "1: an XDP program sees its packets before any rule does"}),
    NEEDS({DUMP, "links"}),
    .collect = collect,
};
