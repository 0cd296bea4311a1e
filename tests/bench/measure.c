/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: measure COMMAND [ARGUMENT...]
 *
 * Runs the command with its output thrown away and prints one line: milliseconds of wall clock,
 * milliseconds of processor time, and the largest resident set of any one of its processes in KiB.
 * Those that it leaves behind are waited for and counted too.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double cpu_ms(const struct timeval *time)
{
	return (double)time->tv_sec * 1e3 + (double)time->tv_usec / 1e3;
}

static _Noreturn void run(char **argv)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		err(127, "/dev/null");
	(void)execvp(argv[0], argv);
	err(127, "%s", argv[0]);
}

int main(int argc, char **argv)
{
	struct rusage usage;
	double started = now_ms();
	double ended;
	int status = 0;
	pid_t child;

	if (argc < 2)
		errx(2, "see the head of tests/bench/measure.c");
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
		err(2, "prctl");
	child = fork();
	if (child == 0)
		run(argv + 1);
	if (child < 0 || waitpid(child, &status, 0) != child)
		err(2, "run %s", argv[1]);
	ended = now_ms();
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 3)
		errx(2, "%s: status %d", argv[1], status);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		;
	if (getrusage(RUSAGE_CHILDREN, &usage) < 0)
		err(2, "getrusage");
	(void)printf("%.1f %.1f %ld\n", ended - started,
		     cpu_ms(&usage.ru_utime) + cpu_ms(&usage.ru_stime), usage.ru_maxrss);
	return fflush(stdout) == 0 ? 0 : 2;
}
