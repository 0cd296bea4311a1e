/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A broker over a temporary folder in place of "/", and what it hands out. It is a process without
 * rights, so that what cannot be read is so for every caller of these tests.
 */
#ifndef TESTS_UNIT_BROKER_H
#define TESTS_UNIT_BROKER_H

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
	int64_t pids[4];
	size_t pid_count; /* 0: all */
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
		int asked = seen.pid_count == 0
				? host_ask(host, 0, err)
				: host_ask_processes(host, 0, seen.pids, seen.pid_count, err);

		if (asked < 0)
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

#endif
