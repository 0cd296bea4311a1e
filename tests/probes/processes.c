/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table processes: user namespaces, containers, units, and what other people may write there. */
#include <errno.h>

#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_processes;

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void put_process(struct play *play, const char *pid, const char *status, const char *cgroup,
			const char *user_namespace)
{
	const struct {
		const char *name;
		const char *data;
	} files[] = {
	    {"status", status},
	    {"stat", "7 (a) b) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4267 20"},
	    {"cmdline", "/bin/x"},
	    {"cgroup", cgroup},
	    {"exe", "/bin/x"},
	    {"ns/net", "net:[4026531840]"},
	    {"ns/user", user_namespace},
	};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		auto_free char *path = xasprintf("/proc/%s/%s", pid, files[i].name);

		play_file(play, path, files[i].data);
	}
}

static const char root_status[] = "Name:\tx\nUmask:\t0022\nPPid:\t1\nUid:\t1000\t0\t0\t0\n"
				  "Gid:\t1000\t0\t0\t0\nCapEff:\t000001ffffffffff\n"
				  "CapBnd:\t000001ffffffffff\nNoNewPrivs:\t0\nSeccomp:\t0\n";
static const char mapped_status[] = "Name:\ty\nPPid:\t1\nUid:\t100000\t100033\t0\t0\n"
				    "Gid:\t100000\t165536\t0\t0\nCapEff:\t00\nCapBnd:\t00\n"
				    "NoNewPrivs:\t1\nSeccomp:\t2\n";

static void test_effective_ids_and_units(void)
{
	struct play play;

	play_begin(&play);
	put_process(&play, "7", root_status, "0::/system.slice/redis-server.service\n",
		    "user:[4026531837]");
	put_process(&play, "8", root_status, "0::/system.slice/docker-" ID ".scope\n",
		    "user:[4026531837]");
	put_process(&play, "10", root_status,
		    "0::/kubepods.slice/kubepods-podx.slice/docker-" ID ".scope\n",
		    "user:[4026531837]");
	put_process(&play, "9", root_status,
		    "2:cpu:/x\n1:name=systemd:/user.slice/session-3.scope\n0::/\n",
		    "user:[4026531837]");
	play_run(&play, &probe_processes);
	is_str(play.rows,
	       "7|1|0|0|0|0|x|/bin/x|/bin/x|000001ffffffffff|000001ffffffffff|0|0|"
	       "/system.slice/redis-server.service|redis-server.service|-|-|4026531840|42\n"
	       "8|1|0|0|0|0|x|/bin/x|/bin/x|000001ffffffffff|000001ffffffffff|0|0|"
	       "/system.slice/docker-" ID ".scope|-|" ID "|docker|4026531840|42\n"
	       "10|1|0|0|0|0|x|/bin/x|/bin/x|000001ffffffffff|000001ffffffffff|0|0|"
	       "/kubepods.slice/kubepods-podx.slice/docker-" ID ".scope|-|" ID
	       "|kubernetes|4026531840|42\n"
	       "9|1|0|0|0|0|x|/bin/x|/bin/x|000001ffffffffff|000001ffffffffff|0|0|"
	       "/user.slice/session-3.scope|session-3.scope|-|-|4026531840|42\n",
	       "effective ids, unit of a service, container of a scope, cgroup v1");
	ok(play.status == COVERAGE_COMPLETE, "all was read");
	play_end(&play);
}

static void test_user_namespace(void)
{
	struct play play;

	play_begin(&play);
	put_process(&play, "9", mapped_status, "0::/kubepods/burstable/podx/" ID "\n",
		    "user:[4026532000]");
	put_process(&play, "10", root_status, "0::/\n", "user:[4026531837]");
	play_next_need(&play);
	play_file(&play, "/proc/9/uid_map", "         0     100000      65536\n");
	play_file(&play, "/proc/9/gid_map", "         0     100000      65536\n");
	play_run(&play, &probe_processes);
	is_str(play.rows,
	       "10|1|0|0|0|0|x|/bin/x|/bin/x|000001ffffffffff|000001ffffffffff|0|0|/"
	       "|-|-|-|4026531840|42\n"
	       "9|1|100033|165536|33|-|y|/bin/x|/bin/x|00|00|1|2|"
	       "/kubepods/burstable/podx/" ID "|-|" ID "|kubernetes|4026531840|42\n",
	       "ids inside a user namespace; one behind the map has no name inside");
	play_end(&play);
}

static void test_hostile(void)
{
	struct play play;

	play_begin(&play);
	play_file(&play, "/proc/5/status",
		  "Name:\t\\u{202e}\x1b[2J\xff\nPPid:\t0\nUid:\t0\t0\nGid");
	play_item(&play, &(struct broker_item){.path = "/proc/5/cmdline",
					       .data = {"a\0\x1b]0;b\n\xe2\x80\xae\\\0", 14}});
	play_file(&play, "/proc/5/stat", "5 (x S 1 2 3");
	play_file(&play, "/proc/5/ns/net", "net:[]");
	play_file(&play, "/proc/6/cmdline", "no status: it has gone");
	play_error(&play, "/proc/7/exe", EACCES);
	play_run(&play, &probe_processes);
	is_str(play.rows,
	       "5|0|0|0|-|-|\\\\u{202e}\\x1b[2J\\xff|-|a "
	       "\\x1b]0;b\\x0a\\xe2\\x80\\xae\\\\|||0|0|-|-|-|-|-|-\n",
	       "control characters, reordering and invalid UTF-8 are escaped");
	ok(play.status == COVERAGE_DENIED, "what was refused is said");
	is_str(play.detail, "details of some processes: Permission denied", "and why");
	play_end(&play);
}

static void test_broken_off(void)
{
	struct play play;

	play_begin(&play);
	play_file(&play, "/proc/5/status", "Name:\tx\n");
	/* the broker dies before it says END */
	play_send(&play, MESSAGE_ITEMS);
	(void)shutdown(play.broker.jail_fd, SHUT_WR);
	{
		int ends[2];

		(void)socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends);
		(void)host_run(&probe_processes, play.jail_end, ends[1]);
		play_take(&play, &probe_processes, ends[0]);
		own_close(&ends[0]);
		own_close(&ends[1]);
	}
	ok(play.status == COVERAGE_ERROR, "a broker that breaks off is an error, not the end");
	play_end(&play);
}

int main(void)
{
	test_effective_ids_and_units();
	test_user_namespace();
	test_hostile();
	test_broken_off();
	return done();
}
