/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What root hands out of the files of a host, and what it does not: over a temporary folder in
 * place of "/", full of what somebody may have put there. The broker is a process without rights,
 * so that what cannot be read is so for every caller of this test.
 */
#include "audit/broker.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/own.h"
#include "tests/brokered.h"
#include "tests/tap.h"

#define MAX_LINES 4096

/* What came, a line for each item. */
static struct {
	char *lines[MAX_LINES];
	size_t count;
	unsigned mode; /* of the last one */
	bool is_intact;
	unsigned times; /* to ask, one after the other */
} seen;

/* What a large file holds: another byte at each place. */
static char byte_at(size_t at)
{
	return (char)(at * 31 + at / 4093);
}

static bool is_pattern(struct span data)
{
	for (size_t i = 0; i < data.len; i++)
		if (data.data[i] != byte_at(i))
			return false;
	return true;
}

static void note(const struct item *item)
{
	if (seen.count == MAX_LINES)
		return;
	seen.mode = item->mode;
	seen.is_intact = is_pattern(item->data);
	seen.lines[seen.count++] =
	    item->error ? xasprintf("%s: %s", item->path, strerror(item->error))
	    : item->data.len > 100
		? xasprintf("%s: %zu bytes%s", item->path, item->data.len,
			    item->is_cut ? ", cut" : "")
		: xasprintf("%s=%.*s", item->path, (int)item->data.len, item->data.data);
}

static int collect(struct host *host, struct err *err)
{
	struct item item;
	int got = 0;

	for (unsigned i = 0; got == 0 && i < seen.times; i++) {
		if (host_ask(host, 0, err) < 0)
			return -1;
		while ((got = host_next(host, &item, err)) > 0)
			note(&item);
	}
	return got;
}

static void give_up_rights(void)
{
	if (geteuid() == 0 && (setgroups(0, NULL) < 0 || setresgid(65534, 65534, 65534) < 0 ||
			       setresuid(65534, 65534, 65534) < 0))
		_exit(99);
}

static int compare(const void *left, const void *right)
{
	const char *const *a = left;
	const char *const *b = right;

	return strcmp(*a, *b);
}

/* Asks a broker over the folder for one need; the exit status of the broker. */
static int hand_out(int root_fd, enum need_kind kind, const char *pattern)
{
	const struct need need = {kind, pattern};
	const struct probe probe = {
	    .about = "test", .needs = &need, .need_count = 1, .collect = collect};
	struct broker broker = {
	    .probe = &probe, .root_fd = root_fd, .record_fd = -1, .replay_fd = -1};

	while (seen.count > 0)
		free(seen.lines[--seen.count]);
	return brokered_run(&broker, give_up_rights);
}

/* The lines that come for the pattern are these; a folder's order is anybody's guess. */
static void comes(int root_fd, const char *pattern, const char *expected)
{
	struct buf got auto_buf;
	int status = hand_out(root_fd, READ, pattern);

	buf_init(&got, 1U << 20);
	if (seen.count > 0)
		qsort(seen.lines, seen.count, sizeof(*seen.lines), compare);
	for (size_t i = 0; i < seen.count; i++)
		buf_printf(&got, "%s%s", i ? " " : "", seen.lines[i]);
	is_str(buf_string(&got), expected, pattern);
	if (status != 0)
		ok(false, "%s: the broker ends in peace", pattern);
}

/* ---- the folder ---- */

static void make_file(int folder, const char *path, struct span data, mode_t mode)
{
	struct err err;
	auto_close int fd = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 || file_write(fd, data, &err) < 0 || fchmod(fd, mode) < 0)
		die("cannot make %s", path);
}

static void make_text(int folder, const char *path, const char *text)
{
	make_file(folder, path, span_of(text), 0644);
}

static void set_mode(int folder, const char *path, mode_t mode)
{
	if (fchmodat(folder, path, mode, 0) < 0)
		die("cannot change the mode of %s", path);
}

static void make_folder(int folder, const char *path, mode_t mode)
{
	if (mkdirat(folder, path, 0700) < 0)
		die("cannot make %s", path);
	set_mode(folder, path, mode);
}

static void make_link(int folder, const char *path, const char *target)
{
	if (symlinkat(target, folder, path) < 0)
		die("cannot make %s", path);
}

static void make_large(int folder, const char *path, size_t len)
{
	auto_free char *data = xcalloc(len, 1);

	for (size_t i = 0; i < len; i++)
		data[i] = byte_at(i);
	make_file(folder, path, (struct span){data, len}, 0644);
}

static void make_tree(int root)
{
	make_folder(root, "etc", 0755);
	make_text(root, "etc/a.conf", "A");
	make_text(root, "etc/b.conf", "B");
	make_text(root, "etc/.hidden.conf", "H");
	make_text(root, "etc/other", "O");
	make_text(root, "etc/empty", "");
	make_file(root, "etc/secret", span_of("S"), 0000);
	make_link(root, "etc/link.conf", "a.conf");
	make_link(root, "etc/out", "/etc/passwd");
	make_link(root, "etc/dangling", "nowhere");
	make_folder(root, "etc/folder.d", 0755);
	if (mkfifoat(root, "etc/pipe", 0666) < 0)
		die("cannot make a pipe");
	make_folder(root, "closed", 0755);
	make_text(root, "closed/file", "C");
	set_mode(root, "closed", 0000);
	make_folder(root, "blind", 0755);
	make_text(root, "blind/file", "F");
	set_mode(root, "blind", 0111); /* to be entered, and not to be listed */
	make_folder(root, "proc", 0755);
	for (int i = 1; i <= 3; i++) {
		auto_free char *folder = xasprintf("proc/%d", i);
		auto_free char *status = xasprintf("%s/status", folder);
		auto_free char *exe = xasprintf("%s/exe", folder);

		make_folder(root, folder, 0755);
		make_text(root, status, "s");
		if (i != 2)
			make_link(root, exe, "/bin/x");
	}
	make_folder(root, "proc/self", 0755);
	make_text(root, "proc/self/status", "never");
	make_link(root, "proc/4", "1");
	make_folder(root, "odd", 0755);
	make_text(root, "odd/\n\xff \033[m", "odd");
	make_folder(root, "large", 0755);
	make_large(root, "large/3", 3U << 20);
	make_large(root, "large/16", PROBE_MAX_ITEM);
	make_large(root, "large/17", PROBE_MAX_ITEM + 1);
	make_folder(root, "many", 0755);
	for (int i = 0; i < 2000; i++) {
		auto_free char *path = xasprintf("many/%04d", i);

		make_text(root, path, "m");
	}
}

static void test_names(int root)
{
	comes(root, "/etc/a.conf", "/etc/a.conf=A");
	comes(root, "/etc/empty", "/etc/empty=");
	comes(root, "/etc/*.conf",
	      "/etc/a.conf=A /etc/b.conf=B "
	      "/etc/link.conf: Too many levels of symbolic links");
	comes(root, "/etc/[ab].conf", "/etc/a.conf=A /etc/b.conf=B");
	comes(root, "/et[c]/?.conf", "/etc/a.conf=A /etc/b.conf=B");
	comes(root, "/*/other",
	      "/blind: Permission denied /closed: Permission denied /etc/other=O");
	comes(root, "/etc/{b.conf,a.conf,other}", "/etc/a.conf=A /etc/b.conf=B /etc/other=O");
	comes(root, "/odd/*", "/odd/\n\xff \033[m=odd");
}

static void test_missing(int root)
{
	comes(root, "/etc/none", "/etc/none: No such file or directory");
	comes(root, "/none/none", "/none: No such file or directory");
	comes(root, "/none/*", "/none: No such file or directory");
	comes(root, "/*/none", "/blind: Permission denied /closed: Permission denied");
	comes(root, "/etc/none*", "");
	comes(root, "/etc/a.conf/x", "/etc/a.conf: Not a directory");
	comes(root, "/etc/folder.d/*", "");
}

/* In the order of the pattern, folder by folder. */
static void test_order(int root)
{
	bool is_grouped = true;

	comes(root, "/proc/[0-9]*/{status,exe@}",
	      "/proc/1/exe=/bin/x /proc/1/status=s /proc/2/status=s /proc/3/exe=/bin/x "
	      "/proc/3/status=s /proc/4: Too many levels of symbolic links");
	(void)hand_out(root, READ, "/proc/[1-3]/{status,exe@}");
	for (size_t i = 0; i < seen.count; i++)
		if (strstr(seen.lines[i], "exe") &&
		    (i == 0 || strncmp(seen.lines[i], seen.lines[i - 1], 7) != 0 ||
		     !strstr(seen.lines[i - 1], "status")))
			is_grouped = false;
	ok(is_grouped && seen.count == 5, "what belongs together comes together, in order");
}

static void test_refused(int root)
{
	comes(root, "/etc/out", "/etc/out: Too many levels of symbolic links");
	comes(root, "/etc/out@", "/etc/out=/etc/passwd");
	comes(root, "/etc/{dangling@}", "/etc/dangling=nowhere");
	comes(root, "/etc/{a.conf@}", "/etc/a.conf: Invalid argument");
	comes(root, "/etc/link.conf", "/etc/link.conf: Too many levels of symbolic links");
	comes(root, "/proc/4/status", "/proc/4: Too many levels of symbolic links");
	comes(root, "/../etc/passwd", "/..: Invalid cross-device link");
	comes(root, "/..", "/..: Invalid cross-device link");
	comes(root, "/etc/../../etc/passwd", "/etc/..: Invalid cross-device link");
	comes(root, "/etc/pipe", "/etc/pipe: Invalid argument");
	comes(root, "/etc/folder.d", "/etc/folder.d: Invalid argument");
	comes(root, "/etc/secret", "/etc/secret: Permission denied");
	comes(root, "/closed/file", "/closed: Permission denied");
	comes(root, "/closed/*", "/closed: Permission denied");
	comes(root, "/blind/*", "/blind: Permission denied");
}

static void test_stat(int root)
{
	(void)hand_out(root, STAT, "/etc/secret");
	ok(seen.count == 1 && seen.mode == (S_IFREG | 0000), "STAT needs no right to read");
	is_str(seen.lines[0], "/etc/secret=", "and hands out no data");
	(void)hand_out(root, STAT, "/etc/out");
	ok(seen.count == 1 && S_ISLNK(seen.mode), "STAT of a link is of the link");
	(void)hand_out(root, STAT, "/etc/pipe");
	ok(seen.count == 1 && S_ISFIFO(seen.mode), "STAT of a pipe");
	(void)hand_out(root, STAT, "/et?");
	ok(seen.count == 1 && seen.mode == (S_IFDIR | 0755), "STAT of a folder");
	(void)hand_out(root, STAT, "/none");
	is_str(seen.lines[0], "/none: No such file or directory", "STAT of nothing");
}

static void test_large(int root)
{
	comes(root, "/large/3", "/large/3: 3145728 bytes");
	ok(seen.is_intact, "in pieces, and put together again");
	comes(root, "/large/16", "/large/16: 16777216 bytes");
	ok(seen.is_intact, "as large as may be");
	comes(root, "/large/17", "/large/17: 16777216 bytes, cut");
	ok(seen.is_intact, "its beginning");
	(void)hand_out(root, READ, "/many/*");
	ok(seen.count == 2000, "many files in few messages");
	seen.times = 2;
	(void)hand_out(root, READ, "/many/*");
	ok(seen.count == 4000, "asked again, it begins anew");
	seen.times = 1;
}

int main(void)
{
	char path[] = "/tmp/broker.XXXXXX";
	auto_close int root = mkdtemp(path) ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (root < 0 || fchmod(root, 0755) < 0)
		die("cannot make a folder");
	(void)umask(022);
	make_tree(root);
	seen.times = 1;
	test_names(root);
	test_missing(root);
	test_order(root);
	test_refused(root);
	test_stat(root);
	test_large(root);
	while (seen.count > 0)
		free(seen.lines[--seen.count]);
	set_mode(root, "closed", 0755);
	set_mode(root, "blind", 0755);
	remove_tree(path);
	return done();
}
