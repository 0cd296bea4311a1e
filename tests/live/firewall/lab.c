/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The namespaces and links of the test: see lab.h. */
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/own.h"

#define LAB_KEPT 24U

void lab_fail(const char *what)
{
	perror(what);
	exit(2);
}

void lab_enter(int namespace)
{
	if (setns(namespace, CLONE_NEWNET) < 0)
		lab_fail("setns");
}

static int own_namespace(void)
{
	int fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		lab_fail("/proc/thread-self/ns/net");
	return fd;
}

static int new_namespace(void)
{
	if (unshare(CLONE_NEWNET) < 0)
		lab_fail("unshare");
	return own_namespace();
}

int lab_run(const struct lab *lab, const char *input, const char *const *argv)
{
	int status = -1;
	pid_t child;

	lab_enter(lab->host);
	child = fork();
	if (child < 0)
		lab_fail("fork");
	if (child == 0) {
		int in = open(input ? input : "/dev/null", O_RDONLY | O_CLOEXEC);
		int out = open("/dev/null", O_WRONLY | O_CLOEXEC);

		if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 ||
		    (!getenv("LAB_VERBOSE") && dup2(out, 2) < 0))
			_exit(126);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	if (waitpid(child, &status, 0) < 0)
		lab_fail("waitpid");
	lab_enter(lab->home);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

void lab_write_setting(const struct lab *lab, const char *name, int value)
{
	char path[128];
	FILE *file;

	lab_enter(lab->host);
	(void)snprintf(path, sizeof(path), "/proc/sys/%s", name);
	file = fopen(path, "we");
	if (file) {
		(void)fprintf(file, "%d\n", value);
		(void)fclose(file);
	}
	lab_enter(lab->home);
}

/* No neighbour is asked for: the container's side of the bridge takes what is for this address. */
static const char bridge_commands[] =
    "link add %1$s type bridge\n"
    "link add p0 type veth peer name c0 netns %2$s\n"
    "link set p0 master %1$s up\n"
    "link set %1$s up\n"
    "addr add 172.17.0.1/16 brd + dev %1$s noprefixroute\n"
    "addr add fd00:17::1/64 dev %1$s nodad noprefixroute\n"
    "neigh add 172.17.0.254 lladdr 02:00:00:00:02:01 dev %1$s nud permanent\n"
    "neigh add fd00:17::ff lladdr 02:00:00:00:02:01 dev %1$s nud permanent\n"
    "route add 172.17.0.0/16 via 172.17.0.254 dev %1$s onlink\n"
    "route add fd00:17::/64 via fd00:17::ff dev %1$s onlink\n"
    "route add default via 172.17.0.254 dev %1$s onlink\n"
    "route add ::/0 via fd00:17::ff dev %1$s onlink\n";

static const char pair_commands[] = "link add %1$s type veth peer name c0 netns %2$s\n"
				    "link set %1$s arp off up\n"
				    "addr add 172.17.0.1/16 brd + dev %1$s\n"
				    "addr add fd00:17::1/64 dev %1$s nodad\n"
				    "route add default dev %1$s\n"
				    "route add ::/0 dev %1$s\n";

static void print_links(const struct lab *lab, FILE *file)
{
	const struct lab_plan *plan = &lab->plan;
	int self = (int)getpid();
	char container[64];

	(void)fprintf(file, "link set lo up\n");
	for (unsigned i = 0; i < plan->link_count; i++) {
		const char *name = plan->links[i];

		(void)fprintf(file,
			      "link add %s type veth peer name o%u netns /proc/%d/fd/%d\n"
			      "link set %s arp off up\n",
			      name, i, self, lab->outside, name);
		if (i == 0)
			(void)fprintf(file,
				      "addr add 192.0.2.1/24 brd + dev %s\n"
				      "addr add 2001:db8:1::1/64 dev %s nodad\n",
				      name, name);
		else
			(void)fprintf(file,
				      "addr add 10.9%u.0.1/24 brd + dev %s\n"
				      "addr add 2001:db8:9%u::1/64 dev %s nodad\n",
				      i, name, i, name);
	}
	(void)snprintf(container, sizeof(container), "/proc/%d/fd/%d", self, lab->container);
	/* both are constants of this file */
	if (plan->is_bridge)
		(void)fprintf(file, bridge_commands, plan->container_link, container);
	else
		(void)fprintf(file, pair_commands, plan->container_link, container);
}

FILE *lab_temporary(char *path)
{
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (!file)
		lab_fail(path);
	return file;
}

/* One `ip -batch` for everything is much faster than a process for each. */
static void run_batch(const struct lab *lab, int namespace,
		      void (*print)(const struct lab *lab, FILE *file))
{
	char path[] = "/tmp/harden-lab-XXXXXX";
	FILE *file = lab_temporary(path);
	const char *const argv[] = {"ip", "-batch", path, NULL};
	struct lab there = *lab;
	bool is_done;

	print(lab, file);
	(void)fclose(file);
	there.host = namespace;
	is_done = lab_run(&there, NULL, argv) == 0;
	(void)unlink(path);
	if (!is_done)
		lab_fail("ip -batch");
}

/* The far ends come up, and say nothing of their own. */
static void print_outside(const struct lab *lab, FILE *file)
{
	for (unsigned i = 0; i < lab->plan.link_count; i++)
		(void)fprintf(file, "link set o%u arp off up\n", i);
	(void)fprintf(file, "link add m0 type veth peer name m1\n"
			    "link set m0 arp off up\nlink set m1 arp off up\n");
}

static void print_container(const struct lab *lab, FILE *file)
{
	(void)lab;
	(void)fprintf(file, "link set c0 arp off up\n");
}

static void mute(const struct lab *lab, int namespace)
{
	struct lab there = *lab;

	there.host = namespace;
	lab_write_setting(&there, "net/ipv6/conf/all/disable_ipv6", 1);
	lab_write_setting(&there, "net/ipv6/conf/default/disable_ipv6", 1);
}

static int packet_socket(int type, uint16_t protocol, const char *link)
{
	int fd = socket(AF_PACKET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, htons(protocol));
	struct sockaddr_ll address = {.sll_family = AF_PACKET,
				      .sll_protocol = htons(protocol),
				      .sll_ifindex = link ? (int)if_nametoindex(link) : 0};

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		lab_fail("packet socket");
	return fd;
}

static void add_capture(struct lab *lab, int fd)
{
	int size = 64 << 20;

	if (fd < 0)
		lab_fail("capture");
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	lab->captures[lab->capture_count++] = fd;
}

static int injector(const char *link)
{
	int fd = packet_socket(SOCK_RAW, 0, link);
	int one = 1;

	(void)setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof(one));
	return fd;
}

static void open_sockets(struct lab *lab)
{
	lab_enter(lab->outside);
	for (unsigned i = 0; i < lab->plan.link_count; i++) {
		char name[LAB_NAME];

		(void)snprintf(name, sizeof(name), "o%u", i);
		lab->injectors[i] = injector(name);
	}
	lab->marker_out = injector("m0");
	lab->marker_in = packet_socket(SOCK_RAW, LAB_MARKER_PROTOCOL, "m1");
	add_capture(lab, packet_socket(SOCK_DGRAM, ETH_P_IP, NULL));
	add_capture(lab, packet_socket(SOCK_DGRAM, ETH_P_IPV6, NULL));
	lab_enter(lab->container);
	lab->injectors[lab->plan.link_count] = injector("c0");
	add_capture(lab, packet_socket(SOCK_DGRAM, ETH_P_IP, NULL));
	add_capture(lab, packet_socket(SOCK_DGRAM, ETH_P_IPV6, NULL));
	lab_enter(lab->host);
	add_capture(lab, socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP));
	add_capture(lab, socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_UDP));
	add_capture(lab, socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP));
	add_capture(lab, socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_UDP));
	lab->flusher = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
	lab_enter(lab->home);
}

const char *lab_input(const struct lab *lab, unsigned link)
{
	return link < lab->plan.link_count ? lab->plan.links[link] : lab->plan.container_link;
}

static void read_hardware_addresses(struct lab *lab)
{
	int fd;

	lab_enter(lab->host);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	for (unsigned i = 0; i <= lab->plan.link_count; i++) {
		struct ifreq request = {0};

		memcpy(request.ifr_name, lab_input(lab, i), LAB_NAME);
		if (fd < 0 || ioctl(fd, SIOCGIFHWADDR, &request) < 0)
			lab_fail(lab_input(lab, i));
		memcpy(lab->ethernet[i], request.ifr_hwaddr.sa_data, 6);
		memcpy(lab->ethernet[i] + 6, "\x02\x00\x00\x00\x00\x01", 6);
	}
	(void)close(fd);
	lab_enter(lab->home);
}

static void lab_open(struct lab *lab, const struct lab_plan *plan)
{
	*lab = (struct lab){.plan = *plan};
	lab->home = own_namespace();
	lab->outside = new_namespace();
	lab->container = new_namespace();
	lab->host = new_namespace();
	lab_enter(lab->home);
	lab_write_setting(lab, "net/ipv4/conf/all/rp_filter", 0);
	lab_write_setting(lab, "net/ipv4/conf/default/rp_filter", 0);
	lab_write_setting(lab, "net/ipv4/ip_forward", 1);
	lab_write_setting(lab, "net/ipv6/conf/all/forwarding", 1);
	/* else the kernel bridges what DNAT sends back to the bridge it came from, and the bridge
	 * does not send to the port it came from: net/bridge/br_netfilter_hooks.c */
	lab_write_setting(lab, "net/bridge/bridge-nf-call-iptables", 0);
	lab_write_setting(lab, "net/bridge/bridge-nf-call-ip6tables", 0);
	mute(lab, lab->outside);
	mute(lab, lab->container);
	run_batch(lab, lab->host, print_links);
	run_batch(lab, lab->outside, print_outside);
	run_batch(lab, lab->container, print_container);
	open_sockets(lab);
	read_hardware_addresses(lab);
}

static void lab_close(struct lab *lab)
{
	for (unsigned i = 0; i <= lab->plan.link_count; i++)
		(void)close(lab->injectors[i]);
	for (unsigned i = 0; i < lab->capture_count; i++)
		(void)close(lab->captures[i]);
	(void)close(lab->marker_out);
	(void)close(lab->marker_in);
	(void)close(lab->flusher);
	(void)close(lab->outside);
	(void)close(lab->host);
	(void)close(lab->container);
	(void)close(lab->home);
}

static bool is_same_plan(const struct lab_plan *a, const struct lab_plan *b)
{
	if (a->link_count != b->link_count || a->is_bridge != b->is_bridge ||
	    strcmp(a->container_link, b->container_link) != 0)
		return false;
	for (unsigned i = 0; i < a->link_count; i++) {
		if (strcmp(a->links[i], b->links[i]) != 0)
			return false;
	}
	return true;
}

struct lab *lab_for(const struct lab_plan *plan)
{
	static struct lab labs[LAB_KEPT];
	static unsigned uses;
	static const char *const flush[] = {"nft", "flush", "ruleset", NULL};
	struct lab *oldest = &labs[0];

	uses++;
	for (unsigned i = 0; i < LAB_KEPT; i++) {
		struct lab *lab = &labs[i];

		if (lab->last_used > 0 && is_same_plan(&lab->plan, plan)) {
			if (lab_run(lab, NULL, flush) != 0)
				lab_fail("nft flush ruleset");
			lab_flush_connections(lab);
			lab->last_used = uses;
			return lab;
		}
		if (lab->last_used < oldest->last_used)
			oldest = lab;
	}
	if (oldest->last_used > 0)
		lab_close(oldest);
	lab_open(oldest, plan);
	oldest->last_used = uses;
	return oldest;
}
