/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Compose files: what `docker compose up` is about to start, as it would read them. The
 * files are read, interpolated, extended, included and merged into one tree, in which each value
 * still knows its file and line; services.h takes the tree apart.
 *
 * The reference is the Compose specification (docs.docker.com/reference/compose-file) and, where it
 * is silent, the loader of compose-go. Keys that are not known are left alone: harden is no
 * validator, and tomorrow's Compose has more of them.
 */
#ifndef AUDIT_COMPOSE_COMPOSE_H
#define AUDIT_COMPOSE_COMPOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/span.h"

/* Ceilings of one project. */
#define COMPOSE_MAX_NODES 400000U
#define COMPOSE_MAX_MEMBERS 4000U /* of one mapping */
#define COMPOSE_MAX_FILES 256U
#define COMPOSE_MAX_DEPTH 32U /* of include, and of a service that extends one that extends … */
#define COMPOSE_MAX_TEXT 65536U
#define COMPOSE_MAX_VARIABLES 2048U /* of all .env files, and asked of the environment */

/*
 * Stands in a text for a variable that is not set anywhere, where Compose puts nothing: so it can
 * be said what depends on it. No text of a file can hold it.
 */
#define COMPOSE_UNSET '\1'

enum compose_tag { COMPOSE_PLAIN, COMPOSE_RESET, COMPOSE_OVERRIDE };
enum compose_state { COMPOSE_NEW, COMPOSE_OPEN, COMPOSE_DONE };

struct compose_node {
	enum json_type type;
	const char *key; /* in a mapping; else NULL */
	struct compose_node *next;
	struct compose_node *child;
	struct span text; /* of a scalar, NUL behind; may hold COMPOSE_UNSET */
	bool is_true;
	bool has_variable; /* some of the text came from a variable */
	bool has_default;  /* some of it is a default, written in the file */
	const char *unset; /* the first variable that is COMPOSE_UNSET in it; NULL: none */
	enum compose_tag tag;
	enum compose_state state; /* of a service, while extends is resolved */
	const char *file;         /* as it is shown */
	const char *folder;       /* absolute: what relative paths refer to */
	unsigned line;
};

struct compose_variable {
	struct compose_variable *next;
	const char *name;
	const char *value; /* NULL: not set */
	bool has_variable; /* made of others */
	unsigned line;
};

/* What a file that was named holds, or why it could not be read. */
struct compose_content {
	struct span data;
	int error; /* errno; ENOENT: it is not there */
};

/*
 * One project, and whom it asks. read() and variable() return -1 only when asking itself breaks
 * off; is_secret: the file is one of variables. incomplete() takes a sentence, the same from run to
 * run, on what could not be read.
 */
struct compose {
	struct arena *arena;
	void *context;
	int (*read)(struct compose *compose, const char *path, bool is_secret,
		    struct compose_content *out, struct err *err);
	int (*variable)(struct compose *compose, const char *name, const char **out,
			struct err *err);
	void (*incomplete)(struct compose *compose, const char *detail);
	const char *directory; /* absolute: where harden was called */
	/* what follows is the loader's */
	const char *folder;        /* of the project */
	const char *name;          /* of the project */
	struct compose_node *root; /* NULL: no file was given */
	struct compose_variable *environment;
	struct compose_variable *dotenv; /* of the project's folder, or of the files in its place */
	const char *dotenv_path;         /* of the last .env file that was looked for */
	bool has_env_files;              /* others were given, and no .env file counts */
	const char
	    *unread; /* a .env file that could not be read: what depends on it is not known */
	struct compose_loaded *loaded;
	unsigned nodes;
	unsigned files;
	unsigned variables;
};

/* Whose variables count while a file is read, and where its relative paths lead. */
struct compose_scope {
	struct compose *compose;
	const struct compose_scope *outer; /* that includes this one */
	const struct compose_variable *dotenv;
	const char *folder;
	const char *path;  /* absolute */
	const char *shown; /* the file's name in messages and rows */
	bool is_raw;    /* of a .env file: values are what stands behind the =, to the line's end */
	bool is_closed; /* the caller's environment does not count */
	bool is_named;  /* no file of the user's: its contents are not repeated in messages */
};

/* A file of the command line, in the order given. */
struct compose_given {
	const char *path; /* as the user wrote it */
	struct span data;
	bool is_named; /* not by the user: see struct compose_scope */
};

/* Reads and merges all files. An error is whole: "compose docker-compose.yml:12: …". */
int compose_load(struct compose *compose, const struct compose_given *files, size_t count,
		 struct err *err) MUST_CHECK;

/* What COMPOSE_FILE of a folder's .env file, or of those in its place, names. */
struct compose_found {
	bool is_set;
	bool is_unknown; /* that file could not be read: compose->incomplete has been told */
	struct compose_given *files; /* those that could be read */
	size_t count;
};
int compose_find(struct compose *compose, const char *folder, struct compose_found *out,
		 struct err *err) MUST_CHECK;

/*
 * Adds the variables of that folder's .env file to compose->dotenv; those that are there count
 * more. None are added in the place of files that were given.
 */
int compose_load_variables(struct compose *compose, const char *folder, struct err *err) MUST_CHECK;

/* ---- what its files share ---- */

/* Sets "compose FILE:LINE: …"; its value is -1. */
void compose_set_fault(const struct compose_node *at, struct err *err, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
#define compose_fault(...) (compose_set_fault(__VA_ARGS__), -1)
int compose_blame(const struct compose_scope *scope, struct err *err);

/* The text escaped and cut, to be quoted in a message. */
const char *compose_shown(struct compose *compose, struct span text);

/* node.c */
int compose_from_json(const struct compose_scope *scope, const struct json *value,
		      struct compose_node **out, struct err *err) MUST_CHECK;
struct compose_node *compose_get(const struct compose_node *mapping, const char *key);
/* The scalar of that key as text, NULL when there is none; variables that are not set are nothing.
 */
const char *compose_text(struct compose *compose, const struct compose_node *mapping,
			 const char *key);
/* Without COMPOSE_UNSET: what Compose would see. */
const char *compose_plain(struct compose *compose, struct span text);
bool compose_is_unset(const struct compose_node *value);
bool compose_is_scalar(const struct compose_node *value);
struct compose_node *compose_new(struct compose *compose, const struct compose_node *like,
				 enum json_type type);
int compose_copy(struct compose *compose, const struct compose_node *value,
		 struct compose_node **out, struct err *err) MUST_CHECK;
void compose_remove(struct compose_node *mapping, const char *key);
int compose_check_size(const struct compose *compose, const struct compose_node *at,
		       struct err *err) MUST_CHECK;

/* interpolate.c: ${NAME:-default} and its kin. The text of *out must be empty. */
struct compose_result {
	struct span text;
	bool has_variable;
	bool has_default;
	const char *unset; /* name of the first variable that is not set */
};
int compose_interpolate(const struct compose_scope *scope, struct span text,
			struct compose_result *out, struct err *err) MUST_CHECK;
/* The value of a variable, or NULL. */
int compose_lookup(const struct compose_scope *scope, const char *name, const char **out,
		   struct err *err) MUST_CHECK;

/* dotenv.c: the variables of a .env file are put in front of *out, later ones first. */
int compose_read_dotenv(const struct compose_scope *scope, struct span text,
			struct compose_variable **out, struct err *err) MUST_CHECK;

/* normal.c: the short forms of a service as the long ones, so that merging knows one. */
int compose_normalize(struct compose *compose, struct compose_node *root,
		      struct err *err) MUST_CHECK;

/* merge.c: puts `over` over `base`, whose nodes it takes; the result is in *base. */
int compose_merge(struct compose *compose, struct compose_node **base, struct compose_node *over,
		  struct err *err) MUST_CHECK;
/* What is tagged !reset stays in the tree, so that it still counts one layer up, until this. */
void compose_drop_resets(struct compose_node *value);

/* extends.c: all services of one file, whose `extends` are gone then. */
int compose_extend(const struct compose_scope *scope, struct compose_node *root,
		   struct err *err) MUST_CHECK;
/* include.c: what the file includes goes below it. */
int compose_include(const struct compose_scope *scope, struct compose_node **root,
		    struct err *err) MUST_CHECK;

/* load.c: one file, converted and normalized, with extends and include as they stand. */
int compose_read_file(const struct compose_scope *scope, struct span data,
		      struct compose_node **out, struct err *err) MUST_CHECK;
/* The same with both applied, put over what *root has. */
int compose_add_layer(const struct compose_scope *scope, struct span data,
		      struct compose_node **root, struct err *err) MUST_CHECK;
/* True for what Compose fetches from elsewhere: a Git or OCI reference. */
bool compose_is_remote(const char *path);
/*
 * The content of scope->path, which the node names. 1: it could not be read, and
 * compose->incomplete has been told.
 */
int compose_fetch(const struct compose_scope *scope, const struct compose_node *by,
		  struct span *out, struct err *err) MUST_CHECK;
/* Variables of a .env file, none when it is not there. */
int compose_load_dotenv(const struct compose_scope *scope, const char *path,
			struct compose_variable **out, struct err *err) MUST_CHECK;

/* path.c: an absolute path without "." and ".."; `folder` is absolute. */
const char *compose_join(struct arena *arena, const char *folder, const char *path);
const char *compose_folder_of(struct arena *arena, const char *path);
/* As it is shown: relative when it lies below the directory that harden was called in. */
const char *compose_relative(const struct compose *compose, const char *path);

#endif
