/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What redis.conf and ACL files hold. */
#include "audit/redis_conf.h"

#include <stdio.h>

#include "lib/buf.h"
#include "tests/tap.h"

/* "password hash FILE …" */
static void holds(const char *text, const char *expected)
{
	struct redis_conf conf;
	char name[128];
	char got[512];
	size_t len = 0;

	redis_conf_read(&conf, span_of(text));
	got[0] = '\0';
	len += (size_t)snprintf(got, sizeof(got), "%s%s", conf.has_password ? "password " : "",
				conf.has_hash ? "hash " : "");
	for (unsigned i = 0; i < conf.file_count; i++)
		len += (size_t)snprintf(got + len, sizeof(got) - len, "%.*s ",
					(int)conf.files[i].len, conf.files[i].data);
	(void)snprintf(name, sizeof(name), "%s", text);
	for (char *at = name; *at; at++)
		*at = *at == '\n' || *at == '\r' || *at == '#' ? '|' : *at;
	(void)is_str(got, expected, name);
}

#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

int main(void)
{
	struct redis_conf conf;
	struct buf many;

	holds("requirepass s3cret", "password ");
	holds("  REQUIREPASS \"s3 cret\"\r\n", "password ");
	holds("# requirepass foobared\n", "");
	holds("requirepass \"\"\nmasterauth ''\n", "");
	holds("requirepass\n", "");
	holds("masterauth x\n", "password ");
	holds("tls-key-file-pass x\n", "password ");
	holds("sentinel monitor m 127.0.0.1 6379 2\n", "");
	holds("sentinel auth-pass m x\n", "password ");
	holds("sentinel auth-user m x\n", "");
	holds("user default on nopass ~* &* +@all\n", "");
	holds("user app on >pw ~* +@all\n", "password ");
	holds("user app on #" HASH " ~* +@all\n", "hash ");
	holds("user app on > #12\n", "");
	holds("aclfile /etc/redis/users.acl\ninclude '/etc/redis/a b.conf'\n",
	      "/etc/redis/users.acl /etc/redis/a b.conf ");
	holds("include \"/unfinished\\", "/unfinished\\ ");
	holds("port 6379\nbind 127.0.0.1\n", "");
	buf_init(&many, 4096);
	for (unsigned i = 0; i <= REDIS_CONF_MAX_FILES; i++)
		buf_text(&many, "include /a\n");
	redis_conf_read(&conf, buf_span(&many));
	(void)ok(conf.is_cut && conf.file_count == REDIS_CONF_MAX_FILES, "files have a ceiling");
	buf_done(&many);
	return done();
}
