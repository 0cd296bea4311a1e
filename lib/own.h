/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ownership by scope: a variable marked auto_… is released when its scope ends; steal_ptr() and
 * steal_fd() hand it on. File descriptors are -1 when empty.
 */
#ifndef LIB_OWN_H
#define LIB_OWN_H

#include <stddef.h>
#include <stdio.h>

void own_free(void *ptr_to_ptr);
void own_close(const int *fd);
void own_fclose(FILE **file);

#define auto_free __attribute__((cleanup(own_free)))
#define auto_close __attribute__((cleanup(own_close)))
#define auto_fclose __attribute__((cleanup(own_fclose)))

/* Empties *fd and returns what it held. */
int steal_fd(int *fd);
/* Empties the pointer that ptr_to_ptr points at and returns what it held. */
void *steal_ptr(void *ptr_to_ptr);

/* malloc family that never returns NULL: memory exhaustion ends the process with one line. */
void *xcalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *ptr, size_t count, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *text) __attribute__((malloc, returns_nonnull));
/* The caller frees the result. */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2), returns_nonnull));

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

#endif
