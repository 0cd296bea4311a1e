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

/* Sets the text. Its value is -1, so that `return err_set(…)` is the whole error path. */
void err_put(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);
#define err_set(...) (err_put(__VA_ARGS__), -1) /* a macro, so that analyzers see the value */

/* As err_set(), with ": " and the message of the current errno behind it. */
void err_put_sys(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);
#define err_sys(...) (err_put_sys(__VA_ARGS__), -1)

/* Puts context and ": " in front of a text that is already set. Its value is -1. */
void err_put_in(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);
#define err_in(...) (err_put_in(__VA_ARGS__), -1)

/* Memory ran out, or our own code is wrong: one line on stderr, then exit status 2. */
_Noreturn void die(const char *fmt, ...) PRINTF_LIKE(1, 2);

#endif
