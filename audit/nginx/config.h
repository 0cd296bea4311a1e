/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What a configuration of nginx serves where, and by which certificates. Pure: whoever reads
 * hands the files over. Names of directives and how they are inherited:
 * nginx.org/en/docs/http/ngx_http_ssl_module.html and the modules of stream and mail.
 */
#ifndef AUDIT_NGINX_CONFIG_H
#define AUDIT_NGINX_CONFIG_H

#include <stdbool.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/span.h"

/* Ceilings; what lies beyond is a fault of the configuration. */
#define NGINX_MAX_FILES 4000U
#define NGINX_MAX_BYTES (64U << 20) /* of all files together */
#define NGINX_MAX_DEPTH 40U         /* of blocks and includes within each other */
#define NGINX_MAX_LISTENS 70000U    /* a range of ports is one for each port */

struct nginx_file {
	struct nginx_file *next; /* in the order of their names, as glob(3) has it */
	const char *path;
	struct span data;
	int error;
	bool is_cut;
};

/* Hands out the files that an absolute path or pattern names; they live in the arena. */
struct nginx_loader {
	void *context;
	int (*load)(const struct nginx_loader *loader, const char *pattern, struct nginx_file **out,
		    struct err *err);
};

struct nginx_text {
	struct nginx_text *next;
	struct span text;
};
struct nginx_texts {
	struct nginx_text *first;
	struct nginx_text *last;
};

/* Of a block, in the order of the file. Paths are absolute or hold a variable. */
struct nginx_tls {
	bool is_on;      /* "ssl on", which is how it was done before 1.15 */
	bool is_by_lua;  /* the certificate is chosen by a program */
	bool is_refused; /* handshakes are: no certificate is needed */
	struct nginx_texts certificates;
	struct nginx_texts keys; /* the first one is that of the first certificate */
	struct nginx_texts passwords;
};

enum nginx_protocol { NGINX_HTTP, NGINX_STREAM, NGINX_MAIL };

struct nginx_listen {
	struct nginx_listen *next;
	const struct nginx_server *server;
	const char *address; /* as lib/inet.h writes it, a name, or unix:PATH */
	int port;            /* -1: a socket of the file system */
	bool is_ssl;         /* for all servers of that address and port, if for one */
	bool is_quic;
	bool is_default; /* whoever gives no name, or an unknown one, gets this server */
	unsigned number; /* in the order of the files */
};

struct nginx_server {
	struct nginx_server *next;
	enum nginx_protocol protocol;
	struct nginx_listen *listens;
	struct nginx_texts names;
	struct nginx_tls tls;
	const struct nginx_tls *outer;
	const char *file;
	unsigned line;
};

/* A certificate that nginx shows as a client (proxy_ssl_certificate and its like). */
struct nginx_client {
	struct nginx_client *next;
	struct span certificate;
	struct span key; /* .len 0: none was named */
	const char *file;
	unsigned line;
};

struct nginx_config {
	struct arena *arena;
	const struct nginx_loader *loader;
	const char *folder; /* relative paths start here; ends with / */
	const char *start;  /* path of the first file */

	struct nginx_server *servers;
	struct nginx_client *clients;
	const char *fault; /* the first one, with file and line; NULL: all was understood */

	/* of the reading: */
	struct nginx_server **servers_end;
	unsigned files;
	size_t bytes;
	unsigned depth;
	unsigned listens;
};

/*
 * Reads the file `start` and what it includes; arena, loader, folder and start are set by the
 * caller, all else is 0. -1 only when the loader says so.
 */
int nginx_read(struct nginx_config *config, struct err *err) MUST_CHECK;

/* Private to this folder: what does not fit is a fault. */
void nginx_listen_add(struct nginx_config *config, struct nginx_server *server,
		      const struct span *words, unsigned count);
/* After all has been read: default ports, and what listens at the same address share. */
void nginx_resolve(struct nginx_config *config);

/* Certificates or keys that count for a server: its own, else those of the block around it. */
const struct nginx_text *nginx_certificates(const struct nginx_server *server);
const struct nginx_text *nginx_keys(const struct nginx_server *server);
const struct nginx_text *nginx_passwords(const struct nginx_server *server);

/*
 * Where a running nginx has its configuration: what it was compiled with ("configure arguments:"
 * in its program), -p and -c of its command line, and the folder that it runs in for what is
 * relative (NULL: not known). False: that cannot be told.
 */
struct nginx_start {
	const char *file;
	const char *folder; /* ends with / */
};
bool nginx_find_start(struct arena *arena, struct span program, struct span cmdline,
		      const char *cwd, struct nginx_start *out);

#endif
