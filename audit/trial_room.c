/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Room for large rulesets: see trial_room.h. */
#include "audit/trial_room.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/own.h"

#define ROOM (256 << 20) /* bytes; 16 MiB of text are fewer */

static const int options[] = {SO_SNDBUFFORCE, SO_RCVBUFFORCE};

int trial_room_ask(struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int result = filter ? 0 : -ENOMEM;

	for (size_t i = 0; result == 0 && i < ARRAY_LEN(options); i++)
		result =
		    seccomp_rule_add(filter, SCMP_ACT_NOTIFY, SCMP_SYS(setsockopt), 2,
				     SCMP_A1(SCMP_CMP_EQ, SOL_SOCKET, 0),
				     SCMP_A2(SCMP_CMP_EQ, (scmp_datum_t)(unsigned)options[i], 0));
	if (result == 0)
		result = seccomp_load(filter);
	if (result == 0)
		result = seccomp_notify_fd(filter);
	seccomp_release(filter); /* the descriptor stays */
	errno = -result;
	return result < 0 ? err_sys(err, "load a seccomp filter") : result;
}

/* The errno of the call, done on that process' socket. */
static int make_room(const struct seccomp_notif *call)
{
	const int room = ROOM;
	auto_close int process = (int)syscall(SYS_pidfd_open, call->pid, 0);
	auto_close int fd =
	    process < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, process, (int)call->data.args[0], 0);

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, (int)call->data.args[2], &room, sizeof(room)) < 0)
		return errno;
	return 0;
}

void trial_room_serve(int listener_fd)
{
	struct seccomp_notif *call = NULL;
	struct seccomp_notif_resp *answer = NULL;

	if (seccomp_notify_alloc(&call, &answer) < 0)
		return;
	if (seccomp_notify_receive(listener_fd, call) == 0) {
		answer->id = call->id;
		answer->error = -make_room(call);
		/* fails when the process is gone, which is told elsewhere */
		(void)seccomp_notify_respond(listener_fd, answer);
	}
	seccomp_notify_free(call, answer);
}
