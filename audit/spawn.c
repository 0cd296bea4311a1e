/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The two processes of one probe: see spawn.h. */
#include "audit/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/message.h"
#include "lib/own.h"

/* After fork, before exec: async-signal-safe calls only. */
static _Noreturn void become_jail(const char *name, int broker_fd, int main_fd)
{
	static char program[] = "harden";
	static char option[] = "--jail";
	char *argv[] = {program, option, NULL, NULL};
#ifdef SANITIZED
	/* LeakSanitizer stops threads by ptrace, which the jail forbids */
	static char sanitizer[] = "ASAN_OPTIONS=detect_leaks=0";
	char *environment[] = {sanitizer, NULL};
#else
	char *environment[] = {NULL};
#endif
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	/* out of the way of 0 to 4 first, or one dup2() could close the other's source */
	int broker_copy = fcntl(broker_fd, F_DUPFD_CLOEXEC, 10);
	int main_copy = fcntl(main_fd, F_DUPFD_CLOEXEC, 10);

	memcpy(&argv[2], &name, sizeof(name)); /* execve() takes char *, and does not write */
	if (null < 0 || broker_copy < 0 || main_copy < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(null, STDOUT_FILENO) < 0 ||
#ifndef SANITIZED /* which reports on stderr */
	    dup2(null, STDERR_FILENO) < 0 ||
#endif
	    dup2(broker_copy, JAIL_BROKER_FD) < 0 || dup2(main_copy, JAIL_MAIN_FD) < 0 ||
	    /* ours are closed by exec; who called us may have left others open, of root's files */
	    close_range(JAIL_MAIN_FD + 1, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
		_exit(2);
	(void)execve("/proc/self/exe", argv, environment);
	_exit(2);
}

static int start_jail(const char *name, int broker_fd, int main_fd, pid_t *out, struct err *err)
{
	*out = fork();
	if (*out < 0)
		return err_sys(err, "fork");
	if (*out == 0)
		become_jail(name, broker_fd, main_fd);
	return 0;
}

/* `others` are the ends that belong to the jail and to main: held here, they would never close. */
static int start_broker(struct broker *broker, const int others[3], pid_t *out, struct err *err)
{
	*out = fork();
	if (*out < 0)
		return err_sys(err, "fork");
	if (*out > 0)
		return 0;
	for (int i = 0; i < 3; i++)
		(void)close(others[i]); /* a failure would show as a probe that times out */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* cannot fail for a valid signal */
	_exit(broker_run(broker));
}

int spawn_probe(struct broker *broker, const char *name, struct spawned *out, struct err *err)
{
	int rows[2];
	int asks[2];
	int result;

	*out = (struct spawned){.jail = -1, .broker = -1, .rows_fd = -1};
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, rows) < 0)
		return err_sys(err, "socketpair");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, asks) < 0) {
		(void)err_sys(err, "socketpair");
		own_close(&rows[0]);
		own_close(&rows[1]);
		return -1;
	}
	out->rows_fd = rows[0];
	broker->jail_fd = asks[0];
	result = start_jail(name, asks[1], rows[1], &out->jail, err);
	if (result == 0)
		result =
		    start_broker(broker, (int[]){asks[1], rows[1], rows[0]}, &out->broker, err);
	own_close(&asks[0]);
	own_close(&asks[1]);
	own_close(&rows[1]);
	if (result < 0)
		(void)spawn_end(out); /* its status says nothing */
	return result;
}

int spawn_end(struct spawned *spawned)
{
	int status = 0;

	if (spawned->broker > 0) {
		(void)kill(spawned->broker, SIGKILL); /* ESRCH: it has ended by itself */
		/* Never waited for: it may be stuck in the kernel. Reaped here or with this
		 * process. */
		(void)waitpid(spawned->broker, NULL, WNOHANG);
	}
	if (spawned->jail > 0) {
		/* One that is dying already keeps the status that it dies of. */
		(void)kill(spawned->jail, SIGKILL);
		while (waitpid(spawned->jail, &status, 0) < 0 && errno == EINTR)
			;
	}
	own_close(&spawned->rows_fd);
	*spawned = (struct spawned){.jail = -1, .broker = -1, .rows_fd = -1};
	return status;
}
