/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table nginx_servers: see the spec at the end. The configuration is read as the running
 * master would read it again: by its command line and what its program was compiled with, within
 * its own root. Nothing is executed.
 */
#include <errno.h>
#include <string.h>

#include "audit/nginx/config.h"
#include "audit/nginx/masters.h"
#include "audit/probe.h"
#include "lib/own.h"

enum { NEED_FILES, NEED_FOLDERS };

#define MAX_ROWS 200000U

struct collecting {
	struct host *host;
	const struct nginx_master *master;
	unsigned rows;
};

/* ---- the files ---- */

static struct nginx_file *keep(struct arena *arena, const struct item *item)
{
	struct nginx_file *file = arena_alloc(arena, 1, sizeof(*file));

	file->path = arena_text(arena, span_of(item->path));
	file->error = item->error;
	file->is_cut = item->is_cut;
	file->data = (struct span){arena_text(arena, item->data), item->data.len};
	return file;
}

/* They come in the order of glob(3): the first server of an address is its default. */
static int load(const struct nginx_loader *loader, const char *pattern, struct nginx_file **out,
		struct err *err)
{
	const struct collecting *collecting = loader->context;
	struct host *host = collecting->host;
	struct arena *arena = host_arena(host);
	struct span path = span_of(pattern);
	size_t count = 0;
	size_t bytes = 0;
	struct item item;
	int got = strpbrk(pattern, "*?[")
		      ? host_ask_glob(host, NEED_FILES, collecting->master->pid, path, err)
		      : host_ask_file(host, NEED_FILES, collecting->master->pid, path, err);

	if (got < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		struct nginx_file *file;

		bytes += item.data.len;
		if (count > NGINX_MAX_FILES || bytes > NGINX_MAX_BYTES)
			continue; /* the one that is too much has been kept: a fault */
		file = keep(arena, &item);
		*out = file;
		out = &file->next;
		count++;
	}
	return got;
}

/* ---- the rows ---- */

static const char *kind_of(struct span name)
{
	if (name.len == 0 || span_is(name, "_")) /* a name that nobody asks for */
		return NULL;
	if (name.data[0] == '~')
		return "pattern";
	return name.data[0] == '.' || span_starts(name, "*.") || span_ends(name, ".*") ? "wildcard"
										       : "name";
}

static void put_optional(struct host *host, struct span text)
{
	if (text.len > 0)
		row_span(host, text);
	else
		row_null(host);
}

static bool begin_row(struct collecting *collecting)
{
	struct host *host = collecting->host;

	if (collecting->rows++ == MAX_ROWS)
		host_incomplete(host, COVERAGE_PARTIAL, "nginx has too many servers");
	if (collecting->rows > MAX_ROWS)
		return false;
	if (collecting->master->namespace < 0)
		row_null(host);
	else
		row_int(host, collecting->master->namespace);
	row_text(host, collecting->master->place);
	return true;
}

static void put_row(struct collecting *collecting, const struct nginx_listen *listen,
		    struct span name, const struct nginx_text *certificate,
		    const struct nginx_text *key)
{
	static const char *const protocols[] = {"http", "stream", "mail"};
	const struct nginx_server *server = listen->server;
	const struct nginx_text *passwords = nginx_passwords(server);
	struct host *host = collecting->host;

	if (!begin_row(collecting))
		return;
	row_text(host, protocols[server->protocol]);
	row_text(host, listen->address);
	if (listen->port < 0)
		row_null(host);
	else
		row_int(host, listen->port);
	row_text(host, listen->is_quic ? "udp" : "tcp");
	row_int(host, listen->is_ssl);
	row_int(host, listen->is_default);
	put_optional(host, name);
	row_text(host, kind_of(name));
	put_optional(host, certificate ? certificate->text : (struct span){0});
	put_optional(host, key ? key->text : (struct span){0});
	put_optional(host, passwords ? passwords->text : (struct span){0});
	row_text(host, server->file);
	row_int(host, server->line);
	row_int(host, collecting->master->pid);
	row_end(host);
}

static void put_certificates(struct collecting *collecting, const struct nginx_listen *listen,
			     struct span name)
{
	const struct nginx_text *certificate = nginx_certificates(listen->server);
	const struct nginx_text *key = nginx_keys(listen->server);

	if (!certificate)
		put_row(collecting, listen, name, NULL, NULL);
	for (; certificate; certificate = certificate->next) {
		put_row(collecting, listen, name, certificate, key);
		key = key ? key->next : NULL;
	}
}

static void put_client(struct collecting *collecting, const struct nginx_client *client)
{
	struct host *host = collecting->host;

	if (!begin_row(collecting))
		return;
	row_text(host, "client");
	for (int i = 0; i < 3; i++) /* address, port, transport */
		row_null(host);
	row_int(host, 0);
	row_int(host, 0);
	row_null(host);
	row_null(host);
	row_span(host, client->certificate);
	put_optional(host, client->key);
	row_null(host);
	row_text(host, client->file);
	row_int(host, client->line);
	row_int(host, collecting->master->pid);
	row_end(host);
}

/* Certificates that no file of the configuration names. */
static void check_chosen(struct collecting *collecting, const struct nginx_server *server)
{
	bool is_ssl = false;

	for (const struct nginx_listen *at = server->listens; at; at = at->next)
		is_ssl = is_ssl || at->is_ssl;
	for (const struct nginx_text *at = nginx_certificates(server); is_ssl && at; at = at->next)
		if (at->text.len > 0 && at->text.data[0] != '/')
			host_incomplete(collecting->host, COVERAGE_PARTIAL,
					"nginx: %s:%u: a variable chooses the certificate",
					server->file, server->line);
	if (is_ssl && (server->tls.is_by_lua || server->outer->is_by_lua))
		host_incomplete(collecting->host, COVERAGE_PARTIAL,
				"nginx: %s:%u: a program chooses the certificate", server->file,
				server->line);
}

static void put_server(struct collecting *collecting, const struct nginx_server *server)
{
	for (const struct nginx_listen *at = server->listens; at; at = at->next) {
		if (!server->names.first)
			put_certificates(collecting, at, (struct span){0});
		for (const struct nginx_text *name = server->names.first; name; name = name->next)
			put_certificates(collecting, at, name->text);
	}
}

/* ---- the masters ---- */

static int read_program(struct collecting *collecting, struct nginx_start *start, bool *found,
			struct err *err)
{
	static const char gone[] = " (deleted)"; /* proc(5): it has been upgraded since */
	const struct nginx_master *master = collecting->master;
	struct host *host = collecting->host;
	struct span path = span_of(master->program ? master->program : "/usr/sbin/nginx");
	struct span program = {"", 0};
	struct item item;
	int got;

	if (span_ends(path, gone))
		path.len -= strlen(gone);
	if (path.len == 0 || path.data[0] != '/')
		path = span_of("/usr/sbin/nginx");
	if (host_ask_file(host, NEED_FILES, master->pid, path, err) < 0)
		return -1;
	while ((got = host_next(host, &item, err)) > 0) {
		program = item.error ? (struct span){"", 0} : item.data;
		if (item.error && item.error != ENOENT)
			host_item_failed(host, &item, "the program of nginx");
		*found = nginx_find_start(host_arena(host), program, span_of(master->cmdline),
					  master->folder, start);
	}
	return got;
}

static int read_master(struct collecting *collecting, struct err *err)
{
	struct host *host = collecting->host;
	struct nginx_loader loader = {collecting, load};
	struct nginx_config config = {.arena = host_arena(host), .loader = &loader};
	struct nginx_start start = {0};
	bool found = false;

	if (read_program(collecting, &start, &found, err) < 0)
		return -1;
	if (!found) {
		host_incomplete(host, COVERAGE_PARTIAL,
				"where a running nginx has its configuration cannot be told%s%s",
				collecting->master->place[0] ? ": " : "",
				collecting->master->place);
		return 0;
	}
	config.start = start.file;
	config.folder = start.folder;
	if (nginx_read(&config, err) < 0)
		return -1;
	if (config.fault)
		host_incomplete(host, COVERAGE_PARTIAL, "nginx: %s%s%s", config.fault,
				collecting->master->place[0] ? ": " : "",
				collecting->master->place);
	for (const struct nginx_server *at = config.servers; at; at = at->next) {
		check_chosen(collecting, at);
		put_server(collecting, at);
	}
	for (const struct nginx_client *at = config.clients; at; at = at->next)
		put_client(collecting, at);
	return 0;
}

static int collect(struct host *host, struct err *err)
{
	struct collecting collecting = {.host = host};

	if (nginx_find_masters(host, NEED_FOLDERS, &collecting.master, err) < 0)
		return -1;
	if (!host_is_privileged(host))
		host_incomplete(host, COVERAGE_DENIED,
				"which files other users' processes read is hidden without root");
	for (; collecting.master; collecting.master = collecting.master->next)
		if (read_master(&collecting, err) < 0)
			return -1;
	return 0;
}

const struct probe probe_nginx_servers = {
    .about = "What the configuration of each running nginx serves where, by which certificates",
    COLUMNS(
	{"namespace", INTEGER, "id of its network namespace; NULL when hidden"},
	{"place", TEXT, "'' for the host's own files, else container or network namespace"},
	{"protocol", TEXT, "http, stream or mail; client: a certificate that it shows to others"},
	{"address", TEXT, "it listens on, as configured: 0.0.0.0, ::, a name, or unix:PATH"},
	{"port", INTEGER, "it listens on; NULL for a socket of the file system"},
	{"transport", TEXT, "tcp, or udp for QUIC"}, {"is_ssl", INTEGER, "1: TLS is spoken there"},
	{"is_default", INTEGER, "1: it serves whoever gives another name there, or none"},
	{"server_name", TEXT, "as configured, one a row; NULL: none"},
	{"name_kind", TEXT, "of server_name: name, wildcard or pattern"},
	{"certificate", TEXT, "path of its certificate; may hold a variable; NULL: none"},
	{"key", TEXT, "path of the key that belongs to it; NULL: none"},
	{"passwords", TEXT, "path of the file of pass phrases; NULL: none"},
	{"file", TEXT, "file of the configuration"}, {"line", INTEGER, "line where it begins"},
	{"pid", INTEGER, "of the master process"}),
    NEEDS([NEED_FILES] = {READ_NAMED, ""}, [NEED_FOLDERS] = {READ, "/proc/[0-9]*/{cwd@,root@}"}),
    .input = NGINX_MASTERS_SQL,
    .collect = collect,
};
