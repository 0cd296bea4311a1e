/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Blocks and includes: see config.h. */
#include "audit/nginx/config.h"

#include <string.h>

#include "audit/nginx/lex.h"
#include "lib/own.h"

enum scope { SCOPE_MAIN, SCOPE_PROTOCOL, SCOPE_SERVER, SCOPE_INNER };

/* The block that is being read: its directives mean what its scope says. */
struct block {
	enum scope scope;
	enum nginx_protocol protocol;
	struct nginx_tls *tls;       /* of SCOPE_PROTOCOL and SCOPE_SERVER */
	struct nginx_server *server; /* of SCOPE_SERVER */
	struct nginx_client client;  /* what it shows as a client */
};

struct reading {
	struct nginx_config *config;
	const char *file;
	struct nginx_lexer lexer;
	struct block *block;
};

static void fault(const struct reading *reading, const char *what)
{
	struct nginx_config *config = reading->config;

	if (!config->fault)
		config->fault = arena_printf(config->arena, "%s:%u: %s", reading->file,
					     reading->lexer.line, what);
}

static const char *full_path(const struct nginx_config *config, struct span path)
{
	if (path.len > 0 && path.data[0] == '/')
		return arena_text(config->arena, path);
	return arena_printf(config->arena, "%s%.*s", config->folder, (int)path.len, path.data);
}

static void add_text(struct arena *arena, struct nginx_texts *list, struct span text)
{
	struct nginx_text *added = arena_alloc(arena, 1, sizeof(*added));

	added->text = text;
	if (list->last)
		list->last->next = added;
	else
		list->first = added;
	list->last = added;
}

/* "data:…" and "engine:…" are no files, and stay as they are; so does a leading variable. */
static struct span named_file(const struct nginx_config *config, struct span written)
{
	if (span_starts(written, "data:") || span_starts(written, "engine:") ||
	    span_starts(written, "store:") || span_starts(written, "$"))
		return written;
	return span_of(full_path(config, written));
}

static int read_files(struct nginx_config *config, const char *pattern, struct block *block,
		      const struct reading *from, struct err *err);

static int include(struct reading *reading, struct span written, struct err *err)
{
	struct nginx_config *config = reading->config;
	int result;

	if (config->depth == NGINX_MAX_DEPTH) {
		fault(reading, "files include each other too deeply");
		return 0;
	}
	config->depth++;
	result = read_files(config, full_path(config, written), reading->block, reading, err);
	config->depth--;
	return result;
}

static bool is_yes(const struct nginx_lexer *lexer)
{
	return lexer->count == 2 && span_is(lexer->words[1], "on");
}

static struct nginx_texts *texts_of(struct nginx_tls *tls, struct span name)
{
	if (span_is(name, "ssl_certificate"))
		return &tls->certificates;
	if (span_is(name, "ssl_certificate_key"))
		return &tls->keys;
	return span_is(name, "ssl_password_file") ? &tls->passwords : NULL;
}

static void read_tls(const struct reading *reading, struct nginx_tls *tls)
{
	const struct nginx_lexer *lexer = &reading->lexer;
	struct span name = lexer->words[0];
	struct nginx_texts *list = texts_of(tls, name);

	if (span_is(name, "ssl"))
		tls->is_on = is_yes(lexer);
	if (span_is(name, "ssl_reject_handshake"))
		tls->is_refused = is_yes(lexer);
	if (span_starts(name, "ssl_certificate_by_lua"))
		tls->is_by_lua = true;
	if (list && lexer->count == 2)
		add_text(reading->config->arena, list,
			 named_file(reading->config, lexer->words[1]));
}

static void read_client(const struct reading *reading)
{
	const struct nginx_lexer *lexer = &reading->lexer;
	struct nginx_client *client = &reading->block->client;
	struct span name = lexer->words[0];

	if (lexer->count != 2 || lexer->words[1].len == 0)
		return;
	if (span_ends(name, "_ssl_certificate_key")) {
		client->key = named_file(reading->config, lexer->words[1]);
	} else if (span_ends(name, "_ssl_certificate")) {
		client->certificate = named_file(reading->config, lexer->words[1]);
		client->file = reading->file;
		client->line = lexer->line;
	}
}

static int read_statement(struct reading *reading, struct err *err)
{
	struct nginx_lexer *lexer = &reading->lexer;
	struct block *block = reading->block;
	struct span name = lexer->words[0];

	if (span_is(name, "include") && lexer->count == 2)
		return include(reading, lexer->words[1], err);
	read_client(reading);
	if (block->tls)
		read_tls(reading, block->tls);
	if (block->scope != SCOPE_SERVER)
		return 0;
	if (span_is(name, "server_name"))
		for (unsigned i = 1; i < lexer->count; i++)
			add_text(reading->config->arena, &block->server->names, lexer->words[i]);
	else if (span_is(name, "listen") && lexer->count > 1)
		nginx_listen_add(reading->config, block->server, lexer->words, lexer->count);
	return 0;
}

static bool is_lua(struct span name)
{
	return span_ends(name, "_by_lua_block");
}

/* Blocks whose lines are data and no directives. */
static bool is_data(struct span name)
{
	static const char *const names[] = {"types", "map", "geo", "split_clients", "charset_map"};

	for (unsigned i = 0; i < ARRAY_LEN(names); i++)
		if (span_is(name, names[i]))
			return true;
	return false;
}

/* Behind a {: to behind its }. */
static void skip_block(struct reading *reading)
{
	struct nginx_lexer *lexer = &reading->lexer;
	unsigned depth = 1;

	while (depth > 0) {
		enum nginx_lex got = nginx_lex_next(lexer);

		if (got == NGINX_BAD || got == NGINX_END) {
			fault(reading, got == NGINX_BAD ? lexer->fault : "a block is not closed");
			lexer->rest.len = 0;
			return;
		}
		depth += got == NGINX_OPEN;
		depth -= got == NGINX_CLOSE;
	}
}

static struct nginx_server *add_server(struct reading *reading)
{
	struct nginx_config *config = reading->config;
	struct nginx_server *server = arena_alloc(config->arena, 1, sizeof(*server));

	server->protocol = reading->block->protocol;
	server->outer = reading->block->tls;
	server->file = reading->file;
	server->line = reading->lexer.line;
	*config->servers_end = server;
	config->servers_end = &server->next;
	return server;
}

/* What the block that begins here is; the name of its directive is words[0]. */
static struct block inner_block(struct reading *reading)
{
	static const char *const protocols[] = {"http", "stream", "mail"}; /* enum nginx_protocol */
	const struct block *outer = reading->block;
	struct span name = reading->lexer.words[0];
	struct block inner = {.scope = SCOPE_INNER, .protocol = outer->protocol};

	inner.client.key = outer->client.key;
	for (unsigned i = 0; outer->scope == SCOPE_MAIN && i < ARRAY_LEN(protocols); i++) {
		if (!span_is(name, protocols[i]))
			continue;
		inner.scope = SCOPE_PROTOCOL;
		inner.protocol = (enum nginx_protocol)i;
		inner.tls = arena_alloc(reading->config->arena, 1, sizeof(*inner.tls));
	}
	if (outer->scope == SCOPE_PROTOCOL && span_is(name, "server")) {
		inner.scope = SCOPE_SERVER;
		inner.server = add_server(reading);
		inner.tls = &inner.server->tls;
	}
	return inner;
}

static void keep_client(struct nginx_config *config, const struct nginx_client *client)
{
	struct nginx_client *kept;

	if (client->certificate.len == 0)
		return;
	kept = arena_alloc(config->arena, 1, sizeof(*kept));
	*kept = *client;
	kept->next = config->clients;
	config->clients = kept;
}

static int read_block(struct reading *reading, bool is_file, struct err *err);

static int read_inner(struct reading *reading, struct err *err)
{
	struct nginx_config *config = reading->config;
	struct block *outer = reading->block;
	struct span name = reading->lexer.words[0];
	struct block inner;
	int result;

	if (is_lua(name)) {
		if (outer->tls && span_starts(name, "ssl_certificate_by_lua"))
			outer->tls->is_by_lua = true;
		if (!nginx_lex_skip_lua(&reading->lexer))
			fault(reading, "a block of Lua is not closed");
		return 0;
	}
	if (config->depth == NGINX_MAX_DEPTH)
		fault(reading, "blocks stand too deep in each other");
	if (is_data(name) || config->depth == NGINX_MAX_DEPTH) {
		skip_block(reading);
		return 0;
	}
	inner = inner_block(reading);
	config->depth++;
	reading->block = &inner;
	result = read_block(reading, false, err);
	reading->block = outer;
	config->depth--;
	keep_client(config, &inner.client);
	return result;
}

/* To the } of the block, or to the end of the file. */
static int read_block(struct reading *reading, bool is_file, struct err *err)
{
	for (;;) {
		switch (nginx_lex_next(&reading->lexer)) {
		case NGINX_STATEMENT:
			if (read_statement(reading, err) < 0)
				return -1;
			break;
		case NGINX_OPEN:
			if (read_inner(reading, err) < 0)
				return -1;
			break;
		case NGINX_CLOSE:
			if (!is_file)
				return 0;
			fault(reading, "a block is closed that was not opened");
			break;
		case NGINX_END:
			if (!is_file)
				fault(reading, "a block is not closed");
			return 0;
		case NGINX_BAD:
			fault(reading, reading->lexer.fault);
			reading->lexer.rest.len = 0;
			return 0;
		}
	}
}

static int read_file(struct nginx_config *config, const struct nginx_file *file,
		     struct block *block, struct err *err)
{
	struct reading reading = {.config = config, .file = file->path, .block = block};

	if (file->error) {
		if (!config->fault)
			config->fault = arena_printf(config->arena, "%s: %s", file->path,
						     strerror(file->error));
		return 0;
	}
	reading.lexer.line = 1;
	if (config->files == NGINX_MAX_FILES || file->data.len > NGINX_MAX_BYTES - config->bytes) {
		fault(&reading, "there are too many files, or too large ones");
		return 0;
	}
	config->files++;
	config->bytes += file->data.len;
	nginx_lex_begin(&reading.lexer, config->arena, file->data);
	if (file->is_cut)
		fault(&reading, "the file is too long");
	return read_block(&reading, true, err);
}

/* A pattern may match nothing; a path may not. `from`: who includes it, or NULL. */
static int read_files(struct nginx_config *config, const char *pattern, struct block *block,
		      const struct reading *from, struct err *err)
{
	struct nginx_file *files = NULL;

	if (config->files == NGINX_MAX_FILES) {
		if (from)
			fault(from, "there are too many files");
		return 0;
	}
	if (config->loader->load(config->loader, pattern, &files, err) < 0)
		return -1;
	if (!files && !strpbrk(pattern, "*?[") && !config->fault)
		config->fault = arena_printf(config->arena, "%s is not there", pattern);
	for (const struct nginx_file *at = files; at; at = at->next)
		if (read_file(config, at, block, err) < 0)
			return -1;
	return 0;
}

int nginx_read(struct nginx_config *config, struct err *err)
{
	struct block block = {.scope = SCOPE_MAIN};

	config->servers_end = &config->servers;
	if (read_files(config, config->start, &block, NULL, err) < 0)
		return -1;
	nginx_resolve(config);
	return 0;
}
