/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] A ruleset that is tried: see trial.h. */
#include "audit/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "audit/namespaces.h"
#include "audit/trial_load.h"
#include "audit/trial_room.h"
#include "lib/file.h"
#include "lib/own.h"

/* The process inside, seen from here. */
struct inside {
	pid_t pid;
	int fd; /* what it tells */
	int listener_fd;
	int64_t deadline_ms;
	bool is_interrupted;
};

void trial_init(struct trial *trial, uint64_t namespace)
{
	*trial = (struct trial){.namespace = namespace, .netlink_fd = -1};
	buf_init(&trial->said, TRIAL_MAX_SAID);
}

void trial_done(struct trial *trial)
{
	own_close(&trial->netlink_fd);
	trial->netlink_fd = -1;
	buf_done(&trial->said);
}

static int64_t now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- the live namespace ---- */

static int open_there(const struct namespace *where, struct err *err)
{
	auto_close int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	struct stat meta;
	int fd;

	if (home < 0 || fstat(home, &meta) < 0)
		return err_sys(err, "/proc/self/ns/net");
	if (namespaces_enter(where) < 0)
		return err_sys(err, "enter the network namespace");
	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (meta.st_ino != where->inode && setns(home, CLONE_NEWNET) < 0)
		die("cannot return from a network namespace");
	return fd < 0 ? err_sys(err, "rtnetlink") : fd;
}

/* NETLINK_ROUTE in the namespace whose rules are left out. */
static int open_live(const struct trial *trial, struct err *err)
{
	struct namespaces all;
	int result;
	size_t i = 0;

	namespaces_find(&all);
	while (trial->namespace != 0 && i < all.count && all.items[i].inode != trial->namespace)
		i++;
	result = i < all.count ? open_there(&all.items[i], err)
			       : err_set(err, "the network namespace is not there, or is hidden");
	namespaces_done(&all);
	return result;
}

/* ---- the process inside ---- */

static int write_map(pid_t pid, const char *name, const char *text, struct err *err)
{
	auto_free char *path = xasprintf("/proc/%d/%s", pid, name);
	auto_close int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return err_sys(err, "%s of a user namespace", name);
	return file_write(fd, span_of(text), err) < 0 ? err_in(err, "%s of a user namespace", name)
						      : 0;
}

/*
 * Root inside is nobody here; without root it is who called, and nobody else can be there. The
 * other identities are some that own nothing: the kernel takes no rule about the owner of a socket
 * when that one does not exist inside (net/netfilter/xt_owner.c: owner_check()).
 */
static int map_identities(pid_t pid, struct err *err)
{
	static const char many[] = "0 65534 1\n1 4292870145 1048575\n";
	auto_free char *user = xasprintf("0 %u 1\n", geteuid());
	auto_free char *group = xasprintf("0 %u 1\n", getegid());
	bool is_root = geteuid() == 0;

	/* without root the one group only maps when groups stay as they are: user_namespaces(7) */
	if (!is_root && write_map(pid, "setgroups", "deny\n", err) < 0)
		return -1;
	if (write_map(pid, "uid_map", is_root ? many : user, err) < 0)
		return -1;
	return write_map(pid, "gid_map", is_root ? many : group, err);
}

static int start(const struct given *given, int route_fd, struct inside *out, struct err *err)
{
	bool is_root = geteuid() == 0; /* not to be seen any more inside */
	struct clone_args args = {.flags = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS |
					   CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS,
				  .exit_signal = SIGCHLD};
	auto_close int theirs = -1;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return err_sys(err, "socketpair");
	out->fd = pair[0];
	theirs = pair[1];
	(void)fflush(NULL); /* or the child could write it once more */
	out->pid = (pid_t)syscall(SYS_clone3, &args, sizeof(args));
	if (out->pid < 0)
		return err_sys(err, "a user namespace cannot be created here");
	if (out->pid == 0) {
		const struct trial_inside inside = {given, theirs, route_fd, is_root};

		(void)close(out->fd); /* or it would not see that we are gone */
		trial_inside(&inside);
	}
	if (map_identities(out->pid, err) < 0)
		return -1;
	return send(out->fd, "", 1, MSG_NOSIGNAL) < 0 ? err_sys(err, "a trial") : 0;
}

/* Everything of its process namespace dies with it: pid_namespaces(7). */
static void end(struct inside *inside)
{
	if (inside->pid > 0) {
		(void)kill(inside->pid, SIGKILL); /* ESRCH: it has ended by itself */
		while (waitpid(inside->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	own_close(&inside->fd);
	own_close(&inside->listener_fd);
}

/* One note, and the descriptor that came with it or -1. */
static int receive(struct inside *inside, struct trial_note *note, int *fd, struct err *err)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec part = {note, sizeof(*note)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = &control,
				 .msg_controllen = sizeof(control)};
	ssize_t got = recvmsg(inside->fd, &message, MSG_CMSG_CLOEXEC);
	const struct cmsghdr *header = got < 0 ? NULL : CMSG_FIRSTHDR(&message);

	*fd = -1;
	if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
	    header->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(fd, CMSG_DATA(header), sizeof(*fd));
	if (got != (ssize_t)sizeof(*note) || note->len > sizeof(note->said)) {
		own_close(fd);
		return err_set(err, "the trial ended too early");
	}
	return 0;
}

/* Until there is a note. What it is asked for room meanwhile is served. */
static int wait_for(struct inside *inside, struct err *err)
{
	struct pollfd polled[2];

	do {
		int64_t left = inside->deadline_ms - now_ms();
		int count;

		polled[0] = (struct pollfd){.fd = inside->fd, .events = POLLIN};
		polled[1] = (struct pollfd){.fd = inside->listener_fd, .events = POLLIN};
		count = poll(polled, ARRAY_LEN(polled), left < 0 ? 0 : (int)left);
		inside->is_interrupted = count < 0 && errno == EINTR;
		if (count < 0)
			return err_sys(err, "wait for the trial");
		if (count == 0)
			return err_set(err,
				       "the rules were not loaded within the time of --timeout");
		if (polled[1].revents & POLLIN)
			trial_room_serve(inside->listener_fd);
		else if (polled[1].revents) /* the program that it was for has ended */
			(void)close(steal_fd(&inside->listener_fd));
	} while (!polled[0].revents);
	return 0;
}

/* 1: there is more to come. */
static int take(struct trial *trial, struct inside *inside, const struct given *given,
		struct err *err)
{
	struct trial_note note = {0};
	auto_close int fd = -1;

	if (wait_for(inside, err) < 0 || receive(inside, &note, &fd, err) < 0)
		return -1;
	switch (note.kind) {
	case NOTE_READY:
		own_close(&trial->netlink_fd);
		trial->netlink_fd = steal_fd(&fd);
		return 1;
	case NOTE_LISTENER:
		own_close(&inside->listener_fd);
		inside->listener_fd = steal_fd(&fd);
		return 1;
	case NOTE_LOADED:
		return trial->netlink_fd < 0 ? err_set(err, "the trial ended too early") : 0;
	case NOTE_REFUSED:
		if (note.file < given->count)
			trial->refused = &given->files[note.file];
		buf_put(&trial->said, note.said, note.len);
		return err_set(err, "does not load");
	default:
		return err_set(err, "%.*s", (int)note.len, note.said);
	}
}

int trial_load(struct trial *trial, const struct given *given, int timeout_ms, struct err *err)
{
	struct inside inside = {
	    .pid = -1, .fd = -1, .listener_fd = -1, .deadline_ms = now_ms() + timeout_ms};
	auto_close int route_fd = open_live(trial, err);
	int result;

	if (route_fd < 0)
		return -1;
	result = start(given, route_fd, &inside, err);
	if (result == 0)
		do
			result = take(trial, &inside, given, err);
		while (result > 0);
	trial->is_interrupted = result < 0 && inside.is_interrupted;
	end(&inside);
	return result;
}
