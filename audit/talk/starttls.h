/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] What comes before TLS where a protocol begins in clear and goes over to it: a few lines or
 * bytes, up to the point where the handshake may begin. A machine as talk.h has it: TALK_START_TLS
 * says that the server agreed, TALK_DONE that it offers no TLS (see `is_offered`).
 *
 * MySQL's is none of them: its handshake must be finished, so audit/talk/mysql.h has the whole of
 * it.
 */
#ifndef AUDIT_TALK_STARTTLS_H
#define AUDIT_TALK_STARTTLS_H

#include <stdbool.h>

#include "audit/talk/talk.h"

#define STARTTLS_MAX_LINE 1000U /* RFC 5321, 4.5.3.1.5: a reply line has 512 at most */

/* RFC 3207: the greeting, EHLO, STARTTLS. */
struct starttls_smtp {
	bool is_offered;
	const char *reason; /* of TALK_BROKEN, a text of ours */

	/* the machine's own */
	enum { SMTP_GREETING, SMTP_EHLO, SMTP_STARTTLS } stage;
	bool is_over;
	unsigned lines;
	size_t len;
	char line[STARTTLS_MAX_LINE];
};
enum talk starttls_smtp_begin(struct starttls_smtp *smtp, struct buf *out); /* it greets */
enum talk starttls_smtp_feed(struct starttls_smtp *smtp, struct span in, struct buf *out);

/* SSLRequest: postgresql.org/docs/current/protocol-flow.html, 55.2.11 */
struct starttls_postgres {
	bool is_offered;
	const char *reason;
};
enum talk starttls_postgres_begin(struct starttls_postgres *postgres, struct buf *out);
enum talk starttls_postgres_feed(struct starttls_postgres *postgres, struct span in);

#endif
