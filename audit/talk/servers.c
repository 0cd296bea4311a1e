/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Asks the servers of an input: see servers.h. */
#include "audit/talk/servers.h"

#include "lib/arena.h"

static struct server *new_server(struct host *host, const struct servers *of, unsigned row,
				 const struct value *values)
{
	struct arena *arena = host_arena(host);
	struct server *server = arena_alloc(arena, 1, of->size);

	server->host = host;
	server->namespace = values[0].integer;
	server->address = arena_text(arena, values[2].text);
	server->port = values[3].integer;
	server->bound = arena_text(arena, values[4].text);
	server->conversation = (struct conversation){.row = row,
						     .timeout_ms = of->timeout_ms,
						     .of = of->machine,
						     .machine = server,
						     .over = of->over,
						     .context = server};
	if (of->init)
		of->init(server, values);
	return server;
}

int servers_ask(struct host *host, const struct servers *of, struct err *err)
{
	struct value values[SERVER_MAX_COLUMNS];
	struct conversation *queue = NULL;
	struct words words = {0};
	struct server *first = NULL;
	struct server **end = &first;
	unsigned row = 0;
	int got;

	while ((got = host_input(host, values, of->columns, err)) > 0) {
		struct server *server = new_server(host, of, row++, values);

		server->words = of->words ? &words : NULL;
		server->conversation.next = queue;
		queue = &server->conversation;
		*end = server;
		end = &server->next;
	}
	if (got < 0 || (first && of->words && words_gather(host, 1, of->words, &words, err) < 0) ||
	    carry(host, 0, queue, err) < 0)
		return -1;
	for (struct server *at = first; at; at = at->next)
		of->put(host, at);
	return 0;
}

void server_put(struct host *host, const struct server *server)
{
	row_int(host, server->namespace);
	row_text(host, server->bound);
	row_int(host, server->port);
	row_text(host, server->address);
}
