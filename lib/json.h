/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON and YAML files as one tree of values, each with the line that it stands in, so that a
 * message can point at it. jansson reads JSON, libyaml reads YAML; both refuse duplicate keys.
 * Writing JSON is jansson's alone: see reports/json.c. (jansson.h has enumerators of the same
 * names: no file can include both.)
 */
#ifndef LIB_JSON_H
#define LIB_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/span.h"

/* Ceilings: what lies beyond them is an error that says so. */
#define JSON_MAX_BYTES (16U << 20)
#define JSON_MAX_DEPTH 128
#define JSON_MAX_VALUES 1000000U /* a YAML alias counts as all that it stands for */

enum json_type {
	JSON_NULL,
	JSON_BOOL,
	JSON_INTEGER,
	JSON_REAL,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json {
	enum json_type type;
	unsigned line;      /* 1 is the first; of an object's member: where its key stands */
	const char *key;    /* in an object: the member's name (any bytes but NUL); else NULL */
	struct json *next;  /* the sibling behind it, in the file's order */
	struct json *child; /* of an array or object: the first */
	int64_t integer;    /* JSON_INTEGER; JSON_BOOL: 0 or 1; else 0 */
	double real;        /* JSON_REAL */
	struct span text;   /* JSON_STRING: decoded; other scalars: as written; NUL behind */
	const char *tag;    /* of json_read_yaml_loose(): as written; else NULL */
};

/*
 * Reads one document; the tree lives in the arena. The message of an error begins with the line:
 * "14: duplicate key "IpProtocol"". Empty input is an error. Keys and strings with NUL are errors.
 */
int json_read(struct span input, struct arena *arena, struct json **out,
	      struct err *err) MUST_CHECK;

/*
 * The same for one YAML document: core-schema null, true, false and decimal integers are typed,
 * every other plain scalar is a string (22:22 is text and not a base-60 number, 010 text and
 * neither eight nor ten). Keys must be scalars; tags, merge keys, a second document, anchors given
 * twice and aliases inside their own anchor are errors. An alias shares the members of its anchor:
 * the tree is read-only.
 */
int json_read_yaml(struct span input, struct arena *arena, struct json **out,
		   struct err *err) MUST_CHECK;

/*
 * The same for files that belong to other programs, whose readers take more (Compose's): tags are
 * kept, merge keys are members with the key "<<", whose alias or list of aliases nobody has merged,
 * an anchor may be given again, and the documents are siblings.
 */
int json_read_yaml_loose(struct span input, struct arena *arena, struct json **out,
			 struct err *err) MUST_CHECK;

/* True when the first byte that is no blank (or byte order mark) is '{' or '['. */
bool json_looks_like_json(struct span input);

/* The member of that name, or NULL (also when `object` is NULL or no object). */
struct json *json_get(const struct json *object, const char *key);

/*
 * Must be called once before the jail closes: jansson seeds its hash tables from a system call
 * that the jail forbids.
 */
void json_prepare(void);

#endif
