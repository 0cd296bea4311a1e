/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What the probes that ask container engines share: which engines there are, and how their
 * answers are read (Docker Engine API, docs.docker.com/reference/api/engine, which podman serves as
 * well). Of a tree that an engine sent any member may be missing, or of another type.
 */
#ifndef AUDIT_ENGINE_ANSWER_H
#define AUDIT_ENGINE_ANSWER_H

#include "audit/probe.h"
#include "lib/json.h"

#define ENGINE_MAX_TREE ((size_t)128 << 20) /* bytes of memory for what one answer says */
#define ENGINE_MAX_IDS 8192U                /* containers or networks of one engine */
#define ENGINE_ID_LENGTH 64U /* hexadecimal digits of a container's or network's id */

/*
 * The input of a probe that asks all engines of root. systemd would start one that does not run:
 * podman comes and goes so, Docker does not. Where there is no socket nobody is asked, so that a
 * recording lacks nothing. The last column: a Docker of root's runs that ought to answer there; one
 * in a container has a socket of its own.
 */
#define ENGINES_INPUT                                                                              \
	"SELECT EXISTS (SELECT 1 FROM processes WHERE comm = 'dockerd')"                           \
	"       AND EXISTS (SELECT 1 FROM engine_sockets WHERE path = '/run/docker.sock'),"        \
	"       EXISTS (SELECT 1 FROM engine_sockets WHERE path = '/run/podman/podman.sock'),"     \
	"       EXISTS (SELECT 1 FROM processes"                                                   \
	"                WHERE comm = 'dockerd' AND uid = 0 AND container IS NULL)"

/* An engine that is asked. */
struct engine {
	struct host *host;
	const char *name; /* docker or podman */
	const char *socket;
	int64_t uid;      /* of its owner, where that is not root */
	bool is_silent;   /* it did not come to an end once: it is not asked again */
	const char *what; /* here and below: of engine_ask_each() */
	struct span *ids;
	unsigned id_count;
};

/*
 * Reads ENGINES_INPUT and calls `ask` for each engine that may be there, which says 1 when it was,
 * 0 when not. Where none was, the table is said to be absent; where a Docker runs that was not
 * asked, as it may listen elsewhere (dockerd -H), to be partial.
 */
int engines_ask(struct host *host, int (*ask)(struct engine *engine, struct err *err),
		struct err *err) MUST_CHECK;

/*
 * A question, by its index in the probe's needs. What the engine says to it goes to `take`, whose
 * tree is gone afterwards; what went wrong has been told by then. 1: there is an engine.
 */
struct engine_question {
	unsigned need;
	void (*take)(struct engine *engine, struct span id, const struct json *root,
		     struct arena *arena);
};
int engine_ask(struct engine *engine, const struct engine_question *question,
	       struct err *err) MUST_CHECK;

/*
 * The same in two steps: a need for the list of all that there are, and then the question for each,
 * by its id. `what` is what one of them is called, as in "a network".
 */
int engine_ask_each(struct engine *engine, unsigned list_need, const char *what,
		    const struct engine_question *question, struct err *err) MUST_CHECK;

/* True for the 64 digits of an id. */
bool engine_is_id(struct span text);

/*
 * True for what may be the name of a container or a network, which needs no quoting:
 * docs.docker.com/reference/cli/docker/network/create, and podman's the same.
 */
bool engine_is_name(struct span text);

/* The text of a member; empty when there is none. Borrowed. */
struct span engine_text(const struct json *object, const char *key);

/* The first element of a member that is a list; NULL when it is none, or empty. */
const struct json *engine_list(const struct json *object, const char *key);

/* A value of a row: NULL in place of an empty text; 1 for true, and 0 for all else. */
void engine_put_text(struct host *host, struct span value);
void engine_put_bool(struct host *host, const struct json *object, const char *key);

/* A list of texts, as one with commas; NULL stays "". */
void engine_put_list(struct host *host, const struct json *list, struct arena *arena);

#endif
