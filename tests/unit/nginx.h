/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of nginx in memory, and what is read of them as lines of text. */
#ifndef TESTS_UNIT_NGINX_H
#define TESTS_UNIT_NGINX_H

#include <errno.h>
#include <fnmatch.h>
#include <string.h>

#include "audit/nginx/config.h"
#include "lib/buf.h"
#include "lib/own.h"

struct nginx_tree {
	struct nginx_loader loader;
	struct arena *arena;
	const char *const *files; /* path, content, …, NULL */
};

/* Those that match, in the order of the array, which is sorted. */
__attribute__((unused)) static int nginx_tree_load(const struct nginx_loader *loader,
						   const char *pattern, struct nginx_file **out,
						   struct err *err)
{
	const struct nginx_tree *tree = loader->context;

	(void)err;
	for (const char *const *at = tree->files; *at; at += 2) {
		struct nginx_file *file;

		if (fnmatch(pattern, at[0], FNM_PATHNAME | FNM_PERIOD) != 0)
			continue;
		file = arena_alloc(tree->arena, 1, sizeof(*file));
		file->path = at[0];
		file->data = span_of(at[1]);
		*out = file;
		out = &file->next;
	}
	return 0;
}

static void nginx_put_server(const struct nginx_server *server, struct buf *out)
{
	static const char *const protocols[] = {"http", "stream", "mail"};
	const struct nginx_text *key = nginx_keys(server);

	buf_text(out, protocols[server->protocol]);
	for (const struct nginx_text *at = server->names.first; at; at = at->next)
		buf_printf(out, " %.*s", (int)at->text.len, at->text.data);
	for (const struct nginx_listen *at = server->listens; at; at = at->next)
		buf_printf(out, " <%s:%d%s%s%s>", at->address, at->port, at->is_ssl ? " ssl" : "",
			   at->is_quic ? " quic" : "", at->is_default ? " default" : "");
	for (const struct nginx_text *at = nginx_certificates(server); at; at = at->next) {
		struct span with = key ? key->text : span_of("");

		buf_printf(out, " %.*s+%.*s", (int)at->text.len, at->text.data, (int)with.len,
			   with.data);
		key = key ? key->next : NULL;
	}
	buf_printf(out, "%s%s %s:%u\n", server->tls.is_by_lua ? " lua" : "",
		   server->tls.is_refused ? " refused" : "", server->file, server->line);
}

/* Reads /etc/nginx/nginx.conf of the files. */
__attribute__((unused)) static void nginx_describe(const char *const *files, struct buf *out)
{
	struct arena arena;
	struct nginx_tree tree = {.arena = &arena, .files = files};
	struct nginx_config config = {.arena = &arena,
				      .loader = &tree.loader,
				      .folder = "/etc/nginx/",
				      .start = "/etc/nginx/nginx.conf"};
	struct err err;

	tree.loader = (struct nginx_loader){&tree, nginx_tree_load};
	arena_init(&arena, (size_t)256 << 20);
	buf_clear(out);
	if (nginx_read(&config, &err) < 0)
		buf_printf(out, "error: %s\n", err.text);
	for (const struct nginx_server *at = config.servers; at; at = at->next)
		nginx_put_server(at, out);
	for (const struct nginx_client *at = config.clients; at; at = at->next)
		buf_printf(out, "client %.*s+%.*s %s:%u\n", (int)at->certificate.len,
			   at->certificate.data, (int)at->key.len, at->key.data, at->file,
			   at->line);
	if (config.fault)
		buf_printf(out, "fault: %s\n", config.fault);
	arena_done(&arena);
}

#endif
