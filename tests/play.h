/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recorded host in a few lines: a test lays out what root would hand out, need by need, and the
 * probe runs over it in this process, through the same channels and the same decoder as in a
 * real run. No jail: what the probe computes is looked at here, not what it may do.
 *
 *	struct play play;
 *	play_begin(&play);
 *	play_file(&play, "/proc/1/status", "Name:\tinit\n");
 *	play_next_need(&play);
 *	play_run(&play, &probe_processes);
 *	is_str(play.rows, "1|init\n", "…");
 *	play_end(&play);
 */
#ifndef TESTS_PLAY_H
#define TESTS_PLAY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "audit/broker.h"
#include "audit/host.h"
#include "audit/rows.h"
#include "lib/own.h"

struct play {
	struct broker broker;
	int jail_end; /* of the broker's channel */
	char *rows;   /* a line for each row, values parted by |, NULL as - */
	enum coverage status;
	char detail[512];
};

static void play_check(int result, const struct err *err)
{
	if (result < 0) {
		printf("Bail out! %s\n", err->text);
		exit(1);
	}
}

static void play_send(struct play *play, enum message type)
{
	struct err err;

	play_check(wire_send(play->broker.jail_fd, &play->broker.out, &err), &err);
	wire_begin(&play->broker.out, (uint8_t)type);
}

__attribute__((unused)) static void play_begin(struct play *play)
{
	int ends[2];
	int size = 8 << 20; /* all that a test lays out waits in the channel */

	*play = (struct play){.broker = {.record_fd = -1, .replay_fd = -1}};
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		exit(1);
	(void)setsockopt(ends[0], SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)); /* or smaller */
	play->broker.jail_fd = ends[0];
	play->jail_end = ends[1];
	wire_init(&play->broker.out);
	wire_begin(&play->broker.out, MESSAGE_HELLO);
	wire_put_u8(&play->broker.out, 1);
	play_send(play, MESSAGE_ITEMS);
}

__attribute__((unused)) static void play_item(struct play *play, const struct broker_item *item)
{
	struct err err;

	play_check(broker_put(&play->broker, item, &err), &err);
}

__attribute__((unused)) static void play_file(struct play *play, const char *path, const char *data)
{
	play_item(play, &(struct broker_item){.path = path, .data = span_of(data)});
}

__attribute__((unused)) static void play_error(struct play *play, const char *path, int error)
{
	play_item(play, &(struct broker_item){.path = path, .error = error});
}

/* What follows answers the probe's next host_ask(). */
__attribute__((unused)) static void play_next_need(struct play *play)
{
	play_send(play, MESSAGE_END);
	play_send(play, MESSAGE_ITEMS);
}

static void play_put_value(FILE *out, sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	(void)fprintf(out, "%s%s", column ? "|" : "", text ? text : "-");
}

/* The rows as the store would hold them. */
static void play_take(struct play *play, const struct probe *probe, int fd)
{
	struct store_column columns[PROBE_MAX_COLUMNS];
	struct rows rows = {.probe = probe};
	struct store store;
	struct wire message;
	sqlite3_stmt *row;
	struct err err;
	size_t size;
	uint8_t type;
	FILE *out = open_memstream(&play->rows, &size);

	for (unsigned i = 0; i < probe->column_count; i++)
		columns[i] =
		    (struct store_column){probe->columns[i].name, probe->columns[i].type == TEXT};
	wire_init(&message);
	play_check(store_open(&store, &err), &err);
	play_check(store_create_table(&store, "t", columns, probe->column_count, &err), &err);
	play_check(store_prepare_insert(&store, "t", probe->column_count, &rows.insert, &err),
		   &err);
	while (!rows.is_done && wire_receive(fd, &message, &type, &err) > 0)
		play_check(rows_take(&rows, &message, type, &err), &err);
	play->status = rows.status;
	memcpy(play->detail, rows.detail, sizeof(play->detail));
	(void)sqlite3_finalize(rows.insert);
	if (sqlite3_prepare_v2(store.db, "SELECT * FROM t", -1, &row, NULL) != SQLITE_OK)
		exit(1);
	while (sqlite3_step(row) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(row); i++)
			play_put_value(out, row, i);
		(void)fputc('\n', out);
	}
	(void)sqlite3_finalize(row);
	(void)fclose(out);
	store_close(&store);
	wire_done(&message);
}

__attribute__((unused)) static void play_run(struct play *play, const struct probe *probe)
{
	int ends[2];

	play_next_need(play);
	play_next_need(play); /* one more, empty, for a probe that asks again */
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		exit(1);
	(void)host_run(probe, play->jail_end, ends[1]);
	play_take(play, probe, ends[0]);
	own_close(&ends[0]);
	own_close(&ends[1]);
}

__attribute__((unused)) static void play_end(struct play *play)
{
	own_close(&play->broker.jail_fd);
	own_close(&play->jail_end);
	wire_done(&play->broker.out);
	free(play->rows);
}

#endif
