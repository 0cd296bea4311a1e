/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Where foreign bytes are read: see jail.h. */
#include "audit/jail.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "audit/host.h"
#include "audit/keystore/keystore.h"
#include "audit/message.h"
#include "audit/probe.h"
#include "audit/talk/tls.h"
#include "lib/json.h"
#include "lib/own.h"

#define NOBODY 65534

/*
 * What a process may still do that only computes on open channels. Everything else kills it:
 * there is no open, socket, connect, fork, exec, ioctl, kill or ptrace here.
 */
static const int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(sendto),
    SCMP_SYS(recvmsg),
    SCMP_SYS(close),
    SCMP_SYS(lseek),      /* stdio, before it writes to a file that is open already */
    SCMP_SYS(newfstatat), /* fstat() of glibc 2.33 and later; paths are resolved, nothing opens */
    SCMP_SYS(fstat),
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(sysinfo), /* qsort(3) of glibc asks how much memory there is */
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),        /* OpenSSL asks whether it has been forked */
    SCMP_SYS(clock_gettime), /* where the vDSO cannot answer */
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
#ifdef SANITIZED
    /* AddressSanitizer's own, when it starts a report or unmaps a stack */
    SCMP_SYS(sigaltstack),
    SCMP_SYS(gettid),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(prctl),
    SCMP_SYS(sched_yield),
    SCMP_SYS(mprotect),
#endif
};

/* Ceilings that the kernel keeps. CPU seconds: the deadline is a matter of wall clock, this is not.
 */
static const struct {
	__rlimit_resource_t resource;
	rlim_t value;
} limits[] = {
    {RLIMIT_CORE, 0},
    {RLIMIT_NPROC, 0},
    {RLIMIT_CPU, 60},
#ifndef SANITIZED
    {RLIMIT_AS, (rlim_t)1 << 30}, /* AddressSanitizer's shadow is larger by far */
#endif
};

static int drop_capabilities(struct err *err)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[2] = {{0}};

	for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++) {
		/* EPERM: no CAP_SETPCAP to begin with; no_new_privs makes the bounding set moot */
		if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0 && errno != EPERM)
			return err_sys(err, "drop capability %d", cap);
	}
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return err_sys(err, "clear ambient capabilities");
	if (geteuid() == 0) {
		if (setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0 ||
		    setresuid(NOBODY, NOBODY, NOBODY) < 0)
			return err_sys(err, "become nobody");
	}
	if (syscall(SYS_capset, &header, none) < 0)
		return err_sys(err, "give up capabilities");
	return 0;
}

int jail_drop_root(struct err *err)
{
	if (drop_capabilities(err) < 0)
		return -1;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_sys(err, "set no_new_privs");
	return 0;
}

static int close_filter(struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int result = filter ? 0 : -ENOMEM;

	for (size_t i = 0; result == 0 && i < ARRAY_LEN(allowed); i++)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	/* Memory may be had, but none that can be executed. */
	if (result == 0)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
					  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	if (result == 0)
		result = seccomp_load(filter);
	seccomp_release(filter);
	errno = -result;
	return result < 0 ? err_sys(err, "load the seccomp filter") : 0;
}

void jail_close_inherited(void)
{
	DIR *stream = opendir("/proc/self/fd");
	const struct dirent *entry;

	while (stream && (entry = readdir(stream)) != NULL) {
		uint64_t fd;
		int flags;

		if (span_uint(span_of(entry->d_name), INT_MAX, &fd) < 0 || fd <= STDERR_FILENO)
			continue;
		flags = fcntl((int)fd, F_GETFD);
		if (flags >= 0 && !(flags & FD_CLOEXEC))
			(void)close((int)fd); /* it was not ours to write to */
	}
	if (stream)
		(void)closedir(stream); /* opened for reading */
}

int jail_enter(struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
		struct rlimit limit = {limits[i].value, limits[i].value};

		if (setrlimit(limits[i].resource, &limit) < 0)
			return err_sys(err, "set a resource limit");
	}
	if (jail_drop_root(err) < 0)
		return -1;
	/* after the change of user, which clears it */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
		return err_sys(err, "tie the life to the parent's");
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return err_sys(err, "clear dumpable");
	return close_filter(err);
}

int jail_main(const struct probe_entry *registry, const char *name)
{
	struct err err = {""};

	json_prepare();
	(void)prctl(PR_SET_NAME, "harden-jail", 0, 0, 0); /* for ps(1); "exe" would say nothing */
	while (registry->name && strcmp(registry->name, name) != 0)
		registry++;
	if (!registry->name)
		return 2;
	for (unsigned i = 0; i < registry->probe->need_count; i++)
		if (registry->probe->needs[i].kind == CALL)
			tls_prepare();
		else if (registry->probe->needs[i].kind == SECRET_NAMED)
			keystore_prepare();
	if (jail_enter(&err) < 0) {
		host_fail_early(JAIL_MAIN_FD, &err);
		return 2;
	}
	return host_run(registry->probe, JAIL_BROKER_FD, JAIL_MAIN_FD);
}
