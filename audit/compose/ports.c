/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Published ports: docs.docker.com/reference/compose-file/services#ports. The short form is
 * [[ADDRESS:]HOST:]CONTAINER[/PROTOCOL], where ports may be ranges; a container's port alone is
 * published too, on a port that the engine takes. Unquoted 22:22 is text, as it is to Compose: the
 * base-60 number that YAML 1.1 would have is what lib/yaml.c never makes of it.
 */
#include <string.h>
#include <sys/socket.h>

#include "audit/compose/services.h"
#include "lib/inet.h"

static bool has_unset(struct span text)
{
	return text.len > 0 && memchr(text.data, COMPOSE_UNSET, text.len);
}

static int bad(struct compose *compose, const struct compose_node *at, struct err *err)
{
	return compose_fault(at, err,
			     "port \"%s\": write it as \"127.0.0.1:8080:80\" or \"8080:80/udp\"",
			     compose_shown(compose, at->text));
}

/* "80" or "8000-8010". */
static bool read_range(struct span text, int *first, int *last)
{
	struct span rest = text;
	struct span low;
	uint64_t from;
	uint64_t to;

	if (!span_cut(&rest, '-', &low) || span_uint(low, 65535, &from) < 0)
		return false;
	to = from;
	if (low.len < text.len && span_uint(rest, 65535, &to) < 0)
		return false;
	*first = (int)from;
	*last = (int)to;
	return from <= to;
}

static bool read_address(struct compose *compose, struct span text, struct compose_port *out)
{
	char shown[INET_TEXT_SIZE];
	struct err ignored;
	u128 address;
	int family;

	out->is_address_unknown = has_unset(text);
	if (text.len == 0 || out->is_address_unknown)
		return true;
	if (text.len > 2 && text.data[0] == '[' && text.data[text.len - 1] == ']')
		text = (struct span){text.data + 1, text.len - 2};
	if (inet_parse(text, &family, &address, &ignored) < 0)
		return false;
	if (family != AF_INET || address != 0) /* 0.0.0.0 is what none means */
		out->address =
		    arena_text(compose->arena, span_of(inet_text(family, address, shown)));
	return true;
}

static bool read_protocol(struct span text, struct compose_port *out)
{
	static const char *const known[] = {"tcp", "udp", "sctp"};

	for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (text.len == strlen(known[i]) && strncasecmp(text.data, known[i], text.len) == 0)
			out->protocol = known[i];
	}
	return out->protocol != NULL;
}

static bool read_host_port(struct span text, struct compose_port *out)
{
	return text.len == 0 || read_range(text, &out->host_first, &out->host_last);
}

/* docker/go-connections, nat.ParsePortSpec: as many on both sides, or one out of a range. */
static bool is_paired(const struct compose_port *port)
{
	return port->host_first == COMPOSE_NO_PORT || port->first == port->last ||
	       port->host_last - port->host_first == port->last - port->first;
}

/* The part behind the last colon; the rest stays in *rest. */
static struct span cut_last(struct span *rest)
{
	const char *colon = rest->len > 0 ? memrchr(rest->data, ':', rest->len) : NULL;
	struct span part = *rest;

	if (!colon) {
		*rest = (struct span){part.data, 0};
		return part;
	}
	part = (struct span){colon + 1, rest->len - (size_t)(colon + 1 - rest->data)};
	rest->len = (size_t)(colon - rest->data);
	return part;
}

static int read_short(struct compose *compose, const struct compose_node *at,
		      struct compose_port *out, struct err *err)
{
	struct span rest = at->text;
	const char *slash = rest.len > 0 ? memrchr(rest.data, '/', rest.len) : NULL;
	struct span protocol = span_of("tcp");
	struct span target;
	struct span published;

	if (slash) {
		protocol = (struct span){slash + 1, rest.len - (size_t)(slash + 1 - rest.data)};
		rest.len = (size_t)(slash - rest.data);
	}
	target = cut_last(&rest);
	published = cut_last(&rest);
	out->is_port_unknown = has_unset(target) || has_unset(published) || has_unset(protocol);
	if (!read_address(compose, rest, out))
		return bad(compose, at, err);
	if (out->is_port_unknown) {
		/* what a variable holds may bring an address with it: "${BIND}:6379" */
		out->is_address_unknown = out->is_address_unknown || rest.len == 0;
		if (!read_range(target, &out->first, &out->last))
			out->first = out->last = COMPOSE_NO_PORT;
		if (!read_protocol(protocol, out))
			out->protocol = "tcp";
		return 0;
	}
	if (!read_range(target, &out->first, &out->last) || !read_host_port(published, out) ||
	    !read_protocol(protocol, out) || !is_paired(out))
		return bad(compose, at, err);
	return 0;
}

static struct span text_of(const struct compose_node *mapping, const char *key)
{
	const struct compose_node *value = compose_get(mapping, key);

	return compose_is_scalar(value) ? value->text : (struct span){"", 0};
}

static int read_long(struct compose *compose, const struct compose_node *at,
		     struct compose_port *out, struct err *err)
{
	struct span target = text_of(at, "target");
	struct span published = text_of(at, "published");
	struct span protocol = text_of(at, "protocol");

	if (protocol.len == 0)
		protocol = span_of("tcp");
	out->is_port_unknown = has_unset(target) || has_unset(published) || has_unset(protocol);
	if (!read_address(compose, text_of(at, "host_ip"), out))
		return compose_fault(at, err, "port: host_ip \"%s\" is not an address",
				     compose_shown(compose, text_of(at, "host_ip")));
	if (!read_range(target, &out->first, &out->last)) {
		if (!has_unset(target))
			return compose_fault(at, err, "port: \"target\" must be a port");
		out->first = out->last = COMPOSE_NO_PORT;
	}
	if (!read_host_port(published, out) && !has_unset(published))
		return compose_fault(at, err, "port: \"published\" must be a port or a range");
	if (!read_protocol(protocol, out)) {
		if (!has_unset(protocol))
			return compose_fault(at, err, "port: the protocol is tcp or udp");
		out->protocol = "tcp";
	}
	if (!out->is_port_unknown && !is_paired(out))
		return compose_fault(at, err, "port: the ranges have different lengths");
	return 0;
}

static bool is_same(const struct compose_port *a, const struct compose_port *b)
{
	const char *left = a->address ? a->address : "";
	const char *right = b->address ? b->address : "";

	return a->host_first == b->host_first && a->host_last == b->host_last &&
	       a->first == b->first && a->last == b->last &&
	       strcmp(a->protocol, b->protocol) == 0 && strcmp(left, right) == 0 &&
	       a->is_address_unknown == b->is_address_unknown &&
	       a->is_port_unknown == b->is_port_unknown;
}

static void put(struct compose_port **list, struct compose_port *port)
{
	while (*list && !is_same(*list, port))
		list = &(*list)->next;
	port->next = *list ? (*list)->next : NULL;
	*list = port;
}

int compose_ports(struct compose *compose, const struct compose_node *service,
		  struct compose_port **out, struct err *err)
{
	const struct compose_node *list = compose_get(service, "ports");
	unsigned count = 0;

	*out = NULL;
	if (!list || list->type == JSON_NULL)
		return 0;
	if (list->type != JSON_ARRAY)
		return compose_fault(list, err, "\"ports\" must be a list");
	for (const struct compose_node *at = list->child; at; at = at->next) {
		struct compose_port *port = arena_alloc(compose->arena, 1, sizeof(*port));

		*port = (struct compose_port){
		    .at = at, .host_first = COMPOSE_NO_PORT, .host_last = COMPOSE_NO_PORT};
		if (++count > COMPOSE_MAX_LIST)
			return compose_fault(at, err, "more than %u ports", COMPOSE_MAX_LIST);
		if (at->type == JSON_NULL)
			continue;
		if (at->type == JSON_ARRAY)
			return compose_fault(at, err, "a port must be a text or a mapping");
		if ((at->type == JSON_OBJECT ? read_long : read_short)(compose, at, port, err) < 0)
			return -1;
		put(out, port);
	}
	return 0;
}
