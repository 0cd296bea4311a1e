/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The inside of a trial (see trial.h): process 1 of the new namespaces. It makes the links,
 * runs a program for each file, and tells main what came of it.
 */
#ifndef AUDIT_TRIAL_LOAD_H
#define AUDIT_TRIAL_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/given.h"

#define TRIAL_MAX_SAID 4096U /* bytes of an error message; what lies beyond is lost */

enum trial_note_kind {
	NOTE_READY,    /* with a descriptor: struct trial's netlink_fd */
	NOTE_LISTENER, /* with a descriptor: see trial_room.h */
	NOTE_LOADED,   /* all of them */
	NOTE_REFUSED,  /* `file` did not load; `said` is the program's message */
	NOTE_FAILED,   /* it is no fault of a file; `said` is the reason */
};

/* What is told, one a datagram. */
struct trial_note {
	uint32_t kind;
	uint32_t file; /* index into the given files */
	uint32_t len;
	char said[TRIAL_MAX_SAID];
};

struct trial_inside {
	const struct given *given;
	int main_fd;  /* to tell main */
	int route_fd; /* NETLINK_ROUTE in the live namespace, for its links */
	bool is_root; /* the caller is */
};

/* Waits for main's word that the identities are mapped, and does it all. */
_Noreturn void trial_inside(const struct trial_inside *inside);

/* One note, with a descriptor unless it is -1. */
int trial_tell(int main_fd, const struct trial_note *note, int fd);

/* The links of the namespace of route_fd, by name and index, in this process' one. */
int trial_make_links(int route_fd, struct err *err) MUST_CHECK;

/* Which program loads the file; NULL with the reason. */
const char *const *trial_program(struct span file, const char **why);

/* Why it cannot be tried here, though it may be right; NULL: it can. */
const char *trial_obstacle(struct span file, bool is_root);

#endif
