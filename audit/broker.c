/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [root] The broker of one probe: see broker.h. */
#include "audit/broker.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "audit/calls.h"
#include "audit/record.h"

/* Sends what has been filled, and copies it into the recording. */
static int flush(struct broker *broker, struct err *err)
{
	if (broker->record_fd >= 0 && record_message(broker->record_fd, &broker->out, err) < 0)
		return -1;
	return wire_send(broker->jail_fd, &broker->out, err);
}

static int send_empty(struct broker *broker, enum message type, struct err *err)
{
	wire_begin(&broker->out, (uint8_t)type);
	return flush(broker, err);
}

/* Everything of an item but its data; the room that it takes is known beforehand. */
static size_t head_size(const struct broker_item *item)
{
	const char *exposed = item->exposed ? item->exposed : "";

	return 1 + 4 + 8 + 3 * 4 + 8 + 4 + strlen(exposed) + 4 + strlen(item->path) + 4;
}

static void put_head(struct wire *out, const struct broker_item *item, uint8_t flags)
{
	wire_put_u8(out, flags);
	wire_put_u32(out, (uint32_t)item->error);
	wire_put_u64(out, item->inode);
	wire_put_u32(out, item->mode);
	wire_put_u32(out, item->uid);
	wire_put_u32(out, item->gid);
	wire_put_u64(out, (uint64_t)item->mtime);
	wire_put_span(out, span_of(item->exposed ? item->exposed : ""));
	wire_put_span(out, span_of(item->path));
}

static int begin_items(struct broker *broker, struct err *err)
{
	if (flush(broker, err) < 0)
		return -1;
	wire_begin(&broker->out, MESSAGE_ITEMS);
	return 0;
}

static uint8_t part_flags(const struct broker_item *item, size_t part, size_t rest)
{
	if (part < rest)
		return ITEM_MORE;
	return item->is_cut ? ITEM_CUT : 0;
}

/* What did not fit into the message that the item began in: pieces, each a message of its own. */
static int put_pieces(struct broker *broker, const struct broker_item *item, struct span rest,
		      struct err *err)
{
	while (rest.len > 0) {
		size_t part = WIRE_MAX - 1 - 1 - 4; /* type, flags, length */

		if (part > rest.len)
			part = rest.len;
		if (flush(broker, err) < 0)
			return -1;
		wire_begin(&broker->out, MESSAGE_PIECE);
		wire_put_u8(&broker->out, part_flags(item, part, rest.len));
		wire_put_span(&broker->out, (struct span){rest.data, part});
		rest = (struct span){rest.data + part, rest.len - part};
	}
	return begin_items(broker, err);
}

int broker_put(struct broker *broker, const struct broker_item *item, struct err *err)
{
	size_t head = head_size(item);
	struct span rest = item->data;
	size_t part;

	if (strlen(item->path) > MESSAGE_MAX_PATH ||
	    (item->exposed && strlen(item->exposed) > MESSAGE_MAX_EXPOSED))
		return err_set(err, "a path is longer than %u bytes", MESSAGE_MAX_PATH);
	if (wire_room(&broker->out) < head + rest.len && broker->out.len > 1 &&
	    begin_items(broker, err) < 0)
		return -1;
	part = wire_room(&broker->out) - head;
	if (part > rest.len)
		part = rest.len;
	put_head(&broker->out, item, part_flags(item, part, rest.len));
	wire_put_span(&broker->out, (struct span){rest.data, part});
	if (part == rest.len)
		return 0;
	return put_pieces(broker, item, (struct span){rest.data + part, rest.len - part}, err);
}

int broker_given(struct broker *broker, const struct need *need, struct err *err)
{
	for (size_t i = 0; i < broker->given->count; i++) {
		const struct given_file *file = &broker->given->files[i];
		struct broker_item item = {
		    .path = file->path,
		    .inode = file->meta.st_ino,
		    .mode = file->meta.st_mode,
		    .uid = file->meta.st_uid,
		    .gid = file->meta.st_gid,
		    .mtime = file->meta.st_mtime,
		    .exposed = file->exposed,
		};

		if (strcmp(file->role, need->pattern + 1) != 0)
			continue;
		if (need->kind != STAT)
			item.data = buf_span(&file->content);
		if (broker_put(broker, &item, err) < 0)
			return -1;
	}
	return 0;
}

static bool has_argument(const struct need *need)
{
	return need->kind == READ_NAMED || need->kind == STAT_NAMED || need->kind == SECRET_NAMED ||
	       need->kind == VARIABLE || need->kind == ASK_ENGINE ||
	       (need->kind == DUMP && dump_has_argument(need)) ||
	       ((need->kind == READ || need->kind == READ_SECRET || need->kind == STAT) &&
		broker_takes_pids(need));
}

static bool is_secret(const struct need *need)
{
	return need->kind == READ_SECRET || need->kind == SECRET_NAMED || need->kind == VARIABLE ||
	       need->kind == ASK_ENGINE;
}

/* What is secret is in no recording, and whoever replays it is told that it could not be seen. */
static int put_withheld(struct broker *broker, const struct need *need, struct err *err)
{
	struct broker_item item = {.path = need->pattern, .error = ENODATA};

	if (broker_put(broker, &item, err) < 0)
		return -1;
	return flush(broker, err);
}

static int read_files(struct broker *broker, const struct need *need, struct wire *ask,
		      struct err *err)
{
	if (need->pattern[0] == '@')
		return broker_given(broker, need, err);
	return wire_at_end(ask) ? broker_files(broker, need, err)
				: broker_files_of(broker, need, ask, err);
}

/* `ask` stands behind the index: what is left is the argument. */
static int hand_out(struct broker *broker, uint32_t index, struct wire *ask, struct err *err)
{
	const struct need *need = &broker->probe->needs[index];
	int result = -1;

	if (!wire_at_end(ask) && !has_argument(need))
		return err_set(err, "the jail broke the protocol");
	wire_begin(&broker->out, MESSAGE_ITEMS);
	broker->entered = 0; /* what is handed out may lie in another one */
	if (is_secret(need) && broker->record_fd >= 0)
		return put_withheld(broker, need, err);
	switch (need->kind) {
	case READ:
	case READ_SECRET:
	case STAT:
		result = read_files(broker, need, ask, err);
		break;
	case READ_EACH:
		result = broker_read_each(broker, need, err);
		break;
	case DUMP:
		result = broker_dump(broker, need, ask, err);
		break;
	case NAMESPACES:
		result = broker_namespaces(broker, err);
		break;
	case READ_NAMED:
	case STAT_NAMED:
	case SECRET_NAMED:
		result = broker_named(broker, need, ask, err);
		break;
	case VARIABLE:
		result = broker_variable(broker, ask, err);
		break;
	case ASK_ENGINE:
		result = broker_engine(broker, need, ask, err);
		break;
	case CLOCK:
		result = broker_clock(broker, err);
		break;
	case CALL:
		result = err_set(err, "the jail broke the protocol");
		break;
	}
	if (result == 0 && broker->out.len > 1)
		result = flush(broker, err);
	return result;
}

int broker_put_input(struct broker *broker, struct err *err)
{
	struct span rest = broker->input;

	while (rest.len >= sizeof(uint32_t)) {
		uint32_t len;

		memcpy(&len, rest.data, sizeof(len));
		rest = (struct span){rest.data + sizeof(len), rest.len - sizeof(len)};
		memcpy(broker->out.data, rest.data, len);
		broker->out.len = len;
		broker->out.bad = false;
		if (wire_send(broker->jail_fd, &broker->out, err) < 0)
			return -1;
		rest = (struct span){rest.data + len, rest.len - len};
	}
	wire_begin(&broker->out, MESSAGE_END);
	return wire_send(broker->jail_fd, &broker->out, err);
}

/* Could this process see every process and enter every namespace? */
static bool is_privileged(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {{0}};
	const unsigned needed =
	    1U << CAP_SYS_PTRACE | 1U << CAP_SYS_ADMIN | 1U << CAP_DAC_READ_SEARCH;

	return syscall(SYS_capget, &header, data) == 0 && (data[0].effective & needed) == needed;
}

static int answer_ask(struct broker *broker, struct wire *ask, struct err *err)
{
	uint32_t index = wire_get_u32(ask);

	if (ask->bad)
		return err_set(err, "the jail broke the protocol");
	if (index == ASK_INPUT)
		return broker_put_input(broker, err);
	if (index >= broker->probe->need_count)
		return err_set(err, "the jail asked for what its probe does not declare");
	if (broker->record_fd >= 0 && record_message(broker->record_fd, ask, err) < 0)
		return -1;
	if (hand_out(broker, index, ask, err) < 0)
		return -1;
	return send_empty(broker, MESSAGE_END, err);
}

static int take_order(struct broker *broker, struct wire *message, struct err *err)
{
	switch (wire_get_u8(message)) {
	case CALL_OPEN:
		return calls_open(broker, message, err);
	case CALL_SAY:
		return calls_say(broker, message, err);
	case CALL_HANG_UP:
		return calls_hang_up(broker, message, err);
	default:
		return err_set(err, "the jail broke the protocol");
	}
}

static int answer(struct broker *broker, struct wire *message, uint8_t type, struct err *err)
{
	if (type == MESSAGE_ASK)
		return answer_ask(broker, message, err);
	if (type != MESSAGE_CALLS && type != MESSAGE_HEAR)
		return err_set(err, "the jail broke the protocol");
	while (!wire_at_end(message))
		if (take_order(broker, message, err) < 0)
			return -1;
	if (type == MESSAGE_CALLS)
		return 0;
	calls_hear(broker);
	return flush(broker, err);
}

static int serve(struct broker *broker, struct err *err)
{
	struct wire message;
	uint8_t type;
	int got;

	wire_init(&message);
	wire_begin(&broker->out, MESSAGE_HELLO);
	wire_put_u8(&broker->out, is_privileged());
	if (flush(broker, err) < 0)
		return -1;
	while ((got = wire_receive(broker->jail_fd, &message, &type, err)) > 0)
		if (answer(broker, &message, type, err) < 0)
			return -1;
	return got;
}

int broker_run(struct broker *broker)
{
	struct err err;

	wire_init(&broker->out);
	buf_init(&broker->data, PROBE_MAX_ITEM + 1);
	/* Nobody listens to a message: the jail sees that the channel closes, and says so. */
	return (broker->replay_fd >= 0 ? replay_run(broker, &err) : serve(broker, &err)) < 0;
}
