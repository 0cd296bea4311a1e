/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Reads redis.conf and ACL files: see redis_conf.h. */
#include "audit/redis_conf.h"

#include <string.h>
#include <strings.h>

#include "lib/own.h"

#define HASH_LEN 64 /* hexadecimal digits */

/* The next word, without its quotes; false when there is none. */
static bool next_word(struct span *rest, struct span *word)
{
	size_t end = 1;
	char quote;

	*rest = span_trim(*rest);
	if (rest->len == 0 || (rest->data[0] != '"' && rest->data[0] != '\''))
		return span_word(rest, word);
	quote = rest->data[0];
	while (end < rest->len && rest->data[end] != quote)
		end += rest->data[end] == '\\' ? 2 : 1;
	if (end > rest->len)
		end = rest->len;
	*word = (struct span){rest->data + 1, end - 1};
	end += end < rest->len; /* the quote */
	*rest = (struct span){rest->data + end, rest->len - end};
	return true;
}

static bool is_name(struct span word, const char *name)
{
	return word.len == strlen(name) && strncasecmp(word.data, name, word.len) == 0;
}

/* Names whose last word is a password. */
static bool is_secret(struct span name)
{
	static const char *const names[] = {"requirepass", "masterauth", "tls-key-file-pass",
					    "tls-client-key-file-pass", "sentinel"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (is_name(name, names[i]))
			return true;
	return false;
}

/* "requirepass WORD"; "sentinel auth-pass MASTER WORD" and "sentinel sentinel-pass WORD" */
static void take_secret(struct redis_conf *conf, struct span name, struct span rest)
{
	struct span word = {NULL, 0};
	struct span last = {NULL, 0};
	bool is_sentinel = is_name(name, "sentinel");

	if (is_sentinel && (!next_word(&rest, &word) ||
			    (!is_name(word, "auth-pass") && !is_name(word, "sentinel-pass"))))
		return;
	while (next_word(&rest, &word))
		last = word;
	conf->has_password |= last.len > 0;
}

/* "user NAME on >WORD #HASH ~* +@all" */
static void take_user(struct redis_conf *conf, struct span rest)
{
	struct span word;

	if (!next_word(&rest, &word))
		return;
	while (next_word(&rest, &word)) {
		conf->has_password |= word.len > 1 && word.data[0] == '>';
		conf->has_hash |= word.len == 1 + HASH_LEN && word.data[0] == '#';
	}
}

static void take_file(struct redis_conf *conf, struct span rest)
{
	struct span path;

	if (!next_word(&rest, &path) || path.len == 0)
		return;
	if (conf->file_count == REDIS_CONF_MAX_FILES)
		conf->is_cut = true;
	else
		conf->files[conf->file_count++] = path;
}

void redis_conf_read(struct redis_conf *conf, struct span text)
{
	struct span line;
	struct span name;

	*conf = (struct redis_conf){0};
	while (span_cut(&text, '\n', &line)) {
		line = span_trim(line);
		if (line.len == 0 || line.data[0] == '#' || !next_word(&line, &name))
			continue;
		if (is_secret(name))
			take_secret(conf, name, line);
		else if (is_name(name, "user"))
			take_user(conf, line);
		else if (is_name(name, "include") || is_name(name, "aclfile"))
			take_file(conf, line);
	}
}
