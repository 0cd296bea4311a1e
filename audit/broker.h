/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [root] The broker of one probe: a process of its own with the rights of the run. It waits for
 * the jail to ask for one of the needs that the probe's spec declares, opens what that names, and
 * hands the bytes on without a look at them. It never parses.
 *
 * It is a process and not a function of the main loop because opening can hang (a dead network
 * mount, a process stuck in the kernel whose command line is read): then this process is killed
 * at the deadline, and the audit goes on.
 */
#ifndef AUDIT_BROKER_H
#define AUDIT_BROKER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "audit/given.h"
#include "audit/message.h"
#include "audit/namespaces.h"
#include "audit/probe.h"
#include "lib/buf.h"

struct trial;

struct broker {
	const struct probe *probe;
	const struct given *given;
	const struct namespaces *namespaces; /* found once for all probes of the run */
	const struct trial *trial; /* whose ruleset is handed out for a live one; NULL: none */
	struct span input; /* MESSAGE_INPUT messages, each behind its length as a 4-byte word */
	unsigned input_columns;
	struct calls *calls; /* calls.c: NULL until the first */
	uint64_t entered;    /* the namespace that calls were last made in; 0: not known any more */
	size_t *input_rows;  /* call_target.c: where each row stands in it; NULL: not looked at */
	size_t input_row_count;
	int timeout_ms; /* that the probe has for all; 0: no end */
	int jail_fd;
	int root_fd;   /* the folder that stands for "/" */
	int record_fd; /* all that is handed out is copied here; -1: nowhere */
	int replay_fd; /* a recording to hand out instead of the live host; -1: live */

	uint64_t namespace; /* that this process has entered, for READ_EACH; else 0 */
	struct wire out;    /* the message being filled */
	struct buf data;    /* the file being read */
};

/* Serves the jail until it goes. The process' exit status: 0, or 1 when something broke. */
int broker_run(struct broker *broker);

/* One item: what the jail is told of a file. */
struct broker_item {
	const char *path;
	int error;
	uint64_t inode;
	uint32_t mode;
	uint32_t uid;
	uint32_t gid;
	int64_t mtime;
	const char *exposed; /* NULL: "" */
	struct span data;
	bool is_cut;
};

/* Hands one item on, in one message or several. */
int broker_put(struct broker *broker, const struct broker_item *item, struct err *err) MUST_CHECK;

/* For those who open files: what stat() tells of it; and all of it, to the ceiling of `data`: an
 * errno. */
void broker_set_meta(struct broker_item *item, const struct stat *meta);
int broker_read_whole(int fd, struct buf *data);

/* Sends the rows of the probe's input. */
int broker_put_input(struct broker *broker, struct err *err) MUST_CHECK;

/* The sources of items, one for each kind of need: they call broker_put(). */
int broker_engine(struct broker *broker, const struct need *need, struct wire *ask,
		  struct err *err) MUST_CHECK;
int broker_clock(struct broker *broker, struct err *err) MUST_CHECK;
int broker_variable(struct broker *broker, struct wire *ask, struct err *err) MUST_CHECK;
int broker_named(struct broker *broker, const struct need *need, struct wire *ask,
		 struct err *err) MUST_CHECK;
int broker_files(struct broker *broker, const struct need *need, struct err *err) MUST_CHECK;
/* Of the processes that the jail names, where the pattern is for each one. */
bool broker_takes_pids(const struct need *need);
int broker_files_of(struct broker *broker, const struct need *need, struct wire *ask,
		    struct err *err) MUST_CHECK;
int broker_given(struct broker *broker, const struct need *need, struct err *err) MUST_CHECK;
bool dump_has_argument(const struct need *need);
int broker_dump(struct broker *broker, const struct need *need, struct wire *ask,
		struct err *err) MUST_CHECK;
int broker_read_each(struct broker *broker, const struct need *need, struct err *err) MUST_CHECK;
int broker_namespaces(struct broker *broker, struct err *err) MUST_CHECK;

#endif
