/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Takes the packets of MySQL's protocol apart: only mysql.c needs it. */
#ifndef AUDIT_TALK_MYSQL_READ_H
#define AUDIT_TALK_MYSQL_READ_H

#include "audit/talk/mysql.h"

/* group__group__cs__capabilities__flags.html */
enum {
	CLIENT_LONG_PASSWORD = 1U << 0,
	CLIENT_PROTOCOL_41 = 1U << 9,
	CLIENT_SSL = 1U << 11,
	CLIENT_SECURE_CONNECTION = 1U << 15,
	CLIENT_PLUGIN_AUTH = 1U << 19,
	CLIENT_CAN_HANDLE_EXPIRED_PASSWORDS = 1U << 22,
};

/* What is left of a packet; `short_of` once more was asked for than there is. */
struct mysql_reader {
	struct span rest;
	bool short_of;
};

/* The next bytes, or none of them when there are not as many. */
struct span mysql_take(struct mysql_reader *reader, size_t len);
/* Of at most four bytes, the lowest first. */
uint32_t mysql_take_number(struct mysql_reader *reader, size_t bytes);
/* A text up to NUL. Some servers let the end of the packet end the last one. */
struct span mysql_take_text(struct mysql_reader *reader, bool last);

/* Printable ASCII, and no more than there is room for: foreign text, and some terminals obey it. */
void mysql_keep_text(char to[MYSQL_MAX_NAME], struct span text);
/* The challenge, which a greeting holds in two parts. */
void mysql_keep_scramble(struct mysql *mysql, struct span first, struct span second);

/* NULL, or what is wrong with it. */
const char *mysql_read_greeting(struct mysql *mysql, struct mysql_reader *reader);

#endif
