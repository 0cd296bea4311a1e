/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What root hands out of processes that the jail names, and of all folders below one. */
#include "tests/unit/broker.h"

static void make_tree(int root)
{
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
	make_link(root, "proc/4", "1");
	make_folder(root, "etc", 0755);
	make_text(root, "etc/a.conf", "A");
}

/* Not all of /proc, but the processes that the jail names; and those nowhere else. */
static void test_processes(int root)
{
	seen.pids[0] = 3;
	seen.pids[1] = 99;
	seen.pids[2] = 1;
	seen.pid_count = 3;
	(void)hand_out(root, READ, "/proc/[0-9]*/{status,exe@}");
	ok(seen.count == 4, "of two processes, and one that is gone");
	is_str(seen.lines[0], "/proc/3/status=s", "in the order of the question");
	is_str(seen.lines[2], "/proc/1/status=s", "one after the other");
	(void)hand_out(root, STAT, "/proc/[0-9]*/status");
	ok(seen.count == 2 && S_ISREG(seen.mode), "STAT of the same");
	seen.pids[1] = 4;
	seen.pids[2] = -1;
	comes(root, "/proc/[0-9]*/status",
	      "/proc/3/status=s /proc/4: Too many levels of symbolic links");
	ok(hand_out(root, READ, "/etc/*.conf") != 0 && seen.count == 0,
	   "a need that is of no processes takes none");
	ok(hand_out(root, READ, "/proc/*/status") != 0 && seen.count == 0, "nor one like it");
	seen.pid_count = 0;
}

static void test_below(int root)
{
	bool is_ordered = true;
	char deep[600] = "deep";
	unsigned too_deep = 0;

	make_folder(root, deep, 0755);
	for (int i = 0; i < 70; i++) {
		char file[700];

		(void)snprintf(file, sizeof(file), "%s/limit", deep);
		make_text(root, file, "l");
		(void)snprintf(deep + strlen(deep), sizeof(deep) - strlen(deep), "/%02d", i);
		make_folder(root, deep, 0755);
	}
	make_link(root, "deep/link", "00");
	(void)hand_out(root, READ, "/deep/**/limit");
	for (size_t i = 1; i < seen.count; i++)
		if (!strchr(seen.lines[i], ':') &&
		    strlen(seen.lines[i]) < strlen(seen.lines[i - 1]))
			is_ordered = false;
	ok(is_ordered, "**: a folder comes before those in it");
	qsort(seen.lines, seen.count, sizeof(*seen.lines), compare);
	is_str(seen.lines[seen.count - 2], "/deep/limit=l", "with the one that is named");
	is_str(seen.lines[seen.count - 1], "/deep/link: Too many levels of symbolic links",
	       "a link is not followed");
	for (size_t i = 0; i < seen.count; i++)
		too_deep += strstr(seen.lines[i], ": File name too long") != NULL;
	ok(too_deep == 1 && seen.count == 66, "and where it goes too deep, that is told");
	comes(root, "/et[c]/**/none", "");
	comes(root, "/et[c]/**/a.conf", "/etc/a.conf=A");
	comes(root, "/none/**/limit", "/none: No such file or directory");
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
	test_processes(root);
	test_below(root);
	while (seen.count > 0)
		free(seen.lines[--seen.count]);
	remove_tree(path);
	return done();
}
