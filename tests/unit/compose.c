/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of audit/compose/ that whole projects do not show well: what variables come to, which
 * names are secrets, how images are named. tests/probes/compose.t has the projects.
 */
#include <stdlib.h>

#include "audit/compose/keys.h"
#include "audit/compose/services.h"
#include "lib/buf.h"
#include "tests/tap.h"

static struct arena arena;
static struct compose compose;
static struct err err;

static int variable(struct compose *of, const char *name, const char **out, struct err *why)
{
	(void)of;
	(void)why;
	*out = strcmp(name, "SET") == 0 ? "value" : strcmp(name, "EMPTY") == 0 ? "" : NULL;
	return 0;
}

/* What the text comes to; a variable that is not set is a ?, an error its message. */
static const char *expands(const char *text)
{
	const struct compose_scope scope = {.compose = &compose};
	struct compose_result result;
	char *shown;

	if (compose_interpolate(&scope, span_of(text), &result, &err) < 0)
		return err.text;
	shown = arena_text(&arena, result.text);
	for (char *at = shown; *at; at++)
		if (*at == COMPOSE_UNSET)
			*at = '?';
	return shown;
}

static void test_variables(void)
{
	static const struct {
		const char *text;
		const char *expected;
	} cases[] = {
	    {"plain", "plain"},
	    {"$SET", "value"},
	    {"${SET}", "value"},
	    {"a${SET}b$SET-c", "avaluebvalue-c"},
	    {"$UNSET", "?"},
	    {"$EMPTY.", "."},
	    {"${UNSET:-word}", "word"},
	    {"${EMPTY:-word}", "word"},
	    {"${EMPTY-word}", ""},
	    {"${UNSET-word}", "word"},
	    {"${SET:-word}", "value"},
	    {"${SET-word}", "value"},
	    {"${UNSET-}", ""},
	    {"${UNSET:-a:b?c}", "a:b?c"},
	    {"${UNSET:-${SET}}", "value"},
	    {"${UNSET:-${EMPTY:-${UNSET}}}", "?"},
	    {"${UNSET:-{}}", "{}"},
	    {"${SET:?must be}", "value"},
	    {"${UNSET:?must be}", "?"},
	    {"${EMPTY?must be}", ""},
	    {"${SET:+alt}", "alt"},
	    {"${EMPTY:+alt}", ""},
	    {"${EMPTY+alt}", "alt"},
	    {"${UNSET+alt}", ""},
	    {"${SET:+${UNSET}}", "?"},
	    {"${UNSET:+${UNSET}}", ""},
	    {"$$SET", "$SET"},
	    {"$$$SET", "$value"},
	    {"$${SET}", "${SET}"},
	    {"100$", "a $ that begins no variable: write $$ for a dollar"},
	    {"$1", "a $ that begins no variable: write $$ for a dollar"},
	    {"${}", "a $ that begins no variable: write $$ for a dollar"},
	    {"${1}", "a $ that begins no variable: write $$ for a dollar"},
	    {"${SET", "a $ that begins no variable: write $$ for a dollar"},
	    {"${SET!}", "a $ that begins no variable: write $$ for a dollar"},
	    {"${SET:}", "a $ that begins no variable: write $$ for a dollar"},
	    {"${SET:-", "a ${ that is not closed"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		is_str(expands(cases[i].text), cases[i].expected, cases[i].text);
}

static void test_unset_name(void)
{
	const struct compose_scope scope = {.compose = &compose};
	struct compose_result result;

	ok(compose_interpolate(&scope, span_of("$SET${ONE}$TWO"), &result, &err) == 0, "two unset");
	is_str(result.unset, "ONE", "the first of them has its name kept");
	ok(compose_interpolate(&scope, span_of("${ONE:-x}"), &result, &err) == 0, "a default");
	ok(!result.unset && result.has_default && !result.has_variable, "leaves none unset");
}

static const char *judged(const char *name, const char *value)
{
	return compose_verdict_name(compose_judge(span_of(name), span_of(value), true));
}

static void test_secrets(void)
{
	static const char *const secret[] = {
	    "PASSWORD",   "db_password", "DB.PASS",     "PGPASSWORD",  "MYSQL_PWD",
	    "API_KEY",    "APIKEY",      "ACCESS_KEY",  "JWT_SECRET",  "SECRET_KEY_BASE",
	    "AUTH-TOKEN", "GH_TOKEN",    "PRIVATE_KEY", "REQUIREPASS", "SSH_PASSPHRASE",
	    "APP_KEY",    "CREDENTIALS", "clientSecret"};
	static const char *const plain[] = {
	    "PASSWORD_FILE", "TOKEN_URL",     "ALLOW_EMPTY_PASSWORD",
	    "COMPASS",       "BYPASS",        "PUBLIC_KEY",
	    "KEY",           "ACCESS_KEY_ID", "MAX_TOKEN",
	    "PWD",           "OLDPWD",        "SECRET_NAME",
	    "TOKENS",        "KEYBOARD",      "RESET_PASSWORD",
	    "MONKEY",        "USER",          "DATABASE"};

	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++)
		is_str(judged(secret[i], "8f14e45fceea167a"), "literal", secret[i]);
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		is_str(judged(plain[i], "8f14e45fceea167a"), "plain", plain[i]);
	is_str(judged("PASSWORD", "1234567"), "weak", "seven characters");
	is_str(judged("PASSWORD", "PassWord"), "weak", "a known one, whatever its case");
	is_str(judged("PASSWORD", "please-change-me-soon"), "weak", "a placeholder");
	is_str(judged("PASSWORD", ""), "empty", "none");
	is_str(judged("PASSWORD", "true"), "plain", "a word of its own");
	is_str(judged("TLS_SECRET", "/run/secrets/tls"), "reference", "a path");
	is_str(judged("TLS_SECRET", "/abc+def=/ghijklmn"), "literal", "no path, but base64");
	is_str(judged("URL", "https://example.com/a:b@c"), "plain", "an @ behind the host");
	is_str(judged("URL", "redis://:8f14e45fceea167a@h"), "literal", "a password in a URL");
	is_str(judged("URL", "redis://user@h"), "plain", "a user in a URL");
	is_str(judged("URL", "redis://user:@h"), "plain", "an empty password in a URL");
}

static void image_is(const char *text, const char *expected)
{
	struct compose_image image = compose_parse_image(&compose, span_of(text));
	auto_buf struct buf shown;

	buf_init(&shown, 4096);
	buf_printf(&shown, "%s %s %s%s%s", image.base, image.tag ? image.tag : "-",
		   image.digest ? image.digest : "-", image.is_base_unknown ? " base?" : "",
		   image.is_tag_unknown ? " tag?" : "");
	is_str(buf_string(&shown), expected, text);
}

static void test_images(void)
{
	image_is("nginx", "nginx - -");
	image_is("nginx:1.25", "nginx 1.25 -");
	image_is("localhost:5000/nginx", "nginx - -");
	image_is("r.example:5000/a/b/c:1@sha256:00", "c 1 sha256:00");
	image_is("c@sha256:00", "c - sha256:00");
	image_is("\1/c:\1", "c  - tag?");
	image_is("x/\1", " - - base?");
	image_is("", " - -");
	image_is("a/", " - -");
}

static void test_keys(void)
{
	static const char *const keys[] = {
	    "id_rsa", "a/b/server.key", "tls.pem", ".env", "./.env.production", ".ssh/", "x.p12"};
	static const char *const others[] = {"id_rsa.pub",      ".env.example", "ca.pem",
					     "a/fullchain.pem", "server.crt",   "key",
					     "keys.c",          ".key",         "public.pem"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		ok(keys_is_file(span_of(keys[i])), "%s is a file of keys", keys[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		ok(!keys_is_file(span_of(others[i])), "%s is none", others[i]);
}

static void test_paths(void)
{
	is_str(compose_join(&arena, "/a/b", "../c/./d"), "/a/c/d", "relative");
	is_str(compose_join(&arena, "/a", "/b//c/"), "/b/c", "absolute");
	is_str(compose_join(&arena, "/a", "../../../.."), "/", "above the root");
	is_str(compose_folder_of(&arena, "/a/b"), "/a", "the folder");
	is_str(compose_folder_of(&arena, "/"), "/", "the root's");
}

int main(void)
{
	arena_init(&arena, 16 << 20);
	compose = (struct compose){.arena = &arena, .variable = variable};
	test_variables();
	test_unset_name();
	test_secrets();
	test_images();
	test_keys();
	test_paths();
	arena_done(&arena);
	return done();
}
