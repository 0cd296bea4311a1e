/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The connection phase of MySQL's protocol, on the client's side: see mysql.h. The pages
 * named are below dev.mysql.com/doc/dev/mysql-server/latest/.
 */
#include "audit/talk/mysql.h"

#include <string.h>

#include "audit/talk/mysql_auth.h"
#include "audit/talk/mysql_read.h"

#define HEADER 4
/* page_protocol_connection_phase.html knows one switch; some servers make two. */
#define MAX_SWITCHES 2
#define MAX_PACKETS 8

#define COLLATION_UTF8 33 /* utf8_general_ci: every server since 4.1 has it */
#define SENDABLE (1U << 24)

static enum talk stop(struct mysql *mysql, enum talk talk, const char *reason)
{
	if (reason)
		mysql->reason = reason;
	mysql->stage = MYSQL_OVER;
	mysql->last = talk;
	return talk;
}

static enum talk broken(struct mysql *mysql, const char *reason)
{
	mysql->outcome = MYSQL_UNKNOWN;
	return stop(mysql, TALK_BROKEN, reason);
}

static enum talk decided(struct mysql *mysql, enum mysql_outcome outcome)
{
	mysql->outcome = outcome;
	return stop(mysql, TALK_DONE, NULL);
}

static void put_number(struct buf *out, uint32_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		buf_put(out, &(unsigned char){(unsigned char)(value >> 8 * i)}, 1);
}

static void put_header(struct mysql *mysql, struct buf *out, size_t len)
{
	put_number(out, (uint32_t)len, 3);
	put_number(out, mysql->sequence++, 1);
}

static uint32_t our_capabilities(const struct mysql *mysql)
{
	uint32_t wanted = CLIENT_LONG_PASSWORD | CLIENT_PROTOCOL_41 | CLIENT_SECURE_CONNECTION |
			  CLIENT_PLUGIN_AUTH | CLIENT_CAN_HANDLE_EXPIRED_PASSWORDS;

	if (!mysql->try.avoid_tls)
		wanted |= CLIENT_SSL;
	return (wanted & mysql->capabilities) | CLIENT_LONG_PASSWORD;
}

/* What page_protocol_connection_phase_packets_protocol_ssl_request.html is, and the response begins
 * with. */
static void put_request(struct mysql *mysql, struct buf *out)
{
	put_number(out, our_capabilities(mysql), 4);
	put_number(out, SENDABLE, 4);
	put_number(out, COLLATION_UTF8, 1);
	for (int i = 0; i < 23; i++)
		put_number(out, 0, 1);
}

static enum talk send_answer(struct mysql *mysql, enum mysql_next next,
			     const struct mysql_answer *answer, struct buf *out)
{
	switch (next) {
	case MYSQL_ANSWER:
		put_header(mysql, out, answer->len);
		buf_put(out, answer->data, answer->len);
		return TALK_MORE;
	case MYSQL_WAIT:
		return TALK_MORE;
	case MYSQL_REFUSE:
		return decided(mysql, MYSQL_UNSUPPORTED);
	case MYSQL_FAULT:
		break;
	}
	return broken(mysql, NULL);
}

/* page_protocol_connection_phase_packets_protocol_handshake_response.html. The plugin that the
 * server begins with need not be the account's; if we do not speak it, or would have to send the
 * password before we know that the account wants it, native makes it switch. */
static enum talk send_response(struct mysql *mysql, struct buf *out)
{
	size_t user = strlen(mysql->try.user);
	struct mysql_answer answer;
	size_t plugin;

	if (strcmp(mysql->plugin, MYSQL_CACHING_SHA2) != 0)
		mysql_keep_text(mysql->plugin, span_of(MYSQL_NATIVE));
	if (mysql_answer(mysql, &answer) != MYSQL_ANSWER)
		return broken(mysql, NULL);
	plugin = mysql->capabilities & CLIENT_PLUGIN_AUTH ? strlen(mysql->plugin) + 1 : 0;
	put_header(mysql, out, 32 + user + 1 + 1 + answer.len + plugin);
	put_request(mysql, out);
	buf_put(out, mysql->try.user, user + 1);
	put_number(out, (uint32_t)answer.len, 1);
	buf_put(out, answer.data, answer.len);
	buf_put(out, mysql->plugin, plugin);
	mysql->stage = MYSQL_VERDICT;
	return TALK_MORE;
}

static enum talk greeted(struct mysql *mysql, struct mysql_reader *reader, struct buf *out)
{
	const char *reason = mysql_read_greeting(mysql, reader);

	if (reason)
		return broken(mysql, reason);
	if (!(mysql->capabilities & CLIENT_PROTOCOL_41) ||
	    !(mysql->capabilities & CLIENT_SECURE_CONNECTION))
		return stop(mysql, TALK_DONE, "it is older than MySQL 4.1");
	if (!mysql->tls_offered || mysql->try.avoid_tls)
		return send_response(mysql, out);
	put_header(mysql, out, 32);
	put_request(mysql, out);
	mysql->stage = MYSQL_TLS;
	return TALK_START_TLS;
}

/* page_protocol_basic_err_packet.html. Before our answer nothing can have been accepted. */
static enum talk read_error(struct mysql *mysql, struct mysql_reader *reader)
{
	uint16_t error = (uint16_t)mysql_take_number(reader, 2);
	enum mysql_outcome outcome = mysql_error_outcome(error);

	if (reader->short_of || error == 0)
		return broken(mysql, "its error is cut short");
	mysql->error = error;
	if (outcome == MYSQL_UNKNOWN ||
	    (outcome == MYSQL_ACCEPTED && mysql->stage != MYSQL_VERDICT))
		return stop(mysql, TALK_DONE, "it answers with an error that decides nothing");
	if (mysql->unsupported && outcome == MYSQL_DENIED)
		return decided(mysql, MYSQL_UNSUPPORTED);
	mysql->expired = outcome == MYSQL_ACCEPTED;
	return decided(mysql, outcome);
}

/* page_protocol_connection_phase_packets_protocol_auth_switch_request.html; alone it is the old
 * one, which asks for the hash that servers had before 4.1. */
static enum talk read_switch(struct mysql *mysql, struct mysql_reader *reader, struct buf *out)
{
	struct mysql_answer answer;
	struct span data;

	if (++mysql->switches > MAX_SWITCHES)
		return broken(mysql, "it switches the plugin again and again");
	mysql->asked_key = false;
	mysql->unsupported = false;
	if (reader->rest.len == 0) {
		mysql_keep_text(mysql->plugin, span_of("mysql_old_password"));
	} else {
		mysql_keep_text(mysql->plugin, mysql_take_text(reader, true));
		data = mysql_take(reader, reader->rest.len);
		mysql_keep_scramble(mysql, data, (struct span){0});
	}
	return send_answer(mysql, mysql_answer(mysql, &answer), &answer, out);
}

/* page_protocol_basic_ok_packet.html: a byte 0, two numbers, status and warnings */
static enum talk read_ok(struct mysql *mysql, const struct mysql_reader *reader, struct buf *out)
{
	if (reader->rest.len < 6)
		return broken(mysql, "its OK is cut short");
	mysql->sequence = 0; /* a command begins anew; COM_QUIT is 1 */
	put_header(mysql, out, 1);
	put_number(out, 1, 1);
	return decided(mysql, MYSQL_ACCEPTED);
}

/*
 * What follows our answer. MariaDB puts the byte 1 before what a plugin says only where it could be
 * taken for another packet (sql_acl.cc, server_mpvio_write_packet()); MySQL always does.
 */
static enum talk read_verdict(struct mysql *mysql, struct span payload, struct buf *out)
{
	struct mysql_reader reader = {payload, false};
	struct mysql_answer answer;
	unsigned first;

	if (++mysql->packets > MAX_PACKETS)
		return broken(mysql, "it asks on and on");
	if (payload.len == 0)
		return broken(mysql, "it sends an empty packet");
	first = mysql_take_number(&reader, 1);
	switch (first) {
	case 0x00:
		return read_ok(mysql, &reader, out);
	case 0x01:
		break;
	case 0xfb: /* it wants a file of ours, though nothing was asked */
		return broken(mysql, "it asks for a file");
	case 0xfe:
		return read_switch(mysql, &reader, out);
	case 0xff:
		return read_error(mysql, &reader);
	default:
		reader.rest = payload;
	}
	return send_answer(mysql, mysql_answer_more(mysql, reader.rest, &answer), &answer, out);
}

static enum talk read_packet(struct mysql *mysql, struct span payload, struct buf *out)
{
	struct mysql_reader reader = {payload, false};

	if (mysql->stage == MYSQL_VERDICT)
		return read_verdict(mysql, payload, out);
	if (payload.len > 0 && (unsigned char)payload.data[0] == 0xff) {
		(void)mysql_take(&reader, 1); /* it is there */
		return read_error(mysql, &reader);
	}
	return greeted(mysql, &reader, out);
}

/* The header is whole: page_protocol_basic_packets.html. 0xffffff would be continued. */
static enum talk read_header(struct mysql *mysql)
{
	size_t len =
	    mysql->packet[0] | (size_t)mysql->packet[1] << 8 | (size_t)mysql->packet[2] << 16;

	if (len > MYSQL_MAX_PACKET)
		return broken(mysql, "it sends a packet that is too long, or does not speak MySQL");
	if (mysql->packet[3] != mysql->sequence)
		return broken(mysql, "its packets are out of sequence");
	mysql->sequence++;
	mysql->total = HEADER + len;
	return TALK_MORE;
}

enum talk mysql_begin(struct mysql *mysql, const struct mysql_try *try, struct buf *out)
{
	(void)out; /* the server speaks first */
	*mysql = (struct mysql){.try = *try, .total = HEADER, .last = TALK_MORE};
	if (strlen(try->user) > MYSQL_MAX_USER || strlen(try->password) > MYSQL_MAX_PASSWORD)
		return stop(mysql, TALK_DONE, "the name or the password is too long to be tried");
	return TALK_MORE;
}

/* Moves what completes the header or the packet; true when it is whole. */
static bool gather(struct mysql *mysql, struct span *in)
{
	size_t missing = mysql->total - mysql->len;
	size_t moved = in->len < missing ? in->len : missing;

	if (moved > 0)
		memcpy(mysql->packet + mysql->len, in->data, moved);
	mysql->len += moved;
	*in = (struct span){in->data + moved, in->len - moved};
	return mysql->len == mysql->total;
}

enum talk mysql_feed(struct mysql *mysql, struct span in, struct buf *out)
{
	while (in.len > 0 && mysql->stage != MYSQL_OVER) {
		enum talk talk = TALK_MORE;

		if (mysql->stage == MYSQL_TLS)
			return broken(mysql, "it goes on in clear after TLS was agreed on");
		if (!gather(mysql, &in))
			break;
		if (mysql->total == HEADER)
			talk = read_header(mysql);
		if (talk == TALK_MORE && mysql->len == mysql->total) {
			struct span payload = {(const char *)mysql->packet + HEADER,
					       mysql->total - HEADER};

			mysql->len = 0;
			mysql->total = HEADER;
			talk = read_packet(mysql, payload, out);
		}
		if (talk == TALK_START_TLS && in.len == 0)
			return talk;
	}
	return mysql->last;
}

enum talk mysql_begin_tls(struct mysql *mysql, struct buf *out)
{
	if (mysql->stage != MYSQL_TLS)
		return mysql->last;
	mysql->tls = true;
	return send_response(mysql, out);
}

void mysql_end(struct mysql *mysql)
{
	if (mysql->stage == MYSQL_OVER)
		return;
	if (mysql->stage == MYSQL_GREETING)
		mysql->reason = "it does not greet";
	else if (mysql->stage == MYSQL_TLS)
		mysql->reason = "it offers TLS, but none comes about";
	else
		mysql->reason = "it goes before it decides";
	mysql->stage = MYSQL_OVER;
	mysql->last = TALK_DONE;
}
