/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text from outside made safe to show: see text.h. */
#include "lib/text.h"

#include <stdio.h>
#include <string.h>

size_t text_decode(struct span text, uint32_t *out)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *at = (const unsigned char *)text.data;
	size_t len;
	uint32_t point;

	if (text.len == 0)
		return 0;
	if (at[0] < 0x80) {
		*out = at[0];
		return 1;
	}
	if (at[0] >= 0xf8 || at[0] < 0xc0)
		return 0;
	len = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
	if (len > text.len)
		return 0;
	point = at[0] & (0xffU >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (at[i] & 0x3fU);
	}
	if (point < smallest[len] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
		return 0;
	*out = point;
	return len;
}

/*
 * C0, DEL, C1; line and paragraph separators; bidirectional controls (Trojan Source,
 * CVE-2021-42574); zero-width characters, the soft hyphen and the byte order mark, which show as
 * nothing; tag characters and non-characters.
 */
static bool is_hidden(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0xad ||
	       point == 0x61c || (point >= 0x200b && point <= 0x200f) ||
	       (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) ||
	       point == 0xfeff || (point >= 0xfff9 && point <= 0xfffb) ||
	       (point & 0xfffe) == 0xfffe || (point >= 0xfdd0 && point <= 0xfdef) ||
	       (point >= 0xe0000 && point <= 0xe0fff);
}

static bool is_plain(char c)
{
	return c >= 0x20 && c < 0x7f;
}

bool text_is_printable(struct span text)
{
	while (text.len > 0) {
		uint32_t point;
		size_t len = 1;

		/* most of it is ASCII, and all that is shown passes here more than once */
		if (!is_plain(*text.data)) {
			len = text_decode(text, &point);
			if (len == 0 || is_hidden(point))
				return false;
		}
		text = (struct span){text.data + len, text.len - len};
	}
	return true;
}

void text_escape(struct buf *out, struct span raw, size_t max_bytes)
{
	size_t start = out->len;

	while (raw.len > 0) {
		char piece[4 * 4 + 1];
		uint32_t point = 0;
		size_t len = text_decode(raw, &point);
		size_t piece_len;

		if (len == 0 || is_hidden(point)) {
			len = len ? len : 1;
			for (size_t i = 0; i < len; i++)
				(void)snprintf(piece + 4 * i, 5, "\\x%02x",
					       (unsigned)(unsigned char)raw.data[i]);
			piece_len = 4 * len;
		} else if (point == '\\') {
			memcpy(piece, "\\\\", 2);
			piece_len = 2;
		} else {
			memcpy(piece, raw.data, len);
			piece_len = len;
		}
		if (out->len - start + piece_len > max_bytes) {
			buf_text(out, "\xe2\x80\xa6");
			return;
		}
		buf_put(out, piece, piece_len);
		raw = (struct span){raw.data + len, raw.len - len};
	}
}
