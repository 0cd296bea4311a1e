/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] What the authentication plugins of MySQL and MariaDB want to hear: only mysql.c needs it.
 */
#ifndef AUDIT_TALK_MYSQL_AUTH_H
#define AUDIT_TALK_MYSQL_AUTH_H

#include "audit/talk/crypto.h"
#include "audit/talk/mysql.h"

#define MYSQL_NATIVE "mysql_native_password"
#define MYSQL_CACHING_SHA2 "caching_sha2_password"

struct mysql_answer {
	size_t len;
	unsigned char data[CRYPTO_MAX_RSA];
};

enum mysql_next {
	MYSQL_ANSWER, /* send the answer */
	MYSQL_WAIT,   /* the server goes on by itself */
	MYSQL_REFUSE, /* what it wants is nothing that we give: hang up */
	MYSQL_FAULT,  /* it does not keep to the protocol; mysql->reason says how */
};

/* To the challenge of mysql->plugin in mysql->scramble. */
enum mysql_next mysql_answer(struct mysql *mysql, struct mysql_answer *answer);
/* To what the plugin says next. */
enum mysql_next mysql_answer_more(struct mysql *mysql, struct span data,
				  struct mysql_answer *answer);

/* What an error decides, if it came for our answer; MYSQL_UNKNOWN if nothing. */
enum mysql_outcome mysql_error_outcome(uint16_t error);

#endif
