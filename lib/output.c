/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writers of results share: see output.h. */
#include "lib/output.h"

#include <errno.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/own.h"
#include "lib/span.h"
#include "lib/text.h"

#define MAX_TEXT (4U << 20) /* bytes of one escaped text */
#define DAY 86400
#define LAST_SECOND 253402300799 /* 9999-12-31T23:59:59Z: RFC 3339 has four digits of year */

char *output_printable(const char *text)
{
	struct span raw = span_of(text);
	auto_buf struct buf escaped = {.ceiling = MAX_TEXT};

	if (text_is_printable(raw))
		return xstrdup(text);
	text_escape(&escaped, raw, MAX_TEXT - sizeof("…"));
	return xstrdup(buf_string(&escaped));
}

/*
 * gmtime_r() would do but for its first call, which opens the time zone file even though UTC
 * needs none (glibc time/tzset.c: tzset_internal), and the jail kills for that. The calendar is
 * the proleptic Gregorian one, counted in eras of 400 years from 0000-03-01.
 */
char *output_time(int64_t seconds, char *text)
{
	int64_t at = seconds < 0 ? 0 : seconds > LAST_SECOND ? LAST_SECOND : seconds;
	unsigned second = (unsigned)(at % DAY);
	unsigned days = (unsigned)(at / DAY) + 719468;
	unsigned era = days / 146097;
	unsigned day = days % 146097; /* of the era */
	unsigned year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	unsigned month;

	day -= 365 * year + year / 4 - year / 100; /* of the year that begins in March */
	month = (5 * day + 2) / 153;
	day -= (153 * month + 2) / 5;
	month = month < 10 ? month + 3 : month - 9;
	year += 400 * era + (month <= 2 ? 1 : 0);
	(void)snprintf(text, OUTPUT_TIME_SIZE, "%04u-%02u-%02uT%02u:%02u:%02uZ", year % 10000,
		       month % 100, (day + 1) % 100, second / 3600 % 100, second / 60 % 60,
		       second % 60);
	return text;
}

json_t *output_checked(json_t *value)
{
	if (!value)
		die("out of memory (JSON)");
	return value;
}

void output_set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, output_checked(value)) != 0)
		die("out of memory (JSON)");
}

void output_add(json_t *array, json_t *value)
{
	if (json_array_append_new(array, output_checked(value)) != 0)
		die("out of memory (JSON)");
}

json_t *output_string(const char *text)
{
	auto_free char *printable = NULL;

	if (!text)
		return output_checked(json_null());
	printable = output_printable(text);
	return output_checked(json_string(printable));
}

json_t *output_list(const char *list)
{
	json_t *array = output_checked(json_array());
	struct span rest = span_of(list ? list : "");
	struct span part;

	while (span_cut(&rest, ',', &part)) {
		auto_free char *text = NULL;

		part = span_trim(part);
		if (part.len == 0)
			continue;
		text = xasprintf("%.*s", (int)part.len, part.data);
		output_add(array, output_string(text));
	}
	return array;
}

int output_finish(FILE *out, struct err *err)
{
	errno = 0;
	if (fflush(out) != 0)
		return err_sys(err, "write");
	if (ferror(out))
		return err_set(err, "write: an earlier part was lost");
	return 0;
}

int output_json(FILE *out, const json_t *value, struct err *err)
{
	if (json_dumpf(value, out, JSON_INDENT(2)) != 0 && !ferror(out))
		return err_set(err, "JSON cannot be written");
	(void)fputc('\n', out); /* output_finish() sees a failure */
	return output_finish(out, err);
}
