/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What the services of a loaded project mean, part by part; all of it is the arena's. An
 * error is whole: "compose docker-compose.yml:12: …".
 */
#ifndef AUDIT_COMPOSE_SERVICES_H
#define AUDIT_COMPOSE_SERVICES_H

#include "audit/compose/compose.h"

#define COMPOSE_MAX_LIST 2000U /* ports, or mounts, of one service */

/* The first service, and the others behind it by ->next; some may be null in the file. */
const struct compose_node *compose_services(const struct compose *compose);

#define COMPOSE_NO_PORT (-1)

struct compose_port {
	struct compose_port *next;
	const struct compose_node *at;
	const char *address; /* NULL: all addresses of the host */
	int host_first;      /* COMPOSE_NO_PORT: the engine takes a free one */
	int host_last;
	int first; /* in the container */
	int last;
	const char *protocol;    /* tcp, udp or sctp */
	bool is_address_unknown; /* depends on a variable that is not set */
	bool is_port_unknown;
};

/* The published ports of a service; of equal ones the last is left. */
int compose_ports(struct compose *compose, const struct compose_node *service,
		  struct compose_port **out, struct err *err) MUST_CHECK;

struct compose_mount {
	struct compose_mount *next;
	const struct compose_node *at;
	const char *kind;   /* bind, volume, tmpfs, or another word of Compose's */
	const char *volume; /* name of a named volume; else NULL */
	const char *source; /* absolute path on the host; NULL: none */
	const char *target;
	bool is_writable;
	bool is_unknown; /* where on the host depends on a variable that is not set */
};

/* The mounts of a service, those of volumes_from too; of two for one target the last is left. */
int compose_mounts(struct compose *compose, const struct compose_node *service,
		   struct compose_mount **out, struct err *err) MUST_CHECK;

struct compose_image {
	const char *name;   /* as written, without what is not set */
	const char *base;   /* last component of the repository: "redis" of ghcr.io/x/redis:7 */
	const char *tag;    /* NULL: none */
	const char *digest; /* NULL: none */
	bool is_base_unknown;
	bool is_tag_unknown;
};

/* Takes a reference of an image apart: see audit/image.h. */
struct compose_image compose_parse_image(struct compose *compose, struct span text);

enum compose_verdict {
	COMPOSE_PLAIN_VALUE, /* not secret by its name */
	COMPOSE_REFERENCE,   /* from outside of the files, or the path of a file */
	COMPOSE_EMPTY,
	COMPOSE_WEAK,    /* known to everybody, or short */
	COMPOSE_LITERAL, /* a secret that stands in the file */
};
const char *compose_verdict_name(enum compose_verdict verdict);

/* What the name of a variable and its value say; is_literal: it stands in the file itself. */
enum compose_verdict compose_judge(struct span name, struct span value, bool is_literal);

struct compose_setting {
	struct compose_setting *next;
	const char *name;
	enum compose_verdict verdict;
	const char *origin; /* environment, env_file, command or build_args */
	const char *file;
	unsigned line;
};

/* What a service's environment is made of, files and all, each name once; and its build's args. */
int compose_settings(struct compose *compose, const struct compose_node *service,
		     struct compose_setting **out, struct err *err) MUST_CHECK;

/* Absolute path of the service's Dockerfile; NULL: it builds none, or none that lies here. */
const char *compose_dockerfile(struct compose *compose, const struct compose_node *service);

#endif
