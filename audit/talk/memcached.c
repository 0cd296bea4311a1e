/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [jail] Memcached: see memcached.h. */
#include "audit/talk/memcached.h"

#include <string.h>

#include "audit/talk/keep.h"

#define MAX_LINE 2048    /* of stats, the longest is a path */
#define UDP_HEADER_LEN 8 /* doc/protocol.txt, "UDP protocol" */

enum talk memcached_begin(struct memcached *memcached, struct buf *out)
{
	*memcached = (struct memcached){0};
	buf_init(&memcached->line, MAX_LINE);
	buf_text(out, "version\r\n");
	return TALK_MORE;
}

static enum talk hang_up(struct memcached *memcached, enum memcached_outcome outcome)
{
	memcached->outcome = outcome;
	memcached->is_over = true;
	return outcome == MEMCACHED_BROKEN ? TALK_BROKEN : TALK_DONE;
}

static bool is_error(struct span line)
{
	return span_is(line, "ERROR") || span_starts(line, "ERROR ") ||
	       span_starts(line, "CLIENT_ERROR ") || span_starts(line, "SERVER_ERROR ");
}

/* "STAT pid 4711" */
static void take_stat(struct memcached *memcached, struct span line)
{
	struct span word;
	struct span name;
	struct span value;
	uint64_t number;

	if (!span_word(&line, &word) || !span_word(&line, &name) || !span_word(&line, &value) ||
	    span_uint(value, INT64_MAX, &number) < 0)
		return;
	if (span_is(name, "pid"))
		memcached->process_id = number;
	if (span_is(name, "curr_items")) {
		memcached->item_count = number;
		memcached->has_item_count = true;
	}
}

static enum talk take_error(struct memcached *memcached, struct span line)
{
	talk_keep(memcached->refusal, sizeof(memcached->refusal), line);
	if (span_starts(line, "CLIENT_ERROR unauthenticated"))
		return hang_up(memcached, MEMCACHED_NOAUTH);
	return hang_up(memcached, memcached->outcome);
}

static enum talk take(struct memcached *memcached, struct span line, struct buf *out)
{
	if (is_error(line))
		return take_error(memcached, line);
	if (!memcached->has_version) {
		if (!span_starts(line, "VERSION "))
			return hang_up(memcached, MEMCACHED_NOT);
		talk_keep(memcached->version, sizeof(memcached->version),
			  (struct span){line.data + 8, line.len - 8});
		memcached->has_version = true;
		/* not served yet: a proxy answers version by itself, and asks nobody */
		buf_text(out, "stats\r\n");
		return TALK_MORE;
	}
	if (span_starts(line, "STAT ")) { /* served is who has an END to them */
		take_stat(memcached, line);
		return TALK_MORE;
	}
	if (!span_is(line, "END"))
		return hang_up(memcached, MEMCACHED_BROKEN);
	buf_text(out, "quit\r\n"); /* has no answer */
	return hang_up(memcached, MEMCACHED_SERVED);
}

/* Could a first line begin like that? */
static bool may_be_first(struct span line)
{
	static const char *const firsts[] = {"VERSION ", "ERROR", "CLIENT_ERROR ", "SERVER_ERROR "};

	for (size_t i = 0; i < sizeof(firsts) / sizeof(firsts[0]); i++) {
		size_t len = strlen(firsts[i]);

		if (line.len < len)
			len = line.len;
		if (memcmp(line.data, firsts[i], len) == 0)
			return true;
	}
	return false;
}

static enum talk feed_byte(struct memcached *memcached, char byte, struct buf *out)
{
	struct span line;
	enum talk talk;

	if (++memcached->taken > TALK_MAX_BYTES)
		return hang_up(memcached, MEMCACHED_BROKEN);
	if (byte != '\n') {
		buf_put(&memcached->line, &byte, 1);
		if (!memcached->has_version && !may_be_first(buf_span(&memcached->line)))
			return hang_up(memcached, MEMCACHED_NOT);
		return memcached->line.overflowed ? hang_up(memcached, MEMCACHED_BROKEN)
						  : TALK_MORE;
	}
	line = buf_span(&memcached->line);
	if (line.len > 0 && line.data[line.len - 1] == '\r')
		line.len--;
	talk = take(memcached, line, out);
	buf_clear(&memcached->line);
	return talk;
}

enum talk memcached_feed(struct memcached *memcached, struct span in, struct buf *out)
{
	enum talk talk = TALK_MORE;

	if (memcached->is_over)
		return memcached->outcome == MEMCACHED_BROKEN ? TALK_BROKEN : TALK_DONE;
	for (size_t i = 0; talk == TALK_MORE && i < in.len; i++)
		talk = feed_byte(memcached, in.data[i], out);
	return talk;
}

void memcached_end(struct memcached *memcached)
{
	memcached->is_over = true;
}

void memcached_done(struct memcached *memcached)
{
	buf_done(&memcached->line);
}

const char *memcached_outcome_name(enum memcached_outcome outcome)
{
	static const char *const names[] = {
	    [MEMCACHED_UNKNOWN] = "unknown", [MEMCACHED_SERVED] = "served",
	    [MEMCACHED_NOAUTH] = "noauth",   [MEMCACHED_NOT] = "not memcached",
	    [MEMCACHED_BROKEN] = "broken",
	};

	return names[outcome];
}

void memcached_udp_ask(uint16_t id, struct buf *out)
{
	/* request, number of this datagram, how many there are, 0 */
	const char header[UDP_HEADER_LEN] = {(char)(id >> 8), (char)(id & 0xff), 0, 0, 0, 1, 0, 0};

	buf_put(out, header, sizeof(header));
	buf_text(out, "version\r\n");
}

static unsigned read_u16(const char *at)
{
	return (unsigned)(unsigned char)at[0] << 8 | (unsigned char)at[1];
}

bool memcached_udp_is_answer(uint16_t id, struct span datagram, char *version, size_t size)
{
	struct span text;
	struct span line;

	version[0] = '\0';
	if (datagram.len < UDP_HEADER_LEN || read_u16(datagram.data) != id ||
	    read_u16(datagram.data + 2) >= read_u16(datagram.data + 4))
		return false;
	text = (struct span){datagram.data + UDP_HEADER_LEN, datagram.len - UDP_HEADER_LEN};
	if (!span_cut(&text, '\n', &line))
		return false;
	line = span_trim(line);
	if (span_starts(line, "VERSION ")) {
		talk_keep(version, size, (struct span){line.data + 8, line.len - 8});
		return true;
	}
	return is_error(line);
}
