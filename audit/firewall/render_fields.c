/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of headers (nftables: src/proto.c). */
#include <netinet/in.h> /* before those of the kernel, which then leave its types out */

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>

#include "audit/firewall/render_parts.h"
#include "lib/own.h"

#define VLAN_BIT 112U /* where the tag begins, in the link header */

static const struct render_field fields[] = {
    {RENDER_ETHER, TYPE_ETHERADDR, 0, 48, "daddr"},
    {RENDER_ETHER, TYPE_ETHERADDR, 48, 48, "saddr"},
    {RENDER_ETHER, TYPE_ETHERTYPE, 96, 16, "type"},
    {RENDER_VLAN, TYPE_INTEGER, VLAN_BIT + 0, 3, "pcp"},
    {RENDER_VLAN, TYPE_INTEGER, VLAN_BIT + 3, 1, "dei"},
    {RENDER_VLAN, TYPE_INTEGER, VLAN_BIT + 4, 12, "id"},
    {RENDER_VLAN, TYPE_ETHERTYPE, VLAN_BIT + 16, 16, "type"},
    {RENDER_ARP, TYPE_INTEGER, 0, 16, "htype"},
    {RENDER_ARP, TYPE_ETHERTYPE, 16, 16, "ptype"},
    {RENDER_ARP, TYPE_INTEGER, 32, 8, "hlen"},
    {RENDER_ARP, TYPE_INTEGER, 40, 8, "plen"},
    {RENDER_ARP, TYPE_ARPOP, 48, 16, "operation"},
    {RENDER_ARP, TYPE_ETHERADDR, 64, 48, "saddr ether"},
    {RENDER_ARP, TYPE_IPADDR, 112, 32, "saddr ip"},
    {RENDER_ARP, TYPE_ETHERADDR, 144, 48, "daddr ether"},
    {RENDER_ARP, TYPE_IPADDR, 192, 32, "daddr ip"},
    {RENDER_IP, TYPE_INTEGER, 0, 4, "version"},
    {RENDER_IP, TYPE_INTEGER, 4, 4, "hdrlength"},
    {RENDER_IP, TYPE_DSCP, 8, 6, "dscp"},
    {RENDER_IP, TYPE_ECN, 14, 2, "ecn"},
    {RENDER_IP, TYPE_INTEGER, 16, 16, "length"},
    {RENDER_IP, TYPE_INTEGER, 32, 16, "id"},
    {RENDER_IP, TYPE_INTEGER, 48, 16, "frag-off"},
    {RENDER_IP, TYPE_INTEGER, 64, 8, "ttl"},
    {RENDER_IP, TYPE_INET_PROTOCOL, 72, 8, "protocol"},
    {RENDER_IP, TYPE_INTEGER, 80, 16, "checksum"},
    {RENDER_IP, TYPE_IPADDR, 96, 32, "saddr"},
    {RENDER_IP, TYPE_IPADDR, 128, 32, "daddr"},
    {RENDER_IP6, TYPE_INTEGER, 0, 4, "version"},
    {RENDER_IP6, TYPE_DSCP, 4, 6, "dscp"},
    {RENDER_IP6, TYPE_ECN, 10, 2, "ecn"},
    {RENDER_IP6, TYPE_INTEGER, 12, 20, "flowlabel"},
    {RENDER_IP6, TYPE_INTEGER, 32, 16, "length"},
    {RENDER_IP6, TYPE_INET_PROTOCOL, 48, 8, "nexthdr"},
    {RENDER_IP6, TYPE_INTEGER, 56, 8, "hoplimit"},
    {RENDER_IP6, TYPE_IP6ADDR, 64, 128, "saddr"},
    {RENDER_IP6, TYPE_IP6ADDR, 192, 128, "daddr"},
    {RENDER_TH, TYPE_INET_SERVICE, 0, 16, "sport"},
    {RENDER_TH, TYPE_INET_SERVICE, 16, 16, "dport"},
    {RENDER_TCP, TYPE_INET_SERVICE, 0, 16, "sport"},
    {RENDER_TCP, TYPE_INET_SERVICE, 16, 16, "dport"},
    {RENDER_TCP, TYPE_INTEGER, 32, 32, "sequence"},
    {RENDER_TCP, TYPE_INTEGER, 64, 32, "ackseq"},
    {RENDER_TCP, TYPE_INTEGER, 96, 4, "doff"},
    {RENDER_TCP, TYPE_INTEGER, 100, 4, "reserved"},
    {RENDER_TCP, TYPE_TCP_FLAG, 104, 8, "flags"},
    {RENDER_TCP, TYPE_INTEGER, 112, 16, "window"},
    {RENDER_TCP, TYPE_INTEGER, 128, 16, "checksum"},
    {RENDER_TCP, TYPE_INTEGER, 144, 16, "urgptr"},
    {RENDER_UDP, TYPE_INET_SERVICE, 0, 16, "sport"},
    {RENDER_UDP, TYPE_INET_SERVICE, 16, 16, "dport"},
    {RENDER_UDP, TYPE_INTEGER, 32, 16, "length"},
    {RENDER_UDP, TYPE_INTEGER, 48, 16, "checksum"},
    {RENDER_UDPLITE, TYPE_INET_SERVICE, 0, 16, "sport"},
    {RENDER_UDPLITE, TYPE_INET_SERVICE, 16, 16, "dport"},
    {RENDER_UDPLITE, TYPE_INTEGER, 32, 16, "csumcov"},
    {RENDER_UDPLITE, TYPE_INTEGER, 48, 16, "checksum"},
    {RENDER_SCTP, TYPE_INET_SERVICE, 0, 16, "sport"},
    {RENDER_SCTP, TYPE_INET_SERVICE, 16, 16, "dport"},
    {RENDER_SCTP, TYPE_INTEGER, 32, 32, "vtag"},
    {RENDER_SCTP, TYPE_INTEGER, 64, 32, "checksum"},
    {RENDER_DCCP, TYPE_INET_SERVICE, 0, 16, "sport"},
    {RENDER_DCCP, TYPE_INET_SERVICE, 16, 16, "dport"},
    {RENDER_ICMP, TYPE_ICMP_TYPE, 0, 8, "type"},
    {RENDER_ICMP, TYPE_ICMP_CODE, 8, 8, "code"},
    {RENDER_ICMP, TYPE_INTEGER, 16, 16, "checksum"},
    {RENDER_ICMP, TYPE_INTEGER, 32, 16, "id"},
    {RENDER_ICMP, TYPE_INTEGER, 48, 16, "sequence"},
    {RENDER_ICMPV6, TYPE_ICMP6_TYPE, 0, 8, "type"},
    {RENDER_ICMPV6, TYPE_ICMPV6_CODE, 8, 8, "code"},
    {RENDER_ICMPV6, TYPE_INTEGER, 16, 16, "checksum"},
    {RENDER_ICMPV6, TYPE_INTEGER, 32, 16, "id"},
    {RENDER_ICMPV6, TYPE_INTEGER, 48, 16, "sequence"},
    {RENDER_IGMP, TYPE_IGMP_TYPE, 0, 8, "type"},
    {RENDER_IGMP, TYPE_INTEGER, 8, 8, "mrt"},
    {RENDER_IGMP, TYPE_INTEGER, 16, 16, "checksum"},
    {RENDER_IGMP, TYPE_IPADDR, 32, 32, "group"},
    {RENDER_ESP, TYPE_INTEGER, 0, 32, "spi"},
    {RENDER_ESP, TYPE_INTEGER, 32, 32, "sequence"},
    {RENDER_AH, TYPE_INET_PROTOCOL, 0, 8, "nexthdr"},
    {RENDER_AH, TYPE_INTEGER, 8, 8, "hdrlength"},
    {RENDER_AH, TYPE_INTEGER, 32, 32, "spi"},
    {RENDER_AH, TYPE_INTEGER, 64, 32, "sequence"},
    {RENDER_COMP, TYPE_INET_PROTOCOL, 0, 8, "nexthdr"},
    {RENDER_COMP, TYPE_INTEGER, 16, 16, "cpi"},
};

static const struct protocol_about {
	const char *name;
	enum render_layer layer;
	uint32_t number; /* what tells of it in its layer */
} protocols[] = {
    [RENDER_ETHER] = {"ether", LAYER_LINK, ARPHRD_ETHER},
    [RENDER_VLAN] = {"vlan", LAYER_NETWORK, ETH_P_8021Q},
    [RENDER_ARP] = {"arp", LAYER_NETWORK, ETH_P_ARP},
    [RENDER_IP] = {"ip", LAYER_NETWORK, ETH_P_IP},
    [RENDER_IP6] = {"ip6", LAYER_NETWORK, ETH_P_IPV6},
    [RENDER_TH] = {"th", LAYERS, 0},
    [RENDER_TCP] = {"tcp", LAYER_TRANSPORT, IPPROTO_TCP},
    [RENDER_UDP] = {"udp", LAYER_TRANSPORT, IPPROTO_UDP},
    [RENDER_UDPLITE] = {"udplite", LAYER_TRANSPORT, IPPROTO_UDPLITE},
    [RENDER_SCTP] = {"sctp", LAYER_TRANSPORT, IPPROTO_SCTP},
    [RENDER_DCCP] = {"dccp", LAYER_TRANSPORT, IPPROTO_DCCP},
    [RENDER_ICMP] = {"icmp", LAYER_TRANSPORT, IPPROTO_ICMP},
    [RENDER_ICMPV6] = {"icmpv6", LAYER_TRANSPORT, IPPROTO_ICMPV6},
    [RENDER_IGMP] = {"igmp", LAYER_TRANSPORT, IPPROTO_IGMP},
    [RENDER_ESP] = {"esp", LAYER_TRANSPORT, IPPROTO_ESP},
    [RENDER_AH] = {"ah", LAYER_TRANSPORT, IPPROTO_AH},
    [RENDER_COMP] = {"comp", LAYER_TRANSPORT, IPPROTO_COMP},
};

const struct render_field *render_field_find(uint8_t protocol, uint32_t bit, uint32_t bits)
{
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		if (fields[i].protocol == protocol && fields[i].bit == bit &&
		    (bits == 0 || fields[i].bits == bits))
			return &fields[i];
	}
	return NULL;
}

const char *render_protocol_name(uint8_t protocol)
{
	return protocol < ARRAY_LEN(protocols) ? protocols[protocol].name : "?";
}

enum render_layer render_protocol_layer(uint8_t protocol)
{
	return protocol < ARRAY_LEN(protocols) ? protocols[protocol].layer : LAYERS;
}

static uint8_t protocol_of(const struct render *render, enum render_layer layer)
{
	for (size_t i = 0; i < ARRAY_LEN(protocols); i++) {
		if (protocols[i].layer == layer && protocols[i].number == render->layers[layer])
			return (uint8_t)i;
	}
	return RENDER_NO_PROTOCOL;
}

uint8_t render_protocol_at(const struct render *render, uint32_t base, uint32_t bit)
{
	switch (base) {
	case NFT_PAYLOAD_LL_HEADER:
		if (render->layers[LAYER_LINK] != ARPHRD_ETHER)
			return RENDER_NO_PROTOCOL;
		if (bit < VLAN_BIT)
			return RENDER_ETHER;
		return render->is_tagged ? RENDER_VLAN : RENDER_NO_PROTOCOL;
	case NFT_PAYLOAD_NETWORK_HEADER:
		return protocol_of(render, LAYER_NETWORK);
	case NFT_PAYLOAD_TRANSPORT_HEADER:
		return render->layers[LAYER_TRANSPORT] == NO_LAYER
			   ? RENDER_TH
			   : protocol_of(render, LAYER_TRANSPORT);
	default:
		return RENDER_NO_PROTOCOL;
	}
}
