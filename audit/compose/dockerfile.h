/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Dockerfiles: docs.docker.com/reference/dockerfile and, where it is silent, BuildKit's
 * frontend/dockerfile/parser. What is read is what a stage leaves behind: who it runs as, what it
 * is built on, and the secrets that stay in it.
 */
#ifndef AUDIT_COMPOSE_DOCKERFILE_H
#define AUDIT_COMPOSE_DOCKERFILE_H

#include "audit/compose/services.h"

/* Ceilings of one file. */
#define DOCKERFILE_MAX_BYTES (1U << 20)
#define DOCKERFILE_MAX_STAGES 256U
#define DOCKERFILE_MAX_LINE 65536U /* with all that continues it */
#define DOCKERFILE_MAX_VARIABLES 1000U
#define DOCKERFILE_MAX_NAMES 64U /* of secrets or key files that are listed of one stage */

/* One instruction: its lines put together, without comments and the texts of heredocs. */
struct dockerfile_line {
	struct span text;
	unsigned line;
};

struct dockerfile_reader {
	struct arena *arena;
	struct span rest;
	unsigned line;  /* of what is read next */
	char escape;    /* \ or, by directive, ` */
	bool has_begun; /* directives stand before everything else */
};

void dockerfile_begin(struct dockerfile_reader *reader, struct arena *arena, struct span text);
/* 1: an instruction; 0: the end; -1: an error, which begins with the line. */
int dockerfile_next(struct dockerfile_reader *reader, struct dockerfile_line *out,
		    struct err *err) MUST_CHECK;
/* The next word of *rest, quotes and escapes resolved; false when there is none. */
bool dockerfile_word(const struct dockerfile_reader *reader, struct span *rest, struct span *out);

/* Names with commas between; "" when there are none, and the line of the first. */
struct dockerfile_names {
	const char *text;
	unsigned count;
	unsigned line;
};

struct dockerfile_stage {
	struct dockerfile_stage *next;
	unsigned index;
	unsigned line;
	const char *name; /* NULL: it has none */
	struct compose_image image;
	const struct dockerfile_stage *base; /* stage that it is built on; NULL: an image */
	const char *user;                    /* NULL: the base image decides */
	unsigned user_line;
	bool is_user_unknown;            /* depends on an argument without a value */
	bool is_final;                   /* what is built */
	bool is_shipped;                 /* the final one, and those that it is built on */
	struct dockerfile_names secrets; /* ARG and ENV that have one as a text */
	struct dockerfile_names handed;  /* ARG and ENV that take one from outside, and keep it */
	struct dockerfile_names keys;    /* files of keys that are copied in */
	struct compose_variable *variables;
};

struct dockerfile {
	struct compose *compose;
	struct span text;
	unsigned lines_above;            /* of the file that it stands in */
	const struct compose_node *args; /* build.args of the service; NULL: none */
	const char *target;              /* build.target; NULL: the last stage */
};

/* The stages in their order. An error begins with the line: "12: …". */
int dockerfile_parse(const struct dockerfile *file, struct dockerfile_stage **out,
		     struct err *err) MUST_CHECK;

#endif
