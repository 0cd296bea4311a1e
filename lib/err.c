/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors as values: see err.h. */
#include "lib/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void err_put(struct err *err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(err->text, sizeof(err->text), fmt, args); /* a cut text is still a text */
	va_end(args);
}

void err_put_sys(struct err *err, const char *fmt, ...)
{
	int saved = errno;
	size_t len;
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	len = strlen(err->text);
	(void)snprintf(err->text + len, sizeof(err->text) - len, ": %s", strerror(saved));
}

void err_put_in(struct err *err, const char *fmt, ...)
{
	struct err inner = *err;
	size_t len;
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	len = strlen(err->text);
	(void)snprintf(err->text + len, sizeof(err->text) - len, ": %s", inner.text);
}

void die(const char *fmt, ...)
{
	va_list args;

	(void)fputs("harden: ", stderr);
	va_start(args, fmt);
	(void)vfprintf(stderr, fmt, args);
	va_end(args);
	(void)fputc('\n', stderr);
	exit(2);
}
