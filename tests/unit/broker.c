/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What root hands out of the files of a host, and what it does not: over a temporary folder in
 * place of "/", full of what somebody may have put there.
 */
#include "tests/unit/broker.h"

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
