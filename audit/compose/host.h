/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] A project out of what root hands over, for the probes about it. */
#ifndef AUDIT_COMPOSE_HOST_H
#define AUDIT_COMPOSE_HOST_H

#include "audit/compose/compose.h"
#include "audit/probe.h"

/* The needs of such a probe, in this order, before its own. */
#define COMPOSE_NEEDS                                                                              \
	{READ, "@compose"}, {STAT, "@compose-directory"}, {READ_NAMED, ""}, {SECRET_NAMED, ""},    \
	    {VARIABLE, ""}, {STAT_NAMED, ""}, {READ, "@compose-default"}, {STAT, "@env-file"},     \
	{                                                                                          \
		READ_SECRET, "@env-file"                                                           \
	}
enum compose_need {
	COMPOSE_NEED_GIVEN,
	COMPOSE_NEED_DIRECTORY,
	COMPOSE_NEED_FILE,
	COMPOSE_NEED_SECRET,
	COMPOSE_NEED_VARIABLE,
	COMPOSE_NEED_STAT,
	COMPOSE_NEED_DEFAULT,
	COMPOSE_NEED_ENV_FILE_STAT,
	COMPOSE_NEED_ENV_FILE,
};

/* A file that was read, given or named. */
struct compose_file {
	struct compose_file *next;
	const char *path;  /* absolute */
	const char *shown; /* as the user wrote it, or relative to where harden was called */
	const char
	    *exposed; /* of a given one, or its folder: see struct item; NULL: nobody could */
	struct span data;
	bool is_given;
	bool is_secret; /* of variables */
	bool is_layer;  /* one of the files that are merged */
	uint32_t mode;
	uint32_t uid;
	uint32_t gid;
};

struct compose_host {
	struct compose compose;
	struct host *host;
	struct compose_file *files; /* in the order in which they were read */
	struct compose_file **last;
	const struct compose_file *folder; /* that was given in the place of files; NULL: none */
	bool is_finding;                   /* while COMPOSE_FILE names what is read */
};

/*
 * Reads the project that the user gave. Without one compose.root is NULL and the table is absent. A
 * file that is only named is not read when who owns the Compose file, or can write to the folder
 * that it was found in, could not read it: root would be showing him what it holds.
 */
int compose_open(struct host *host, struct compose_host *out, struct err *err) MUST_CHECK;

/* Any file that the project names, as compose.read() does for the loader. */
int compose_read_named(struct compose_host *project, const char *path, bool is_secret,
		       struct compose_content *out, struct err *err) MUST_CHECK;

/* What depends on variables that are not set is not known: says so of the value's line. */
void compose_say_unset(struct compose_host *project, const struct compose_node *at,
		       const char *what);

#endif
