/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Network namespaces are found as long as anybody lives in them: also when the process that led to
 * one has ended, or only its first thread has. What is no namespace is none. Wants root.
 */
#include "audit/namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/own.h"
#include "tests/tap.h"

static uint64_t own_namespace(void)
{
	struct stat meta;

	return stat("/proc/self/ns/net", &meta) == 0 ? meta.st_ino : 0;
}

static const struct namespace *find(const struct namespaces *all, uint64_t inode)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].inode == inode)
			return &all->items[i];
	return NULL;
}

/* Enters in a process of its own; the errno, or 0. */
static int enter(const struct namespace *which)
{
	int status = 255;
	pid_t child = fork();

	if (child == 0)
		_exit(namespaces_enter(which) == 0 ? (own_namespace() == which->inode ? 0 : 255)
						   : errno);
	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return WEXITSTATUS(status);
}

static void *live_on(void *unused)
{
	(void)pause();
	return unused;
}

/* A process in a namespace of its own, and when asked for a second one that lives there too. */
static pid_t start(bool has_second, bool first_thread_ends, uint64_t *inode, pid_t *second)
{
	struct {
		uint64_t inode;
		pid_t second;
	} told = {0};
	int channel[2];
	pid_t child;

	if (pipe2(channel, O_CLOEXEC) < 0)
		exit(1);
	child = fork();
	if (child == 0) {
		pthread_t thread;

		if (unshare(CLONE_NEWNET) < 0)
			_exit(1);
		told.inode = own_namespace();
		if (has_second) {
			told.second = fork();
			if (told.second == 0) {
				(void)pause();
				_exit(0);
			}
		}
		if (first_thread_ends && pthread_create(&thread, NULL, live_on, NULL) != 0)
			_exit(1);
		if (write(channel[1], &told, sizeof(told)) < 0)
			_exit(1);
		if (first_thread_ends)
			(void)syscall(SYS_exit, 0); /* of this thread alone */
		(void)pause();
		_exit(0);
	}
	own_close(&channel[1]);
	if (read(channel[0], &told, sizeof(told)) != sizeof(told))
		told.inode = 0;
	own_close(&channel[0]);
	*inode = told.inode;
	*second = told.second;
	return child;
}

static void stop(pid_t pid)
{
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
}

static void test_heir(void)
{
	struct namespaces all;
	struct namespace which = {0};
	uint64_t inode;
	pid_t second;
	pid_t first = start(true, false, &inode, &second);
	int error;
	const struct namespace *found;

	namespaces_find(&all);
	found = find(&all, inode);
	ok(found, "a namespace is found");
	if (found)
		which = *found;
	namespaces_done(&all);
	(void)snprintf(which.path, sizeof(which.path), "/proc/%d/ns/net", first);
	stop(first);
	ok(enter(&which) == 0, "and entered though the process that led to it has ended");
	(void)kill(second, SIGKILL);
	for (int i = 0; i < 500 && enter(&which) == 0; i++)
		(void)usleep(1000); /* it is not ours to wait for */
	/* EACCES: where some process hides its namespace, it may be that one */
	error = enter(&which);
	ok(error == ENOENT || error == EACCES, "once nobody lives there it has gone: %s",
	   strerror(error));
}

static void test_thread(void)
{
	struct namespaces all;
	uint64_t inode;
	pid_t second;
	pid_t child = start(false, true, &inode, &second);
	const struct namespace *found;

	(void)usleep(10000); /* for its first thread to end */
	namespaces_find(&all);
	found = find(&all, inode);
	ok(found, "a process whose first thread has ended still lives somewhere");
	ok(found && enter(found) == 0, "and that is entered");
	namespaces_done(&all);
	stop(child);
}

int main(void)
{
	if (geteuid() != 0 || unshare(CLONE_NEWNET) < 0) {
		(void)puts("1..0 # SKIP needs root, for namespaces of its own");
		return 0;
	}
	test_heir();
	test_thread();
	return done();
}
