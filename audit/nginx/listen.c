/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Where servers listen: the argument of "listen", as ngx_parse_url() of
 * src/core/ngx_inet.c reads it, and what those of the same address and port share
 * (ngx_http_add_addresses() of src/http/ngx_http.c).
 */
#include <stdlib.h>
#include <string.h>

#include "audit/nginx/config.h"
#include "lib/inet.h"

static const char no_port[] = "a \"listen\" without a port";

static void fault(struct nginx_config *config, const struct nginx_server *server, const char *what)
{
	if (!config->fault)
		config->fault = arena_printf(config->arena, "%s: the server of line %u: %s",
					     server->file, server->line, what);
}

/* As lib/inet.h writes it, so that it can be compared; a name stays one. */
static const char *plain_address(struct nginx_config *config, struct span written)
{
	char text[INET_TEXT_SIZE];
	struct err err;
	u128 address;
	int family;

	if (span_is(written, "*") || written.len == 0)
		return "0.0.0.0";
	if (written.len > 2 && written.data[0] == '[' && span_ends(written, "]"))
		written = (struct span){written.data + 1, written.len - 2};
	if (inet_parse(written, &family, &address, &err) < 0)
		return arena_text(config->arena, written);
	return arena_text(config->arena, span_of(inet_text(family, address, text)));
}

/* "443" or "8000-8010". */
static bool read_ports(struct span text, int *first, int *last)
{
	struct span rest = text;
	struct span part;
	uint64_t number;

	if (!span_cut(&rest, '-', &part) || span_uint(part, 65535, &number) < 0)
		return false;
	*first = (int)number;
	*last = *first;
	if (part.len == text.len)
		return *first > 0;
	if (span_uint(rest, 65535, &number) < 0)
		return false;
	*last = (int)number;
	return *first > 0 && *first <= *last;
}

/* Cuts ADDRESS:PORT, [ADDRESS]:PORT, ADDRESS or PORT; a part that is missing is empty. */
static void cut_port(struct span written, struct span *address, struct span *port)
{
	const char *colon = memrchr(written.data, ':', written.len);
	int first;
	int last;

	*address = written;
	*port = (struct span){written.data, 0};
	if (colon && !(written.data[0] == '[' && span_ends(written, "]"))) {
		*address = (struct span){written.data, (size_t)(colon - written.data)};
		*port = (struct span){colon + 1, written.len - address->len - 1};
	} else if (read_ports(written, &first, &last)) {
		*address = (struct span){written.data, 0};
		*port = written;
	}
}

static void add(struct nginx_config *config, struct nginx_server *server,
		const struct nginx_listen *listen)
{
	struct nginx_listen *added;

	if (config->listens == NGINX_MAX_LISTENS) {
		fault(config, server, "there are too many addresses and ports to listen on");
		return;
	}
	added = arena_alloc(config->arena, 1, sizeof(*added));
	*added = *listen;
	added->server = server;
	added->number = config->listens++;
	added->next = server->listens;
	server->listens = added;
}

void nginx_listen_add(struct nginx_config *config, struct nginx_server *server,
		      const struct span *words, unsigned count)
{
	struct nginx_listen listen = {.port = -1};
	struct span address;
	struct span port;
	int first = 80; /* of HTTP alone; others must name one */
	int last = 80;

	for (unsigned i = 2; i < count; i++) {
		listen.is_ssl = listen.is_ssl || span_is(words[i], "ssl");
		listen.is_quic =
		    listen.is_quic || span_is(words[i], "quic") || span_is(words[i], "http3");
		listen.is_default = listen.is_default || span_is(words[i], "default_server") ||
				    span_is(words[i], "default");
	}
	listen.is_ssl = listen.is_ssl || listen.is_quic;
	if (span_starts(words[1], "unix:")) {
		listen.address = arena_text(config->arena, words[1]);
		add(config, server, &listen);
		return;
	}
	cut_port(words[1], &address, &port);
	if (port.len > 0 ? !read_ports(port, &first, &last) : server->protocol != NGINX_HTTP) {
		fault(config, server, no_port);
		return;
	}
	listen.address = plain_address(config, address);
	for (int number = first; number <= last; number++) {
		listen.port = number;
		add(config, server, &listen);
	}
}

static int compare(const void *left, const void *right)
{
	const struct nginx_listen *a = *(const struct nginx_listen *const *)left;
	const struct nginx_listen *b = *(const struct nginx_listen *const *)right;
	int order = strcmp(a->address, b->address);

	if (a->server->protocol != b->server->protocol)
		return a->server->protocol < b->server->protocol ? -1 : 1;
	if (order != 0)
		return order;
	if (a->port != b->port)
		return a->port < b->port ? -1 : 1;
	if (a->is_quic != b->is_quic)
		return a->is_quic ? 1 : -1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static bool is_same(const struct nginx_listen *a, const struct nginx_listen *b)
{
	return a->server->protocol == b->server->protocol && a->port == b->port &&
	       a->is_quic == b->is_quic && strcmp(a->address, b->address) == 0;
}

/* Those from `first` to before `end` are of the same address and port. */
static void share(struct nginx_listen **first, struct nginx_listen **end)
{
	struct nginx_listen *chosen = *first;
	bool is_ssl = false;

	for (struct nginx_listen **at = first; at < end; at++) {
		if ((*at)->is_default && !chosen->is_default)
			chosen = *at;
		is_ssl = is_ssl || (*at)->is_ssl;
	}
	for (struct nginx_listen **at = first; at < end; at++) {
		(*at)->is_default = *at == chosen;
		(*at)->is_ssl = is_ssl || (*at)->server->tls.is_on || (*at)->server->outer->is_on;
	}
}

void nginx_resolve(struct nginx_config *config)
{
	struct nginx_listen **all;
	size_t count = 0;
	size_t first = 0;

	for (struct nginx_server *at = config->servers; at; at = at->next)
		if (!at->listens && at->protocol == NGINX_HTTP)
			add(config, at, &(struct nginx_listen){.address = "0.0.0.0", .port = 80});
	if (config->listens == 0)
		return;
	all = arena_alloc(config->arena, config->listens, sizeof(*all));
	for (const struct nginx_server *at = config->servers; at; at = at->next)
		for (struct nginx_listen *listen = at->listens; listen; listen = listen->next)
			all[count++] = listen;
	qsort(all, count, sizeof(*all), compare);
	for (size_t i = 1; i <= count; i++) {
		if (i < count && is_same(all[first], all[i]))
			continue;
		share(all + first, all + i);
		first = i;
	}
}

const struct nginx_text *nginx_certificates(const struct nginx_server *server)
{
	return server->tls.certificates.first ? server->tls.certificates.first
					      : server->outer->certificates.first;
}

const struct nginx_text *nginx_keys(const struct nginx_server *server)
{
	return server->tls.keys.first ? server->tls.keys.first : server->outer->keys.first;
}

const struct nginx_text *nginx_passwords(const struct nginx_server *server)
{
	return server->tls.passwords.first ? server->tls.passwords.first
					   : server->outer->passwords.first;
}
