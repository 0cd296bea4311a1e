/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules load into registers, as words. */
#include <linux/if_ether.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <string.h>

#include "audit/firewall/render_parts.h"
#include "lib/own.h"

/* ---- headers ---- */

/* Which comparisons with the field tell what comes behind it. */
static void note_layer(struct term *term, const struct render_field *field)
{
	if (field->type == TYPE_ETHERTYPE && field->protocol <= RENDER_VLAN) {
		term->names = LAYER_NETWORK;
		term->is_implied = true;
	} else if (field->type == TYPE_INET_PROTOCOL && field->protocol <= RENDER_IP6) {
		term->names = LAYER_TRANSPORT;
	}
}

void render_name_field(struct render *render, struct term *term, const struct render_field *field)
{
	enum render_layer layer = render_protocol_layer(field->protocol);

	if (layer < LAYERS)
		render_forget(render, layer);
	/* icmp is IPv4's, icmpv6 IPv6's: that says the family too */
	if (field->protocol == RENDER_ICMP || field->protocol == RENDER_ICMPV6)
		render_forget(render, LAYER_NETWORK);
	term->field = field;
	term->type = field->type;
	term->start = render->pool.len;
	buf_printf(&render->pool, "%s %s", render_protocol_name(field->protocol), field->name);
	render_loaded(render, term);
	note_layer(term, field);
}

static void name_raw(struct render *render, struct term *term, const struct fw_op *op)
{
	static const char *const bases[] = {
	    [NFT_PAYLOAD_LL_HEADER] = "ll",
	    [NFT_PAYLOAD_NETWORK_HEADER] = "nh",
	    [NFT_PAYLOAD_TRANSPORT_HEADER] = "th",
	    [NFT_PAYLOAD_INNER_HEADER] = "ih",
	};

	term->type = TYPE_HEX;
	if (op->key < ARRAY_LEN(bases))
		buf_printf(&render->pool, "@%s,%u,%u", bases[op->key], op->offset * 8,
			   op->len * 8U);
	else
		buf_text(&render->pool, "[ payload ]");
	render_loaded(render, term);
}

void render_payload(struct render *render, const struct fw_op *op)
{
	struct term *term = render_load(render, op->dreg, op->len);
	uint8_t protocol = render_protocol_at(render, op->key, op->offset * 8);
	const struct render_field *field =
	    render_field_find(protocol, op->offset * 8, op->len * 8U);

	if (!field) { /* the front of an address: a prefix on the border of a byte */
		field = render_field_find(protocol, op->offset * 8, 0);
		if (field && (!render_is_address(field->type) || field->bits < op->len * 8U))
			field = NULL;
	}
	term->load = op;
	if (field)
		render_name_field(render, term, field);
	else
		name_raw(render, term, op);
}

/* ---- meta data, connections, routing ---- */

static const struct {
	const char *name;
	uint8_t type;
	bool is_plain; /* written without "meta" */
} metas[] = {
    [NFT_META_LEN] = {"length", TYPE_INTEGER, false},
    [NFT_META_PROTOCOL] = {"protocol", TYPE_ETHERTYPE, false},
    [NFT_META_PRIORITY] = {"priority", TYPE_CLASSID, false},
    [NFT_META_MARK] = {"mark", TYPE_MARK, false},
    [NFT_META_IIF] = {"iif", TYPE_IFINDEX, true},
    [NFT_META_OIF] = {"oif", TYPE_IFINDEX, true},
    [NFT_META_IIFNAME] = {"iifname", TYPE_IFNAME, true},
    [NFT_META_OIFNAME] = {"oifname", TYPE_IFNAME, true},
    [NFT_META_IIFTYPE] = {"iiftype", TYPE_ARPHRD, false},
    [NFT_META_OIFTYPE] = {"oiftype", TYPE_ARPHRD, false},
    [NFT_META_SKUID] = {"skuid", TYPE_UID, false},
    [NFT_META_SKGID] = {"skgid", TYPE_GID, false},
    [NFT_META_NFTRACE] = {"nftrace", TYPE_INTEGER, false},
    [NFT_META_RTCLASSID] = {"rtclassid", TYPE_REALM, false},
    [NFT_META_SECMARK] = {"secmark", TYPE_INTEGER, false},
    [NFT_META_NFPROTO] = {"nfproto", TYPE_NFPROTO, false},
    [NFT_META_L4PROTO] = {"l4proto", TYPE_INET_PROTOCOL, false},
    [NFT_META_BRI_IIFNAME] = {"ibrname", TYPE_IFNAME, false},
    [NFT_META_BRI_OIFNAME] = {"obrname", TYPE_IFNAME, false},
    [NFT_META_PKTTYPE] = {"pkttype", TYPE_PKTTYPE, false},
    [NFT_META_CPU] = {"cpu", TYPE_INTEGER, false},
    [NFT_META_IIFGROUP] = {"iifgroup", TYPE_DEVGROUP, true},
    [NFT_META_OIFGROUP] = {"oifgroup", TYPE_DEVGROUP, true},
    [NFT_META_CGROUP] = {"cgroup", TYPE_INTEGER, false},
    [NFT_META_PRANDOM] = {"random", TYPE_INTEGER, false},
    [NFT_META_SECPATH] = {"ipsec", TYPE_BOOLEAN, false},
    [NFT_META_IIFKIND] = {"iifkind", TYPE_IFNAME, false},
    [NFT_META_OIFKIND] = {"oifkind", TYPE_IFNAME, false},
    [NFT_META_BRI_IIFPVID] = {"ibrpvid", TYPE_INTEGER, false},
    [NFT_META_BRI_IIFVPROTO] = {"ibrvproto", TYPE_ETHERTYPE, false},
    [NFT_META_TIME_NS] = {"time", TYPE_INTEGER, false},
    [NFT_META_TIME_DAY] = {"day", TYPE_TIME_DAY, false},
    [NFT_META_TIME_HOUR] = {"hour", TYPE_TIME_HOUR, false},
    [NFT_META_SDIF] = {"sdif", TYPE_IFINDEX, false},
    [NFT_META_SDIFNAME] = {"sdifname", TYPE_IFNAME, false},
};

uint8_t render_meta_name(struct buf *out, uint32_t key)
{
	if (key >= ARRAY_LEN(metas) || !metas[key].name) {
		buf_text(out, "[ meta ]");
		return TYPE_HEX;
	}
	buf_printf(out, "%s%s", metas[key].is_plain ? "" : "meta ", metas[key].name);
	return metas[key].type;
}

/* Numbers without a byte order of their type are the kernel's own, but for protocol numbers. */
static bool is_host_order(uint8_t type)
{
	return type == TYPE_INTEGER || type == TYPE_HEX || render_type_is_host_order(type);
}

void render_meta(struct render *render, const struct fw_op *op)
{
	uint8_t type = op->key < ARRAY_LEN(metas) ? metas[op->key].type : TYPE_INVALID;
	uint8_t len = render_type_len(type);
	struct term *term = render_load(render, op->dreg, len ? len : 4);

	term->type = render_meta_name(&render->pool, op->key);
	term->is_host_order = is_host_order(term->type);
	render_loaded(render, term);
	if (op->key == NFT_META_IIFTYPE || op->key == NFT_META_OIFTYPE)
		term->names = LAYER_LINK;
	else if (op->key == NFT_META_NFPROTO || op->key == NFT_META_PROTOCOL)
		term->names = LAYER_NETWORK;
	else if (op->key == NFT_META_L4PROTO)
		term->names = LAYER_TRANSPORT;
	term->is_implied = term->names < LAYERS;
}

static const struct {
	const char *name;
	uint8_t type;
	uint8_t len; /* when the type does not tell */
	bool is_big; /* a number in network order all the same */
} cts[] = {
    [NFT_CT_STATE] = {"state", TYPE_CT_STATE, 0, false},
    [NFT_CT_DIRECTION] = {"direction", TYPE_CT_DIR, 0, false},
    [NFT_CT_STATUS] = {"status", TYPE_CT_STATUS, 0, false},
    [NFT_CT_MARK] = {"mark", TYPE_MARK, 0, false},
    [NFT_CT_SECMARK] = {"secmark", TYPE_INTEGER, 4, false},
    [NFT_CT_EXPIRATION] = {"expiration", TYPE_TIME, 4, false},
    [NFT_CT_HELPER] = {"helper", TYPE_STRING, 16, false},
    [NFT_CT_L3PROTOCOL] = {"l3proto", TYPE_NFPROTO, 0, false},
    [NFT_CT_SRC] = {"saddr", TYPE_INVALID, 0, true},
    [NFT_CT_DST] = {"daddr", TYPE_INVALID, 0, true},
    [NFT_CT_PROTOCOL] = {"protocol", TYPE_INET_PROTOCOL, 0, false},
    [NFT_CT_PROTO_SRC] = {"proto-src", TYPE_INET_SERVICE, 0, false},
    [NFT_CT_PROTO_DST] = {"proto-dst", TYPE_INET_SERVICE, 0, false},
    [NFT_CT_LABELS] = {"label", TYPE_CT_LABEL, 0, false},
    [NFT_CT_PKTS] = {"packets", TYPE_INTEGER, 8, false},
    [NFT_CT_BYTES] = {"bytes", TYPE_INTEGER, 8, false},
    [NFT_CT_AVGPKT] = {"avgpkt", TYPE_INTEGER, 8, false},
    [NFT_CT_ZONE] = {"zone", TYPE_INTEGER, 2, false},
    [NFT_CT_EVENTMASK] = {"event", TYPE_CT_EVENTBIT, 0, false},
    [NFT_CT_SRC_IP] = {"ip saddr", TYPE_IPADDR, 0, true},
    [NFT_CT_DST_IP] = {"ip daddr", TYPE_IPADDR, 0, true},
    [NFT_CT_SRC_IP6] = {"ip6 saddr", TYPE_IP6ADDR, 0, true},
    [NFT_CT_DST_IP6] = {"ip6 daddr", TYPE_IP6ADDR, 0, true},
    [NFT_CT_ID] = {"id", TYPE_INTEGER, 4, true},
};

/* The address of a connection without its family: of the packet's. */
static uint8_t tuple_type(const struct render *render)
{
	switch (render->layers[LAYER_NETWORK]) {
	case ETH_P_IP:
		return TYPE_IPADDR;
	case ETH_P_IPV6:
		return TYPE_IP6ADDR;
	default:
		return TYPE_HEX;
	}
}

uint8_t render_ct_name(const struct render *render, struct buf *out, const struct fw_op *op)
{
	static const char *const directions[] = {"", "original ", "reply "};
	const char *direction = op->offset < ARRAY_LEN(directions) ? directions[op->offset] : "? ";
	uint8_t type;

	if (op->key >= ARRAY_LEN(cts) || !cts[op->key].name) {
		buf_text(out, "[ ct ]");
		return TYPE_HEX;
	}
	type = cts[op->key].type == TYPE_INVALID ? tuple_type(render) : cts[op->key].type;
	buf_printf(out, "ct %s", direction);
	if (cts[op->key].type == TYPE_INVALID && type != TYPE_HEX)
		buf_text(out, type == TYPE_IPADDR ? "ip " : "ip6 ");
	buf_text(out, cts[op->key].name);
	return type;
}

void render_ct(struct render *render, const struct fw_op *op)
{
	size_t start = render->pool.len;
	uint8_t type = render_ct_name(render, &render->pool, op);
	bool is_known = op->key < ARRAY_LEN(cts) && cts[op->key].name;
	uint8_t len = is_known && cts[op->key].len ? cts[op->key].len : render_type_len(type);
	struct term *term = render_load(render, op->dreg, len ? len : 16);

	term->start = start;
	term->type = type;
	term->is_host_order = is_host_order(type) && !(is_known && cts[op->key].is_big);
	render_loaded(render, term);
	if (is_known && op->key == NFT_CT_PROTOCOL)
		term->names = LAYER_TRANSPORT;
}

void render_fib(struct render *render, const struct fw_op *op)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} names[] = {{NFTA_FIB_F_SADDR, "saddr"},
		     {NFTA_FIB_F_DADDR, "daddr"},
		     {NFTA_FIB_F_MARK, "mark"},
		     {NFTA_FIB_F_IIF, "iif"},
		     {NFTA_FIB_F_OIF, "oif"}};
	static const char *const results[] = {"?", "oif", "oifname", "type"};
	static const uint8_t types[] = {TYPE_HEX, TYPE_IFINDEX, TYPE_IFNAME, TYPE_FIB_ADDR};
	size_t key = op->key < ARRAY_LEN(results) ? op->key : 0;
	struct term *term = render_load(render, op->dreg, key == NFT_FIB_RESULT_OIFNAME ? 16 : 4);
	const char *join = "";

	buf_text(&render->pool, "fib ");
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (!(op->flags & names[i].flag))
			continue;
		buf_printf(&render->pool, "%s%s", join, names[i].name);
		join = " . ";
	}
	buf_printf(&render->pool, " %s", results[key]);
	term->type = types[key];
	if (op->flags & NFTA_FIB_F_PRESENT) {
		term->type = TYPE_BOOLEAN;
		term->len = 1;
	}
	term->is_host_order = is_host_order(term->type);
	render_loaded(render, term);
}

void render_described(struct render *render, const struct fw_op *op)
{
	size_t start = render->pool.len;
	struct term *terms[FW_MAX_FIELDS];
	struct term *term;

	if (!op->text) {
		buf_printf(&render->pool, "[ %s ", op->name);
		if (op->sreg != FW_NO_REGISTER) {
			render_term(render, &render->pool, render_at(render, op->sreg), TYPE_HEX);
			buf_text(&render->pool, " ");
		}
		buf_text(&render->pool, "]");
	} else if (op->sreg != FW_NO_REGISTER) { /* jhash of what is in registers */
		buf_text(&render->pool, "jhash ");
		render_concatenation(render, &render->pool, terms,
				     render_terms(render, op->sreg, op->len, terms, FW_MAX_FIELDS));
		buf_text(&render->pool, op->text);
	} else {
		if (op->offset == NFPROTO_IPV6) /* a header that only IPv6 has */
			render_forget(render, LAYER_NETWORK);
		buf_text(&render->pool, op->text);
	}
	term = render_load(render, op->dreg, op->sreg == FW_NO_REGISTER && op->len ? op->len : 4);
	term->start = start;
	term->type = op->text ? (uint8_t)op->key : TYPE_HEX;
	term->is_host_order = op->text && op->flags != 0;
	render_loaded(render, term);
}
