/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] Questions to container engines of this host, for the need ASK_ENGINE. Whoever may write to
 * such a socket is root, so the jail writes nothing: it picks a question of its probe's spec, one
 * of the sockets below and the id of a container; what root sends is a GET, and reading is all that
 * a GET does. Below /run/user/UID lie those of users: these must belong to that user, so that
 * nobody leads root's question elsewhere.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "audit/broker.h"
#include "lib/own.h"

#define MAX_ID 128U
#define QUESTION_MS 4000 /* for one answer */

static const char *const sockets[] = {"/run/docker.sock", "/run/podman/podman.sock"};

static int64_t now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The user of /run/user/UID/docker.sock and /run/user/UID/podman/podman.sock. */
static bool is_socket_of_user(struct span path, uint64_t *uid)
{
	struct span rest = path;
	struct span part;

	for (int i = 0; i < 3; i++) /* "", "run", "user" */
		if (!span_cut(&rest, '/', &part))
			return false;
	return span_starts(path, "/run/user/") && span_cut(&rest, '/', &part) &&
	       span_uint(part, UINT32_MAX - 1, uid) == 0 &&
	       (span_is(rest, "docker.sock") || span_is(rest, "podman/podman.sock"));
}

static bool is_socket_of_ours(struct span path)
{
	uint64_t uid;

	for (size_t i = 0; i < ARRAY_LEN(sockets); i++)
		if (span_is(path, sockets[i]))
			return true;
	return is_socket_of_user(path, &uid);
}

/* What stands for itself in the path of a request (RFC 3986 section 2.3), and the ':' of a digest.
 */
static bool is_id(struct span id)
{
	for (size_t i = 0; i < id.len; i++)
		if (!isalnum((unsigned char)id.data[i]) && !memchr("_-:", id.data[i], 3))
			return false;
	return id.len <= MAX_ID;
}

/* Opened beneath the root, without following links, and called by way of its descriptor. */
static int dial(const struct broker *broker, const char *path)
{
	struct open_how how = {
	    .flags = O_PATH | O_CLOEXEC | O_NOFOLLOW,
	    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	auto_close int found =
	    (int)syscall(SYS_openat2, broker->root_fd, path + 1, &how, sizeof(how));
	auto_close int fd = -1;
	struct stat meta;
	uint64_t uid;

	if (found < 0 || fstat(found, &meta) < 0)
		return -1;
	if (!S_ISSOCK(meta.st_mode)) {
		errno = ENOTSOCK;
		return -1;
	}
	if (is_socket_of_user(span_of(path), &uid) && meta.st_uid != uid) {
		errno = EPERM;
		return -1;
	}
	(void)snprintf(address.sun_path, sizeof(address.sun_path), "/proc/self/fd/%d", found);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	/* EAGAIN: it takes no more calls for now, which is as good as no answer */
	if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return -1;
	return steal_fd(&fd);
}

/* To the end, the ceiling or the deadline. Returns an errno. */
static int hear(int fd, struct buf *data, int64_t deadline_ms)
{
	buf_clear(data);
	while (data->len < data->ceiling) {
		struct pollfd polled = {.fd = fd, .events = POLLIN};
		size_t room = data->ceiling - data->len < 65536 ? data->ceiling - data->len : 65536;
		int64_t rest = deadline_ms - now_ms();
		ssize_t got;

		if (rest <= 0)
			return ETIMEDOUT;
		if (poll(&polled, 1, (int)rest) <= 0)
			continue;
		got = recv(fd, buf_reserve(data, room), room, 0);
		if (got < 0 && errno != EAGAIN && errno != EINTR)
			return errno;
		if (got == 0)
			return 0;
		if (got > 0)
			data->len += (size_t)got;
	}
	return 0;
}

/* A question with an id in place of its `*`, and the connection that it was sent by. */
struct question {
	int fd;
	int error;
};

static void put_question(const struct broker *broker, const char *path, const char *pattern,
			 struct span id, struct question *out)
{
	const char *star = strchr(pattern, '*');
	int before = star ? (int)(star - pattern) : (int)strlen(pattern);
	auto_free char *text =
	    xasprintf("GET %.*s%.*s%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
		      before, pattern, star ? (int)id.len : 0, id.data, star ? star + 1 : "");
	size_t len = strlen(text);

	out->fd = dial(broker, path);
	if (out->fd < 0)
		out->error = errno;
	else if (send(out->fd, text, len, MSG_NOSIGNAL) != (ssize_t)len) /* it fits any buffer */
		out->error = EIO;
}

static int put_answer(struct broker *broker, const char *path, const struct question *question,
		      int64_t deadline_ms, struct err *err)
{
	struct broker_item item = {.path = path, .error = question->error};

	if (!item.error)
		item.error = hear(question->fd, &broker->data, deadline_ms);
	if (!item.error) {
		item.data = buf_span(&broker->data);
		item.is_cut = item.data.len > PROBE_MAX_ITEM;
		if (item.is_cut)
			item.data.len = PROBE_MAX_ITEM;
	}
	return broker_put(broker, &item, err);
}

/* All are sent before the first is heard: the engine works at one while another is on its way. */
static int ask_all(struct broker *broker, const char *path, const char *pattern,
		   const struct span *ids, unsigned count, struct err *err)
{
	struct question questions[HOST_MAX_IDS] = {{0}};
	int64_t deadline_ms = now_ms() + QUESTION_MS;
	int result = 0;

	for (unsigned i = 0; i < count; i++)
		put_question(broker, path, pattern, ids[i], &questions[i]);
	for (unsigned i = 0; i < count; i++) {
		if (result == 0)
			result = put_answer(broker, path, &questions[i], deadline_ms, err);
		own_close(&questions[i].fd);
	}
	return result;
}

/* -1: what is there is no list of ids. */
static int read_ids(struct span list, struct span ids[HOST_MAX_IDS])
{
	int count = 0;
	struct span id;

	while (span_word(&list, &id)) {
		if (count == HOST_MAX_IDS || !is_id(id))
			return -1;
		ids[count++] = id;
	}
	return count;
}

int broker_engine(struct broker *broker, const struct need *need, struct wire *ask, struct err *err)
{
	struct span path = wire_get_span(ask, MESSAGE_MAX_PATH);
	struct span list = wire_get_span(ask, HOST_MAX_IDS * (MAX_ID + 1));
	struct span ids[HOST_MAX_IDS] = {{"", 0}};
	auto_free char *socket_path = NULL;
	int count = read_ids(list, ids);

	if (ask->bad || !wire_at_end(ask) || !is_socket_of_ours(path) || count < 0 ||
	    (strchr(need->pattern, '*') != NULL) != (count > 0))
		return err_set(err, "the jail broke the protocol");
	socket_path = xasprintf("%.*s", (int)path.len, path.data);
	return ask_all(broker, socket_path, need->pattern, ids, count > 0 ? (unsigned)count : 1,
		       err);
}
