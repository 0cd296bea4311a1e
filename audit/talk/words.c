/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The passwords that a server is tried with: see words.h. */
#include "audit/talk/words.h"

#include <string.h>

#include "audit/intent.h"
#include "audit/weak.h"

static void add(struct words *words, const char *word, unsigned most)
{
	for (unsigned i = 0; i < words->count; i++)
		if (strcmp(words->items[i], word) == 0)
			return;
	if (words->count < most)
		words->items[words->count++] = word;
}

static int add_of_policy(const struct intent_reader *reader, const char *password, struct err *err)
{
	(void)err;
	add(reader->context, password, WORDS_MAX);
	return 0;
}

/* "NAME=VALUE\0": the values of the variables, as long as they are weak ones. */
static void add_of_environ(struct host *host, struct span environ, const struct words_of *of,
			   struct words *out)
{
	struct span entry;

	while (span_cut(&environ, '\0', &entry)) {
		struct span name;

		if (!span_cut(&entry, '=', &name) || entry.len == 0 || !password_is_weak(entry))
			continue;
		for (const char *const *at = of->variables; *at; at++)
			if (span_is(name, *at))
				add(out, arena_text(host_arena(host), entry), WORDS_MAX - 1);
	}
}

int words_gather(struct host *host, unsigned need, const struct words_of *of, struct words *out,
		 struct err *err)
{
	struct intent_reader reader = {.context = out, .password = add_of_policy};
	struct item item;
	int got;

	*out = (struct words){0};
	if (host_ask(host, need + 1, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0)
		if (!item.error)
			add_of_environ(host, item.data, of, out);
	if (got < 0 || intent_read_files(host, need, &reader, err) < 0)
		return -1;
	for (const char *const *at = of->usual; *at; at++)
		add(out, *at, WORDS_MAX);
	return 0;
}
