/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table sockets: see the spec at the end. Answers of sock_diag(7), struct inet_diag_msg. */
#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>

#include "audit/netlink.h"
#include "lib/inet.h"

static int find_v6only(const struct nlattr *attribute, void *found)
{
	if (mnl_attr_get_type(attribute) == INET_DIAG_SKV6ONLY &&
	    mnl_attr_get_payload_len(attribute) >= 1)
		*(int *)found = mnl_attr_get_u8(attribute);
	return MNL_CB_OK;
}

static void put_socket(const struct nlmsghdr *message, uint64_t namespace, void *context)
{
	const struct inet_diag_msg *diag = mnl_nlmsg_get_payload(message);
	int family = diag->idiag_family == AF_INET6 ? AF_INET6 : AF_INET;
	struct host *host = context;
	char text[INET_TEXT_SIZE];
	int v6only = -1;

	if (diag->id.idiag_sport == 0)
		return;
	(void)mnl_attr_parse(message, sizeof(*diag), find_v6only, &v6only); /* absent: -1 */
	row_int(host, (int64_t) namespace);
	row_text(host, diag->idiag_state == TCP_LISTEN ? "tcp" : "udp");
	row_text(host, family == AF_INET6 ? "ipv6" : "ipv4");
	row_text(host,
		 inet_text(family, inet_number(diag->id.idiag_src, inet_bits(family) / 8), text));
	row_int(host, ntohs(diag->id.idiag_sport));
	row_int(host, diag->idiag_inode);
	row_int(host, diag->idiag_uid);
	if (family == AF_INET6 && v6only >= 0)
		row_int(host, v6only != 0);
	else
		row_null(host);
	row_int(host, diag->id.idiag_if);
	row_end(host);
}

static int collect(struct host *host, struct err *err)
{
	/* two families of TCP, two of UDP */
	const struct netlink_dump dump = {0, 4, SOCK_DIAG_BY_FAMILY, sizeof(struct inet_diag_msg),
					  NULL};

	/* inet_diag never says that it was interrupted: its hash tables are walked bucket by bucket
	 */
	return netlink_read(host, &dump, put_socket, host, err) < 0 ? -1 : 0;
}

const struct probe probe_sockets = {
    .about = "TCP listeners and bound, unconnected UDP sockets of every network namespace",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"}, {"protocol", TEXT, "tcp or udp"},
	    {"family", TEXT, "ipv4 or ipv6"},
	    {"address", TEXT, "local address; 0.0.0.0 or :: for any"},
	    {"port", INTEGER, "local port"},
	    {"inode", INTEGER, "of the socket; joins with socket_owners"},
	    {"uid", INTEGER, "user who made it, as the host counts"},
	    {"v6only", INTEGER, "1: an ipv6 socket that takes no IPv4; NULL for ipv4"},
	    {"interface", INTEGER, "index of the only interface that it serves; 0 for any"}),
    NEEDS({DUMP, "listening_sockets"}),
    .collect = collect,
};
