/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit/intent.h: the harden policy, ceilings, and files that are no intent at all. */
#include "tests/unit/intent.h"

static const char policy[] =
    "allow:\n"
    "  - { port: 22/tcp,        from: [10.20.0.0/16, \"2001:DB8:20::/48\"], why: operators }\n"
    "  - { port: [80/tcp, 443/tcp], from: anywhere }\n"
    "  - port: 8000-8100/udp\n"
    "    from: 192.0.2.7\n"
    "  - { port: icmp, from: anywhere }\n"
    "waive:\n"
    "  - { rule: container/root-user, subject: legacy-batch, until: 2027-03-01, reason: \"OPS-12\" "
    "}\n"
    "settings:\n"
    "  certificate_warn_days: 30\n"
    "  strict: Yes\n";

static void test_policy(void)
{
	gives(policy,
	      "2 policy - tcp 22-22 10.20.0.0/16 (-) operators\n"
	      "2 policy - tcp 22-22 2001:db8:20::/48 (-) operators\n"
	      "3 policy - tcp 80-80 0.0.0.0/0 (-) -\n"
	      "3 policy - tcp 80-80 ::/0 (-) -\n"
	      "3 policy - tcp 443-443 0.0.0.0/0 (-) -\n"
	      "3 policy - tcp 443-443 ::/0 (-) -\n"
	      "4 policy - udp 8000-8100 192.0.2.7/32 (-) -\n"
	      "6 policy - icmp -1--1 0.0.0.0/0 (-) -\n"
	      "6 policy - icmpv6 -1--1 ::/0 (-) -\n"
	      "8 waive container/root-user legacy-batch 2027-03-01 OPS-12\n"
	      "10 set certificate_warn_days=30\n"
	      "11 set strict=Yes\n",
	      "the policy of the manual");
	ok(has_scope, "it says what is meant to be open");
	gives("{\"allow\": [{\"port\": \"1-65535/tcp\",\n\"from\": [\"anywhere\"]}],\n"
	      "\"settings\": {\"x\": 1.50}}",
	      "1 policy - tcp 1-65535 0.0.0.0/0 (-) -\n1 policy - tcp 1-65535 ::/0 (-) -\n"
	      "3 set x=1.50\n",
	      "a policy in JSON");
	gives("allow:\nwaive:\nsettings:\n", "1 policy - nothing\n", "sections may be empty");
	ok(has_scope, "an empty list of allowed ports is an answer: none");
	gives("settings: {a: 1}\n", "1 set a=1\n", "settings alone");
	ok(!has_scope, "they do not say what is meant to be open");
	gives("certificates: [/a.pem, \"/b/*.p12\"]\n",
	      "certificate /a.pem\ncertificate /b/*.p12\n", "certificates alone");
	ok(!has_scope, "nor do they");
	gives("allow:\n- &a {port: 1/tcp, from: 10.0.0.0/8}\n- *a\n",
	      "2 policy - tcp 1-1 10.0.0.0/8 (-) -\n3 policy - tcp 1-1 10.0.0.0/8 (-) -\n",
	      "the same entry twice, by alias");
}

/* One entry of "allow", and what is said about it. */
static void refuses_entry(const char *entry, const char *message)
{
	auto_buf struct buf text;

	buf_init(&text, 4096);
	buf_printf(&text, "allow:\n  - { %s }\n", entry);
	refuses(buf_string(&text), message);
}

static void test_policy_ports(void)
{
	refuses_entry("port: 0/tcp, from: anywhere", "2: \"0/tcp\": a port is 1 to 65535");
	refuses_entry("port: 65536/tcp, from: anywhere", "2: \"65536/tcp\": a port is 1 to 65535");
	refuses_entry("port: 022/tcp, from: anywhere", "2: \"022/tcp\": a port is 1 to 65535");
	refuses_entry("port: 1-/tcp, from: anywhere", "2: \"1-/tcp\": a port is 1 to 65535");
	refuses_entry("port: -1/tcp, from: anywhere", "2: \"-1/tcp\": a port is 1 to 65535");
	refuses_entry("port: 1-2-3/tcp, from: anywhere", "2: \"1-2-3/tcp\": a port is 1 to 65535");
	refuses_entry("port: /tcp, from: anywhere", "2: \"/tcp\": a port is 1 to 65535");
	refuses_entry("port: 9000-8000/tcp, from: anywhere", "2: port range 9000-8000 is reversed");
	refuses_entry("port: 22, from: anywhere",
		      "2: port \"22\" has no protocol: write /tcp or /udp");
	refuses_entry("port: 22:22, from: anywhere",
		      "2: port \"22:22\" has no protocol: write /tcp or /udp");
	refuses_entry("port: 22/sctp, from: anywhere",
		      "2: \"22/sctp\": the protocol of a port is tcp or udp");
	refuses_entry("port: 22/, from: anywhere",
		      "2: \"22/\": the protocol of a port is tcp or udp");
	refuses_entry("port: \"22/tcp\\e[31m\", from: anywhere",
		      "2: \"22/tcp\\x1b[31m\": the protocol of a port is tcp or udp");
	refuses_entry("port: [[22/tcp]], from: anywhere",
		      "2: \"port\" must be like 22/tcp, 8000-8100/udp or icmp");
	refuses_entry("port: 1.5, from: anywhere",
		      "2: port \"1.5\" has no protocol: write /tcp or /udp");
	refuses_entry("port: [], from: anywhere", "2: \"port\" is empty");
	refuses_entry("from: anywhere", "2: \"port\" is missing");
}

static void test_policy_sources(void)
{
	refuses_entry("port: 1/tcp", "2: \"from\" is missing");
	refuses_entry("port: 1/tcp, from: ~", "2: \"from\" is missing");
	refuses_entry("port: 1/tcp, from: []", "2: \"from\" is empty");
	refuses_entry("port: 1/tcp, from: everywhere", "2: \"everywhere\" is not an address");
	refuses_entry("port: 1/tcp, from: 10.0.0.1/8",
		      "2: \"10.0.0.1/8\" has host bits set: write 10.0.0.0/8");
	refuses_entry("port: 1/tcp, from: 10.0.0.0/33",
		      "2: \"10.0.0.0/33\": the prefix length is not 0 to 32");
	refuses_entry("port: 1/tcp, from: \"2001:db8::/129\"",
		      "2: \"2001:db8::/129\": the prefix length is not 0 to 128");
	refuses_entry("port: 1/tcp, from: 10.0.0/8", "2: \"10.0.0\" is not an IP address");
	refuses_entry("port: 1/tcp, from: 10.0.0.256", "2: \"10.0.0.256\" is not an IP address");
	refuses_entry("port: 1/tcp, from: \"::ffff:10.0.0.0/104\"",
		      "2: \"::ffff:10.0.0.0/104\" is IPv4 in IPv6 clothing: write it as IPv4");
	refuses_entry("port: 1/tcp, from: 10", "2: \"10\" is not an IP address");
	refuses_entry("port: 1/tcp, from: {a: 1}", "2: an address must be a text");
	refuses_entry("port: 1/tcp, from: [anywhere, \"\"]", "2: empty address");
	refuses_entry("port: 1/tcp, frm: anywhere",
		      "2: unknown key \"frm\" in an entry of \"allow\"");
	refuses_entry("port: 1/tcp, from: anywhere, why: [1]", "2: \"why\" must be a text");
	refuses_entry("port: 1/tcp, from: anywhere, x: ~",
		      "2: unknown key \"x\" in an entry of \"allow\"");
}

static void test_policy_rest(void)
{
	static const char *const dates[] = {"2027-02-29", "2027-04-31", "2027-13-01",  "2027-00-01",
					    "2027-01-00", "0000-01-01", "2100-02-29",  "2027-3-01",
					    "20270301",   "2027/03/01", "2027-03-01 ", "+027-03-01",
					    "2027-03-0x", "never"};

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		auto_buf struct buf text;

		buf_init(&text, 4096);
		buf_printf(&text, "waive:\n- {rule: r, subject: s, reason: x,\n   until: '%s'}\n",
			   dates[i]);
		(void)parse_span(buf_span(&text));
		ok(strncmp(err.text, "3: \"", 4) == 0 && strstr(err.text, "is not a date"),
		   "%s is no date: %s", dates[i], err.text);
	}
	gives("waive: [{rule: r, subject: s, until: 2028-02-29, reason: x}]",
	      "1 waive r s 2028-02-29 x\n", "a leap day");
	refuses("waive: [{rule: r, subject: s, reason: x}]", "1: \"until\" is missing");
	refuses("waive: [{rule: r, subject: s, until: 2027-01-01}]", "1: \"reason\" is missing");
	refuses("waive: [{rule: r, subject: '', until: 2027-01-01, reason: x}]",
		"1: \"subject\" is missing");
	refuses("waive: [{subject: s, until: 2027-01-01, reason: x}]", "1: \"rule\" is missing");
	refuses("waive: [{rules: r}]", "1: unknown key \"rules\" in an entry of \"waive\"");
	refuses("waive:\n- x\n", "2: an entry of \"waive\" must be an object");
	refuses("waive: {rule: r}", "1: \"waive\" must be a list");
	refuses("certificates: /a.pem", "1: \"certificates\" must be a list");
	refuses("certificates:\n- a.pem\n",
		"2: a certificate is the absolute path of a file, or a pattern");
	refuses("certificates:\n- [/a]\n",
		"2: a certificate is the absolute path of a file, or a pattern");
	refuses("settings: [1]", "1: \"settings\" must be a map of single values");
	refuses("settings:\n  a: [1]\n", "2: setting \"a\" must be a single value");
	refuses("settings:\n  a:\n", "2: setting \"a\" must be a single value");
	refuses("settings:\n  a: 1\n  a: 2\n", "3: duplicate key \"a\"");
	refuses("settings:\n  refused: 1\n", "2: the reader says no");
	refuses("allow: 22/tcp", "1: \"allow\" must be a list");
	refuses("allow: []\nallowed:\n- 1\n", "2: unknown key \"allowed\" in a harden policy");
	refuses("allow: []\n\"a\\nb\": 1\n", "2: unknown key \"a\\x0ab\" in a harden policy");
}

#define NEITHER                                                                                    \
	"1: neither a security group export, a terraform show -json document nor a harden policy"

static void test_others(void)
{
	auto_buf struct buf text;

	refuses("{}", NEITHER);
	refuses("[]", NEITHER);
	refuses("Dear all, this is a letter.\n", NEITHER);
	refuses("port: 22/tcp\n", NEITHER);
	refuses("{\"version\": 4, \"resources\": []}", NEITHER);
	refuses("", "1: empty");
	ok(parse_span((struct span){NULL, 0}) < 0, "no bytes at all: %s", err.text);
	ok(parse_span((struct span){"\x7f"
				    "ELF\x02\x01\x01\0\0\0",
				    10}) < 0,
	   "a binary: %s", err.text);
	ok(parse_span((struct span){"\x1f\x8b\x08\0\0\0\0\0", 8}) < 0, "a gzip file: %s", err.text);

	buf_init(&text, JSON_MAX_BYTES);
	for (int i = 0; i < 10000; i++)
		buf_text(&text, "{\"SecurityGroups\":[");
	ok(parse_span(buf_span(&text)) < 0, "10,000 levels: %s", err.text);
}

/* 400 ports for 400 sources: by aliases or not, a small file must not stand for endless rows. */
static void test_ceiling(void)
{
	auto_buf struct buf text;

	buf_init(&text, JSON_MAX_BYTES);
	buf_text(&text, "allow:\n- port: [1/tcp");
	for (int i = 0; i < 400; i++)
		buf_text(&text, ", 1/tcp");
	buf_text(&text, "]\n  from: [10.0.0.0/8");
	for (int i = 0; i < 400; i++)
		buf_text(&text, ", 10.0.0.0/8");
	buf_text(&text, "]\n");
	ok(parse_span(buf_span(&text)) < 0, "too many rows");
	is_str(err.text, "2: more than 100000 allowed sources", "the message");

	buf_clear(&text);
	buf_text(&text, "settings:\n");
	for (unsigned i = 0; i <= INTENT_MAX_SETTINGS; i++)
		buf_printf(&text, "  k%u: 1\n", i);
	ok(parse_span(buf_span(&text)) < 0, "too many settings");
	is_str(err.text, "1002: more than 1000 settings", "the message");
}

int main(void)
{
	begin();
	test_policy();
	test_policy_ports();
	test_policy_sources();
	test_policy_rest();
	test_others();
	test_ceiling();
	test_truncated(policy, "a policy");
	return end();
}
