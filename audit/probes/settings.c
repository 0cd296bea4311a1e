/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] settings: thresholds of rules that the policy sets. Of two policies that set the same
 * key, neither wins: they must agree.
 */
#include <string.h>

#include "audit/intent.h"
#include "audit/probe.h"
#include "lib/text.h"

struct seen {
	struct seen *next;
	const char *key;
	const char *value;
	unsigned line;
	const char *path;
};

struct context {
	struct host *host;
	struct seen *seen; /* at most INTENT_MAX_SETTINGS of each file */
};

static int disagree(const struct intent_setting *setting, const struct seen *seen, struct err *err)
{
	auto_buf struct buf what;

	buf_init(&what, 1024);
	text_escape(&what, span_of(setting->key), 64);
	buf_text(&what, "\" is \"");
	text_escape(&what, span_of(setting->value), 64);
	buf_text(&what, "\" here, but \"");
	text_escape(&what, span_of(seen->value), 64);
	buf_text(&what, "\" in ");
	text_escape(&what, span_of(seen->path), 128);
	return err_set(err, "%u: setting \"%s:%u", setting->line, buf_string(&what), seen->line);
}

static int put_setting(const struct intent_reader *reader, const struct intent_setting *setting,
		       struct err *err)
{
	struct context *context = reader->context;
	struct host *host = context->host;
	struct seen *seen = context->seen;

	while (seen && strcmp(seen->key, setting->key) != 0)
		seen = seen->next;
	if (seen) {
		if (strcmp(seen->value, setting->value) == 0)
			return 0;
		return disagree(setting, seen, err);
	}
	seen = arena_alloc(reader->arena, 1, sizeof(*seen));
	*seen =
	    (struct seen){context->seen, setting->key, setting->value, setting->line, reader->path};
	context->seen = seen;
	row_text(host, setting->key);
	row_text(host, setting->value);
	row_text(host, reader->path);
	row_int(host, setting->line);
	row_end(host);
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct context context = {.host = host};
	struct intent_reader reader = {.context = &context, .setting = put_setting};

	return intent_read_files(host, 0, &reader, err);
}

const struct probe probe_settings = {
    .about = "Thresholds of rules that the policy sets",
    COLUMNS({"key", TEXT, "name of the setting"}, {"value", TEXT, "value, as written"},
	    {"file", TEXT, "file, as it was given"}, {"line", INTEGER, "line in the file"}),
    NEEDS({READ, "@intent"}),
    .collect = collect,
};
