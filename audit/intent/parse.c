/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What kind of intent a file is, and what their parsers share: see parse.h. */
#include "audit/intent/parse.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lib/inet.h"
#include "lib/own.h"
#include "lib/text.h"

#define SHOWN_BYTES 64

void intent_set_fault(const struct json *at, struct err *err, const char *fmt, ...)
{
	struct err what;
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(what.text, sizeof(what.text), fmt, args); /* a cut text is still a text */
	va_end(args);
	(void)err_set(err, "%u: %s", at->line, what.text);
}

const char *intent_shown(const struct intent_parse *parse, const char *text)
{
	auto_buf struct buf shown;

	buf_init(&shown, 1024);
	text_escape(&shown, span_of(text), SHOWN_BYTES);
	return arena_text(parse->reader->arena, buf_span(&shown));
}

bool intent_is_unset(const struct json *value)
{
	return !value || value->type == JSON_NULL;
}

int intent_check_keys(const struct intent_parse *parse, const struct json *object, const char *what,
		      const char *const *known, struct err *err)
{
	if (object->type != JSON_OBJECT)
		return intent_fault(object, err, "%s must be an object", what);
	for (const struct json *member = object->child; member; member = member->next) {
		const char *const *name = known;

		while (*name && strcmp(*name, member->key) != 0)
			name++;
		if (!*name && !(parse->null_is_unset && member->type == JSON_NULL))
			return intent_fault(member, err, "unknown key \"%s\" in %s",
					    intent_shown(parse, member->key), what);
	}
	return 0;
}

int intent_may_text(const struct json *object, const char *key, const char **out, struct err *err)
{
	const struct json *value = json_get(object, key);

	*out = NULL;
	if (intent_is_unset(value))
		return 0;
	if (value->type == JSON_ARRAY || value->type == JSON_OBJECT)
		return intent_fault(value, err, "\"%s\" must be a text", key);
	if (value->text.len > 0)
		*out = value->text.data;
	return 0;
}

int intent_need_text(const struct json *object, const char *key, const char **out, struct err *err)
{
	if (intent_may_text(object, key, out, err) < 0)
		return -1;
	if (!*out)
		return intent_fault(object, err, "\"%s\" is missing", key);
	return 0;
}

int intent_prefix(const struct intent_parse *parse, const struct json *value, int family,
		  const char **out, struct err *err)
{
	struct inet_range range;
	struct err why;
	char text[INET_TEXT_SIZE];
	unsigned length;

	if (value->type == JSON_ARRAY || value->type == JSON_OBJECT)
		return intent_fault(value, err, "an address must be a text");
	if (value->text.len >= INET_TEXT_SIZE ||
	    strspn(value->text.data, "0123456789abcdefABCDEF.:/") != value->text.len)
		return intent_fault(value, err, "\"%s\" is not an address",
				    intent_shown(parse, value->text.data));
	if (inet_parse_prefix(value->text, &range, &why) < 0)
		return intent_fault(value, err, "%s", why.text);
	if (family != AF_UNSPEC && range.family != family)
		return intent_fault(value, err, "\"%s\" is IPv%d where IPv%d belongs",
				    value->text.data, range.family == AF_INET ? 4 : 6,
				    family == AF_INET ? 4 : 6);
	/* RFC 4291 section 2.5.5.2: such addresses never stand in a packet */
	if (range.family == AF_INET6 && range.first >> 32 == 0xffff && range.last >> 32 == 0xffff)
		return intent_fault(value, err, "\"%s\" is IPv4 in IPv6 clothing: write it as IPv4",
				    value->text.data);
	length = inet_bits(range.family);
	for (u128 size = range.last - range.first; size > 0; size >>= 1)
		length--;
	*out = arena_printf(parse->reader->arena, "%s/%u",
			    inet_text(range.family, range.first, text), length);
	return 0;
}

/*
 * "-1" is all of them; others are a name or a number, or "all" to Terraform. EC2 API reference,
 * IpPermission: "Use -1 to specify all protocols".
 */
static int read_protocol(const struct intent_parse *parse, const struct json *rule, const char *key,
			 const char **out, struct err *err)
{
	static const struct {
		const char *text;
		const char *name;
	} protocols[] = {
	    {"-1", "all"},  {"6", "tcp"},   {"17", "udp"},  {"1", "icmp"},    {"58", "icmpv6"},
	    {"all", "all"}, {"tcp", "tcp"}, {"udp", "udp"}, {"icmp", "icmp"}, {"icmpv6", "icmpv6"},
	};
	const char *text;
	uint64_t number;

	if (intent_need_text(rule, key, &text, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(protocols); i++) {
		if (strcasecmp(text, protocols[i].text) == 0) {
			*out = protocols[i].name;
			return 0;
		}
	}
	if (span_uint(span_of(text), 255, &number) < 0)
		return intent_fault(json_get(rule, key), err, "protocol \"%s\" is not known",
				    intent_shown(parse, text));
	*out = arena_printf(parse->reader->arena, "%u", (unsigned)number);
	return 0;
}

static int read_port(const struct json *rule, const char *key, int *out, struct err *err)
{
	const struct json *value = json_get(rule, key);

	if (intent_is_unset(value))
		return intent_fault(rule, err, "\"%s\" is missing", key);
	if (value->type == JSON_INTEGER && value->integer >= 0 && value->integer <= 65535) {
		*out = (int)value->integer;
		return 0;
	}
	if (value->type == JSON_INTEGER)
		return intent_fault(value, err, "\"%s\" is %lld: a port is 0 to 65535", key,
				    (long long)value->integer);
	return intent_fault(value, err, "\"%s\" must be a whole number", key);
}

int intent_aws_ports(const struct intent_parse *parse, const struct json *rule,
		     const struct intent_port_keys *keys, struct intent_allow *out, struct err *err)
{
	if (read_protocol(parse, rule, keys->protocol, &out->protocol, err) < 0)
		return -1;
	out->port_first = INTENT_NO_PORT; /* ICMP has types, the others have neither */
	out->port_last = INTENT_NO_PORT;
	if (strcmp(out->protocol, "all") == 0) {
		out->port_first = 0; /* EC2 ignores the ports that are given with it */
		out->port_last = 65535;
	} else if (strcmp(out->protocol, "tcp") == 0 || strcmp(out->protocol, "udp") == 0) {
		if (read_port(rule, keys->from, &out->port_first, err) < 0 ||
		    read_port(rule, keys->to, &out->port_last, err) < 0)
			return -1;
		if (out->port_first > out->port_last)
			return intent_fault(rule, err, "port range %d-%d is reversed",
					    out->port_first, out->port_last);
	}
	return 0;
}

int intent_emit(struct intent_parse *parse, const struct intent_allow *allow, struct err *err)
{
	if (++parse->allows > INTENT_MAX_ALLOWS)
		return err_set(err, "%u: more than %u allowed sources", allow->line,
			       INTENT_MAX_ALLOWS);
	if (!parse->reader->allow)
		return 0;
	return parse->reader->allow(parse->reader, allow, err);
}

int intent_emit_nothing(struct intent_parse *parse, const struct intent_allow *of, struct err *err)
{
	struct intent_allow nothing = {.origin = of->origin,
				       .group = of->group,
				       .port_first = INTENT_NO_PORT,
				       .port_last = INTENT_NO_PORT,
				       .line = of->line};

	return intent_emit(parse, &nothing, err);
}

int intent_parse(struct span input, struct intent_reader *reader, struct err *err)
{
	struct intent_parse parse = {.reader = reader};
	bool is_json = json_looks_like_json(input);
	struct json *root;

	if ((is_json ? json_read(input, reader->arena, &root, err)
		     : json_read_yaml(input, reader->arena, &root, err)) < 0)
		return -1;
	if (json_get(root, "SecurityGroups"))
		return intent_parse_aws(&parse, root, err);
	if (json_get(root, "format_version"))
		return intent_parse_terraform(&parse, root, err);
	if (json_get(root, "allow") || json_get(root, "waive") || json_get(root, "settings") ||
	    json_get(root, "certificates"))
		return intent_parse_policy(&parse, root, err);
	return intent_fault(root, err,
			    "neither a security group export, a terraform show -json document "
			    "nor a harden policy");
}
