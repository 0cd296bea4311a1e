/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of the three kinds of intent share: the items of a file as lines of text, and the
 * message of a bad one. It belongs to one program each, so its state is the file's own.
 */
#ifndef TESTS_UNIT_INTENT_H
#define TESTS_UNIT_INTENT_H

#include <stdlib.h>

#include "audit/intent.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "tests/tap.h"

static struct arena arena;
static struct buf rows;
static struct err err;
static bool has_scope;
__attribute__((unused)) static bool has_later_ports;

static const char *or_dash(const char *text)
{
	return text ? text : "-";
}

static int put_allow(const struct intent_reader *reader, const struct intent_allow *allow,
		     struct err *why)
{
	(void)reader;
	(void)why;
	if (!allow->protocol) {
		buf_printf(&rows, "%u %s %s nothing\n", allow->line, allow->origin,
			   or_dash(allow->group));
		return 0;
	}
	buf_printf(&rows, "%u %s %s %s %d-%d %s (%s) %s\n", allow->line, allow->origin,
		   or_dash(allow->group), allow->protocol, allow->port_first, allow->port_last,
		   or_dash(allow->source), or_dash(allow->source_ref), or_dash(allow->why));
	return 0;
}

static int put_waiver(const struct intent_reader *reader, const struct intent_waiver *waiver,
		      struct err *why)
{
	(void)reader;
	(void)why;
	buf_printf(&rows, "%u waive %s %s %s %s\n", waiver->line, waiver->rule, waiver->subject,
		   waiver->until, waiver->reason);
	return 0;
}

static int put_setting(const struct intent_reader *reader, const struct intent_setting *setting,
		       struct err *why)
{
	if (strcmp(setting->key, "refused") == 0)
		return err_set(why, "%u: %s", setting->line, (const char *)reader->context);
	buf_printf(&rows, "%u set %s=%s\n", setting->line, setting->key, setting->value);
	return 0;
}

static int put_certificate(const struct intent_reader *reader, const char *path, struct err *why)
{
	(void)reader;
	(void)why;
	buf_printf(&rows, "certificate %s\n", path);
	return 0;
}

static int parse_span(struct span input)
{
	static char context[] = "the reader says no";
	struct intent_reader reader = {.arena = &arena,
				       .context = context,
				       .allow = put_allow,
				       .waiver = put_waiver,
				       .setting = put_setting,
				       .certificate = put_certificate};
	int result;

	buf_clear(&rows);
	err.text[0] = '\0';
	result = intent_parse(input, &reader, &err);
	has_scope = reader.has_scope;
	has_later_ports = reader.has_later_ports;
	return result;
}

static void gives(const char *text, const char *expected, const char *name)
{
	if (parse_span(span_of(text)) < 0)
		buf_printf(&rows, "error %s", err.text);
	is_str(buf_string(&rows), expected, name);
}

static void refuses(const char *text, const char *message)
{
	is_str(parse_span(span_of(text)) < 0 ? err.text : "(it was read)", message, message);
}

static void test_truncated(const char *text, const char *name)
{
	size_t len = strlen(text);
	unsigned bad = 0;

	for (size_t cut = 0; cut < len; cut++) {
		char *copy = strndup(text, cut); /* its end is ASan's border */

		if (parse_span((struct span){copy, cut}) < 0)
			bad += err.text[0] < '1' || err.text[0] > '9';
		free(copy);
	}
	ok(bad == 0, "%s: cut after every byte", name);
}

static void begin(void)
{
	json_prepare();
	arena_init(&arena, (size_t)1 << 30);
	buf_init(&rows, 64U << 20);
}

static int end(void)
{
	buf_done(&rows);
	arena_done(&arena);
	return done();
}

#endif
