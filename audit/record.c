/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recorded hosts: see record.h. */
#include "audit/record.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/broker.h"
#include "audit/jail.h"
#include "lib/file.h"
#include "lib/own.h"
#include "lib/text.h"

#define FIRST_LINE "harden recording 1\n"
#define HOST_FILE "host"

int record_create(int folder_fd, const char *name, struct err *err)
{
	auto_free char *file = xasprintf("%s.rec", name);
	int fd =
	    openat(folder_fd, file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_sys(err, "%s", file);
	if (file_write(fd, span_of(FIRST_LINE), err) < 0) {
		own_close(&fd);
		return err_in(err, "%s", file);
	}
	return fd;
}

int record_message(int fd, const struct wire *message, struct err *err)
{
	uint32_t len = htole32((uint32_t)message->len);

	if (file_write(fd, (struct span){(const char *)&len, sizeof(len)}, err) < 0)
		return -1;
	return file_write(fd, (struct span){(const char *)message->data, message->len}, err);
}

int record_write_host(int folder_fd, const struct recording *recording, struct err *err)
{
	auto_free char *text = xasprintf(FIRST_LINE "host %s\ntime %lld\n", recording->host,
					 (long long)recording->time);
	auto_close int fd = openat(folder_fd, HOST_FILE,
				   O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_sys(err, HOST_FILE);
	return file_write(fd, span_of(text), err);
}

int record_open_host(int folder_fd)
{
	return openat(folder_fd, HOST_FILE, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
}

int record_read_host(struct span rest, struct recording *out, struct err *err)
{
	struct span line;
	struct span name = {"", 0};
	uint64_t time = 0;

	if (!span_starts(rest, FIRST_LINE))
		return err_set(err, "not a recording of this version of harden");
	while (span_cut(&rest, '\n', &line)) {
		if (span_starts(line, "host "))
			name = (struct span){line.data + 5, line.len - 5};
		else if (span_starts(line, "time ") &&
			 span_uint((struct span){line.data + 5, line.len - 5}, UINT32_MAX, &time) <
			     0)
			return err_set(err, "file \"%s\": the time is no number", HOST_FILE);
	}
	if (name.len == 0 || name.len >= sizeof(out->host) || !text_is_printable(name) || time == 0)
		return err_set(err, "file \"%s\": host and time are not there", HOST_FILE);
	memcpy(out->host, name.data, name.len);
	out->host[name.len] = '\0';
	out->time = (int64_t)time;
	return 0;
}

int replay_open(int folder_fd, const char *name)
{
	auto_free char *file = xasprintf("%s.rec", name);

	return openat(folder_fd, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
}

/* 1: read in full; 0: the recording ended before the first byte; -1: it ends in the middle. */
static int read_exactly(int fd, void *out, size_t len, struct err *err)
{
	size_t have = 0;

	while (have < len) {
		ssize_t got = read(fd, (char *)out + have, len - have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_sys(err, "recording");
		if (got == 0)
			return have == 0 ? 0 : err_set(err, "recording is cut off");
		have += (size_t)got;
	}
	return 1;
}

/* The next recorded message into broker->out: 1, 0 at the end, -1. */
static int next_recorded(struct broker *broker, struct err *err)
{
	uint32_t len;
	int got = read_exactly(broker->replay_fd, &len, sizeof(len), err);

	if (got <= 0)
		return got;
	len = le32toh(len);
	if (len == 0 || len > WIRE_MAX)
		return err_set(err, "recording holds a message of %u bytes", len);
	got = read_exactly(broker->replay_fd, broker->out.data, len, err);
	if (got == 0)
		return err_set(err, "recording is cut off");
	broker->out.len = len;
	broker->out.at = 0;
	broker->out.bad = false;
	return got;
}

/* Answers one ASK out of the recording, up to its END. */
static int answer(struct broker *broker, const struct wire *ask, struct err *err)
{
	int got = next_recorded(broker, err);

	if (got <= 0)
		return got < 0 ? -1 : err_set(err, "recording has no answer to that");
	if (broker->out.len != ask->len || memcmp(broker->out.data, ask->data, ask->len) != 0)
		return err_set(err, "recording is of another version of this probe");
	for (;;) {
		got = next_recorded(broker, err);
		if (got <= 0)
			return got < 0 ? -1 : err_set(err, "recording is cut off");
		if (wire_send(broker->jail_fd, &broker->out, err) < 0)
			return -1;
		if (broker->out.data[0] == MESSAGE_END)
			return 0;
	}
}

/* What a peer did then; what is said to it now is not compared, since some of it is chance. */
static int answer_hear(struct broker *broker, struct err *err)
{
	int got = next_recorded(broker, err);

	if (got <= 0 || broker->out.data[0] != MESSAGE_HEARD)
		return got < 0 ? -1 : err_set(err, "recording is of another version of this probe");
	return wire_send(broker->jail_fd, &broker->out, err);
}

static int replay_one(struct broker *broker, struct wire *message, uint8_t type, struct err *err)
{
	uint32_t index;

	if (type == MESSAGE_HEAR)
		return answer_hear(broker, err);
	if (type == MESSAGE_CALLS)
		return 0;
	index = wire_get_u32(message);
	if (type != MESSAGE_ASK || message->bad)
		return err_set(err, "the jail broke the protocol");
	return index == ASK_INPUT ? broker_put_input(broker, err) : answer(broker, message, err);
}

int replay_run(struct broker *broker, struct err *err)
{
	char first[sizeof(FIRST_LINE) - 1];
	struct wire ask;
	uint8_t type;
	int got;

	wire_init(&ask);
	jail_close_inherited();
	if (jail_enter(err) < 0 || read_exactly(broker->replay_fd, first, sizeof(first), err) <= 0)
		return -1;
	if (memcmp(first, FIRST_LINE, sizeof(first)) != 0)
		return err_set(err, "not a recording of this version of harden");
	got = next_recorded(broker, err); /* HELLO */
	if (got <= 0 || wire_send(broker->jail_fd, &broker->out, err) < 0)
		return -1;
	while ((got = wire_receive(broker->jail_fd, &ask, &type, err)) > 0)
		if (replay_one(broker, &ask, type, err) < 0)
			return -1;
	return got;
}
