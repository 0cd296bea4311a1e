/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What nft(8) calls numbers (nftables: src/datatype.c, src/proto.c, src/ct.c, src/fib.c …). */
#include "audit/firewall/render_parts.h"
#include "lib/own.h"

static const struct datatype_about {
	const char *name;
	uint8_t len;        /* in bytes; 0: any */
	bool is_host_order; /* in the kernel's registers */
} types[TYPES] = {
    [TYPE_VERDICT] = {"verdict", 0, false},
    [TYPE_NFPROTO] = {"nf_proto", 1, false},
    [TYPE_BITMASK] = {"bitmask", 0, true},
    [TYPE_INTEGER] = {"integer", 0, false},
    [TYPE_STRING] = {"string", 0, false},
    [TYPE_LLADDR] = {"ll_addr", 0, false},
    [TYPE_IPADDR] = {"ipv4_addr", 4, false},
    [TYPE_IP6ADDR] = {"ipv6_addr", 16, false},
    [TYPE_ETHERADDR] = {"ether_addr", 6, false},
    [TYPE_ETHERTYPE] = {"ether_type", 2, false},
    [TYPE_ARPOP] = {"arp_op", 2, false},
    [TYPE_INET_PROTOCOL] = {"inet_proto", 1, false},
    [TYPE_INET_SERVICE] = {"inet_service", 2, false},
    [TYPE_ICMP_TYPE] = {"icmp_type", 1, false},
    [TYPE_TCP_FLAG] = {"tcp_flag", 1, false},
    [TYPE_DCCP_PKTTYPE] = {"dccp_pkttype", 1, false},
    [TYPE_MH_TYPE] = {"mh_type", 1, false},
    [TYPE_TIME] = {"time", 8, true},
    [TYPE_MARK] = {"mark", 4, true},
    [TYPE_IFINDEX] = {"iface_index", 4, true},
    [TYPE_ARPHRD] = {"iface_type", 2, true},
    [TYPE_REALM] = {"realm", 4, true},
    [TYPE_CLASSID] = {"classid", 4, true},
    [TYPE_UID] = {"uid", 4, true},
    [TYPE_GID] = {"gid", 4, true},
    [TYPE_CT_STATE] = {"ct_state", 4, true},
    [TYPE_CT_DIR] = {"ct_dir", 1, true},
    [TYPE_CT_STATUS] = {"ct_status", 4, true},
    [TYPE_ICMP6_TYPE] = {"icmpv6_type", 1, false},
    [TYPE_CT_LABEL] = {"ct_label", 16, true},
    [TYPE_PKTTYPE] = {"pkt_type", 1, true},
    [TYPE_ICMP_CODE] = {"icmp_code", 1, false},
    [TYPE_ICMPV6_CODE] = {"icmpv6_code", 1, false},
    [TYPE_ICMPX_CODE] = {"icmpx_code", 1, false},
    [TYPE_DEVGROUP] = {"devgroup", 4, true},
    [TYPE_DSCP] = {"dscp", 1, false},
    [TYPE_ECN] = {"ecn", 1, false},
    [TYPE_FIB_ADDR] = {"fib_addrtype", 4, true},
    [TYPE_BOOLEAN] = {"boolean", 1, true},
    [TYPE_CT_EVENTBIT] = {"ct_event", 4, true},
    [TYPE_IFNAME] = {"ifname", 16, false},
    [TYPE_IGMP_TYPE] = {"igmp_type", 1, false},
    [TYPE_TIME_DATE] = {"time", 8, true},
    [TYPE_TIME_HOUR] = {"hour", 4, true},
    [TYPE_TIME_DAY] = {"day", 1, true},
    [TYPE_CGROUPV2] = {"cgroupsv2", 8, true},
};

static const struct symbol {
	uint8_t type;
	uint32_t number;
	const char *name;
} symbols[] = {
    {TYPE_NFPROTO, 2, "ipv4"},
    {TYPE_NFPROTO, 10, "ipv6"},
    {TYPE_ETHERTYPE, 0x0800, "ip"},
    {TYPE_ETHERTYPE, 0x0806, "arp"},
    {TYPE_ETHERTYPE, 0x86dd, "ip6"},
    {TYPE_ETHERTYPE, 0x8100, "8021q"},
    {TYPE_ETHERTYPE, 0x88a8, "8021ad"},
    {TYPE_ARPOP, 1, "request"},
    {TYPE_ARPOP, 2, "reply"},
    {TYPE_ARPOP, 3, "rrequest"},
    {TYPE_ARPOP, 4, "rreply"},
    {TYPE_ARPOP, 8, "inrequest"},
    {TYPE_ARPOP, 9, "inreply"},
    {TYPE_ARPOP, 10, "nak"},
    /* nft asks /etc/protocols: as it is on most hosts */
    {TYPE_INET_PROTOCOL, 0, "ip"},
    {TYPE_INET_PROTOCOL, 1, "icmp"},
    {TYPE_INET_PROTOCOL, 2, "igmp"},
    {TYPE_INET_PROTOCOL, 4, "ipencap"},
    {TYPE_INET_PROTOCOL, 6, "tcp"},
    {TYPE_INET_PROTOCOL, 17, "udp"},
    {TYPE_INET_PROTOCOL, 33, "dccp"},
    {TYPE_INET_PROTOCOL, 41, "ipv6"},
    {TYPE_INET_PROTOCOL, 43, "ipv6-route"},
    {TYPE_INET_PROTOCOL, 44, "ipv6-frag"},
    {TYPE_INET_PROTOCOL, 47, "gre"},
    {TYPE_INET_PROTOCOL, 50, "esp"},
    {TYPE_INET_PROTOCOL, 51, "ah"},
    {TYPE_INET_PROTOCOL, 58, "ipv6-icmp"},
    {TYPE_INET_PROTOCOL, 59, "ipv6-nonxt"},
    {TYPE_INET_PROTOCOL, 60, "ipv6-opts"},
    {TYPE_INET_PROTOCOL, 88, "eigrp"},
    {TYPE_INET_PROTOCOL, 89, "ospf"},
    {TYPE_INET_PROTOCOL, 94, "ipip"},
    {TYPE_INET_PROTOCOL, 103, "pim"},
    {TYPE_INET_PROTOCOL, 108, "ipcomp"},
    {TYPE_INET_PROTOCOL, 112, "vrrp"},
    {TYPE_INET_PROTOCOL, 115, "l2tp"},
    {TYPE_INET_PROTOCOL, 132, "sctp"},
    {TYPE_INET_PROTOCOL, 136, "udplite"},
    {TYPE_ICMP_TYPE, 0, "echo-reply"},
    {TYPE_ICMP_TYPE, 3, "destination-unreachable"},
    {TYPE_ICMP_TYPE, 4, "source-quench"},
    {TYPE_ICMP_TYPE, 5, "redirect"},
    {TYPE_ICMP_TYPE, 8, "echo-request"},
    {TYPE_ICMP_TYPE, 9, "router-advertisement"},
    {TYPE_ICMP_TYPE, 10, "router-solicitation"},
    {TYPE_ICMP_TYPE, 11, "time-exceeded"},
    {TYPE_ICMP_TYPE, 12, "parameter-problem"},
    {TYPE_ICMP_TYPE, 13, "timestamp-request"},
    {TYPE_ICMP_TYPE, 14, "timestamp-reply"},
    {TYPE_ICMP_TYPE, 15, "info-request"},
    {TYPE_ICMP_TYPE, 16, "info-reply"},
    {TYPE_ICMP_TYPE, 17, "address-mask-request"},
    {TYPE_ICMP_TYPE, 18, "address-mask-reply"},
    {TYPE_ICMP6_TYPE, 1, "destination-unreachable"},
    {TYPE_ICMP6_TYPE, 2, "packet-too-big"},
    {TYPE_ICMP6_TYPE, 3, "time-exceeded"},
    {TYPE_ICMP6_TYPE, 4, "parameter-problem"},
    {TYPE_ICMP6_TYPE, 128, "echo-request"},
    {TYPE_ICMP6_TYPE, 129, "echo-reply"},
    {TYPE_ICMP6_TYPE, 130, "mld-listener-query"},
    {TYPE_ICMP6_TYPE, 131, "mld-listener-report"},
    {TYPE_ICMP6_TYPE, 132, "mld-listener-done"},
    {TYPE_ICMP6_TYPE, 133, "nd-router-solicit"},
    {TYPE_ICMP6_TYPE, 134, "nd-router-advert"},
    {TYPE_ICMP6_TYPE, 135, "nd-neighbor-solicit"},
    {TYPE_ICMP6_TYPE, 136, "nd-neighbor-advert"},
    {TYPE_ICMP6_TYPE, 137, "nd-redirect"},
    {TYPE_ICMP6_TYPE, 138, "router-renumbering"},
    {TYPE_ICMP6_TYPE, 141, "ind-neighbor-solicit"},
    {TYPE_ICMP6_TYPE, 142, "ind-neighbor-advert"},
    {TYPE_ICMP6_TYPE, 143, "mld2-listener-report"},
    {TYPE_ICMP_CODE, 0, "net-unreachable"},
    {TYPE_ICMP_CODE, 1, "host-unreachable"},
    {TYPE_ICMP_CODE, 2, "prot-unreachable"},
    {TYPE_ICMP_CODE, 3, "port-unreachable"},
    {TYPE_ICMP_CODE, 4, "frag-needed"},
    {TYPE_ICMP_CODE, 9, "net-prohibited"},
    {TYPE_ICMP_CODE, 10, "host-prohibited"},
    {TYPE_ICMP_CODE, 13, "admin-prohibited"},
    {TYPE_ICMPV6_CODE, 0, "no-route"},
    {TYPE_ICMPV6_CODE, 1, "admin-prohibited"},
    {TYPE_ICMPV6_CODE, 3, "addr-unreachable"},
    {TYPE_ICMPV6_CODE, 4, "port-unreachable"},
    {TYPE_ICMPV6_CODE, 5, "policy-fail"},
    {TYPE_ICMPV6_CODE, 6, "reject-route"},
    {TYPE_ICMPX_CODE, 0, "no-route"},
    {TYPE_ICMPX_CODE, 1, "port-unreachable"},
    {TYPE_ICMPX_CODE, 2, "host-unreachable"},
    {TYPE_ICMPX_CODE, 3, "admin-prohibited"},
    {TYPE_IGMP_TYPE, 0x11, "membership-query"},
    {TYPE_IGMP_TYPE, 0x12, "membership-report-v1"},
    {TYPE_IGMP_TYPE, 0x16, "membership-report-v2"},
    {TYPE_IGMP_TYPE, 0x22, "membership-report-v3"},
    {TYPE_IGMP_TYPE, 0x17, "leave-group"},
    {TYPE_ARPHRD, 1, "ether"},
    {TYPE_ARPHRD, 512, "ppp"},
    {TYPE_ARPHRD, 768, "ipip"},
    {TYPE_ARPHRD, 769, "ipip6"},
    {TYPE_ARPHRD, 772, "loopback"},
    {TYPE_ARPHRD, 776, "sit"},
    {TYPE_ARPHRD, 778, "ipgre"},
    {TYPE_CT_DIR, 0, "original"},
    {TYPE_CT_DIR, 1, "reply"},
    {TYPE_PKTTYPE, 0, "host"},
    {TYPE_PKTTYPE, 1, "broadcast"},
    {TYPE_PKTTYPE, 2, "multicast"},
    {TYPE_PKTTYPE, 3, "other"},
    {TYPE_DEVGROUP, 0, "\"default\""},
    {TYPE_DSCP, 0x00, "cs0"},
    {TYPE_DSCP, 0x08, "cs1"},
    {TYPE_DSCP, 0x10, "cs2"},
    {TYPE_DSCP, 0x18, "cs3"},
    {TYPE_DSCP, 0x20, "cs4"},
    {TYPE_DSCP, 0x28, "cs5"},
    {TYPE_DSCP, 0x30, "cs6"},
    {TYPE_DSCP, 0x38, "cs7"},
    {TYPE_DSCP, 0x01, "lephb"},
    {TYPE_DSCP, 0x0a, "af11"},
    {TYPE_DSCP, 0x0c, "af12"},
    {TYPE_DSCP, 0x0e, "af13"},
    {TYPE_DSCP, 0x12, "af21"},
    {TYPE_DSCP, 0x14, "af22"},
    {TYPE_DSCP, 0x16, "af23"},
    {TYPE_DSCP, 0x1a, "af31"},
    {TYPE_DSCP, 0x1c, "af32"},
    {TYPE_DSCP, 0x1e, "af33"},
    {TYPE_DSCP, 0x22, "af41"},
    {TYPE_DSCP, 0x24, "af42"},
    {TYPE_DSCP, 0x26, "af43"},
    {TYPE_DSCP, 0x2c, "va"},
    {TYPE_DSCP, 0x2e, "ef"},
    {TYPE_ECN, 0, "not-ect"},
    {TYPE_ECN, 1, "ect1"},
    {TYPE_ECN, 2, "ect0"},
    {TYPE_ECN, 3, "ce"},
    {TYPE_FIB_ADDR, 0, "unspec"},
    {TYPE_FIB_ADDR, 1, "unicast"},
    {TYPE_FIB_ADDR, 2, "local"},
    {TYPE_FIB_ADDR, 3, "broadcast"},
    {TYPE_FIB_ADDR, 4, "anycast"},
    {TYPE_FIB_ADDR, 5, "multicast"},
    {TYPE_FIB_ADDR, 6, "blackhole"},
    {TYPE_FIB_ADDR, 7, "unreachable"},
    {TYPE_FIB_ADDR, 8, "prohibit"},
    {TYPE_BOOLEAN, 0, "missing"},
    {TYPE_BOOLEAN, 1, "exists"},
    {TYPE_TIME_DAY, 0, "\"Sunday\""},
    {TYPE_TIME_DAY, 1, "\"Monday\""},
    {TYPE_TIME_DAY, 2, "\"Tuesday\""},
    {TYPE_TIME_DAY, 3, "\"Wednesday\""},
    {TYPE_TIME_DAY, 4, "\"Thursday\""},
    {TYPE_TIME_DAY, 5, "\"Friday\""},
    {TYPE_TIME_DAY, 6, "\"Saturday\""},
};

/* Types whose bits have names, from the lowest on. */
static const char *const tcp_flags[] = {"fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr"};
static const char *const ct_states[] = {"invalid", "established", "related",  "new",
					NULL,      NULL,          "untracked"};
static const char *const ct_status[] = {"expected", "seen-reply", "assured", "confirmed", "snat",
					"dnat",     NULL,         NULL,      NULL,        "dying"};
static const char *const ct_events[] = {"new",     "related",   "destroy", "reply",
					"assured", "protoinfo", "helper",  "mark",
					NULL,      "secmark",   "label"};

static const struct flag_names {
	uint8_t type;
	unsigned count;
	const char *const *names;
} flags[] = {
    {TYPE_TCP_FLAG, ARRAY_LEN(tcp_flags), tcp_flags},
    {TYPE_CT_STATE, ARRAY_LEN(ct_states), ct_states},
    {TYPE_CT_STATUS, ARRAY_LEN(ct_status), ct_status},
    {TYPE_CT_EVENTBIT, ARRAY_LEN(ct_events), ct_events},
};

const char *render_symbol(uint8_t type, uint64_t number)
{
	for (size_t i = 0; i < ARRAY_LEN(symbols); i++) {
		if (symbols[i].type == type && symbols[i].number == number)
			return symbols[i].name;
	}
	return NULL;
}

const char *render_flag(uint8_t type, unsigned bit)
{
	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		if (flags[i].type == type)
			return bit < flags[i].count ? flags[i].names[bit] : NULL;
	}
	return NULL;
}

bool render_is_flags(uint8_t type)
{
	return render_flag(type, 0) != NULL;
}

const char *render_type_name(uint8_t type)
{
	return type < TYPES && types[type].name ? types[type].name : "integer";
}

uint8_t render_type_len(uint8_t type)
{
	return type < TYPES ? types[type].len : 0;
}

bool render_type_is_host_order(uint8_t type)
{
	return type < TYPES && types[type].is_host_order;
}
