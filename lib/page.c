/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines for people: see page.h. */
#include "lib/page.h"

#include <string.h>

#include "lib/buf.h"
#include "lib/span.h"
#include "lib/text.h"

#define MAX_LINE (8U << 20) /* bytes of one text, escaped */

/* The text as the reader's terminal can show it. */
static void clean(const struct page *page, struct buf *out, const char *text)
{
	struct span rest = span_of(text);

	while (rest.len > 0) {
		uint32_t point;
		size_t len = text_decode(rest, &point);
		bool is_shown = len > 0 && text_is_printable((struct span){rest.data, len}) &&
				(len == 1 || page->is_utf8);

		len = len ? len : 1;
		if (is_shown) {
			buf_put(out, rest.data, len);
		} else if (*rest.data == '\n' || *rest.data == '\t') {
			buf_text(out, " ");
		} else {
			for (size_t i = 0; i < len; i++)
				buf_printf(out, "\\x%02x", (unsigned)(unsigned char)rest.data[i]);
		}
		rest = (struct span){rest.data + len, rest.len - len};
	}
}

/* Columns that the text takes, at one for each code point. */
static unsigned width(struct span text)
{
	unsigned columns = 0;

	for (size_t i = 0; i < text.len; i++)
		columns += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return columns;
}

static void put_words(const struct page *page, unsigned column, unsigned indent, struct span text)
{
	struct span word;
	bool is_first = true;

	/* every blank is kept, but for one where a line breaks: a subject may hold several */
	while (span_cut(&text, ' ', &word)) {
		unsigned wide = width(word);

		if (is_first) {
			is_first = false;
		} else if (page->columns && column + 1 + wide > page->columns && column > indent) {
			(void)fprintf(page->out, "\n%*s", (int)indent, "");
			column = indent;
		} else {
			(void)fputc(' ', page->out);
			column++;
		}
		(void)fwrite(word.data, 1, word.len, page->out);
		column += wide;
	}
	(void)fputc('\n', page->out);
}

void page_put(const struct page *page, const char *color, const char *label, unsigned indent,
	      const char *text)
{
	auto_buf struct buf shown = {.ceiling = MAX_LINE};

	clean(page, &shown, text);
	if (page->is_colored && color)
		(void)fprintf(page->out, "\x1b[%sm%s\x1b[0m", color, label);
	else
		(void)fputs(label, page->out);
	put_words(page, (unsigned)strlen(label), indent, buf_span(&shown));
}
