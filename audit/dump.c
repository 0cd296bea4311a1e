/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] Netlink dumps, for the needs DUMP and NAMESPACES: in every network namespace the request
 * is sent and the kernel's answer handed on, datagram by datagram, unread. The kernel makes the
 * next part of a dump when the last one is received (net/netlink/af_netlink.c: netlink_recvmsg()),
 * so a receive that would block means that the dump is over.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "audit/broker.h"
#include "audit/namespaces.h"
#include "audit/trial.h"
#include "lib/own.h"

#define ELEMENTS "nft_elements"
#define DATAGRAM_SIZE (32U << 10) /* the most that the kernel puts into one part of a dump */

/* Room for the longest request: two names of nftables, which the kernel bounds itself. */
#define NAME_MAX_LEN 256U /* NFT_NAME_MAXLEN */
#define REQUEST_SIZE (NLMSG_SPACE(sizeof(struct inet_diag_req_v2)) + 2 * (NAME_MAX_LEN + 8))

union request {
	struct nlmsghdr header;
	unsigned char bytes[REQUEST_SIZE];
};

#define CONNECTED                                                                                  \
	(1U << TCP_ESTABLISHED | 1U << TCP_FIN_WAIT1 | 1U << TCP_FIN_WAIT2 | 1U << TCP_TIME_WAIT | \
	 1U << TCP_CLOSE_WAIT | 1U << TCP_LAST_ACK | 1U << TCP_CLOSING)

/* The dumps that a probe may declare: for each the requests that make it up, in their order. */
static const struct dump_request {
	const char *dump;
	int netlink_protocol;
	uint16_t type;
	union {
		struct inet_diag_req_v2 inet_diag; /* sock_diag(7) */
		struct ifinfomsg link;             /* rtnetlink(7) */
		struct ifaddrmsg address;
		struct rtmsg route;
		struct tcmsg qdisc;
		struct nfgenmsg nftables; /* linux/netfilter/nfnetlink.h */
	} body;
	size_t body_len;
	bool is_single; /* one answer, and no dump with an end */
} requests[] = {
#define INET_DIAG(the_dump, the_family, the_protocol, the_states)                                  \
	{                                                                                          \
		.dump = (the_dump), .netlink_protocol = NETLINK_SOCK_DIAG,                         \
		.type = SOCK_DIAG_BY_FAMILY, .body_len = sizeof(struct inet_diag_req_v2),          \
		.body.inet_diag = {.sdiag_family = (the_family),                                   \
				   .sdiag_protocol = (the_protocol),                               \
				   .idiag_states = (the_states)},                                  \
	}
    INET_DIAG("listening_sockets", AF_INET, IPPROTO_TCP, 1U << TCP_LISTEN),
    INET_DIAG("listening_sockets", AF_INET6, IPPROTO_TCP, 1U << TCP_LISTEN),
    /* a UDP socket that is bound and not connected is in the state of a closed one */
    INET_DIAG("listening_sockets", AF_INET, IPPROTO_UDP, 1U << TCP_CLOSE),
    INET_DIAG("listening_sockets", AF_INET6, IPPROTO_UDP, 1U << TCP_CLOSE),
    INET_DIAG("connections", AF_INET, IPPROTO_TCP, CONNECTED),
    INET_DIAG("connections", AF_INET6, IPPROTO_TCP, CONNECTED),
    {.dump = "links",
     .netlink_protocol = NETLINK_ROUTE,
     .type = RTM_GETLINK,
     .body.link = {.ifi_family = AF_UNSPEC},
     .body_len = sizeof(struct ifinfomsg)},
    {.dump = "addresses",
     .netlink_protocol = NETLINK_ROUTE,
     .type = RTM_GETADDR,
     .body.address = {.ifa_family = AF_UNSPEC},
     .body_len = sizeof(struct ifaddrmsg)},
#define ROUTE(the_dump, the_type, the_family)                                                      \
	{                                                                                          \
		.dump = (the_dump), .netlink_protocol = NETLINK_ROUTE, .type = (the_type),         \
		.body_len = sizeof(struct rtmsg), .body.route = {.rtm_family = (the_family)},      \
	}
    ROUTE("routes", RTM_GETROUTE, AF_INET),
    ROUTE("routes", RTM_GETROUTE, AF_INET6),
    /* struct fib_rule_hdr is as long as struct rtmsg, and begins with the family too */
    ROUTE("route_rules", RTM_GETRULE, AF_INET),
    ROUTE("route_rules", RTM_GETRULE, AF_INET6),
    {.dump = "qdiscs",
     .netlink_protocol = NETLINK_ROUTE,
     .type = RTM_GETQDISC,
     .body.qdisc = {.tcm_family = AF_UNSPEC},
     .body_len = sizeof(struct tcmsg)},
#define NFTABLES(the_dump, the_type)                                                               \
	.dump = (the_dump), .netlink_protocol = NETLINK_NETFILTER,                                 \
	.type = NFNL_SUBSYS_NFTABLES << 8 | (the_type), .body_len = sizeof(struct nfgenmsg),       \
	.body.nftables = {.nfgen_family = AF_UNSPEC, .version = NFNETLINK_V0}
    /* the generation first, and again when all is read: what changed between is read again */
    {NFTABLES("nft_ruleset", NFT_MSG_GETGEN), .is_single = true},
    {NFTABLES("nft_ruleset", NFT_MSG_GETTABLE)},
    {NFTABLES("nft_ruleset", NFT_MSG_GETCHAIN)},
    {NFTABLES("nft_ruleset", NFT_MSG_GETSET)},
    {NFTABLES("nft_ruleset", NFT_MSG_GETRULE)},
    {NFTABLES("nft_generation", NFT_MSG_GETGEN), .is_single = true},
    {NFTABLES(ELEMENTS, NFT_MSG_GETSETELEM)},
};

/* A string attribute behind what is there; get_name() has bounded it. */
static void put_name(union request *message, uint16_t type, struct span name)
{
	struct nlattr *attribute = (struct nlattr *)(message->bytes + message->header.nlmsg_len);

	attribute->nla_type = type;
	attribute->nla_len = (uint16_t)(sizeof(struct nlattr) + name.len + 1);
	memcpy(message->bytes + message->header.nlmsg_len + sizeof(struct nlattr), name.data,
	       name.len);
	message->header.nlmsg_len += (attribute->nla_len + 3U) & ~3U;
}

static int send_request(int fd, const struct dump_request *request, const struct nft_set_name *name)
{
	union request message = {{0}};

	message.header = (struct nlmsghdr){
	    .nlmsg_len = (uint32_t)NLMSG_LENGTH(request->body_len),
	    .nlmsg_type = request->type,
	    .nlmsg_flags = request->is_single ? NLM_F_REQUEST : NLM_F_REQUEST | NLM_F_DUMP,
	};
	memcpy(NLMSG_DATA(&message.header), &request->body, request->body_len);
	if (name) {
		struct nfgenmsg *body = NLMSG_DATA(&message.header);

		body->nfgen_family = name->family;
		put_name(&message, NFTA_SET_ELEM_LIST_TABLE, name->table);
		put_name(&message, NFTA_SET_ELEM_LIST_SET, name->set);
	}
	return send(fd, &message, message.header.nlmsg_len, 0) < 0 ? -1 : 0;
}

static int put_failure(struct broker *broker, const struct namespace *where, int error,
		       struct err *err)
{
	struct broker_item item = {.path = where->path, .inode = where->inode, .error = error};

	return broker_put(broker, &item, err);
}

/* Is a file's ruleset asked about, and not the one that is there? */
static bool is_tried(const struct broker *broker, const struct namespace *where)
{
	const struct trial *trial = broker->trial;

	if (!trial)
		return false;
	return trial->namespace != 0 ? trial->namespace == where->inode
				     : where == broker->namespaces->items;
}

static int open_netlink(const struct broker *broker, const struct namespace *where, int protocol)
{
	if (protocol == NETLINK_NETFILTER && is_tried(broker, where))
		return fcntl(broker->trial->netlink_fd, F_DUPFD_CLOEXEC, 0);
	return socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
}

static int run_request(struct broker *broker, const struct namespace *where,
		       const struct dump_request *request, const struct nft_set_name *name,
		       struct err *err)
{
	auto_close int fd = open_netlink(broker, where, request->netlink_protocol);
	char datagram[DATAGRAM_SIZE];

	if (fd < 0 || send_request(fd, request, name) < 0)
		return put_failure(broker, where, errno, err);
	for (;;) {
		ssize_t got = recv(fd, datagram, sizeof(datagram), MSG_TRUNC);
		struct broker_item item = {.path = where->path, .inode = where->inode};

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN)
			return 0;
		if (got < 0)
			return put_failure(broker, where, errno, err);
		if ((size_t)got > sizeof(datagram))
			return put_failure(broker, where, EMSGSIZE, err);
		item.data = (struct span){datagram, (size_t)got};
		if (broker_put(broker, &item, err) < 0)
			return -1;
	}
}

static int put_denied(struct broker *broker, struct err *err)
{
	struct broker_item item = {.path = "/proc/*/ns/net", .error = EACCES};

	return broker_put(broker, &item, err);
}

/* Calls `visit` in each network namespace, and says which could not be entered. */
static int each_namespace(struct broker *broker, const struct need *need,
			  int (*visit)(struct broker *broker, const struct namespace *where,
				       const struct need *need, struct err *err),
			  struct err *err)
{
	const struct namespaces *namespaces = broker->namespaces;

	for (size_t i = 0; i < namespaces->count; i++) {
		const struct namespace *where = &namespaces->items[i];
		int result = 0;

		if (namespaces_enter(where) == 0)
			result = visit(broker, where, need, err);
		else if (errno != ENOENT) /* else it has gone meanwhile, and that is an answer */
			result = put_failure(broker, where, errno, err);
		if (result < 0)
			return -1;
	}
	return namespaces->is_denied ? put_denied(broker, err) : 0;
}

static int dump_here(struct broker *broker, const struct namespace *where, const struct need *need,
		     struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(requests); i++)
		if (strcmp(requests[i].dump, need->pattern) == 0 &&
		    run_request(broker, where, &requests[i], NULL, err) < 0)
			return -1;
	return 0;
}

static int read_here(struct broker *broker, const struct namespace *where, const struct need *need,
		     struct err *err)
{
	/* the tables of legacy iptables are of the ruleset whose place another one takes */
	static const struct need less = {READ_EACH, "/proc/net/ip_vs"};
	bool is_left_out = is_tried(broker, where) &&
			   span_starts(span_of(need->pattern), "/proc/net/{ip_tables_names,");
	int result;

	broker->namespace = where->inode;
	result = broker_files(broker, is_left_out ? &less : need, err);
	broker->namespace = 0;
	return result;
}

int broker_read_each(struct broker *broker, const struct need *need, struct err *err)
{
	return each_namespace(broker, need, read_here, err);
}

bool dump_has_argument(const struct need *need)
{
	return strcmp(need->pattern, ELEMENTS) == 0;
}

/* What host_ask_elements() wrote. A name longer than any that the kernel has is no name. */
static int get_name(struct wire *ask, struct nft_set_name *out, struct err *err)
{
	out->namespace = wire_get_u64(ask);
	out->family = wire_get_u8(ask);
	out->table = wire_get_span(ask, NAME_MAX_LEN - 1);
	out->set = wire_get_span(ask, NAME_MAX_LEN - 1);
	return ask->bad || !wire_at_end(ask) ? err_set(err, "the jail broke the protocol") : 0;
}

static int dump_elements(struct broker *broker, struct wire *ask, struct err *err)
{
	const struct namespaces *namespaces = broker->namespaces;
	const struct dump_request *request = requests;
	struct nft_set_name name;

	if (get_name(ask, &name, err) < 0)
		return -1;
	while (strcmp(request->dump, ELEMENTS) != 0)
		request++;
	for (size_t i = 0; i < namespaces->count; i++) {
		const struct namespace *where = &namespaces->items[i];

		if (where->inode != name.namespace)
			continue;
		return namespaces_enter(where) < 0
			   ? put_failure(broker, where, errno, err)
			   : run_request(broker, where, request, &name, err);
	}
	return err_set(err, "the jail asked for a namespace that it was not told of");
}

int broker_dump(struct broker *broker, const struct need *need, struct wire *ask, struct err *err)
{
	return dump_has_argument(need) ? dump_elements(broker, ask, err)
				       : each_namespace(broker, need, dump_here, err);
}

int broker_namespaces(struct broker *broker, struct err *err)
{
	const struct namespaces *namespaces = broker->namespaces;

	for (size_t i = 0; i < namespaces->count; i++) {
		struct broker_item item = {.path = namespaces->items[i].path,
					   .inode = namespaces->items[i].inode};

		if (broker_put(broker, &item, err) < 0)
			return -1;
	}
	return namespaces->is_denied ? put_denied(broker, err) : 0;
}
