/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] Which protocol a port speaks, by its first bytes: those that a server sends by itself, and
 * those that it answers to a question. Nothing is kept, and no more is said than the bytes show.
 *
 * Wait for a greeting first: who greets must not be asked anything else. Then one question to each
 * new connection, in the order of service_attempts(). Every answer is held against all protocols,
 * whatever was asked, so that the first question often settles it: a web server answers PING too.
 *
 * MySQL counts handshakes that its clients drop, and blocks the address after max_connect_errors
 * of them: whoever reads SERVICE_MYSQL must go on in that conversation with MySQL's own machine,
 * which answers the handshake, with the bytes that came so far.
 *
 * What the questions do elsewhere: each of these servers refuses what it does not know, by a line
 * in its log at most. Who would keep or print it is not asked: service_keeps_all().
 */
#ifndef AUDIT_TALK_GREETING_H
#define AUDIT_TALK_GREETING_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/span.h"

enum service {
	SERVICE_MORE,   /* the bytes may still become one; at the end of them: SERVICE_OTHER */
	SERVICE_OTHER,  /* none of these */
	SERVICE_MYSQL,  /* or MariaDB: a handshake, or the error that comes instead of it */
	SERVICE_MYSQLX, /* the same server's X Protocol */
	SERVICE_SSH,
	SERVICE_SMTP,
	SERVICE_FTP,
	SERVICE_POP3,
	SERVICE_IMAP,
	SERVICE_VNC,
	SERVICE_TELNET,
	SERVICE_REDIS, /* also by itself: -DENIED of its protected mode */
	SERVICE_MEMCACHED,
	SERVICE_POSTGRESQL,
	SERVICE_HTTP,
	SERVICE_TLS,
	SERVICES,
};

/* Bytes that are enough for an answer that is not SERVICE_MORE. */
#define GREETING_MAX 1024

/* What a server that greets is; `first` is all that came so far. */
enum service service_of_greeting(struct span first);
/* The same for the answer to service_question(asked). */
enum service service_of_answer(enum service asked, struct span answer);

/*
 * Which questions to ask a silent port, in order; ends with SERVICE_OTHER. The port and the name of
 * the process (NULL: not known) only order them. HTTP never comes before Redis: a header "Host:"
 * makes Redis hang up and log "Possible SECURITY ATTACK" (securityWarningCommand() of
 * redis/src/networking.c), and the question here has none either way.
 */
const enum service *service_attempts(uint16_t port, const char *comm);
/* Ports that are asked nothing: what comes to a log collector (RFC 3195, RFC 5425, and 514 of old)
 * is kept, and to a printer (LPD of RFC 1179, raw 9100 and up) printed. */
bool service_keeps_all(uint16_t port);
/* A process of that name waits for a question. */
bool service_never_greets(const char *comm);
/* Does the port or the process' name point to one of them? */
bool service_is_hinted(uint16_t port, const char *comm);
/* Or to a web server? */
bool service_is_web(uint16_t port, const char *comm);
/* What to send; empty for TLS, where the caller's library says hello, and for those that greet. */
struct span service_question(enum service service);

const char *service_name(enum service service);

#endif
