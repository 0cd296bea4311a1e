/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nft's words for expressions, or parts of them, that the model does not look at: what a log says,
 * how much a limit lets through (nftables: src/statement.c). They go to op->text, for render.h. An
 * expression with an attribute that is not known here gets none.
 */
#include <inttypes.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_synproxy.h>
#include <linux/netfilter/nf_tables.h>
#include <string.h>

#include "audit/firewall/datatypes.h"
#include "audit/firewall/describe.h"
#include "audit/firewall/render_parts.h"
#include "lib/own.h"

#define USUAL_BURST 5U /* nft leaves it out */

static void describe_counter(const struct place *at, struct buf *out)
{
	(void)at;
	buf_text(out, "counter");
}

static void describe_last(const struct place *at, struct buf *out)
{
	(void)at;
	buf_text(out, "last");
}

static struct span text_of(const struct nlattr *attribute)
{
	struct span span = attribute_span(attribute);

	if (span.len > 0)
		span.len = strnlen(span.data, span.len);
	return span;
}

static uint32_t u16_of(const struct nlattr *attribute)
{
	struct span span = attribute_span(attribute);

	return span.len == sizeof(uint16_t) ? (uint32_t)render_number(span, false) : 0;
}

static void describe_log(const struct place *at, struct buf *out)
{
	static const char *const levels[] = {"emerg",  "alert", "crit",  "err",  "warn",
					     "notice", "info",  "debug", "audit"};
	const struct attributes *all = at->all;
	uint32_t level = attribute_u32(all->at[NFTA_LOG_LEVEL], NFT_LOGLEVEL_WARNING);

	buf_text(out, "log");
	if (all->at[NFTA_LOG_PREFIX]) {
		buf_text(out, " prefix ");
		render_quoted(out, text_of(all->at[NFTA_LOG_PREFIX]));
	}
	if (all->at[NFTA_LOG_GROUP])
		buf_printf(out, " group %u", u16_of(all->at[NFTA_LOG_GROUP]));
	if (attribute_u32(all->at[NFTA_LOG_SNAPLEN], 0))
		buf_printf(out, " snaplen %u", attribute_u32(all->at[NFTA_LOG_SNAPLEN], 0));
	if (u16_of(all->at[NFTA_LOG_QTHRESHOLD]))
		buf_printf(out, " queue-threshold %u", u16_of(all->at[NFTA_LOG_QTHRESHOLD]));
	if (level != NFT_LOGLEVEL_WARNING && level < ARRAY_LEN(levels))
		buf_printf(out, " level %s", levels[level]);
	render_log_flags(out, attribute_u32(all->at[NFTA_LOG_FLAGS], 0));
}

/* "10 mbytes" */
static void put_bytes(struct buf *out, uint64_t bytes)
{
	static const char *const units[] = {"bytes", "kbytes", "mbytes"};
	unsigned unit = 0;

	while (unit + 1 < ARRAY_LEN(units) && bytes && bytes % 1024 == 0) {
		bytes /= 1024;
		unit++;
	}
	buf_printf(out, "%" PRIu64 " %s", bytes, units[unit]);
}

static const char *unit_of(uint64_t seconds)
{
	switch (seconds) {
	case 1:
		return "second";
	case 60:
		return "minute";
	case 3600:
		return "hour";
	case 86400:
		return "day";
	case 604800:
		return "week";
	default:
		return "?";
	}
}

static void describe_limit(const struct place *at, struct buf *out)
{
	const struct attributes *all = at->all;
	uint64_t rate = attribute_u64(all->at[NFTA_LIMIT_RATE], 0);
	const char *unit = unit_of(attribute_u64(all->at[NFTA_LIMIT_UNIT], 0));
	uint32_t burst = attribute_u32(all->at[NFTA_LIMIT_BURST], 0);
	bool is_over = attribute_u32(all->at[NFTA_LIMIT_FLAGS], 0) & NFT_LIMIT_F_INV;

	buf_printf(out, "limit rate %s", is_over ? "over " : "");
	if (attribute_u32(all->at[NFTA_LIMIT_TYPE], NFT_LIMIT_PKTS) == NFT_LIMIT_PKT_BYTES) {
		put_bytes(out, rate);
		buf_printf(out, "/%s", unit);
		if (burst > 0) {
			buf_text(out, " burst ");
			put_bytes(out, burst);
		}
		return;
	}
	buf_printf(out, "%" PRIu64 "/%s", rate, unit);
	if (burst > 0 && burst != USUAL_BURST)
		buf_printf(out, " burst %u packets", burst);
}

static void describe_quota(const struct place *at, struct buf *out)
{
	bool is_over = attribute_u32(at->all->at[NFTA_QUOTA_FLAGS], 0) & NFT_QUOTA_F_INV;

	buf_printf(out, "quota %s", is_over ? "over " : "");
	put_bytes(out, attribute_u64(at->all->at[NFTA_QUOTA_BYTES], 0));
}

static void describe_connlimit(const struct place *at, struct buf *out)
{
	bool is_over = attribute_u32(at->all->at[NFTA_CONNLIMIT_FLAGS], 0) & NFT_CONNLIMIT_F_INV;

	buf_printf(out, "ct count %s%u", is_over ? "over " : "",
		   attribute_u32(at->all->at[NFTA_CONNLIMIT_COUNT], 0));
}

const char *describe_object(uint32_t type)
{
	static const char *const words[] = {
	    [NFT_OBJECT_COUNTER] = "counter name",
	    [NFT_OBJECT_QUOTA] = "quota name",
	    [NFT_OBJECT_CT_HELPER] = "ct helper set",
	    [NFT_OBJECT_LIMIT] = "limit name",
	    [NFT_OBJECT_CONNLIMIT] = "ct count name",
	    [NFT_OBJECT_TUNNEL] = "tunnel name",
	    [NFT_OBJECT_CT_TIMEOUT] = "ct timeout set",
	    [NFT_OBJECT_SECMARK] = "meta secmark set",
	    [NFT_OBJECT_CT_EXPECT] = "ct expectation set",
	    [NFT_OBJECT_SYNPROXY] = "synproxy name",
	};

	return type < ARRAY_LEN(words) && words[type] ? words[type] : "[ objref ]";
}

/* A named object, or a map of such that is asked: then the words depend on the map. */
static void describe_objref(const struct place *at, struct buf *out)
{
	struct fw_op *op = at->op;

	if (at->all->at[NFTA_OBJREF_SET_NAME]) {
		op->set_name =
		    attribute_text(at->ruleset->arena, at->all->at[NFTA_OBJREF_SET_NAME]);
		op->sreg = decode_register(at->all->at[NFTA_OBJREF_SET_SREG]);
		return;
	}
	buf_printf(out, "%s ",
		   describe_object(attribute_u32(at->all->at[NFTA_OBJREF_IMM_TYPE], UINT32_MAX)));
	render_quoted(out, text_of(at->all->at[NFTA_OBJREF_IMM_NAME]));
}

static void describe_flow(const struct place *at, struct buf *out)
{
	buf_text(out, "flow add @");
	render_name(out, attribute_text(at->ruleset->arena, at->all->at[NFTA_FLOW_TABLE_NAME]));
}

static void describe_dup(const struct place *at, struct buf *out)
{
	at->op->reg[0] = decode_register(at->all->at[NFTA_DUP_SREG_ADDR]);
	at->op->reg[1] = decode_register(at->all->at[NFTA_DUP_SREG_DEV]);
	buf_text(out, "dup");
}

static void describe_fwd(const struct place *at, struct buf *out)
{
	at->op->reg[0] = decode_register(at->all->at[NFTA_FWD_SREG_ADDR]);
	at->op->reg[1] = decode_register(at->all->at[NFTA_FWD_SREG_DEV]);
	at->op->offset = attribute_u32(at->all->at[NFTA_FWD_NFPROTO], NFPROTO_UNSPEC);
	buf_text(out, "fwd");
}

static void describe_queue(const struct place *at, struct buf *out)
{
	uint32_t first = u16_of(at->all->at[NFTA_QUEUE_NUM]);
	uint32_t total = u16_of(at->all->at[NFTA_QUEUE_TOTAL]);
	uint32_t flags = u16_of(at->all->at[NFTA_QUEUE_FLAGS]);

	if (at->all->at[NFTA_QUEUE_SREG_QNUM]) {
		buf_text(out, "[ queue ]");
		return;
	}
	buf_text(out, "queue");
	if (flags & NFT_QUEUE_FLAG_MASK)
		buf_printf(out, " flags %s%s%s", flags & NFT_QUEUE_FLAG_BYPASS ? "bypass" : "",
			   (flags & NFT_QUEUE_FLAG_MASK) == NFT_QUEUE_FLAG_MASK ? "," : "",
			   flags & NFT_QUEUE_FLAG_CPU_FANOUT ? "fanout" : "");
	buf_printf(out, " to %u", first);
	if (total > 1)
		buf_printf(out, "-%u", first + total - 1);
}

static void describe_synproxy(const struct place *at, struct buf *out)
{
	uint32_t flags = attribute_u32(at->all->at[NFTA_SYNPROXY_FLAGS], 0);

	buf_text(out, "synproxy");
	if (flags & NF_SYNPROXY_OPT_MSS)
		buf_printf(out, " mss %u", u16_of(at->all->at[NFTA_SYNPROXY_MSS]));
	if (flags & NF_SYNPROXY_OPT_WSCALE)
		buf_printf(out, " wscale %u", attribute_u8(at->all->at[NFTA_SYNPROXY_WSCALE], 0));
	if (flags & NF_SYNPROXY_OPT_TIMESTAMP)
		buf_text(out, " timestamp");
	if (flags & NF_SYNPROXY_OPT_SACK_PERM)
		buf_text(out, " sack-perm");
}

static void describe_tproxy(const struct place *at, struct buf *out)
{
	at->op->offset = attribute_u32(at->all->at[NFTA_TPROXY_FAMILY], NFPROTO_UNSPEC);
	at->op->reg[0] = decode_register(at->all->at[NFTA_TPROXY_REG_ADDR]);
	at->op->reg[2] = decode_register(at->all->at[NFTA_TPROXY_REG_PORT]);
	buf_text(out, "tproxy");
}

/* What an element is given that traffic adds: " timeout 1m limit rate 3/minute". */
static void describe_dynset(const struct place *at, struct buf *out)
{
	struct span list = attribute_span(at->all->at[NFTA_DYNSET_EXPRESSIONS]);
	const struct value_format format = {.type = TYPE_TIME, .is_host_order = false};
	const struct nlattr *expression;

	if (attribute_u64(at->all->at[NFTA_DYNSET_TIMEOUT], 0)) {
		buf_text(out, " timeout ");
		render_value(out, &format, attribute_span(at->all->at[NFTA_DYNSET_TIMEOUT]));
	}
	if (at->all->at[NFTA_DYNSET_EXPR])
		describe_nested(at, at->all->at[NFTA_DYNSET_EXPR], out);
	while ((expression = attribute_next(&list)))
		describe_nested(at, expression, out);
}

static const struct describer {
	const char *name;
	unsigned last; /* the last attribute that is known */
	void (*describe)(const struct place *at, struct buf *out);
} describers[] = {
    {"counter", NFTA_COUNTER_PAD, describe_counter},
    {"last", NFTA_LAST_PAD, describe_last},
    {"log", NFTA_LOG_FLAGS, describe_log},
    {"limit", NFTA_LIMIT_PAD, describe_limit},
    {"quota", NFTA_QUOTA_CONSUMED, describe_quota},
    {"connlimit", NFTA_CONNLIMIT_FLAGS, describe_connlimit},
    {"objref", NFTA_OBJREF_SET_ID, describe_objref},
    {"flow_offload", NFTA_FLOW_TABLE_NAME, describe_flow},
    {"dup", NFTA_DUP_SREG_DEV, describe_dup},
    {"fwd", NFTA_FWD_NFPROTO, describe_fwd},
    {"queue", NFTA_QUEUE_SREG_QNUM, describe_queue},
    {"synproxy", NFTA_SYNPROXY_FLAGS, describe_synproxy},
    {"tproxy", NFTA_TPROXY_REG_PORT, describe_tproxy},
    {"dynset", NFTA_DYNSET_EXPRESSIONS, describe_dynset},
    {"numgen", NFTA_NG_OFFSET, describe_numgen},
    {"hash", NFTA_HASH_TYPE, describe_hash},
    {"rt", NFTA_RT_KEY, describe_rt},
    {"socket", NFTA_SOCKET_LEVEL, describe_socket},
    {"exthdr", NFTA_EXTHDR_SREG, describe_exthdr},
    {"osf", NFTA_OSF_FLAGS, describe_osf},
};

static bool describe(const struct place *at, const struct nlattr *data, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(describers); i++) {
		struct attributes all;
		struct place here = *at;

		if (strcmp(describers[i].name, at->op->name) != 0)
			continue;
		attributes_of_nest(&all, data, describers[i].last);
		if (all.has_unknown)
			return false;
		here.all = &all;
		describers[i].describe(&here, out);
		return !out->overflowed;
	}
	return false;
}

void describe_nested(const struct place *at, const struct nlattr *expression, struct buf *out)
{
	struct attributes outer;
	struct fw_op op = {.sreg = FW_NO_REGISTER, .dreg = FW_NO_REGISTER};
	struct place here = *at;

	attributes_of_nest(&outer, expression, NFTA_EXPR_DATA);
	op.name = attribute_text(at->ruleset->arena, outer.at[NFTA_EXPR_NAME]);
	here.op = &op;
	buf_text(out, " ");
	/* a set's element has no set of its own: nothing nests any deeper */
	if (strcmp(op.name, "dynset") == 0 || !describe(&here, outer.at[NFTA_EXPR_DATA], out))
		buf_printf(out, "[ %s ]", op.name);
}

bool describe_expression(const struct place *at, const struct nlattr *data)
{
	struct buf out auto_buf;

	buf_init(&out, RENDER_MAX_BYTES);
	if (!describe(at, data, &out))
		return false;
	at->op->text = arena_text(at->ruleset->arena, buf_span(&out));
	return true;
}
