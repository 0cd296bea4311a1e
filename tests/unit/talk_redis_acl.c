/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ACL GETUSER lets its user do. */
#include "audit/talk/redis_acl.h"

#include "tests/unit/talk.h"

/* CONFIG SET, EVAL and writing, one letter each: may, may not, unknown. */
static void is_acl(const char *rules, const char *keys, const char *expected)
{
	static const char marks[] = "?-+";
	char text[512];
	char got[4] = "";
	struct redis_acl acl;

	(void)snprintf(text, sizeof(text),
		       "*4\r\n$8\r\ncommands\r\n$%zu\r\n%s\r\n$4\r\nkeys\r\n$%zu\r\n%s\r\n",
		       strlen(rules), rules, strlen(keys), keys);
	redis_acl_read(&acl, span_of(text));
	got[0] = marks[acl.config];
	got[1] = marks[acl.eval];
	got[2] = marks[acl.write];
	(void)is_str(got, expected, rules);
}

static void test_acl(void)
{
	static const char six[] =
	    "*4\r\n$8\r\ncommands\r\n$5\r\n+@all\r\n$4\r\nkeys\r\n*1\r\n$1\r\n*\r\n";
	static const char selector[] =
	    "*6\r\n$8\r\ncommands\r\n$5\r\n-@all\r\n$4\r\nkeys\r\n$0\r\n\r\n$9\r\nselectors\r\n"
	    "*1\r\n*4\r\n$8\r\ncommands\r\n$10\r\n-@all +set\r\n$4\r\nkeys\r\n$2\r\n~*\r\n";
	struct redis_acl acl;

	is_acl("+@all", "~*", "+++");
	is_acl("+@all", "", "++-");
	is_acl("+@all", "%R~*", "++-");
	is_acl("+@all", "%R~a %RW~b", "+++");
	is_acl("-@all", "~*", "---");
	is_acl("-@all +ping", "~*", "---");
	is_acl("-@all +@read +info", "~*", "---");
	is_acl("+@all -@dangerous", "~*", "-++");
	is_acl("+@all -@admin", "~*", "-++");
	is_acl("+@all -config", "~*", "-++");
	is_acl("+@all -config|set", "~*", "-++");
	is_acl("+@all -config|get", "~*", "+++");
	is_acl("-@all +config|get", "~*", "---");
	is_acl("-@all +config|set", "~*", "+--");
	is_acl("-@all +CONFIG", "~*", "+--");
	is_acl("+@all -@write", "~*", "++-");
	is_acl("+@all -set", "~*", "++?");
	is_acl("-@all +lpush", "~*", "--?");
	is_acl("+@all -@scripting", "~*", "+-+");
	is_acl("+@all -eval", "~*", "+?+");
	is_acl("-@all +evalsha", "~*", "-??");
	is_acl("-@all +@everything", "~*", "-??");
	is_acl("+@all nocommands", "~*", "---");
	is_acl("allcommands", "~*", "+++");
	redis_acl_read(&acl, BYTES(six));
	(void)ok(acl.is_read && acl.write == REDIS_MAY, "the keys of Redis 6 are a list");
	redis_acl_read(&acl, BYTES(selector));
	(void)ok(acl.write == REDIS_MAY && acl.config == REDIS_MAY_NOT, "a selector grants too");
	(void)is_str(acl.rules, "-@all (-@all +set)", "its rules are shown");
	redis_acl_read(&acl, BYTES("*2\r\n$8\r\ncommands\r\n*0\r\n"));
	(void)ok(!acl.is_read, "commands that are no text");
	redis_acl_read(&acl, BYTES("*-1\r\n"));
	(void)ok(!acl.is_read, "no such user");
}

int main(void)
{
	test_acl();
	return done();
}
