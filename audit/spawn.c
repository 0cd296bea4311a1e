/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The two processes of one probe: see spawn.h. */
#include "audit/spawn.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/own.h"

/* `others` are the ends that belong to the jail, to main and to the nursery: held here, they would
 * never close. */
static int start_broker(struct broker *broker, const int others[4], pid_t *out, struct err *err)
{
	*out = fork();
	if (*out < 0)
		return err_sys(err, "fork");
	if (*out > 0)
		return 0;
	for (int i = 0; i < 4; i++)
		(void)close(others[i]); /* a failure would show as a probe that times out */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* cannot fail for a valid signal */
	_exit(broker_run(broker));
}

int spawn_probe(const struct nursery *nursery, struct broker *broker, const char *name,
		struct spawned *out, struct err *err)
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
	result = nursery_spawn(nursery, name, asks[1], rows[1], &out->jail, err);
	if (result == 0)
		result = start_broker(broker, (int[]){asks[1], rows[1], rows[0], nursery->fd},
				      &out->broker, err);
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
