/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Asks a MySQL or MariaDB server whether it lets one user in with one password; one
 * connection a try. Packets as in dev.mysql.com/doc/dev/mysql-server/latest/, PAGE_PROTOCOL, and
 * mariadb.com/kb/en/clientserver-protocol/.
 *
 * The handshake is always finished, since a server counts those that are not against the host that
 * asks, and blocks it after max_connect_errors of them (error 1129). No query is ever sent, so
 * there is none that the server could answer by asking for a file (LOCAL INFILE).
 *
 * A password never leaves in clear: native and Ed25519 answer a challenge, and where the server
 * must see the password itself (caching_sha2_password's full way, sha256_password) it goes through
 * TLS or encrypted by the server's RSA key. Neither a certificate nor that key is checked: whoever
 * stands between can read a password that was on a public list before.
 */
#ifndef AUDIT_TALK_MYSQL_H
#define AUDIT_TALK_MYSQL_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/talk/talk.h"

/* A user that no server has, and a password. Fixed, since they stand in the servers' logs: who
 * reads them there can find out who asked. */
#define MYSQL_NOBODY "harden_nobody"
#define MYSQL_NO_PASSWORD "harden-no-password"

#define MYSQL_MAX_PACKET 8192 /* a greeting, an error, a key of 16,384 bits: all are smaller */
#define MYSQL_MAX_PASSWORD 128
#define MYSQL_MAX_USER 128
#define MYSQL_MAX_NAME 64
#define MYSQL_MAX_SCRAMBLE 64

enum mysql_outcome {
	MYSQL_UNKNOWN,          /* see mysql.reason, and mysql.error if there was one */
	MYSQL_ACCEPTED,         /* also if the password has expired: who is in may set a new one */
	MYSQL_DENIED,           /* 1045, 1698 */
	MYSQL_LOCKED,           /* the account is locked, by hand or by too many failures */
	MYSQL_HOST_NOT_ALLOWED, /* 1130: there is no account at all for the host that asks */
	MYSQL_HOST_BLOCKED,     /* 1129 */
	MYSQL_TLS_REQUIRED,     /* 3159 */
	MYSQL_UNSUPPORTED, /* the account wants a plugin that we do not speak; see mysql.plugin */
	MYSQL_BUSY,        /* no connection was free: ask later */
};

/*
 * DENIED does not say that there is such an account for this host: the server answers so for names
 * that it does not know, as long as it has any account for the host (MariaDB's sql_acl.cc,
 * find_mpvio_user(), goes on with a decoy). In clear it can also mean that TLS is wanted: of the
 * account (REQUIRE SSL), or with MariaDB of the server (require_secure_transport, which MySQL tells
 * by 3159). So TLS is used where it is offered, unless a try says otherwise.
 */
struct mysql_try {
	const char *user;     /* at most MYSQL_MAX_USER bytes */
	const char *password; /* "" is none; at most MYSQL_MAX_PASSWORD bytes */
	bool avoid_tls;       /* stays in clear though TLS is offered */
};

struct mysql {
	/* what was learned */
	enum mysql_outcome outcome;
	const char *reason; /* why it is unknown or broken, a text of ours; or NULL */
	uint16_t error;     /* the server's, or 0 */
	bool is_mariadb;
	bool tls_offered;
	bool tls;
	bool expired; /* let in, to set a new password first */
	bool
	    answered; /* what decided was computed from the password; else it was an empty answer */
	char version[MYSQL_MAX_NAME]; /* printable ASCII, without MariaDB's prefix "5.5.5-" */
	char plugin[MYSQL_MAX_NAME];  /* the plugin asked for last; printable ASCII */

	/* the machine's own */
	struct mysql_try try;
	enum { MYSQL_GREETING, MYSQL_TLS, MYSQL_VERDICT, MYSQL_OVER } stage;
	enum talk last;
	uint32_t capabilities; /* the server's */
	uint8_t sequence;      /* that the next packet must have */
	unsigned switches;
	unsigned packets;
	bool asked_key;
	bool unsupported; /* an empty answer was given to a plugin that we do not speak */
	size_t scramble_len;
	unsigned char scramble[MYSQL_MAX_SCRAMBLE];
	size_t len; /* of what is in `packet`, header included */
	size_t total;
	unsigned char packet[MYSQL_MAX_PACKET + 4];
};

/* The server speaks first. `try` and its texts are kept, not copied. */
enum talk mysql_begin(struct mysql *mysql, const struct mysql_try *try, struct buf *out);
enum talk mysql_feed(struct mysql *mysql, struct span in, struct buf *out);
/* After TALK_START_TLS, when the peer's TLS stands; `out` then goes through it. */
enum talk mysql_begin_tls(struct mysql *mysql, struct buf *out);
/* The peer hung up, or time is over. */
void mysql_end(struct mysql *mysql);

const char *mysql_outcome_name(enum mysql_outcome outcome);

/* What the tries are for; in this order, the words last. */
enum mysql_kind {
	MYSQL_ROOT_EMPTY,  /* root without a password */
	MYSQL_ANONYMOUS,   /* a name that is nobody's, without a password: the anonymous user */
	MYSQL_SKIP_GRANTS, /* that name with a random password: the server checks none at all */
	MYSQL_ROOT_WORD,   /* root with a password of the list */
};

#define TALK_MAX_WORDS 3 /* more could lock an account (FAILED_LOGIN_ATTEMPTS) */

struct mysql_plan {
	const char *const *words;
	size_t word_count; /* those beyond TALK_MAX_WORDS are not tried */
};

/* The try number `index`, from 0; false when there are no more. */
bool mysql_plan_try(const struct mysql_plan *plan, size_t index, enum mysql_kind *kind,
		    struct mysql_try *try);

#endif
