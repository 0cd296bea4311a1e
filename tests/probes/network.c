/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that are made of netlink dumps, and what a dump that is not whole makes of them. */
#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <netinet/tcp.h>

#include "tests/datagram.h"
#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_addresses;
extern const struct probe probe_interfaces;
extern const struct probe probe_legacy_tables;
extern const struct probe probe_namespaces;
extern const struct probe probe_network_settings;
extern const struct probe probe_route_rules;
extern const struct probe probe_routes;
extern const struct probe probe_sockets;

static void add_socket(struct datagram *datagram, int family, const char *address, uint16_t port,
		       uint8_t state, int v6only)
{
	struct inet_diag_msg *diag = add_message(datagram, SOCK_DIAG_BY_FAMILY, sizeof(*diag));

	diag->idiag_family = (uint8_t)family;
	diag->idiag_state = state;
	diag->id.idiag_sport = htons(port);
	diag->idiag_inode = 42;
	diag->idiag_uid = 999;
	(void)inet_pton(family, address, diag->id.idiag_src);
	if (v6only >= 0)
		mnl_attr_put_u8(datagram->last, INET_DIAG_SKV6ONLY, (uint8_t)v6only);
	end_message(datagram);
}

static void test_sockets(void)
{
	struct datagram datagram = {.len = 0};
	struct play play;

	play_begin(&play);
	add_socket(&datagram, AF_INET, "127.0.0.1", 6379, TCP_LISTEN, -1);
	add_socket(&datagram, AF_INET6, "::", 80, TCP_LISTEN, 0);
	add_socket(&datagram, AF_INET6, "2001:db8::1", 53, TCP_CLOSE, 1);
	add_socket(&datagram, AF_INET, "0.0.0.0", 0, TCP_CLOSE, -1); /* not bound */
	for (int i = 0; i < 4; i++)
		add_done(&datagram);
	play_datagram(&play, 7, &datagram);
	play_run(&play, &probe_sockets);
	is_str(play.rows,
	       "7|tcp|ipv4|127.0.0.1|6379|42|999|-|0\n"
	       "7|tcp|ipv6|::|80|42|999|0|0\n"
	       "7|udp|ipv6|2001:db8::1|53|42|999|1|0\n",
	       "listeners and bound sockets");
	ok(play.status == COVERAGE_COMPLETE, "four dumps have ended");
	play_end(&play);
}

/* One namespace whose dump is `datagram`: what becomes of the coverage? */
static void expect_partial(const struct datagram *datagram, const char *detail, const char *name)
{
	struct play play;

	play_begin(&play);
	play_datagram(&play, 7, datagram);
	play_run(&play, &probe_sockets);
	ok(play.status == COVERAGE_PARTIAL, "%s: partial", name);
	is_str(play.detail, detail, name);
	play_end(&play);
}

static void test_broken_dumps(void)
{
	struct datagram datagram = {.len = 0};
	struct nlmsgerr *error;

	for (int i = 0; i < 3; i++)
		add_done(&datagram);
	expect_partial(&datagram, "a netlink dump ended early", "one of four dumps without end");
	error = add_message(&datagram, NLMSG_ERROR, sizeof(*error));
	error->error = -ENOENT;
	end_message(&datagram);
	expect_partial(&datagram, "the kernel refused a netlink dump: No such file or directory",
		       "no udp_diag in this kernel");
	datagram.len -= 4;
	expect_partial(&datagram, "a netlink message is cut off", "a message is cut");
	datagram = (struct datagram){.len = 0};
	memcpy(add_message(&datagram, NLMSG_DONE, sizeof(int)), &(int){-EINTR}, sizeof(int));
	end_message(&datagram);
	expect_partial(&datagram, "a netlink dump failed: Interrupted system call",
		       "an end with an error in it");
}

static void test_second_namespace_denied(void)
{
	struct datagram datagram = {.len = 0};
	struct play play;

	play_begin(&play);
	for (int i = 0; i < 4; i++)
		add_done(&datagram);
	play_datagram(&play, 7, &datagram);
	play_item(&play, &(struct broker_item){.path = "/run/netns/x", .inode = 8, .error = EPERM});
	play_run(&play, &probe_sockets);
	ok(play.status == COVERAGE_DENIED, "a namespace that may not be entered is said");
	play_end(&play);
}

static void add_link(struct datagram *datagram, int index, const char *name, unsigned flags)
{
	struct ifinfomsg *info = add_message(datagram, RTM_NEWLINK, sizeof(*info));
	struct nlattr *nested;

	info->ifi_index = index;
	info->ifi_flags = flags;
	mnl_attr_put_strz(datagram->last, IFLA_IFNAME, name);
	mnl_attr_put_u32(datagram->last, IFLA_MASTER, 9);
	nested = mnl_attr_nest_start(datagram->last, IFLA_LINKINFO);
	mnl_attr_put_strz(datagram->last, IFLA_INFO_KIND, "veth");
	mnl_attr_nest_end(datagram->last, nested);
	end_message(datagram);
}

static void test_interfaces_retry(void)
{
	struct datagram interrupted = {.len = 0};
	struct datagram whole = {.len = 0};
	struct play play;

	play_begin(&play);
	add_link(&interrupted, 2, "old", IFF_UP);
	interrupted.last->nlmsg_flags |= NLM_F_DUMP_INTR;
	add_done(&interrupted);
	play_datagram(&play, 7, &interrupted);
	play_next_need(&play);
	add_link(&whole, 2, "ev\x1bil", IFF_UP);
	add_done(&whole);
	play_datagram(&play, 7, &whole);
	play_run(&play, &probe_interfaces);
	is_str(play.rows, "7|2|ev\\x1bil|veth|0|1|9|-|0\n",
	       "a dump that was interrupted is read again");
	ok(play.status == COVERAGE_COMPLETE, "and then it is whole");
	play_end(&play);
}

static void test_addresses(void)
{
	struct datagram datagram = {.len = 0};
	struct ifaddrmsg *info = add_message(&datagram, RTM_NEWADDR, sizeof(*info));
	struct play play;

	play_begin(&play);
	*info = (struct ifaddrmsg){.ifa_family = AF_INET, .ifa_prefixlen = 32, .ifa_index = 3};
	mnl_attr_put_u32(datagram.last, IFA_ADDRESS, inet_addr("10.0.0.2")); /* the peer */
	mnl_attr_put_u32(datagram.last, IFA_LOCAL, inet_addr("10.0.0.1"));
	end_message(&datagram);
	add_done(&datagram);
	play_datagram(&play, 7, &datagram);
	play_run(&play, &probe_addresses);
	is_str(play.rows, "7|3|ipv4|10.0.0.1|32|global\n",
	       "the local end of a point-to-point link");
	play_end(&play);
}

static void test_routes(void)
{
	struct datagram datagram = {.len = 0};
	struct rtmsg *info = add_message(&datagram, RTM_NEWROUTE, sizeof(*info));
	struct play play;

	play_begin(&play);
	*info = (struct rtmsg){.rtm_family = AF_INET, .rtm_dst_len = 8, .rtm_type = RTN_UNICAST};
	mnl_attr_put_u32(datagram.last, RTA_DST, inet_addr("10.0.0.0"));
	mnl_attr_put_u32(datagram.last, RTA_GATEWAY, inet_addr("192.0.2.1"));
	mnl_attr_put_u32(datagram.last, RTA_OIF, 4);
	mnl_attr_put_u32(datagram.last, RTA_TABLE, 1000);
	end_message(&datagram);
	info = add_message(&datagram, RTM_NEWROUTE, sizeof(*info));
	*info = (struct rtmsg){.rtm_family = AF_INET6, .rtm_table = 254, .rtm_type = RTN_BLACKHOLE};
	end_message(&datagram);
	add_done(&datagram);
	add_done(&datagram);
	play_datagram(&play, 7, &datagram);
	play_run(&play, &probe_routes);
	is_str(play.rows,
	       "7|ipv4|1000|10.0.0.0/8|unicast|192.0.2.1|4|0|0\n"
	       "7|ipv6|254|::/0|blackhole|-|-|0|0\n",
	       "a table beyond 255, and a black hole");
	play_end(&play);
}

static void test_route_rules(void)
{
	struct datagram datagram = {.len = 0};
	struct fib_rule_hdr *info = add_message(&datagram, RTM_NEWRULE, sizeof(*info));
	struct play play;

	play_begin(&play);
	*info = (struct fib_rule_hdr){
	    .family = AF_INET, .src_len = 24, .action = FR_ACT_TO_TBL, .flags = FIB_RULE_INVERT};
	mnl_attr_put_u32(datagram.last, FRA_PRIORITY, 100);
	mnl_attr_put_u32(datagram.last, FRA_TABLE, 1000);
	mnl_attr_put_u32(datagram.last, FRA_SRC, inet_addr("10.1.2.0"));
	mnl_attr_put_u32(datagram.last, FRA_FWMARK, 16);
	mnl_attr_put_strz(datagram.last, FRA_IIFNAME, "eth0");
	mnl_attr_put_u8(datagram.last, FRA_IP_PROTO, 6);
	end_message(&datagram);
	add_done(&datagram);
	add_done(&datagram);
	play_datagram(&play, 7, &datagram);
	play_run(&play, &probe_route_rules);
	is_str(play.rows, "7|ipv4|100|lookup|1000|1|10.1.2.0/24|-|eth0|-|16|4294967295|1\n",
	       "selectors, and that there is one more");
	play_end(&play);
}

static void test_settings(void)
{
	struct play play;

	play_begin(&play);
	play_item(&play, &(struct broker_item){.path = "/proc/sys/net/ipv4/ip_forward",
					       .inode = 7,
					       .data = {"1\n", 2}});
	play_next_need(&play);
	play_item(&play, &(struct broker_item){.path = "/proc/sys/net/ipv4/conf/eth0.5/rp_filter",
					       .inode = 8,
					       .data = {"2\n", 2}});
	play_next_need(&play);
	play_error(&play, "/proc/sys/net/ipv6", ENOENT);
	play_next_need(&play);
	play_next_need(&play);
	play_run(&play, &probe_network_settings);
	is_str(play.rows, "7|net.ipv4.ip_forward|1\n8|net.ipv4.conf.eth0/5.rp_filter|2\n",
	       "settings of two namespaces; a dot in a name is a slash to sysctl(8)");
	ok(play.status == COVERAGE_COMPLETE, "a kernel without IPv6 has no such settings");
	play_end(&play);
}

static void test_legacy_tables(void)
{
	struct play play;

	play_begin(&play);
	play_item(&play, &(struct broker_item){.path = "/proc/net/ip_tables_names",
					       .inode = 7,
					       .data = span_of("nat\nfilter\n")});
	play_item(&play, &(struct broker_item){.path = "/proc/net/ip6_tables_names", .inode = 7});
	play_error(&play, "/proc/net/arp_tables_names", ENOENT);
	play_run(&play, &probe_legacy_tables);
	is_str(play.rows, "7|ip|nat\n7|ip|filter\n", "legacy tables, a row each");
	ok(play.status == COVERAGE_COMPLETE, "a kernel without the module has none");
	play_end(&play);

	play_begin(&play);
	play_error(&play, "/proc/net/ip_tables_names", EACCES);
	play_run(&play, &probe_legacy_tables);
	ok(play.status == COVERAGE_DENIED, "what may not be read is not absent");
	play_end(&play);
}

static void test_namespaces(void)
{
	struct play play;

	play_begin(&play);
	play_item(&play, &(struct broker_item){.path = "/proc/1/ns/net", .inode = 7});
	play_item(&play, &(struct broker_item){.path = "/run/netns/web", .inode = 8});
	play_item(&play, &(struct broker_item){.path = "/proc/99/ns/net", .inode = 9});
	play_error(&play, "/proc/*/ns/net", EACCES);
	play_run(&play, &probe_namespaces);
	is_str(play.rows, "7|-|1\n8|web|0\n9|-|0\n", "the first is the host's");
	ok(play.status == COVERAGE_DENIED, "that some were hidden is said");
	play_end(&play);
}

int main(void)
{
	test_sockets();
	test_broken_dumps();
	test_second_namespace_denied();
	test_interfaces_retry();
	test_addresses();
	test_routes();
	test_route_rules();
	test_settings();
	test_legacy_tables();
	test_namespaces();
	return done();
}
