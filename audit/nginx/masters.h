/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] The masters of nginx that run, for the probe that reads what they serve. */
#ifndef AUDIT_NGINX_MASTERS_H
#define AUDIT_NGINX_MASTERS_H

#include "audit/probe.h"

#define NGINX_MAX_MASTERS 1000U

/*
 * A process of nginx that is no child of another one: ngx_setproctitle() calls it "nginx: master
 * process COMMAND LINE"; with "master_process off" it keeps its own.
 */
#define NGINX_MASTERS_SQL                                                                          \
	"SELECT p.pid, p.namespace, p.cmdline, p.exe,"                                             \
	" coalesce('container ' || substr(p.container, 1, 12), CASE WHEN n.is_host THEN ''"        \
	" ELSE coalesce('namespace ' || n.name, p.unit, '') END, '')"                              \
	" FROM processes p"                                                                        \
	" LEFT JOIN namespaces n ON n.id = p.namespace"                                            \
	" LEFT JOIN processes o ON o.pid = p.ppid"                                                 \
	" WHERE (p.comm IN ('nginx', 'openresty', 'angie')"                                        \
	" AND (p.exe IS NULL OR replace(p.exe, ' (deleted)', '') GLOB '*/nginx'"                   \
	" OR replace(p.exe, ' (deleted)', '') GLOB '*/openresty'"                                  \
	" OR replace(p.exe, ' (deleted)', '') GLOB '*/angie'))"                                    \
	" AND (p.cmdline LIKE '%: master process %'"                                               \
	" OR (p.cmdline NOT LIKE '%: %process%' AND o.comm IS NOT p.comm))"                        \
	" ORDER BY p.pid"

struct nginx_master {
	struct nginx_master *next;
	int64_t pid;
	int64_t namespace; /* -1: hidden */
	const char *place;
	const char *cmdline;
	const char *program; /* NULL: hidden */
	const char *folder;  /* that it runs in; NULL: hidden */
	const char *root;    /* chroot(2); NULL: hidden */
};

/*
 * From the rows of NGINX_MASTERS_SQL, which is the probe's input. `need` is that of the links
 * cwd and root of all processes.
 */
int nginx_find_masters(struct host *host, unsigned need, const struct nginx_master **out,
		       struct err *err) MUST_CHECK;

#endif
