/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What else of a network namespace decides where a packet goes: links, addresses, routes, policy
 * rules and the sysctls of net.ipv4 and net.ipv6. Built from rtnetlink(7) messages and the names
 * and values of sysctls; what the model does not know in them makes routing unknown.
 */
#ifndef AUDIT_FIREWALL_HOST_H
#define AUDIT_FIREWALL_HOST_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <stdint.h>

#include "audit/firewall/intervals.h"
#include "lib/arena.h"

/* As <linux/if.h> has it, which cannot stand beside <net/if.h>. */
#define FW_NAME_BYTES 16

/* Per-link sysctls: net/ipv4/conf/NAME/… */
enum fw_setting {
	FW_FORWARDING,
	FW_RP_FILTER,
	FW_ROUTE_LOCALNET,
	FW_ACCEPT_LOCAL,
	FW_SRC_VALID_MARK,
	FW_BC_FORWARDING,
	FW_SETTINGS
};

struct fw_settings {
	struct fw_settings *next;
	const char *name; /* of the link, or "all" */
	int ip4[FW_SETTINGS];
	int ip6_forwarding;
	int ip6_force_forwarding;
};

struct fw_link {
	struct fw_link *next;
	int index;
	char name[FW_NAME_BYTES]; /* padded with NUL */
	char kind[FW_NAME_BYTES];
	uint16_t type;  /* ARPHRD_… */
	uint32_t flags; /* IFF_… */
	uint32_t group;
	int master;
	int lower;               /* IFLA_LINK: of a veth its peer */
	bool is_lower_elsewhere; /* that one is in another namespace: IFLA_LINK_NETNSID */
	bool has_xdp;
	bool has_vlans;                     /* of a bridge: it keeps VLANs apart */
	const struct fw_settings *settings; /* NULL: not told, so unknown */
	/* of several namespaces together: set by wires_connect() */
	const struct fw_host *owner;
	struct fw_link *peer; /* other end of a veth pair; NULL: not known */
	bool is_paired;       /* the peer names this one too */
	bool is_outside;      /* packets from beyond this host may come straight in by it */
};

struct fw_address {
	struct fw_address *next;
	int family;
	int link;
	uint32_t flags; /* IFA_F_… */
	u128 address;
};

struct fw_route {
	struct fw_route *next;
	int family;
	uint32_t table;
	uint8_t type; /* RTN_… */
	uint8_t scope;
	unsigned prefix;
	struct range to;
	uint32_t metric;
	int links[8]; /* of its next hops */
	unsigned link_count;
	bool has_gateway;
	bool has_unknown;
};

struct fw_policy {
	struct fw_policy *next;
	int family;
	uint32_t priority;
	uint32_t table;
	struct range from;
	struct range to;
	char iif[FW_NAME_BYTES];
	bool has_iif;
	bool has_mark;
	uint32_t mark;
	uint32_t mask;
	bool has_unknown; /* a selector or an action that the model does not have */
};

struct fw_host {
	struct arena *arena;
	struct fw_link *links;
	struct fw_address *addresses; /* in the kernel's order: a link's first is its primary one */
	struct fw_address **addresses_end;
	struct fw_route *routes;    /* longest prefix first, then lowest metric */
	struct fw_policy *policies; /* in order of priority */
	struct fw_settings *settings;
	const struct fw_settings *all;
	int tcp_loose;        /* net.netfilter.nf_conntrack_tcp_loose; -1: not told */
	bool has_policies[2]; /* others than the kernel's own, for IPv4 and IPv6 */
	bool has_more_local;  /* routes in the table local that no address made */
	const char *incomplete;
};

void host_model_init(struct fw_host *host, struct arena *arena);
/* One RTM_NEWLINK, NEWADDR, NEWROUTE or NEWRULE; others are passed over. */
void host_model_message(struct fw_host *host, const struct nlmsghdr *message);
/* `name` as below /proc/sys: "net/ipv4/conf/eth0/rp_filter". Unknown names are passed over. */
void host_model_setting(struct fw_host *host, const char *name, long value);
/* Sorts and connects; call once, at the end. */
void host_model_link(struct fw_host *host);

const struct fw_link *host_link(const struct fw_host *host, int index);
const struct fw_link *host_link_named(const struct fw_host *host, const char *name);
/* By which link the IP layer sees come in what comes by this one; NULL: that is not known. */
const struct fw_link *host_arrival(const struct fw_host *host, const struct fw_link *link);
/* Is the link one that packets may pass before they come in by the other? */
bool host_is_below(const struct fw_host *host, const struct fw_link *link,
		   const struct fw_link *below);
/* A bridge, or on top of one. */
bool host_is_on_bridge(const struct fw_host *host, const struct fw_link *link);

enum fw_routed {
	FW_ROUTED_UNKNOWN,
	FW_ROUTED_LOCAL,
	FW_ROUTED_BROADCAST,
	FW_ROUTED_FORWARD,
	FW_ROUTED_NOWHERE, /* no route, or one that refuses */
};

struct fw_way {
	enum fw_routed kind;
	const struct fw_route *route; /* NULL for FW_ROUTED_NOWHERE without one */
	const struct fw_link *out;    /* of FW_ROUTED_FORWARD; NULL: one of several */
};

/* Where a packet with this destination goes that came in by `in` with this mark (NULL: unknown). */
struct fw_way route_find(const struct fw_host *host, int family, u128 daddr,
			 const struct fw_link *in, const uint32_t *mark);

/* A setting in force for the link: the kernel takes the larger of its own and that of "all". */
int host_setting(const struct fw_host *host, const struct fw_link *link, enum fw_setting setting);

/*
 * The sources with this type (RTN_…) in the table local (net/ipv4/fib_frontend.c:
 * inet_addr_type()); with `link` only what belongs to that link counts.
 */
struct ranges route_sources_of_type(const struct fw_host *host, struct scratch *scratch, int family,
				    unsigned type, const struct fw_link *link);

/* The link is one of its next hops. */
bool route_is_by(const struct fw_route *route, const struct fw_link *link);

/* What the best route to a source is. */
enum fw_reverse {
	FW_REVERSE_UNICAST,
	FW_REVERSE_LOCAL,
	FW_REVERSE_ANYCAST,
	FW_REVERSE_OTHER, /* broadcast, multicast */
	FW_REVERSE_NONE,  /* none, or one that says unreachable */
	FW_REVERSE_BLACKHOLE,
	FW_REVERSE_PROHIBIT,
	FW_REVERSE_UNKNOWN,
	FW_REVERSES
};

struct reverse {
	struct ranges sets[FW_REVERSES];
	struct ranges by_link;      /* of which the best route has the link as a next hop */
	struct ranges some_by_link; /* of which some route to the same prefix has */
	struct ranges by_gateway;
	struct ranges by_several; /* next hops, any of which it may be */
	struct ranges networks; /* IPv6: the address of a network itself, which is an anycast one */
};

void route_reverse(const struct fw_host *host, struct scratch *scratch, int family,
		   const struct fw_link *link, struct reverse *out);

/* Sources that the kernel drops for a packet from `in`, and those that it may or may not. */
struct source_check {
	struct ranges refused;
	struct ranges unknown;
};

/* A packet of the family from `in`, and where it is about to go. */
struct packet_way {
	int family;
	const struct fw_link *in;
	const struct fw_link *out; /* that it is to leave by, or NULL */
	bool is_out_unknown;       /* it leaves, and nobody knows by which */
	bool is_to_everyone;       /* to 255.255.255.255 */
};

/* net/ipv4/route.c: ip_route_input_slow(), net/ipv4/fib_frontend.c: fib_validate_source(). */
struct source_check route_check_sources(const struct fw_host *host, struct scratch *scratch,
					const struct packet_way *way);

#endif
