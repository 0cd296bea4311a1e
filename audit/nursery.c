/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] Where jails come from: see nursery.h. */
#include "audit/nursery.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/jail.h"
#include "audit/message.h"
#include "lib/own.h"

#define ORDERS_FD 3 /* the nursery's end of main's channel */
#define MAX_NAME 64U

/* ---- main's side ---- */

/* After fork, before exec: async-signal-safe calls only. */
static _Noreturn void become_nursery(int orders_fd)
{
	static char program[] = "harden";
	static char option[] = "--nursery";
	char *argv[] = {program, option, NULL};
#ifdef SANITIZED
	/* LeakSanitizer stops threads by ptrace, which the jail forbids */
	static char sanitizer[] = "ASAN_OPTIONS=detect_leaks=0";
	char *environment[] = {sanitizer, NULL};
#else
	char *environment[] = {NULL};
#endif
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	/* out of the way of 0 to 3 first, or one dup2() could close the other's source */
	int orders_copy = fcntl(orders_fd, F_DUPFD_CLOEXEC, 10);

	if (null < 0 || orders_copy < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(null, STDOUT_FILENO) < 0 ||
#ifndef SANITIZED /* which reports on stderr */
	    dup2(null, STDERR_FILENO) < 0 ||
#endif
	    dup2(orders_copy, ORDERS_FD) < 0 ||
	    /* ours are closed by exec; who called us may have left others open, of root's files */
	    close_range(ORDERS_FD + 1, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
		_exit(2);
	(void)execve("/proc/self/exe", argv, environment);
	_exit(2);
}

int nursery_start(struct nursery *nursery, struct err *err)
{
	int ends[2];

	*nursery = (struct nursery){.pid = -1, .fd = -1};
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return err_sys(err, "socketpair");
	nursery->pid = fork();
	if (nursery->pid == 0)
		become_nursery(ends[1]);
	if (nursery->pid < 0)
		(void)err_sys(err, "fork");
	own_close(&ends[1]);
	if (nursery->pid < 0) { /* never to be ended: kill(2) would take -1 for everybody */
		own_close(&ends[0]);
		return -1;
	}
	nursery->fd = ends[0];
	return 0;
}

int nursery_spawn(const struct nursery *nursery, const char *name, int broker_fd, int main_fd,
		  pid_t *out, struct err *err)
{
	const int fds[] = {broker_fd, main_fd};
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(fds))];
	} control = {.bytes = {0}};
	char text[MAX_NAME] = "";
	struct iovec part = {.iov_base = text, .iov_len = strnlen(name, MAX_NAME)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control.bytes)};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	pid_t answer; /* or an errno, below 0 */
	ssize_t got;

	memcpy(text, name, part.iov_len);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(fds));
	memcpy(CMSG_DATA(header), fds, sizeof(fds));
	if (sendmsg(nursery->fd, &message, MSG_NOSIGNAL) < 0)
		return err_sys(err, "the nursery");
	do
		got = recv(nursery->fd, &answer, sizeof(answer), 0);
	while (got < 0 && errno == EINTR);
	if (got != sizeof(answer))
		return err_set(err, "the nursery has ended");
	if (answer < 0) {
		errno = -answer;
		return err_sys(err, "fork");
	}
	*out = answer;
	return 0;
}

void nursery_end(struct nursery *nursery)
{
	if (nursery->fd < 0)
		return;
	own_close(&nursery->fd);
	nursery->fd = -1;
	(void)kill(nursery->pid, SIGKILL); /* it holds nothing */
	while (waitpid(nursery->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* ---- the nursery ---- */

struct order {
	const struct probe_entry *registry;
	char name[MAX_NAME + 1];
	int fds[2];
};

/* 1: an order; 0: main has gone; -1: no order. */
static int receive(struct order *order)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(order->fds))];
	} control;
	struct iovec part = {.iov_base = order->name, .iov_len = MAX_NAME};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control.bytes)};
	const struct cmsghdr *header;
	ssize_t got;

	memset(order, 0, sizeof(*order));
	do
		got = recvmsg(ORDERS_FD, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return (int)got;
	header = CMSG_FIRSTHDR(&message);
	if (!header || header->cmsg_type != SCM_RIGHTS ||
	    header->cmsg_len != CMSG_LEN(sizeof(order->fds)))
		return -1;
	memcpy(order->fds, CMSG_DATA(header), sizeof(order->fds));
	return 1;
}

/* In the child: its two channels in their places, and nothing else. */
static int live(const struct order *order)
{
	int broker_fd = fcntl(order->fds[0], F_DUPFD_CLOEXEC, 10);
	int main_fd = fcntl(order->fds[1], F_DUPFD_CLOEXEC, 10);

	if (broker_fd < 0 || main_fd < 0 || dup2(broker_fd, JAIL_BROKER_FD) < 0 ||
	    dup2(main_fd, JAIL_MAIN_FD) < 0 || close_range(JAIL_MAIN_FD + 1, ~0U, 0) < 0)
		return 2;
	return jail_main(order->registry, order->name);
}

static void find(const struct probe_entry *const *registries, struct order *order)
{
	order->registry = *registries; /* jail_main() fails if it is nowhere */
	for (; *registries; registries++)
		if (probe_find(*registries, order->name) >= 0)
			order->registry = *registries;
}

int nursery_main(const struct probe_entry *const *registries)
{
	struct order order;
	int got;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);     /* cannot fail for a valid signal */
	(void)prctl(PR_SET_NAME, "harden-nursery", 0, 0, 0); /* for ps(1) */
	while ((got = receive(&order)) > 0) {
		pid_t child;

		find(registries, &order);
		/* main's child, not ours: it is main that waits for it */
		child = (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, NULL, NULL, 0);
		if (child == 0)
			return live(&order);
		if (child < 0)
			child = -errno;
		own_close(&order.fds[0]);
		own_close(&order.fds[1]);
		if (send(ORDERS_FD, &child, sizeof(child), MSG_NOSIGNAL) < 0)
			break;
	}
	return got < 0 ? 2 : 0;
}
