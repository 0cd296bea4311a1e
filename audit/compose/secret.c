/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Which variables hold secrets, by their names, and how well. Names follow habit and no
 * standard: the last word says what it is (DB_PASSWORD, but not PASSWORD_FILE), unless one before
 * it says that it is about passwords only (ALLOW_EMPTY_PASSWORD).
 */
#include <string.h>

#include "audit/compose/services.h"
#include "audit/weak.h"
#include "lib/own.h"

static bool equals(struct span word, const char *text)
{
	return word.len == strlen(text) && strncasecmp(word.data, text, word.len) == 0;
}

static bool is_one_of(struct span word, const char *const *list)
{
	for (; *list; list++)
		if (equals(word, *list))
			return true;
	return false;
}

static bool ends_like_secret(struct span word)
{
	static const char *const ends[] = {"password", "passwd", "passphrase", "secret", "apikey"};
	static const char *const words[] = {
	    "pass",        "pwd",        "token",      "requirepass", "masterauth",
	    "credentials", "credential", "privatekey", "secretkey",   NULL};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t len = strlen(ends[i]);

		if (word.len >= len && strncasecmp(word.data + word.len - len, ends[i], len) == 0)
			return true;
	}
	return is_one_of(word, words);
}

/* The word between separators that ends the text; it is cut off. */
static struct span last_word(struct span *rest)
{
	size_t start = rest->len;
	struct span word;

	while (start > 0 && !strchr("_-.", rest->data[start - 1]))
		start--;
	word = (struct span){rest->data + start, rest->len - start};
	rest->len = start > 0 ? start - 1 : 0;
	return word;
}

static bool is_secret_name(struct span name)
{
	static const char *const about[] = {"allow",   "random", "enable", "enabled", "disable",
					    "require", "use",    "max",    "min",     "is",
					    "has",     "no",     "skip",   "mask",    "hide",
					    "show",    "change", "reset",  NULL};
	static const char *const keys[] = {"api",     "access",  "private", "secret", "encryption",
					   "signing", "auth",    "master",  "app",    "jwt",
					   "cookie",  "session", NULL};
	struct span rest = name;
	struct span last = last_word(&rest);
	struct span before = {rest.data, rest.len};
	struct span word;
	bool is_secret = ends_like_secret(last);

	if (equals(name, "pwd") || equals(name, "oldpwd"))
		return false;
	if (equals(last, "base")) /* Rails: SECRET_KEY_BASE */
		last = last_word(&rest);
	before = rest;
	if (equals(last, "key"))
		is_secret = is_one_of(last_word(&before), keys);
	while (rest.len > 0) {
		word = last_word(&rest);
		if (is_one_of(word, about))
			return false;
	}
	return is_secret;
}

/* The password of "scheme://user:password@host", RFC 3986 section 3.2.1. */
static bool url_password(struct span value, struct span *out)
{
	const char *scheme = memmem(value.data, value.len, "://", 3);
	struct span rest;
	struct span user;
	size_t end = 0;
	size_t at;

	if (!scheme)
		return false;
	rest = (struct span){scheme + 3, value.len - (size_t)(scheme + 3 - value.data)};
	while (end < rest.len && !strchr("/?# ", rest.data[end]))
		end++;
	for (at = end; at > 0 && rest.data[at - 1] != '@';)
		at--;
	if (at == 0)
		return false;
	rest.len = at - 1;
	at = rest.len;
	if (!span_cut(&rest, ':', &user) || user.len == at || rest.len == 0)
		return false;
	*out = rest;
	return true;
}

/* That of "jdbc:mysql://db/app?user=app&password=…", and of other schemes that take it so. */
static bool query_password(struct span value, struct span *out)
{
	static const char *const names[] = {"password=", "passwd=", "pwd="};

	if (!memmem(value.data, value.len, "://", 3))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t len = strlen(names[i]);

		for (size_t at = 1; at + len < value.len; at++) {
			size_t end = at + len;

			if (!strchr("?&;", value.data[at - 1]) ||
			    strncasecmp(value.data + at, names[i], len) != 0)
				continue;
			while (end < value.len && !strchr("&;", value.data[end]))
				end++;
			*out = (struct span){value.data + at + len, end - at - len};
			return out->len > 0;
		}
	}
	return false;
}

static bool is_word_of_its_own(struct span value)
{
	static const char *const words[] = {"true", "false", "yes",  "no",
					    "on",   "off",   "none", NULL};

	return is_one_of(value, words);
}

/* "/run/secrets/db": where it is, and not what. */
static bool is_path(struct span value)
{
	const char *second;

	if (!span_starts(value, "/"))
		return false;
	second = memchr(value.data + 1, '/', value.len - 1);
	return second && !memchr(value.data, '=', value.len) && !memchr(value.data, '+', value.len);
}

/* What a manual says to replace, and nobody has. */
static bool is_placeholder(struct span value)
{
	static const char *const parts[] = {
	    "changeme",    "change_me",     "change-me",     "changethis",  "change_this",
	    "change-this", "replaceme",     "replace_me",    "replace-me",  "replace_with",
	    "insert_your", "your_password", "your-password", "your_secret", "your-secret",
	    "insecure",    "placeholder",   "not_secure",    "notsecure",   "todo_set",
	};

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		for (size_t at = 0, len = strlen(parts[i]); at + len <= value.len; at++)
			if (strncasecmp(value.data + at, parts[i], len) == 0)
				return true;
	return false;
}

enum compose_verdict compose_judge(struct span name, struct span value, bool is_literal)
{
	struct span secret = value;
	bool is_url =
	    value.len > 0 && (url_password(value, &secret) || query_password(value, &secret));

	if (!is_url && !is_secret_name(name))
		return COMPOSE_PLAIN_VALUE;
	if (value.len == 0)
		return COMPOSE_EMPTY;
	if (!is_url && is_word_of_its_own(value))
		return COMPOSE_PLAIN_VALUE;
	if (!is_url && is_path(value))
		return COMPOSE_REFERENCE;
	if (password_is_weak(secret) || is_placeholder(secret))
		return COMPOSE_WEAK;
	return is_literal ? COMPOSE_LITERAL : COMPOSE_REFERENCE;
}

const char *compose_verdict_name(enum compose_verdict verdict)
{
	static const char *const names[] = {
	    [COMPOSE_PLAIN_VALUE] = "plain", [COMPOSE_REFERENCE] = "reference",
	    [COMPOSE_EMPTY] = "empty",       [COMPOSE_WEAK] = "weak",
	    [COMPOSE_LITERAL] = "literal",
	};

	return names[verdict];
}
