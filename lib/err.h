/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors as values. A fallible function takes `struct err *err` last and returns 0 or -1; the
 * text reads outside-in: object, place, fault. The struct is fixed-size on the caller's stack,
 * so that setting one can neither leak nor fail.
 */
#ifndef LIB_ERR_H
#define LIB_ERR_H

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

struct err {
	char text[512];
};

/* Sets the text. Always returns -1, so that `return err_set(…)` is the whole error path. */
int err_set(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* As err_set(), with ": " and the message of the current errno behind it. */
int err_sys(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Puts context and ": " in front of a text that is already set. Always returns -1. */
int err_in(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Memory ran out, or our own code is wrong: one line on stderr, then exit status 2. */
_Noreturn void die(const char *fmt, ...) PRINTF_LIKE(1, 2);

#endif
