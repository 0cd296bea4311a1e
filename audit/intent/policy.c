/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The harden policy: what may be reached (`allow`), which findings are accepted until when
 * (`waive`), and thresholds (`settings`). Nothing in it is optional by accident: a key that is
 * not known, a port without protocol or a waiver without an end is an error.
 */
#include <string.h>
#include <sys/socket.h>

#include "audit/intent/parse.h"

/* A value that may be a list of values: its first one, and the one behind it. */
static const struct json *first_of(const struct json *value)
{
	return value->type == JSON_ARRAY ? value->child : value;
}

static const struct json *next_of(const struct json *value, const struct json *element)
{
	return value->type == JSON_ARRAY ? element->next : NULL;
}

/* A member that must be there, and be something or a list of it. */
static int need_list(const struct json *item, const char *key, const struct json **out,
		     struct err *err)
{
	const struct json *value = json_get(item, key);

	if (intent_is_unset(value))
		return intent_fault(item, err, "\"%s\" is missing", key);
	if (!first_of(value))
		return intent_fault(value, err, "\"%s\" is empty", key);
	*out = value;
	return 0;
}

static int read_port(const struct intent_parse *parse, const struct json *at, struct span text,
		     int *out, struct err *err)
{
	uint64_t number;

	if (span_uint(text, 65535, &number) < 0 || text.data[0] == '0')
		return intent_fault(at, err, "\"%s\": a port is 1 to 65535",
				    intent_shown(parse, at->text.data));
	*out = (int)number;
	return 0;
}

/* "22/tcp", "8000-8100/udp" or "icmp". */
static int read_ports(const struct intent_parse *parse, const struct json *at,
		      struct intent_allow *out, struct err *err)
{
	struct span protocol = at->text;
	struct span last;
	struct span first;
	struct span ports;

	if (at->type != JSON_STRING && at->type != JSON_INTEGER)
		return intent_fault(at, err, "\"port\" must be like 22/tcp, 8000-8100/udp or icmp");
	if (span_is(at->text, "icmp")) {
		out->protocol = "icmp";
		out->port_first = INTENT_NO_PORT;
		out->port_last = INTENT_NO_PORT;
		return 0;
	}
	if (!span_cut(&protocol, '/', &ports) || ports.len == at->text.len)
		return intent_fault(at, err, "port \"%s\" has no protocol: write /tcp or /udp",
				    intent_shown(parse, at->text.data));
	if (!span_is(protocol, "tcp") && !span_is(protocol, "udp"))
		return intent_fault(at, err, "\"%s\": the protocol of a port is tcp or udp",
				    intent_shown(parse, at->text.data));
	out->protocol = span_is(protocol, "tcp") ? "tcp" : "udp";
	last = ports;
	if (!span_cut(&last, '-', &first))
		first = ports;
	if (first.len == ports.len)
		last = first;
	if (read_port(parse, at, first, &out->port_first, err) < 0 ||
	    read_port(parse, at, last, &out->port_last, err) < 0)
		return -1;
	if (out->port_first > out->port_last)
		return intent_fault(at, err, "port range %d-%d is reversed", out->port_first,
				    out->port_last);
	return 0;
}

static int emit_source(struct intent_parse *parse, struct intent_allow allow, const char *source,
		       struct err *err)
{
	/* ICMP is another protocol in IPv6 (RFC 4443), but nobody means only one of them */
	if (strcmp(allow.protocol, "icmp") == 0 && strchr(source, ':'))
		allow.protocol = "icmpv6";
	allow.source = source;
	return intent_emit(parse, &allow, err);
}

static int emit_sources(struct intent_parse *parse, const struct intent_allow *allow,
			const struct json *from, struct err *err)
{
	for (const struct json *at = first_of(from); at; at = next_of(from, at)) {
		const char *source;

		if (at->type == JSON_STRING && span_is(at->text, "anywhere")) {
			if (emit_source(parse, *allow, "0.0.0.0/0", err) < 0 ||
			    emit_source(parse, *allow, "::/0", err) < 0)
				return -1;
		} else if (intent_prefix(parse, at, AF_UNSPEC, &source, err) < 0 ||
			   emit_source(parse, *allow, source, err) < 0) {
			return -1;
		}
	}
	return 0;
}

static int read_allow(struct intent_parse *parse, const struct json *item, struct err *err)
{
	static const char *const known[] = {"port", "from", "why", NULL};
	struct intent_allow allow = {.origin = "policy", .line = item->line};
	const struct json *port;
	const struct json *from;

	if (intent_check_keys(parse, item, "an entry of \"allow\"", known, err) < 0 ||
	    need_list(item, "port", &port, err) < 0 || need_list(item, "from", &from, err) < 0 ||
	    intent_may_text(item, "why", &allow.why, err) < 0)
		return -1;
	for (const struct json *at = first_of(port); at; at = next_of(port, at))
		if (read_ports(parse, at, &allow, err) < 0 ||
		    emit_sources(parse, &allow, from, err) < 0)
			return -1;
	return 0;
}

/* YYYY-MM-DD, and a day that the calendar has. */
static bool is_date(struct span text)
{
	static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	uint64_t year;
	uint64_t month;
	uint64_t day;

	if (text.len != 10 || text.data[4] != '-' || text.data[7] != '-' ||
	    span_uint((struct span){text.data, 4}, 9999, &year) < 0 ||
	    span_uint((struct span){text.data + 5, 2}, 12, &month) < 0 ||
	    span_uint((struct span){text.data + 8, 2}, 31, &day) < 0)
		return false;
	if (year == 0 || month == 0 || day == 0 || day > days[month - 1])
		return false;
	return month != 2 || day < 29 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

static int read_waiver(struct intent_parse *parse, const struct json *item, struct err *err)
{
	static const char *const known[] = {"rule", "subject", "until", "reason", NULL};
	struct intent_waiver waiver = {.line = item->line};

	if (intent_check_keys(parse, item, "an entry of \"waive\"", known, err) < 0 ||
	    intent_need_text(item, "rule", &waiver.rule, err) < 0 ||
	    intent_need_text(item, "subject", &waiver.subject, err) < 0 ||
	    intent_need_text(item, "until", &waiver.until, err) < 0 ||
	    intent_need_text(item, "reason", &waiver.reason, err) < 0)
		return -1;
	if (!is_date(span_of(waiver.until)))
		return intent_fault(json_get(item, "until"), err,
				    "\"%s\" is not a date like 2027-03-01",
				    intent_shown(parse, waiver.until));
	if (!parse->reader->waiver)
		return 0;
	return parse->reader->waiver(parse->reader, &waiver, err);
}

static int read_setting(struct intent_parse *parse, const struct json *item, struct err *err)
{
	struct intent_setting setting = {
	    .key = item->key, .value = item->text.data, .line = item->line};

	if (item->type == JSON_ARRAY || item->type == JSON_OBJECT || item->type == JSON_NULL)
		return intent_fault(item, err, "setting \"%s\" must be a single value",
				    intent_shown(parse, item->key));
	if (++parse->settings > INTENT_MAX_SETTINGS)
		return intent_fault(item, err, "more than %u settings", INTENT_MAX_SETTINGS);
	if (!parse->reader->setting)
		return 0;
	return parse->reader->setting(parse->reader, &setting, err);
}

/* The password itself is in no message. */
static int read_password(struct intent_parse *parse, const struct json *item, struct err *err)
{
	if (item->type != JSON_STRING || item->text.len == 0 ||
	    item->text.len > INTENT_MAX_PASSWORD || memchr(item->text.data, '\0', item->text.len))
		return intent_fault(item, err,
				    "an entry of \"try_passwords\" is a text of 1 to %u bytes: "
				    "quote numbers",
				    INTENT_MAX_PASSWORD);
	if (!parse->reader->password)
		return 0;
	return parse->reader->password(parse->reader, item->text.data, err);
}

static int read_certificate(struct intent_parse *parse, const struct json *item, struct err *err)
{
	if (item->type != JSON_STRING || item->text.len == 0 || item->text.data[0] != '/')
		return intent_fault(item, err,
				    "a certificate is the absolute path of a file, or a pattern");
	if (++parse->certificates > INTENT_MAX_CERTIFICATES)
		return intent_fault(item, err, "more than %u certificates",
				    INTENT_MAX_CERTIFICATES);
	if (!parse->reader->certificate)
		return 0;
	return parse->reader->certificate(parse->reader, item->text.data, err);
}

/* A section may be left empty ("allow:" with nothing behind it). */
static int read_section(struct intent_parse *parse, const struct json *root, const char *key,
			int (*read)(struct intent_parse *, const struct json *, struct err *),
			struct err *err)
{
	bool is_map = strcmp(key, "settings") == 0;
	const struct json *section = json_get(root, key);

	if (intent_is_unset(section))
		return 0;
	if (section->type != (is_map ? JSON_OBJECT : JSON_ARRAY))
		return intent_fault(section, err, "\"%s\" must be a %s", key,
				    is_map ? "map of single values" : "list");
	for (const struct json *item = section->child; item; item = item->next)
		if (read(parse, item, err) < 0)
			return -1;
	return 0;
}

int intent_parse_policy(struct intent_parse *parse, const struct json *root, struct err *err)
{
	static const char *const known[] = {"allow",         "waive",        "settings",
					    "try_passwords", "certificates", NULL};
	const struct intent_allow nothing = {.origin = "policy", .line = root->line};

	if (intent_check_keys(parse, root, "a harden policy", known, err) < 0)
		return -1;
	if (json_get(root, "allow"))
		parse->reader->has_scope = true;
	if (read_section(parse, root, "allow", read_allow, err) < 0 ||
	    (json_get(root, "allow") && parse->allows == 0 &&
	     intent_emit_nothing(parse, &nothing, err) < 0) ||
	    read_section(parse, root, "waive", read_waiver, err) < 0 ||
	    read_section(parse, root, "try_passwords", read_password, err) < 0 ||
	    read_section(parse, root, "certificates", read_certificate, err) < 0)
		return -1;
	return read_section(parse, root, "settings", read_setting, err);
}
