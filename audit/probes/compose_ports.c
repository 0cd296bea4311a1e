/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] compose_ports: what the services of Compose files publish. */
#include <string.h>

#include "audit/compose/host.h"
#include "audit/compose/services.h"

static void put_number(struct host *host, int port)
{
	if (port == COMPOSE_NO_PORT)
		row_null(host);
	else
		row_int(host, port);
}

/* An address that stays on this host, whatever the port will be. */
static bool is_loopback(const struct compose_port *port)
{
	return port->address && !port->is_address_unknown &&
	       (strncmp(port->address, "127.", 4) == 0 || strcmp(port->address, "::1") == 0);
}

static void put_port(struct compose_host *project, const struct compose_node *service,
		     const struct compose_port *port)
{
	struct host *host = project->host;
	bool is_unknown = port->is_address_unknown || port->is_port_unknown;

	if (is_unknown && !is_loopback(port))
		compose_say_unset(project, port->at, "a published port");
	row_text(host, project->compose.name);
	row_text(host, service->key);
	row_text(host, port->address);
	put_number(host, port->host_first);
	put_number(host, port->host_last);
	put_number(host, port->first);
	put_number(host, port->last);
	row_text(host, port->protocol);
	row_int(host, is_unknown);
	row_text(host, port->at->file);
	row_int(host, port->at->line);
	row_end(host);
}

/* Without its image's name it is not known either whether a port is a database's. */
static void check_image(struct compose_host *project, const struct compose_node *service,
			const struct compose_port *port)
{
	const struct compose_node *image = compose_get(service, "image");

	if (compose_is_scalar(image) && !is_loopback(port) &&
	    compose_parse_image(&project->compose, image->text).is_base_unknown)
		compose_say_unset(project, image, "the image of a service that publishes ports");
}

static int collect(struct host *host, struct err *err)
{
	struct compose_host project;

	if (compose_open(host, &project, err) < 0)
		return -1;
	for (const struct compose_node *at = compose_services(&project.compose); at;
	     at = at->next) {
		struct compose_port *port;

		if (compose_ports(&project.compose, at, &port, err) < 0)
			return -1;
		for (; port; port = port->next) {
			check_image(&project, at, port);
			put_port(&project, at, port);
		}
	}
	return 0;
}

const struct probe probe_compose_ports = {
    .about = "Ports that the services of Compose files publish",
    COLUMNS({"project", TEXT, "name of the project"}, {"service", TEXT, "name of the service"},
	    {"address", TEXT, "address of the host; NULL: all, or not known"},
	    {"host_first", INTEGER, "first port of the host; NULL: one that the engine takes"},
	    {"host_last", INTEGER, "last port of the host"},
	    {"port_first", INTEGER, "first port of the container; NULL: not known"},
	    {"port_last", INTEGER, "last port of the container"},
	    {"protocol", TEXT, "tcp, udp or sctp"},
	    {"is_unknown", INTEGER, "1: it depends on a variable that is not set here"},
	    {"file", TEXT, "file"}, {"line", INTEGER, "line in the file"}),
    NEEDS(COMPOSE_NEEDS),
    .collect = collect,
};
