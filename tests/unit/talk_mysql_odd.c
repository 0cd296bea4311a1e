/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What servers say that do not keep to MySQL's protocol, or answer with an error. */
#include <stdlib.h>

#include "lib/own.h"
#include "tests/unit/talk_mysql.h"

/* What follows a greeting of version `version`, and a response. */
static enum talk after_greeting(struct mysql *mysql, const char *version, struct span next)
{
	static const struct mysql_try try = {"root", "s3", false};
	struct server server = {.capabilities = NO_TLS, .plugin = NATIVE, .password = ""};
	auto_buf struct buf out = {.ceiling = TALK_MAX_ANSWER};
	auto_buf struct buf in = {.ceiling = TALK_MAX_ANSWER};

	(void)mysql_begin(mysql, &try, &out);
	put_greeting(&server, version, &in);
	buf_put(&in, next.data, next.len);
	return mysql_feed(mysql, buf_span(&in), &out);
}

#define NEXT(text)                                                                                 \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}
#define WORDS(text) bytes(text, sizeof(text) - 1)
#define SWITCH(seq) "\x2b\0\0" seq "\xfe" NATIVE "\0abcdefghijklmnopqrst"

static const struct odd_case {
	const char *name;
	struct span next;
	enum talk talk;
	enum mysql_outcome outcome;
} odd[] = {
    {"a packet out of sequence", NEXT("\x07\0\0\x03\0\0\0\x02\0\0\0"), TALK_BROKEN, MYSQL_UNKNOWN},
    {"one that is to be continued", NEXT("\xff\xff\xff\x02"), TALK_BROKEN, MYSQL_UNKNOWN},
    {"one of 9000 bytes", NEXT("\x28\x23\0\x02"), TALK_BROKEN, MYSQL_UNKNOWN},
    {"an empty one", NEXT("\0\0\0\x02"), TALK_BROKEN, MYSQL_UNKNOWN},
    {"a wish for a file", NEXT("\x0c\0\0\x02\xfb/etc/passwd"), TALK_BROKEN, MYSQL_UNKNOWN},
    {"an OK that is cut short", NEXT("\x01\0\0\x02\0"), TALK_BROKEN, MYSQL_UNKNOWN},
    {"a question of native", NEXT("\x02\0\0\x02\x01\x04"), TALK_BROKEN, MYSQL_UNKNOWN},
    {"a challenge that is too short", NEXT("\x18\0\0\x02\xfe" NATIVE "\0a"), TALK_BROKEN,
     MYSQL_UNKNOWN},
    {"a switch to a password in clear", NEXT("\x16\0\0\x02\xfemysql_clear_password\0"), TALK_DONE,
     MYSQL_UNSUPPORTED},
    {"a switch to PAM",
     NEXT("\x08\0\0\x02\xfe"
	  "dialog\0"),
     TALK_DONE, MYSQL_UNSUPPORTED},
    {"a plugin that is not spoken, and a denial",
     NEXT("\x08\0\0\x02\xfeparsec\0\x09\0\0\x04\xff\x15\x04#28000"), TALK_DONE, MYSQL_UNSUPPORTED},
    {"the plugin of before 4.1, and a denial",
     NEXT("\x01\0\0\x02\xfe\x09\0\0\x04\xff\x15\x04#28000"), TALK_DONE, MYSQL_UNSUPPORTED},
    {"an error that decides nothing", NEXT("\x09\0\0\x02\xff\x1d\x04#08S01"), TALK_DONE,
     MYSQL_UNKNOWN},
    {"1045", NEXT("\x09\0\0\x02\xff\x15\x04#28000"), TALK_DONE, MYSQL_DENIED},
    {"1698", NEXT("\x09\0\0\x02\xff\xa2\x06#28000"), TALK_DONE, MYSQL_DENIED},
    {"1130", NEXT("\x09\0\0\x02\xff\x6a\x04#HY000"), TALK_DONE, MYSQL_HOST_NOT_ALLOWED},
    {"1129", NEXT("\x09\0\0\x02\xff\x69\x04#HY000"), TALK_DONE, MYSQL_HOST_BLOCKED},
    {"1040", NEXT("\x09\0\0\x02\xff\x10\x04#08004"), TALK_DONE, MYSQL_BUSY},
    {"3159", NEXT("\x09\0\0\x02\xff\x57\x0c#HY000"), TALK_DONE, MYSQL_TLS_REQUIRED},
    {"1251", NEXT("\x09\0\0\x02\xff\xe3\x04#08004"), TALK_DONE, MYSQL_UNSUPPORTED},
    {"4151", NEXT("\x09\0\0\x02\xff\x37\x10#HY000"), TALK_DONE, MYSQL_LOCKED},
    {"3118", NEXT("\x09\0\0\x02\xff\x2e\x0c#HY000"), TALK_DONE, MYSQL_LOCKED},
    {"1862: let in to set a password", NEXT("\x09\0\0\x02\xff\x46\x07#HY000"), TALK_DONE,
     MYSQL_ACCEPTED},
    {"an error that is cut short", NEXT("\x02\0\0\x02\xff\x15"), TALK_BROKEN, MYSQL_UNKNOWN},
    {"a switch, and another, and another", NEXT(SWITCH("\x02") SWITCH("\x04") SWITCH("\x06")),
     TALK_BROKEN, MYSQL_UNKNOWN},
};

static void test_odd(void)
{
	struct mysql *mysql = xcalloc(1, sizeof(*mysql));

	for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
		enum talk talk = after_greeting(mysql, "8.0", odd[i].next);

		ok(talk == odd[i].talk && mysql->outcome == odd[i].outcome &&
		       (talk != TALK_BROKEN || mysql->reason),
		   "%s", odd[i].name);
	}
	(void)after_greeting(mysql, "8.0", WORDS("\x0c\0\0\x02\xfb/etc/passwd"));
	is_str(mysql->reason, "it asks for a file", "a wish for a file is known as such");
	(void)after_greeting(mysql, "8.0", WORDS(SWITCH("\x02") SWITCH("\x04")));
	ok(mysql->last == TALK_MORE, "a second switch is followed");
	(void)after_greeting(mysql, "5.5.5-10.11.6-MariaDB", (struct span){0});
	is_str(mysql->version, "10.11.6-MariaDB", "MariaDB's prefix is none of the version");
	ok(mysql->is_mariadb, "and tells that it is MariaDB");
	(void)after_greeting(mysql, "\x1b]0;x\x07 8\xe2\x80\xae", (struct span){0});
	is_str(mysql->version, "?]0;x? 8???", "a version is printable");
	free(mysql);
}

/* Words of the first packet alone. */
static void test_first(void)
{
	static const struct mysql_try try = {"root", "s3", false};
	struct mysql *mysql = xcalloc(1, sizeof(*mysql));
	auto_buf struct buf out = {.ceiling = TALK_MAX_ANSWER};
	struct server server = {.capabilities = CAPABILITIES, .plugin = NATIVE, .password = ""};
	auto_buf struct buf in = {.ceiling = TALK_MAX_ANSWER};

	(void)mysql_begin(mysql, &try, &out);
	ok(mysql_feed(mysql, WORDS("SSH-2.0-OpenSSH_9.2\r\n"), &out) == TALK_BROKEN && out.len == 0,
	   "what does not speak MySQL is sent nothing");
	(void)mysql_begin(mysql, &try, &out);
	ok(mysql_feed(mysql, WORDS("\x09\0\0\0\xff\x6a\x04Host x"), &out) == TALK_DONE &&
	       mysql->outcome == MYSQL_HOST_NOT_ALLOWED,
	   "1130 instead of a greeting");
	(void)mysql_begin(mysql, &try, &out);
	ok(mysql_feed(mysql, WORDS("\x09\0\0\0\xff\x46\x07#HY000"), &out) == TALK_DONE &&
	       mysql->outcome == MYSQL_UNKNOWN,
	   "nothing is accepted before something was sent");
	put_greeting(&server, "8", &in);
	buf_put(&in, "\x07\0\0\x02\0\0\0\x02\0\0\0", 11);
	(void)mysql_begin(mysql, &try, &out);
	ok(mysql_feed(mysql, buf_span(&in), &out) == TALK_BROKEN && mysql->outcome == MYSQL_UNKNOWN,
	   "what comes in clear where TLS begins is not taken for what came through it");
	free(mysql);
}

static void test_plan(void)
{
	static const char *const words[] = {"a", "b", "c", "d"};
	const struct mysql_plan plan = {words, ARRAY_LEN(words)};
	auto_buf struct buf text = {.ceiling = 1024};
	enum mysql_kind kind;
	struct mysql_try try;

	for (size_t i = 0; mysql_plan_try(&plan, i, &kind, &try); i++)
		buf_printf(&text, "%u %s/%s\n", (unsigned)kind, try.user, try.password);
	is_str(buf_string(&text),
	       "0 root/\n1 " MYSQL_NOBODY "/\n2 " MYSQL_NOBODY "/" MYSQL_NO_PASSWORD
	       "\n3 root/a\n3 root/b\n3 root/c\n",
	       "three tries, and at most three words for root");
}

int main(void)
{
	test_odd();
	test_first();
	test_plan();
	return done();
}
