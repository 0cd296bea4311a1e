/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Docker's record of a container: see docker_config.h. */
#include "audit/docker_config.h"

#include <string.h>

#include "audit/engine_answer.h"
#include "lib/buf.h"
#include "lib/own.h"

#define MAX_LIST (PROBE_MAX_TEXT - 128) /* bytes of a column that is one */

static bool is_address(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!strchr("0123456789abcdef.:", text.data[i]) || !text.data[i])
			return false;
	return text.len > 0;
}

/* Of "Ports": {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]}. */
static void add_port(struct buf *out, const char *key, const struct json *binding)
{
	struct span rest = span_of(key);
	struct span address = engine_text(binding, "HostIp");
	struct span port;
	uint64_t inner;
	uint64_t outer;

	if (!span_cut(&rest, '/', &port) || span_uint(port, 65535, &inner) < 0 ||
	    !(span_is(rest, "tcp") || span_is(rest, "udp") || span_is(rest, "sctp")) ||
	    span_uint(engine_text(binding, "HostPort"), 65535, &outer) < 0 || outer == 0)
		return;
	if (address.len == 0)
		address = span_of("0.0.0.0");
	if (is_address(address))
		buf_printf(out, "%s[\"%.*s\",\"%.*s\",%u,%u]", out->len > 1 ? "," : "",
			   (int)rest.len, rest.data, (int)address.len, address.data,
			   (unsigned)outer, (unsigned)inner);
}

/* Half a list would say that the rest is not there. */
static void put_list(struct host *host, const struct buf *list)
{
	if (list->len <= MAX_LIST)
		row_span(host, buf_span(list));
	else
		row_null(host);
}

static void put_ports(struct host *host, const struct json *network)
{
	const struct json *ports = json_get(network, "Ports");
	struct buf out auto_buf;

	buf_init(&out, PROBE_MAX_TEXT);
	buf_printf(&out, "[");
	for (const struct json *at = ports && ports->type == JSON_OBJECT ? ports->child : NULL; at;
	     at = at->next)
		for (const struct json *to = at->type == JSON_ARRAY ? at->child : NULL;
		     to && out.len < MAX_LIST; to = to->next)
			add_port(&out, at->key, to);
	buf_printf(&out, "]");
	put_list(host, &out);
}

static void add_network(struct buf *out, const struct json *network)
{
	static const char *const families[] = {"IPAddress", "GlobalIPv6Address"};

	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		struct span address = engine_text(network, families[i]);

		if (engine_is_name(span_of(network->key)) && is_address(address) &&
		    out->len < MAX_LIST)
			buf_printf(out, "%s[\"%s\",\"%.*s\"]", out->len > 1 ? "," : "",
				   network->key, (int)address.len, address.data);
	}
}

static void put_networks(struct host *host, const struct json *network)
{
	const struct json *networks = json_get(network, "Networks");
	struct buf out auto_buf;

	buf_init(&out, PROBE_MAX_TEXT);
	buf_printf(&out, "[");
	for (const struct json *at = networks && networks->type == JSON_OBJECT ? networks->child
									       : NULL;
	     at; at = at->next)
		add_network(&out, at);
	buf_printf(&out, "]");
	put_list(host, &out);
}

void docker_config_put(struct host *host, const struct json *root)
{
	const struct json *config = json_get(root, "Config");
	const struct json *labels = json_get(config, "Labels");
	struct span name = engine_text(root, "Name");

	if (span_starts(name, "/"))
		name = (struct span){name.data + 1, name.len - 1};
	engine_put_text(host, name);
	engine_put_text(host, engine_text(config, "Image"));
	engine_put_text(host, engine_text(root, "Image"));
	engine_put_text(host, engine_text(labels, "com.docker.compose.project"));
	engine_put_text(host, engine_text(labels, "com.docker.compose.service"));
	put_ports(host, json_get(root, "NetworkSettings"));
	put_networks(host, json_get(root, "NetworkSettings"));
}
