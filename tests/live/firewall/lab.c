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
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/own.h"

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

/* One `ip -batch` for everything is much faster than a process for each. */
static void make_links(const struct lab *lab)
{
	char path[] = "/tmp/harden-lab-XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	const char *const argv[] = {"ip", "-batch", path, NULL};
	int self = (int)getpid();

	if (!file)
		lab_fail(path);
	(void)fprintf(file, "link set lo up\n");
	for (unsigned i = 0; i < lab->link_count; i++) {
		const char *name = lab->links[i];

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
	(void)fprintf(file,
		      "link add %s type veth peer name c0 netns /proc/%d/fd/%d\n"
		      "link set %s arp off up\n"
		      "addr add 172.17.0.1/16 brd + dev %s\n"
		      "addr add fd00:17::1/64 dev %s nodad\n"
		      "route add default dev %s\n"
		      "route add ::/0 dev %s\n",
		      lab->container_link, self, lab->container, lab->container_link,
		      lab->container_link, lab->container_link, lab->container_link,
		      lab->container_link);
	(void)fclose(file);
	if (lab_run(lab, NULL, argv) != 0)
		lab_fail("ip -batch");
	(void)unlink(path);
}

/* The far ends come up, and say nothing of their own. */
static void mute(const struct lab *lab, int namespace, const char *prefix, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		char name[16];
		struct lab there = *lab;
		const char *const up[] = {"ip", "link", "set", name, "arp", "off", "up", NULL};

		(void)snprintf(name, sizeof(name), "%s%u", prefix, i);
		there.host = namespace;
		lab_write_setting(&there, "net/ipv6/conf/all/disable_ipv6", 1);
		if (lab_run(&there, NULL, up) != 0)
			lab_fail(name);
	}
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

static void open_sockets(struct lab *lab)
{
	int one = 1;

	lab_enter(lab->outside);
	for (unsigned i = 0; i < lab->link_count; i++) {
		char name[16];

		(void)snprintf(name, sizeof(name), "o%u", i);
		lab->injectors[i] = packet_socket(SOCK_RAW, 0, name);
		(void)setsockopt(lab->injectors[i], SOL_PACKET, PACKET_QDISC_BYPASS, &one,
				 sizeof(one));
	}
	add_capture(lab, packet_socket(SOCK_DGRAM, ETH_P_IP, NULL));
	add_capture(lab, packet_socket(SOCK_DGRAM, ETH_P_IPV6, NULL));
	lab_enter(lab->container);
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

void lab_open(struct lab *lab, const char *const *links, unsigned count, const char *container_link)
{
	*lab = (struct lab){.link_count = count, .container_link = container_link};
	for (unsigned i = 0; i < count; i++)
		lab->links[i] = links[i];
	lab->home = own_namespace();
	lab->outside = new_namespace();
	lab->container = new_namespace();
	lab->host = new_namespace();
	lab_enter(lab->home);
	lab_write_setting(lab, "net/ipv4/conf/all/rp_filter", 0);
	lab_write_setting(lab, "net/ipv4/conf/default/rp_filter", 0);
	lab_write_setting(lab, "net/ipv4/ip_forward", 1);
	lab_write_setting(lab, "net/ipv6/conf/all/forwarding", 1);
	make_links(lab);
	mute(lab, lab->outside, "o", count);
	mute(lab, lab->container, "c", 1);
	open_sockets(lab);
}

void lab_close(struct lab *lab)
{
	for (unsigned i = 0; i < lab->link_count; i++)
		(void)close(lab->injectors[i]);
	for (unsigned i = 0; i < lab->capture_count; i++)
		(void)close(lab->captures[i]);
	(void)close(lab->flusher);
	(void)close(lab->outside);
	(void)close(lab->host);
	(void)close(lab->container);
	(void)close(lab->home);
}
