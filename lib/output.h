/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the writers of results share: text that is safe to show, times, JSON by jansson. All of it
 * runs in a jail that cannot open a file; see output_time() for what that rules out.
 */
#ifndef LIB_OUTPUT_H
#define LIB_OUTPUT_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "lib/err.h"

/*
 * A copy with what is not printable escaped (see lib/text.h); the caller frees. Text that is
 * printable already, as all facts are, comes back as it is.
 */
char *output_printable(const char *text) __attribute__((returns_nonnull));

#define OUTPUT_TIME_SIZE sizeof("2026-11-21T01:24:00Z")
/* RFC 3339 in UTC. `text` has OUTPUT_TIME_SIZE bytes; returns it. */
char *output_time(int64_t seconds, char *text);

/* A JSON string by way of output_printable(); of NULL: null. */
json_t *output_string(const char *text) __attribute__((returns_nonnull));

/* The parts of "a, b" as an array of strings; of NULL: an empty one. */
json_t *output_list(const char *list) __attribute__((returns_nonnull));

/* Returns the value; ends the process when a builder of jansson ran out of memory. */
json_t *output_checked(json_t *value) __attribute__((returns_nonnull));

/* The value, which may be fresh from a builder, becomes the last member. */
void output_set(json_t *object, const char *key, json_t *value);
void output_add(json_t *array, json_t *value);

/* Writes the value, a newline, and flushes. The value stays the caller's. */
int output_json(FILE *out, const json_t *value, struct err *err) MUST_CHECK;

/* Flushes; -1 when this or any write before it failed. */
int output_finish(FILE *out, struct err *err) MUST_CHECK;

#endif
