/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attributes of netlink messages: see attributes.h. */
#include "audit/firewall/attributes.h"

#include <arpa/inet.h>
#include <endian.h>
#include <string.h>

static void take(struct attributes *out, const struct nlattr *attribute, unsigned last)
{
	uint16_t type = mnl_attr_get_type(attribute);

	if (type > last || type >= ATTRIBUTES_MAX)
		out->has_unknown = true;
	else
		out->at[type] = attribute;
}

const struct nlattr *attribute_next(struct span *rest)
{
	const struct nlattr *at = (const void *)rest->data;
	size_t step;

	/* mnl_attr_ok() lets a length through that is less than the header's own: not so here */
	if (rest->len < sizeof(*at) || rest->len > INT32_MAX || !mnl_attr_ok(at, (int)rest->len) ||
	    mnl_attr_get_len(at) < sizeof(*at))
		return NULL;
	step = MNL_ALIGN(mnl_attr_get_len(at));
	if (step > rest->len)
		step = rest->len;
	rest->data += step;
	rest->len -= step;
	return at;
}

static void take_all(struct attributes *out, struct span rest, unsigned last)
{
	const struct nlattr *at;

	while ((at = attribute_next(&rest)))
		take(out, at, last);
	if (rest.len > 0)
		out->has_unknown = true;
}

struct span attribute_span(const struct nlattr *attribute)
{
	if (!attribute)
		return (struct span){0};
	return (struct span){mnl_attr_get_payload(attribute), mnl_attr_get_payload_len(attribute)};
}

void attributes_of_nest(struct attributes *out, const struct nlattr *nest, unsigned last)
{
	*out = (struct attributes){0};
	if (nest)
		take_all(out, attribute_span(nest), last);
}

void attributes_of_message(struct attributes *out, const struct nlmsghdr *message, size_t header,
			   unsigned last)
{
	size_t all = mnl_nlmsg_get_payload_len(message);

	*out = (struct attributes){0};
	header = (header + MNL_ALIGNTO - 1) & ~(size_t)(MNL_ALIGNTO - 1);
	if (all > header)
		take_all(out,
			 (struct span){(const char *)mnl_nlmsg_get_payload(message) + header,
				       all - header},
			 last);
}

uint32_t attribute_u32(const struct nlattr *attribute, uint32_t otherwise)
{
	struct span span = attribute_span(attribute);
	uint32_t value;

	if (span.len != sizeof(value))
		return otherwise;
	memcpy(&value, span.data, sizeof(value));
	return ntohl(value);
}

uint64_t attribute_u64(const struct nlattr *attribute, uint64_t otherwise)
{
	struct span span = attribute_span(attribute);
	uint64_t value;

	if (span.len != sizeof(value))
		return otherwise;
	memcpy(&value, span.data, sizeof(value));
	return be64toh(value);
}

uint8_t attribute_u8(const struct nlattr *attribute, uint8_t otherwise)
{
	struct span span = attribute_span(attribute);

	return span.len == 1 ? (uint8_t)span.data[0] : otherwise;
}

const char *attribute_text(struct arena *arena, const struct nlattr *attribute)
{
	struct span span = attribute_span(attribute);

	if (span.len > 0)
		span.len = strnlen(span.data, span.len);
	return arena_text(arena, span);
}
