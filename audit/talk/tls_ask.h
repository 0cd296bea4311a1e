/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] One question to a TLS server, from the first byte on: what its protocol has before TLS
 * (starttls.h, mysql.h), then either a whole handshake (handshake.h) or one ClientHello (hello.h).
 */
#ifndef AUDIT_TALK_TLS_ASK_H
#define AUDIT_TALK_TLS_ASK_H

#include "audit/talk/carry.h"
#include "audit/talk/handshake.h"
#include "audit/talk/hello.h"
#include "audit/talk/mysql.h"
#include "audit/talk/starttls.h"

enum tls_prelude { TLS_AT_ONCE, TLS_BY_SMTP, TLS_BY_POSTGRES, TLS_BY_MYSQL };

struct tls_ask {
	/* set before it is begun */
	enum tls_prelude prelude;
	struct handshakes *handshakes;
	bool is_hello; /* by `question`; else a handshake by key and name, and MySQL's login */
	struct hello_question question;
	enum handshake_key key;
	const char *name;

	/* what was learned, after tls_ask_end() */
	bool is_clear;       /* the server offers no TLS */
	bool is_unknown;     /* nothing follows from it; see reason */
	bool is_unreachable; /* nothing listens there, or no packet gets there */
	const char *reason;  /* a text of ours */
	struct handshake handshake;
	struct hello hello;

	/* the machine's own */
	enum { TLS_ASK_BEFORE, TLS_ASK_TLS, TLS_ASK_WITHIN } stage;
	struct starttls_smtp smtp;
	struct starttls_postgres postgres;
	struct mysql mysql;
};

extern const struct carry_machine tls_ask_machine; /* of a struct tls_ask */

/* The conversation is over, as carry() tells it. tls_ask_done() must follow. */
void tls_ask_end(struct tls_ask *ask, enum carry_end end, int error);
/* Frees what OpenSSL holds, and the chain. */
void tls_ask_done(struct tls_ask *ask);

#endif
