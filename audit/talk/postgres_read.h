/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Parts of PostgreSQL's protocol that only postgres.c needs. */
#ifndef AUDIT_TALK_POSTGRES_READ_H
#define AUDIT_TALK_POSTGRES_READ_H

#include "audit/talk/postgres.h"

#define POSTGRES_MD5_ANSWER (3 + 32 + 1) /* "md5", digits, NUL */

/* The answer to AuthenticationMD5Password; -1 where OpenSSL has no MD5. */
int postgres_md5(const struct postgres_try *try, struct span salt, char text[POSTGRES_MD5_ANSWER]);

/* Keeps the SQLSTATE of an ErrorResponse, and says what it decides; -1 if it is none. */
int postgres_read_error(struct postgres *postgres, struct span body,
			enum postgres_outcome *outcome);

#endif
