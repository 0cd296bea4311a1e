/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The host namespace as the model wants it: dumps by netlink, and sysctls from /proc. */
#include <dirent.h>
#include <libmnl/libmnl.h>
#include <linux/fib_rules.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab.h"

struct sink {
	struct fw_ruleset *ruleset;
	struct fw_host *host;
};

/* With LAB_SAVE=FILE, what is read is kept there too: a seed for tests/fuzz/corpus/. */
static void keep(const struct nlmsghdr *message)
{
	const char *path = getenv("LAB_SAVE");
	FILE *file = path ? fopen(path, "ae") : NULL;

	if (!file)
		return;
	(void)fwrite(message, 1, (message->nlmsg_len + 3) & ~3U, file);
	(void)fclose(file);
}

static void take(const struct sink *sink, const struct nlmsghdr *message)
{
	keep(message);
	if (sink->ruleset)
		ruleset_message(sink->ruleset, message);
	else
		host_model_message(sink->host, message);
}

static void exchange(int fd, const struct nlmsghdr *request, const struct sink *sink)
{
	static char buffer[1 << 16];

	if (send(fd, request, request->nlmsg_len, 0) < 0)
		lab_fail("netlink");
	for (;;) {
		ssize_t got = recv(fd, buffer, sizeof(buffer), 0);
		int left = (int)got;

		if (got < 0)
			lab_fail("netlink");
		for (const struct nlmsghdr *at = (const void *)buffer; mnl_nlmsg_ok(at, left);
		     at = mnl_nlmsg_next(at, &left)) {
			if (at->nlmsg_type == NLMSG_DONE || at->nlmsg_type == NLMSG_ERROR)
				return;
			take(sink, at);
		}
	}
}

static void ask_nft(int fd, uint8_t type, uint8_t family, const char *table, const char *set,
		    const struct sink *sink)
{
	char buffer[4096];
	struct nlmsghdr *request = mnl_nlmsg_put_header(buffer);
	struct nfgenmsg *body;

	request->nlmsg_type = (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type);
	request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	body = mnl_nlmsg_put_extra_header(request, sizeof(*body));
	body->nfgen_family = family;
	if (table) {
		mnl_attr_put_strz(request, NFTA_SET_ELEM_LIST_TABLE, table);
		mnl_attr_put_strz(request, NFTA_SET_ELEM_LIST_SET, set);
	}
	exchange(fd, request, sink);
}

static void dump_ruleset(int fd, struct fw_ruleset *ruleset)
{
	static const uint8_t types[] = {NFT_MSG_GETTABLE, NFT_MSG_GETCHAIN, NFT_MSG_GETSET,
					NFT_MSG_GETRULE};
	const struct sink sink = {ruleset, NULL};

	for (size_t i = 0; i < sizeof(types); i++)
		ask_nft(fd, types[i], AF_UNSPEC, NULL, NULL, &sink);
	for (unsigned i = 0; i < FW_BUCKETS; i++) {
		for (const struct fw_set *set = ruleset->set_buckets[i]; set;
		     set = set->next_hashed)
			ask_nft(fd, NFT_MSG_GETSETELEM, set->table->family, set->table->name,
				set->name, &sink);
	}
	ruleset_link(ruleset);
}

static void dump_routes(int fd, struct fw_host *host)
{
	static const struct {
		uint16_t type;
		size_t header;
	} kinds[] = {{RTM_GETLINK, sizeof(struct ifinfomsg)},
		     {RTM_GETADDR, sizeof(struct ifaddrmsg)},
		     {RTM_GETROUTE, sizeof(struct rtmsg)},
		     {RTM_GETRULE, sizeof(struct fib_rule_hdr)}};
	const struct sink sink = {NULL, host};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		char buffer[256];
		struct nlmsghdr *request = mnl_nlmsg_put_header(buffer);

		request->nlmsg_type = kinds[i].type;
		request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
		(void)mnl_nlmsg_put_extra_header(request, kinds[i].header);
		exchange(fd, request, &sink);
	}
}

static void read_setting(struct fw_host *host, const char *name)
{
	char path[512];
	char text[32] = "";
	FILE *file;

	(void)snprintf(path, sizeof(path), "/proc/sys/%s", name);
	file = fopen(path, "re");
	if (!file)
		return;
	if (fgets(text, sizeof(text), file))
		host_model_setting(host, name, strtol(text, NULL, 10));
	(void)fclose(file);
}

static void read_settings(struct fw_host *host, const char *folder)
{
	static const char *const names[] = {"forwarding",      "rp_filter",      "route_localnet",
					    "accept_local",    "src_valid_mark", "bc_forwarding",
					    "force_forwarding"};
	char path[128];
	DIR *dir;

	(void)snprintf(path, sizeof(path), "/proc/sys/%s", folder);
	dir = opendir(path);
	if (!dir)
		lab_fail(path);
	for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			char name[400];

			(void)snprintf(name, sizeof(name), "%s/%s/%s", folder, entry->d_name,
				       names[i]);
			if (entry->d_name[0] != '.')
				read_setting(host, name);
		}
	}
	(void)closedir(dir);
}

void lab_dump(const struct lab *lab, struct fw_ruleset *ruleset, struct fw_host *host)
{
	int nft;
	int route;

	lab_enter(lab->host);
	nft = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
	route = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (nft < 0 || route < 0)
		lab_fail("netlink");
	dump_ruleset(nft, ruleset);
	dump_routes(route, host);
	read_settings(host, "net/ipv4/conf");
	read_settings(host, "net/ipv6/conf");
	read_setting(host, "net/netfilter/nf_conntrack_tcp_loose");
	host_model_link(host);
	(void)close(nft);
	(void)close(route);
	lab_enter(lab->home);
}

static bool has_route_to(const struct fw_host *host, const struct fw_address *address)
{
	for (const struct fw_route *at = host->routes; at; at = at->next) {
		if (at->family == address->family && at->table == RT_TABLE_LOCAL &&
		    at->prefix == inet_bits(at->family) && at->to.first == address->address)
			return true;
	}
	return false;
}

bool lab_is_settled(const struct fw_host *host)
{
	unsigned scoped = 0;
	unsigned links = 0;

	for (const struct fw_route *at = host->routes; at; at = at->next) {
		if (at->has_unknown)
			return false;
	}
	for (const struct fw_address *at = host->addresses; at; at = at->next) {
		if (!has_route_to(host, at))
			return false;
		scoped += at->family == AF_INET6 && at->address >> 118 == 0x3fa;
	}
	for (const struct fw_link *at = host->links; at; at = at->next)
		links++;
	return scoped + 1 >= links; /* all but lo */
}
