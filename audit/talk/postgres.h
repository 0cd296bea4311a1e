/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Asks a PostgreSQL server whether it lets one role in, without a password or with one; one
 * connection a try. Messages of version 3.0 as in
 * postgresql.org/docs/current/protocol-flow.html and protocol-message-formats.html.
 *
 * A password never leaves in clear: MD5 and SCRAM-SHA-256 answer a challenge, and a server that
 * wants the password itself gets it through TLS only. Its certificate is not checked.
 */
#ifndef AUDIT_TALK_POSTGRES_H
#define AUDIT_TALK_POSTGRES_H

#include <stdbool.h>

#include "audit/talk/scram.h"
#include "audit/talk/talk.h"

#define POSTGRES_MAX_MESSAGE 8192
#define POSTGRES_MAX_NAME 64
#define POSTGRES_MAX_PASSWORD 128

enum postgres_outcome {
	POSTGRES_UNKNOWN,     /* see postgres.reason, and postgres.state if there was an error */
	POSTGRES_ACCEPTED,    /* the role was let in; `ready` if it also got its database */
	POSTGRES_WANTED,      /* nothing was given, and something is asked for: see `method` */
	POSTGRES_DENIED,      /* 28P01, 28000: this role, with this password */
	POSTGRES_NO_ENTRY,    /* pg_hba.conf has no entry, or a reject, for role, address and TLS */
	POSTGRES_UNSUPPORTED, /* `method` is none that we speak, or would show the password */
	POSTGRES_BUSY,        /* no connection was free, or it starts or stops: ask later */
};

enum postgres_method {
	POSTGRES_NONE, /* let in unasked: "trust", or by the address ("ident") */
	POSTGRES_CLEARTEXT,
	POSTGRES_MD5,
	POSTGRES_SCRAM,
	POSTGRES_GSS,
	POSTGRES_SSPI,
	POSTGRES_OTHER,
};

/*
 * An entry of pg_hba.conf can be for TLS alone or for clear alone (hostssl, hostnossl): what one
 * way says does not hold for the other, so NO_ENTRY and DENIED want a second try with `avoid_tls`.
 */
struct postgres_try {
	const char *user;
	const char *database;
	const char *password; /* NULL: none is given; ASCII, since others are prepared (RFC 4013) */
	const unsigned char *nonce; /* SCRAM_NONCE random bytes; NULL without a password */
	bool avoid_tls;
};

struct postgres {
	/* what was learned */
	enum postgres_outcome outcome;
	enum postgres_method method; /* that was asked for last */
	const char *reason;          /* why it is unknown or broken, a text of ours; or NULL */
	char state[6];               /* SQLSTATE of the error, or "" */
	bool tls_offered;
	bool tls;
	bool ready;
	bool avoid_tls; /* it cannot be asked for TLS: try again without */
	char
	    version[POSTGRES_MAX_NAME]; /* server_version, printable ASCII; only once it is ready */

	/* the machine's own */
	struct postgres_try try;
	enum {
		POSTGRES_ASKED_TLS,
		POSTGRES_TLS,
		POSTGRES_LOGIN,
		POSTGRES_IN, /* behind AuthenticationOk */
		POSTGRES_OVER
	} stage;
	enum talk last;
	bool answered; /* our password, or what is computed from it, was sent */
	unsigned messages;
	struct scram scram;
	size_t len;
	size_t total;
	unsigned char message[POSTGRES_MAX_MESSAGE + 5];
};

/* `try` and its texts are kept, not copied. */
enum talk postgres_begin(struct postgres *postgres, const struct postgres_try *try,
			 struct buf *out);
enum talk postgres_feed(struct postgres *postgres, struct span in, struct buf *out);
/* After TALK_START_TLS, when the peer's TLS stands; `out` then goes through it. */
enum talk postgres_begin_tls(struct postgres *postgres, struct buf *out);
/* The peer hung up, or time is over. */
void postgres_end(struct postgres *postgres);

const char *postgres_outcome_name(enum postgres_outcome outcome);
const char *postgres_method_name(enum postgres_method method);

#define POSTGRES_MAX_WORDS 3

/* The try number `index`, from 0: first without a password, then with each word, at most three;
 * false when there are no more. */
bool postgres_plan_try(const char *const *words, size_t count, size_t index,
		       const unsigned char *nonce, struct postgres_try *try);

#endif
