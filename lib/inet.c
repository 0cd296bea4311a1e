/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IPv4 and IPv6 addresses as numbers: see inet.h. */
#include "lib/inet.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "lib/own.h"

u128 inet_number(const void *bytes, size_t len)
{
	const unsigned char *at = bytes;
	u128 number = 0;

	for (size_t i = 0; i < len; i++)
		number = number << 8 | at[i];
	return number;
}

unsigned inet_bits(int family)
{
	return family == AF_INET ? 32 : 128;
}

char *inet_text(int family, u128 address, char *text)
{
	unsigned char bytes[16];
	size_t len = inet_bits(family) / 8;

	for (size_t i = 0; i < len; i++)
		bytes[i] = (unsigned char)(address >> (8 * (len - 1 - i)));
	if (!inet_ntop(family, bytes, text, INET_TEXT_SIZE))
		text[0] = '\0';
	return text;
}

int inet_parse(struct span span, int *family, u128 *out, struct err *err)
{
	char text[INET_TEXT_SIZE];
	unsigned char bytes[16];

	if (span.len == 0 || span.len >= sizeof(text) || memchr(span.data, '\0', span.len))
		return err_set(err, "not an IP address");
	memcpy(text, span.data, span.len);
	text[span.len] = '\0';
	*family = memchr(text, ':', span.len) ? AF_INET6 : AF_INET;
	if (inet_pton(*family, text, bytes) != 1)
		return err_set(err, "\"%s\" is not an IP address", text);
	*out = inet_number(bytes, inet_bits(*family) / 8);
	return 0;
}

int inet_parse_prefix(struct span span, struct inet_range *out, struct err *err)
{
	struct span rest = span;
	struct span address = span;
	uint64_t length;
	unsigned bits;
	u128 host_bits;

	if (!span_cut(&rest, '/', &address))
		return err_set(err, "empty address");
	if (inet_parse(address, &out->family, &out->first, err) < 0)
		return -1;
	bits = inet_bits(out->family);
	length = bits;
	if (address.len < span.len && span_uint(rest, bits, &length) < 0)
		return err_set(err, "\"%.*s\": the prefix length is not 0 to %u",
			       (int)(span.len < INET_TEXT_SIZE ? span.len : INET_TEXT_SIZE),
			       span.data, bits);
	host_bits = length == 0 ? ~(u128)0 >> (128 - bits) : (((u128)1 << (bits - length)) - 1);
	if (out->first & host_bits) {
		char text[INET_TEXT_SIZE];

		return err_set(err, "\"%.*s\" has host bits set: write %s/%u", (int)span.len,
			       span.data, inet_text(out->family, out->first & ~host_bits, text),
			       (unsigned)length);
	}
	out->last = out->first | host_bits;
	return 0;
}

bool inet_is_loopback(int family, u128 address)
{
	if (family == AF_INET)
		return address >> 24 == 127;
	/* ::1, and 127.0.0.0/8 in its IPv4-mapped form (RFC 4291 section 2.5.5.2) */
	return address == 1 || (address >> 32 == 0xffff && (address >> 24 & 0xff) == 127);
}

/* The rows with "Globally Reachable: False" of the IANA special-purpose address registries. */
static const struct {
	int family;
	const char *prefix;
} not_public[] = {
    {AF_INET, "0.0.0.0/8"},     {AF_INET, "10.0.0.0/8"},      {AF_INET, "100.64.0.0/10"},
    {AF_INET, "127.0.0.0/8"},   {AF_INET, "169.254.0.0/16"},  {AF_INET, "172.16.0.0/12"},
    {AF_INET, "192.0.0.0/24"},  {AF_INET, "192.0.2.0/24"},    {AF_INET, "192.168.0.0/16"},
    {AF_INET, "198.18.0.0/15"}, {AF_INET, "198.51.100.0/24"}, {AF_INET, "203.0.113.0/24"},
    {AF_INET, "224.0.0.0/4"},   {AF_INET, "240.0.0.0/4"},     {AF_INET6, "::/128"},
    {AF_INET6, "::1/128"},      {AF_INET6, "::ffff:0:0/96"},  {AF_INET6, "64:ff9b:1::/48"},
    {AF_INET6, "100::/64"},     {AF_INET6, "2001:db8::/32"},  {AF_INET6, "3fff::/20"},
    {AF_INET6, "fc00::/7"},     {AF_INET6, "fe80::/10"},      {AF_INET6, "ff00::/8"},
};

bool inet_is_public(const struct inet_range *range)
{
	for (size_t i = 0; i < ARRAY_LEN(not_public); i++) {
		struct inet_range block;
		struct err err;

		if (not_public[i].family == range->family &&
		    inet_parse_prefix(span_of(not_public[i].prefix), &block, &err) == 0 &&
		    block.first <= range->first && range->last <= block.last)
			return false;
	}
	return true;
}

/* Of the prefix that the range is, or -1. */
static int prefix_length(const struct inet_range *range)
{
	unsigned bits = inet_bits(range->family);

	for (unsigned length = 0; length <= bits; length++) {
		u128 rest =
		    length == 0 ? ~(u128)0 >> (128 - bits) : ((u128)1 << (bits - length)) - 1;

		if ((range->first & rest) == 0 && (range->first | rest) == range->last)
			return (int)length;
	}
	return -1;
}

char *inet_range_text(const struct inet_range *range, char *text)
{
	char first[INET_TEXT_SIZE];
	char last[INET_TEXT_SIZE];
	int length = prefix_length(range);

	(void)inet_text(range->family, range->first, first);
	(void)inet_text(range->family, range->last, last);
	if (range->first == range->last)
		(void)snprintf(text, INET_RANGE_TEXT_SIZE, "%s", first);
	else if (length >= 0)
		(void)snprintf(text, INET_RANGE_TEXT_SIZE, "%s/%d", first, length);
	else
		(void)snprintf(text, INET_RANGE_TEXT_SIZE, "%s-%s", first, last);
	return text;
}
