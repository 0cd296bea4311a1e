/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Test Anything Protocol for C: each file in tests/unit/ is one program that calls ok() and
 * is_str() and returns done(). `prove` runs them all and closes with one count.
 */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count;
static int tap_failed;

__attribute__((format(printf, 4, 5), unused)) static bool tap_ok(bool passed, const char *file,
								 int line, const char *fmt, ...)
{
	va_list args;

	tap_count++;
	printf("%sok %d - ", passed ? "" : "not ", tap_count);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	if (!passed) {
		tap_failed++;
		printf("# at %s:%d\n", file, line);
	}
	(void)fflush(stdout); /* a child that is forked next must not print it again */
	return passed;
}

__attribute__((unused)) static bool tap_is_str(const char *got, const char *expected,
					       const char *file, int line, const char *name)
{
	bool same = got && expected ? strcmp(got, expected) == 0 : got == expected;

	(void)tap_ok(same, file, line, "%s", name);
	if (!same)
		printf("#      got: %s\n# expected: %s\n", got ? got : "(null)",
		       expected ? expected : "(null)");
	return same;
}

#define ok(condition, ...) tap_ok(condition, __FILE__, __LINE__, __VA_ARGS__)
#define is_str(got, expected, name) tap_is_str(got, expected, __FILE__, __LINE__, name)

__attribute__((unused)) static int done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed ? 1 : 0;
}

#endif
