/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The intent files that root hands out, for the probes that read them: see intent.h. */
#include <errno.h>

#include "audit/intent.h"
#include "lib/text.h"

#define SHOWN_PATH 200 /* bytes; the message behind it needs room too */

int intent_blame(const char *role, const char *path, struct err *err)
{
	auto_buf struct buf shown;
	struct err inner = *err;

	buf_init(&shown, 1024);
	text_escape(&shown, span_of(path), SHOWN_PATH);
	return err_set(err, "%s %s:%s", role, buf_string(&shown), inner.text);
}

int intent_check_item(const struct item *item, const char *role, struct err *err)
{
	auto_buf struct buf shown;

	buf_init(&shown, 1024);
	text_escape(&shown, span_of(item->path), SHOWN_PATH);
	errno = item->error;
	if (item->error != 0)
		return err_sys(err, "%s %s", role, buf_string(&shown));
	if (item->is_cut)
		return err_set(err, "%s %s: longer than %u bytes", role, buf_string(&shown),
			       PROBE_MAX_ITEM);
	return 0;
}

int intent_read_files(struct host *host, unsigned need, struct intent_reader *reader,
		      struct err *err)
{
	struct item item;
	int got;

	reader->arena = host_arena(host);
	if (host_ask(host, need, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		/* what outlives the item names it: a copy */
		reader->path = arena_text(reader->arena, span_of(item.path));
		if (intent_check_item(&item, "intent", err) < 0)
			return -1;
		if (intent_parse(item.data, reader, err) < 0)
			return intent_blame("intent", reader->path, err);
	}
	return got;
}
