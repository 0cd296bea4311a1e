/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Links of the same names and indexes as the live namespace has, for a trial: `iif "eth0"`
 * is an index by the time the kernel has it, and a chain of netdev wants its device. What they are
 * matters to no rule, so all are bridges, which come one by one, or veth pairs on a kernel without.
 * Not dummy or ifb: to load those modules would put links into the live namespace.
 */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "audit/trial_load.h"
#include "lib/own.h"

#define LINK_CEILING 16384U
#define LOOPBACK 1 /* its index everywhere: include/net/flow.h, LOOPBACK_IFINDEX */
#define DATAGRAM_SIZE (32U << 10)
#define REQUEST_SIZE 512

struct links {
	struct link {
		int index;
		char name[IF_NAMESIZE];
	} * items;
	size_t count;
};

static int find_name(const struct nlattr *attribute, void *found)
{
	if (mnl_attr_get_type(attribute) == IFLA_IFNAME &&
	    mnl_attr_validate(attribute, MNL_TYPE_NUL_STRING) >= 0)
		*(const char **)found = mnl_attr_get_str(attribute);
	return MNL_CB_OK;
}

static int take_link(const struct nlmsghdr *message, void *context)
{
	const struct ifinfomsg *body = mnl_nlmsg_get_payload(message);
	struct links *links = context;
	const char *name = NULL;
	struct link *link;

	if (message->nlmsg_type != RTM_NEWLINK ||
	    mnl_nlmsg_get_payload_len(message) < sizeof(*body))
		return MNL_CB_OK;
	(void)mnl_attr_parse(message, sizeof(*body), find_name, (void *)&name);
	if (!name || body->ifi_index == LOOPBACK)
		return MNL_CB_OK;
	if (links->count == LINK_CEILING) {
		errno = E2BIG;
		return MNL_CB_ERROR;
	}
	if ((links->count & (links->count + 1)) == 0) /* 0, 1, 3, 7 …: double */
		links->items =
		    xrealloc(links->items, 2 * (links->count + 1), sizeof(*links->items));
	link = &links->items[links->count++];
	link->index = body->ifi_index;
	(void)snprintf(link->name, sizeof(link->name), "%s", name);
	return MNL_CB_OK;
}

/* Sends, and takes what comes until an error or an end. -1 with errno. */
static int talk(int fd, const struct nlmsghdr *request, mnl_cb_t each, void *context)
{
	char datagram[DATAGRAM_SIZE] __attribute__((aligned(8)));
	int result = MNL_CB_OK;

	if (send(fd, request, request->nlmsg_len, 0) < 0)
		return -1;
	while (result > MNL_CB_STOP) {
		ssize_t got = recv(fd, datagram, sizeof(datagram), 0);

		if (got < 0)
			return -1;
		result = mnl_cb_run(datagram, (size_t)got, 0, 0, each, context);
	}
	return result < 0 ? -1 : 0;
}

static int list_links(int fd, struct links *out)
{
	char room[REQUEST_SIZE] __attribute__((aligned(8)));
	struct nlmsghdr *request = mnl_nlmsg_put_header(room);
	struct ifinfomsg *body;

	*out = (struct links){0};
	request->nlmsg_type = RTM_GETLINK;
	request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	body = mnl_nlmsg_put_extra_header(request, sizeof(*body));
	body->ifi_family = AF_UNSPEC;
	return talk(fd, request, take_link, out);
}

/* Sets up a message about one link; with a kind it is to be created. */
static struct nlmsghdr *link_message(char *room, int index, const char *kind)
{
	struct nlmsghdr *request = mnl_nlmsg_put_header(room);
	struct ifinfomsg *body;

	request->nlmsg_type = RTM_NEWLINK;
	request->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	if (kind)
		request->nlmsg_flags |= NLM_F_CREATE | NLM_F_EXCL;
	body = mnl_nlmsg_put_extra_header(request, sizeof(*body));
	body->ifi_index = index;
	return request;
}

static int rename_link(int fd, int index, const char *name)
{
	char room[REQUEST_SIZE] __attribute__((aligned(8)));
	struct nlmsghdr *request = link_message(room, index, NULL);

	mnl_attr_put_strz(request, IFLA_IFNAME, name);
	return talk(fd, request, NULL, NULL);
}

/* The other end of a veth pair, where no live link is. */
static void put_peer(struct nlmsghdr *request, int index)
{
	struct nlattr *data = mnl_attr_nest_start(request, IFLA_INFO_DATA);
	struct nlattr *peer = mnl_attr_nest_start(request, VETH_INFO_PEER);
	struct ifinfomsg *body = mnl_nlmsg_put_extra_header(request, sizeof(*body));

	body->ifi_index = index;
	mnl_attr_nest_end(request, peer);
	mnl_attr_nest_end(request, data);
}

static int create_link(int fd, const struct link *link, const char *kind, int peer)
{
	char room[REQUEST_SIZE] __attribute__((aligned(8)));
	struct nlmsghdr *request = link_message(room, link->index, kind);
	struct nlattr *info;

	mnl_attr_put_strz(request, IFLA_IFNAME, link->name);
	info = mnl_attr_nest_start(request, IFLA_LINKINFO);
	mnl_attr_put_strz(request, IFLA_INFO_KIND, kind);
	if (strcmp(kind, "veth") == 0)
		put_peer(request, peer);
	mnl_attr_nest_end(request, info);
	return talk(fd, request, NULL, NULL);
}

static bool has_index(const struct links *links, int index)
{
	for (size_t i = 0; i < links->count; i++)
		if (links->items[i].index == index)
			return true;
	return false;
}

/*
 * A new namespace has links of its own where modules of tunnels are loaded (tunl0, sit0, …), which
 * nobody can delete: their names are taken from them, and where the index is one that is wanted,
 * they get the name that goes with it.
 */
static int move_aside(int fd, const struct links *links)
{
	for (size_t i = 0; i < links->count; i++) {
		char name[IF_NAMESIZE];

		(void)snprintf(name, sizeof(name), "_%d", links->items[i].index);
		if (rename_link(fd, links->items[i].index, name) < 0)
			return -1;
	}
	return 0;
}

static int make_links(int fd, const struct links *live, const struct links *here)
{
	const char *kind = "bridge";
	int peer = LOOPBACK;

	for (size_t i = 0; i < live->count; i++)
		peer = live->items[i].index > peer ? live->items[i].index : peer;
	for (size_t i = 0; i < live->count; i++) {
		const struct link *link = &live->items[i];
		int result;

		if (has_index(here, link->index)) {
			result = rename_link(fd, link->index, link->name);
		} else {
			do /* none of the links that are there already may have the peer's */
				peer++;
			while (has_index(here, peer));
			result = create_link(fd, link, kind, peer);
			if (result < 0 && errno == EOPNOTSUPP) {
				kind = "veth";
				result = create_link(fd, link, kind, peer);
			}
		}
		if (result < 0)
			return -1;
	}
	return 0;
}

/* Is said before anything else is asked of the namespace, since it needs its rights. */
static int raise_loopback(int fd)
{
	char room[REQUEST_SIZE] __attribute__((aligned(8)));
	struct nlmsghdr *request = link_message(room, LOOPBACK, NULL);
	struct ifinfomsg *body = mnl_nlmsg_get_payload(request);

	body->ifi_flags = IFF_UP;
	body->ifi_change = IFF_UP;
	return talk(fd, request, NULL, NULL);
}

int trial_make_links(int route_fd, struct err *err)
{
	auto_close int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	struct links live;
	struct links here;

	if (fd < 0 || raise_loopback(fd) < 0)
		return err_sys(err, "a user namespace has no rights here");
	if (list_links(route_fd, &live) < 0 || list_links(fd, &here) < 0)
		return err_sys(err, "list the links");
	/* neither list is freed: the process is about this and little more */
	if (move_aside(fd, &here) < 0 || make_links(fd, &live, &here) < 0)
		return err_sys(err, "make the links that the rules may name");
	return 0;
}
