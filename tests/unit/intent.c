/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit/intent.h: the rows of good files of each kind, and the message of each bad one. */
#include "audit/intent.h"

#include <stdlib.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "tests/tap.h"

static struct arena arena;
static struct buf rows;
static struct err err;
static bool has_scope;

static const char *or_dash(const char *text)
{
	return text ? text : "-";
}

static int put_allow(const struct intent_reader *reader, const struct intent_allow *allow,
		     struct err *why)
{
	(void)reader;
	(void)why;
	buf_printf(&rows, "%u %s %s %s %d-%d %s (%s) %s\n", allow->line, allow->origin,
		   or_dash(allow->group), allow->protocol, allow->port_first, allow->port_last,
		   or_dash(allow->source), or_dash(allow->source_ref), or_dash(allow->why));
	return 0;
}

static int put_waiver(const struct intent_reader *reader, const struct intent_waiver *waiver,
		      struct err *why)
{
	(void)reader;
	(void)why;
	buf_printf(&rows, "%u waive %s %s %s %s\n", waiver->line, waiver->rule, waiver->subject,
		   waiver->until, waiver->reason);
	return 0;
}

static int put_setting(const struct intent_reader *reader, const struct intent_setting *setting,
		       struct err *why)
{
	if (strcmp(setting->key, "refused") == 0)
		return err_set(why, "%u: %s", setting->line, (const char *)reader->context);
	buf_printf(&rows, "%u set %s=%s\n", setting->line, setting->key, setting->value);
	return 0;
}

static int parse_span(struct span input)
{
	static char context[] = "the reader says no";
	struct intent_reader reader = {.arena = &arena,
				       .context = context,
				       .allow = put_allow,
				       .waiver = put_waiver,
				       .setting = put_setting};
	int result;

	buf_clear(&rows);
	err.text[0] = '\0';
	result = intent_parse(input, &reader, &err);
	has_scope = reader.has_scope;
	return result;
}

static void gives(const char *text, const char *expected, const char *name)
{
	if (parse_span(span_of(text)) < 0)
		buf_printf(&rows, "error %s", err.text);
	is_str(buf_string(&rows), expected, name);
}

static void refuses(const char *text, const char *message)
{
	is_str(parse_span(span_of(text)) < 0 ? err.text : "(it was read)", message, message);
}

/* ---- the policy ---- */

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
	gives("allow:\nwaive:\nsettings:\n", "", "sections may be empty");
	ok(has_scope, "an empty list of allowed ports is an answer: none");
	gives("settings: {a: 1}\n", "1 set a=1\n", "settings alone");
	ok(!has_scope, "they do not say what is meant to be open");
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
	refuses("settings: [1]", "1: \"settings\" must be a map of single values");
	refuses("settings:\n  a: [1]\n", "2: setting \"a\" must be a single value");
	refuses("settings:\n  a:\n", "2: setting \"a\" must be a single value");
	refuses("settings:\n  a: 1\n  a: 2\n", "3: duplicate key \"a\"");
	refuses("settings:\n  refused: 1\n", "2: the reader says no");
	refuses("allow: 22/tcp", "1: \"allow\" must be a list");
	refuses("allow: []\nallowed:\n- 1\n", "2: unknown key \"allowed\" in a harden policy");
	refuses("allow: []\n\"a\\nb\": 1\n", "2: unknown key \"a\\x0ab\" in a harden policy");
}

/* ---- aws ec2 describe-security-groups ---- */

static const char aws[] =
    "{ \"SecurityGroups\": [\n"
    "  { \"GroupId\": \"sg-1\", \"GroupName\": \"web\", \"Description\": \"d\", \"OwnerId\": "
    "\"1\",\n"
    "    \"VpcId\": \"vpc-1\", \"SecurityGroupArn\": \"arn\", \"Tags\": [], \"NewIn2030\": {},\n"
    "    \"IpPermissions\": [\n"
    "      {\"IpProtocol\": \"tcp\", \"FromPort\": 443, \"ToPort\": 443,\n"
    "       \"IpRanges\": [{\"CidrIp\": \"0.0.0.0/0\", \"Description\": \"the world\"},\n"
    "                    {\"CidrIp\": \"10.0.0.0/8\"}],\n"
    "       \"Ipv6Ranges\": [{\"CidrIpv6\": \"::/0\"}], \"PrefixListIds\": [], "
    "\"UserIdGroupPairs\": []},\n"
    "      {\"IpProtocol\": \"-1\", \"IpRanges\": [], \"Ipv6Ranges\": [],\n"
    "       \"PrefixListIds\": [{\"PrefixListId\": \"pl-1\", \"Description\": \"s3\"}],\n"
    "       \"UserIdGroupPairs\": [{\"GroupId\": \"sg-1\", \"UserId\": \"1\"}]},\n"
    "      {\"IpProtocol\": \"icmp\", \"FromPort\": -1, \"ToPort\": -1,\n"
    "       \"IpRanges\": [{\"CidrIp\": \"10.0.0.0/8\"}]},\n"
    "      {\"IpProtocol\": \"50\", \"IpRanges\": [{\"CidrIp\": \"10.0.0.0/8\"}]},\n"
    "      {\"IpProtocol\": \"17\", \"FromPort\": 0, \"ToPort\": 65535,\n"
    "       \"IpRanges\": [{\"CidrIp\": \"10.0.0.0/8\"}]},\n"
    "      {\"IpProtocol\": \"58\", \"FromPort\": 128, \"ToPort\": 0,\n"
    "       \"Ipv6Ranges\": [{\"CidrIpv6\": \"2001:db8::/32\"}]} ],\n"
    "    \"IpPermissionsEgress\": [{\"IpProtocol\": \"-1\",\n"
    "       \"IpRanges\": [{\"CidrIp\": \"0.0.0.0/0\"}]}] },\n"
    "  { \"GroupId\": \"sg-2\", \"IpPermissions\": [\n"
    "      {\"IpProtocol\": \"6\", \"FromPort\": 80, \"ToPort\": 90,\n"
    "       \"UserIdGroupPairs\": [{\"GroupName\": \"old\", \"Description\": \"x\"}]}]}\n"
    "]}\n";

static void test_aws(void)
{
	gives(aws,
	      "6 aws sg-1 tcp 443-443 0.0.0.0/0 (-) the world\n"
	      "7 aws sg-1 tcp 443-443 10.0.0.0/8 (-) -\n"
	      "8 aws sg-1 tcp 443-443 ::/0 (-) -\n"
	      "10 aws sg-1 all 0-65535 - (prefix list pl-1) s3\n"
	      "11 aws sg-1 all 0-65535 - (group sg-1) -\n"
	      "13 aws sg-1 icmp -1--1 10.0.0.0/8 (-) -\n"
	      "14 aws sg-1 50 -1--1 10.0.0.0/8 (-) -\n"
	      "16 aws sg-1 udp 0-65535 10.0.0.0/8 (-) -\n"
	      "18 aws sg-1 icmpv6 -1--1 2001:db8::/32 (-) -\n"
	      "23 aws sg-2 tcp 80-90 - (group old) x\n",
	      "an export of two groups, without their egress");
	ok(has_scope, "it says what is meant to be open");
	gives("SecurityGroups:\n- GroupId: sg-1\n  IpPermissions:\n  - IpProtocol: '-1'\n"
	      "    IpRanges:\n    - CidrIp: 10.0.0.0/8\n",
	      "6 aws sg-1 all 0-65535 10.0.0.0/8 (-) -\n", "an export with --output yaml");
	gives("{\"SecurityGroups\": [{\"GroupId\": \"sg-1\", \"IpPermissions\": []}]}", "",
	      "a group that lets nobody in");
	ok(has_scope, "which is an answer");
}

/* One permission of a group, and what is said about it. */
static void refuses_permission(const char *permission, const char *message)
{
	auto_buf struct buf text;

	buf_init(&text, 4096);
	buf_printf(&text,
		   "{\"SecurityGroups\": [{\"GroupId\": \"sg-1\",\n\"IpPermissions\": [\n{%s}]}]}",
		   permission);
	refuses(buf_string(&text), message);
}

#define TCP_FROM "\"IpProtocol\": \"tcp\", \"FromPort\": 1, \"ToPort\": 2, "

static void test_aws_errors(void)
{
	refuses_permission("\"FromPort\": 1", "3: \"IpProtocol\" is missing");
	refuses_permission("\"IpProtocol\": \"tpc\"", "3: protocol \"tpc\" is not known");
	refuses_permission("\"IpProtocol\": \"256\"", "3: protocol \"256\" is not known");
	refuses_permission("\"IpProtocol\": \"tcp\", \"IpRanges\": []",
			   "3: \"FromPort\" is missing");
	refuses_permission("\"IpProtocol\": \"tcp\", \"FromPort\": 1,\n\"ToPort\": 65536",
			   "4: \"ToPort\" is 65536: a port is 0 to 65535");
	refuses_permission("\"IpProtocol\": \"tcp\", \"FromPort\": -1, \"ToPort\": -1",
			   "3: \"FromPort\" is -1: a port is 0 to 65535");
	refuses_permission("\"IpProtocol\": \"tcp\", \"FromPort\": \"1\"",
			   "3: \"FromPort\" must be a whole number");
	refuses_permission("\"IpProtocol\": \"tcp\", \"FromPort\": 9000, \"ToPort\": 8000",
			   "3: port range 9000-8000 is reversed");
	refuses_permission(TCP_FROM "\"IpRanges\": [{\"CidrIp\": \"2001:db8::/32\"}]",
			   "3: \"2001:db8::/32\" is IPv6 where IPv4 belongs");
	refuses_permission(TCP_FROM "\"Ipv6Ranges\": [{\n\"CidrIpv6\": \"10.0.0.0/8\"}]",
			   "4: \"10.0.0.0/8\" is IPv4 where IPv6 belongs");
	refuses_permission(TCP_FROM "\"IpRanges\": [{\"CidrIp\": \"10.0.0.1/8\"}]",
			   "3: \"10.0.0.1/8\" has host bits set: write 10.0.0.0/8");
	refuses_permission(TCP_FROM "\"IpRanges\": [{\"CidrIp\": \"10.0.0.0/33\"}]",
			   "3: \"10.0.0.0/33\": the prefix length is not 0 to 32");
	refuses_permission(TCP_FROM "\"IpRanges\": [{}]", "3: \"CidrIp\" is missing");
	refuses_permission(TCP_FROM "\"IpRanges\": [\n{\"CidrIp\": \"10.0.0.0/8\", \"Not\": true}]",
			   "4: unknown key \"Not\" in IpRanges");
	refuses_permission(TCP_FROM "\"IpRanges\": {}", "3: \"IpRanges\" must be a list");
	refuses_permission(TCP_FROM "\"IpRanges\": [\"10.0.0.0/8\"]",
			   "3: IpRanges must be an object");
	refuses_permission(TCP_FROM "\"UserIdGroupPairs\": [{\"UserId\": \"1\"}]",
			   "3: \"GroupId\" is missing");
	refuses_permission(TCP_FROM "\"Deny\": true", "3: unknown key \"Deny\" in IpPermissions");
	refuses_permission("\"IpProtocol\": \"-1\"", "3: a permission without \"IpRanges\"");
	refuses("{\"SecurityGroups\": []}", "1: no security group in it");
	refuses("{\"SecurityGroups\": {}}", "1: \"SecurityGroups\" must be a list");
	refuses("{\"SecurityGroups\": [1]}", "1: a security group must be an object");
	refuses("{\"SecurityGroups\": [{}]}", "1: \"GroupId\" is missing");
	refuses("{\"SecurityGroups\": [{\"GroupId\": \"sg-1\"}]}",
		"1: a security group without a list \"IpPermissions\"");
	refuses("{\"SecurityGroups\": [],\n\"allow\": []}",
		"2: unknown key \"allow\" in a security group export");
	refuses("{\"SecurityGroups\": [],\n\"NextToken\": \"abc\"}",
		"2: \"NextToken\": this is not the last page, and the groups on the others are "
		"missing");
}

/* ---- terraform show -json ---- */

static const char state[] =
    "{\"format_version\": \"1.0\", \"terraform_version\": \"1.9.0\", \"values\": {\n"
    " \"root_module\": {\"resources\": [\n"
    "  {\"address\": \"aws_security_group.web\", \"mode\": \"managed\", \"type\": "
    "\"aws_security_group\",\n"
    "   \"values\": {\"name\": \"web\", \"egress\": [{\"from_port\": 0}], \"ingress\": [\n"
    "    {\"cidr_blocks\": [\"0.0.0.0/0\"], \"description\": \"\", \"from_port\": 0,\n"
    "     \"ipv6_cidr_blocks\": [\"::/0\"], \"prefix_list_ids\": [\"pl-1\"], \"protocol\": "
    "\"-1\",\n"
    "     \"security_groups\": [\"sg-9\"], \"self\": true, \"to_port\": 0}]}},\n"
    "  {\"address\": \"aws_instance.x\", \"mode\": \"managed\", \"type\": \"aws_instance\"},\n"
    "  {\"address\": \"data.aws_security_group.d\", \"mode\": \"data\", \"type\": "
    "\"aws_security_group\"},\n"
    "  {\"address\": \"aws_security_group_rule.out\", \"mode\": \"managed\", \"type\": "
    "\"aws_security_group_rule\",\n"
    "   \"values\": {\"type\": \"egress\", \"protocol\": \"-1\"}},\n"
    "  {\"address\": \"aws_security_group_rule.in\", \"mode\": \"managed\", \"type\": "
    "\"aws_security_group_rule\",\n"
    "   \"values\": {\"type\": \"ingress\", \"protocol\": \"tcp\", \"from_port\": 22, "
    "\"to_port\": 22,\n"
    "    \"cidr_blocks\": null, \"self\": false, \"source_security_group_id\": \"sg-2\", "
    "\"of_the_future\": null}}],\n"
    "  \"child_modules\": [{\"address\": \"module.db\", \"resources\": [\n"
    "   {\"address\": \"module.db.aws_vpc_security_group_ingress_rule.r[0]\",\n"
    "    \"mode\": \"managed\", \"type\": \"aws_vpc_security_group_ingress_rule\",\n"
    "    \"values\": {\"ip_protocol\": \"tcp\", \"from_port\": 5432, \"to_port\": 5432,\n"
    "     \"cidr_ipv4\": \"10.1.0.0/16\", \"cidr_ipv6\": null, \"description\": \"app\"}},\n"
    "   {\"address\": \"module.db.aws_default_security_group.d\",\n"
    "    \"mode\": \"managed\", \"type\": \"aws_default_security_group\",\n"
    "    \"values\": {\"ingress\": []}}]}]}}}\n";

static void test_terraform_state(void)
{
	gives(state,
	      "5 terraform aws_security_group.web all 0-65535 0.0.0.0/0 (-) -\n"
	      "5 terraform aws_security_group.web all 0-65535 ::/0 (-) -\n"
	      "5 terraform aws_security_group.web all 0-65535 - (prefix list pl-1) -\n"
	      "5 terraform aws_security_group.web all 0-65535 - (group sg-9) -\n"
	      "5 terraform aws_security_group.web all 0-65535 - (self) -\n"
	      "13 terraform aws_security_group_rule.in tcp 22-22 - (group sg-2) -\n"
	      "18 terraform module.db.aws_vpc_security_group_ingress_rule.r[0] tcp 5432-5432 "
	      "10.1.0.0/16 (-) app\n",
	      "a state with a module");
	ok(has_scope, "it says what is meant to be open");
	gives("{\"format_version\": \"0.2\", \"values\": {\"root_module\": {}}}", "",
	      "a state without resources");
}

/* A plan with one resource: its type, its values and its after_unknown. */
static const char *plan_of(const char *type, const char *values, const char *unknown)
{
	return arena_printf(&arena,
			    "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": "
			    "{\"resources\": [\n"
			    "{\"address\": \"a.b\", \"mode\": \"managed\", \"type\": "
			    "\"%s\",\n\"values\": {%s}}]}},\n"
			    "\"resource_changes\": [{\"address\": \"a.b\", \"deposed\": \"1\"}, "
			    "{\"address\": \"x\"},\n"
			    "{\"address\": \"a.b\", \"change\": {\"after_unknown\": {%s}}}]}\n",
			    type, values, unknown);
}

#define RULE "aws_security_group_rule"
#define VPC_RULE "aws_vpc_security_group_ingress_rule"
#define TCP_22 "\"protocol\": \"tcp\", \"from_port\": 22, \"to_port\": 22"
#define KNOWN "3 terraform a.b tcp 22-22 10.0.0.0/8 (-) -\n"
#define LATER "3 terraform a.b tcp 22-22 - (known after apply) -\n"
#define ALL_LATER "3 terraform a.b all 0-65535 - (known after apply) -\n"
#define OTHERS_EMPTY                                                                               \
	"\"ipv6_cidr_blocks\": [], \"prefix_list_ids\": [], \"security_groups\": [], "             \
	"\"self\": false"

static void test_terraform_plan(void)
{
	gives(plan_of(RULE, "\"type\": \"ingress\", " TCP_22 ", \"cidr_blocks\": [\"10.0.0.0/8\"]",
		      "\"source_security_group_id\": true, \"id\": true"),
	      KNOWN, "a source that is known");
	gives(plan_of(RULE, "\"type\": \"ingress\", " TCP_22, "\"source_security_group_id\": true"),
	      LATER, "a group that is known later");
	gives(plan_of(RULE, "\"type\": \"ingress\", " TCP_22 ", \"cidr_blocks\": [\"10.0.0.0/8\"]",
		      "\"ipv6_cidr_blocks\": true"),
	      KNOWN LATER, "one source known, one later");
	gives(plan_of(RULE, TCP_22 ", \"cidr_blocks\": [\"10.0.0.0/8\", null]", ""), KNOWN LATER,
	      "a list of which one is known later, in a rule of unknown direction");
	gives(plan_of(RULE, "\"type\": \"ingress\", \"cidr_blocks\": [\"10.0.0.0/8\"]", ""),
	      ALL_LATER, "a protocol that is known later");
	gives(plan_of(RULE, "\"type\": \"egress\", " TCP_22, ""), "", "egress");
	gives(plan_of(VPC_RULE, "\"ip_protocol\": \"udp\", \"cidr_ipv4\": \"10.0.0.0/8\"", ""),
	      ALL_LATER, "ports that are known later");
	gives(plan_of(VPC_RULE, "\"ip_protocol\": \"-1\", \"cidr_ipv4\": \"10.0.0.0/8\"", ""),
	      "3 terraform a.b all 0-65535 10.0.0.0/8 (-) -\n", "all protocols need no ports");
	gives(
	    plan_of(VPC_RULE, "\"ip_protocol\": \"-1\"", "\"referenced_security_group_id\": true"),
	    ALL_LATER, "a referenced group that is known later");
	gives(plan_of("aws_security_group",
		      "\"ingress\": [{" TCP_22 ", \"cidr_blocks\": [\"10.0.0.0/8\"], " OTHERS_EMPTY
		      "}]",
		      ""),
	      KNOWN, "a block whose sources are known");
	gives(plan_of("aws_security_group",
		      "\"ingress\": [{" TCP_22 ", \"cidr_blocks\": null, " OTHERS_EMPTY "}]", ""),
	      LATER, "a block whose sources are known later");
	gives(plan_of("aws_security_group",
		      "\"ingress\": [{" TCP_22 ", \"cidr_blocks\": [\"10.0.0.0/8\"]}]", ""),
	      KNOWN LATER, "a block of which some are known later");
	gives(plan_of("aws_security_group", "\"ingress\": [null]", ""), ALL_LATER,
	      "a block that is known later");
	gives(plan_of("aws_security_group", "\"name\": \"x\"", "\"ingress\": true"), ALL_LATER,
	      "blocks that are known later");
}

/* A state with one resource, and what is said about it. */
static void refuses_resource(const char *type, const char *values, const char *message)
{
	refuses(arena_printf(&arena,
			     "{\"format_version\": \"1.0\", \"values\": {\"root_module\": "
			     "{\"resources\": [\n{\"address\": \"a.b\", \"mode\": \"managed\", "
			     "\"type\": \"%s\",\n\"values\": {%s}}]}}}",
			     type, values),
		message);
}

static void test_terraform_errors(void)
{
	refuses_resource(RULE, "\"type\": \"ingress\", " TCP_22,
			 "3: a security group rule without any source");
	refuses_resource(RULE, "\"type\": \"inbound\"",
			 "3: \"type\" is neither ingress nor egress");
	refuses_resource(RULE, "\"type\": \"ingress\", \"not_cidr\": [1]",
			 "3: unknown key \"not_cidr\" in a security group rule");
	refuses_resource(RULE, TCP_22 ", \"cidr_blocks\": [null]",
			 "3: \"cidr_blocks\" must be a text");
	refuses_resource(RULE, TCP_22 ", \"ipv6_cidr_blocks\": [\"10.0.0.0/8\"]",
			 "3: \"10.0.0.0/8\" is IPv4 where IPv6 belongs");
	refuses_resource(RULE, TCP_22 ", \"cidr_blocks\": [\"10.0.0.1/8\"]",
			 "3: \"10.0.0.1/8\" has host bits set: write 10.0.0.0/8");
	refuses_resource(VPC_RULE, "\"ip_protocol\": \"tcp\"", "3: \"from_port\" is missing");
	refuses_resource(VPC_RULE, "\"cidr_ipv4\": \"10.0.0.0/8\"",
			 "3: \"ip_protocol\" is missing");
	refuses_resource("aws_security_group", "\"ingress\": {}", "3: \"ingress\" must be a list");
	refuses_resource("aws_security_group", "\"ingress\": [1]",
			 "3: a security group rule must be an object");
	refuses_resource("aws_security_group", "\"ingress\": [{\"deny\": true}]",
			 "3: unknown key \"deny\" in a security group rule");
	refuses("{\"format_version\": \"1.0\"}", "1: neither \"values\" nor \"planned_values\"");
	refuses("{\"format_version\": \"2.0\", \"values\": {}}",
		"1: format version \"2.0\" is not known");
	refuses("{\"format_version\": [], \"values\": {}}", "1: format version \"\" is not known");
	refuses("{\"format_version\": \"1.0\", \"values\": {}}", "1: \"root_module\" is missing");
	refuses("{\"format_version\": \"1.0\", \"values\": {\"root_module\": []}}",
		"1: a module must be an object");
	refuses("{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": 1}}}",
		"1: \"resources\" must be a list");
	refuses(
	    "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": [{}]}}}",
	    "1: \"type\" is missing");
	refuses("{\"format_version\": \"1.0\", \"errored\": true}",
		"1: the plan is errored, and so not whole");
}

/* ---- what is none of them ---- */

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

static void test_truncated(const char *text, const char *name)
{
	size_t len = strlen(text);
	unsigned bad = 0;

	for (size_t cut = 0; cut < len; cut++) {
		char *copy = strndup(text, cut); /* its end is ASan's border */

		if (parse_span((struct span){copy, cut}) < 0)
			bad += err.text[0] < '1' || err.text[0] > '9';
		free(copy);
	}
	ok(bad == 0, "%s: cut after every byte", name);
}

int main(void)
{
	json_prepare();
	arena_init(&arena, (size_t)1 << 30);
	buf_init(&rows, 64U << 20);
	test_policy();
	test_policy_ports();
	test_policy_sources();
	test_policy_rest();
	test_aws();
	test_aws_errors();
	test_terraform_state();
	test_terraform_plan();
	test_terraform_errors();
	test_others();
	test_ceiling();
	test_truncated(policy, "a policy");
	test_truncated(aws, "a security group export");
	test_truncated(state, "a Terraform state");
	buf_done(&rows);
	arena_done(&arena);
	return done();
}
