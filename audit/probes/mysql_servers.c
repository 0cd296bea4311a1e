/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Table mysql_servers: see the spec at the end. Each server is asked over TCP from an
 * address that is not loopback's and, where it listens there too, from loopback: accounts belong to
 * hosts, and root@localhost hides a root@'%' behind it. One connection a try, one after the other.
 */
#include "audit/talk/keep.h"
#include "audit/talk/mysql.h"
#include "audit/talk/servers.h"
#include "lib/own.h"

#define TIME_MS 5000U /* for one try: a server may look up our name before it greets */

static const struct words_of words_of = {
    .variables = (const char *const[]){"MYSQL_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD", NULL},
    .usual = (const char *const[]){"root", "password", "123456", NULL},
};

enum known { UNKNOWN = -1, NO, YES };

struct asked {
	struct server server;
	struct mysql mysql;
	struct mysql_plan plan;
	size_t step; /* of the plan */
	enum mysql_kind kind;
	bool avoid_tls; /* TLS was offered, and did not come about */

	/* what the tries showed */
	enum mysql_outcome outcome; /* of root without a password */
	uint16_t error;
	const char *reason;
	bool offers_tls;
	enum known tries[MYSQL_ROOT_WORD + 1];
};

/* ---- a try ---- */

static enum talk begin(void *machine, struct buf *out)
{
	struct asked *asked = machine;
	struct mysql_plan *plan = &asked->plan;
	struct mysql_try try;

	plan->words = asked->server.words->items;
	if (plan->word_count > asked->server.words->count)
		plan->word_count = asked->server.words->count;
	(void)mysql_plan_try(plan, asked->step, &asked->kind, &try); /* there is one */
	try.avoid_tls = asked->avoid_tls;
	return mysql_begin(&asked->mysql, &try, out);
}

static enum talk feed(void *machine, struct span in, struct buf *out)
{
	struct asked *asked = machine;

	return mysql_feed(&asked->mysql, in, out);
}

static enum talk begin_tls(void *machine, struct buf *out)
{
	struct asked *asked = machine;

	return mysql_begin_tls(&asked->mysql, out);
}

static const struct carry_machine machine = {begin, feed, begin_tls};

static enum known is_let_in(enum mysql_outcome outcome)
{
	switch (outcome) {
	case MYSQL_ACCEPTED:
		return YES;
	case MYSQL_DENIED:
	case MYSQL_LOCKED:
	case MYSQL_HOST_NOT_ALLOWED:
	case MYSQL_TLS_REQUIRED:
		return NO;
	case MYSQL_UNKNOWN:
	case MYSQL_HOST_BLOCKED:
	case MYSQL_UNSUPPORTED:
	case MYSQL_BUSY:
		break;
	}
	return UNKNOWN;
}

/* No account for this host: then no try can end otherwise, and none is made. */
static void close_all(struct asked *asked)
{
	for (size_t i = 0; i < ARRAY_LEN(asked->tries); i++)
		asked->tries[i] = NO;
}

/* What needs no try of its own, since it follows from one that was made. */
static void conclude(struct asked *asked)
{
	const enum known *tries = asked->tries;

	if (asked->kind == MYSQL_ROOT_EMPTY && asked->outcome == MYSQL_HOST_NOT_ALLOWED)
		close_all(asked);
	if (tries[MYSQL_ANONYMOUS] == NO) /* who checks nothing would have let it in */
		asked->tries[MYSQL_SKIP_GRANTS] = NO;
	if (tries[MYSQL_ROOT_EMPTY] == YES || asked->outcome == MYSQL_LOCKED)
		asked->tries[MYSQL_ROOT_WORD] = NO;
}

/* The next try that can still tell something; false when there is none. */
static bool next_try(struct asked *asked)
{
	struct mysql_try try;

	while (mysql_plan_try(&asked->plan, ++asked->step, &asked->kind, &try))
		if (asked->kind == MYSQL_ROOT_WORD
			? asked->tries[MYSQL_ROOT_WORD] != YES &&
			      asked->tries[MYSQL_ROOT_EMPTY] == NO && asked->outcome != MYSQL_LOCKED
			: asked->tries[asked->kind] == UNKNOWN)
			return asked->outcome != MYSQL_HOST_NOT_ALLOWED;
	return false;
}

static struct conversation *over(struct conversation *conversation, enum carry_end end, int error)
{
	struct asked *asked = conversation->context;
	struct mysql *mysql = &asked->mysql;
	bool is_tls_broken;

	(void)error;
	if (end == CARRY_REFUSED) {
		asked->reason = "it takes no connection";
		return NULL;
	}
	mysql_end(mysql);
	asked->offers_tls |= mysql->tls_offered;
	is_tls_broken = mysql->tls_offered && mysql->outcome == MYSQL_UNKNOWN && !mysql->error;
	if (is_tls_broken && !asked->avoid_tls) {
		asked->avoid_tls = true;
		return conversation;
	}
	asked->tries[asked->kind] = is_let_in(mysql->outcome);
	if (asked->avoid_tls && mysql->outcome == MYSQL_DENIED) { /* perhaps for the lack of TLS */
		asked->tries[asked->kind] = UNKNOWN;
		mysql->reason = "it offers TLS, but none comes about";
	}
	if (asked->kind == MYSQL_ROOT_EMPTY) {
		asked->outcome = mysql->outcome;
		asked->error = mysql->error;
	}
	if (asked->tries[asked->kind] == UNKNOWN) { /* the next would fare no better */
		asked->reason = mysql->reason ? mysql->reason : "it does not decide";
		return NULL;
	}
	conclude(asked);
	return next_try(asked) ? conversation : NULL;
}

/* ---- the table ---- */

static void init(void *server, const struct value *row)
{
	struct asked *asked = server;

	asked->plan.word_count = row[5].integer ? WORDS_MAX : 0; /* see the input */
	for (size_t i = 0; i < ARRAY_LEN(asked->tries); i++)
		asked->tries[i] = UNKNOWN;
}

static void row_known(struct host *host, enum known known)
{
	if (known == UNKNOWN)
		row_null(host);
	else
		row_int(host, known);
}

static void put(struct host *host, void *server)
{
	struct asked *asked = server;
	const struct mysql *mysql = &asked->mysql;
	bool has_words = asked->plan.word_count > 0;

	server_put(host, &asked->server);
	row_int(host, is_loopback_text(asked->server.address));
	row_text(host, mysql_outcome_name(asked->outcome));
	row_int(host, asked->error);
	row_known(host, asked->tries[MYSQL_ROOT_EMPTY]);
	row_known(host, has_words ? asked->tries[MYSQL_ROOT_WORD] : UNKNOWN);
	row_known(host, asked->tries[MYSQL_ANONYMOUS]);
	row_known(host, asked->tries[MYSQL_SKIP_GRANTS]);
	row_text(host, mysql->version[0] ? mysql->version : NULL);
	row_int(host, mysql->is_mariadb);
	row_int(host, asked->offers_tls);
	row_text(host, mysql->plugin[0] ? mysql->plugin : NULL);
	row_end(host);
	if (asked->reason)
		host_incomplete(host, COVERAGE_PARTIAL, "the server at port %lld: %s",
				(long long)asked->server.port,
				asked->outcome == MYSQL_HOST_BLOCKED
				    ? "it has blocked this host (mysqladmin flush-hosts)"
				: asked->outcome == MYSQL_BUSY ? "no connection was free"
							       : asked->reason);
}

static const struct servers servers = {
    .size = sizeof(struct asked),
    .columns = 6,
    .timeout_ms = TIME_MS,
    .machine = &machine,
    .over = over,
    .words = &words_of,
    .init = init,
    .put = put,
};

static int collect(struct host *host, struct err *err)
{
	return servers_ask(host, &servers, err);
}

const struct probe probe_mysql_servers = {
    .about =
	"MySQL and MariaDB servers, and whom they let in over TCP, by logging in; no query is sent",
    COLUMNS({"namespace", INTEGER, "id of the network namespace"},
	    {"address", TEXT, "that the listener is bound to"}, {"port", INTEGER, "local port"},
	    {"asked", TEXT, "address that was called, from itself"},
	    {"is_loopback", INTEGER, "1: asked from loopback"},
	    {"outcome", TEXT,
	     "for root without a password: accepted, denied (1045: which does not say that there "
	     "is a root "
	     "for this host), host not allowed (1130), locked, tls required, host blocked (1129), "
	     "unsupported, busy, unknown"},
	    {"error", INTEGER, "number of the server's error; 0: none"},
	    {"is_root_empty", INTEGER, "1: root is let in without a password; NULL: not known"},
	    {"is_password_known", INTEGER,
	     "1: one of the three passwords that were tried lets root in; NULL: none was tried "
	     "from here"},
	    {"is_anonymous", INTEGER, "1: a name that no account has is let in without a password"},
	    {"skips_grants", INTEGER, "1: and with any password: the server checks none"},
	    {"version", TEXT, "as it says"}, {"is_mariadb", INTEGER, "1: MariaDB"},
	    {"offers_tls", INTEGER, "1: it offers TLS, which is not to say that it wants it"},
	    {"plugin", TEXT, "authentication plugin that it asked for last"}),
    NEEDS({CALL, ""}, WORDS_NEEDS),
    /* Passwords are tried from one address alone: three a server. */
    .input =
	"WITH mysql AS (SELECT * FROM services WHERE service = 'mysql') "
	"SELECT namespace, 'tcp', asked, port, address, 1 FROM mysql "
	"UNION SELECT namespace, 'tcp', CASE WHEN asked LIKE '%:%' THEN '::1' ELSE '127.0.0.1' END,"
	" port, address, 0 FROM mysql WHERE address IN ('0.0.0.0', '::')"
	" AND asked NOT LIKE '127.%' AND asked <> '::1' "
	"UNION SELECT m.namespace, 'tcp', min(a.address), m.port, m.address, 0 FROM mysql m"
	" JOIN sockets s ON s.namespace = m.namespace AND s.protocol = 'tcp' AND s.port = m.port"
	" AND s.address = m.address AND s.v6only = 0"
	" JOIN addresses a ON a.namespace = m.namespace AND a.family = 'ipv4'"
	" AND a.address NOT LIKE '127.%'"
	" WHERE m.address = '::' AND m.asked LIKE '%:%' AND m.asked <> '::1'"
	" GROUP BY m.namespace, m.port, m.address",
    .collect = collect,
};
