/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as text, by their type (nftables: src/datatype.c). */
#include <inttypes.h>
#include <linux/netfilter/nf_log.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/firewall/host.h"
#include "audit/firewall/render_parts.h"
#include "lib/inet.h"
#include "lib/own.h"

#define LOOPBACK_INDEX 1 /* include/net/flow.h: LOOPBACK_IFINDEX */
#define CLASSID_ROOT UINT32_MAX

bool render_is_address(uint8_t type)
{
	return type == TYPE_IPADDR || type == TYPE_IP6ADDR || type == TYPE_ETHERADDR;
}

uint64_t render_number(struct span bytes, bool is_host_order)
{
	bool is_backward = is_host_order && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
	uint64_t number = 0;

	for (size_t i = 0; i < bytes.len && i < sizeof(number); i++)
		number = number << 8 | (uint8_t)bytes.data[is_backward ? bytes.len - 1 - i : i];
	return number;
}

void render_quoted(struct buf *out, struct span text)
{
	buf_text(out, "\"");
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '"')
			buf_text(out, "\\");
		buf_put(out, &text.data[i], 1);
	}
	buf_text(out, "\"");
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("_-./\\", c));
}

void render_name(struct buf *out, const char *name)
{
	size_t plain = 0;

	while (is_plain(name[plain]))
		plain++;
	if (plain > 0 && name[plain] == '\0')
		buf_text(out, name);
	else
		render_quoted(out, span_of(name));
}

void render_flags(struct buf *out, uint8_t type, uint64_t bits, const char *join)
{
	uint64_t rest = 0;
	bool is_first = true;

	for (unsigned bit = 0; bit < 64; bit++) {
		const char *name = bits >> bit & 1 ? render_flag(type, bit) : NULL;

		if (!name) {
			rest |= bits & UINT64_C(1) << bit;
			continue;
		}
		buf_printf(out, "%s%s", is_first ? "" : join, name);
		is_first = false;
	}
	if (rest || bits == 0)
		buf_printf(out, "%s0x%" PRIx64, is_first ? "" : join, rest);
}

static void put_interface(struct buf *out, const struct fw_ruleset *ruleset, uint64_t index)
{
	const struct fw_link *link = ruleset ? ruleset->links : NULL;

	while (link && (uint64_t)link->index != index)
		link = link->next;
	if (link)
		render_quoted(out,
			      (struct span){link->name, strnlen(link->name, sizeof(link->name))});
	else if (index == LOOPBACK_INDEX) /* of every network namespace */
		buf_text(out, "\"lo\"");
	else
		buf_printf(out, "%" PRIu64, index);
}

static void put_text(struct buf *out, struct span bytes)
{
	render_quoted(out, (struct span){bytes.data, strnlen(bytes.data, bytes.len)});
}

static void put_hex(struct buf *out, struct span bytes, bool is_host_order)
{
	size_t skipped = 0;

	if (bytes.len <= sizeof(uint64_t)) {
		buf_printf(out, "0x%" PRIx64, render_number(bytes, is_host_order));
		return;
	}
	while (skipped + 1 < bytes.len && bytes.data[skipped] == 0)
		skipped++;
	buf_text(out, "0x");
	for (size_t i = skipped; i < bytes.len; i++)
		buf_printf(out, i == skipped ? "%x" : "%02x", (uint8_t)bytes.data[i]);
}

static void put_address(struct buf *out, uint8_t type, struct span bytes)
{
	char text[INET_TEXT_SIZE];

	if (type == TYPE_ETHERADDR) {
		for (size_t i = 0; i < bytes.len; i++)
			buf_printf(out, i ? ":%02x" : "%02x", (uint8_t)bytes.data[i]);
		return;
	}
	buf_text(out, inet_text(type == TYPE_IPADDR ? AF_INET : AF_INET6,
				inet_number(bytes.data, bytes.len), text));
}

static void put_label(struct buf *out, struct span bytes)
{
	for (unsigned bit = 0; bit < 8 * bytes.len; bit++) {
		if ((uint8_t)bytes.data[bit / 8] == 1U << bit % 8) {
			buf_printf(out, "%u", bit);
			return;
		}
	}
	put_hex(out, bytes, false);
}

static void put_duration(struct buf *out, uint64_t ms)
{
	uint64_t seconds = ms / 1000;

	if (seconds >= 86400)
		buf_printf(out, "%" PRIu64 "d", seconds / 86400);
	if (seconds % 86400 >= 3600)
		buf_printf(out, "%" PRIu64 "h", seconds % 86400 / 3600);
	if (seconds % 3600 >= 60)
		buf_printf(out, "%" PRIu64 "m", seconds % 3600 / 60);
	if (seconds % 60 || ms < 1000)
		buf_printf(out, "%" PRIu64 "s", seconds % 60);
}

/* Types that are written as a number in a way of their own. */
static void put_number(struct buf *out, const struct value_format *format, uint64_t number)
{
	const char *name = render_symbol(format->type, number);

	if (name) {
		buf_text(out, name);
		return;
	}
	switch (format->type) {
	case TYPE_MARK:
		buf_printf(out, "0x%08" PRIx64, number);
		break;
	case TYPE_DSCP:
		buf_printf(out, "0x%02" PRIx64, number);
		break;
	case TYPE_ETHERTYPE:
		buf_printf(out, "0x%04" PRIx64, number);
		break;
	case TYPE_HEX:
		buf_printf(out, "0x%" PRIx64, number);
		break;
	case TYPE_IFINDEX:
		put_interface(out, format->ruleset, number);
		break;
	case TYPE_TIME:
		put_duration(out, number);
		break;
	case TYPE_TIME_HOUR: /* nft writes the local time; nobody here knows which that is */
		buf_printf(out, "\"%02u:%02u UTC\"", (unsigned)(number / 3600 % 24),
			   (unsigned)(number / 60 % 60));
		break;
	case TYPE_CLASSID:
		if (number == CLASSID_ROOT)
			buf_text(out, "root");
		else
			buf_printf(out, "%x:%x", (unsigned)(number >> 16 & 0xffff),
				   (unsigned)(number & 0xffff));
		break;
	default:
		buf_printf(out, "%" PRIu64, number);
		break;
	}
}

void render_value(struct buf *out, const struct value_format *format, struct span bytes)
{
	uint64_t number = render_number(bytes, format->is_host_order) >> format->shift;
	uint8_t len = render_type_len(format->type);

	if (render_is_flags(format->type))
		render_flags(out, format->type, number, ",");
	else if (render_is_address(format->type) && bytes.len == len)
		put_address(out, format->type, bytes);
	else if (format->type == TYPE_IFNAME || format->type == TYPE_STRING)
		put_text(out, bytes);
	else if (format->type == TYPE_CT_LABEL)
		put_label(out, bytes);
	else if (bytes.len > sizeof(number) || render_is_address(format->type))
		put_hex(out, bytes, false);
	else
		put_number(out, format, number);
}

int render_prefix_of(struct span mask)
{
	int bits = 0;
	int max = (int)mask.len * 8;

	while (bits < max && (uint8_t)mask.data[bits / 8] >> (7 - bits % 8) & 1)
		bits++;
	for (int bit = bits; bit < max; bit++) {
		if ((uint8_t)mask.data[bit / 8] >> (7 - bit % 8) & 1)
			return -1;
	}
	return bits;
}

/* The bits of both that are the same, if in the rest one has zeros and the other ones; or -1. */
static int common_prefix(struct span low, struct span high)
{
	uint8_t mask[FW_REGISTER_BYTES];

	for (size_t i = 0; i < low.len && i < sizeof(mask); i++) {
		mask[i] = (uint8_t) ~(low.data[i] ^ high.data[i]);
		if ((uint8_t)low.data[i] & (uint8_t)~mask[i])
			return -1;
	}
	return render_prefix_of((struct span){(const char *)mask, low.len});
}

/* "eth*" is what begins so: from the name alone to the name and nothing but ones behind. */
static bool put_wildcard(struct buf *out, struct span low, struct span high)
{
	size_t len = strnlen(low.data, low.len);

	if (len == low.len || memcmp(low.data, high.data, len) != 0)
		return false;
	for (size_t i = len; i < low.len; i++) {
		if (low.data[i] != 0 || (uint8_t)high.data[i] != 0xff)
			return false;
	}
	buf_text(out, "\"");
	buf_put(out, low.data, len);
	buf_text(out, "*\"");
	return true;
}

void render_range(struct buf *out, const struct value_format *format, struct span low,
		  struct span high)
{
	int prefix = -1;

	if (high.len != low.len || low.len > FW_REGISTER_BYTES ||
	    memcmp(low.data, high.data, low.len) == 0) {
		render_value(out, format, low);
		return;
	}
	if (format->type == TYPE_IFNAME && put_wildcard(out, low, high))
		return;
	if (render_is_address(format->type))
		prefix = common_prefix(low, high);
	render_value(out, format, low);
	if (prefix >= 0) {
		buf_printf(out, "/%d", prefix);
		return;
	}
	buf_text(out, "-");
	render_value(out, format, high);
}

void render_log_flags(struct buf *out, uint32_t flags)
{
	if ((flags & NF_LOG_MASK) == NF_LOG_MASK) {
		buf_text(out, " flags all");
		return;
	}
	if (flags & (NF_LOG_TCPSEQ | NF_LOG_TCPOPT))
		buf_printf(out, " flags tcp %s%s%s", flags & NF_LOG_TCPSEQ ? "sequence" : "",
			   (flags & NF_LOG_TCPSEQ) && (flags & NF_LOG_TCPOPT) ? "," : "",
			   flags & NF_LOG_TCPOPT ? "options" : "");
	if (flags & NF_LOG_IPOPT)
		buf_text(out, " flags ip options");
	if (flags & NF_LOG_UID)
		buf_text(out, " flags skuid");
	if (flags & NF_LOG_MACDECODE)
		buf_text(out, " flags ether");
}
