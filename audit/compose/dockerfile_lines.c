/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * [jail] The instructions of a Dockerfile: lines that an escape at their end continues, comments
 * and empty lines between them, directives at the top, and heredocs, whose texts belong to the
 * shell.
 */
#include <string.h>

#include "audit/compose/dockerfile.h"
#include "lib/buf.h"

#define MAX_HEREDOCS 16U

struct heredoc {
	struct span name;
	bool strips_tabs; /* <<- */
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

void dockerfile_begin(struct dockerfile_reader *reader, struct arena *arena, struct span text)
{
	if (span_starts(text, "\xef\xbb\xbf"))
		text = (struct span){text.data + 3, text.len - 3};
	*reader =
	    (struct dockerfile_reader){.arena = arena, .rest = text, .line = 1, .escape = '\\'};
}

static bool next_line(struct dockerfile_reader *reader, struct span *out)
{
	if (!span_cut(&reader->rest, '\n', out))
		return false;
	reader->line++;
	return true;
}

/* "# escape=`", one of the directives, which stop at the first line that is none. */
static bool read_directive(struct dockerfile_reader *reader, struct span line)
{
	struct span rest = line;
	struct span name;

	if (reader->has_begun || !span_starts(line, "#"))
		return false;
	rest = (struct span){line.data + 1, line.len - 1};
	if (!span_cut(&rest, '=', &name) || rest.len == 0)
		return false;
	name = span_trim(name);
	rest = span_trim(rest);
	if (name.len == 6 && strncasecmp(name.data, "escape", 6) == 0 && rest.len == 1 &&
	    (rest.data[0] == '`' || rest.data[0] == '\\'))
		reader->escape = rest.data[0];
	return span_is(name, "syntax") || span_is(name, "check") || span_is(name, "escape");
}

/* Takes the escape off the end; true: the next line belongs to this one. */
static bool is_continued(const struct dockerfile_reader *reader, struct span *line)
{
	size_t len = line->len;

	while (len > 0 && is_blank(line->data[len - 1]))
		len--;
	if (len == 0 || line->data[len - 1] != reader->escape)
		return false;
	line->len = len - 1;
	return true;
}

/* Lines of one instruction into `out`; false at the end of the file. */
static bool gather(struct dockerfile_reader *reader, struct buf *out, unsigned *first)
{
	struct span line;

	while (next_line(reader, &line)) {
		struct span shown = span_trim(line);
		bool goes_on;

		if (read_directive(reader, shown))
			continue;
		reader->has_begun = true;
		if (shown.len == 0 || shown.data[0] == '#')
			continue;
		if (out->len == 0)
			*first = reader->line - 1;
		goes_on = is_continued(reader, &line);
		buf_put(out, line.data, line.len);
		if (!goes_on)
			return true;
		buf_text(out, " ");
	}
	return out->len > 0;
}

/* Puts the word at the front into `out`, unless it is NULL; *used is what it takes up as written.
 */
static size_t take_word(const struct dockerfile_reader *reader, struct span text, char *out,
			size_t *used)
{
	char quote = '\0';
	size_t at = 0;
	size_t len = 0;

	for (; at < text.len && (quote || !is_blank(text.data[at])); at++) {
		char byte = text.data[at];

		if (byte == reader->escape && quote != '\'' && at + 1 < text.len) {
			byte = text.data[++at];
		} else if (quote ? byte == quote : byte == '"' || byte == '\'') {
			quote = quote ? '\0' : byte;
			continue;
		}
		if (out)
			out[len] = byte;
		len++;
	}
	*used = at;
	return len;
}

bool dockerfile_word(const struct dockerfile_reader *reader, struct span *rest, struct span *out)
{
	size_t used;
	char *word;

	while (rest->len > 0 && is_blank(rest->data[0]))
		*rest = (struct span){rest->data + 1, rest->len - 1};
	if (rest->len == 0)
		return false;
	word = arena_alloc(reader->arena, take_word(reader, *rest, NULL, &used) + 1, 1);
	*out = (struct span){word, take_word(reader, *rest, word, &used)};
	*rest = (struct span){rest->data + used, rest->len - used};
	return true;
}

static bool is_one_of(struct span word, const char *const *names)
{
	for (; *names; names++)
		if (word.len == strlen(*names) && strncasecmp(word.data, *names, word.len) == 0)
			return true;
	return false;
}

/* BuildKit's expression: digits, <<, perhaps -, and a name. */
static bool read_mark(struct span word, struct heredoc *out)
{
	size_t at = 0;

	while (at < word.len && word.data[at] >= '0' && word.data[at] <= '9')
		at++;
	if (word.len - at < 3 || word.data[at] != '<' || word.data[at + 1] != '<')
		return false;
	at += 2;
	out->strips_tabs = word.data[at] == '-';
	at += out->strips_tabs;
	out->name = (struct span){word.data + at, word.len - at};
	return out->name.len > 0 && !memchr(out->name.data, '<', out->name.len);
}

static unsigned find_heredocs(const struct dockerfile_reader *reader, struct span text,
			      struct heredoc *out)
{
	static const char *const takers[] = {"RUN", "COPY", "ADD", NULL};
	static const char *const onbuild[] = {"ONBUILD", NULL};
	struct span rest = text;
	struct span word;
	unsigned count = 0;

	if (!memmem(text.data, text.len, "<<", 2) || !dockerfile_word(reader, &rest, &word))
		return 0;
	if (is_one_of(word, onbuild) && !dockerfile_word(reader, &rest, &word))
		return 0;
	if (!is_one_of(word, takers))
		return 0;
	while (count < MAX_HEREDOCS && dockerfile_word(reader, &rest, &word))
		count += read_mark(word, &out[count]);
	return count;
}

static int skip_heredoc(struct dockerfile_reader *reader, const struct heredoc *heredoc,
			unsigned line, struct err *err)
{
	struct span text;

	while (next_line(reader, &text)) {
		if (text.len > 0 && text.data[text.len - 1] == '\r')
			text.len--;
		while (heredoc->strips_tabs && text.len > 0 && text.data[0] == '\t')
			text = (struct span){text.data + 1, text.len - 1};
		if (text.len == heredoc->name.len &&
		    memcmp(text.data, heredoc->name.data, text.len) == 0)
			return 0;
	}
	return err_set(err, "%u: a heredoc that does not end", line);
}

int dockerfile_next(struct dockerfile_reader *reader, struct dockerfile_line *out, struct err *err)
{
	struct heredoc heredocs[MAX_HEREDOCS];
	auto_buf struct buf text;
	unsigned count;

	buf_init(&text, DOCKERFILE_MAX_LINE);
	if (!gather(reader, &text, &out->line))
		return 0;
	if (text.overflowed)
		return err_set(err, "%u: an instruction longer than %u bytes", out->line,
			       DOCKERFILE_MAX_LINE);
	out->text = (struct span){arena_text(reader->arena, buf_span(&text)), text.len};
	count = find_heredocs(reader, out->text, heredocs);
	for (unsigned i = 0; i < count; i++)
		if (skip_heredoc(reader, &heredocs[i], out->line, err) < 0)
			return -1;
	return 1;
}
