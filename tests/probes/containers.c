/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables container_processes, containers, container_mounts and engine_sockets. */
#include <errno.h>
#include <sys/stat.h>

#include "tests/play.h"
#include "tests/tap.h"

extern const struct probe probe_container_processes;
extern const struct probe probe_containers;
extern const struct probe probe_container_mounts;
extern const struct probe probe_engine_sockets;

#define ID "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define ID2 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void put_int(struct play *play, uint64_t value)
{
	wire_put_u8(&play->broker.out, VALUE_INTEGER);
	wire_put_u64(&play->broker.out, value);
}

static void put_text(struct play *play, const char *value)
{
	wire_put_u8(&play->broker.out, VALUE_TEXT);
	wire_put_span(&play->broker.out, span_of(value));
}

static void put_null(struct play *play)
{
	wire_put_u8(&play->broker.out, VALUE_NULL);
}

static void begin_pids(struct play *play)
{
	play_begin(play);
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	put_int(play, 7);
	put_text(play, ID);
	put_int(play, 70);
	put_text(play, ID2);
	play_next_need(play);
}

static void test_processes(void)
{
	struct play play;

	begin_pids(&play);
	play_file(&play, "/proc/1/ns/pid", "pid:[10]");
	play_file(&play, "/proc/1/ns/ipc", "ipc:[11]");
	play_file(&play, "/proc/1/ns/user", "user:[15]");
	play_file(&play, "/proc/7/ns/pid", "pid:[10]");
	play_file(&play, "/proc/7/ns/ipc", "ipc:[99]");
	play_file(&play, "/proc/7/ns/user", "user:[15]");
	play_file(&play, "/proc/8/ns/user", "user:[15]");
	play_file(&play, "/proc/70/ns/user", "user:[rubbish");
	play_run(&play, &probe_container_processes);
	is_str(play.rows, "7|" ID "|1|0|-|-|-|1\n70|" ID2 "|-|-|-|-|-|-\n",
	       "shared, its own, and not seen");
	ok(play.status == COVERAGE_COMPLETE, "a process that went is no failure");
	play_end(&play);
	begin_pids(&play);
	play_error(&play, "/proc/8/ns/user", EACCES);
	play_error(&play, "/proc/7/ns/user", EACCES);
	play_run(&play, &probe_container_processes);
	ok(play.status == COVERAGE_DENIED, "what is hidden is told");
	play_end(&play);
}

static void begin_container(struct play *play)
{
	play_begin(play);
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	put_text(play, ID);
	put_text(play, "docker");
	put_int(play, 7);
	put_text(play, "/docker/" ID);
	put_int(play, 4026531840U);
	for (int i = 0; i < 4; i++)
		put_int(play, 0);
	put_null(play);
	play_next_need(play);
}

#define ROW ID "|docker|7|/docker/" ID "|4026531840|0|0|0|0|-|"

static void check_limits(const char *const files[][2], bool is_unified, const char *expected,
			 const char *name)
{
	struct play play;

	begin_container(&play);
	if (is_unified)
		play_file(&play, "/sys/fs/cgroup/cgroup.procs", "");
	else
		play_error(&play, "/sys/fs/cgroup/cgroup.procs", ENOENT);
	play_next_need(&play);
	for (; (*files)[0]; files++)
		play_file(&play, (*files)[0], (*files)[1]);
	for (int i = 0; i < 2 && !is_unified; i++)
		play_next_need(&play);
	play_run(&play, &probe_containers);
	is_str(play.rows, expected, name);
	ok(play.status == COVERAGE_COMPLETE, "%s: complete (%s)", name, play.detail);
	play_end(&play);
}

static void test_limits(void)
{
	static const char *const none[][2] = {{"/sys/fs/cgroup/docker/memory.max", "max\n"},
					      {"/sys/fs/cgroup/docker/" ID "/memory.max", "max\n"},
					      {"/sys/fs/cgroup/docker/" ID "/pids.max", "max\n"},
					      {NULL, NULL}};
	static const char *const own[][2] = {
	    {"/sys/fs/cgroup/docker/" ID "/memory.max", "1048576\n"},
	    {"/sys/fs/cgroup/docker/" ID "/pids.max", "100\n"},
	    {NULL, NULL}};
	static const char *const above[][2] = {
	    {"/sys/fs/cgroup/pod.slice/memory.max", "4096\n"},
	    {"/sys/fs/cgroup/pod.slice/docker-" ID ".scope/memory.max", "max\n"},
	    {"/sys/fs/cgroup/pod.slice/docker-" ID ".scope/" ID2 "/memory.max", "1\n"},
	    {NULL, NULL}};
	static const char *const old[][2] = {
	    {"/sys/fs/cgroup/memory/docker/" ID "/memory.limit_in_bytes", "9223372036854771712\n"},
	    {"/sys/fs/cgroup/pids/docker/" ID "/pids.max", "50\n"},
	    {NULL, NULL}};
	static const char *const unseen[][2] = {{NULL, NULL}};

	check_limits(none, true, ROW "1|-|-\n", "no limit");
	check_limits(own, true, ROW "1|1048576|100\n", "its own");
	check_limits(above, true, ROW "1|4096|-\n",
		     "that of the group above, and not of one within");
	check_limits(old, false, ROW "1|-|50\n", "version 1");
	check_limits(unseen, true, ROW "0|-|-\n", "not counted");
}

static void test_mounts(void)
{
	struct play play;

	play_begin(&play);
	wire_begin(&play.broker.out, MESSAGE_INPUT);
	put_int(&play, 7);
	put_text(&play, ID);
	put_int(&play, 8);
	put_text(&play, ID2);
	play_next_need(&play);
	play_file(&play, "/proc/1/mountinfo",
		  "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
		  "23 22 0:24 / /run rw,nosuid - tmpfs tmpfs rw,size=1k\n"
		  "24 22 8:1 /srv/a /mnt/a\\040b rw - ext4 /dev/sda1 rw\n");
	play_next_need(&play);
	play_file(&play, "/proc/1/mountinfo", "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n");
	play_file(&play, "/proc/7/mountinfo",
		  "90 80 0:99 / / rw,relatime master:1 - overlay overlay rw,lowerdir=/x\n"
		  "91 90 0:24 /docker.sock /sock ro,nosuid - tmpfs tmpfs rw,size=1k\n"
		  "92 90 8:1 / /host rw master:2 propagate_from:3 - ext4 /dev/sda1 rw\n"
		  "93 90 8:1 /srv/a/x /x\\134y rw - ext4 /dev/sda1 ro\n"
		  "94 90 8:1 /etc/old//deleted /old rw - ext4 /dev/sda1 rw\n"
		  "95 90 8:1 /srv/abc /c rw - ext4  rw\n");
	play_error(&play, "/proc/8/mountinfo", EINVAL);
	play_run(&play, &probe_container_mounts);
	is_str(play.rows,
	       ID "|/|-|overlay|1\n" ID "|/sock|/run/docker.sock|tmpfs|0\n" ID
		  "|/host|/|ext4|1\n" ID "|/x\\\\y|/srv/a/x|ext4|0\n" ID
		  "|/x\\\\y|/mnt/a b/x|ext4|0\n" ID "|/old|/etc/old|ext4|1\n" ID
		  "|/c|/srv/abc|ext4|1\n",
	       "what the host has, where it has it");
	ok(play.status == COVERAGE_COMPLETE, "a container that has ended is no failure (%s)",
	   play.detail);
	play_end(&play);
	play_begin(&play);
	wire_begin(&play.broker.out, MESSAGE_INPUT);
	put_int(&play, 7);
	put_text(&play, ID);
	play_next_need(&play);
	play_error(&play, "/proc/1/mountinfo", EACCES);
	play_next_need(&play);
	play_file(&play, "/proc/7/mountinfo", "91 90 0:24 /docker.sock /sock ro,nosuid\nx\n");
	play_run(&play, &probe_container_mounts);
	is_str(play.rows, "", "lines that are no mounts");
	ok(play.status == COVERAGE_DENIED, "are told");
	play_end(&play);
}

/* One container more than the ceiling. */
static void begin_many(struct play *play)
{
	play_begin(play);
	wire_begin(&play->broker.out, MESSAGE_INPUT);
	for (unsigned i = 1; i <= HOST_MAX_PIDS + 1; i++) {
		put_int(play, i);
		put_text(play, ID);
		if (i % 256 == 0)
			play_send(play, MESSAGE_INPUT);
	}
	play_next_need(play);
}

static void test_ceilings(void)
{
	struct play play;

	begin_many(&play);
	play_file(&play, "/proc/1/mountinfo", "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n");
	play_next_need(&play);
	play_file(&play, "/proc/8192/mountinfo", "9 8 0:9 / / rw - overlay overlay rw\n");
	play_file(&play, "/proc/8193/mountinfo", "9 8 0:9 / / rw - overlay overlay rw\n");
	play_run(&play, &probe_container_mounts);
	is_str(play.rows, ID "|/|-|overlay|1\n", "as many containers as may be");
	ok(play.status == COVERAGE_PARTIAL, "and one more is told");
	is_str(play.detail, "more than 8192 containers", "with the ceiling");
	play_end(&play);
}

static void test_sockets(void)
{
	struct play play;

	play_begin(&play);
	play_item(&play, &(struct broker_item){
			     .path = "/run/docker.sock", .mode = S_IFSOCK | 0660, .gid = 998});
	play_next_need(&play);
	play_error(&play, "/run/podman/podman.sock", ENOENT);
	play_next_need(&play);
	play_item(&play, &(struct broker_item){.path = "/run/crio/crio.sock", .mode = S_IFDIR});
	for (int i = 0; i < 5; i++)
		play_next_need(&play);
	play_run(&play, &probe_engine_sockets);
	is_str(play.rows, "/run/docker.sock|432|0|998\n", "sockets that are there");
	ok(play.status == COVERAGE_COMPLETE, "complete");
	play_end(&play);
}

int main(void)
{
	test_processes();
	test_limits();
	test_mounts();
	test_ceilings();
	test_sockets();
	return done();
}
