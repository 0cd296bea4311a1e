/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit/intent.h: the output of terraform show -json, of states and plans. */
#include "tests/unit/intent.h"

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
	      "10.1.0.0/16 (-) app\n"
	      "22 terraform module.db.aws_default_security_group.d nothing\n",
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
	ok(!has_later_ports, "whose ports are known all the same");
	gives(plan_of(RULE, "\"type\": \"ingress\", " TCP_22 ", \"cidr_blocks\": [\"10.0.0.0/8\"]",
		      "\"ipv6_cidr_blocks\": true"),
	      KNOWN LATER, "one source known, one later");
	gives(plan_of(RULE, TCP_22 ", \"cidr_blocks\": [\"10.0.0.0/8\", null]", ""), KNOWN LATER,
	      "a list of which one is known later, in a rule of unknown direction");
	gives(plan_of(RULE, "\"type\": \"ingress\", \"cidr_blocks\": [\"10.0.0.0/8\"]", ""),
	      ALL_LATER, "a protocol that is known later");
	ok(has_later_ports, "is no leave for all ports");
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
	ok(has_later_ports, "are no leave for all ports either");
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

int main(void)
{
	begin();
	test_terraform_state();
	test_terraform_plan();
	test_terraform_errors();
	test_truncated(state, "a Terraform state");
	return end();
}
