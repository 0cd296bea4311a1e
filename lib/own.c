/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ownership by scope, and allocation that cannot fail: see own.h. */
#include "lib/own.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/err.h"

void own_free(void *ptr_to_ptr)
{
	void *ptr;

	memcpy(&ptr, ptr_to_ptr, sizeof(ptr));
	free(ptr);
}

void own_close(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd); /* read side, or checked before: nothing to do about a failure */
}

void own_fclose(FILE **file)
{
	if (*file)
		(void)fclose(*file); /* as own_close() */
}

int steal_fd(int *fd)
{
	int held = *fd;

	*fd = -1;
	return held;
}

void *steal_ptr(void *ptr_to_ptr)
{
	void *held;
	void *empty = NULL;

	memcpy(&held, ptr_to_ptr, sizeof(held));
	memcpy(ptr_to_ptr, &empty, sizeof(empty));
	return held;
}

void *xcalloc(size_t count, size_t size)
{
	void *ptr = calloc(count ? count : 1, size ? size : 1);

	if (!ptr)
		die("out of memory (%zu bytes)", size);
	return ptr;
}

void *xrealloc(void *ptr, size_t count, size_t size)
{
	void *grown = reallocarray(ptr, count ? count : 1, size ? size : 1);

	if (!grown)
		die("out of memory (%zu bytes)", size);
	return grown;
}

char *xstrdup(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(xcalloc(size, 1), text, size);
}

char *xasprintf(const char *fmt, ...)
{
	char *text;
	va_list args;
	int len;

	va_start(args, fmt);
	len = vasprintf(&text, fmt, args);
	va_end(args);
	if (len < 0)
		die("out of memory");
	return text;
}
