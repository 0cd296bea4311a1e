/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The jail kills: behind jail_enter() each forbidden call ends its process with SIGSYS, and each
 * allowed one does not. Every call is made in a child of its own. What a process there still has
 * is read from /proc, by the parent.
 */
#include "audit/jail.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/own.h"
#include "tests/tap.h"

#define X32 0x40000000 /* __X32_SYSCALL_BIT: the third way into an x86-64 kernel */

/* What is called, with which arguments; those that are not named are 0. */
struct call {
	const char *name;
	long number;
	long arguments[4];
};

#ifdef SANITIZED
static const bool is_sanitized = true;
#else
static const bool is_sanitized = false;
#endif

static char root[] = "/";
static char byte[1];

#define POINTER(to) ((long)(intptr_t)(to))

static const struct call forbidden[] = {
    /* files */
    {"open", SYS_open, {POINTER(root), O_RDONLY}},
    {"openat", SYS_openat, {AT_FDCWD, POINTER(root), O_RDONLY}},
    {"openat2", SYS_openat2, {AT_FDCWD, POINTER(root)}},
    {"creat", SYS_creat, {POINTER(root)}},
    {"open_by_handle_at", SYS_open_by_handle_at, {0}},
    {"memfd_create", SYS_memfd_create, {POINTER(root)}},
    {"getdents64", SYS_getdents64, {0}},
    {"readlink", SYS_readlink, {POINTER(root)}},
    {"unlink", SYS_unlink, {POINTER(root)}},
    {"rename", SYS_rename, {POINTER(root), POINTER(root)}},
    {"renameat2", SYS_renameat2, {0}},
    {"symlink", SYS_symlink, {POINTER(root), POINTER(root)}},
    {"link", SYS_link, {POINTER(root), POINTER(root)}},
    {"mkdir", SYS_mkdir, {POINTER(root)}},
    {"mknod", SYS_mknod, {POINTER(root)}},
    {"chmod", SYS_chmod, {POINTER(root)}},
    {"fchmod", SYS_fchmod, {0}},
    {"chown", SYS_chown, {POINTER(root)}},
    {"truncate", SYS_truncate, {POINTER(root)}},
    {"ftruncate", SYS_ftruncate, {0}},
    {"chdir", SYS_chdir, {POINTER(root)}},
    {"ioctl", SYS_ioctl, {0}},
    {"fcntl", SYS_fcntl, {0, F_GETFL}},
    {"dup", SYS_dup, {0}},
    {"dup2", SYS_dup2, {0, 9}},
    {"pipe", SYS_pipe, {0}},
    {"poll", SYS_poll, {0}},
    /* the network; a descriptor passes by sendmsg() alone */
    {"socket", SYS_socket, {AF_UNIX, 1}},
    {"socketpair", SYS_socketpair, {AF_UNIX, 1}},
    {"connect", SYS_connect, {0}},
    {"bind", SYS_bind, {0}},
    {"listen", SYS_listen, {0}},
    {"accept4", SYS_accept4, {0}},
    {"sendmsg", SYS_sendmsg, {0}},
    {"sendmmsg", SYS_sendmmsg, {0}},
    {"setsockopt", SYS_setsockopt, {0}},
    /* other processes */
    {"fork", SYS_fork, {0}},
    {"vfork", SYS_vfork, {0}},
    {"clone", SYS_clone, {SIGCHLD}},
    {"clone3", SYS_clone3, {0}},
    {"execve", SYS_execve, {POINTER(root)}},
    {"execveat", SYS_execveat, {AT_FDCWD, POINTER(root)}},
    {"kill", SYS_kill, {0, 0}},
    {"tgkill", SYS_tgkill, {0, 0, 0}},
    {"pidfd_open", SYS_pidfd_open, {1}},
    {"pidfd_getfd", SYS_pidfd_getfd, {0}},
    {"pidfd_send_signal", SYS_pidfd_send_signal, {0}},
    {"ptrace", SYS_ptrace, {0}},
    {"process_vm_readv", SYS_process_vm_readv, {1}},
    {"process_vm_writev", SYS_process_vm_writev, {1}},
    {"kcmp", SYS_kcmp, {1, 1}},
    {"setpriority", SYS_setpriority, {0}},
    {"prlimit64", SYS_prlimit64, {0}},
    {"shmget", SYS_shmget, {0}},
    {"msgget", SYS_msgget, {0}},
    /* rights */
    {"setuid", SYS_setuid, {0}},
    {"setresuid", SYS_setresuid, {0}},
    {"setgroups", SYS_setgroups, {0}},
    {"capset", SYS_capset, {0}},
    {"prctl", SYS_prctl, {PR_GET_DUMPABLE}},
    {"seccomp", SYS_seccomp, {0}},
    {"keyctl", SYS_keyctl, {0}},
    {"add_key", SYS_add_key, {0}},
    {"personality", SYS_personality, {0}},
    /* the machine */
    {"mount", SYS_mount, {0}},
    {"umount2", SYS_umount2, {0}},
    {"open_tree", SYS_open_tree, {0}},
    {"fsopen", SYS_fsopen, {0}},
    {"pivot_root", SYS_pivot_root, {0}},
    {"chroot", SYS_chroot, {POINTER(root)}},
    {"setns", SYS_setns, {0}},
    {"unshare", SYS_unshare, {0}},
    {"bpf", SYS_bpf, {0}},
    {"perf_event_open", SYS_perf_event_open, {0}},
    {"io_uring_setup", SYS_io_uring_setup, {1}},
    {"userfaultfd", SYS_userfaultfd, {0}},
    {"init_module", SYS_init_module, {0}},
    {"finit_module", SYS_finit_module, {0}},
    {"kexec_load", SYS_kexec_load, {0}},
    {"reboot", SYS_reboot, {0}},
    {"sethostname", SYS_sethostname, {POINTER(root)}},
    {"settimeofday", SYS_settimeofday, {0}},
    {"swapon", SYS_swapon, {0}},
    /* memory that can be executed */
    {"mmap for execution", SYS_mmap, {0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS}},
    {"mprotect", SYS_mprotect, {0, 4096, PROT_READ | PROT_EXEC}},
    {"pkey_mprotect", SYS_pkey_mprotect, {0, 4096, PROT_READ | PROT_EXEC}},
    {"remap_file_pages", SYS_remap_file_pages, {0}},
    /* by another door */
    {"read by the x32 interface", X32 | SYS_read, {0}},
    {"a call that no kernel knows", 9999, {0}},
};

static const struct call allowed[] = {
    {"read", SYS_read, {-1}},
    {"write", SYS_write, {-1, POINTER(byte), 1}},
    {"writev", SYS_writev, {-1}},
    {"sendto", SYS_sendto, {-1, POINTER(byte), 1}},
    {"recvmsg", SYS_recvmsg, {-1}},
    {"close", SYS_close, {-1}},
    {"lseek", SYS_lseek, {-1}},
    {"fstat", SYS_fstat, {-1}},
    {"brk", SYS_brk, {0}},
    {"mmap for data", SYS_mmap, {0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS}},
    {"munmap", SYS_munmap, {0}},
    {"mremap", SYS_mremap, {0}},
    {"madvise", SYS_madvise, {0}},
    {"futex", SYS_futex, {POINTER(byte), FUTEX_WAKE}},
    {"getpid", SYS_getpid, {0}},
    {"getrandom", SYS_getrandom, {POINTER(byte), 1}},
    {"clock_gettime", SYS_clock_gettime, {0}},
    {"exit_group", SYS_exit_group, {0}},
};

static _Noreturn void make_call(const struct call *call)
{
	const long *arguments = call->arguments;
	struct err err;

	if (jail_enter(&err) < 0)
		_exit(99);
	(void)syscall(call->number, arguments[0], arguments[1], arguments[2], arguments[3], -1, 0);
	_exit(0); /* what the call said is no matter: it was let through */
}

/* The wait status of a child that makes the call in the jail. */
static int try_call(const struct call *call)
{
	pid_t child = fork();
	int status = -1;

	if (child == 0)
		make_call(call);
	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return status;
}

static void test_calls(void)
{
	for (size_t i = 0; i < ARRAY_LEN(forbidden); i++) {
		int status = try_call(&forbidden[i]);

		ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS, "%s kills",
		   forbidden[i].name);
	}
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++) {
		int status = try_call(&allowed[i]);

		ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s lives", allowed[i].name);
	}
}

/* A jailed child that waits to be looked at, and the pipe whose end it waits for. */
struct waiting {
	pid_t pid;
	int hold;
};

/* `for_ever`: the child holds the other end itself, and so does not see it close. */
static struct waiting start_waiting(bool for_ever)
{
	struct waiting waiting = {.pid = -1, .hold = -1};
	int ready[2];
	int hold[2];
	struct err err;
	char got;

	if (pipe2(ready, O_CLOEXEC) < 0 || pipe2(hold, O_CLOEXEC) < 0)
		return waiting;
	waiting.pid = fork();
	if (waiting.pid == 0) {
		if (!for_ever)
			(void)close(hold[1]);
		if (jail_enter(&err) < 0 || write(ready[1], "", 1) != 1)
			_exit(99);
		_exit(read(hold[0], &got, 1) == 0 ? 0 : 98);
	}
	(void)close(hold[0]);
	(void)close(ready[1]);
	waiting.hold = hold[1];
	ok(read(ready[0], &got, 1) == 1, "a child enters the jail");
	(void)close(ready[0]);
	return waiting;
}

/* One file of /proc/PID, with its blanks made one each, so that a line can be looked for. */
static char *read_proc(pid_t pid, const char *name)
{
	auto_free char *path = xasprintf("/proc/%d/%s", pid, name);
	struct buf data auto_buf;
	struct stat meta;
	struct err err;
	char *out;
	size_t len = 0;

	buf_init(&data, 65536);
	if (file_read(path, &data, &meta, &err) < 0)
		return xstrdup("");
	out = xstrdup(buf_string(&data));
	for (const char *at = out; *at; at++) {
		char c = *at;

		if (c == '\t')
			c = ' ';
		if (c != ' ' || (len > 0 && out[len - 1] != ' '))
			out[len++] = c;
	}
	out[len] = '\0';
	return out;
}

static void has_line(const char *text, const char *line)
{
	auto_free char *whole = xasprintf("\n%s", line);

	ok(strstr(text, whole) != NULL, "%.*s", (int)strcspn(line, "\n"), line);
}

static void test_status(void)
{
	struct waiting waiting = start_waiting(false);
	auto_free char *status = read_proc(waiting.pid, "status");
	auto_free char *limits = read_proc(waiting.pid, "limits");
	int result;

	has_line(status, "NoNewPrivs: 1\n");
	has_line(status, "Seccomp: 2\n");
	has_line(status, "CapInh: 0000000000000000\n");
	has_line(status, "CapPrm: 0000000000000000\n");
	has_line(status, "CapEff: 0000000000000000\n");
	has_line(status, "CapAmb: 0000000000000000\n");
	if (geteuid() == 0) { /* without root these are what they were, and cannot be used */
		has_line(status, "CapBnd: 0000000000000000\n");
		has_line(status, "Uid: 65534 65534 65534 65534\n");
		has_line(status, "Gid: 65534 65534 65534 65534\n");
		has_line(status, "Groups: \n");
	}
	has_line(limits, "Max core file size 0 0 ");
	has_line(limits, "Max processes 0 0 ");
	has_line(limits, "Max cpu time 60 60 ");
	has_line(limits, "Max address space 1073741824 1073741824 ");
	(void)close(waiting.hold);
	ok(waitpid(waiting.pid, &result, 0) == waiting.pid && result == 0, "and it ends in peace");
}

/* Who started it has gone: then it goes too, and is not left behind. */
static void test_orphan(void)
{
	pid_t middle;
	int status = 0;
	struct waiting waiting;

	if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0) {
		ok(false, "prctl");
		return;
	}
	middle = fork();
	if (middle == 0) {
		waiting = start_waiting(true); /* prints its line of the test in our place */
		_exit(waiting.pid > 0 ? 0 : 1);
	}
	tap_count++;
	ok(waitpid(middle, &status, 0) == middle && status == 0, "its parent goes");
	ok(waitpid(-1, &status, 0) > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
	   "so it is killed");
}

int main(void)
{
	if (is_sanitized) {
		(void)puts("1..0 # SKIP a sanitizer needs calls that the jail forbids");
		return 0;
	}
	test_calls();
	test_status();
	test_orphan();
	return done();
}
