/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A MySQL server of any bytes. The first byte says what is tried, and in which pieces the rest
 * comes; that must make no difference, nor may a password ever leave in clear.
 */
#include "audit/talk/mysql.h"

#include <stdlib.h>
#include <string.h>

#define FUZZ_MYSQL_PASSWORD "Vb7.secret"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_mysql_check(const struct mysql *mysql, enum talk talk, const struct buf *clear)
{
	if (talk == TALK_BROKEN && (mysql->outcome != MYSQL_UNKNOWN || !mysql->reason))
		__builtin_trap();
	if (mysql->outcome == MYSQL_UNKNOWN && talk == TALK_DONE && !mysql->reason)
		__builtin_trap();
	if (strlen(mysql->version) >= MYSQL_MAX_NAME || strlen(mysql->plugin) >= MYSQL_MAX_NAME)
		__builtin_trap();
	if (clear->len > 0 &&
	    memmem(clear->data, clear->len, FUZZ_MYSQL_PASSWORD, sizeof(FUZZ_MYSQL_PASSWORD) - 1))
		__builtin_trap();
}

static void fuzz_mysql_converse(struct mysql *mysql, const struct mysql_try *try, struct span in,
				size_t piece)
{
	auto_buf struct buf out = {.ceiling = TALK_MAX_ANSWER};
	auto_buf struct buf clear = {.ceiling = TALK_MAX_BYTES};
	enum talk talk = mysql_begin(mysql, try, &out);

	for (size_t at = 0; at < in.len; at += piece) {
		size_t len = in.len - at < piece ? in.len - at : piece;

		talk = mysql_feed(mysql, (struct span){in.data + at, len}, &out);
		if (talk == TALK_START_TLS)
			talk = mysql_begin_tls(mysql, &out);
		if (!mysql->tls)
			buf_put(&clear, out.data, out.len);
		buf_clear(&out);
	}
	fuzz_mysql_check(mysql, talk, &clear);
	mysql_end(mysql);
	if (mysql->outcome == MYSQL_UNKNOWN && !mysql->reason)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mysql *mysql;
	struct mysql_try try = {.user = "root", .password = ""};
	struct span in;

	if (size < 1)
		return 0;
	mysql = calloc(2, sizeof(*mysql));
	if (!mysql)
		return 0;
	in = (struct span){(const char *)data + 1, size - 1};
	if (data[0] & 1)
		try.password = FUZZ_MYSQL_PASSWORD;
	try.avoid_tls = data[0] & 2;
	fuzz_mysql_converse(mysql, &try, in, 1 + (data[0] >> 2));
	fuzz_mysql_converse(mysql + 1, &try, in, 1);
	/* where TLS is begun depends on the pieces, since what is behind it in one is a fault */
	if (!mysql[1].tls_offered &&
	    (mysql[0].outcome != mysql[1].outcome || strcmp(mysql[0].plugin, mysql[1].plugin) != 0))
		__builtin_trap();
	free(mysql);
	return 0;
}
