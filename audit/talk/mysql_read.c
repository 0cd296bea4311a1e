/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Takes the packets of MySQL's protocol apart: see mysql_read.h. */
#include "audit/talk/mysql_read.h"

#include <string.h>

struct span mysql_take(struct mysql_reader *reader, size_t len)
{
	struct span taken = {reader->rest.data, len};

	if (reader->rest.len < len) {
		reader->short_of = true;
		return (struct span){0};
	}
	reader->rest = (struct span){reader->rest.data + len, reader->rest.len - len};
	return taken;
}

uint32_t mysql_take_number(struct mysql_reader *reader, size_t bytes)
{
	struct span taken = mysql_take(reader, bytes);
	uint32_t value = 0;

	for (size_t i = 0; i < taken.len; i++)
		value |= (uint32_t)(unsigned char)taken.data[i] << 8 * i;
	return value;
}

struct span mysql_take_text(struct mysql_reader *reader, bool last)
{
	const char *end = reader->rest.len ? memchr(reader->rest.data, 0, reader->rest.len) : NULL;
	struct span text;

	if (!end && last)
		return mysql_take(reader, reader->rest.len);
	if (!end) {
		reader->short_of = true;
		return (struct span){0};
	}
	text = mysql_take(reader, (size_t)(end - reader->rest.data));
	(void)mysql_take(reader, 1); /* the NUL, which is there */
	return text;
}

void mysql_keep_text(char to[MYSQL_MAX_NAME], struct span text)
{
	size_t len = text.len < MYSQL_MAX_NAME - 1 ? text.len : MYSQL_MAX_NAME - 1;

	for (size_t i = 0; i < len; i++)
		to[i] = text.data[i] >= ' ' && text.data[i] <= '~' ? text.data[i] : '?';
	to[len] = '\0';
}

static void keep_version(struct mysql *mysql, struct span version)
{
	/* mariadb.com/kb/en/connection/: it is for replicas that take "10" for "1" */
	static const char prefix[] = "5.5.5-";

	if (version.len >= sizeof(prefix) - 1 && span_starts(version, prefix)) {
		version.data += sizeof(prefix) - 1;
		version.len -= sizeof(prefix) - 1;
		mysql->is_mariadb = true;
	}
	mysql_keep_text(mysql->version, version);
	if (strstr(mysql->version, "MariaDB"))
		mysql->is_mariadb = true;
}

void mysql_keep_scramble(struct mysql *mysql, struct span first, struct span second)
{
	size_t len = 0;

	for (size_t i = 0; i < first.len && len < sizeof(mysql->scramble); i++)
		mysql->scramble[len++] = (unsigned char)first.data[i];
	for (size_t i = 0; i < second.len && len < sizeof(mysql->scramble); i++)
		mysql->scramble[len++] = (unsigned char)second.data[i];
	mysql->scramble_len = len;
}

/* dev.mysql.com/doc/dev/mysql-server/latest/,
 * page_protocol_connection_phase_packets_protocol_handshake_v10.html */
const char *mysql_read_greeting(struct mysql *mysql, struct mysql_reader *reader)
{
	struct span scramble[2] = {{0}};
	unsigned len;

	if (mysql_take_number(reader, 1) != 10)
		return "it does not greet with version 10 of MySQL's protocol";
	keep_version(mysql, mysql_take_text(reader, false));
	(void)mysql_take(reader, 4); /* the connection's id */
	scramble[0] = mysql_take(reader, 8);
	(void)mysql_take(reader, 1); /* filler */
	mysql->capabilities = mysql_take_number(reader, 2);
	(void)mysql_take(reader, 1 + 2); /* collation, status */
	mysql->capabilities |= mysql_take_number(reader, 2) << 16;
	len = mysql_take_number(reader, 1);
	(void)mysql_take(reader, 10); /* reserved, or MariaDB's own capabilities */
	if (mysql->capabilities & CLIENT_SECURE_CONNECTION)
		scramble[1] = mysql_take(reader, len > 8 + 13 ? len - 8 : 13);
	if (mysql->capabilities & CLIENT_PLUGIN_AUTH)
		mysql_keep_text(mysql->plugin, mysql_take_text(reader, true));
	if (reader->short_of)
		return "its greeting is cut short";
	if (scramble[1].len > 0)
		scramble[1].len--; /* its NUL */
	mysql_keep_scramble(mysql, scramble[0], scramble[1]);
	mysql->tls_offered = mysql->capabilities & CLIENT_SSL;
	return NULL;
}
