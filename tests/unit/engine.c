/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Questions to engines: which sockets root connects to for the jail, and what it says there. Here a
 * temporary folder is the host's root, and what listens in it sends the request back.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/own.h"
#include "tests/brokered.h"

static struct {
	const char *socket;
	const char *id;
	struct buf lines;
} asked;

static int root_fd;

static int collect(struct host *host, struct err *err)
{
	struct item item;
	int got;

	if (host_ask_engine(host, *asked.id ? 1 : 0, asked.socket, span_of(asked.id), err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		struct span rest = item.data;
		struct span line = {"", 0};

		(void)span_cut(&rest, '\r', &line); /* an error has no data */
		buf_printf(&asked.lines, "%s", item.error ? strerror(item.error) : "");
		buf_put(&asked.lines, line.data, line.len);
	}
	return got;
}

/* 0: root answered what was asked; else it broke off. */
static int run(const char *socket_path, const char *id)
{
	static const struct need needs[] = {{ASK_ENGINE, "/info"},
					    {ASK_ENGINE, "/containers/*/json"}};
	const struct probe probe = {
	    .about = "test", .needs = needs, .need_count = 2, .collect = collect};
	struct broker broker = {
	    .probe = &probe, .root_fd = root_fd, .record_fd = -1, .replay_fd = -1};

	asked.socket = socket_path;
	asked.id = id;
	buf_clear(&asked.lines);
	return brokered_run(&broker, NULL);
}

static void comes(const char *socket_path, const char *id, const char *expected, const char *name)
{
	ok(run(socket_path, id) == 0, "%s: the broker ends in peace", name);
	is_str(buf_string(&asked.lines), expected, name);
}

static void refused(const char *socket_path, const char *id, const char *name)
{
	ok(run(socket_path, id) != 0 && asked.lines.len == 0, "%s", name);
}

/* ---- what listens ---- */

static void make_folders(const char *path)
{
	auto_free char *part = xasprintf("%s", path);

	for (char *at = strchr(part, '/'); at; at = strchr(at + 1, '/')) {
		*at = '\0';
		(void)mkdirat(root_fd, part, 0755); /* it may be there already */
		*at = '/';
	}
}

static int listen_at(const char *folder, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	make_folders(path);
	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s/%s", folder, path);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(fd, 8) < 0)
		die("cannot listen at %s", path);
	return fd;
}

/* A child that sends each request back until it is ended. */
static pid_t serve(int fd)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	(void)alarm(60);
	for (;;) {
		char request[4096];
		auto_close int call = accept(fd, NULL, NULL);
		ssize_t len = call < 0 ? -1 : recv(call, request, sizeof(request), 0);

		if (len > 0)
			(void)send(call, request, (size_t)len, MSG_NOSIGNAL); /* it shows */
	}
}

static void test_sockets(const char *folder)
{
	auto_free char *own = xasprintf("run/user/%u/podman/podman.sock", getuid());
	auto_free char *others = xasprintf("run/user/%u/docker.sock", getuid() + 1);
	auto_free char *own_path = xasprintf("/%s", own);
	auto_free char *others_path = xasprintf("/%s", others);
	int fds[] = {listen_at(folder, "run/docker.sock"), listen_at(folder, own),
		     listen_at(folder, others)};
	pid_t children[ARRAY_LEN(fds)];

	for (size_t i = 0; i < ARRAY_LEN(fds); i++)
		children[i] = serve(fds[i]);
	comes("/run/docker.sock", "", "GET /info HTTP/1.1", "a question");
	comes("/run/docker.sock", "ab-1:2", "GET /containers/ab-1:2/json HTTP/1.1", "with an id");
	comes(own_path, "", "GET /info HTTP/1.1", "the engine of a user");
	comes(others_path, "", "Operation not permitted", "a socket in another user's folder");
	comes("/run/podman/podman.sock", "", "No such file or directory", "nobody there");
	refused("/run/docker.sock", "a/../b", "an id that is a path");
	comes("/run/docker.sock", "b a",
	      "GET /containers/b/json HTTP/1.1GET /containers/a/json HTTP/1.1", "two, in order");
	comes("/run/docker.sock", "b\r\na",
	      "GET /containers/b/json HTTP/1.1GET /containers/a/json HTTP/1.1",
	      "the end of a line parts them, too");
	refused("/run/docker.sock", "1 2 3 4 5 6 7 8 9", "more than at once");
	refused("/run/docker.sock", "1 2 3 4 5 6 7 8 /", "more, of which the last is a path");
	refused("/run/other.sock", "", "another socket");
	refused("/run/user/0/../../docker.sock", "", "a way round");
	refused("/run/user/x/docker.sock", "", "a user that is none");
	refused("/run/user/1/other.sock", "", "another socket of a user");
	for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
		(void)kill(children[i], SIGKILL);
		(void)waitpid(children[i], NULL, 0);
		(void)close(fds[i]);
	}
	comes("/run/docker.sock", "", "Connection refused", "an engine that has ended");
}

static void test_links(void)
{
	if (unlinkat(root_fd, "run/docker.sock", 0) < 0 ||
	    symlinkat("podman/podman.sock", root_fd, "run/docker.sock") < 0)
		die("cannot make a link");
	comes("/run/docker.sock", "", "Socket operation on non-socket", "no link is followed");
	if (unlinkat(root_fd, "run/docker.sock", 0) < 0 ||
	    mkdirat(root_fd, "run/docker.sock", 0755) < 0)
		die("cannot make a folder");
	comes("/run/docker.sock", "", "Socket operation on non-socket", "a folder");
}

int main(void)
{
	char folder[] = "/tmp/harden-engine-XXXXXX";

	if (!mkdtemp(folder))
		die("mkdtemp");
	root_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	buf_init(&asked.lines, 65536);
	test_sockets(folder);
	test_links();
	remove_tree(folder);
	buf_done(&asked.lines);
	return done();
}
