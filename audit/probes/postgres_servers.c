/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table postgres_servers: see the spec at the end. The role "postgres" is asked for, first
 * without a password and then with three; from an address that is not loopback's, since "trust" is
 * usual for loopback. One connection a try, one after the other.
 */
#include <openssl/rand.h>

#include "audit/talk/keep.h"
#include "audit/talk/postgres.h"
#include "audit/talk/servers.h"
#include "lib/own.h"

#define TIME_MS 3000U

static const struct words_of words_of = {
    .variables = (const char *const[]){"POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD", NULL},
    .usual = (const char *const[]){"postgres", "password", "123456", NULL},
};

struct asked {
	struct server server;
	struct postgres postgres;
	size_t step; /* of postgres_plan_try() */
	bool avoid_tls;
	unsigned char nonce[SCRAM_NONCE];

	/* what the tries showed */
	enum postgres_outcome outcome; /* without a password */
	enum postgres_method method;
	bool is_password_known;
	bool was_tried; /* with a password, and it could be told */
	const char *reason;
	bool offers_tls;
};

/* ---- a try ---- */

static enum talk begin(void *machine, struct buf *out)
{
	struct asked *asked = machine;
	struct postgres_try try;

	if (RAND_bytes(asked->nonce, sizeof(asked->nonce)) != 1)
		return TALK_BROKEN;
	(void)postgres_plan_try(asked->server.words->items, asked->server.words->count, asked->step,
				asked->nonce, &try); /* there is one */
	try.avoid_tls = asked->avoid_tls;
	return postgres_begin(&asked->postgres, &try, out);
}

static enum talk feed(void *machine, struct span in, struct buf *out)
{
	struct asked *asked = machine;

	return postgres_feed(&asked->postgres, in, out);
}

static enum talk begin_tls(void *machine, struct buf *out)
{
	struct asked *asked = machine;

	return postgres_begin_tls(&asked->postgres, out);
}

static const struct carry_machine machine = {begin, feed, begin_tls};

/* Lines of pg_hba.conf may be for TLS alone or for clear alone: a refusal there is none here. */
static bool wants_clear(const struct asked *asked)
{
	const struct postgres *postgres = &asked->postgres;

	if (asked->avoid_tls || !postgres->tls_offered)
		return postgres->avoid_tls && !asked->avoid_tls;
	return postgres->outcome == POSTGRES_NO_ENTRY ||
	       (postgres->outcome == POSTGRES_DENIED && asked->step == 0) ||
	       (postgres->outcome == POSTGRES_UNKNOWN && !postgres->state[0]);
}

static struct conversation *next_word(struct asked *asked)
{
	struct postgres_try try;
	bool is_wanted = asked->outcome == POSTGRES_WANTED && !asked->is_password_known;

	if (!is_wanted || !postgres_plan_try(asked->server.words->items, asked->server.words->count,
					     ++asked->step, asked->nonce, &try))
		return NULL;
	return &asked->server.conversation;
}

static struct conversation *over(struct conversation *conversation, enum carry_end end, int error)
{
	struct asked *asked = conversation->context;
	struct postgres *postgres = &asked->postgres;

	(void)error;
	if (end == CARRY_REFUSED) {
		asked->reason = "it takes no connection";
		return NULL;
	}
	postgres_end(postgres);
	asked->offers_tls |= postgres->tls_offered;
	if (wants_clear(asked)) {
		asked->avoid_tls = true;
		return conversation;
	}
	if (postgres->outcome == POSTGRES_UNKNOWN || postgres->outcome == POSTGRES_BUSY) {
		asked->reason = postgres->outcome == POSTGRES_BUSY ? "no connection was free"
				: postgres->reason                 ? postgres->reason
								   : "it does not decide";
		return NULL;
	}
	if (asked->step == 0) {
		asked->outcome = postgres->outcome;
		asked->method = postgres->method;
	} else {
		asked->was_tried |= postgres->outcome != POSTGRES_UNSUPPORTED;
		asked->is_password_known = postgres->outcome == POSTGRES_ACCEPTED;
	}
	return next_word(asked);
}

/* ---- the table ---- */

static void put(struct host *host, void *server)
{
	struct asked *asked = server;
	const struct postgres *postgres = &asked->postgres;

	server_put(host, &asked->server);
	row_int(host, is_loopback_text(asked->server.address));
	row_text(host, postgres_outcome_name(asked->outcome));
	row_text(host, postgres_method_name(asked->method));
	if (asked->was_tried)
		row_int(host, asked->is_password_known);
	else
		row_null(host);
	row_text(host, postgres->version[0] ? postgres->version : NULL);
	row_int(host, asked->offers_tls);
	row_end(host);
	if (asked->reason)
		host_incomplete(host, COVERAGE_PARTIAL, "the server at port %lld: %s",
				(long long)asked->server.port, asked->reason);
}

static const struct servers servers = {
    .size = sizeof(struct asked),
    .columns = SERVER_COLUMNS,
    .timeout_ms = TIME_MS,
    .machine = &machine,
    .over = over,
    .words = &words_of,
    .put = put,
};

static int collect(struct host *host, struct err *err)
{
	return servers_ask(host, &servers, err);
}

const struct probe probe_postgres_servers = {
    .about = "PostgreSQL servers, and whether they let the role postgres in; no query is sent",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"address", TEXT, "that the listener is bound to"}, {"port", INTEGER, "local port"},
	    {"asked", TEXT, "address that was called, from itself"},
	    {"is_loopback", INTEGER, "1: asked from loopback, where letting in unasked is usual"},
	    {"outcome", TEXT,
	     "without a password: accepted, wanted (a password or a ticket), denied, no entry (in "
	     "pg_hba.conf, for here), unsupported, busy, unknown"},
	    {"method", TEXT, "that it asked for: none, cleartext, md5, scram, gss, sspi, other"},
	    {"is_password_known", INTEGER,
	     "1: one of the three passwords that were tried lets in; NULL: none was tried"},
	    {"version", TEXT, "as it says to whom it lets in; else NULL"},
	    {"offers_tls", INTEGER, "1: it offers TLS, which is not to say that it wants it"}),
    NEEDS({CALL, ""}, WORDS_NEEDS),
    .input = "SELECT namespace, 'tcp', asked, port, address FROM services"
	     " WHERE service = 'postgresql' AND NOT is_tls",
    .collect = collect,
};
