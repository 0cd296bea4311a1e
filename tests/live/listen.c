/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the live tests look for: opens the sockets that its arguments name, leaves a child that
 * holds them until it is killed, and prints that child's pid once all are there (nothing, if
 * something went wrong).
 *
 * usage: listen [OPTION...] SPEC... [-- IGNORED...]
 *
 * A SPEC is tcp4:ADDRESS:PORT, udp6:[ADDRESS]:PORT and the like; PORT may be a range, FIRST-LAST.
 * What stands behind -- is only there to be seen in the command line.
 *
 *   -6         IPv6 alone (IPV6_V6ONLY); without it an IPv6 socket serves both
 *   -b         bound, and no more: a TCP socket that does not listen
 *   -c         connected to itself: a UDP socket that takes nothing from others
 *   -i DEVICE  served on this interface alone
 *   -k COUNT   that many idle children beside, without any of the sockets
 *   -N         in a network namespace of its own
 *   -n NAME    name of the process (comm)
 *   -r COUNT   so many sockets for each SPEC (SO_REUSEPORT)
 *   -s         stays silent: without it whoever connects is hung up on at once
 *   -u UID     the child gives up root for this user; the sockets stay
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

struct settings {
	bool is_v6only;
	bool is_bound_only;
	bool is_connected;
	bool has_namespace;
	bool is_silent;
	const char *device;
	const char *name;
	long copies;
	long idle;
	long uid; /* -1: stay who we are */
};

struct endpoint {
	int family;
	int type;
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address;
	socklen_t len;
	long first;
	long last;
};

static long number(const char *text, long max)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end != '\0' || value < 0 || value > max)
		errx(2, "not a number from 0 to %ld: %s", max, text);
	return value;
}

static void set_ports(struct endpoint *out, char *text)
{
	char *dash = strchr(text, '-');

	if (dash)
		*dash = '\0';
	out->first = number(text, 65535);
	out->last = dash ? number(dash + 1, 65535) : out->first;
}

static void parse(const char *spec, struct endpoint *out)
{
	char text[128];
	char *address;
	char *port;
	bool is_v6;

	(void)snprintf(text, sizeof(text), "%s", spec);
	address = strchr(text, ':');
	port = strrchr(text, ':');
	if (!address || port == address)
		errx(2, "not KIND:ADDRESS:PORT: %s", spec);
	*address++ = '\0';
	*port++ = '\0';
	is_v6 = text[3] == '6';
	*out = (struct endpoint){.family = is_v6 ? AF_INET6 : AF_INET,
				 .type = strncmp(text, "tcp", 3) == 0 ? SOCK_STREAM : SOCK_DGRAM};
	set_ports(out, port);
	out->address.any.sa_family = (sa_family_t)out->family;
	out->len = is_v6 ? sizeof(out->address.v6) : sizeof(out->address.v4);
	if (is_v6 && address[0] == '[') {
		address++;
		address[strlen(address) - 1] = '\0';
	}
	if (inet_pton(out->family, address,
		      is_v6 ? (void *)&out->address.v6.sin6_addr : &out->address.v4.sin_addr) != 1)
		errx(2, "not an address: %s", spec);
}

static void set(int fd, int level, int option, int value)
{
	if (setsockopt(fd, level, option, &value, sizeof(value)) < 0)
		err(2, "setsockopt %d", option);
}

static int listeners = -1; /* an epoll(7) of them */

static void watch(int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

	if (listeners < 0)
		listeners = epoll_create1(EPOLL_CLOEXEC);
	if (listeners < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) < 0 ||
	    epoll_ctl(listeners, EPOLL_CTL_ADD, fd, &event) < 0)
		err(2, "epoll");
}

/* Returns when there is nobody to hang up on. */
static void hang_up_on_all(void)
{
	struct epoll_event event;
	int count;

	while (listeners >= 0 &&
	       ((count = epoll_wait(listeners, &event, 1, -1)) > 0 || errno == EINTR)) {
		int caller = count > 0 ? accept(event.data.fd, NULL, NULL) : -1;

		if (caller >= 0)
			(void)close(caller);
	}
}

static void open_one(const struct settings *settings, struct endpoint *where, long port)
{
	int fd = socket(where->family, where->type, 0); /* stays open: that is its purpose */

	if (fd < 0)
		err(2, "socket");
	set(fd, SOL_SOCKET, settings->copies > 1 ? SO_REUSEPORT : SO_REUSEADDR, 1);
	if (where->family == AF_INET6)
		set(fd, IPPROTO_IPV6, IPV6_V6ONLY, settings->is_v6only);
	if (settings->device && setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, settings->device,
					   (socklen_t)strlen(settings->device)) < 0)
		err(2, "bind to device %s", settings->device);
	if (where->family == AF_INET6)
		where->address.v6.sin6_port = htons((uint16_t)port);
	else
		where->address.v4.sin_port = htons((uint16_t)port);
	if (bind(fd, &where->address.any, where->len) < 0)
		err(2, "bind to port %ld", port);
	if (settings->is_connected && connect(fd, &where->address.any, where->len) < 0)
		err(2, "connect to port %ld", port);
	if (where->type != SOCK_STREAM || settings->is_bound_only)
		return;
	if (listen(fd, 128) < 0)
		err(2, "listen on port %ld", port);
	if (!settings->is_silent)
		watch(fd);
}

static void allow_many_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		err(2, "getrlimit");
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		err(2, "setrlimit");
}

static _Noreturn void wait_for_death(void)
{
	for (;;)
		(void)pause(); /* ends only with the process */
}

/* Whoever reads our standard output sees its end. */
static void detach(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0 ||
	    dup2(null, STDERR_FILENO) < 0)
		err(2, "detach");
}

static void fork_idle(long count)
{
	for (long i = 0; i < count; i++) {
		pid_t child = fork();

		if (child < 0)
			err(2, "fork");
		if (child == 0) {
			detach();
			wait_for_death();
		}
	}
}

static void drop_to(long uid)
{
	if (setgroups(0, NULL) < 0 || setresgid((gid_t)uid, (gid_t)uid, (gid_t)uid) < 0 ||
	    setresuid((uid_t)uid, (uid_t)uid, (uid_t)uid) < 0)
		err(2, "become uid %ld", uid);
}

static void read_option(struct settings *settings, int option)
{
	switch (option) {
	case '6':
		settings->is_v6only = true;
		break;
	case 'b':
		settings->is_bound_only = true;
		break;
	case 'c':
		settings->is_connected = true;
		break;
	case 'N':
		settings->has_namespace = true;
		break;
	case 'i':
		settings->device = optarg;
		break;
	case 'n':
		settings->name = optarg;
		break;
	case 'k':
		settings->idle = number(optarg, 100000);
		break;
	case 'r':
		settings->copies = number(optarg, 1000);
		break;
	case 's':
		settings->is_silent = true;
		break;
	case 'u':
		settings->uid = number(optarg, 65535);
		break;
	default:
		errx(2, "see the head of tests/live/listen.c");
	}
}

static void open_all(const struct settings *settings, const char *spec)
{
	struct endpoint where;

	parse(spec, &where);
	for (long port = where.first; port <= where.last; port++)
		for (long copy = 0; copy < settings->copies; copy++)
			open_one(settings, &where, port);
}

int main(int argc, char **argv)
{
	struct settings settings = {.copies = 1, .uid = -1};
	pid_t child;
	int option;

	while ((option = getopt(argc, argv, "+6bcNi:k:n:r:su:")) != -1)
		read_option(&settings, option);
	child = fork(); /* whose end of the pipe tells when all is there */
	if (child != 0)
		return child < 0 ? 2 : 0;
	allow_many_files();
	fork_idle(settings.idle);
	if (settings.has_namespace && unshare(CLONE_NEWNET) < 0)
		err(2, "unshare");
	for (; optind < argc && strcmp(argv[optind], "--") != 0; optind++)
		open_all(&settings, argv[optind]);
	if (settings.uid >= 0)
		drop_to(settings.uid);
	if (settings.name && prctl(PR_SET_NAME, settings.name) < 0)
		err(2, "set the name");
	(void)printf("%d\n", getpid());
	if (fflush(stdout) != 0)
		err(2, "print");
	detach();
	if (!settings.is_silent)
		hang_up_on_all();
	wait_for_death();
}
