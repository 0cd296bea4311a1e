/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What settings of Spring Boot say of key stores. */
#include "audit/uses/spring.h"

#include "lib/buf.h"
#include "tests/tap.h"

static void reads(const char *text, const char *expected, const char *name)
{
	struct spring spring = {0};
	struct arena arena;
	struct buf got auto_buf;

	arena_init(&arena, 1U << 20);
	buf_init(&got, 1024);
	spring_read(&arena, span_of(text), &spring);
	for (unsigned i = 0; i < spring.count; i++)
		buf_printf(&got, "%s ", spring.key_stores[i]);
	buf_printf(&got, "| %s", spring.password ? spring.password : "-");
	is_str(buf_string(&got), expected, name);
	arena_done(&arena);
}

static void leads_to(const char *written, const char *expected, bool is_variable)
{
	bool got;
	struct span path = spring_path(span_of(written), &got);

	ok(span_is(path, expected) && got == is_variable, "%s is \"%s\"", written, expected);
}

int main(void)
{
	reads("server.ssl.key-store=file:/a.p12\r\nserver.ssl.key-store-password = x y\n"
	      "server.ssl.key-store-type=PKCS12\n",
	      "file:/a.p12 | x y", "properties");
	reads("server:\n  ssl:\n    key-store: \"file:/a.p12\"\n    keyStorePassword: 'x'\n",
	      "file:/a.p12 | x", "YAML");
	reads("a.ssl.key-store=/a\nmanagement.server.ssl.keyStore=/b\n", "/a /b | -",
	      "two of them");
	reads("# server.ssl.key-store=/a\n!key-store=/b\nserver.ssl.trust-store=/c\n"
	      "server.ssl.key-store-location\nkey-store:\nnot-key-store=/d\n",
	      "| -", "what is none");
	reads("key-store", "| -", "a file that ends there");
	leads_to("file:/a.p12", "/a.p12", false);
	leads_to("file:///a.p12", "/a.p12", false);
	leads_to("/a.p12", "/a.p12", false);
	leads_to("a.p12", "a.p12", false);
	leads_to("classpath:a.p12", "", false);
	leads_to("file:${STORE:/a.p12}", "", true);
	return done();
}
