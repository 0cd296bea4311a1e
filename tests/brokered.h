/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A real broker and a probe's collect() between them: the broker in a process of its own, the probe
 * in the test's, so that it leaves what it saw in the test's variables.
 */
#ifndef TESTS_BROKERED_H
#define TESTS_BROKERED_H

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/broker.h"
#include "audit/host.h"
#include "tests/tap.h"

/* `begin` is called in the broker's process first; NULL: nothing is. How that one ended: 0, in
 * peace. */
__attribute__((unused)) static int brokered_run(struct broker *broker, void (*begin)(void))
{
	int asks[2];
	int rows[2];
	int status = -1;
	pid_t child;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, asks) < 0 ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, rows) < 0)
		die("socketpair");
	broker->jail_fd = asks[0];
	child = fork();
	if (child == 0) {
		(void)close(asks[1]);
		(void)alarm(60); /* rather than a test that hangs */
		if (begin)
			begin();
		_exit(broker_run(broker));
	}
	(void)close(asks[0]);
	(void)host_run(broker->probe, asks[1], rows[1]); /* always 0 */
	(void)close(asks[1]);
	(void)close(rows[0]);
	(void)close(rows[1]);
	(void)waitpid(child, &status, 0); /* -1 shows in the status */
	return status;
}

__attribute__((unused)) static void remove_tree(const char *path)
{
	pid_t child = fork();

	if (child == 0) {
		(void)execlp("rm", "rm", "-rf", path, (char *)NULL);
		_exit(127);
	}
	(void)waitpid(child, NULL, 0); /* only litter */
}

#endif
