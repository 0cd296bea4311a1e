/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes to rulesets, line by line: see mutate.h. */
#include "mutate.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/own.h"

#define MAX_LINES 20000U
#define MAX_LINE 4096U

enum line_kind { LINE_OTHER, LINE_RULE, LINE_BASE };

struct line {
	char *text;
	char *after; /* a copy of another rule, or NULL */
	enum line_kind kind;
	bool is_dropped;
};

struct text {
	struct line lines[MAX_LINES];
	unsigned count;
	unsigned rules;
	unsigned bases;
};

static unsigned below(unsigned limit)
{
	return (unsigned)rand() % limit;
}

static int braces(const char *line)
{
	int open = 0;

	for (; *line; line++)
		open += (*line == '{') - (*line == '}');
	return open;
}

/* A rule is a line of its own in a chain; what hooks a chain has its priority and policy. */
static enum line_kind kind_of(const char *text, bool is_nft, bool *is_in_chain)
{
	const char *first = text + strspn(text, " \t");

	if (!is_nft)
		return strncmp(text, "-A", 2) == 0                     ? LINE_RULE
		       : text[0] == ':' && strstr(text, " - ") == NULL ? LINE_BASE
								       : LINE_OTHER;
	if (strncmp(first, "chain ", 6) == 0) {
		*is_in_chain = braces(text) > 0;
		return strstr(first, " hook ") ? LINE_BASE : LINE_OTHER;
	}
	if (!*is_in_chain)
		return LINE_OTHER;
	if (strstr(first, " hook ") && strncmp(first, "type ", 5) == 0)
		return LINE_BASE;
	if (braces(text) < 0)
		*is_in_chain = false;
	return braces(text) == 0 && *first > ' ' && *first != '#' ? LINE_RULE : LINE_OTHER;
}

static bool read_text(struct text *out, FILE *in, bool is_nft)
{
	char line[MAX_LINE];
	bool is_in_chain = false;

	out->count = out->rules = out->bases = 0;
	while (out->count < MAX_LINES && fgets(line, sizeof(line), in)) {
		struct line *at = &out->lines[out->count++];

		*at = (struct line){strdup(line), NULL, kind_of(line, is_nft, &is_in_chain), false};
		out->rules += at->kind == LINE_RULE;
		out->bases += at->kind == LINE_BASE;
	}
	return out->rules + out->bases > 0;
}

static struct line *some(struct text *text, enum line_kind kind)
{
	unsigned skip = below(kind == LINE_RULE ? text->rules : text->bases);

	for (unsigned i = 0; i < text->count; i++) {
		if (text->lines[i].kind == kind && skip-- == 0)
			return &text->lines[i];
	}
	return &text->lines[0];
}

/* `len` bytes at `at` in the line become `with`. */
static void replace(struct line *line, const char *at, size_t len, const char *with)
{
	char changed[MAX_LINE + 64];

	(void)snprintf(changed, sizeof(changed), "%.*s%s%s", (int)(at - line->text), line->text,
		       with, at + len);
	free(line->text);
	line->text = strdup(changed);
}

/* The `from` of one pair becomes its `to`, or is left when it is not there. */
static bool exchange(struct line *line, const char *const (*pairs)[2], unsigned count)
{
	unsigned start = below(count);

	for (unsigned i = 0; i < count; i++) {
		const char *const *pair = pairs[(start + i) % count];
		const char *at = strstr(line->text, pair[0]);

		if (at) {
			replace(line, at, strlen(pair[0]), pair[1]);
			return true;
		}
	}
	return false;
}

static void negate(struct line *line)
{
	static const char *const pairs[][2] = {
	    {"!= ", ""},
	    {" saddr ", " saddr != "},
	    {" daddr ", " daddr != "},
	    {" dport ", " dport != "},
	    {"iifname ", "iifname != "},
	    {"oifname ", "oifname != "},
	    {" state ", " state != "},
	    {" type ", " type != "},
	    {" mark ", " mark != "},
	    {" l4proto ", " l4proto != "},
	    {" ! ", " "},
	    {" -s ", " ! -s "},
	    {" -d ", " ! -d "},
	    {" -i ", " ! -i "},
	    {" -o ", " ! -o "},
	    {" --dport ", " ! --dport "},
	    {" --dports ", " ! --dports "},
	    {" --ctstate ", " ! --ctstate "},
	    {" --mark ", " ! --mark "},
	    {" --dst-type ", " ! --dst-type "},
	    {" --src-type ", " ! --src-type "},
	    {" --src-range ", " ! --src-range "},
	    {"iif ", "iif != "},
	};

	(void)exchange(line, pairs, ARRAY_LEN(pairs));
}

static void change_verdict(struct line *line)
{
	static const char *const pairs[][2] = {
	    {"accept", "drop"},       {"drop", "accept"},         {"return", "accept"},
	    {"drop", "return"},       {"jump", "goto"},           {"goto", "jump"},
	    {"-j ACCEPT", "-j DROP"}, {"-j DROP", "-j ACCEPT"},   {"-j RETURN", "-j ACCEPT"},
	    {"-j DROP", "-j RETURN"}, {"-j REJECT", "-j ACCEPT"}, {"-j ", "-g "},
	    {"reject", "accept"},     {"continue", "drop"},
	};

	(void)exchange(line, pairs, ARRAY_LEN(pairs));
}

static void change_base(struct line *line)
{
	static const char *const pairs[][2] = {
	    {"policy accept", "policy drop"},
	    {"policy drop", "policy accept"},
	    {"priority 0", "priority -10"},
	    {"priority filter", "priority -10"},
	    {"priority filter", "priority raw"},
	    {"priority -", "priority "},
	    {"priority filter", "priority 10"},
	    {"hook input", "hook prerouting"},
	    {"hook prerouting", "hook input"},
	    {"hook forward", "hook postrouting"},
	    {"priority raw", "priority filter"},
	    {"priority mangle", "priority -201"},
	    {" ACCEPT ", " DROP "},
	    {" DROP ", " ACCEPT "},
	};

	(void)exchange(line, pairs, ARRAY_LEN(pairs));
}

/* A run of digits: a port, a part of an address, a prefix's length, a mark. */
static void change_number(struct line *line)
{
	const char *numbers[64];
	unsigned count = 0;
	char with[16];
	const char *at;
	size_t len;
	uint32_t value;

	for (at = line->text; *at && count < ARRAY_LEN(numbers); at++) {
		bool is_word = at > line->text && (isalnum((unsigned char)at[-1]) || at[-1] == '_');

		if (isdigit((unsigned char)*at) && !is_word)
			numbers[count++] = at;
	}
	if (count == 0)
		return;
	at = numbers[below(count)];
	len = strspn(at, "0123456789");
	value = (uint32_t)strtoul(at, NULL, 10);
	if (at > line->text && at[-1] == '/')
		value = below(33);
	else
		value = below(3) ? value + below(3) - 1 : below(4) ? below(256) : below(65536);
	(void)snprintf(with, sizeof(with), "%u", value);
	replace(line, at, len, with);
}

static void swap(struct text *text)
{
	struct line *a = some(text, LINE_RULE);
	struct line *b =
	    below(2) && a + 1 < text->lines + text->count ? a + 1 : some(text, LINE_RULE);
	char *kept = a->text;

	if (b->kind != LINE_RULE)
		return;
	a->text = b->text;
	b->text = kept;
}

static void copy(const struct line *from, struct line *to)
{
	free(to->after);
	to->after = strdup(from->text);
}

static void change_one(struct text *text)
{
	if (text->rules == 0 || (text->bases > 0 && below(8) == 0)) {
		change_base(some(text, LINE_BASE));
		return;
	}
	switch (below(8)) {
	case 0:
		some(text, LINE_RULE)->is_dropped = true;
		break;
	case 1:
		copy(some(text, LINE_RULE), some(text, LINE_RULE));
		break;
	case 2:
		swap(text);
		break;
	case 3:
	case 4:
		negate(some(text, LINE_RULE));
		break;
	case 5:
		change_verdict(some(text, LINE_RULE));
		break;
	default:
		change_number(some(text, LINE_RULE));
		break;
	}
}

bool mutate(FILE *in, FILE *out, bool is_nft)
{
	static struct text text;
	bool has_any = read_text(&text, in, is_nft);

	for (unsigned i = 1 + below(4); has_any && i > 0; i--)
		change_one(&text);
	for (unsigned i = 0; i < text.count; i++) {
		struct line *line = &text.lines[i];

		if (!line->is_dropped)
			(void)fputs(line->text, out);
		if (line->after)
			(void)fputs(line->after, out);
		free(line->after);
		free(line->text);
	}
	return has_any;
}
