/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Table network_settings: see the spec at the end. Files of /proc/sys/net, ip-sysctl.rst. */
#include <errno.h>
#include <string.h>

#include "audit/probe.h"

#define PREFIX "/proc/sys/"

/* "/proc/sys/net/ipv4/ip_forward" is "net.ipv4.ip_forward" to sysctl(8), as long as no interface
 * has a dot in its name; then the dot becomes a slash there, and here. */
static const char *sysctl_name(struct host *host, const char *path)
{
	char *name = arena_text(host_arena(host), span_of(path + strlen(PREFIX)));

	for (char *at = name; *at; at++)
		*at = *at == '/' ? '.' : *at == '.' ? '/' : *at;
	return name;
}

extern const struct probe probe_network_settings;

/* Several numbers are parted by tabs. */
static const char *value_of(struct host *host, struct span data)
{
	char *value = arena_text(host_arena(host), span_trim(data));

	for (char *at = value; *at; at++)
		*at = *at == '\t' ? ' ' : *at;
	return value;
}

static int collect(struct host *host, struct err *err)
{
	for (unsigned need = 0; need < probe_network_settings.need_count; need++) {
		struct item item;
		int got;

		if (host_ask(host, need, err) < 0)
			return -1;
		while ((got = host_next(host, &item, err)) > 0) {
			if (item.error == ENOENT) /* no such module: no IPv6, no conntrack */
				continue;
			if (item.error || strncmp(item.path, PREFIX, strlen(PREFIX)) != 0) {
				host_item_failed(host, &item, "settings of some network namespace");
				continue;
			}
			row_int(host, (int64_t)item.inode);
			row_text(host, sysctl_name(host, item.path));
			row_text(host, value_of(host, item.data));
			row_end(host);
		}
		if (got < 0)
			return -1;
	}
	return 0;
}

const struct probe probe_network_settings = {
    .about = "Kernel settings that decide where packets may go, of every network namespace",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"name", TEXT, "as sysctl(8) writes it: net.ipv4.conf.all.rp_filter"},
	    {"value", TEXT, "its value"}),
    NEEDS(
	{READ_EACH, "/proc/sys/net/ipv4/{ip_forward,ip_local_port_range}"},
	{READ_EACH, "/proc/sys/net/ipv4/conf/*/{forwarding,rp_filter,route_localnet,accept_local}"},
	{READ_EACH, "/proc/sys/net/ipv6/conf/*/{forwarding,disable_ipv6}"},
	{READ_EACH, "/proc/sys/net/netfilter/nf_conntrack_tcp_loose"},
	{READ_EACH, "/proc/sys/net/bridge/{bridge-nf-call-iptables,bridge-nf-call-ip6tables}"}),
    .collect = collect,
};
