/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What the parsers of the three kinds of intent share; private to this folder. They work on
 * the values of lib/json.h, so that each kind may be written as JSON or as YAML.
 */
#ifndef AUDIT_INTENT_PARSE_H
#define AUDIT_INTENT_PARSE_H

#include "audit/intent.h"
#include "lib/json.h"

struct intent_parse {
	struct intent_reader *reader;
	unsigned allows;   /* handed out so far */
	unsigned settings; /* the same */
	unsigned certificates;
	bool null_is_unset; /* a key that is not known may pass when its value is null */
	/* Terraform only: */
	bool is_plan;               /* what it leaves out may be known later */
	const struct json *changes; /* "resource_changes" of a plan, or NULL */
};

int intent_parse_policy(struct intent_parse *parse, const struct json *root,
			struct err *err) MUST_CHECK;
int intent_parse_aws(struct intent_parse *parse, const struct json *root,
		     struct err *err) MUST_CHECK;
int intent_parse_terraform(struct intent_parse *parse, const struct json *root,
			   struct err *err) MUST_CHECK;

/* Sets "LINE: …", and is -1: a macro, so that an analyzer of one file at a time sees that too. */
#define intent_fault(...) (intent_set_fault(__VA_ARGS__), -1)
void intent_set_fault(const struct json *at, struct err *err, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* A text from the file for a message: printable, and not long. */
const char *intent_shown(const struct intent_parse *parse, const char *text);

/* True for a member that is not there or null: JSON writers use both for "not set". */
bool intent_is_unset(const struct json *value);

/*
 * Members other than `known` (ends with NULL) may change what the object means: an error that
 * names the object as `what`.
 */
int intent_check_keys(const struct intent_parse *parse, const struct json *object, const char *what,
		      const char *const *known, struct err *err) MUST_CHECK;

/* The text of a member that must be there and not be empty; of a scalar of any type as written. */
int intent_need_text(const struct json *object, const char *key, const char **out,
		     struct err *err) MUST_CHECK;

/* The text of a member; NULL goes to *out where it is unset or empty. */
int intent_may_text(const struct json *object, const char *key, const char **out,
		    struct err *err) MUST_CHECK;

/* A prefix of that family (AF_UNSPEC: of either), written as lib/inet.h writes it. */
int intent_prefix(const struct intent_parse *parse, const struct json *value, int family,
		  const char **out, struct err *err) MUST_CHECK;

/* The names under which an object says protocol and ports. */
struct intent_port_keys {
	const char *protocol;
	const char *from;
	const char *to;
};

/* Protocol and ports of an AWS rule go to the fields of *out. */
int intent_aws_ports(const struct intent_parse *parse, const struct json *rule,
		     const struct intent_port_keys *keys, struct intent_allow *out,
		     struct err *err) MUST_CHECK;

/* Hands out that the group or policy lets nobody in: others are compared with that too. */
int intent_emit_nothing(struct intent_parse *parse, const struct intent_allow *of,
			struct err *err) MUST_CHECK;

/* Hands it out. */
int intent_emit(struct intent_parse *parse, const struct intent_allow *allow,
		struct err *err) MUST_CHECK;

#endif
