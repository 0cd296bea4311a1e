/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that the jail names: what root opens for it, below the root of the process that they belong
 * to, and what it does not. Here a temporary folder is the host's root, and proc/7/root in it is
 * the root of another process.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/broker.h"
#include "lib/file.h"
#include "lib/own.h"
#include "tests/brokered.h"
#include "tests/tap.h"

static struct {
	int64_t pid;
	const char *path;
	bool is_glob;
	struct buf lines;
	int result;
} asked;

static int collect(struct host *host, struct err *err)
{
	struct span path = span_of(asked.path);
	struct item item;
	int got;

	asked.result = asked.is_glob ? host_ask_glob(host, 0, asked.pid, path, err)
				     : host_ask_file(host, 0, asked.pid, path, err);
	if (asked.result < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		buf_printf(&asked.lines, "%s%s", asked.lines.len ? " " : "", item.path);
		if (item.error)
			buf_printf(&asked.lines, ": %s", strerror(item.error));
		else
			buf_printf(&asked.lines, "=%.*s", (int)item.data.len, item.data.data);
	}
	return got;
}

static int root_fd;
static enum need_kind kind = READ_NAMED;
static int record_fd = -1;

static void run(void)
{
	const struct need need = {kind, ""};
	const struct probe probe = {
	    .about = "test", .needs = &need, .need_count = 1, .collect = collect};
	struct broker broker = {
	    .probe = &probe, .root_fd = root_fd, .record_fd = record_fd, .replay_fd = -1};

	buf_clear(&asked.lines);
	ok(brokered_run(&broker, NULL) == 0, "%s: the broker ends in peace", asked.path);
}

static void comes(int64_t pid, const char *path, const char *expected)
{
	asked.pid = pid;
	asked.path = path;
	asked.is_glob = false;
	run();
	is_str(buf_string(&asked.lines), expected, path);
}

static void all_come(int64_t pid, const char *pattern, const char *expected)
{
	asked.pid = pid;
	asked.path = pattern;
	asked.is_glob = true;
	run();
	is_str(buf_string(&asked.lines), expected, pattern);
}

static void make_text(const char *path, const char *text)
{
	struct err err;
	auto_close int fd = openat(root_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (fd < 0 || file_write(fd, span_of(text), &err) < 0)
		die("cannot make %s", path);
}

static void make_folder(const char *path)
{
	if (mkdirat(root_fd, path, 0755) < 0)
		die("cannot make %s", path);
}

static void make_link(const char *path, const char *target)
{
	if (symlinkat(target, root_fd, path) < 0)
		die("cannot make %s", path);
}

static void make_tree(void)
{
	static const char *const folders[] = {"etc",  "etc/live", "etc/archive", "etc/d",
					      "proc", "proc/7",   "proc/7/root", "proc/7/root/etc"};

	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		make_folder(folders[i]);
	make_text("etc/a.conf", "a");
	make_text("etc/[b].conf", "b");
	make_text("etc/archive/cert1.pem", "cert");
	make_link("etc/live/cert.pem", "../archive/cert1.pem");
	make_link("etc/live/absolute.pem", "/etc/archive/cert1.pem");
	make_link("etc/out", "../../../../../../../../../etc/passwd");
	make_link("etc/loop", "loop");
	make_link("etc/folder", "archive");
	make_text("etc/d/2.conf", "two");
	make_text("etc/d/1.conf", "one");
	make_text("etc/d/.hidden.conf", "hidden");
	make_text("proc/7/root/etc/a.conf", "a of seven");
	make_link("proc/7/root/etc/out", "../../../../etc/a.conf");
	if (mkfifoat(root_fd, "etc/pipe", 0600) < 0)
		die("cannot make a pipe");
}

static void test_files(void)
{
	comes(0, "/etc/a.conf", "/etc/a.conf=a");
	comes(0, "/etc/[b].conf", "/etc/[b].conf=b");
	comes(0, "/etc/none", "/etc/none: No such file or directory");
	comes(0, "/etc/live/cert.pem", "/etc/live/cert.pem=cert");
	comes(0, "/etc/live/absolute.pem", "/etc/live/absolute.pem=cert");
	comes(0, "/etc/folder/cert1.pem", "/etc/folder/cert1.pem=cert");
	comes(0, "/etc/../../../etc/a.conf", "/etc/../../../etc/a.conf=a");
	comes(0, "/etc/out", "/etc/out: No such file or directory");
	comes(0, "/etc/loop", "/etc/loop: Too many levels of symbolic links");
	comes(0, "/etc/pipe", "/etc/pipe: Invalid argument");
	comes(0, "/etc/d", "/etc/d: Invalid argument");
	comes(7, "/etc/a.conf", "/etc/a.conf=a of seven");
	comes(7, "/etc/out", "/etc/out=a of seven");
	comes(8, "/etc/a.conf", "/etc/a.conf: No such file or directory");
}

static void test_patterns(void)
{
	all_come(0, "/etc/d/*.conf", "/etc/d/1.conf=one /etc/d/2.conf=two");
	all_come(0, "/etc/d/[2-9].conf", "/etc/d/2.conf=two");
	all_come(0, "/etc//d/2.conf", "/etc/d/2.conf=two");
	all_come(0, "/e*/live/c*", "/etc/live/cert.pem=cert");
	all_come(0, "/etc/d/*.none", "");
	all_come(0, "/none/*", "");
	all_come(7, "/etc/*.conf", "/etc/a.conf=a of seven");
}

static void test_refused(void)
{
	asked.path = "etc/a.conf";
	run();
	ok(asked.result < 0, "a relative path is not asked for");
	asked.path = "";
	run();
	ok(asked.result < 0, "nor none");
	kind = STAT_NAMED;
	comes(0, "/etc/pipe", "/etc/pipe=");
	kind = READ_NAMED;
	(void)close(root_fd);
	root_fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	comes(0, "/proc/version", "/proc/version: Invalid argument");
	comes(0, "/dev/null", "/dev/null: Invalid argument");
}

static void test_secret(void)
{
	record_fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	comes(0, "/etc/a.conf", "/etc/a.conf=a");
	kind = SECRET_NAMED;
	comes(0, "/etc/a.conf", ": No data available");
	(void)close(record_fd);
	record_fd = -1;
	comes(0, "/etc/a.conf", "/etc/a.conf=a");
	kind = READ_NAMED;
}

static bool has_need(const struct probe *probe, enum need_kind wanted)
{
	for (unsigned i = 0; i < probe->need_count; i++)
		if (probe->needs[i].kind == wanted)
			return true;
	return false;
}

static void test_registry(void)
{
	for (const struct probe_entry *entry = probe_registry; entry->name; entry++)
		if (has_need(entry->probe, CALL))
			ok(!has_need(entry->probe, READ_NAMED) &&
			       !has_need(entry->probe, SECRET_NAMED),
			   "%s has no way to send what it names and reads", entry->name);
}

int main(void)
{
	char folder[] = "/tmp/harden-named-XXXXXX";

	if (!mkdtemp(folder))
		die("mkdtemp");
	root_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	buf_init(&asked.lines, 65536);
	make_tree();
	test_files();
	test_patterns();
	test_secret();
	test_refused();
	test_registry();
	remove_tree(folder);
	buf_done(&asked.lines);
	return done();
}
