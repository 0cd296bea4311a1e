/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The intent: which ports are meant to be open to whom, and what the team has waived. It
 * comes as a harden policy (YAML), as the output of `aws ec2 describe-security-groups`, or as
 * the output of `terraform show -json`; contents tell them apart. Egress is never intent.
 */
#ifndef AUDIT_INTENT_H
#define AUDIT_INTENT_H

#include <stdbool.h>

#include "audit/probe.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/span.h"

/* Ceilings of one file. */
#define INTENT_MAX_ALLOWS 100000U
#define INTENT_MAX_SETTINGS 1000U
#define INTENT_MAX_PASSWORD 128U
#define INTENT_MAX_CERTIFICATES 1000U

#define INTENT_NO_PORT (-1)

/* One range of ports (or a protocol without ports) that may be reached from one source. */
struct intent_allow {
	const char *origin; /* "policy", "aws" or "terraform" */
	const char *group;  /* identifier or Terraform address; of a policy NULL */
	/* "tcp", "udp", "icmp", "icmpv6", "all", or a number of IANA's; NULL: it allows nothing */
	const char *protocol;
	int port_first; /* 0 to 65535, both included; INTENT_NO_PORT where there are none */
	int port_last;
	const char *source;     /* prefix as lib/inet.h writes it; NULL: not known */
	const char *source_ref; /* what only the cloud resolves: "group sg-1"; else NULL */
	const char *why;        /* NULL: not said */
	unsigned line;
};

struct intent_waiver {
	const char *rule;
	const char *subject;
	const char *until; /* YYYY-MM-DD, a day of the calendar */
	const char *reason;
	unsigned line;
};

struct intent_setting {
	const char *key;
	const char *value; /* as written */
	unsigned line;
};

/*
 * Who reads: the functions are called for each item in the order of the file, and may be NULL.
 * One that returns -1 ends the reading; its message begins with the line, as those of
 * intent_parse() do. What they are given lives in the arena.
 */
struct intent_reader {
	struct arena *arena;
	void *context;
	int (*allow)(const struct intent_reader *reader, const struct intent_allow *allow,
		     struct err *err);
	int (*waiver)(const struct intent_reader *reader, const struct intent_waiver *waiver,
		      struct err *err);
	int (*setting)(const struct intent_reader *reader, const struct intent_setting *setting,
		       struct err *err);
	/* one that services are tried with; never put into a row or a message */
	int (*password)(const struct intent_reader *reader, const char *password, struct err *err);
	/* A path or pattern of `certificates`: absolute. */
	int (*certificate)(const struct intent_reader *reader, const char *path, struct err *err);
	const char *path;     /* of the file being read: set by intent_read_files() */
	bool has_scope;       /* set, never cleared: a file said which ports are meant to be open */
	bool has_later_ports; /* the same: a plan lets somebody in, by ports that it cannot tell */
};

/*
 * Reads one file. An error begins with the line: "14: port range 9000-8000 is reversed". Items
 * that stand before an error may have been handed out already.
 */
int intent_parse(struct span input, struct intent_reader *reader, struct err *err) MUST_CHECK;

/* Reads all items of the need, which is @intent. Errors name the file, as intent_blame() does. */
int intent_read_files(struct host *host, unsigned need, struct intent_reader *reader,
		      struct err *err) MUST_CHECK;

/* -1 when root could not read the item, or not to its end: "intent sg.json: No such file". */
int intent_check_item(const struct item *item, const char *role, struct err *err) MUST_CHECK;

/*
 * Puts role and file in front of a message that begins with a line:
 * "intent sg.json:14: port range 9000-8000 is reversed". Always returns -1.
 */
int intent_blame(const char *role, const char *path, struct err *err);

#endif
