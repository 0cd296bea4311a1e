/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] intents: what the owner means to be open. Several files are a union. */
#include "audit/intent.h"
#include "audit/probe.h"

static void put_port(struct host *host, int port)
{
	if (port == INTENT_NO_PORT)
		row_null(host);
	else
		row_int(host, port);
}

static int put_allow(const struct intent_reader *reader, const struct intent_allow *allow,
		     struct err *err)
{
	struct host *host = reader->context;

	(void)err; /* the signature is that of all three kinds of item */
	row_text(host, allow->origin);
	row_text(host, allow->group);
	row_text(host, allow->protocol);
	put_port(host, allow->port_first);
	put_port(host, allow->port_last);
	row_text(host, allow->source);
	row_text(host, allow->source_ref);
	row_text(host, allow->why);
	row_text(host, reader->path);
	row_int(host, allow->line);
	row_end(host);
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct intent_reader reader = {.context = host, .allow = put_allow};

	if (intent_read_files(host, 0, &reader, err) < 0)
		return -1;
	if (!reader.has_scope)
		host_incomplete(host, COVERAGE_PARTIAL,
				"no intent was given, so nothing says which ports are meant to "
				"be open");
	else if (reader.has_later_ports)
		host_incomplete(host, COVERAGE_PARTIAL,
				"the plan opens ports that are known only after apply, so no port "
				"can be called unintended: apply it and give the state instead");
	return 0;
}

const struct probe probe_intents = {
    .about = "Ranges of ports that the intent lets a source reach",
    COLUMNS({"origin", TEXT, "policy, aws or terraform"},
	    {"security_group", TEXT,
	     "identifier of the group, or address of the Terraform resource; of a policy NULL"},
	    {"protocol", TEXT,
	     "tcp, udp, icmp, icmpv6, all, or a number of IANA's; NULL: nothing is let in"},
	    {"port_first", INTEGER, "first port of the range; NULL: the protocol has no ports"},
	    {"port_last", INTEGER, "last port of the range"},
	    {"source", TEXT, "prefix that may connect; NULL: not known here, see source_ref"},
	    {"source_ref", TEXT, "what only the cloud can resolve, such as group sg-1"},
	    {"why", TEXT, "reason or description in the file"},
	    {"file", TEXT, "file, as it was given"}, {"line", INTEGER, "line in the file"}),
    NEEDS({READ, "@intent"}),
    .collect = collect,
};
