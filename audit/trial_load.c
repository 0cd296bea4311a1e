/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The inside of a trial: see trial_load.h. */
#include "audit/trial_load.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <linux/netlink.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/trial.h"
#include "audit/trial_room.h"
#include "lib/file.h"
#include "lib/own.h"

#define SEARCH "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define NOT_THERE 127 /* exit statuses that none of the programs has */
#define NOT_BEGUN 126

/* Ceilings of a program that loads. */
static const struct {
	__rlimit_resource_t resource;
	rlim_t value;
} limits[] = {
    {RLIMIT_CORE, 0},
    {RLIMIT_FSIZE, 0}, /* it writes no file */
    {RLIMIT_NPROC, 0}, /* and starts no program */
    {RLIMIT_NOFILE, 64},
    {RLIMIT_CPU, 600}, /* the deadline is main's, in wall clock */
    {RLIMIT_AS, (rlim_t)2 << 30},
};

int trial_tell(int main_fd, const struct trial_note *note, int fd)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.bytes = {0}};
	/* NOLINTNEXTLINE(clang-diagnostic-cast-qual): iovec has no const, and nothing writes */
	struct iovec part = {(void *)(uintptr_t)note, sizeof(*note)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	if (fd >= 0) {
		control.header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)),
						  .cmsg_level = SOL_SOCKET,
						  .cmsg_type = SCM_RIGHTS};
		memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
		message.msg_control = &control;
		message.msg_controllen = sizeof(control);
	}
	return sendmsg(main_fd, &message, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

/* A reason of ours, which is shorter than a program's message may be. */
static void put_text(struct trial_note *note, const char *text)
{
	note->len = (uint32_t)strlen(text);
	if (note->len > sizeof(note->said))
		note->len = sizeof(note->said);
	memcpy(note->said, text, note->len);
}

static _Noreturn void fail(const struct trial_inside *inside, const char *why)
{
	struct trial_note note = {.kind = NOTE_FAILED};

	put_text(&note, why);
	(void)trial_tell(inside->main_fd, &note, -1); /* or main sees that we are gone */
	_exit(1);
}

/* Root of the new namespaces, which is nobody outside, or who called. */
static int give_up(const struct trial_inside *inside, struct err *err)
{
	char go;

	if (recv(inside->main_fd, &go, 1, 0) != 1)
		return err_set(err, "no identities");
	if (inside->is_root && setgroups(0, NULL) < 0)
		return err_sys(err, "clear groups");
	if (setresgid(0, 0, 0) < 0 || setresuid(0, 0, 0) < 0)
		return err_sys(err, "become nobody");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_sys(err, "set no_new_privs");
	/* after the change of user, which clears it */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
		return err_sys(err, "tie the life to the parent's");
	return 0;
}

/* ---- one file ---- */

/* After fork. */
static _Noreturn void become_program(const struct trial_inside *inside, const char *const *argv,
				     int in, int errors)
{
	static char search[] = SEARCH;
	static char locale[] = "LC_ALL=C";
	char *environment[] = {search, locale, NULL};
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	struct err err;

	if (inside->is_root) {
		struct trial_note note = {.kind = NOTE_LISTENER};
		auto_close int listener = trial_room_ask(&err);

		/* without it large rulesets do not load, and the program says so */
		if (listener >= 0)
			(void)trial_tell(inside->main_fd, &note, listener);
	}
	for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
		struct rlimit limit = {limits[i].value, limits[i].value};

		if (setrlimit(limits[i].resource, &limit) < 0)
			_exit(NOT_BEGUN);
	}
	if (null < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0 ||
	    dup2(errors, STDERR_FILENO) < 0 ||
	    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
		_exit(NOT_BEGUN);
	/* the search is that of the new PATH; execve() takes char *, and does not write */
	environ = environment;
	(void)execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(errno == ENOENT ? NOT_THERE : NOT_BEGUN);
}

/* Takes what the program says until it has closed it. What does not fit is read all the same. */
static void listen_to(const struct trial_inside *inside, int errors, struct trial_note *out)
{
	struct pollfd polled[] = {{.fd = errors, .events = POLLIN}, {.fd = inside->main_fd}};
	ssize_t got = 1;

	while (got > 0) {
		char beyond[512];
		size_t room = sizeof(out->said) - out->len;

		if (poll(polled, ARRAY_LEN(polled), -1) < 0 || polled[1].revents)
			_exit(1); /* main is gone, and nobody else would end the program */
		got = room > 0 ? read(errors, out->said + out->len, room)
			       : read(errors, beyond, sizeof(beyond));
		if (got > 0 && room > 0)
			out->len += (uint32_t)got;
	}
}

/* Runs it on the file; its wait status, and its message in `out`. */
static int run(const struct trial_inside *inside, const char *const *argv, struct span file,
	       struct trial_note *out, struct err *err)
{
	auto_close int in = memfd_create("ruleset", MFD_CLOEXEC);
	auto_close int from = -1;
	auto_close int to = -1;
	int ends[2];
	int status;
	pid_t child;

	if (in < 0 || pipe2(ends, O_CLOEXEC) < 0)
		return err_sys(err, "a file in memory");
	from = ends[0];
	to = ends[1];
	if (file_write(in, file, err) < 0 || lseek(in, 0, SEEK_SET) < 0)
		return err_in(err, "a file in memory");
	child = fork();
	if (child < 0)
		return err_sys(err, "fork");
	if (child == 0)
		become_program(inside, argv, in, to);
	own_close(&to);
	to = -1;
	listen_to(inside, from, out);
	if (waitpid(child, &status, 0) < 0)
		return err_sys(err, "wait for %s", argv[0]);
	return status;
}

static int load(const struct trial_inside *inside, uint32_t index, struct err *err)
{
	struct trial_note note = {.kind = NOTE_REFUSED, .file = index};
	struct span file = buf_span(&inside->given->files[index].content);
	const char *why = "";
	const char *const *argv = trial_program(file, &why);
	const char *obstacle = trial_obstacle(file, inside->is_root);
	int status = 1 << 8; /* as of a program that exits with 1 */

	if (obstacle)
		return err_set(err, "%s", obstacle);
	if (argv)
		status = run(inside, argv, file, &note, err);
	else
		put_text(&note, why);
	if (status < 0)
		return -1;
	if (status == 0)
		return 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE)
		return err_set(err, "%s is not installed", argv[0]);
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_BEGUN)
		return err_set(err, "%s cannot be started", argv[0]);
	if (WIFSIGNALED(status) && note.len == 0) {
		struct err killed;

		(void)err_set(&killed, "%s was killed by signal %d (%s)", argv[0], WTERMSIG(status),
			      strsignal(WTERMSIG(status)));
		put_text(&note, killed.text);
	}
	/* EMSGSIZE of netlink_sendmsg(), which is no fault of the file: see trial_room.h */
	if (!inside->is_root && memmem(note.said, note.len, "Message too long", 16))
		return err_set(err, "more rules than net.core.wmem_max lets load at once without "
				    "root");
	(void)trial_tell(inside->main_fd, &note, -1); /* or main sees that we are gone */
	_exit(1);
}

static int do_all(const struct trial_inside *inside, struct err *err)
{
	struct trial_note note = {.kind = NOTE_READY};
	auto_close int fd = -1;

	if (give_up(inside, err) < 0 || trial_make_links(inside->route_fd, err) < 0)
		return -1;
	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_NETFILTER);
	if (fd < 0 || trial_tell(inside->main_fd, &note, fd) < 0)
		return err_sys(err, "nfnetlink");
	for (uint32_t i = 0; i < inside->given->count; i++)
		if (strcmp(inside->given->files[i].role, TRIAL_ROLE) == 0 &&
		    load(inside, i, err) < 0)
			return -1;
	note.kind = NOTE_LOADED;
	return trial_tell(inside->main_fd, &note, -1) < 0 ? err_sys(err, "tell main") : 0;
}

void trial_inside(const struct trial_inside *inside)
{
	struct err err;

	(void)prctl(PR_SET_NAME, "harden-trial", 0, 0, 0); /* for ps(1) */
	if (do_all(inside, &err) < 0)
		fail(inside, err.text);
	_exit(0);
}
