/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit/intent.h: the output of aws ec2 describe-security-groups. */
#include "tests/unit/intent.h"

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
	gives("{\"SecurityGroups\": [{\"IpPermissions\": []}]}", "1 aws - nothing\n",
	      "a group without a name");
	gives("{\"SecurityGroups\": [{\"GroupId\": \"sg-1\", \"IpPermissions\": []}]}",
	      "1 aws sg-1 nothing\n", "a group that lets nobody in");
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
	refuses("{\"SecurityGroups\": [{}]}",
		"1: a security group without a list \"IpPermissions\"");
	refuses("{\"SecurityGroups\": [{\"GroupId\": \"sg-1\"}]}",
		"1: a security group without a list \"IpPermissions\"");
	refuses("{\"SecurityGroups\": [],\n\"allow\": []}",
		"2: unknown key \"allow\" in a security group export");
	refuses("{\"SecurityGroups\": [],\n\"NextToken\": \"abc\"}",
		"2: \"NextToken\": this is not the last page, and the groups on the others are "
		"missing");
}

int main(void)
{
	begin();
	test_aws();
	test_aws_errors();
	test_truncated(aws, "a security group export");
	return end();
}
