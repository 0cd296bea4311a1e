/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recorded hosts. A recording of a probe is every message that passed between its broker and the
 * jail, each behind its length (4 bytes, little-endian), after one line of text that names the
 * format. `harden record` makes a folder of them, NAME.rec for each probe, and `host`, three
 * lines of text: the host's name, the time, and the program's version.
 */
#ifndef AUDIT_RECORD_H
#define AUDIT_RECORD_H

#include <stdint.h>

#include "lib/err.h"
#include "lib/span.h"
#include "lib/wire.h"

struct broker;

/* What the file `host` of a recording says. */
struct recording {
	char host[256];
	int64_t time; /* seconds since the epoch */
};

/* Creates NAME.rec in the folder and writes the first line; returns the descriptor or -1. */
int record_create(int folder_fd, const char *name, struct err *err) MUST_CHECK;
/* Appends one message. */
int record_message(int fd, const struct wire *message, struct err *err) MUST_CHECK;

int record_write_host(int folder_fd, const struct recording *recording, struct err *err) MUST_CHECK;
/* Opens the file of a recording; -1 with errno. */
int record_open_host(int folder_fd);
/* [jail] Reads it. */
int record_read_host(struct span rest, struct recording *out, struct err *err) MUST_CHECK;

/* Opens NAME.rec for replay; -1 with errno ENOENT when the recording has no such probe. */
int replay_open(int folder_fd, const char *name);

/*
 * The broker over a recording. A recording is foreign bytes: this first gives up all rights of
 * root and closes the jail's filter over itself, and only then reads it.
 */
int replay_run(struct broker *broker, struct err *err) MUST_CHECK;

#endif
