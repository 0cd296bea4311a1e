/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] `terraform show -json` of a state or a plan (Terraform's "JSON Output Format"), with the
 * resources of its AWS provider that let traffic in. In a plan, what becomes known only when it
 * is applied is null, left out, or true in "after_unknown": such a source is handed out as not
 * known, for it will let somebody in.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/intent/parse.h"

#define KNOWN_LATER "known after apply"

/* Where a rule names its sources; each may be a text or a list of them. */
static const struct source_key {
	const char *name;
	int family;        /* of a prefix; AF_UNSPEC: only the cloud can resolve it, */
	const char *label; /* and it is called so */
} source_keys[] = {
    {"cidr_blocks", AF_INET, NULL},
    {"ipv6_cidr_blocks", AF_INET6, NULL},
    {"cidr_ipv4", AF_INET, NULL},
    {"cidr_ipv6", AF_INET6, NULL},
    {"prefix_list_ids", AF_UNSPEC, "prefix list"},
    {"prefix_list_id", AF_UNSPEC, "prefix list"},
    {"security_groups", AF_UNSPEC, "group"},
    {"source_security_group_id", AF_UNSPEC, "group"},
    {"referenced_security_group_id", AF_UNSPEC, "group"},
    {NULL, 0, NULL},
};

static const char *const block_keys[] = {
    "from_port",       "to_port",         "protocol", "cidr_blocks", "ipv6_cidr_blocks",
    "prefix_list_ids", "security_groups", "self",     "description", NULL};

static const char *const rule_keys[] = {
    "type",        "from_port",        "to_port",           "protocol",
    "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids",   "source_security_group_id",
    "self",        "description",      "security_group_id", "security_group_rule_id",
    "id",          "region",           "timeouts",          NULL};

static const char *const vpc_rule_keys[] = {"ip_protocol",
					    "from_port",
					    "to_port",
					    "cidr_ipv4",
					    "cidr_ipv6",
					    "prefix_list_id",
					    "referenced_security_group_id",
					    "description",
					    "security_group_id",
					    "security_group_rule_id",
					    "arn",
					    "id",
					    "region",
					    "tags",
					    "tags_all",
					    "timeouts",
					    NULL};

/* A rule on its way from the file to the rows. */
struct rule {
	const struct json *values;
	const struct json *unknown; /* its "after_unknown", or NULL */
	struct intent_allow allow;  /* what all its rows have in common */
	unsigned sources;           /* found so far */
	bool has_later;             /* one of them is known later */
};

static int emit_later(struct intent_parse *parse, struct rule *rule, struct err *err)
{
	struct intent_allow allow = rule->allow;

	rule->sources++;
	rule->has_later = true;
	allow.source = NULL;
	allow.source_ref = KNOWN_LATER;
	return intent_emit(parse, &allow, err);
}

/* It may be any port: whoever takes the rows for all that is meant must be told. */
static int emit_any_later(struct intent_parse *parse, struct rule *rule, struct err *err)
{
	parse->reader->has_later_ports = true;
	rule->allow.protocol = "all";
	rule->allow.port_first = 0;
	rule->allow.port_last = 65535;
	return emit_later(parse, rule, err);
}

static int emit_reference(struct intent_parse *parse, struct rule *rule, const char *reference,
			  struct err *err)
{
	struct intent_allow allow = rule->allow;

	rule->sources++;
	allow.source_ref = reference;
	return intent_emit(parse, &allow, err);
}

static int read_source(struct intent_parse *parse, struct rule *rule, const struct source_key *key,
		       const struct json *value, struct err *err)
{
	struct intent_allow allow = rule->allow;

	if (value->type == JSON_NULL && parse->is_plan)
		return emit_later(parse, rule, err);
	if (value->type != JSON_STRING || value->text.len == 0)
		return intent_fault(value, err, "\"%s\" must be a text", key->name);
	if (key->family == AF_UNSPEC)
		return emit_reference(
		    parse, rule,
		    arena_printf(parse->reader->arena, "%s %s", key->label, value->text.data), err);
	rule->sources++;
	if (intent_prefix(parse, value, key->family, &allow.source, err) < 0)
		return -1;
	return intent_emit(parse, &allow, err);
}

static bool is_true(const struct json *value)
{
	return value && value->type == JSON_BOOL && value->integer == 1;
}

/*
 * A source that is not set: will it be, when the plan is applied? The provider calls the group of a
 * rule computed even where the rule has other sources, so that one counts only when it has none.
 */
static bool is_known_later(const struct rule *rule, const struct source_key *key)
{
	return strcmp(key->name, "source_security_group_id") != 0 &&
	       is_true(json_get(rule->unknown, key->name));
}

static int read_sources(struct intent_parse *parse, struct rule *rule, struct err *err)
{
	for (const struct source_key *key = source_keys; key->name; key++) {
		const struct json *value = json_get(rule->values, key->name);

		if (intent_is_unset(value)) {
			if (parse->is_plan && is_known_later(rule, key) &&
			    emit_later(parse, rule, err) < 0)
				return -1;
			continue;
		}
		if (value->type != JSON_ARRAY) {
			if (read_source(parse, rule, key, value, err) < 0)
				return -1;
			continue;
		}
		for (const struct json *at = value->child; at; at = at->next)
			if (read_source(parse, rule, key, at, err) < 0)
				return -1;
	}
	if (is_true(json_get(rule->values, "self")))
		return emit_reference(parse, rule, "self", err);
	return 0;
}

/* In a plan, protocol and ports too may be known only later: then it may be any. */
static int read_ports(const struct intent_parse *parse, struct rule *rule, const char *protocol_key,
		      bool *is_later, struct err *err)
{
	const struct intent_port_keys keys = {protocol_key, "from_port", "to_port"};
	const struct json *protocol = json_get(rule->values, protocol_key);
	bool has_ports = !intent_is_unset(json_get(rule->values, keys.from)) &&
			 !intent_is_unset(json_get(rule->values, keys.to));

	*is_later =
	    parse->is_plan &&
	    (intent_is_unset(protocol) ||
	     (!has_ports && (span_is(protocol->text, "tcp") || span_is(protocol->text, "udp") ||
			     span_is(protocol->text, "6") || span_is(protocol->text, "17"))));
	return *is_later ? 0 : intent_aws_ports(parse, rule->values, &keys, &rule->allow, err);
}

/* What blocks and rules have in common. */
static int read_rule(struct intent_parse *parse, struct rule *rule, const char *const *known,
		     struct err *err)
{
	const char *protocol_key = known == vpc_rule_keys ? "ip_protocol" : "protocol";
	bool is_later = false;

	rule->allow.line = rule->values->line;
	if (intent_check_keys(parse, rule->values, "a security group rule", known, err) < 0 ||
	    intent_may_text(rule->values, "description", &rule->allow.why, err) < 0 ||
	    read_ports(parse, rule, protocol_key, &is_later, err) < 0)
		return -1;
	if (is_later)
		return emit_any_later(parse, rule, err);
	return read_sources(parse, rule, err);
}

/* The provider writes every list of a block, if only as empty: one that is unset comes later. */
static bool has_unset_list(const struct json *block)
{
	return intent_is_unset(json_get(block, "cidr_blocks")) ||
	       intent_is_unset(json_get(block, "ipv6_cidr_blocks")) ||
	       intent_is_unset(json_get(block, "prefix_list_ids")) ||
	       intent_is_unset(json_get(block, "security_groups"));
}

static int read_group(struct intent_parse *parse, struct rule *group, struct err *err)
{
	const struct json *blocks = json_get(group->values, "ingress");

	group->allow.line = group->values->line;
	if (intent_is_unset(blocks))
		return parse->is_plan ? emit_any_later(parse, group, err)
				      : intent_emit_nothing(parse, &group->allow, err);
	if (blocks->type != JSON_ARRAY)
		return intent_fault(blocks, err, "\"ingress\" must be a list");
	for (const struct json *block = blocks->child; block; block = block->next) {
		struct rule rule = {.values = block, .allow = group->allow};

		if (parse->is_plan && block->type == JSON_NULL) {
			if (emit_any_later(parse, group, err) < 0)
				return -1;
			continue;
		}
		if (read_rule(parse, &rule, block_keys, err) < 0)
			return -1;
		if (parse->is_plan && has_unset_list(block) && !rule.has_later &&
		    emit_later(parse, &rule, err) < 0)
			return -1;
	}
	return blocks->child ? 0 : intent_emit_nothing(parse, &group->allow, err);
}

/* A resource that is one rule. */
static int read_rule_resource(struct intent_parse *parse, struct rule *rule,
			      const char *const *known, struct err *err)
{
	const struct json *type = json_get(rule->values, "type");

	if (known == rule_keys && !intent_is_unset(type)) {
		if (span_is(type->text, "egress"))
			return 0;
		if (!span_is(type->text, "ingress"))
			return intent_fault(type, err, "\"type\" is neither ingress nor egress");
	}
	if (read_rule(parse, rule, known, err) < 0)
		return -1;
	if (rule->sources > 0)
		return 0;
	if (parse->is_plan)
		return emit_later(parse, rule, err);
	return intent_fault(rule->values, err, "a security group rule without any source");
}

/* What the plan says about a resource in "resource_changes"; NULL: nothing. */
static const struct json *unknown_of(const struct intent_parse *parse, const char *address)
{
	if (!parse->changes)
		return NULL;
	for (const struct json *at = parse->changes->child; at; at = at->next) {
		const struct json *name = json_get(at, "address");

		if (name && name->type == JSON_STRING && span_is(name->text, address) &&
		    intent_is_unset(json_get(at, "deposed")))
			return json_get(json_get(at, "change"), "after_unknown");
	}
	return NULL;
}

static int read_resource(struct intent_parse *parse, const struct json *resource, struct err *err)
{
	struct rule rule = {.allow = {.origin = "terraform"}};
	const char *const *known = NULL;
	const char *mode;
	const char *type;

	if (intent_need_text(resource, "type", &type, err) < 0 ||
	    intent_need_text(resource, "mode", &mode, err) < 0)
		return -1;
	if (strcmp(type, "aws_security_group_rule") == 0)
		known = rule_keys;
	else if (strcmp(type, "aws_vpc_security_group_ingress_rule") == 0)
		known = vpc_rule_keys;
	else if (strcmp(type, "aws_security_group") != 0 &&
		 strcmp(type, "aws_default_security_group") != 0)
		return 0;
	/* a data source is read, not meant; a deposed object waits for its destruction */
	if (strcmp(mode, "managed") != 0 || !intent_is_unset(json_get(resource, "deposed_key")))
		return 0;
	if (intent_need_text(resource, "address", &rule.allow.group, err) < 0)
		return -1;
	rule.values = json_get(resource, "values");
	if (!rule.values || rule.values->type != JSON_OBJECT)
		return intent_fault(resource, err, "a resource without \"values\"");
	if (!known)
		return read_group(parse, &rule, err);
	rule.unknown = unknown_of(parse, rule.allow.group);
	return read_rule_resource(parse, &rule, known, err);
}

/* Modules nest as deep as the values of the file may. */
static int read_module(struct intent_parse *parse, const struct json *module, struct err *err)
{
	const struct json *resources = json_get(module, "resources");
	const struct json *modules = json_get(module, "child_modules");

	if (module->type != JSON_OBJECT)
		return intent_fault(module, err, "a module must be an object");
	if (!intent_is_unset(resources) && resources->type != JSON_ARRAY)
		return intent_fault(resources, err, "\"resources\" must be a list");
	if (!intent_is_unset(modules) && modules->type != JSON_ARRAY)
		return intent_fault(modules, err, "\"child_modules\" must be a list");
	for (const struct json *at = resources ? resources->child : NULL; at; at = at->next)
		if (read_resource(parse, at, err) < 0)
			return -1;
	for (const struct json *at = modules ? modules->child : NULL; at; at = at->next)
		if (read_module(parse, at, err) < 0)
			return -1;
	return 0;
}

int intent_parse_terraform(struct intent_parse *parse, const struct json *root, struct err *err)
{
	const struct json *version = json_get(root, "format_version");
	const struct json *plan = json_get(root, "planned_values");
	const struct json *values = plan ? plan : json_get(root, "values");
	const struct json *module = json_get(values, "root_module");

	/* "1.x" adds to "1.0" only; "0.x" was the same before it was promised */
	if (!span_starts(version->text, "1.") && !span_starts(version->text, "0."))
		return intent_fault(
		    version, err, "format version \"%s\" is not known",
		    intent_shown(parse, version->text.data ? version->text.data : ""));
	if (is_true(json_get(root, "errored")))
		return intent_fault(root, err, "the plan is errored, and so not whole");
	if (intent_is_unset(values))
		return intent_fault(root, err, "neither \"values\" nor \"planned_values\"");
	if (!module)
		return intent_fault(values, err, "\"root_module\" is missing");
	parse->null_is_unset = true;
	parse->is_plan = plan != NULL;
	parse->changes = plan ? json_get(root, "resource_changes") : NULL;
	parse->reader->has_scope = true;
	return read_module(parse, module, err);
}
