/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] One conversation with a Redis server: whom it lets in, and what that one may do. It only
 * reads, and asks for no more than it needs: no KEYS, which stops a server, and no password unless
 * a list was given. Each question is on its way only when the one before it was answered.
 *
 * What proves that a server lets in is an answer that it gives behind its check of the login. The
 * check for unknown commands and for the number of arguments comes before that (processCommand() of
 * redis/src/server.c), so those errors prove nothing: where PING is renamed, others are asked.
 */
#ifndef AUDIT_TALK_REDIS_H
#define AUDIT_TALK_REDIS_H

#include "audit/talk/redis_acl.h"
#include "audit/talk/resp.h"

enum redis_outcome {
	REDIS_UNKNOWN,   /* nothing that decides came; `refusal` may say why */
	REDIS_SERVED,    /* it works for whoever connects; see `may` for how much */
	REDIS_NOPERM,    /* lets in without a password, and then into nothing that was asked */
	REDIS_PASSWORD,  /* asks for one, and `password` of the list is right */
	REDIS_NOAUTH,    /* asks for one */
	REDIS_DENIED,    /* protected mode: serves loopback alone; says nothing about passwords */
	REDIS_NOT_REDIS, /* what came is no answer of Redis: see greeting.h */
	REDIS_TLS,    /* a hint: what came begins as TLS does. Most TLS servers hang up unanswered
			 instead, and are REDIS_UNKNOWN with is_silent */
	REDIS_BROKEN, /* began as Redis, and left the protocol or its ceilings */
};

/* What shares a fate: once a family is refused, nothing more of it is asked. */
enum redis_family {
	REDIS_PING,
	REDIS_COMMAND,
	REDIS_ACL,
	REDIS_INFO,
	REDIS_EXISTS,
	REDIS_GETRANGE,
	REDIS_CONFIG,
	REDIS_FAMILIES,
};

enum redis_key_state {
	REDIS_KEY_UNKNOWN,
	REDIS_KEY_ABSENT,
	REDIS_KEY_PRESENT,
	REDIS_KEY_ELSEWHERE, /* -MOVED: another node of the cluster has it */
};

/* Keys of worms that write themselves into crontabs: docker-library/redis issues 142 and 378. */
#define REDIS_KEYS 5
extern const char *const redis_keys[REDIS_KEYS];

#define REDIS_MAX_VALUE 101 /* GETRANGE 0 100 */
#define REDIS_MAX_TRIES 3   /* passwords */

struct redis_key {
	enum redis_key_state state;
	size_t len;
	char value[REDIS_MAX_VALUE]; /* the front of it: any bytes */
};

struct redis {
	/* what was learned; texts are the peer's, unescaped */
	enum redis_outcome outcome;
	bool is_silent;       /* not a byte came */
	const char *password; /* of the caller's list; see REDIS_PASSWORD */
	char refusal[160];    /* the first error that came */
	char user[64];
	char product[16]; /* "redis", "valkey", or server_name as KeyDB and others have it */
	char version[32];
	char mode[16];        /* standalone, cluster, sentinel */
	char role[16];        /* master, slave, sentinel */
	char executable[256]; /* as it was called: a name alone is taken for one below its folder */
	char config_file[256];
	char master_host[128]; /* of a replica */
	uint64_t master_port;
	uint64_t process_id; /* in its own namespace; 0: not said */
	uint64_t connected_replicas;
	bool has_replication;
	bool is_replica_writable; /* "replica-read-only no" */
	bool has_key_count;
	uint64_t key_count; /* of all databases */
	/* what whoever connects may do. Of write and eval, ACL and renamed commands are looked at,
	   and not read-only replicas, which anyone who may write CONFIG or REPLICAOF undoes */
	enum redis_may may_info;
	enum redis_may may_command;
	enum redis_may may_config; /* CONFIG SET */
	enum redis_may may_eval;
	enum redis_may may_write;
	struct redis_acl acl;
	struct redis_key keys[REDIS_KEYS];
	/* where it would save to. Judging them is the rule's: /data and /var/lib/redis are usual, a
	   folder of crontabs, .ssh or a web root is not */
	bool has_dir;
	char dir[256];
	bool has_dbfilename;
	char dbfilename[128];

	/* the machine */
	struct resp resp;
	unsigned step;
	unsigned tries; /* passwords so far */
	unsigned key;   /* index of the key that is asked about */
	bool is_over;
	bool has_started; /* a whole answer came */
	bool is_let_in;
	bool was_refused;                        /* NOPERM */
	size_t taken;                            /* bytes of the peer */
	enum redis_may families[REDIS_FAMILIES]; /* were answered, or refused */
	bool is_missing[REDIS_FAMILIES]; /* refused as unknown: renamed, or too old a server */
	enum redis_may set_exists, eval_exists; /* not renamed */
	const char *const *passwords;
};

/*
 * `passwords` ends with NULL and outlives the struct; NULL: none is tried. Only after NOAUTH, and
 * no more than REDIS_MAX_TRIES of them, each of which ends in the server's ACL LOG.
 */
enum talk redis_begin(struct redis *redis, const char *const *passwords, struct buf *out);
enum talk redis_feed(struct redis *redis, struct span in, struct buf *out);
/* The peer hung up, or time is over. */
void redis_end(struct redis *redis);
/* Gives back what the struct holds; what was learned stays. */
void redis_done(struct redis *redis);

const char *redis_outcome_name(enum redis_outcome outcome);

#endif
