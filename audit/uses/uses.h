/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Which files of certificates and keys the services of this host use: what nginx_servers
 * has, the settings of MySQL, PostgreSQL and Redis that run, command lines, well-known folders,
 * and the policy. The probes that read those files share this.
 */
#ifndef AUDIT_USES_USES_H
#define AUDIT_USES_USES_H

#include "audit/probe.h"

#define USES_MAX 5000U
#define USES_MAX_FILES 1000U /* of settings, that are read to find them */
#define USES_MAX_PASSWORDS 8U
#define USES_MAX_DEPTH 10U /* of settings that include each other */

/* The needs of a probe that finds uses, in this order. */
enum { USES_FILE, USES_SECRET, USES_STAT, USES_INTENT, USES_FOLDERS };
#define USES_NEEDS                                                                                 \
	NEEDS([USES_FILE] = {READ_NAMED, ""}, [USES_SECRET] = {SECRET_NAMED, ""},                  \
	      [USES_STAT] = {STAT_NAMED, ""}, [USES_INTENT] = {READ, "@intent"},                   \
	      [USES_FOLDERS] = {READ, "/proc/[0-9]*/cwd@"})

#define USES_PLACE_SQL                                                                             \
	"coalesce('container ' || substr(p.container, 1, 12), CASE WHEN n.is_host THEN ''"         \
	" ELSE coalesce('namespace ' || n.name, p.unit, '') END, '')"

/*
 * The input of such a probe: what, pid, place, three texts, and who runs it; not those that a
 * server forks for a client or to save, which are gone in no time. Its hints: "settings" and the
 * pid of a Redis, which puts its address over its command line; the file of settings that it tells,
 * whether it speaks TLS, and whether that is not known: a listener was not asked, or none of them
 * said what it is (one alone may be the bus of a cluster).
 */
#define USES_COLUMNS 8U
#define USES_SQL                                                                                   \
	"SELECT 'nginx', min(pid), place, certificate, key, passwords, 0, 0"                       \
	" FROM nginx_servers"                                                                      \
	" WHERE certificate IS NOT NULL AND (is_ssl OR protocol IN ('mail', 'client'))"            \
	" GROUP BY place, certificate, key, passwords"                                             \
	" UNION ALL SELECT p.comm, p.pid, " USES_PLACE_SQL                                         \
	", p.cmdline, p.exe, NULL, p.uid, p.gid"                                                   \
	" FROM processes p LEFT JOIN namespaces n ON n.id = p.namespace"                           \
	" WHERE p.comm IN ('java', 'dockerd') OR p.comm IN ('mysqld', 'mariadbd', 'redis-server'," \
	" 'valkey-server', 'postgres', 'postmaster') AND p.cmdline NOT LIKE 'postgres: %'"         \
	" AND NOT EXISTS (SELECT 1 FROM processes q WHERE q.pid = p.ppid AND q.comm = p.comm)"

#define USES_HINTS                                                                                 \
	"SELECT 'settings', o.pid, '', max(r.config_file), NULL, NULL,"                            \
	" max(coalesce(v.is_tls, 0) OR coalesce(v.service, '') = 'tls'),"                          \
	" max(v.port IS NULL) OR max(v.service) IS NULL"                                           \
	" FROM processes p JOIN socket_owners o ON o.pid = p.pid"                                  \
	" JOIN sockets s ON s.inode = o.inode AND s.protocol = 'tcp'"                              \
	" LEFT JOIN services v ON v.namespace = s.namespace AND v.address = s.address"             \
	" AND v.port = s.port"                                                                     \
	" LEFT JOIN redis_servers r ON r.namespace = s.namespace AND r.address = s.address"        \
	" AND r.port = s.port WHERE p.comm IN ('redis-server', 'valkey-server') GROUP BY o.pid"

struct use {
	struct use *next;
	const char *used_by;
	int64_t pid;  /* whose root the paths are below; 0: the host's own */
	uint32_t uid; /* who runs it, as the host counts */
	uint32_t gid;
	const char *place;
	const char *certificate; /* NULL: only a key is known */
	const char *key;         /* NULL: none is known, or it is in the same file */
	const char *password;    /* of a key store; NULL: none is known */
	const char *password_file;
	bool is_served;   /* a listener shows it, as the settings of its process say */
	bool is_pattern;  /* may name several files, or none */
	bool is_optional; /* it need not be there */
	bool is_archive;  /* a jar, whose key stores count */
};

struct uses_folder;

struct uses {
	struct host *host;
	bool is_by_process; /* one use for each process, also where they share a file */
	const struct uses_folder *folders; /* that processes run in, once somebody asked */
	bool has_folders;
	struct use *first;
	struct use **end;
	unsigned count;
	unsigned files;
	/* of the policy, tried with key stores; no row has them */
	const char *passwords[USES_MAX_PASSWORDS];
	unsigned password_count;
};

/* A process whose settings tell what it uses. */
struct uses_process {
	const char *name;
	int64_t pid;
	uint32_t uid;
	uint32_t gid;
	const char *place;
	struct span cmdline;
	const char *settings; /* its file, as it says itself; NULL: it does not */
	bool is_tls;          /* it has been seen to speak TLS */
	bool is_unseen;       /* it listens, and may do so without having been seen */
};

/* Finds all of them; `uses` is zero but for its host. */
int uses_find(struct uses *uses, struct err *err) MUST_CHECK;

/* Does the file hold keys or passwords, so that no recording may have it? */
bool uses_is_secret(const struct use *use);

/*
 * Adds the key store that settings of Java name, as they write it, where it is a file of its own;
 * `like` has the rest.
 */
int uses_key_store(struct uses *uses, const struct use *like, const char *written,
		   struct err *err) MUST_CHECK;

/*
 * Is there such a file, or one of that pattern? Asked before what is secret: a recording lacks
 * that, but need not lack what is not there.
 */
int uses_is_there(struct host *host, int64_t pid, const char *path, bool *out,
		  struct err *err) MUST_CHECK;

/* Private to this folder. */
void uses_add(struct uses *uses, const struct use *use);
/* The whole of a file of settings, which lives in the arena. error: errno, or 0. */
struct uses_file {
	struct uses_file *next;
	const char *path;
	struct span data;
	int error;
};
int uses_read(struct uses *uses, int64_t pid, const char *path, struct uses_file **out,
	      struct err *err) MUST_CHECK;
/* The word behind "NAME" or "NAME=" in a command line; false: it is not there. */
bool uses_option(struct span cmdline, const char *name, struct span *out);
const char *uses_join(struct arena *arena, const char *folder, struct span path);
/* As that process would find the path; *out is NULL when the folder that it runs in is hidden. */
int uses_resolve(struct uses *uses, const struct uses_process *process, struct span path,
		 const char **out, struct err *err) MUST_CHECK;

int uses_mysql(struct uses *uses, const struct uses_process *process, struct err *err) MUST_CHECK;
int uses_postgres(struct uses *uses, const struct uses_process *process,
		  struct err *err) MUST_CHECK;
int uses_redis(struct uses *uses, const struct uses_process *process, struct err *err) MUST_CHECK;
int uses_docker(struct uses *uses, const struct uses_process *process, struct err *err) MUST_CHECK;
int uses_java(struct uses *uses, const struct uses_process *process, struct err *err) MUST_CHECK;
void uses_folders(struct uses *uses);

#endif
