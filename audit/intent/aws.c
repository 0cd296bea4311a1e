/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] `aws ec2 describe-security-groups` (EC2 API reference: SecurityGroup, IpPermission,
 * IpRange, Ipv6Range, PrefixListId, UserIdGroupPair). Several groups are a union, as on a network
 * interface. Around the permissions AWS adds descriptive fields over time, which are passed
 * over; inside them an unknown field may change the meaning, and is an error.
 */
#include <string.h>
#include <sys/socket.h>

#include "audit/intent/parse.h"

/* The lists of sources that a permission may hold. */
static const struct source_list {
	const char *name;
	const char *value_key;
	const char *fallback_key; /* of a group in EC2-Classic fashion: its name; or NULL */
	int family;               /* of a prefix; AF_UNSPEC: only the cloud can resolve it, */
	const char *label;        /* and it is called so */
	const char *known[9];
} source_lists[] = {
    {"IpRanges", "CidrIp", NULL, AF_INET, NULL, {"CidrIp", "Description", NULL}},
    {"Ipv6Ranges", "CidrIpv6", NULL, AF_INET6, NULL, {"CidrIpv6", "Description", NULL}},
    {"PrefixListIds",
     "PrefixListId",
     NULL,
     AF_UNSPEC,
     "prefix list",
     {"PrefixListId", "Description", NULL}},
    {"UserIdGroupPairs",
     "GroupId",
     "GroupName",
     AF_UNSPEC,
     "group",
     {"GroupId", "GroupName", "UserId", "VpcId", "VpcPeeringConnectionId", "PeeringStatus",
      "Description", NULL}},
    {NULL, NULL, NULL, 0, NULL, {NULL}},
};

static int read_source(struct intent_parse *parse, const struct source_list *list,
		       const struct json *entry, struct intent_allow allow, struct err *err)
{
	const char *value;

	if (intent_check_keys(parse, entry, list->name, list->known, err) < 0 ||
	    intent_may_text(entry, "Description", &allow.why, err) < 0 ||
	    intent_may_text(entry, list->value_key, &value, err) < 0)
		return -1;
	if (!value && list->fallback_key &&
	    intent_may_text(entry, list->fallback_key, &value, err) < 0)
		return -1;
	if (!value)
		return intent_fault(entry, err, "\"%s\" is missing", list->value_key);
	allow.line = entry->line;
	if (list->family == AF_UNSPEC)
		allow.source_ref = arena_printf(parse->reader->arena, "%s %s", list->label, value);
	else if (intent_prefix(parse, json_get(entry, list->value_key), list->family, &allow.source,
			       err) < 0)
		return -1;
	return intent_emit(parse, &allow, err);
}

static int read_permission(struct intent_parse *parse, const struct json *permission,
			   struct intent_allow allow, struct err *err)
{
	static const char *const known[] = {"IpProtocol",       "FromPort",   "ToPort",
					    "IpRanges",         "Ipv6Ranges", "PrefixListIds",
					    "UserIdGroupPairs", NULL};
	static const struct intent_port_keys keys = {"IpProtocol", "FromPort", "ToPort"};
	unsigned lists = 0;

	if (intent_check_keys(parse, permission, "IpPermissions", known, err) < 0 ||
	    intent_aws_ports(parse, permission, &keys, &allow, err) < 0)
		return -1;
	for (const struct source_list *list = source_lists; list->name; list++) {
		const struct json *sources = json_get(permission, list->name);

		if (!sources)
			continue;
		lists++;
		if (sources->type != JSON_ARRAY)
			return intent_fault(sources, err, "\"%s\" must be a list", list->name);
		for (const struct json *at = sources->child; at; at = at->next)
			if (read_source(parse, list, at, allow, err) < 0)
				return -1;
	}
	/* AWS writes them all, empty ones too: somebody has filtered this file */
	if (lists == 0)
		return intent_fault(permission, err, "a permission without \"IpRanges\"");
	return 0;
}

static int read_group(struct intent_parse *parse, const struct json *group, struct err *err)
{
	struct intent_allow allow = {.origin = "aws"};
	const struct json *permissions = json_get(group, "IpPermissions");

	if (group->type != JSON_OBJECT)
		return intent_fault(group, err, "a security group must be an object");
	/* a file cut down with --query may have no names; what it allows is the same */
	if (json_get(group, "GroupId") && intent_need_text(group, "GroupId", &allow.group, err) < 0)
		return -1;
	if (!permissions || permissions->type != JSON_ARRAY)
		return intent_fault(permissions ? permissions : group, err,
				    "a security group without a list \"IpPermissions\"");
	for (const struct json *at = permissions->child; at; at = at->next)
		if (read_permission(parse, at, allow, err) < 0)
			return -1;
	allow.line = group->line;
	return permissions->child ? 0 : intent_emit_nothing(parse, &allow, err);
}

int intent_parse_aws(struct intent_parse *parse, const struct json *root, struct err *err)
{
	static const char *const known[] = {"SecurityGroups", "ResponseMetadata", "NextToken",
					    NULL};
	const struct json *groups = json_get(root, "SecurityGroups");
	const struct json *more = json_get(root, "NextToken");

	if (intent_check_keys(parse, root, "a security group export", known, err) < 0)
		return -1;
	if (!intent_is_unset(more))
		return intent_fault(more, err,
				    "\"NextToken\": this is not the last page, and "
				    "the groups on the others are missing");
	if (groups->type != JSON_ARRAY)
		return intent_fault(groups, err, "\"SecurityGroups\" must be a list");
	if (!groups->child)
		return intent_fault(groups, err, "no security group in it");
	parse->reader->has_scope = true;
	for (const struct json *at = groups->child; at; at = at->next)
		if (read_group(parse, at, err) < 0)
			return -1;
	return 0;
}
